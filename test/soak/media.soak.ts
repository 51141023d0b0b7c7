/**
 * The whole table of recordings with faults: each container with each fault that can be made in it. Every sound has to be
 * at its place here and in the copy for players, and what cannot be read has to be told.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { say } from "../support/bench/measure.ts";
import { type Container, faults, makeFaulty } from "../support/media/faulty-recordings.ts";
import { listenTo } from "../support/media/listen.ts";

const tools = await findMediaTools(settingsSchema.parse({}).media);
/** How far a sound may be from its place, in milliseconds. */
const tolerance = 120;

const isNear = (found: readonly number[], expected: readonly number[]): boolean =>
  found.length === expected.length && found.every((ms, index) => Math.abs(ms - (expected[index] ?? 0)) <= tolerance);

/** What is wrong with how a recording is heard; empty: nothing. */
async function listen(folder: string, container: Container, fault: string): Promise<readonly string[]> {
  const { path, onsets, isIncomplete } = makeFaulty(folder, container, fault);
  const { decoded, heard, played } = await listenTo(path, folder, tools);
  // The data in which a copy ends may sound.
  const count = isIncomplete ? onsets.length : undefined;
  return [
    ...(isNear(heard.slice(0, count), onsets) ? [] : [`heard at ${heard.join(", ")} and not at ${onsets.join(", ")}`]),
    ...(isNear(played.slice(0, count), onsets) ? [] : [`played at ${played.join(", ")}`]),
    ...(decoded.missing.length > 0 === isIncomplete
      ? []
      : [isIncomplete ? "nothing is missing" : "something is missing"]),
  ];
}

const failed: string[] = [];
let made = 0;
for (const [fault, { containers }] of Object.entries(faults)) {
  for (const container of containers) {
    const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
    try {
      const wrong = await listen(folder, container, fault);
      say(`${fault.padEnd(32)} ${container.padEnd(5)} ${wrong.length === 0 ? "as it should be" : wrong.join("; ")}`);
      if (wrong.length > 0) failed.push(`${fault} (${container})`);
    } catch (thrown) {
      say(`${fault.padEnd(32)} ${container.padEnd(5)} ${String(thrown)}`);
      failed.push(`${fault} (${container})`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      made++;
    }
  }
}
say(`${made} recordings, ${failed.length} not as they should be`);
if (failed.length > 0) process.exitCode = 1;
