/**
 * Transcriptions under fire: the command, the speech engine and ffmpeg are ended, stopped and disturbed at random moments,
 * until the work is done all the same; then the result is compared with that of an undisturbed run. And the memory of
 * the decode step on a six-hour recording beside a six-minute one.
 *
 * `SOAK_SEED` repeats a run's choices, `SOAK_ROUNDS` says how many recordings are done.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure, row, say } from "../support/bench/measure.ts";
import { decodeProgram, measureDecode } from "../support/media/decode-program.ts";
import { loopedSample } from "../support/media/recordings.ts";
import { finishedPieces, killTranscriptionAtRandom, newPlace, start } from "../support/process/kill-transcription.ts";
import { random } from "../support/random.ts";
import { lastingOutputs, leftovers } from "../support/station/outputs.ts";

const minutes = 20;
/** Eighty pieces, each of about a second's work. */
const windowSeconds = 15;

async function soakKills(folder: string): Promise<void> {
  const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e9));
  const rounds = Number(process.env.SOAK_ROUNDS ?? 4);
  say(`Random ends: ${rounds} recordings of ${minutes} minutes, SOAK_SEED=${seed}`);
  const pick = random(seed);
  const recording = loopedSample(folder, minutes);
  const calm = newPlace(folder);
  const undisturbed = start(recording, calm, windowSeconds);
  if ((await undisturbed.end) !== 0) throw new Error(undisturbed.errors());
  const expected = lastingOutputs(calm.out);
  const pieces = finishedPieces(calm).size;
  for (let round = 1; round <= rounds; round++) {
    const place = newPlace(folder);
    const tally = await killTranscriptionAtRandom(recording, place, pick, {
      windowSeconds,
      maxWaitMs: 3_000,
      maxStrikes: 200,
    });
    const result = lastingOutputs(place.out);
    const differing = Object.keys({ ...expected, ...result }).filter((name) => result[name] !== expected[name]);
    if (differing.length > 0) throw new Error(`differs from the undisturbed run: ${differing.join(", ")}`);
    const litter = leftovers([place.dataFolder]);
    if (litter.length > 0) throw new Error(`left behind: ${litter.join(", ")}`);
    const blows = [...tally.blows].map(([blow, count]) => `${count} × ${blow}`).join(", ");
    say(`  ${round}: ${tally.starts} starts (${blows}): ${pieces} pieces done once each, same files`);
  }
}

/** Memory that the decode step needs beyond ffmpeg's own (which keeps an index of the whole file), in MiB. */
async function ownMemory(folder: string, minutesOfSound: number): Promise<number> {
  const recording = loopedSample(folder, minutesOfSound);
  const sound = join(folder, "plain.pcm");
  const plain = ["-nostdin", "-v", "error", "-y", "-i", recording, "-ar", "16000", "-ac", "1", "-f", "s16le", sound];
  const ffmpeg = await measure("ffmpeg", plain);
  const ours = await measureDecode(decodeProgram(folder, recording));
  rmSync(sound);
  say(row(`ffmpeg alone, ${minutesOfSound} minutes`, ffmpeg));
  say(row(`decode with peaks and silences, ${minutesOfSound} minutes`, ours));
  if (Math.abs(ours.durationMs - minutesOfSound * 60_000) > 100) throw new Error(`it became ${ours.durationMs} ms`);
  return ours.peakMiB - ffmpeg.peakMiB;
}

async function soakLength(folder: string): Promise<void> {
  const growth = (await ownMemory(folder, 360)) - (await ownMemory(folder, 6));
  say(`Sixty times the sound takes ${growth.toFixed(0)} MiB more beside ffmpeg`);
  // The peaks of six hours are 4 MB; the rest is what the garbage collector has not got round to.
  if (growth > 64) throw new Error("memory grows with the length of the recording");
}

export async function soak(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  try {
    await soakLength(folder);
    await soakKills(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
