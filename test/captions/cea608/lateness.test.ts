/** How late captions are when people speak without a pause: the figures of `npm run bench -- captions`, held. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isControl } from "../../../electron/captions/cea608/codes.ts";
import { maxEarlyFrames, minVisibleFrames } from "../../../electron/captions/cea608/schedule/limits.ts";
import { schedulePaintOn } from "../../../electron/captions/cea608/schedule/paint-on.ts";
import { schedulePopOn } from "../../../electron/captions/cea608/schedule/pop-on.ts";
import { scheduleRollUp } from "../../../electron/captions/cea608/schedule/roll-up.ts";
import { defaultScheduleOptions } from "../../../electron/captions/cea608/schedule/types.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { cutAtSentences, shortCues, speak, speakCues } from "../../support/captions/fast-speech.ts";
import { measureLateness } from "../../support/captions/lateness.ts";

const input = (name: string): readonly Cue[] =>
  readCaptions(readFileSync(join(import.meta.dirname, "inputs", name), "utf8")).cues;

describe("pop-on", () => {
  const measure = (cues: readonly Cue[]) => measureLateness(cues, schedulePopOn(cues, defaultScheduleOptions));

  test.each([
    [160, 15],
    [220, 15],
    [300, 30],
  ])("%d words a minute without a pause are never more than %d frames late", (wordsPerMinute, worst) => {
    for (const seed of [1, 2, 3]) {
      const words = speak({ wordsPerMinute, minutes: 10, seed });
      for (const cues of [speakCues({ wordsPerMinute, minutes: 10, seed }), cutAtSentences(words)]) {
        const { worstLate, worstEarly } = measure(cues);
        expect(worstLate).toBeLessThanOrEqual(worst);
        expect(worstEarly).toBeLessThanOrEqual(maxEarlyFrames);
      }
    }
  });

  test("of six hours at 135 words a minute fewer than ten captions are late", () => {
    const words = speak({ wordsPerMinute: 135, minutes: 360 });
    const meeting = cutAtSentences(words);
    expect(meeting.length).toBeGreaterThan(6_500);
    expect(measure(meeting).late).toBeLessThan(10);
    expect(measure(speakCues({ wordsPerMinute: 135, minutes: 360 })).late).toBeLessThan(10);
  });

  test.each([
    ["ninety of them", input("ninety-short-cues.srt")],
    ["six hundred of them", shortCues(600)],
    ["six hundred others", shortCues(600, 2)],
  ])("cues of one to three words at 267 words a minute are at most a second late: %s", (_name, cues) => {
    const { worstLate, worstEarly } = measure(cues);
    expect(worstLate).toBeLessThanOrEqual(30);
    expect(worstEarly).toBeLessThanOrEqual(maxEarlyFrames);
    const { text, notes } = encodeScc(cues);
    expect(compareWithCues(text, cues)).toBeUndefined();
    expect(notes.some(({ kind }) => kind === "too-dense")).toBe(false);
  });
});

describe("paint-on", () => {
  const measure = (cues: readonly Cue[]) => measureLateness(cues, schedulePaintOn(cues, defaultScheduleOptions));

  test("is on time at 300 words a minute", () => {
    const cues = input("speech-300-wpm.srt");
    expect(measure(cues).worstLate).toBeLessThanOrEqual(1);
    const { text } = encodeScc(cues, { mode: "paint-on" });
    expect(compareWithCues(text, cues, { mode: "paint-on" })).toBeUndefined();
  });

  test("does not fall behind at 420 words a minute, for however long", () => {
    const worst = [5, 10, 20].map(
      (minutes) => measure(cutAtSentences(speak({ wordsPerMinute: 420, minutes }))).worstLate,
    );
    expect(Math.max(...worst)).toBeLessThanOrEqual(30);
  });

  test("is never idle between two captions of which the second is late", () => {
    const cues = cutAtSentences(speak({ wordsPerMinute: 420, minutes: 10 }));
    const { captions, transmissions } = schedulePaintOn(cues, defaultScheduleOptions);
    const busy = new Set(transmissions.flatMap(({ frame, words }) => words.map((_, index) => frame + index)));
    const shows = captions.flatMap(({ showFrames }) => showFrames);
    const late = captions
      .flatMap(({ indexes }) => indexes)
      .filter((index) => (shows[index] ?? 0) > Math.round(((cues[index]?.startMs ?? 0) * 30) / 1001));
    expect(late.length).toBeGreaterThan(0);
    for (const index of late) {
      const from = shows[index - 1] ?? 0;
      const until = shows[index] ?? 0;
      const idle = Array.from({ length: until - from }, (_, offset) => from + offset).filter((at) => !busy.has(at));
      expect(idle, `before caption ${index}`).toEqual([]);
    }
  });

  test("leaves what was painted last for half a second wherever there is time for it", () => {
    const cues = speakCues({ wordsPerMinute: 160, minutes: 5 });
    const { transmissions } = schedulePaintOn(cues, defaultScheduleOptions);
    let lastText = Number.NEGATIVE_INFINITY;
    for (const { frame, words } of transmissions) {
      words.forEach((word, index) => {
        if (word === 0x142c) expect(frame + index - lastText).toBeGreaterThanOrEqual(minVisibleFrames);
        if (!isControl(word)) lastText = frame + index;
      });
    }
  });
});

test("roll-up is at most a second late with cues of one to three words", () => {
  const cues = shortCues(600);
  expect(measureLateness(cues, scheduleRollUp(3, cues, defaultScheduleOptions)).worstLate).toBeLessThanOrEqual(30);
});
