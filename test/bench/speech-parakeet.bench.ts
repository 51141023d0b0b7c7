/**
 * whisper-host with a Parakeet model against parakeet-cli of the same sources, with the same file of the true size
 * (0.6B, 8-bit weights) and threads, over the same recording. Interleaved runs, medians. The weights are random: they
 * compute as long as real ones, and say nothing about words.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { LevelReducer } from "../../electron/media/levels.ts";
import { PeakReducer, quietestPoint } from "../../electron/media/peaks.ts";
import { detectByEnergy } from "../../electron/speech/detection/energy-detector.ts";
import { planWindows, type SpeechWindow } from "../../electron/speech/detection/window-plan.ts";
import { whisperHostBinary } from "../../electron/speech/whisper-host/binary.ts";
import { WhisperHost } from "../../electron/speech/whisper-host/whisper-host.ts";
import { getMedian, type Measurement, measure, ratioLine, say } from "../support/bench/measure.ts";
import { projectRoot } from "../support/paths.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { trueSize, writeRandomParakeet } from "../support/speech/random-parakeet.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

const rounds = 3;
const minutes = 4;
const threads = Math.min(4, availableParallelism());
const parakeetCli = join(projectRoot, "native/out/bin/parakeet-cli");

/** The windows that the pipeline would give to the model. */
function planRecording(pcm: string): readonly SpeechWindow[] {
  const bytes = readFileSync(pcm);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const [levels, reducer] = [new LevelReducer(), new PeakReducer()];
  levels.push(samples);
  reducer.push(samples);
  const peaks = reducer.finish();
  return planWindows({
    speech: detectByEnergy(levels.finish()),
    durationMs: Math.floor(samples.length / 16),
    windowMs: 30_000,
    quietestPoint: (from, to) => quietestPoint(peaks, from, to),
  });
}

/** The host from its start to its last word, with the greatest memory that it had. */
async function runHost(model: string, pcm: string, windows: readonly SpeechWindow[]): Promise<Measurement> {
  const started = performance.now();
  const host = new WhisperHost({
    binary: whisperHostBinary,
    logger: silentLogger,
    stallMs: 600_000,
    idleMs: 600_000,
    gpu: false,
  });
  await host.loadModel({ path: model });
  for (const { stretches } of windows) {
    const ranges = stretches.map(({ startMs, endMs }) => ({
      startSample: startMs * 16,
      sampleCount: (endMs - startMs) * 16,
    }));
    await host.transcribe(
      { pcm, stretches: ranges },
      { language: "en", translate: false, vocabulary: [], threads, beamSize: 1, temperature: 0, fallback: false },
    );
  }
  const seconds = (performance.now() - started) / 1000;
  const status = readFileSync(`/proc/${host.pid}/status`, "utf8");
  const peakMiB = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  await host.close();
  return { seconds, peakMiB };
}

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
    const windows = planRecording(pcm);
    const ours: Measurement[] = [];
    const cli: Measurement[] = [];
    for (let round = 0; round < rounds; round++) {
      cli.push(await measure(parakeetCli, ["-m", model, "-f", wav, "-t", String(threads), "-np", "-ng"]));
      ours.push(await runHost(model, pcm, windows));
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
