import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint, sampledOffsets } from "../../electron/platform/fingerprint.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("fingerprints", () => {
  function file(content: string | Buffer): string {
    const path = join(temporaryFolder(), "a file");
    writeFileSync(path, content);
    return path;
  }

  test("are the same for the same content and differ for another", async () => {
    const one = await fingerprint(file("abc"));
    expect((await fingerprint(file("abc"))).hash).toBe(one.hash);
    expect((await fingerprint(file("abd"))).hash).not.toBe(one.hash);
    expect(one.size).toBe(3);
  });

  test("see a change of one byte anywhere in a file of up to 16 MiB", async () => {
    const content = Buffer.alloc(3_000_001, 7);
    const before = await fingerprint(file(content));
    for (const at of [0, 1_234_567, 3_000_000]) {
      const changed = Buffer.from(content);
      changed[at] = 8;
      expect((await fingerprint(file(changed))).hash).not.toBe(before.hash);
    }
  });

  test("tell a file from its beginning", async () => {
    const path = file(Buffer.alloc(200_000, 1));
    const before = await fingerprint(path);
    truncateSync(path, 199_999);
    expect((await fingerprint(path)).hash).not.toBe(before.hash);
  });

  test("sample head, tail and what lies between, inside the file", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (size) => {
        const offsets = sampledOffsets(size);
        expect(offsets.length).toBeLessThanOrEqual(256);
        expect(offsets[0]).toBe(0);
        expect((offsets.at(-1) ?? 0) + 65_536).toBeGreaterThanOrEqual(size);
        for (const offset of offsets) expect(offset).toBeLessThan(size);
      }),
    );
  });
});
