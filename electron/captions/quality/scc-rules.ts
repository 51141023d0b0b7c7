/** Rules over an SCC file as it is written; every one is something that a real decoder trips over (captions.md §8). */
import { isControl } from "../cea608/codes.ts";
import type { SccFile, SccLine } from "../scc/file.ts";
import { type FrameRate, ntsc } from "../time/frame-rate.ts";
import { isMissingLabel, timecodeToFrame } from "../time/timecode.ts";
import type { Issue } from "./issue.ts";

function found(line: number, rule: string, message: string, severity: Issue["severity"] = "error"): Issue {
  return { severity, rule, message, line };
}

const defectMessages = {
  header: "the first line must be exactly Scenarist_SCC V1.0",
  timecode: "this is not a timecode followed by a tab",
  word: "this is not a word of four hexadecimal digits",
} as const;

function lineIssues(line: SccLine, rate: FrameRate): readonly Issue[] {
  const issues: Issue[] = [];
  if (!line.separatedByTab)
    issues.push(found(line.number, "tab", "a tab must follow the timecode; some readers skip the line"));
  if (isMissingLabel(line.timecode, rate)) {
    issues.push(found(line.number, "label", `the timecode ${line.label} does not exist`));
  }
  if (line.parityErrors.length > 0) {
    const count = line.parityErrors.length;
    issues.push(
      found(
        line.number,
        "parity",
        `${count} ${count === 1 ? "word has" : "words have"} wrong parity; decoders reject that`,
      ),
    );
  }
  return issues;
}

/** Control words must be sent twice in a row; a word between the copies makes decoders execute both. */
function doublingIssues(line: SccLine): readonly Issue[] {
  const single: string[] = [];
  for (let index = 0; index < line.words.length; index++) {
    const word = line.words[index] ?? 0;
    if (!isControl(word)) continue;
    if (line.words[index + 1] === word) index++;
    else single.push(word.toString(16));
  }
  if (single.length === 0) return [];
  return [found(line.number, "doubling", `control codes sent only once: ${single.slice(0, 5).join(", ")}`, "warning")];
}

function sequenceIssues(file: SccFile, rate: FrameRate): readonly Issue[] {
  const issues: Issue[] = [];
  const first = file.lines[0];
  let nextFree = 0;
  let lastFrame = -1;
  for (const line of file.lines) {
    const frame = timecodeToFrame(line.timecode, rate);
    if (line.timecode.dropFrame !== first?.timecode.dropFrame) {
      issues.push(found(line.number, "separator", "drop-frame and non-drop-frame timecodes are mixed"));
    }
    if (frame < lastFrame) issues.push(found(line.number, "order", `${line.label} comes before the line above it`));
    else if (frame < nextFree) {
      issues.push(
        found(line.number, "overlap", `begins ${nextFree - frame} frames before the line above has been sent`),
      );
    }
    lastFrame = frame;
    nextFree = Math.max(nextFree, frame + line.words.length);
  }
  return issues;
}

/** Checks the form of an SCC file. What the captions say and how long they stay is for `checkCues`. */
export function checkSccFile(file: SccFile, rate: FrameRate = ntsc): readonly Issue[] {
  return [
    ...file.defects.map(({ number, kind, text }) => found(number, kind, `${defectMessages[kind]}: "${text}"`)),
    ...file.lines.flatMap((line) => [...lineIssues(line, rate), ...doublingIssues(line)]),
    ...sequenceIssues(file, rate),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
