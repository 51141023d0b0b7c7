import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/paths.ts";
import { runNode } from "../support/process/run-node.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("on an old Node.js", () => {
  test.runIf(existsSync("/usr/bin/node"))("a signal to the command alone reaches the work", async () => {
    const dataFolder = temporaryFolder();
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(
      "/usr/bin/node",
      [join(projectRoot, "electron/headless/archivist.mjs"), "demo", "--data-dir", dataFolder],
      { env, stdio: ["ignore", "ignore", "pipe"] },
    );
    let errors = "";
    const begun = new Promise<void>((resolve) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
        if (errors.includes("Recognizing")) resolve();
      });
    });
    await begun;
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(errors).toMatch(/interrupted/);
  });

  test.runIf(existsSync("/usr/bin/node"))(
    "the command hands over to the one that npm brought, and keeps its exit code",
    async () => {
      // The machine's own Node.js, whatever it is; where it is new enough this is the plain case.
      const version = execFileSync(
        "/usr/bin/node",
        [join(projectRoot, "electron/headless/archivist.mjs"), "--version"],
        { encoding: "utf8" },
      );
      expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
      const script = `
      const { spawnSync } = require("node:child_process");
      const { status } = spawnSync("/usr/bin/node", [${JSON.stringify(join(projectRoot, "electron/headless/archivist.mjs"))}, "dance"]);
      console.log("status", status);`;
      const program = runNode(["--eval", script]);
      expect(await program.line((line) => line.startsWith("status"))).toBe("status 2");
    },
  );
});
