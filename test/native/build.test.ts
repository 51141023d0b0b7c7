import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { whisperHostBinary } from "../../electron/speech/whisper-host/binary.ts";
import { projectRoot } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

function build(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, ["build/run.mjs", "native/build.ts", ...args], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

describe("the native build", () => {
  test("is there, and a second call builds nothing", () => {
    expect(existsSync(whisperHostBinary)).toBe(true);
    const before = statSync(whisperHostBinary).mtimeMs;
    const result = build(["--if-missing"]);
    expect(result).toMatchObject({ status: 0, stderr: "" });
    expect(statSync(whisperHostBinary).mtimeMs).toBe(before);
  });

  test("refuses an option that it does not know", () => {
    expect(build(["--fast"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--fast") });
  });

  test("refuses graphics that it does not know", () => {
    const result = build(["--gpu", "voodoo", "--out", join(temporaryFolder(), "out")]);
    expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining("cuda, vulkan, metal") });
  });

  test.each([
    ["cmake", "CMake was not found"],
    ["compiler", "No C++ compiler was found"],
  ])("without a %s says what to install, on every system", (missing, says) => {
    // A place where nothing has been built, and a PATH with only what is named.
    const folder = temporaryFolder();
    const tools = join(folder, "bin");
    mkdirSync(tools);
    if (missing === "compiler") {
      writeFileSync(
        join(tools, "cmake"),
        '#!/bin/sh\n[ "$1" = --version ] && echo "cmake version 3.25.1" && exit 0\necho "CMake Error: No CMAKE_CXX_COMPILER could be found."\nexit 1\n',
        { mode: 0o755 },
      );
    }
    symlinkSync("/bin/sh", join(tools, "sh"));
    const result = build(["--out", join(folder, "out")], { PATH: tools });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(says);
    for (const system of ["Debian, Ubuntu", "macOS", "Windows"]) expect(result.stderr).toContain(system);
  });
});
