/** How fast speech is recognized on this machine, as the self-test has measured it with the present settings. */
import { type Machine, speechThreads } from "../config/machine.ts";
import type { Settings } from "../contract/settings.ts";
import { assumeSpeeds, estimateMinutesPerHour } from "../speech/self-test/estimate.ts";
import {
  describeSetup,
  findMeasurement,
  type MeasuredSetup,
  type MeasurementRecord,
} from "../speech/self-test/measurement-file.ts";
import { hasWhisperHost, whisperHostBinary } from "../speech/whisper-host/binary.ts";

interface SpeedDeps {
  readonly settings: Settings;
  readonly machine: Machine;
}

/** What the speed depends on here. */
export function getMeasuredSetup({ settings, machine }: SpeedDeps): MeasuredSetup {
  const { threads, gpu } = settings.speech;
  const used = speechThreads(threads, machine);
  return describeSetup(whisperHostBinary, { cores: machine.cores, threads: used, gpu });
}

/** What has been measured; undefined: nothing, or with another machine, engine or settings. */
export function findStationMeasurement(
  deps: SpeedDeps & { readonly dataFolder: string },
): MeasurementRecord | undefined {
  return hasWhisperHost() ? findMeasurement(deps.dataFolder, getMeasuredSetup(deps)) : undefined;
}

/**
 * Minutes that each published model takes for an hour of a meeting.
 * @param record what was measured; undefined: a machine of this many threads is assumed, which orders the models
 */
export function createMinuteEstimates(
  { settings, machine }: SpeedDeps,
  record: MeasurementRecord | undefined,
): (modelName: string) => number | undefined {
  const speeds = record?.speeds ?? assumeSpeeds(speechThreads(settings.speech.threads, machine));
  return (modelName) => estimateMinutesPerHour(modelName, speeds);
}

/** `about 9 minutes`. */
export function formatMinutes(minutes: number): string {
  const rounded = minutes < 10 ? Math.max(1, Math.round(minutes)) : Math.round(minutes / 5) * 5;
  return `about ${rounded} ${rounded === 1 ? "minute" : "minutes"}`;
}
