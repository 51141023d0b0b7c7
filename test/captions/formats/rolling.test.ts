import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { formatSrt } from "../../../electron/captions/formats/srt/write.ts";

describe("files as they are found", () => {
  test("automatic captions that roll are read with every line once", () => {
    const text = [
      "WEBVTT\nKind: captions\nLanguage: en",
      "00:00:01.000 --> 00:00:03.000 align:start position:0%\n \ngood<00:00:01.400><c> evening</c><00:00:02.000><c> everyone</c>",
      "00:00:03.000 --> 00:00:03.010 align:start position:0%\ngood evening everyone\n ",
      "00:00:03.010 --> 00:00:05.000 align:start position:0%\ngood evening everyone\nwelcome<00:00:03.400><c> to</c><00:00:04.000><c> the</c>",
      "00:00:05.000 --> 00:00:05.010 align:start position:0%\nwelcome to the\n ",
      "00:00:05.010 --> 00:00:07.000 align:start position:0%\nwelcome to the\ncity<00:00:05.400><c> council</c>",
      "00:00:07.000 --> 00:00:07.010 align:start position:0%\ncity council\n ",
    ].join("\n\n");
    const { cues: read, issues } = readCaptions(text);
    expect(issues).toEqual([]);
    expect(read.map(({ startMs, endMs, lines }) => [startMs, endMs, ...lines])).toEqual([
      [1_000, 3_010, "good evening everyone"],
      [3_010, 5_010, "welcome to the"],
      [5_010, 7_010, "city council"],
    ]);
  });

  test("people who say something twice are not taken for rolling captions", () => {
    const said: readonly Cue[] = Array.from({ length: 10 }, (_, index) => ({
      startMs: index * 2_000,
      endMs: index * 2_000 + 2_000,
      lines: [index % 5 === 0 ? "Aye." : `Line ${index}`],
    }));
    expect(readCaptions(formatSrt(said)).cues).toEqual(said);
  });
});
