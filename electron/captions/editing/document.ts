/** Captions while somebody corrects them: cues that keep their names through every edit, and marks beside them. */
import { z } from "zod";
import { type Cue, cueFields } from "../cue.ts";
import { type Immutable, immutable } from "../readonly.ts";

const editCueObject = z.object({
  ...cueFields,
  /** Its own for good: undo brings back the very same cue. */
  id: z.number().int(),
  /** A person has checked it and stands for it. */
  reviewed: z.literal(true).exactOptional(),
});

/** A cue under correction. */
export type EditCue = Immutable<z.infer<typeof editCueObject>>;
export const editCueSchema = immutable(editCueObject);

export const markKinds = ["bookmark", "note", "chapter", "tick"] as const;

const markObject = z.object({
  id: z.number().int(),
  kind: z.enum(markKinds),
  /** Milliseconds from the start of the recording. */
  atMs: z.number().int(),
  /** The note, the chapter's title, or why a warning is accepted. */
  text: z.string(),
  /** Of a dismissed warning (kind `tick`): its rule, and the cue. */
  rule: z.string().exactOptional(),
  cue: z.number().int().exactOptional(),
});

/** Something beside the captions: a place to come back to, an agenda item that begins, a warning that was dismissed. */
export type Mark = Immutable<z.infer<typeof markObject>>;
export const markSchema = immutable(markObject);

export interface CaptionDocument {
  /** By their start, each later than the one before. */
  readonly cues: readonly EditCue[];
  /** By their time. */
  readonly marks: readonly Mark[];
  /** Greater than every id that was ever used; it only grows. */
  readonly nextId: number;
}

/** Captions as a version has them, ready to be corrected. */
export function createDocument(cues: readonly Cue[], marks: readonly Omit<Mark, "id">[] = []): CaptionDocument {
  let latest = -1;
  const edited = cues.map((cue, index): EditCue => {
    // Files from elsewhere may begin two captions at once; edits need an order.
    const startMs = Math.max(cue.startMs, latest + 1);
    latest = startMs;
    return { ...cue, id: index + 1, startMs, endMs: Math.max(cue.endMs, startMs + 1) };
  });
  const numbered = marks.map((mark, index) => ({ ...mark, id: edited.length + index + 1 }));
  return { cues: edited, marks: numbered.toSorted(byTime), nextId: edited.length + numbered.length + 1 };
}

export const byTime = (a: Mark, b: Mark): number => a.atMs - b.atMs || a.id - b.id;

/** The cue as any version has it. */
export function plainCue({ id: _, reviewed: __, ...cue }: EditCue): Cue {
  return cue;
}

export { indexAt } from "../time/index-at.ts";
