/** What holds for the schedules of any cues, however close they are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnCount, maxCaptionRows } from "../../../electron/captions/cea608/codes.ts";
import { loadPopOn } from "../../../electron/captions/cea608/load.ts";
import { costOfFlash, costOfOffset, repairCosts } from "../../../electron/captions/cea608/schedule/costs.ts";
import { maxEarlyFrames, minVisibleFrames } from "../../../electron/captions/cea608/schedule/limits.ts";
import { schedulePaintOn } from "../../../electron/captions/cea608/schedule/paint-on.ts";
import { schedulePopOn } from "../../../electron/captions/cea608/schedule/pop-on.ts";
import {
  initialState,
  LoadFrames,
  placeScreen,
  stateAfter,
} from "../../../electron/captions/cea608/schedule/pop-on-placement.ts";
import { scheduleRollUp } from "../../../electron/captions/cea608/schedule/roll-up.ts";
import { defaultScheduleOptions, type Schedule } from "../../../electron/captions/cea608/schedule/types.ts";
import { type Cue, toCueRows } from "../../../electron/captions/cue.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { checkSccFile } from "../../../electron/captions/quality/scc/file-checks.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { formatScc, parseScc } from "../../../electron/captions/scc/file.ts";
import { fits } from "../../../electron/captions/segmentation/refit.ts";
import { msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { dropFrameStyle } from "../../../electron/captions/time/timecode.ts";
import { cueList } from "../arbitraries.ts";

/** Speakers are labeled before anything is scheduled. */
const unlabeled = { ...defaultProfile, speakerLabels: "none" } as const;

/** Words that tell who says them: `a7` is said by A. */
const speakers = ["a", "b", "c"] as const;
const spokenCue = fc.record({
  speaker: fc.constantFrom(...speakers),
  /** Words of each line, of this many characters. */
  lines: fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 2,
  }),
  gapMs: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2_500) }),
  lengthMs: fc.integer({ min: 40, max: 1_500 }),
  edge: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant("top" as const) },
  ),
  /** Row and column of the first line, as in a file that was decoded. */
  place: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({ row: fc.integer({ min: 4, max: 14 }), column: fc.integer({ min: 1, max: 8 }) }),
    },
  ),
  isItalic: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** Crowded cues of three speakers; `marks` writes `>>` where the speaker changes instead of naming him in the cue. */
const crowd = (marks: boolean): fc.Arbitrary<readonly Cue[]> =>
  fc.array(spokenCue, { minLength: 1, maxLength: 40 }).map((parts) => {
    let at = 4_000;
    return parts.map(({ speaker, lines, gapMs, lengthMs, edge, place, isItalic }, index) => {
      const startMs = at + gapMs;
      at = startMs + lengthMs;
      const isNew = index === 0 || parts[index - 1]?.speaker !== speaker;
      const texts = lines.map((line) => line.map((length) => speaker.repeat(length)).join(" "));
      return {
        startMs,
        endMs: at,
        lines: marks && isNew ? texts.map((text, row) => (row === 0 ? `>> ${text}` : text)) : texts,
        ...(marks ? {} : { speaker }),
        ...(edge === undefined ? {} : { edge }),
        ...(place === undefined ? {} : { places: texts.map((_, row) => ({ ...place, row: place.row + row })) }),
        ...(isItalic ? { styles: texts.map(() => ({ italic: true })) } : {}),
      };
    });
  });

/** With all kinds of characters; schedulers take cues that fit the screen. */
const anyCues = cueList(30).map((cues) => cues.filter((cue) => fits(cue, maxCaptionRows, columnCount)));
const crowds = fc.oneof(crowd(false), crowd(true), anyCues);
const maxRows = fc.constantFrom(2, 3, 4);
const schedulers = {
  "pop-on": schedulePopOn,
  "paint-on": schedulePaintOn,
  "roll-up-3": (cues: readonly Cue[], options: typeof defaultScheduleOptions) => scheduleRollUp(3, cues, options),
} as const;
const modes = Object.keys(schedulers) as (keyof typeof schedulers)[];

const inFrames = (cues: readonly Cue[]): readonly number[] => cues.map(({ startMs }) => msToFrame(startMs));

/** Frames by which each cue is late, or early where negative, in order. */
function listOffsets(cues: readonly Cue[], { captions }: Schedule): readonly number[] {
  const due = inFrames(cues);
  return captions.flatMap(({ indexes, showFrames }) =>
    indexes.map((index, position) => (showFrames[position] ?? Number.NaN) - (due[index] ?? Number.NaN)),
  );
}

