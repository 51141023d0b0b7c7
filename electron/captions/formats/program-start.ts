/**
 * Files that count from the label of the tape: most mastering houses begin a program at 01:00:00, in Europe at
 * 10:00:00. Their captions are moved so that they count from the start of the recording.
 */
import type { Cue } from "../cue.ts";
import { createIssue, type Issue } from "../quality/issue.ts";
import { hourMs, minuteMs, secondMs } from "../time/durations.ts";
import type { ReadOptions } from "./caption-format.ts";

/** The first caption of such a file comes within this time. */
const soonMs = 2 * minuteMs;
/** Labels are put on by hand: a caption may begin a moment before the hour. */
const beforeMs = 3 * secondMs;
const startHours = [1, 10];

interface StartedCues {
  readonly cues: readonly Cue[];
  readonly issues: readonly Issue[];
}

/**
 * Moves captions to the start of the recording, where the file begins at hour 1 or 10.
 * @param options `startMs`, where a person has said at which time of the file's clock the program begins
 * @param toMs milliseconds of a time on the file's clock, where that does not keep to the clock on the wall
 */
export function fromProgramStart(
  cues: readonly Cue[],
  { startMs: givenMs }: ReadOptions,
  toMs: (clockMs: number) => number = (clockMs) => clockMs,
): StartedCues {
  const firstMs = cues.reduce((min, { startMs }) => Math.min(min, startMs), Number.POSITIVE_INFINITY);
  const hour =
    givenMs === undefined
      ? startHours.find((hours) => {
          const atMs = toMs(hours * hourMs);
          return firstMs >= atMs - beforeMs && firstMs < atMs + soonMs;
        })
      : undefined;
  const startMs = toMs(givenMs ?? (hour ?? 0) * hourMs);
  if (startMs === 0) return { cues, issues: [] };
  const moved = cues.map((cue) => ({
    ...cue,
    startMs: Math.max(0, Math.round(cue.startMs - startMs)),
    endMs: Math.round(cue.endMs - startMs),
  }));
  const shown = moved.filter((cue) => cue.endMs > cue.startMs);
  const gone = moved.length - shown.length;
  return {
    cues: shown,
    issues: [
      ...(hour === undefined
        ? []
        : [
            createIssue(
              "start",
              `the file begins shortly after ${String(hour).padStart(2, "0")}:00:00, so that is taken for the start of the program`,
            ),
          ]),
      ...(gone === 0 ? [] : [createIssue("before-start", `${gone} × a caption before the start of the program`)]),
    ],
  };
}
