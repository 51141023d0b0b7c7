import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { whisperHostBinary } from "../../electron/speech/whisper-host/binary.ts";

// Built with the host, and not installed beside it.
const program = join(
  dirname(dirname(whisperHostBinary)),
  "build/bin",
  `kernel-test${process.platform === "win32" ? ".exe" : ""}`,
);

const comparison = z.object({ level: z.string(), name: z.string(), error: z.number(), allowed: z.number() });

describe("the encoder's kernels", () => {
  test("compute what ggml computes, at every level that this processor has", () => {
    expect(existsSync(program)).toBe(true);
    const result = spawnSync(program, [], { encoding: "utf8" });
    const comparisons = result.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => comparison.parse(JSON.parse(line)));
    expect(comparisons.filter(({ error, allowed }) => error > allowed)).toEqual([]);
    expect(result.status).toBe(0);
    // Each level is compared in the same ways. A processor without any has nothing to compare.
    const levels = Map.groupBy(comparisons, ({ level }) => level);
    const names = [...levels.values()].map((list) => list.map(({ name }) => name));
    for (const list of names) expect(list).toEqual(names[0]);
    if (comparisons.length > 0) expect(comparisons.length).toBeGreaterThan(100 * levels.size);
  });
});