describe.each(modes)("%s", (mode) => {
  test("every cue is shown, in order, never too early; no frame carries two words; what is told is what is seen", () => {
    fc.assert(
      fc.property(crowds, maxRows, (cues, maxMergedRows) => {
        const schedule = schedulers[mode](cues, { ...defaultScheduleOptions, maxMergedRows });
        expect(schedule.captions.flatMap(({ indexes }) => indexes)).toEqual(cues.map((_, index) => index));
        expect(Math.min(0, ...listOffsets(cues, schedule))).toBeGreaterThanOrEqual(-maxEarlyFrames);
        let free = 0;
        for (const { frame, words } of schedule.transmissions) {
          expect(frame).toBeGreaterThanOrEqual(free);
          free = frame + words.length;
        }
        const text = formatScc(schedule.transmissions, dropFrameStyle);
        expect(checkSccFile(parseScc(text))).toEqual([]);
        expect(compareWithCues(text, cues, { mode, profile: unlabeled })).toBeUndefined();
        if (mode === "roll-up-3") return;
        const seen = decodeScc(parseScc(text));
        expect(seen.map(({ startFrame }) => startFrame)).toEqual(
          schedule.captions.map(({ showFrames }) => showFrames[0]),
        );
      }),
      { numRuns: 400 },
    );
  });

  test("two speakers never share a row, whether they are named or marked", () => {
    fc.assert(
      fc.property(fc.oneof(crowd(false), crowd(true)), maxRows, (cues, maxMergedRows) => {
        const { transmissions } = schedulers[mode](cues, { ...defaultScheduleOptions, maxMergedRows });
        const file = parseScc(formatScc(transmissions, dropFrameStyle));
        for (const { text } of decodeScc(file).flatMap(({ rows }) => rows)) {
          const heard = new Set(text.replace(/[> ]/g, ""));
          expect(heard.size, text).toBe(1);
          expect(text.lastIndexOf(">>"), text).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("rows of different looks or edges are never mixed", () => {
    fc.assert(
      fc.property(crowd(false), (cues) => {
        const { captions } = schedulers[mode](cues, defaultScheduleOptions);
        for (const { indexes, repairs } of captions) {
          const shown = indexes.map((index) => cues[index] as Cue);
          expect(new Set(shown.map(({ edge }) => edge)).size).toBe(1);
          if (indexes.length === 2 && repairs.includes("joined") && shown.every(({ lines }) => lines.length === 1))
            expect(new Set(shown.map(({ styles }) => styles?.[0]?.italic)).size).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("pop-on", () => {
  test("what is shown stays for half a second, or for as long as it asked to", () => {
    fc.assert(
      fc.property(crowds, maxRows, (cues, maxMergedRows) => {
        const { captions, transmissions } = schedulePopOn(cues, { ...defaultScheduleOptions, maxMergedRows });
        const seen = decodeScc(parseScc(formatScc(transmissions, dropFrameStyle)));
        captions.forEach(({ indexes }, position) => {
          const shown = indexes.map((index) => cues[index] as Cue);
          const asked = msToFrame(Math.max(...shown.map(({ endMs }) => endMs))) - msToFrame(shown[0]?.startMs ?? 0);
          const { startFrame = 0, endFrame = 0 } = seen[position] ?? {};
          // An erase inside a load is sent at the frame nearest to its own at which no code is cut in two.
          expect(endFrame - startFrame).toBeGreaterThanOrEqual(Math.min(minVisibleFrames, asked) - 2);
        });
      }),
      { numRuns: 400 },
    );
  });

  /** Each cue alone, in order, never early: what it costs. */
  function costAlone(cues: readonly Cue[]): number {
    let state = initialState;
    let cost = 0;
    let shown: number | undefined;
    for (const cue of cues) {
      const toFrames = (tabOffsets: boolean): number =>
        loadPopOn(toCueRows(cue), { edge: cue.edge ?? "bottom", align: "center", tabOffsets, clear: true }).frames;
      const load = new LoadFrames(toFrames(true), () => toFrames(false));
      const placed = placeScreen(state, load, msToFrame(cue.startMs));
      cost += costOfOffset(placed.show - msToFrame(cue.startMs));
      for (const repair of placed.variant.repairs) cost += repairCosts[repair] ?? 0;
      if (shown !== undefined) cost += costOfFlash(placed.show - shown);
      shown = placed.show;
      state = stateAfter(placed, msToFrame(cue.startMs), msToFrame(cue.endMs));
    }
    return cost;
  }

  test("no plan is worse than to show each caption alone, in order", () => {
    fc.assert(
      fc.property(crowds, maxRows, (cues, maxMergedRows) => {
        const schedule = schedulePopOn(cues, { ...defaultScheduleOptions, maxMergedRows });
        const cost = listOffsets(cues, schedule).reduce((sum, frames) => sum + costOfOffset(frames), 0);
        expect(cost).toBeLessThanOrEqual(costAlone(cues));
      }),
      { numRuns: 400 },
    );
  });

  test("what has time enough is left as it is, wherever it is crowded elsewhere", () => {
    fc.assert(
      fc.property(crowd(false), (cues) => {
        const end = cues.at(-1)?.endMs ?? 0;
        const calm = [10_000, 14_000, 18_000].map((ms) => ({
          startMs: end + 60_000 + ms,
          endMs: end + 63_000 + ms,
          lines: ["A full line of thirty-two chars.", "And the second one is as long ok"],
        }));
        const { notes } = encodeScc([...cues, ...calm]);
        expect(notes.filter(({ atMs }) => atMs > end)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
