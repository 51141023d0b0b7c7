import { describe, expect, test } from "vitest";
import { formatClockTime, parseClockTime } from "../../../electron/captions/formats/clock-time.ts";

describe("clock times", () => {
  test.each([
    [0, "00:00:00,000"],
    [3_661_001, "01:01:01,001"],
    [359_999_999, "99:59:59,999"],
    [360_000_000, "100:00:00,000"],
  ])("%i ms is %s", (ms, text) => {
    expect(formatClockTime(ms, ",")).toBe(text);
    expect(parseClockTime(text)).toBe(ms);
  });

  test.each([
    ["00:01.5", 1_500],
    ["1:02:03,04", 3_723_040],
    ["02:03", 123_000],
  ])("%s is read as %i ms", (text, ms) => {
    expect(parseClockTime(text)).toBe(ms);
  });

  test.each(["", "1", "00:60:00,000", "00:00:00,0000", "-00:00:01,000", "now"])("%j is no time", (text) => {
    expect(parseClockTime(text)).toBeUndefined();
  });
});
