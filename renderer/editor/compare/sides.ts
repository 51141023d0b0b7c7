/** The sides of a comparison: the current captions, a version, or the captions as they were after an edit. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Cue } from "../../../electron/captions/cue.ts";
import { plainCue } from "../../../electron/captions/editing/document.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { editName } from "../panels/history.tsx";
import type { Side } from "../session/state.ts";

const t = texts.editor.compare;

export const afterEdit = (seq: number): Side => `edit ${seq}`;

const parseVersionNumber = (side: Side): number => Number(side.split(" ")[1]);

/** The captions of a side; undefined while they are being fetched. */
export function useSide(side: Side): readonly Cue[] | undefined {
  const { id } = useEditorSession().meeting;
  const now = useEditor(({ document }) => (side === "now" ? document.cues : undefined));
  const past = useQuery({
    queryKey: ["editor-past", id, side],
    queryFn: () =>
      client.editor.past({
        id,
        ...(side.startsWith("edit") ? { seq: parseVersionNumber(side) } : { number: parseVersionNumber(side) }),
      }),
    enabled: side !== "now",
    // Past captions never change.
    staleTime: Number.POSITIVE_INFINITY,
    meta: { calm: true },
  });
  const current = useMemo(() => now?.map(plainCue), [now]);
  return now === undefined ? (past.data as readonly Cue[] | undefined) : current;
}

/** Edits of many captions at once, offered for comparison with the state before them. */
const bulkEdits: ReadonlySet<string> = new Set(["replace", "fix", "exchange", "hear-again", "shift", "stretch"]);

export interface SideChoice {
  readonly group: string;
  readonly items: { readonly value: Side; readonly label: string }[];
}

/** Everything that can be compared, in groups. @param shown sides that must be included */
export function useSides(shown: readonly Side[]): SideChoice[] {
  const { id } = useEditorSession().meeting;
  const seq = useEditor((state) => state.seq);
  const meeting = useQuery(api.meeting.show.queryOptions({ input: { id }, meta: { calm: true } }));
  const log = useQuery({
    queryKey: ["editor-history", id, seq],
    queryFn: () => client.editor.history({ id }),
    placeholderData: (before) => before,
    meta: { calm: true },
  });
  const versions = (meeting.data?.versions ?? []).map(({ number, name }) => ({
    value: `version ${number}` as const,
    label: number === 0 ? t.machine : t.version(number, name ?? ""),
  }));
  const points = (log.data?.steps ?? [])
    .filter(({ deed }) => bulkEdits.has(deed.type))
    .map((step) => ({ value: afterEdit(step.seq - 1), label: t.before(step.seq, editName(step)) }));
  const missing = [...new Set(shown)]
    .filter((side) => side.startsWith("edit") && !points.some(({ value }) => value === side))
    .map((side) => ({ value: side, label: t.afterEdit(parseVersionNumber(side)) }));
  return [
    { group: t.here, items: [{ value: "now", label: t.now }] },
    { group: t.versions, items: versions },
    { group: t.points, items: [...missing, ...points.toReversed()] },
  ].filter(({ items }) => items.length > 0) as SideChoice[];
}

/** The display name of a side, for the history. */
export const sideName = (sides: readonly SideChoice[], side: Side): string =>
  sides.flatMap(({ items }) => items).find(({ value }) => value === side)?.label ?? side;
