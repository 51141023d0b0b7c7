/** How many warnings an hour of a meeting has, and how many of them are right. */
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import type { RuleName } from "../../../../electron/captions/quality/rules.ts";
import { hourMs } from "../../../../electron/captions/time/durations.ts";
import type { Word } from "../../../../electron/captions/word.ts";
import type { WordAlignment } from "../scoring/align-words.ts";

/** Rules that state what was measured: too fast, too short, not to be shown in time. They are right by themselves. */
const measured: ReadonlySet<RuleName> = new Set<RuleName>([
  ...(["reading-speed", "too-short", "too-long", "gap", "lines", "empty", "late", "re-cut"] as const),
]);

/** A warning without an end is about what is said within so many milliseconds of its begin. */
const reachMs = 4_000;

export interface WarningMeasures {
  readonly count: number;
  readonly hours: number;
  /** Those that claim that what was recognized is not what was said, and how many of them hold. */
  readonly claims: number;
  readonly rightClaims: number;
}

/** Recognized words that are wrong, or beside which a word is missing. */
function findWrongWords({ truth, recognized }: WordAlignment): ReadonlySet<number> {
  const wrong = new Set<number>();
  recognized.forEach((kind, index) => {
    if (kind !== "equal") wrong.add(index);
  });
  let last = -1;
  for (const { kind, recognized: word } of truth) {
    if (kind === "deleted") wrong.add(Math.max(0, last));
    else if (word !== undefined) last = word;
  }
  return wrong;
}

export function measureWarnings(
  { words, issues }: { readonly words: readonly Word[]; readonly issues: readonly Issue[] },
  alignment: WordAlignment,
): WarningMeasures {
  const wrong = findWrongWords(alignment);
  const warnings = issues.filter(({ severity }) => severity === "warning");
  const claims = warnings.filter(({ rule, atMs }) => !measured.has(rule) && atMs !== undefined);
  const isRight = ({ atMs = 0, untilMs = atMs + reachMs }: Issue): boolean =>
    words.some(({ startMs, endMs }, index) => endMs > atMs && startMs < untilMs && wrong.has(index));
  return {
    count: warnings.length,
    hours: Math.max(0, ...words.slice(-1).map(({ endMs }) => endMs)) / hourMs,
    claims: claims.length,
    rightClaims: claims.filter(isRight).length,
  };
}

/** Warnings of several recordings together. */
export function sumWarnings(all: readonly WarningMeasures[]): WarningMeasures & {
  /** Per hour of meeting. */
  readonly perHour: number;
  /** Share of all that are right, 0 to 1: what is measured, and claims that hold. */
  readonly rightShare: number;
} {
  const sum = (pick: (each: WarningMeasures) => number): number => all.reduce((total, each) => total + pick(each), 0);
  const [count, hours, claims] = [sum((each) => each.count), sum((each) => each.hours), sum((each) => each.claims)];
  const rightClaims = sum((each) => each.rightClaims);
  return {
    ...{ count, hours, claims, rightClaims },
    perHour: count / Math.max(hours, Number.EPSILON),
    rightShare: (count - claims + rightClaims) / Math.max(1, count),
  };
}
