import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { formatSrt } from "../../../electron/captions/formats/srt/write.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";

const cues: readonly Cue[] = [
  { startMs: 1_000, endMs: 2_500, lines: ["Roll call, please."] },
  { startMs: 3_661_001, endMs: 3_663_999, lines: ["<b>Fish & chips</b>", "are > 5 dollars"] },
];

describe("our JSON: writing", () => {
  test("JSON gives back what went in", () => {
    const words = [{ text: "Roll", startMs: 1_000, endMs: 1_200, probability: 0.987_654 }];
    const text = writeCaptions("json", {
      recording: "a.mp4",
      durationMs: 5_000,
      model: "m",
      language: "en",
      cues,
      words,
    });
    const read = readCaptions(text);
    expect(read.cues).toEqual(cues);
    expect(read.words).toEqual([{ text: "Roll", startMs: 1_000, endMs: 1_200, probability: 0.988 }]);
    expect(read.language).toBe("en");
  });
});

describe("our JSON: reading", () => {
  test("a line break inside a line of our JSON makes two lines, not a caption of its own", () => {
    const document = {
      format: "archivist-captions",
      version: 1,
      cues: [{ startMs: 0, endMs: 1000, lines: ["a\n\n9\n00:00:50,000 --> 00:00:51,000\ninjected", ""] }],
    };
    const { cues: read } = readCaptions(JSON.stringify(document));
    expect(formatSrt(read).match(/-->/g)).toHaveLength(1);
    expect(formatSrt(read).trimEnd()).not.toMatch(/\n\r?\n/);
  });
});
