/** Both speech engines, set up for tests. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SoundRange, TranscribeOptions } from "../../../electron/speech/engine.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { WhisperHost, type WhisperHostOptions } from "../../../electron/speech/whisper-host/whisper-host.ts";
import { WhisperNode } from "../../../electron/speech/whisper-node/whisper-node.ts";
import { sampleVideo } from "../paths.ts";
import { silentLogger } from "../station/silent-logger.ts";
import { temporaryFolder } from "../temporary.ts";

/** One thread: test files run in parallel, and two engines that each use every core would spin against each other. */
export const greedy: TranscribeOptions = {
  language: "en",
  translate: false,
  vocabulary: [],
  threads: 1,
  beamSize: 1,
  temperature: 0,
  fallback: true,
};

/** whisper-node is built once for all tests and all runs: its Makefile takes a quarter of a minute. */
export const sharedEngines = join(tmpdir(), "archivist-test-engines");

export function newHost(options: Partial<WhisperHostOptions> = {}): WhisperHost {
  const host = new WhisperHost({
    binary: whisperHostBinary,
    logger: silentLogger,
    stallMs: 60_000,
    idleMs: 600_000,
    gpu: true,
    ...options,
  });
  onTestFinished(() => host.close());
  return host;
}

export function newWhisperNode(options: { readonly stallMs?: number; readonly program?: string } = {}): WhisperNode {
  const engine = new WhisperNode({
    enginesFolder: sharedEngines,
    logger: silentLogger,
    stallMs: options.stallMs ?? 60_000,
    ...(options.program === undefined ? {} : { program: options.program }),
  });
  onTestFinished(() => engine.close());
  return engine;
}

/** Ranges of a raw sound file, each from and to in seconds. */
export function part(pcm: string, ...seconds: readonly (readonly [from: number, to: number])[]): SoundRange {
  return {
    pcm,
    stretches: seconds.map(([from, to]) => ({
      startSample: Math.round(from * 16_000),
      sampleCount: Math.round((to - from) * 16_000),
    })),
  };
}

let decodedSample: Buffer | undefined;

/** The sample meeting as raw sound; decoded once. */
export function samplePcm(): Buffer {
  decodedSample ??= execFileSync(
    "ffmpeg",
    ["-v", "error", "-i", sampleVideo, "-ac", "1", "-ar", "16000", "-f", "s16le", "-"],
    { maxBuffer: 1e8 },
  );
  return decodedSample;
}

/** A file of raw sound; by default the sample's. */
export function pcmFile(content: Buffer = samplePcm()): string {
  const path = join(temporaryFolder(), "audio.pcm");
  writeFileSync(path, content);
  return path;
}

/** The number of samples in so many seconds. */
export const seconds = (count: number): number => count * 16_000;
