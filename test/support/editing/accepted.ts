/** Captions that a person has corrected and accepted, without a window. */
import type { Catalog } from "../../../electron/catalog/open.ts";
import { findDraft } from "../../../electron/catalog/repositories/drafts.ts";
import type { EditingService } from "../../../electron/editing/editing-service.ts";

const view = { cue: null, row: 0 };
const anna = { key: "a window of Anna's", name: "Anna", userId: 1 };

/** Corrects the second caption, and accepts the first three. */
export async function correctAndAccept(editing: EditingService, id: string, text: string): Promise<void> {
  const { meeting } = await editing.open(id);
  const leave = editing.enter(id, anna, true);
  const { cues } = meeting.document;
  const deeds = [
    { type: "text" as const, cue: cues[1]?.id ?? 0, lines: [text] },
    { type: "accept" as const, cues: cues.slice(0, 3).map((cue) => cue.id) },
  ];
  deeds.forEach((deed, index) => {
    const place = { base: meeting.seq, before: view, after: view, activeMs: 0 };
    editing.edit(id, { visitor: anna, number: index + 1, deed, ...place });
  });
  editing.leave(id, anna, view);
  leave();
  editing.release(id);
}

/** The accepted captions of a meeting, in order. */
export const listAccepted = (catalog: Catalog, id: string) =>
  (findDraft(catalog, id)?.document.cues ?? [])
    .filter(({ reviewed }) => reviewed)
    .map(({ startMs, lines }) => ({ startMs, text: lines.join(" ") }));
