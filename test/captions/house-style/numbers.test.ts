import { describe, expect, test } from "vitest";
import { writeInStyle } from "./style-lines.ts";

describe("numbers of ordinances and resolutions", () => {
  test.each([
    [
      "Move that we approve resolution number 26-14 authorizing the city",
      "Move that we approve Resolution No. 26-14 authorizing the city",
    ],
    ["approve resolution number twenty six dash fourteen, authorizing", "approve Resolution No. 26-14, authorizing"],
    ["approve resolution number twenty-six dash oh five.", "approve Resolution No. 26-05."],
    ["approve resolution #26-14.", "approve Resolution No. 26-14."],
    ["approve Resolution 26-14.", "approve Resolution No. 26-14."],
    ["approve Resolution No. 26-14.", "approve Resolution No. 26-14."],
    ["resolution number 26 - 14, please", "Resolution No. 26-14, please"],
    ["resolution twenty twenty six dash fourteen", "Resolution No. 2026-14"],
    [
      "the second reading of ordinance number three hundred and seven, which changes",
      "the second reading of Ordinance No. 307, which changes",
    ],
    ["the second reading of Ordinance Number 307, which", "the second reading of Ordinance No. 307, which"],
    ["ordinance number 300 and 7, which", "Ordinance No. 307, which"],
    ["ordinance 1187 is before us", "Ordinance No. 1187 is before us"],
    ["resolution number 2614 and ordinance number 5", "Resolution No. 2614 and Ordinance No. 5"],
  ])("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test("get a dash where the same number has one elsewhere in the meeting, and only there", () => {
    const known = "We have resolution #26-14.";
    expect(writeInStyle(`${known} I move resolution number 2614.`)).toBe(
      "We have Resolution No. 26-14. I move Resolution No. 26-14.",
    );
    expect(writeInStyle(`${known} I move resolution number twenty six fourteen.`)).toBe(
      "We have Resolution No. 26-14. I move Resolution No. 26-14.",
    );
    expect(writeInStyle(`${known} All in favor of #26-14 or of #26-15?`)).toBe(
      "We have Resolution No. 26-14. All in favor of No. 26-14 or of #26-15?",
    );
    expect(writeInStyle("I move resolution number twenty six fourteen.")).toBe(
      "I move resolution number twenty six fourteen.",
    );
  });

  test.each([
    "A number of resolutions and a number 7 bus",
    "We passed the ordinance 20 years ago.",
    "the resolution 2026 calls for",
    "It is my resolution number one priority.",
    "the resolution four members wrote",
    "Bill number 658 and House Bill 26-14",
    "the ordinance, number of people aside",
    "pass the ordinance five people wrote",
    "page 26-14 of the packet",
  ])("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test.each([
    ["#26-14", "approve Resolution #26-14."],
    ["26-14", "approve Resolution 26-14."],
    ["as-heard", "approve resolution number 26-14."],
  ])("as %s", (numbers, expected) => {
    expect(writeInStyle("approve resolution number 26-14.", `us, numbers=${numbers}`)).toBe(expected);
    expect(writeInStyle(expected, `us, numbers=${numbers}`)).toBe(expected);
  });
});
