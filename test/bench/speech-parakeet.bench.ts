/**
 * whisper-host with a Parakeet model against parakeet-cli of the same sources, with the same file of the true size
 * (0.6B, 8-bit weights) and threads, over the same recording. Interleaved runs, medians. The weights are random: they
 * compute as long as real ones, and say nothing about words.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { TranscribeOptions } from "../../electron/speech/engine.ts";
import { getMedian, type Measurement, measure, ratioLine, say } from "../support/bench/measure.ts";
import { measureHost, planRecording } from "../support/bench/speech-host.ts";
import { projectRoot } from "../support/paths.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { trueSize, writeRandomParakeet } from "../support/speech/random-parakeet.ts";

const rounds = 3;
const minutes = 4;
const threads = Math.min(4, availableParallelism());
const parakeetCli = join(projectRoot, "native/out/bin/parakeet-cli");

const options: TranscribeOptions = {
  language: "en",
  translate: false,
  vocabulary: [],
  threads,
  beamSize: 1,
  temperature: 0,
  fallback: false,
};

function report(name: string, { seconds, peakMiB }: Measurement): void {
  const factor = (seconds / (minutes * 60)).toFixed(4);
  say(`${name.padEnd(32)} ${seconds.toFixed(1).padStart(7)} s, real-time factor ${factor}, ${peakMiB.toFixed(0)} MiB`);
}

export async function bench(): Promise<void> {
  execFileSync(process.execPath, ["build/run.mjs", "native/build.ts", "--if-missing", "--with-cli"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const [wav, pcm, model] = ["meeting.wav", "meeting.pcm", "ggml-parakeet.bin"].map((name) => join(folder, name));
    if (wav === undefined || pcm === undefined || model === undefined) return;
    makeLongMeeting(wav, { minutes, seed: 3, silentShare: 0, clean: true });
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", wav, "-f", "s16le", pcm]);
    writeRandomParakeet(model, trueSize, 8);
    const { speech } = planRecording(pcm);
    const ours: Measurement[] = [];
    const cli: Measurement[] = [];
    for (let round = 0; round < rounds; round++) {
      cli.push(await measure(parakeetCli, ["-m", model, "-f", wav, "-t", String(threads), "-np", "-ng"]));
      ours.push(await measureHost(model, pcm, speech, options));
    }
    const megabytes = (statSync(model).size / 1024 ** 2).toFixed(0);
    say(
      `Parakeet 0.6B q8_0 (random weights, ${megabytes} MiB), ${minutes} minutes, ${threads} threads, ${rounds} runs`,
    );
    report("whisper-host", getMedian(ours));
    report("parakeet-cli", getMedian(cli));
    say(ratioLine("whisper-host / parakeet-cli", getMedian(ours).seconds / getMedian(cli).seconds, 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
