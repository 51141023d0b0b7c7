/** The form of an SCC file: header, labels, words, parity, order of the lines. */
import { lineFrames, type SccDefect, type SccFile, type SccLine } from "../../scc/file.ts";
import { type FrameRate, ntsc } from "../../time/frame-rate.ts";
import { isMissingLabel } from "../../time/timecode.ts";
import type { Issue } from "../issue.ts";
import { checkDecoding } from "./decoder-checks.ts";
import { sccIssue } from "./scc-issue.ts";

const defectMessages = {
  header: "the first line is not the header of an SCC file",
  timecode: "this is not a timecode followed by a tab",
  word: "this is not a word of four hexadecimal digits",
} as const;

function defectIssue({ number, kind, text }: SccDefect): Issue {
  const isMarked = kind === "header" && text.startsWith("\uFEFF");
  const message = isMarked ? "a byte-order mark stands before the header" : `${defectMessages[kind]}: "${text}"`;
  return sccIssue(kind, number, message);
}

function lineIssues(line: SccLine, rate: FrameRate): readonly Issue[] {
  const issues: Issue[] = [];
  if (!line.separatedByTab) issues.push(sccIssue("tab", line.number, "there is no tab after the timecode"));
  if (isMissingLabel(line.timecode, rate)) {
    issues.push(sccIssue("label", line.number, `the timecode ${line.label} does not exist`));
  }
  const count = line.parityErrors.length;
  if (count > 0) {
    const words = count === 1 ? "1 word has" : `${count} words have`;
    issues.push(sccIssue("parity", line.number, `${words} wrong parity`));
  }
  return issues;
}

function sequenceIssues(file: SccFile, rate: FrameRate): readonly Issue[] {
  const issues: Issue[] = [];
  const first = file.lines[0];
  let nextFree = 0;
  let lastFrame = -1;
  const frames = lineFrames(file.lines, rate);
  for (const [index, line] of file.lines.entries()) {
    const frame = frames[index] ?? 0;
    if (line.timecode.dropFrame !== first?.timecode.dropFrame) {
      issues.push(sccIssue("separator", line.number, "drop-frame and non-drop-frame timecodes are mixed", frame));
    }
    if (frame < lastFrame) {
      issues.push(sccIssue("order", line.number, `${line.label} comes before the line above it`, frame));
    } else if (frame < nextFree) {
      const message = `begins ${nextFree - frame} frames before the line above has been sent`;
      issues.push(sccIssue("overlap", line.number, message, frame));
    }
    lastFrame = frame;
    nextFree = Math.max(nextFree, frame + line.words.length);
  }
  return issues;
}

/** Checks an SCC file as it is written. What the captions say and how long they stay is for the rules over cues. */
export function checkSccFile(file: SccFile, rate: FrameRate = ntsc): readonly Issue[] {
  return [
    ...file.defects.map(defectIssue),
    ...file.lines.flatMap((line) => lineIssues(line, rate)),
    ...sequenceIssues(file, rate),
    ...checkDecoding(file, rate),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
