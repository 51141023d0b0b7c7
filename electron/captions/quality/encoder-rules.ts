/** What the encoder had to do, as issues: what a viewer would notice, and what to do about it. */
import type { Repair } from "../cea608/schedule/types.ts";
import type { EncoderNote } from "../scc/encode.ts";
import type { Issue } from "./issue.ts";
import { seconds } from "./rules/rule.ts";

/** Less is not noticed: the beginning of a word. In milliseconds. */
const noticeableLateMs = 250;

/** What was done to a caption, in words. */
export const repairWords: Readonly<Record<Repair, string>> = {
  "erase-left-out": "the caption before stays until this one",
  "clear-left-out": "a needless code is left out",
  "moved-left": "rows begin up to three columns left of the middle",
  merged: "shown together with the caption before it",
  delayed: "shown late",
};

/** The issue that a note is, or undefined where nobody would notice. */
export function encoderIssue(note: EncoderNote): Issue | undefined {
  const { atMs } = note;
  switch (note.kind) {
    case "late":
      if (note.lateMs < noticeableLateMs) return undefined;
      return {
        severity: "warning",
        rule: "late",
        message: `appears ${seconds(note.lateMs)} late, because it takes that long to load`,
        remedy: "Shorten this caption or the one before it, or let it begin later.",
        atMs,
      };
    case "too-dense":
      return {
        severity: "error",
        rule: "impossible-load",
        message:
          `${note.captions} ${note.captions === 1 ? "caption is" : "captions are"} up to ${seconds(note.lateMs)} late ` +
          "here: there is more text than the caption channel carries",
        remedy: "Allow four rows, use roll-up captions, or shorten the text of this stretch.",
        atMs,
      };
    case "re-cut":
      return {
        severity: "warning",
        rule: "re-cut",
        message: "does not fit the caption screen, and is cut anew for SCC",
        remedy: "Break it into captions of two lines of 32 characters.",
        atMs,
      };
    case "lost-character":
      // The rules over cues find it as well.
      return undefined;
    case "repaired":
      return undefined;
  }
}
