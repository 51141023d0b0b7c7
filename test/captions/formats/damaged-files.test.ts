import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captionFormatNames } from "../../../electron/captions/formats/format-names.ts";
import { NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { checkCues } from "../../../electron/captions/quality/checker.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { damagedBytes, damagedFile, soundFiles } from "../../support/captions/damaged-captions.ts";
import { measureGrowth } from "../../support/captions/growth.ts";
import { type HostileShape, listHostileShapes, makeHostileFile } from "../../support/captions/hostile-captions.ts";
import { random } from "../../support/random.ts";

describe("damaged files", () => {
  test("the files are sound before they are damaged", () => {
    for (const bytes of soundFiles) {
      const { format, cues, issues } = parseCaptionFile(bytes, {});
      expect(cues.length, format).toBeGreaterThanOrEqual(3);
      expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });

  test("2,000 of them: no crash, no hang, and what is read can be checked and written", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let read: ReturnType<typeof readCaptions>;
        try {
          read = readCaptions(damagedFile(random(seed)));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(NotCaptionsError);
          return;
        }
        for (const { startMs, endMs, lines } of read.cues) {
          expect(endMs).toBeGreaterThan(startMs);
          expect(lines.length).toBeGreaterThan(0);
        }
        checkCues(read.cues);
        const inADay = read.cues.filter(({ endMs }) => endMs < 80_000_000);
        expect(compareWithCues(encodeScc(inADay).text, inADay)).toBeUndefined();
        for (const format of ["srt", "vtt", "ttml", "json"] as const) {
          const again = readCaptions(writeCaptions(format, { cues: [...read.cues, last], words: [] }));
          expect(again.cues.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("damaged bytes", () => {
  test("5,000 files: each is read or refused", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        try {
          for (const { startMs, endMs } of parseCaptionFile(damagedBytes(random(seed)), {}).cues) {
            expect(endMs).toBeGreaterThan(startMs);
          }
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(NotCaptionsError);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("hostile files", () => {
  test.each(captionFormatNames)("%s is read in time that grows with the length of the file and no faster", (format) => {
    const steep = listHostileShapes(format).flatMap((shape) => {
      const growth = measureGrowth(shape, 5_000);
      return growth.isLinear ? [] : [`${shape.name}: ${growth.ms.join(", ")} ms`];
    });
    expect(steep).toEqual([]);
  });

  test("a line that is put together from very many pieces is not looked at whole after each of them", () => {
    const shape = listHostileShapes("stl").find(({ name }) => name === "NOTE, in the middle") as HostileShape;
    expect(measureGrowth(shape, 100_000)).toMatchObject({ isLinear: true });
  });

  test.each(captionFormatNames)("%s: a row of 200,000 words is read or refused, in words", (format) => {
    const shape = listHostileShapes(format).find(({ name }) => name === "one huge row, in the middle") as HostileShape;
    let outcome: unknown;
    try {
      outcome = parseCaptionFile(makeHostileFile(shape, 1_000_000), {});
    } catch (thrown) {
      outcome = thrown;
    }
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(NotCaptionsError);
    else expect(outcome).toHaveProperty("cues");
  });
});

/** Something to read back even where nothing else was left. */
const last = { startMs: 1, endMs: 2_000, lines: ["The end."] };
