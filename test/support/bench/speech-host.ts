/** Recognition by whisper-host alone, for measurements: its windows, its time and its memory. */
import { readFileSync } from "node:fs";
import { LevelReducer } from "../../../electron/media/levels.ts";
import { PeakReducer, quietestPoint } from "../../../electron/media/peaks.ts";
import { detectByEnergy } from "../../../electron/speech/detection/energy-detector.ts";
import { planWindows, type SpeechWindow } from "../../../electron/speech/detection/window-plan.ts";
import type { TranscribeOptions } from "../../../electron/speech/engine.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { WhisperHost } from "../../../electron/speech/whisper-host/whisper-host.ts";
import { silentLogger } from "../station/silent-logger.ts";
import type { Measurement } from "./measure.ts";

/** The windows of the speech in a file of raw 16 kHz samples, and those of all of it, silence and speech alike. */
export function planRecording(pcm: string): Record<"speech" | "whole", readonly SpeechWindow[]> {
  const bytes = readFileSync(pcm);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const [levels, reducer] = [new LevelReducer(), new PeakReducer()];
  levels.push(samples);
  reducer.push(samples);
  const peaks = reducer.finish();
  const durationMs = Math.floor(samples.length / 16);
  const plan = (speech: Parameters<typeof planWindows>[0]["speech"]) =>
    planWindows({
      speech,
      durationMs,
      windowMs: 30_000,
      quietestPoint: (from, to) => quietestPoint(peaks, from, to),
    });
  return { speech: plan(detectByEnergy(levels.finish())), whole: plan([{ startMs: 0, endMs: durationMs }]) };
}

export interface HostRun extends Measurement {
  /** How often the encoder ran. */
  readonly windows: number;
}

/** The host from its start to its last word, with the greatest memory that it had. */
export async function measureHost(
  model: string,
  pcm: string,
  windows: readonly SpeechWindow[],
  options: TranscribeOptions,
): Promise<HostRun> {
  const started = performance.now();
  const host = new WhisperHost({
    binary: whisperHostBinary,
    logger: silentLogger,
    stallMs: 600_000,
    idleMs: 600_000,
    gpu: false,
  });
  await host.loadModel({ path: model });
  let encoded = 0;
  for (const { stretches } of windows) {
    const ranges = stretches.map(({ startMs, endMs }) => ({
      startSample: startMs * 16,
      sampleCount: (endMs - startMs) * 16,
    }));
    encoded += (await host.transcribe({ pcm, stretches: ranges }, options)).windows ?? 0;
  }
  const seconds = (performance.now() - started) / 1000;
  const status = readFileSync(`/proc/${host.pid}/status`, "utf8");
  const peakMiB = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  await host.close();
  return { seconds, peakMiB, windows: encoded };
}
