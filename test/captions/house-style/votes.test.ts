import { describe, expect, test } from "vitest";
import { writeInStyle } from "./style-lines.ts";

const passed = "The motion carries, 4-0.";

describe("votes", () => {
  test.each([
    ["The motion carries, four to nothing.", passed],
    ["The motion carries, 4 to nothing.", passed],
    ["The motion carries, 4-to-nothing.", passed],
    ["The motion carries, four-to-nothing.", passed],
    ["The motion carries, 4 to 0.", passed],
    ["The motion carries four zero to", "The motion carries four zero to"],
    ["It passed on a 5 to 4 vote.", "It passed on a 5-4 vote."],
    ["a five-to-four decision of the board", "a 5-4 decision of the board"],
    [
      "The ordinance passes by a vote of six to one with the mayor voting no",
      "The ordinance passes by a vote of 6-1 with the mayor voting no",
    ],
    ["The amendment fails two to five.", "The amendment fails 2-5."],
    ["We approved the whole plan last week, seven to nothing.", "We approved the whole plan last week, 7-0."],
    ["the vote was 4–1, and", "the vote was 4-1, and"],
  ])("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test.each([
    "Our team won four to nothing.",
    "The Vikings lost five to four.",
    "a motion to reduce the lanes from five to four",
    "Item 5 to 4 of the agenda",
    "We vote on five to ten trees every year.",
    "It passed five to ten years ago.",
    "Open from nine to five, or between 8 to 4.",
    "The pipe is 3 to 4 feet deep.",
    "I vote twenty-six times.",
    "We have nothing to add.",
    "one to one meetings with staff",
    "vote on 26-14 today",
  ])("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test.each([
    ["The motion carries, four to nothing.", "The motion carries, 4 to 0."],
    ["It passed on a 5-4 vote.", "It passed on a 5 to 4 vote."],
    ["The bridge is on page 5-4.", "The bridge is on page 5-4."],
  ])("in words with digits: %s", (line, expected) => {
    expect(writeInStyle(line, "us, votes=4 to 0")).toBe(expected);
  });
});
