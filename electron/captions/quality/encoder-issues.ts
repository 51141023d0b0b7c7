/** What the encoder had to do, as issues: what a viewer would notice, and what to do about it. */
import type { Repair } from "../cea608/schedule/types.ts";
import type { DenseRemedy, DenseStretch } from "../scc/dense-stretch.ts";
import type { EncoderNote } from "../scc/encode.ts";
import { createIssue, type Issue } from "./issue.ts";
import { seconds } from "./rules/rule.ts";

/** Less is not noticed: the beginning of a word. In milliseconds. */
const noticeableLateMs = 250;

/** What was done to a caption, in words. */
export const repairWords: Readonly<Record<Repair, string>> = {
  "erase-left-out": "the caption before stays until this one",
  "clear-left-out": "a needless code is left out",
  "moved-left": "rows begin up to three columns left of the middle",
  early: "shown up to three quarters of a second early",
  merged: "shown together with the captions beside it",
  joined: "shown together with the captions beside it, in the same rows",
  delayed: "shown late",
};

const causeWords: Readonly<Record<DenseStretch["cause"], string>> = {
  text: "there is more text than the caption channel carries",
  pace: "they follow each other faster than they can be sent",
  beginning: "there is no time before the beginning of the file to send them in",
};

const remedyWords: Readonly<Record<DenseRemedy, string>> = {
  "begin-at-hour-one": "begin the file at 01:00:00:00 (captions convert --start 01:00:00:00)",
  "four-rows": "allow four rows (setting captions.maxMergedLines)",
  "paint-on": "use paint-on captions (captions convert --mode paint-on)",
  "roll-up": "use roll-up captions (captions convert --mode roll-up-3)",
  shorten: "shorten the text of this stretch",
};

/** What helps, as a sentence. */
function formatRemedies(remedies: readonly DenseRemedy[]): string {
  const [first = "", ...others] = remedies.map((remedy) => remedyWords[remedy]);
  const last = others.pop();
  const list = last === undefined ? first : `${[first, ...others].join(", ")}, or ${last}`;
  return `${list.charAt(0).toUpperCase()}${list.slice(1)}.`;
}

/** The issue that a note is, or undefined where no viewer would notice. */
export function encoderIssue(note: EncoderNote): Issue | undefined {
  const { atMs } = note;
  switch (note.kind) {
    case "late":
      if (note.lateMs < noticeableLateMs) return undefined;
      return createIssue("late", `appears ${seconds(note.lateMs)} late, because it takes that long to load`, { atMs });
    case "too-dense":
      return createIssue(
        "impossible-load",
        `${note.captions} ${note.captions === 1 ? "caption is" : "captions are"} up to ${seconds(note.lateMs)} late ` +
          `here: ${causeWords[note.cause]}`,
        { atMs, remedy: formatRemedies(note.remedies) },
      );
    case "re-cut":
      return createIssue("re-cut", "does not fit the caption screen, and is cut anew for SCC", { atMs });
    case "lost-style":
      return createIssue("left-out", "a part of its italics, underline or color cannot be shown in SCC", {
        atMs,
        remedy: "Let the style begin and end with a whole word: the code for it takes the place of the space before.",
      });
    case "lost-character":
      // The rules over cues find it as well.
      return undefined;
    case "repaired":
      return undefined;
  }
}
