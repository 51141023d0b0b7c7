import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";
import { archivist } from "../support/process/archivist.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("what is printed where nobody reads", () => {
  const launcher = join(projectRoot, "electron/headless/archivist.mjs");

  test("a reader that has gone away is no error", () => {
    const result = spawnSync(
      "sh",
      ["-c", `"$0" "$1" models list | true; "$0" "$1" --help | head -1`, process.execPath, launcher],
      {
        encoding: "utf8",
      },
    );
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });

  test.runIf(existsSync("/dev/full"))("a full disk is one, without a trace of the program's insides", () => {
    const result = spawnSync("sh", ["-c", `"$0" "$1" models list --json > /dev/full`, process.execPath, launcher], {
      encoding: "utf8",
    });
    expect(result.status).toBe(1);
    expect(result.stderr).not.toMatch(/at .*:\d+:\d+/);
  });

  test.each([
    [["transcribe", "--json", "x.mp4", "--model", "missing.bin"], "model.missing"],
    [["captions", "check", "missing.srt", "--json"], "file.missing"],
  ])("%j prints an object even when it cannot begin", async (args, code) => {
    const result = await archivist(args);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ status: "failed", error: { code } });
  });

  test.each([["--out"], ["--data-dir"]])("an empty %s is wrong usage, not the current folder", async (option) => {
    const folder = temporaryFolder();
    const result = await archivist(["transcribe", "x.mp4", option, ""], { cwd: folder });
    expect(result.code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});
