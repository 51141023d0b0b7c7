/** What a change did, in a line: of the first caption that it is about, before and after. Pure. */
import { z } from "zod";
import { cueText } from "../cue.ts";
import { type Immutable, immutable } from "../readonly.ts";
import type { Change } from "./change.ts";
import type { EditCue } from "./document.ts";

/** Longer texts are cut: a line of the history is read at a glance. */
const maxLength = 160;

const glimpseObject = z.object({
  /** Id of the caption. */
  cue: z.number().int(),
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
  speaker: z.string().nullable(),
});

const summaryObject = z.object({
  /** null: it was not there. */
  before: glimpseObject.nullable(),
  /** null: it is gone. */
  after: glimpseObject.nullable(),
  /** How many captions it is about. */
  count: z.number().int(),
});
export type ChangeSummary = Immutable<z.infer<typeof summaryObject>>;
export const changeSummarySchema = immutable(summaryObject);

function toGlimpse(cue: EditCue | undefined) {
  if (cue === undefined) return null;
  const text = cueText(cue);
  return {
    cue: cue.id,
    startMs: cue.startMs,
    endMs: cue.endMs,
    text: text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text,
    speaker: cue.speaker ?? null,
  };
}

/** @returns undefined for a change that is about no caption, such as a bookmark */
export function summarizeChange({ cues }: Pick<Change, "cues">): ChangeSummary | undefined {
  const [first] = cues;
  if (first === undefined) return undefined;
  const [before] = first.removed;
  // Of captions that were there, the same one; of new ones, the first.
  const after =
    first.inserted.find(({ id }) => id === before?.id) ?? (before === undefined ? first.inserted[0] : undefined);
  return {
    before: toGlimpse(before),
    after: toGlimpse(after),
    count: cues.reduce((sum, { removed, inserted }) => sum + Math.max(removed.length, inserted.length), 0),
  };
}
