import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { bar, progressLine, showProgress } from "../../../electron/headless/terminal/progress.ts";

describe("the progress that is printed", () => {
  test("a bar is full at the end and never longer", () => {
    expect(bar(0, 4)).toBe("[░░░░]");
    expect(bar(0.5, 4)).toBe("[██░░]");
    expect(bar(7, 4)).toBe("[████]");
  });

  test.each([120, 80, 60, 40, 20, 12, 6, 1])(
    "a progress line fits into %i columns, and keeps how far it is",
    (columns) => {
      for (const name of ["council.mp4", "市议会会议记录.mp4", "👩‍👩‍👧‍👦".repeat(30), "x".repeat(300), ""]) {
        const line = progressLine(name, 0.42, "Recognizing speech, piece 3 of 12", ", 4 min 10 s left", columns);
        expect(stringWidth(line)).toBeLessThan(Math.max(2, columns));
        if (columns >= 6) expect(line).toContain("42 %");
      }
    },
  );

  test("a log gets lines for steps, pieces and tenths, not for every event", () => {
    const lines: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = ((text: string) => lines.push(text) > 0) as typeof write;
    try {
      const { listener } = showProgress("a.mp4");
      listener({ kind: "step", step: "transcribe" });
      for (let at = 0; at <= 100; at++) {
        listener({
          kind: "progress",
          step: "transcribe",
          share: at / 400,
          etaMs: 90_000,
          piece: { number: 1, count: 4 },
        });
      }
    } finally {
      process.stderr.write = write;
    }
    expect(lines).toEqual([
      "a.mp4: Recognizing speech\n",
      "a.mp4: Recognizing speech, piece 1 of 4 (0 %, 1 min 30 s left)\n",
      "a.mp4: Recognizing speech, piece 1 of 4 (10 %, 1 min 30 s left)\n",
      "a.mp4: Recognizing speech, piece 1 of 4 (20 %, 1 min 30 s left)\n",
    ]);
  });
});
