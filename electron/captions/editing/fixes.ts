/** Lists of proposed fixes: each has its reason; the selected ones are applied in one step. */
import { cueText } from "../cue.ts";
import type { StyleEdit } from "../house-style/style-edit.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { fits } from "../segmentation/refit.ts";
import { frameToMs, msToFrame } from "../time/frame-rate.ts";
import { during, type TimeSpan } from "../time/span.ts";
import { balanced } from "./cue-text.ts";
import type { EditCue } from "./document.ts";
import { type RestyleOptions, restyle } from "./restyle.ts";
import { type SplitFacts, type SplitPiece, splitLongCue } from "./split-long.ts";

export interface Fix {
  readonly cue: number;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly lines?: readonly string[];
  /** The captions that it is cut into. */
  readonly pieces?: readonly SplitPiece[];
  /** Human-readable reason. */
  readonly reason: string;
}

export const fixLists = ["gaps", "durations", "lines", "split", "frames", "speech", "tidy", "style"] as const;
export type FixList = (typeof fixLists)[number];

export interface FixFacts extends SplitFacts {
  /** Spans of speech, in order. */
  readonly speech?: readonly TimeSpan[];
  /** How the city writes what is spoken; absent: its language has no style. */
  readonly houseStyle?: RestyleOptions;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Gaps below the minimum are widened to it, and gaps small enough to close are reduced to it. */
function gaps(cues: readonly EditCue[], { profile }: FixFacts): readonly Fix[] {
  return cues.flatMap((cue, index) => {
    const next = cues[index + 1];
    if (next === undefined) return [];
    const gap = next.startMs - cue.endMs;
    if (gap === profile.minGapMs || gap >= profile.closeGapMs) return [];
    const endMs = next.startMs - profile.minGapMs;
    if (endMs <= cue.startMs) return [];
    const reason =
      gap < 0
        ? `overlaps the next one by ${seconds(-gap)}`
        : gap < profile.minGapMs
          ? `the gap of ${seconds(gap)} is too small`
          : `the gap of ${seconds(gap)} is closed`;
    return [{ cue: cue.id, endMs, reason }];
  });
}

/** Captions that are too short are extended as far as there is room; those that are too long are shortened. */
function durations(cues: readonly EditCue[], { profile }: FixFacts): readonly Fix[] {
  return cues.flatMap((cue, index) => {
    const length = cue.endMs - cue.startMs;
    const byText = Math.ceil((cueText(cue).length * 1000) / profile.maxCharactersPerSecond);
    const wanted = Math.min(profile.maxMs, Math.max(profile.minMs, byText));
    if (length >= wanted && length <= profile.maxMs) return [];
    if (length > profile.maxMs) {
      return [{ cue: cue.id, endMs: cue.startMs + profile.maxMs, reason: `stays ${seconds(length)}` }];
    }
    const next = cues[index + 1];
    const room = next === undefined ? Number.POSITIVE_INFINITY : next.startMs - profile.minGapMs;
    const endMs = Math.min(cue.startMs + wanted, room);
    return endMs <= cue.endMs ? [] : [{ cue: cue.id, endMs, reason: `stays only ${seconds(length)}` }];
  });
}

/** Lines that do not fit are broken again. */
function lines(cues: readonly EditCue[], { profile }: FixFacts): readonly Fix[] {
  return cues.flatMap((cue) => {
    if (fits(cue, profile.maxLines, profile.maxLineLength)) return [];
    const next = balanced(cue.lines, profile);
    return fitsBroken(cue, profile, next)
      ? [{ cue: cue.id, lines: next, reason: "does not fit the caption screen" }]
      : [];
  });
}

/** True when its text fits the caption screen once its lines are broken again. */
const fitsBroken = (cue: EditCue, { maxLines, maxLineLength }: CueProfile, lines: readonly string[]): boolean =>
  fits({ ...cue, lines }, maxLines, maxLineLength);

/** Captions with more text than the caption screen holds are cut into several. */
function split(cues: readonly EditCue[], facts: FixFacts): readonly Fix[] {
  const { profile } = facts;
  return cues.flatMap((cue) => {
    if (fits(cue, profile.maxLines, profile.maxLineLength)) return [];
    if (fitsBroken(cue, profile, balanced(cue.lines, profile))) return [];
    const pieces = splitLongCue(cue, facts);
    if (pieces.length === 0) return [];
    const { length } = cueText(cue);
    return [{ cue: cue.id, pieces, reason: `${length} characters become ${pieces.length} captions` }];
  });
}

/** Times that lie between two frames move to the nearest one. */
function frames(cues: readonly EditCue[]): readonly Fix[] {
  return cues.flatMap((cue) => {
    const startMs = frameToMs(msToFrame(cue.startMs));
    const endMs = frameToMs(msToFrame(cue.endMs));
    if ((startMs === cue.startMs && endMs === cue.endMs) || endMs <= startMs) return [];
    return [{ cue: cue.id, startMs, endMs, reason: "lies between two frames" }];
  });
}

/** A border farther than this from the start or end of speech is not aligned with it. */
const reachMs = 600;

/** Aligns captions with the speech that they show: start and end move to those of the speech. */
function speech(cues: readonly EditCue[], { speech: spoken = [], profile }: FixFacts): readonly Fix[] {
  return cues.flatMap((cue, index) => {
    const own = during(spoken, { startMs: cue.startMs - reachMs, endMs: cue.endMs + reachMs });
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) return [];
    const previous = cues[index - 1];
    const next = cues[index + 1];
    const startMs =
      Math.abs(first.startMs - cue.startMs) <= reachMs
        ? Math.max(first.startMs, previous === undefined ? 0 : previous.endMs + profile.minGapMs)
        : cue.startMs;
    const late = Math.min(last.endMs, next === undefined ? last.endMs : next.startMs - profile.minGapMs);
    const endMs = late > cue.endMs && late - cue.endMs <= reachMs ? late : cue.endMs;
    const moved = Math.abs(startMs - cue.startMs) + Math.abs(endMs - cue.endMs);
    if (moved < 40 || endMs <= startMs) return [];
    return [
      { cue: cue.id, startMs, endMs, reason: `speech begins ${seconds(startMs - cue.startMs)} later, ends with it` },
    ];
  });
}

