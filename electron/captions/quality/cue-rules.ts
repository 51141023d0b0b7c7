/** Rules over cues and their neighbours. Limits and sources: reference/captions.md §5 and §8. */
import { columnCount, maxCaptionRows } from "../cea608/codes.ts";
import { columnsOf, transliterate } from "../cea608/transliterate.ts";
import type { Cue } from "../cue.ts";
import { type CueProfile, defaultProfile } from "../segmentation/profile.ts";
import type { Issue } from "./issue.ts";

type Rule = (cue: Cue, next: Cue | undefined, profile: CueProfile) => readonly Issue[];

/** Times are rounded to frames and milliseconds; a rule that is missed by less is kept. */
const toleranceMs = 34;

function at(cue: Cue, severity: Issue["severity"], rule: string, message: string): Issue {
  return { severity, rule, message, atMs: cue.startMs };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const columns: Rule = (cue) =>
  cue.lines
    .filter((line) => columnsOf(line) > columnCount)
    .map((line) =>
      at(cue, "error", "columns", `a line has ${columnsOf(line)} characters, the screen ${columnCount}: "${line}"`),
    );

const lines: Rule = (cue, _next, profile) => {
  const count = cue.lines.length;
  if (count > maxCaptionRows)
    return [at(cue, "error", "lines", `${count} lines; at most ${maxCaptionRows} can be shown`)];
  return count > profile.maxLines ? [at(cue, "warning", "lines", `${count} lines, more than ${profile.maxLines}`)] : [];
};

const empty: Rule = (cue) =>
  cue.lines.every((line) => line.trim() === "") ? [at(cue, "warning", "empty", "the caption has no text")] : [];

const characters: Rule = (cue) =>
  cue.lines
    .flatMap((line) => transliterate(line).lost)
    .map(({ character }) =>
      at(cue, "error", "character", `CEA-608 has no code for "${character}", a question mark is shown`),
    );

const duration: Rule = (cue, _next, profile) => {
  const ms = cue.endMs - cue.startMs;
  if (ms < profile.minMs - toleranceMs) {
    return [at(cue, "warning", "too-short", `stays ${seconds(ms)}, less than ${seconds(profile.minMs)}`)];
  }
  if (ms > profile.maxMs + profile.closeGapMs + toleranceMs) {
    return [at(cue, "warning", "too-long", `stays ${seconds(ms)}, more than ${seconds(profile.maxMs)}`)];
  }
  return [];
};

const readingSpeed: Rule = (cue, _next, profile) => {
  const length = cue.lines.reduce((sum, line) => sum + columnsOf(line), 0);
  const speed = (length * 1000) / Math.max(1, cue.endMs - cue.startMs);
  if (speed <= profile.maxCharactersPerSecond * 1.02) return [];
  const limit = profile.maxCharactersPerSecond;
  return [at(cue, "warning", "reading-speed", `${speed.toFixed(1)} characters a second, more than ${limit}`)];
};

const order: Rule = (cue, next) => {
  if (next === undefined) return [];
  if (next.startMs < cue.startMs) return [at(next, "error", "order", "begins before the caption before it")];
  const overlap = cue.endMs - next.startMs;
  if (overlap > toleranceMs) {
    return [at(next, "error", "overlap", `begins ${seconds(overlap)} before the caption before it ends`)];
  }
  return [];
};

const rules: readonly Rule[] = [empty, columns, lines, characters, duration, readingSpeed, order];

/** Checks cues in file order. */
export function checkCues(cues: readonly Cue[], profile: CueProfile = defaultProfile): readonly Issue[] {
  return cues.flatMap((cue, index) => rules.flatMap((rule) => rule(cue, cues[index + 1], profile)));
}
