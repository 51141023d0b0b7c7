/** Five hundred kills of a program that corrects captions: every edit that was acknowledged is there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../support/bench/measure.ts";
import { killEditingAtRandom } from "../support/editing/kill-editing.ts";
import { random } from "../support/random.ts";

const kills = 500;

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  try {
    const begun = performance.now();
    const { acknowledged } = await killEditingAtRandom(folder, random(Date.now()), kills);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    say(
      `${kills} kills in ${seconds} s, ${acknowledged.toLocaleString("en")} edits acknowledged, every one of them there`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
