/** Captions while somebody corrects them: cues that keep their names through every edit, and marks beside them. */
import type { Cue } from "../cue.ts";

/** A cue under correction. Its id is its own for good: undo brings back the very same one. */
export interface EditCue extends Cue {
  readonly id: number;
  /** A person has looked at it and stands for it. */
  readonly reviewed?: true;
}

export const markKinds = ["bookmark", "note", "chapter", "tick"] as const;
export type MarkKind = (typeof markKinds)[number];

/** Something beside the captions: a place to come back to, an agenda item that begins, a warning that was accepted. */
export interface Mark {
  readonly id: number;
  readonly kind: MarkKind;
  /** Milliseconds from the start of the recording. */
  readonly atMs: number;
  /** The note, the chapter's title, or why a warning is accepted. */
  readonly text: string;
  /** Of a tick: the rule whose warning is meant, and the cue. */
  readonly rule?: string;
  readonly cue?: number;
}

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

/** Index of the last cue that begins at or before a time; -1: it is before the first. */
export function indexAt(cues: readonly Cue[], ms: number): number {
  let [low, high] = [0, cues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle] as Cue).startMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
