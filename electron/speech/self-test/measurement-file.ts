/** Remembers what the self-test has measured, for as long as machine, engine and settings are the same. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../platform/atomic-write.ts";
import { type Measurement, measurementSchema } from "./self-test.ts";

/** What the speed depends on. A measurement counts while all of it is the same. */
export interface MeasuredSetup {
  readonly processor: string;
  readonly cores: number;
  /** Fingerprint of the engine's files. */
  readonly build: string;
  readonly threads: number;
  readonly gpu: boolean;
}

const setupSchema = z.object({
  processor: z.string(),
  cores: z.number(),
  build: z.string(),
  threads: z.number(),
  gpu: z.boolean(),
});

const recordSchema = measurementSchema.extend({ setup: setupSchema, measuredDate: z.iso.datetime() });
export type MeasurementRecord = z.infer<typeof recordSchema>;

const fileSchema = z.object({ measurements: z.array(recordSchema) });

/** Setups that are remembered: a disk may move between machines, and a setting back and forth. */
const maxRecords = 8;

const toPath = (dataFolder: string): string => join(dataFolder, "speech-speed.json");

/** Describes this machine and its engine. @param binary path of the whisper-host program */
export function describeSetup(
  binary: string,
  options: Pick<MeasuredSetup, "cores" | "threads" | "gpu">,
): MeasuredSetup {
  return { processor: cpus()[0]?.model.trim() ?? "unknown", build: fingerprintBuild(binary), ...options };
}

/** Name, size and date of the engine's program and the libraries beside it: another build has others. */
function fingerprintBuild(binary: string): string {
  const folder = dirname(binary);
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) {
    if (name !== basename(binary) && !/\.(so|dylib|dll)(\.|$)/.test(name)) continue;
    const { size, mtimeMs } = statSync(join(folder, name));
    hash.update(`${name} ${size} ${Math.round(mtimeMs)}\n`);
  }
  return hash.digest("hex");
}

/** All that is remembered. A file that cannot be read counts as none: measuring again costs seconds. */
function readRecords(dataFolder: string): readonly MeasurementRecord[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(toPath(dataFolder), "utf8"))).measurements;
  } catch {
    return [];
  }
}

const isSame = (a: MeasuredSetup, b: MeasuredSetup): boolean =>
  Object.keys(setupSchema.shape).every((key) => a[key as keyof MeasuredSetup] === b[key as keyof MeasuredSetup]);

/** What was measured with this setup; undefined: nothing, so that it has to be measured. */
export function findMeasurement(dataFolder: string, setup: MeasuredSetup): MeasurementRecord | undefined {
  return readRecords(dataFolder).find((record) => isSame(record.setup, setup));
}

/** Remembers a measurement in place of an earlier one of the same setup. @throws ArchivistError `disk.full`, `folder.not-writable` */
export async function saveMeasurement(
  dataFolder: string,
  setup: MeasuredSetup,
  measurement: Measurement,
  now: Date,
): Promise<MeasurementRecord> {
  const record = { ...measurement, setup, measuredDate: now.toISOString() };
  const others = readRecords(dataFolder).filter((other) => !isSame(other.setup, setup));
  const measurements = [record, ...others].slice(0, maxRecords);
  await writeFileAtomic(toPath(dataFolder), `${JSON.stringify({ measurements }, undefined, 2)}\n`);
  return record;
}
