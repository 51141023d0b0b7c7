/** What lies on a share may be replaced by somebody else at any moment: links are not followed, and nothing is waited for. */
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryName, writeFileAtomic } from "../../electron/platform/atomic-write.ts";
import { createPlainFile, openPlainFile, readPlainFile } from "../../electron/platform/plain-files.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe.skipIf(process.platform === "win32")("reading", () => {
  test("takes a file as it is", async () => {
    const path = join(temporaryFolder(), "-a 'file' 📼.txt");
    writeFileSync(path, "words");
    expect((await readPlainFile(path)).toString()).toBe("words");
    await expect(openPlainFile(join(path, "..", "gone"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  const replacements: readonly (readonly [string, (path: string, folder: string) => void])[] = [
    [
      "a link",
      (path, folder) => {
        writeFileSync(join(folder, "secrets.json"), "secret");
        symlinkSync(join(folder, "secrets.json"), path);
      },
    ],
    ["a link to a device", (path) => symlinkSync("/dev/zero", path)],
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
  ];

  test.each(replacements)("refuses %s at once", async (_, replace) => {
    const folder = temporaryFolder();
    const path = join(folder, "council.txt");
    replace(path, folder);
    await expect(readPlainFile(path)).rejects.toMatchObject({ code: "file.not-regular" });
  });
});

describe.skipIf(process.platform === "win32")("writing", () => {
  test("goes through no link that lies under the temporary name, nor under the name itself", async () => {
    const folder = temporaryFolder();
    const [target, victim] = [join(folder, "council.txt"), join(folder, "settings.json")];
    writeFileSync(victim, "mine");
    symlinkSync(victim, temporaryName(target));
    await writeFileAtomic(target, "captions");
    expect(lstatSync(target).isSymbolicLink()).toBe(false);
    expect([readFileSync(target, "utf8"), readFileSync(victim, "utf8")]).toEqual(["captions", "mine"]);
    expect(existsSync(temporaryName(target))).toBe(false);
    symlinkSync(victim, join(folder, "other.txt"));
    await writeFileAtomic(join(folder, "other.txt"), "captions");
    expect([lstatSync(join(folder, "other.txt")).isSymbolicLink(), readFileSync(victim, "utf8")]).toEqual([
      false,
      "mine",
    ]);
  });

  test("replaces what a killed process has left", async () => {
    const path = join(temporaryFolder(), ".council.txt.part");
    writeFileSync(path, "half of it, and long");
    const handle = await createPlainFile(path);
    await handle.writeFile("whole");
    await handle.close();
    expect(readFileSync(path, "utf8")).toBe("whole");
  });
});
