import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";

const cues: readonly Cue[] = [
  { startMs: 1_000, endMs: 2_500, lines: ["Roll call, please."] },
  { startMs: 3_661_001, endMs: 3_663_999, lines: ["<b>Fish & chips</b>", "are > 5 dollars"] },
];

describe("writing", () => {
  test("SRT has numbers, commas and CRLF", () => {
    expect(writeCaptions("srt", { cues: cues.slice(0, 1), words: [] })).toBe(
      "1\r\n00:00:01,000 --> 00:00:02,500\r\nRoll call, please.\r\n\r\n",
    );
  });

  test("WebVTT has its header and escapes markup", () => {
    const text = writeCaptions("vtt", { cues, words: [], language: "en" });
    expect(text.startsWith("WEBVTT\nKind: captions\nLanguage: en\n\n1\n00:00:01.000 --> 00:00:02.500\n")).toBe(true);
    expect(text).toContain("&lt;b&gt;Fish &amp; chips&lt;/b&gt;\nare &gt; 5 dollars");
  });
});
