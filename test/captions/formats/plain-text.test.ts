import { describe, expect, test } from "vitest";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import type { Word } from "../../../electron/captions/word.ts";

describe("writing", () => {
  test("text has paragraphs with times, cut at pauses after sentences", () => {
    const word = (text: string, startMs: number): Word => ({ text, startMs, endMs: startMs + 200, probability: 1 });
    const words = [word("Hello", 0), word("there.", 300), word("Second", 5_000), word("part.", 5_300)];
    expect(writeCaptions("txt", { cues: [], words })).toBe("[00:00:00] Hello there.\n\n[00:00:05] Second part.\n");
  });
});

describe("transcripts", () => {
  const spoken: readonly Word[] = [
    { text: "Is", startMs: 1_000, endMs: 1_200, probability: 1, speaker: "Mayor Johnson" },
    { text: "there", startMs: 1_200, endMs: 1_400, probability: 1, speaker: "Mayor Johnson" },
    { text: "a", startMs: 1_400, endMs: 1_500, probability: 1, speaker: "Mayor Johnson" },
    { text: "second?", startMs: 1_500, endMs: 1_900, probability: 1, speaker: "Mayor Johnson" },
    { text: "Second.", startMs: 4_000, endMs: 4_500, probability: 1, speaker: "Peña" },
  ];

  test("name the speakers, with the time at which they begin", () => {
    expect(writeCaptions("txt", { cues: [], words: spoken })).toBe(
      "[00:00:01] Mayor Johnson: Is there a second?\n\n[00:00:04] Peña: Second.\n",
    );
  });

  test("are read again as captions that fit, and it is told that the times are shared out", () => {
    const text = `${writeCaptions("txt", { cues: [], words: spoken })}\n[00:01:00] ${"All in favor say aye. ".repeat(20)}`;
    const { format, cues: read, issues } = readCaptions(text);
    expect(format).toBe("txt");
    expect(issues).toMatchObject([{ rule: "guessed-times" }]);
    expect(read[0]).toMatchObject({ startMs: 1_000, lines: ["Is there a second?"], speaker: "Mayor Johnson" });
    expect(read.map((cue) => cue.lines.join(" ")).join(" ")).toBe(
      `Is there a second? Second. ${"All in favor say aye. ".repeat(20).trim()}`,
    );
    expect(read.every((cue) => cue.lines.length <= 2 && cue.lines.every((line) => line.length <= 32))).toBe(true);
    for (const [index, cue] of read.entries()) expect(cue.startMs).toBeGreaterThanOrEqual(read[index - 1]?.endMs ?? 0);
  });
});
