/**
 * Every rule about captions, by its name: which check of the quality score it counts for, how severe it is unless a
 * profile says otherwise, and what to do about it. Names are stable: profiles, filters, dismissed warnings and stored
 * issues use them. How to add a rule: electron/README.md, "Add a caption rule".
 */
import { z } from "zod";
import type { Severity } from "./severity.ts";

/** The checks that make up the quality score (see score.ts). */
export const ruleGroups = [
  "file-integrity",
  "scc-format",
  "timestamp-accuracy",
  "content-completeness",
  "audio-quality",
  "caption-accuracy",
  "speaker-identification",
] as const;
export type RuleGroup = (typeof ruleGroups)[number];

export interface RuleDefinition {
  readonly group: RuleGroup;
  readonly severity: Severity;
  readonly remedy: string;
}

/** About one cue and its neighbours: what they are checked for stands in `rules/`. */
const cueRuleDefinitions = {
  // the screen: columns, rows, characters
  empty: { group: "content-completeness", severity: "warning", remedy: "Write its text, or delete it." },
  columns: { group: "scc-format", severity: "error", remedy: "Break the line, or split the caption." },
  lines: { group: "scc-format", severity: "warning", remedy: "Split the caption." },
  character: { group: "scc-format", severity: "error", remedy: "Write it with letters that a caption can carry." },
  // time: order, duration, gaps, reading speed
  order: { group: "timestamp-accuracy", severity: "error", remedy: "Move it, or correct its time." },
  overlap: { group: "timestamp-accuracy", severity: "error", remedy: "Let the caption before it end sooner." },
  "too-short": {
    group: "timestamp-accuracy",
    severity: "warning",
    remedy: "Let it stay longer, or merge it with its neighbor.",
  },
  "too-long": { group: "timestamp-accuracy", severity: "warning", remedy: "Let it end sooner, or split it." },
  "reading-speed": {
    group: "timestamp-accuracy",
    severity: "warning",
    remedy: "Let it stay longer, or shorten the text.",
  },
  /** Part of `reading-speed` by now: the name stands in stored issues, profiles and dismissed warnings. */
  "word-rate": { group: "timestamp-accuracy", severity: "warning", remedy: "Let it stay longer, or shorten the text." },
  gap: {
    group: "timestamp-accuracy",
    severity: "warning",
    remedy: "Close the gap to two frames, or widen it to half a second.",
  },
  "beyond-end": {
    group: "timestamp-accuracy",
    severity: "error",
    remedy: "Check that these captions belong to this recording, and their start time.",
  },
  // the text: slips of the pen, brackets, names, speakers
  "double-word": { group: "caption-accuracy", severity: "warning", remedy: "Delete one, unless it is said twice." },
  bracket: { group: "caption-accuracy", severity: "warning", remedy: "Add the other bracket." },
  "unknown-speaker": { group: "speaker-identification", severity: "warning", remedy: "Name the speaker." },
  "near-name": { group: "caption-accuracy", severity: "warning", remedy: "Correct the name, or tick it off." },
  "embarrassing-word": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it. Correct the word; if it was said, tick it off.",
  },
  // captions against what is heard
  repetition: {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it: recognition may have turned in a circle.",
  },
  "filler-on-silence": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it; delete it if nobody says it.",
  },
  "caption-without-speech": { group: "caption-accuracy", severity: "warning", remedy: "Check its time, or delete it." },
  "unsure-words": { group: "caption-accuracy", severity: "warning", remedy: "Listen to it, and tick it off." },
} as const satisfies Record<string, RuleDefinition>;

/** About all captions together, once they are encoded: `encoder-issues.ts`. */
const encoderRules = {
  late: {
    group: "timestamp-accuracy",
    severity: "warning",
    remedy: "Shorten this caption or the one before it, or let it begin later.",
  },
  "impossible-load": {
    group: "scc-format",
    severity: "error",
    // What else would help is tried for each stretch.
    remedy: "Shorten the text of this stretch.",
  },
  "re-cut": {
    group: "scc-format",
    severity: "warning",
    remedy: "Break it into captions of two lines of 32 characters.",
  },
} as const satisfies Record<string, RuleDefinition>;

