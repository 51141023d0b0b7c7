/** Rules about time: order, duration, gaps, reading speed (electron/captions/README.md, "Limits and reading speed"). */
import { countColumns } from "../../cea608/transliterate.ts";
import { cueText } from "../../cue.ts";
import { minuteMs } from "../../time/durations.ts";
import { type CueContext, type CueRule, type RuleFinding, seconds, toleranceMs } from "./rule.ts";

const order: CueRule = {
  name: "order",
  check: ({ cue, previous }) =>
    previous !== undefined && cue.startMs < previous.startMs
      ? [{ message: "begins before the caption before it" }]
      : [],
};

const overlap: CueRule = {
  name: "overlap",
  check: ({ cue, previous }) => {
    if (previous === undefined || cue.startMs < previous.startMs) return [];
    const ms = previous.endMs - cue.startMs;
    if (ms <= toleranceMs) return [];
    return [
      {
        message: `begins ${seconds(ms)} before the caption before it ends`,
      },
    ];
  },
};

const tooShort: CueRule = {
  name: "too-short",
  check: ({ cue, profile }) => {
    const ms = cue.endMs - cue.startMs;
    if (ms >= profile.minMs - toleranceMs) return [];
    return [
      {
        message: `stays ${seconds(ms)}, less than ${seconds(profile.minMs)}`,
      },
    ];
  },
};

const tooLong: CueRule = {
  name: "too-long",
  check: ({ cue, profile }) => {
    const ms = cue.endMs - cue.startMs;
    if (ms <= profile.maxMs + profile.closeGapMs + toleranceMs) return [];
    return [
      {
        message: `stays ${seconds(ms)}, more than ${seconds(profile.maxMs)}`,
      },
    ];
  },
};

/** Characters of the screen in a second. */
export function charactersPerSecond({ cue }: Pick<CueContext, "cue">): number {
  const length = cue.lines.reduce((sum, line) => sum + countColumns(line), 0);
  return (length * 1000) / Math.max(1, cue.endMs - cue.startMs);
}

const readingSpeed: CueRule = {
  name: "reading-speed",
  check: (context) => {
    const limit = context.profile.maxCharactersPerSecond;
    const speed = charactersPerSecond(context);
    if (speed <= limit * 1.02) return [];
    return [
      {
        message: `${speed.toFixed(1)} characters a second, more than ${limit}`,
      },
    ];
  },
};

const wordRate: CueRule = {
  name: "word-rate",
  check: ({ cue, profile }) => {
    // Speaker labels and sound labels count (DCMP).
    const count = cueText(cue).split(/\s+/).filter(Boolean).length;
    const rate = (count * minuteMs) / Math.max(1, cue.endMs - cue.startMs);
    // A word or two is read at a glance, whatever the arithmetic says.
    if (count < 4 || rate <= profile.maxWordsPerMinute * 1.02) return [];
    return [
      {
        message: `${rate.toFixed(0)} words a minute, more than ${profile.maxWordsPerMinute}`,
      },
    ];
  },
};

/** One frame of 29.97, with the rounding of both times. */
const flashMs = { least: 17, most: 50 } as const;

const gap: CueRule = {
  name: "gap",
  check: ({ cue, previous, profile }): readonly RuleFinding[] => {
    if (previous === undefined) return [];
    const ms = cue.startMs - previous.endMs;
    // One frame is a flash. Two are the usual gap; more than that and less than half a second is a flicker.
    if (ms > flashMs.least && ms < flashMs.most) return [{ message: "the screen is empty for a single frame" }];
    if (ms <= profile.minGapMs + toleranceMs || ms >= profile.closeGapMs - toleranceMs) return [];
    return [{ message: `the screen is empty for ${seconds(ms)} before it` }];
  },
};

const beyondEnd: CueRule = {
  name: "beyond-end",
  check: ({ cue, facts }) => {
    const { durationMs } = facts;
    if (durationMs === undefined || cue.endMs <= durationMs + 1_000) return [];
    return [
      {
        message: `ends ${seconds(cue.endMs - durationMs)} after the recording does`,
      },
    ];
  },
};

export const timingRules: readonly CueRule[] = [
  order,
  overlap,
  tooShort,
  tooLong,
  readingSpeed,
  wordRate,
  gap,
  beyondEnd,
];
