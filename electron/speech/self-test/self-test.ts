/**
 * Measures how fast speech is recognized on this machine, in about ten seconds: networks of one shape, in each
 * precision that models come in, on the engine with its settings (electron/speech/README.md, "Self-test").
 */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Logger } from "../../config/logger.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import { findShape, type NetworkShape, type Precision, precisions } from "../models/model-compute.ts";
import { WhisperHost } from "../whisper-host/whisper-host.ts";
import { writeTestNetwork } from "./test-network.ts";

/** The model whose shape is measured: large enough to compute as the others do, small enough for a slow machine. */
export const measuredModel = "base";

const speedSchema = z.object({
  precision: z.enum(precisions),
  /** Milliseconds of one window of thirty seconds, of one token of a window alone, and of one among several. */
  windowMs: z.number().positive(),
  tokenMs: z.number().positive(),
  sharedTokenMs: z.number().positive(),
  /** How many windows share the decoder then. */
  windowsAtOnce: z.number().int().positive(),
});
export type MeasuredSpeed = z.infer<typeof speedSchema>;

export const measurementSchema = z.object({
  /** The engine and its version. */
  engine: z.string(),
  /** Level of the processor's instructions that the engine computes at; null: it does not say. */
  level: z.string().nullable(),
  devices: z.array(z.string()),
  speeds: z.array(speedSchema).min(1),
});
export type Measurement = z.infer<typeof measurementSchema>;

export interface SelfTestOptions {
  /** Path of the whisper-host program. */
  readonly binary: string;
  /** Where the engine remembers which instructions of this processor work; undefined: it takes its best level untried. */
  readonly proofFile?: string | undefined;
  readonly gpu: boolean;
  readonly threads: number;
  /** Folder for the networks; they are deleted afterwards. Needs 150 MB. */
  readonly folder: string;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const tokens = 32;
const stallMs = 60_000;
/** A second window is worth its time when the first has not taken longer than this: the first one touches all memory. */
const repeatBelowMs = 2_000;
/** No other precision is measured after this time. What is known then is enough for an estimate. */
const budgetMs = 15_000;

/**
 * Runs the self-test.
 * @throws ArchivistError `interrupted`, `engine.*`, `disk.full`, `folder.not-writable`
 */
export async function runSelfTest(options: SelfTestOptions): Promise<Measurement> {
  const { binary, proofFile, gpu, logger, signal, onProgress } = options;
  const shape = findShape(measuredModel);
  if (shape === undefined) throw new Error(`${measuredModel} has no shape`);
  const folder = await makeTemporaryFolder(options.folder);
  const host = new WhisperHost({
    binary,
    ...(proofFile === undefined ? {} : { proofFile }),
    gpu,
    logger,
    stallMs,
    idleMs: stallMs,
  });
  const stop = (): void => void host.close();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const description = await host.describe();
    const started = performance.now();
    const speeds: MeasuredSpeed[] = [];
    for (const [index, precision] of precisions.entries()) {
      if (signal?.aborted) throw new ArchivistError("interrupted");
      if (performance.now() - started > budgetMs) break;
      speeds.push(await measurePrecision({ host, shape, precision, folder, options }));
      onProgress?.((index + 1) / precisions.length);
    }
    const { version, level, devices } = description;
    return {
      engine: `whisper-host ${version}`,
      level: level?.name ?? null,
      devices: [...devices],
      speeds,
    };
  } catch (thrown) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    throw thrown;
  } finally {
    signal?.removeEventListener("abort", stop);
    await host.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeTemporaryFolder(folder: string): Promise<string> {
  try {
    return await mkdtemp(join(folder, ".self-test-"));
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
}

interface PrecisionRequest {
  readonly host: WhisperHost;
  readonly shape: NetworkShape;
  readonly precision: Precision;
  readonly folder: string;
  readonly options: SelfTestOptions;
}

async function measurePrecision({ host, shape, precision, folder, options }: PrecisionRequest): Promise<MeasuredSpeed> {
  const { threads, signal } = options;
  const path = join(folder, `${precision}.bin`);
  await writeTestNetwork(path, shape, precision, signal);
  await host.loadModel({ path });
  // It is in memory now.
  await rm(path, { force: true });
  const measure = () => host.measure({ threads, windows: 1, tokens }, signal);
  const first = await measure();
  if (first.windowMs > repeatBelowMs) return { precision, ...first };
  const second = await measure();
  return {
    precision,
    windowsAtOnce: first.windowsAtOnce,
    windowMs: Math.min(first.windowMs, second.windowMs),
    tokenMs: Math.min(first.tokenMs, second.tokenMs),
    sharedTokenMs: Math.min(first.sharedTokenMs, second.sharedTokenMs),
  };
}