/** About the recording and how it was recognized: `recording-issues.ts`, `speech-gap-issues.ts`. */
const recordingRules = {
  "no-speech": {
    group: "content-completeness",
    severity: "error",
    remedy: "Check its sound, and that it is the right recording.",
  },
  "speech-without-caption": {
    group: "content-completeness",
    severity: "error",
    remedy: "Listen to it. Write captions for it, or say in the editor that nobody speaks here.",
  },
  "missing-part": {
    group: "content-completeness",
    severity: "error",
    remedy:
      "Copy the recording again: what is missing is then transcribed, and corrected captions stay. If this is all there is of it, say in the editor that nobody speaks here.",
  },
  "recognition-loop": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it: recognition has turned in a circle.",
  },
  "recognition-filler": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it; delete it if nobody says it.",
  },
  "recognition-rate": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it: nobody speaks so fast.",
  },
  "recognition-unsure": {
    group: "caption-accuracy",
    severity: "warning",
    remedy: "Listen to it: there may be noise, music, or several voices at once.",
  },
} as const satisfies Record<string, RuleDefinition>;

/** About a caption file that was read: `../formats`, and the command that checks one. */
const fileRules = {
  unreadable: { group: "file-integrity", severity: "error", remedy: "" },
  "no-captions": {
    group: "content-completeness",
    severity: "error",
    remedy: "Check that this is the right file, and that it was exported with its captions.",
  },
  reordered: {
    group: "timestamp-accuracy",
    severity: "warning",
    remedy: "Check the captions around this place against the recording.",
  },
  "other-encoding": {
    group: "file-integrity",
    severity: "warning",
    remedy: "Check that accented letters look right; if they do not, save the file as UTF-8 and read it again.",
  },
  "guessed-times": {
    group: "scc-format",
    severity: "warning",
    remedy: "Check the captions against the recording.",
  },
  "left-out": {
    group: "scc-format",
    severity: "warning",
    remedy: "Nothing, unless this is wanted: then put it in again with the program that made the file.",
  },
  checksum: {
    group: "file-integrity",
    severity: "warning",
    remedy: "Convert the file with Archivist, which writes them right: decoders may drop these packets.",
  },
  "timecode-style": {
    group: "scc-format",
    severity: "warning",
    remedy: "Make sure that the system which plays it expects that, or convert it to drop-frame.",
  },
  "frame-rate": {
    group: "scc-format",
    severity: "warning",
    remedy: "Say the captions' frame rate with --frame-rate if it is another one.",
  },
} as const satisfies Record<string, RuleDefinition>;

const rewrite = "Convert the file with Archivist: it writes this as decoders need it.";

/**
 * About an SCC file, word by word: `scc/`. Each of them is something that a real decoder trips over
 * (electron/captions/cea608/README.md, "Rules of an SCC file"). All count for
 * the format of the file.
 */
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
  doubling: { severity: "warning", remedy: `Send every control code twice. ${rewrite}` },
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
  "row-twice": { severity: "error", remedy: "Write each column of a row once in a caption." },
  "base-row": {
    severity: "error",
    remedy: "Move the lowest row down to the number of rows that roll up, or let fewer rows roll up.",
  },
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
    remedy: "Check the start timecode: this appears before the program begins.",
  },
  start: { severity: "warning", remedy: "Say --start 00:00:00 if the labels count from the start of the recording." },
} as const satisfies Record<string, { readonly severity: Severity; readonly remedy: string }>;

export type SccRuleName = keyof typeof sccRules;

type CueRuleName = keyof typeof cueRuleDefinitions;
type OwnRuleName = CueRuleName | keyof typeof encoderRules | keyof typeof recordingRules | keyof typeof fileRules;
export type RuleName = OwnRuleName | SccRuleName;

const inSccFormat = Object.fromEntries(
  Object.entries(sccRules).map(([name, rule]) => [name, { group: "scc-format", ...rule }]),
) as Record<SccRuleName, RuleDefinition>;

/** The registry. Three names mean the same of a cue and of a line of a file (order, overlap, columns): the cue's counts. */
export const rules: Readonly<Record<RuleName, RuleDefinition>> = {
  ...inSccFormat,
  ...fileRules,
  ...recordingRules,
  ...encoderRules,
  ...cueRuleDefinitions,
};

/** Names of all rules, for schemas. */
export const ruleNames = Object.keys(rules) as [RuleName, ...RuleName[]];
export const ruleNameSchema = z.enum(ruleNames);
