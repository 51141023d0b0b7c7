/** A cue as a text: two with the same text are equal in all that a version keeps of them. Pure. */
import type { Cue } from "../cue.ts";

export const toCueKey = ({ startMs, endMs, lines, speaker, edge, align, styles, places }: Cue): string =>
  JSON.stringify([startMs, endMs, lines, speaker, edge, align, styles, places]);
