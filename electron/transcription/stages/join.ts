/**
 * Carries what people have made of the captions of earlier recordings over to this one, which has the same sound: another
 * copy was put at its place, it was joined of parts, or it is a better copy.
 */
import { carryOver } from "../../captions/editing/carry-over.ts";
import { type CaptionDocument, type EditCue, plainCue } from "../../captions/editing/document.ts";
import type { Catalog } from "../../catalog/open.ts";
import { addDraft, findDraft } from "../../catalog/repositories/drafts.ts";
import { findFacts, storeFacts } from "../../catalog/repositories/meeting-facts.ts";
import { addVersion, findCues, findNewestCues, findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { type EarlierWork, listEarlierWork } from "../earlier-work.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** What people have made of an earlier transcription; undefined: nothing. */
export function findWorkOfPeople(catalog: Catalog, transcriptionId: string): CaptionDocument | undefined {
  const draft = findDraft(catalog, transcriptionId);
  if (draft !== undefined && draft.seq > 0) return draft.document;
  if ((findNewestVersionNumber(catalog, transcriptionId) ?? 0) === 0) return undefined;
  const cues = findNewestCues(catalog, transcriptionId);
  return { cues: cues.map((cue, index): EditCue => ({ ...cue, id: index + 1 })), marks: [], nextId: cues.length + 1 };
}

const names: Readonly<Record<EarlierWork["kind"], string>> = {
  completed: "completed from the whole recording",
  joined: "joined of the parts",
  replaced: "carried over to the better copy",
};

export const joinStage: TranscriptionStage = {
  name: "join",
  isDone: (job) =>
    (findNewestVersionNumber(job.services.catalog, job.transcription.id) ?? 0) > 0 || listEarlierWork(job).length === 0,
  run: async (job) => {
    const { catalog, clock } = job.services;
    const { id } = job.transcription;
    const earlier = listEarlierWork(job);
    const [first] = earlier;
    const facts =
      first === undefined || first.kind === "completed" ? undefined : findFacts(catalog, first.transcriptionId);
    if (facts !== undefined) storeFacts(catalog, id, facts);
    const works = earlier.flatMap(({ transcriptionId, spans }) => {
      const document = findWorkOfPeople(catalog, transcriptionId);
      return document === undefined ? [] : [{ document, spans }];
    });
    if (works.length === 0) return;
    const { document, left } = carryOver(works, findCues(catalog, id, 0) ?? []);
    if (left.length > 0) announceLeft(job, left.length);
    const date = clock.now().toISOString();
    catalog.transaction(() => {
      const name = names[first?.kind ?? "completed"];
      const baseNumber = addVersion(catalog, id, { cues: document.cues.map(plainCue), name, date });
      const baseMarks = document.marks.map(({ id: _, ...mark }) => mark);
      addDraft(catalog, { transcriptionId: id, baseNumber, baseMarks, document, date });
    });
  },
};

function announceLeft({ listener, services, transcription }: TranscriptionRun, count: number): void {
  const captions = count === 1 ? "One caption" : `${count} captions`;
  const message = `${captions} of the earlier recording ${count === 1 ? "has" : "have"} no place in this one, which has other sound there. The earlier meeting can be restored in the library.`;
  listener({ kind: "notice", message });
  services.logs.transcription.warn("captions were not carried over", { transcription: transcription.id, count });
}
