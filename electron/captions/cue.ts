/** How a line looks. CEA-608 sets it for a whole row at no cost, which is all that captions of meetings need. */
export interface LineStyle {
  readonly italic?: boolean;
  readonly underline?: boolean;
}

/** One caption: lines of text with the time at which they appear and the time at which they go. */
export interface Cue {
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
  /** Milliseconds; after `startMs`. */
  readonly endMs: number;
  /** From top to bottom; without markup. */
  readonly lines: readonly string[];
  /** One for each line; absent: plain. */
  readonly styles?: readonly LineStyle[];
  /** Where the caption stands; absent: at the bottom. At the top while a name strip is at the bottom. */
  readonly edge?: "bottom" | "top";
  /** Absent: as the profile says. */
  readonly align?: "center" | "left";
  /** Who speaks, where that is known. */
  readonly speaker?: string;
}

/** The text of a cue in one line. */
export function cueText(cue: Cue): string {
  return cue.lines.join(" ");
}

/** A line of a cue with its looks. */
export interface CueRow extends LineStyle {
  readonly text: string;
}

/** The lines of a cue that hold text, with their looks. */
export function toCueRows(cue: Cue): readonly CueRow[] {
  return cue.lines.flatMap((text, index) => (text.trim() === "" ? [] : [{ ...cue.styles?.[index], text }]));
}
