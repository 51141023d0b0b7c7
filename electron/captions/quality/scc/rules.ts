/**
 * Everything that can be wrong with an SCC file, with what to do about it. Every one of them is something that a real
 * decoder trips over (electron/captions/cea608/README.md, "Rules of an SCC file").
 */
import type { Issue, Severity } from "../issue.ts";

interface SccRule {
  readonly severity: Severity;
  readonly remedy: string;
}

const rewrite = "Convert the file with Archivist: it writes this as decoders need it.";

export const sccRules = {
  header: { severity: "error", remedy: "Make the first line exactly Scenarist_SCC V1.0, without a byte-order mark." },
  timecode: { severity: "error", remedy: "Begin the line with a timecode, HH:MM:SS;FF, and a tab." },
  tab: { severity: "error", remedy: "Put one tab after the timecode: some readers skip the line." },
  word: { severity: "error", remedy: "Write words of four hexadecimal digits, one space between them." },
  parity: { severity: "error", remedy: `Decoders reject these words. ${rewrite}` },
  label: { severity: "error", remedy: "Use the next label: drop-frame leaves out ;00 and ;01 of most minutes." },
  separator: { severity: "error", remedy: "Use ; in every timecode (drop-frame) or : in every one." },
  order: { severity: "error", remedy: "Put the lines in the order of their timecodes." },
  overlap: { severity: "error", remedy: `Begin this line later: one word goes out a frame. ${rewrite}` },
  doubling: { severity: "error", remedy: `Send every control code twice. ${rewrite}` },
  "null-between": { severity: "error", remedy: `Put nothing between the two copies of a code. ${rewrite}` },
  "unknown-code": { severity: "error", remedy: "Delete the word: no decoder knows it." },
  "no-mode": { severity: "error", remedy: "Choose a mode (9420 for pop-on) before the first text." },
  "no-address": { severity: "error", remedy: "Send a row's address before its text." },
  columns: { severity: "error", remedy: "Shorten the row to 32 characters." },
  "no-fallback": { severity: "error", remedy: `Send a plain letter before the extended one. ${rewrite}` },
  "extended-at-edge": {
    severity: "error",
    remedy: "Move the row to the left, or shorten it: decoders put this in column 31.",
  },
  "row-twice": { severity: "error", remedy: "Write each row once in a caption." },
  "empty-flip": { severity: "error", remedy: "Delete the EOC, or load a caption before it." },
  "dirty-load": { severity: "error", remedy: "Send ENM (94ae) before the load, or rows of an older caption appear." },
  "never-erased": { severity: "error", remedy: "Erase the last caption (942c 942c) when it is over." },
  "many-rows": { severity: "warning", remedy: "Keep to four rows: some decoders show no more." },
  "mid-row": {
    severity: "warning",
    remedy: "Style whole rows by their address: two decoders swallow the blank of this code.",
  },
  "tab-offset": { severity: "warning", remedy: "Use tab offsets right after a row's address only." },
  backspace: { severity: "warning", remedy: "Write the text without backspace: one decoder ignores it." },
  "delete-to-end": { severity: "warning", remedy: "Write the row anew instead: four decoders ignore this code." },
  "special-repeated": {
    severity: "warning",
    remedy: `Put a code that does nothing between equal special characters. ${rewrite}`,
  },
  "other-channel": {
    severity: "warning",
    remedy: "Check that this channel is the one that is wanted; most players show CC1 alone.",
  },
  "text-mode": { severity: "warning", remedy: "Text mode is not captions: delete it." },
  "before-start": {
    severity: "warning",
    remedy: "Check the start timecode: this appears before the programme begins.",
  },
  start: { severity: "warning", remedy: "Say --start 00:00:00 if the labels count from the start of the recording." },
} as const satisfies Record<string, SccRule>;

export type SccRuleName = keyof typeof sccRules;

/** An issue of a line of the file. */
export function sccIssue(rule: SccRuleName, line: number, message: string, frame?: number): Issue {
  const { severity, remedy } = sccRules[rule];
  return { severity, rule, message, remedy, line, ...(frame === undefined ? {} : { frame }) };
}
