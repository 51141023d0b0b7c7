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

/** Words in a minute; speaker labels and sound labels count (DCMP). A word or two is read at a glance. */
function wordsPerMinute({ cue }: Pick<CueContext, "cue">): number {
  const count = cueText(cue).split(/\s+/).filter(Boolean).length;
  return count < 4 ? 0 : (count * minuteMs) / Math.max(1, cue.endMs - cue.startMs);
}

/** What is over a limit by less than a tenth cannot be told by who reads it, and is not worth a warning. */
const speedTolerance = 1.1;

/** True for a speed that is warned about. @param limit in the same unit */
export const isTooFast = (speed: number, limit: number): boolean => speed > limit * speedTolerance;

/**
 * One rule for what is too fast to read, told in characters, with words as their explanation; guidelines that count words have
 * a limit of them as well.
 */
const readingSpeed: CueRule = {
  name: "reading-speed",
  check: (context) => {
    const { maxCharactersPerSecond, maxWordsPerMinute } = context.profile;
    const [speed, words] = [charactersPerSecond(context), wordsPerMinute(context)];
    const isFastInWords = maxWordsPerMinute !== undefined && isTooFast(words, maxWordsPerMinute);
    if (!isTooFast(speed, maxCharactersPerSecond) && !isFastInWords) return [];
    const inWords = words === 0 ? "" : `, ${words.toFixed(0)} words a minute`;
    return [
      {
        message: `too fast to read: ${speed.toFixed(0)} characters a second${inWords}; viewers can read ${maxCharactersPerSecond}${maxWordsPerMinute === undefined ? "" : ` and ${maxWordsPerMinute}`}`,
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

export const timingRules: readonly CueRule[] = [order, overlap, tooShort, tooLong, readingSpeed, gap, beyondEnd];
