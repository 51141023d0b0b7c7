import { describe, expect, test } from "vitest";
import { readCaptionFile } from "../../electron/editing/caption-file.ts";

const block = (index: number): string =>
  `${index + 1}\n00:${String(Math.floor(index / 60) % 60).padStart(2, "0")}:${String(index % 60).padStart(2, "0")},000 --> 00:59:59,900\nCaption ${index}\n\n`;
const srt = (count: number): Buffer => Buffer.from(Array.from({ length: count }, (_, index) => block(index)).join(""));

describe("a caption file that a person gives", () => {
  test("is read in a thread of its own, with what was assumed of its code page", async () => {
    const bytes = Buffer.from("1\n00:00:01,000 --> 00:00:02,000\nSe\xf1or Pe\xf1a\n", "latin1");
    const { format, cues, issues } = await readCaptionFile("a.srt", bytes);
    expect({ format, cues }).toEqual({
      format: "srt",
      cues: [{ startMs: 1_000, endMs: 2_000, lines: ["Señor Peña"] }],
    });
    expect(issues).toMatchObject([{ rule: "other-encoding", message: expect.stringMatching(/Windows-1252/) }]);
  });

  test("that is none is refused, with what it looks like", async () => {
    await expect(readCaptionFile("a.srt", Buffer.from("%PDF-1.7\n%\xe2\xe3\n", "latin1"))).rejects.toMatchObject({
      code: "captions.unreadable",
      subject: "a.srt",
      message: expect.stringMatching(/it looks like a PDF document/),
    });
  });

  test("that takes too long is given up, and others are read meanwhile", async () => {
    const limits = { deadlineMs: 1, memoryMb: 512 };
    const [slow, quick] = await Promise.allSettled([
      readCaptionFile("slow.srt", srt(50_000), {}, limits),
      readCaptionFile("quick.srt", srt(3)),
    ]);
    expect(slow).toMatchObject({ status: "rejected", reason: { code: "captions.unreadable" } });
    expect(quick).toMatchObject({ status: "fulfilled", value: { format: "srt" } });
  });

  test("that takes too much memory is given up", async () => {
    const reading = readCaptionFile("big.srt", srt(300_000), {}, { deadlineMs: 120_000, memoryMb: 8 });
    await expect(reading).rejects.toMatchObject({
      code: "captions.unreadable",
      message: expect.stringMatching(/more memory/),
    });
  });
});
