/**
 * Heights of the rows before they are measured. They are exact where no line wraps, so that a jump over thousands of rows
 * ends where it should; a row that wraps is measured when it is there. They go with `list.module.css`.
 */
import type { EditCue } from "../../../electron/captions/editing/document.ts";

const linePixels = 20;
const speakerPixels = 18;
const paddingPixels = 13;
/** Two rows of times. */
const minPixels = 47;
/** Its text, and its buttons below it. */
export const gapPixels = 60;
export const chapterPixels = 33;

/** @param hasName the speaker's name stands above the text */
export const estimateCuePixels = (cue: EditCue, hasName: boolean): number =>
  Math.max(minPixels, paddingPixels + cue.lines.length * linePixels + (hasName ? speakerPixels : 0));

/** The speaker is named where another one begins. */
export const isNamed = (cue: EditCue, previous: EditCue | undefined): boolean =>
  cue.speaker !== undefined && cue.speaker !== previous?.speaker;
