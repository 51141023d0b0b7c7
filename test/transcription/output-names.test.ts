import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { numberedBase, outputPath } from "../../electron/transcription/output-names.ts";

describe("names of a transcription's files", () => {
  test.each(["council", "x".repeat(250), "📼".repeat(63), "é".normalize("NFD").repeat(100)])(
    "differ by their number, however long: %s",
    (base) => {
      for (const kind of ["scc", "summary"] as const) {
        const names = [base, ...[2, 3, 12].map((number) => numberedBase(base, number))].map((each) =>
          basename(outputPath("/out", each, kind)),
        );
        expect(new Set(names).size).toBe(4);
        for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }
    },
  );
});
