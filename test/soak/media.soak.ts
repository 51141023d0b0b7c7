/**
 * The whole table of recordings with faults: each container with each fault that can be made in it. Every sound has to be
 * at its place here and in the copy for players, and what cannot be read has to be told.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { decode } from "../../electron/media/decoding/decode.ts";
import { decodedFiles } from "../../electron/media/decoding/files.ts";
import { makePreview } from "../../electron/media/preview.ts";
import { getPreviewFile } from "../../electron/media/preview-copy.ts";
import { probe } from "../../electron/media/probe.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { say } from "../support/bench/measure.ts";
import { type Container, faults, makeFaulty } from "../support/media/faulty-recordings.ts";
import { findOnsets } from "../support/media/onsets.ts";

const settings = settingsSchema.parse({}).media;
const tools = await findMediaTools(settings);
/** How far a sound may be from its place, in milliseconds. */
const tolerance = 120;

const isNear = (found: readonly number[], expected: readonly number[]): boolean =>
  found.length === expected.length && found.every((ms, index) => Math.abs(ms - (expected[index] ?? 0)) <= tolerance);

/** What is wrong with how a recording is heard; empty: nothing. */
async function listen(folder: string, container: Container, fault: string): Promise<readonly string[]> {
  const { path, onsets, isIncomplete } = makeFaulty(folder, container, fault);
  const info = await probe(tools.ffprobe, path, settings);
  const { clock, sound, missing } = await decode({ tools, path, info, folder, settings });
  const heard = findOnsets(readFileSync(decodedFiles(folder).pcm));
  const copies = join(folder, "copies");
  mkdirSync(copies);
  const facts = { clock, sound, missing };
  await makePreview({ tools, settings, path, info, folder: copies, facts, stallMs: 60_000, threads: 1 });
  const arguments_ = ["-v", "error", "-copyts", "-i", getPreviewFile(copies), "-vn", "-ac", "1", "-ar", "16000"];
  const filter = ["-af", "aresample=async=1:first_pts=0,highpass=f=60", "-f", "s16le", "-"];
  const played = findOnsets(execFileSync(tools.ffmpeg.path, [...arguments_, ...filter], { maxBuffer: 1e8 }));
  return [
    // The data in which a copy ends may sound.
    ...(isNear(isIncomplete ? heard.slice(0, onsets.length) : heard, onsets)
      ? []
      : [`heard at ${heard.join(", ")} and not at ${onsets.join(", ")}`]),
    ...(isNear(played.filter((ms) => ms > 50).slice(0, isIncomplete ? onsets.length : undefined), onsets)
      ? []
      : [`played at ${played.join(", ")}`]),
    ...(missing.length > 0 === isIncomplete ? [] : [isIncomplete ? "nothing is missing" : "something is missing"]),
  ];
}

const failed: string[] = [];
let count = 0;
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
      count++;
    }
  }
}
say(`${count} recordings, ${failed.length} not as they should be`);
if (failed.length > 0) process.exitCode = 1;
