import { describe, expect, test } from "vitest";
import { findUnreadText, readCaptions } from "../../../electron/captions/formats/read.ts";

describe("reading SRT and WebVTT", () => {
  test("liberal SRT: no numbers, dots, missing blank lines, short arrows, Windows line ends", () => {
    const text =
      "00:00:01.000 --> 00:00:02.000\r\nOne\r\n2\r\n00:00:03,000 -> 00:00:04,000\r\nTwo\r\nlines\r\n\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000 X1:10\r\nThree";
    expect(readCaptions(text).cues.map((cue) => cue.lines)).toEqual([["One"], ["Two", "lines"], ["Three"]]);
  });

  test("WebVTT with notes, styles, settings and identifiers", () => {
    const text =
      "WEBVTT - meeting\n\nNOTE a remark\nover two lines\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 line:0 position:20%\n- <v Mayor>Order</v>\n";
    expect(readCaptions(text).cues).toEqual([
      { startMs: 1_000, endMs: 2_000, lines: ["- Order"], edge: "top", align: "left", speaker: "Mayor" },
    ]);
  });

  test("blocks that cannot be used are named with their line", () => {
    const text =
      "1\n00:00:05,000 --> 00:00:04,000\nBackwards\n\n2\nsoon --> later\nNever\n\n3\n00:00:06,000 --> 00:00:07,000\nFine\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read).toHaveLength(1);
    expect(issues.map(({ line }) => line)).toEqual([2, 5]);
  });

  test("an arrow in a caption is text", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000\nThe detour runs Main St -> Elm St\nA --> B until Friday.\n\n" +
      "2\n00:00:03,000 --> 00:00:04,000\nNext\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read.map(({ lines }) => lines)).toEqual([
      ["The detour runs Main St -> Elm St", "A --> B until Friday."],
      ["Next"],
    ]);
    expect(issues).toEqual([]);
  });

  test("an empty row inside an SRT caption does not end it", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000\nFirst line\n\nsecond line\n\n2\n00:00:03,000 --> 00:00:04,000\nNext\n\n3\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read.map(({ lines }) => lines)).toEqual([["First line", "second line"], ["Next"]]);
    expect(issues).toEqual([]);
  });

  test("text that belongs to nothing is reported, never dropped in silence", () => {
    const text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nstray text\n\nNOTE a --> b\nstill a note\n\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read).toHaveLength(1);
    expect(issues).toMatchObject([
      { line: 6, message: "this text has no times: stray text" },
      { severity: "warning", rule: "left-out", message: expect.stringMatching(/NOTE/) },
    ]);
    const negative = readCaptions(
      "1\n-00:00:01,000 --> 00:00:02,000\nLost\n\n2\n00:00:03,000 --> 00:00:04,000\nFine\n",
    );
    expect(findUnreadText(negative.issues)).toMatchObject([{ line: 2 }]);
  });

  test("a row of five million spaces is read in time that grows with its length", () => {
    // With the square of it, this test would never end.
    const read = readCaptions(`1\n00:00:01,000 --> 00:00:02,000\n${" ".repeat(5_000_000)}x\n`);
    expect(read.cues[0]?.lines).toEqual(["x"]);
  });
});

describe("files as they are found", () => {
  test("angle brackets that are no tags are text", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\nI said <inaudible> to <clerk@city.gov>\nx <y and z> w\n";
    expect(readCaptions(text).cues[0]?.lines).toEqual(["I said <inaudible> to <clerk@city.gov>", "x <y and z> w"]);
  });

  test("a number that is not the next caption's is text", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\nlast\n\n1999\n";
    expect(readCaptions(text).cues[0]?.lines).toEqual(["last", "1999"]);
  });
});
