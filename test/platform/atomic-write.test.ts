import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256, temporaryName, writeFileAtomic } from "../../electron/platform/atomic-write.ts";
import { runNode } from "../support/process/run-node.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("writing a file atomically", () => {
  test("writes what was given and leaves nothing beside it", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "meeting.scc");
    expect(await writeFileAtomic(path, "Scenarist_SCC V1.0\r\n")).toBe(sha256("Scenarist_SCC V1.0\r\n"));
    expect(readFileSync(path, "utf8")).toBe("Scenarist_SCC V1.0\r\n");
    expect(readdirSync(folder)).toEqual(["meeting.scc"]);
  });

  test("replaces a file, and what a killed process left of it", async () => {
    const path = join(temporaryFolder(), "meeting.scc");
    writeFileSync(path, "old");
    writeFileSync(temporaryName(path), "half of something");
    await writeFileAtomic(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(existsSync(temporaryName(path))).toBe(false);
  });

  test("the temporary name would not be taken for captions", () => {
    expect(temporaryName("/share/meeting.scc")).toBe(join("/share", ".meeting.scc.archivist-part"));
  });

  test("a folder that is not there is an error with a remedy, and nothing is made", async () => {
    const folder = temporaryFolder();
    const target = join(folder, "missing", "meeting.scc");
    await expect(writeFileAtomic(target, "x")).rejects.toMatchObject({ code: "folder.not-writable" });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a target that is a folder is left alone", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "meeting.scc"));
    await expect(writeFileAtomic(join(folder, "meeting.scc"), "x")).rejects.toMatchObject({
      code: expect.stringMatching(/^(disk|folder)\./),
    });
    expect(readdirSync(folder)).toEqual(["meeting.scc"]);
  });

  test("killed at any moment, the file is the old one or the new one, whole", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "meeting.scc");
    const size = 2_000_000;
    const version = (letter: string): string => letter.repeat(size);
    writeFileSync(path, version("a"));
    const seen = { old: 0, new: 0 };
    for (let round = 0; round < 20; round++) {
      const script = `
        const { writeFileAtomic } = await import(${JSON.stringify(join(import.meta.dirname, "../../electron/platform/atomic-write.ts"))});
        process.stdout.write("ready\\n");
        for (;;) for (const letter of "ab") await writeFileAtomic(${JSON.stringify(path)}, letter.repeat(${size}));`;
      const child = runNode(["--input-type=module", "--eval", script]);
      await child.line((line) => line === "ready");
      // A different moment each round, by counting what the child has achieved, not by the clock.
      for (let spin = 0; spin < round * 7; spin++) await new Promise((resolve) => setImmediate(resolve));
      await child.kill("SIGKILL");
      const content = readFileSync(path, "utf8");
      expect([version("a"), version("b")]).toContain(content);
      seen[content.startsWith("a") ? "old" : "new"]++;
    }
    expect(seen.old + seen.new).toBe(20);
    await writeFileAtomic(path, version("c"));
    expect(readdirSync(folder)).toEqual(["meeting.scc"]);
  });

  test("a folder that nobody may write to is an error with a remedy", async () => {
    // Not even root makes files there.
    await expect(writeFileAtomic("/sys/kernel/meeting.scc", "x")).rejects.toMatchObject({
      code: "folder.not-writable",
      remedy: expect.stringMatching(/permission/),
    });
  });
});