/** Quotes and dashes as line 21 has them: it carries the typographic ones only as extended characters. */
const straight: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "--",
};

const tidyLine = (line: string): string =>
  line
    .replace(/[“”„‘’–—]/gu, (character) => straight[character] ?? character)
    .replace(/[ \t\u00a0]+/gu, " ")
    .replace(/ +([,.;:?!])/gu, "$1")
    .trim();

/** Straight quotes, one space between words, and none before a stop. */
function tidy(cues: readonly EditCue[]): readonly Fix[] {
  return cues.flatMap((cue) => {
    const written = cue.lines.map(tidyLine);
    if (written.every((line, index) => line === cue.lines[index])) return [];
    // Styles of parts of a line go by its characters.
    if (cue.styles?.some(({ parts }) => parts !== undefined) === true) return [];
    return [{ cue: cue.id, lines: written, reason: "quotes, dashes and spaces" }];
  });
}

/** Numbers, money, times, titles and spelling as the city writes them. What a person has accepted stays. */
function style(cues: readonly EditCue[], { houseStyle, profile }: FixFacts): readonly Fix[] {
  if (houseStyle === undefined) return [];
  return restyle(cues, houseStyle, profile).flatMap(({ cue, lines: written, edits }) => {
    // Styles of parts of a line go by its characters.
    if (cue.reviewed === true || cue.styles?.some(({ parts }) => parts !== undefined) === true) return [];
    if (!fitsBroken(cue, profile, written)) return [];
    return [{ cue: cue.id, lines: written, reason: edits.map(quoteEdit).join(", ") }];
  });
}

const quoteEdit = ({ heard, written }: StyleEdit): string => `"${heard}" is written "${written}"`;

const finders: Readonly<Record<FixList, (cues: readonly EditCue[], facts: FixFacts) => readonly Fix[]>> = {
  gaps,
  durations,
  lines,
  split,
  frames,
  speech,
  tidy,
  style,
};

/** The fixes that a list proposes. */
export const findFixes = (list: FixList, cues: readonly EditCue[], facts: FixFacts): readonly Fix[] =>
  finders[list](cues, facts);
