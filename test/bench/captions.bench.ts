/**
 * The caption engine on six hours of meeting: 54,000 words, about 6,000 cues, one core; medians, and how it grows. Then
 * how late captions are at each speed of speech.
 */
import { schedulePaintOn } from "../../electron/captions/cea608/schedule/paint-on.ts";
import { schedulePopOn } from "../../electron/captions/cea608/schedule/pop-on.ts";
import { scheduleRollUp } from "../../electron/captions/cea608/schedule/roll-up.ts";
import { defaultScheduleOptions, type Scheduler } from "../../electron/captions/cea608/schedule/types.ts";
import type { Cue } from "../../electron/captions/cue.ts";
import { CueChecker } from "../../electron/captions/quality/checker.ts";
import { checkSccFile } from "../../electron/captions/quality/scc/file-checks.ts";
import { decodeScc } from "../../electron/captions/scc/decode.ts";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { parseScc } from "../../electron/captions/scc/file.ts";
import { segmentWords } from "../../electron/captions/segmentation/segment.ts";
import type { Word } from "../../electron/captions/word.ts";
import { median, say } from "../support/bench/measure.ts";
import { cutAtSentences, shortCues, speak, speakCues } from "../support/captions/fast-speech.ts";
import { measureLateness } from "../support/captions/lateness.ts";
import { random } from "../support/random.ts";

const vocabulary =
  "the council will now hear from Anderson about street project and its cost, which is one hundred dollars. I move to approve item seven; is there a second? All in favor say aye. The motion carries with Peña absent.".split(
    " ",
  );
const rounds = 9;
const aimMs = 150;
const editAimMs = 1;

/** Words as they are spoken: two and a half in a second, pauses between sentences. */
function meeting(count: number): readonly Word[] {
  const pick = random(608);
  let at = 0;
  return Array.from({ length: count }, () => {
    const text = vocabulary[Math.floor(pick() * vocabulary.length)] ?? "the";
    const startMs = at + Math.floor(pick() * 80);
    const endMs = startMs + 150 + Math.floor(pick() * 350);
    at = endMs + (/[.?]$/.test(text) ? 300 : 0);
    return { text, startMs, endMs, probability: pick() };
  });
}

function milliseconds(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(times);
}

interface Times {
  readonly [task: string]: number;
}

function measureMeeting(words: readonly Word[]): { readonly times: Times; readonly cues: number } {
  const cues = segmentWords(words);
  const { text } = encodeScc(cues);
  const file = parseScc(text);
  const times = {
    segment: milliseconds(() => segmentWords(words)),
    encode: milliseconds(() => encodeScc(cues)),
    decode: milliseconds(() => decodeScc(parseScc(text))),
    "validate the SCC file": milliseconds(() => checkSccFile(file)),
    "check all cues": milliseconds(() => new CueChecker(cues, { words })),
  };
  return { times, cues: cues.length };
}

function editTimes(words: readonly Word[]): readonly number[] {
  let cues = segmentWords(words);
  const checker = new CueChecker(cues, { words });
  const pick = random(15);
  return Array.from({ length: 1_000 }, () => {
    const at = Math.floor(pick() * cues.length);
    const changed = cues[at];
    if (changed === undefined) return 0;
    cues = cues.with(at, { ...changed, lines: [...changed.lines.slice(0, -1), "edited text"] });
    const started = performance.now();
    checker.update(cues, at, 1, 1);
    return performance.now() - started;
  });
}

const modes: Readonly<Record<string, Scheduler>> = {
  "pop-on": schedulePopOn,
  "paint-on": schedulePaintOn,
  "roll-up-3": (cues, options) => scheduleRollUp(3, cues, options),
};

/** Speech without a pause, at each speed and cut in each way. */
function listSpeech(): readonly (readonly [string, readonly Cue[]])[] {
  const tenMinutes = [160, 220, 300, 420].flatMap((wordsPerMinute) => {
    const speech = { wordsPerMinute, minutes: 10 };
    return [
      [`${wordsPerMinute} words a minute, as segmented here`, speakCues(speech)],
      [`${wordsPerMinute} words a minute, cut at sentences`, cutAtSentences(speak(speech))],
    ] as const;
  });
  const sixHours = { wordsPerMinute: 135, minutes: 360 };
  return [
    ...tenMinutes,
    ["six hours at 135, as segmented here", speakCues(sixHours)],
    ["six hours at 135, cut at sentences", cutAtSentences(speak(sixHours))],
    ["600 cues of one to three words, at 267", shortCues(600)],
  ];
}

/** What a damaged or careless file may hold: the work may not grow faster than the captions. */
function sayGrowth(): void {
  const make = (count: number): readonly Cue[] =>
    Array.from({ length: count }, (_, index) => ({ startMs: 5_000 + index, endMs: 5_001 + index, lines: ["a"] }));
  for (const [mode, schedule] of Object.entries(modes)) {
    const times = [500, 1_000, 2_000].map((count) => milliseconds(() => schedule(make(count), defaultScheduleOptions)));
    const list = times.map((ms) => ms.toFixed(0)).join(", ");
    say(`${mode.padEnd(24)} ${list} ms for 500, 1,000 and 2,000 captions of a letter, one a millisecond`);
  }
}

function sayLateness(): void {
  const speech = listSpeech();
  for (const [mode, schedule] of Object.entries(modes)) {
    say(`${mode.padEnd(44)} late captions, most frames late, most frames early`);
    for (const [name, cues] of speech) {
      const { late, worstLate, worstEarly } = measureLateness(cues, schedule(cues, defaultScheduleOptions));
      const share = `${late} of ${cues.length}`;
      say(
        `  ${name.padEnd(42)} ${share.padStart(13)} ${String(worstLate).padStart(17)} ${String(worstEarly).padStart(18)}`,
      );
    }
  }
}

export async function bench(): Promise<void> {
  measureMeeting(meeting(5_000)); // Warm.
  const half = measureMeeting(meeting(27_000));
  const whole = measureMeeting(meeting(54_000));
  say(`Six hours: 54,000 words, ${whole.cues} cues`);
  for (const [task, ms] of Object.entries(whole.times)) {
    const growth = ms / (half.times[task] ?? Number.NaN);
    say(
      `${task.padEnd(24)} ${ms.toFixed(1).padStart(7)} ms (aim: at most ${aimMs}); ${growth.toFixed(2)} × three hours`,
    );
  }
  const edits = editTimes(meeting(54_000)).toSorted((a, b) => a - b);
  const worst = edits[Math.floor(edits.length * 0.99)] ?? Number.NaN;
  say(
    `${"check after an edit".padEnd(24)} ${median(edits).toFixed(3).padStart(7)} ms, 99 of 100 below ${worst.toFixed(3)} ms (aim: ${editAimMs})`,
  );
  sayLateness();
  sayGrowth();
}
