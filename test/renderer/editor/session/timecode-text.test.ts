/** Places in the recording as people read and type them. */
import { describe, expect, test } from "vitest";
import { formatPlace, parsePlace } from "../../../../renderer/editor/session/timecode-text.ts";

describe("places", () => {
  test.each([
    [0, "00:00:00;00", "00:00:00.0"],
    [60_060, "00:01:00;02", "00:01:00.0"],
    [3_723_456, "01:02:03;14", "01:02:03.4"],
  ])("%i ms", (ms, timecode, clock) => {
    expect([formatPlace(ms, "smpte"), formatPlace(ms, "clock")]).toEqual([timecode, clock]);
  });

  test.each([
    ["00:01:00;02", 60_060],
    ["1:02:03", 3_723_000],
    ["62:03.5", 3_723_500],
    ["0:07", 7_000],
    ["12,25", 12_250],
    ["90s", 90_000],
    [" 5:00 ", 300_000],
  ])("%j is typed", (text, ms) => {
    expect(parsePlace(text)).toBeCloseTo(ms, -1);
  });

  test.each(["", "caption", "12", "1:75", "1:99:00", "00:01:00;00", "-5s", "1:2:3:4:5"])("%j is no time", (text) => {
    expect(parsePlace(text)).toBeUndefined();
  });

  test("a timecode that is shown is the place when it is typed", () => {
    for (let ms = 0; ms < 700_000; ms += 9_973) {
      expect(Math.abs((parsePlace(formatPlace(ms, "smpte")) ?? -1) - ms)).toBeLessThanOrEqual(17);
    }
  });
});
