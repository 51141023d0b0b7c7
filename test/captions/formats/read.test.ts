import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { detectFormat, NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { cueList } from "../arbitraries.ts";

const cues: readonly Cue[] = [
  { startMs: 1_000, endMs: 2_500, lines: ["Roll call, please."] },
  { startMs: 3_661_001, endMs: 3_663_999, lines: ["<b>Fish & chips</b>", "are > 5 dollars"] },
];

describe("reading", () => {
  test.each(["srt", "vtt", "json", "scc"] as const)("%s is known by its content", (format) => {
    expect(detectFormat(writeCaptions(format, { cues, words: [] }))).toBe(format);
  });

  test("any cues come back from SRT, WebVTT and JSON", () => {
    fc.assert(
      fc.property(cueList(15), fc.constantFrom("srt" as const, "vtt" as const, "json" as const), (list, format) => {
        if (list.length === 0 && format === "srt") return;
        const read = readCaptions(writeCaptions(format, { cues: list, words: [] }));
        const tidy = list.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.replace(/\s+/g, " ")) }));
        expect(read.cues).toEqual(tidy);
        expect(read.issues).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["nothing", ""],
    ["prose", "These are the minutes of the meeting."],
    ["broken JSON", '{"format": '],
    ["other JSON", '{"format": "something-else"}'],
    [
      "JSON with an impossible cue",
      '{"format":"archivist-captions","version":1,"cues":[{"startMs":5,"endMs":5,"lines":[]}]}',
    ],
  ])("%s is not captions", (_name, text) => {
    expect(() => readCaptions(text)).toThrow(NotCaptionsError);
  });
});
