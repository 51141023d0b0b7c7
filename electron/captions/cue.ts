/** One caption: lines of text with the time at which they appear and the time at which they go. */
export interface Cue {
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
  /** Milliseconds; after `startMs`. */
  readonly endMs: number;
  /** From top to bottom; without markup. */
  readonly lines: readonly string[];
}

/** The text of a cue in one line. */
export function cueText(cue: Cue): string {
  return cue.lines.join(" ");
}
