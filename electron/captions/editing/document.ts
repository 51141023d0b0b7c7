/** The caption document of the editor: cues with ids that stay the same through every edit, and marks. */
import { z } from "zod";
import { type Cue, cueFields } from "../cue.ts";
import { type Immutable, immutable } from "../readonly.ts";

const editCueObject = z.object({
  ...cueFields,
  /** Permanent id: undo restores the same cue with the same id. */
  id: z.number().int(),
  /** Reviewed and approved by a person. */
  reviewed: z.literal(true).exactOptional(),
});

/** A cue of a caption document. */
export type EditCue = Immutable<z.infer<typeof editCueObject>>;
export const editCueSchema = immutable(editCueObject);

export const markKinds = ["bookmark", "note", "chapter", "tick", "no-speech"] as const;

const markObject = z.object({
  id: z.number().int(),
  kind: z.enum(markKinds),
  /** Milliseconds from the start of the recording. */
  atMs: z.number().int(),
  /** The note, the chapter's title, or the reason why a warning was dismissed. */
  text: z.string(),
  /** Of a dismissed warning (kind `tick`): its rule and its cue. */
  rule: z.string().exactOptional(),
  cue: z.number().int().exactOptional(),
  /** Where it ends, of a place in which nobody speaks (kind `no-speech`): milliseconds from the start. */
  untilMs: z.number().int().exactOptional(),
  /** Who has said so, and when. */
  by: z.string().exactOptional(),
  date: z.string().exactOptional(),
});

/** A mark: a bookmark or note, the start of an agenda item, a dismissed warning, or a place in which nobody speaks. */
export type Mark = Immutable<z.infer<typeof markObject>>;
export const markSchema = immutable(markObject);

export interface CaptionDocument {
  /** Ordered by start; every start is later than the one before. */
  readonly cues: readonly EditCue[];
  /** Ordered by time. */
  readonly marks: readonly Mark[];
  /** Greater than every id ever used; it only increases. */
  readonly nextId: number;
}

/** Creates a document from the cues of a version. */
export function createDocument(cues: readonly Cue[], marks: readonly Omit<Mark, "id">[] = []): CaptionDocument {
  let latest = -1;
  const edited = cues.map((cue, index): EditCue => {
    // In imported files two captions may begin at the same time; edits need strictly increasing starts.
    const startMs = Math.max(cue.startMs, latest + 1);
    latest = startMs;
    return { ...cue, id: index + 1, startMs, endMs: Math.max(cue.endMs, startMs + 1) };
  });
  const numbered = marks.map((mark, index) => ({ ...mark, id: edited.length + index + 1 }));
  return { cues: edited, marks: numbered.toSorted(byTime), nextId: edited.length + numbered.length + 1 };
}

export const byTime = (a: Mark, b: Mark): number => a.atMs - b.atMs || a.id - b.id;

/** The cue as it is stored in a version, without `id` and `reviewed`. */
export function plainCue({ id: _, reviewed: __, ...cue }: EditCue): Cue {
  return cue;
}

export { indexAt } from "../time/index-at.ts";
