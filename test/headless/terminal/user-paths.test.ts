import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { userFolder } from "../../../electron/headless/terminal/user-paths.ts";
import { srt } from "../../support/captions/cues.ts";
import { projectRoot } from "../../support/paths.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("where the user stands", () => {
  const manifest = join(projectRoot, "package.json");

  test("is where npm was called, when npm runs our script", () => {
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: manifest }, projectRoot)).toBe("/home/editor");
  });

  test("is the current folder in every other case", () => {
    expect(userFolder({}, "/somewhere")).toBe("/somewhere");
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: "/other/package.json" }, "/somewhere")).toBe(
      "/somewhere",
    );
    expect(userFolder({ INIT_CWD: "/home/editor", npm_package_json: manifest }, "/somewhere")).toBe("/somewhere");
  });

  test("holds for `npm run archivist` from another folder", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "in.srt"), srt);
    const npm = [
      "--prefix",
      projectRoot,
      "run",
      "--silent",
      "archivist",
      "--",
      "captions",
      "convert",
      "in.srt",
      "out.vtt",
    ];
    execFileSync("npm", npm, { cwd: folder, stdio: "pipe", env: { ...process.env, INIT_CWD: undefined } });
    expect(readFileSync(join(folder, "out.vtt"), "utf8")).toContain("quorum");
  });
});
