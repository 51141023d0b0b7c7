/** Checks everything that Archivist needs, and reports the state and what to do about problems. */

import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { minuteMs } from "../captions/time/durations.ts";
import { inspectCatalog } from "../catalog/inspect.ts";
import { chooseDataFolder, describeDataFolder } from "../config/data-folder.ts";
import type { Logger } from "../config/logger.ts";
import { speechThreads, thisMachine } from "../config/machine.ts";
import { findNetworkType } from "../config/network-mount.ts";
import { readStationConfig, type StationConfig, toStationConfig } from "../config/station-config.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { settingsSchema } from "../contract/settings.ts";
import { formatBytes, formatMemory } from "../contract/sizes.ts";
import { findMediaTools } from "../media/tools.ts";
import { systemClock } from "../platform/clock.ts";
import { isNodeNewEnough, neededMajor } from "../platform/node-version.mjs";
import { nearestExisting } from "../platform/path-exists.ts";
import type { ShareHealth } from "../shares/health/judge.ts";
import { ShareMonitor } from "../shares/health/monitor.ts";
import { ShareProbe, shareProbeBinary } from "../shares/share-probe.ts";
import { chooseEngine } from "../speech/choose-engine.ts";
import type { InstructionLevel, SpeechEngine } from "../speech/engine.ts";
import { bestModel, chooseModel, toModelRequest } from "../speech/models/choose-model.ts";
import { demoModelName, findModel, findVoiceDetector, listFoundModels } from "../speech/models/found-models.ts";
import { whisperHostBinary } from "../speech/whisper-host/binary.ts";
import { processorProofFile } from "../speech/whisper-host/processor-proof.ts";
import { WhisperHost } from "../speech/whisper-host/whisper-host.ts";
import { builtWhisperNode, canBuild, whisperNodeSources, whisperNodeVersion } from "../speech/whisper-node/build.ts";
import { WhisperNode } from "../speech/whisper-node/whisper-node.ts";
import { createMinuteEstimates, findStationMeasurement, formatMinutes } from "./speech-speed.ts";

/** Result of one check. */
export interface CheckResult {
  readonly name: string;
  readonly status: "ok" | "warning" | "error";
  /** What the check found. */
  readonly detail: string;
  /** What to do about a problem. */
  readonly remedy?: string;
}

interface DoctorRequest extends StationConfig {
  /** The error that prevented reading the settings; `settings` are the defaults then. */
  readonly settingsProblem?: ArchivistError;
}

/** Below this, a long meeting may not fit: six hours take 0.7 GB while they are decoded. */
const littleSpace = 2 * 1024 ** 3;

const silent: Logger = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

type Check = (request: DoctorRequest) => Promise<readonly CheckResult[]> | readonly CheckResult[];

/** Checks the version of Node.js. */
export const checkNode = (): readonly CheckResult[] => {
  const detail = `${process.versions.node}, ${process.execPath}`;
  if (isNodeNewEnough()) return [{ name: "Node.js", status: "ok", detail }];
  return [{ name: "Node.js", status: "error", detail, remedy: `Install Node.js ${neededMajor} or newer.` }];
};

/** Checks that the data folder is local, writable and has room. */
export async function checkDataFolder({ folder }: Pick<StationConfig, "folder">): Promise<readonly CheckResult[]> {
  const { root } = folder;
  const network = findNetworkType(root);
  if (network !== undefined) {
    const { reason, remedy } = new ArchivistError("folder.network");
    return [{ name: "Data folder", status: "error", detail: `${root}: ${reason} (${network})`, remedy }];
  }
  const place = await nearestExisting(root);
  try {
    accessSync(place, constants.W_OK);
  } catch {
    const { reason, remedy } = new ArchivistError("folder.not-writable");
    return [{ name: "Data folder", status: "error", detail: `${root}: ${reason}`, remedy }];
  }
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const detail = `${root}${existsSync(root) ? "" : " (not made yet)"}, ${formatBytes(free)} free`;
  if (free >= littleSpace) return [{ name: "Data folder", status: "ok", detail }];
  return [{ name: "Data folder", status: "warning", detail, remedy: "Free some space: long meetings need 1 GB each." }];
}

const checkSettings: Check = ({ folder, settingsProblem: problem }) => {
  if (problem !== undefined) {
    const detail = `${problem.message} (the other checks use the defaults)`;
    return [{ name: "Settings", status: "error", detail, remedy: problem.remedy }];
  }
  const detail = existsSync(folder.settingsFile) ? folder.settingsFile : "defaults (there is no settings.json)";
  return [{ name: "Settings", status: "ok", detail }];
};

const checkCatalog: Check = ({ folder }) => {
  if (!existsSync(folder.catalogFile)) return [{ name: "Catalog", status: "ok", detail: "not made yet" }];
  const { transcriptions, recordings, schema } = inspectCatalog(folder.catalogFile);
  const detail = `${recordings} recordings, ${transcriptions} transcriptions, schema ${schema}`;
  return [{ name: "Catalog", status: "ok", detail }];
};

/** Checks ffmpeg and ffprobe at the configured paths. @throws ArchivistError `tool.missing` */
export async function checkMediaTools({ settings }: Pick<StationConfig, "settings">): Promise<readonly CheckResult[]> {
  const { ffmpeg, ffprobe } = await findMediaTools(settings.media);
  return [ffmpeg, ffprobe].map(({ name, path, version, source, warning }) => ({
    name,
    status: warning === undefined ? "ok" : "warning",
    detail: `${version}, ${path} (${source})`,
    ...(warning === undefined ? {} : { remedy: warning }),
  }));
}

/** Why an instruction level was refused, as native/whisper-host/PROTOCOL.md lists it, in words. */
const refusals: Readonly<Record<string, string>> = {
  "illegal-instruction": "stops at instructions that it claims to know",
  "wrong-result": "computes wrong results",
};

/** The processor, with the instruction level that the engine computes at, and better ones that do not work. */
export function describeProcessor(features: string, level: InstructionLevel | undefined): CheckResult {
  if (level === undefined) return { name: "Processor", status: "ok", detail: features };
  const detail = `${features}; instruction level ${level.name}`;
  const [best] = level.refused;
  if (best === undefined) return { name: "Processor", status: "ok", detail };
  const names = level.refused.map(({ name }) => name).join(", ");
  return {
    name: "Processor",
    status: "warning",
    detail: `${detail}, because the processor ${refusals[best.reason] ?? "fails"} at ${names}`,
    remedy:
      "Nothing has to be done: recognition works, and may be slower. Of a virtual machine, a processor type that fits its host " +
      "helps.",
  };
}

/** Starts the speech engine and asks what it is, in a process of its own: recognition is not disturbed. */
export async function checkSpeechEngine({
  settings,
  folder,
}: Pick<StationConfig, "settings" | "folder">): Promise<readonly CheckResult[]> {
  const { name, reason } = await chooseEngine(settings.speech.engine, folder.engines);
  const machine = thisMachine();
  const threads = speechThreads(settings.speech.threads, machine);
  const use = `${name} is used, because ${reason}; ${threads} of ${machine.cores} threads`;
  if (name === "whisper-node" && builtWhisperNode(folder.engines) === undefined) {
    return [{ name: "Speech engine", status: "warning", detail: use, remedy: "It is built when it is first used." }];
  }
  const engine: SpeechEngine =
    name === "whisper-host"
      ? new WhisperHost({
          binary: whisperHostBinary,
          proofFile: processorProofFile(folder.engines),
          logger: silent,
          stallMs: 20_000,
          idleMs: minuteMs,
          gpu: true,
        })
      : new WhisperNode({ enginesFolder: folder.engines, logger: silent, stallMs: 20_000 });
  try {
    const { version, devices, cpuFeatures, physicalCores, level } = await engine.describe();
    const gpus = devices.filter((device) => device.startsWith("gpu "));
    return [
      { name: "Speech engine", status: "ok", detail: `${use}; version ${version}` },
      describeProcessor(
        `${physicalCores} physical cores; ${cpuFeatures.join(" ") || "features as its compiler found them"}`,
        level,
      ),
      {
        name: "Graphics",
        status: "ok",
        detail: gpus.length > 0 ? gpus.join("; ") : `no graphics back end in this build (${devices.join("; ")})`,
      },
    ];
  } finally {
    await engine.close();
  }
}

/** Says how fast speech is recognized here, as the self-test has measured it. */
const checkSpeed: Check = ({ settings, folder, modelsFolder }) => {
  const machine = thisMachine();
  const name = "Speech speed";
  const record = findStationMeasurement({ settings, machine, dataFolder: folder.root });
  if (record === undefined) {
    const detail =
      "not measured with this machine, engine and settings: `archivist models measure` does it in about ten seconds";
    return [{ name, status: "ok", detail }];
  }
  const level = record.level === null ? "" : `, instruction level ${record.level}`;
  const measured = `${record.setup.processor}, ${record.setup.threads} threads${level}; measured ${record.measuredDate.slice(0, 10)}`;
  const minutesPerHour = createMinuteEstimates({ settings, machine }, record);
  const { model: setting } = settings.speech;
  const request = toModelRequest(settings.speech);
  const model = setting === "auto" ? bestModel(listFoundModels(modelsFolder), request, machine)?.name : setting;
  const minutes = model === undefined ? undefined : minutesPerHour(model);
  if (model === undefined || minutes === undefined) return [{ name, status: "ok", detail: measured }];
  const found = { name, detail: `${formatMinutes(minutes)} for an hour of a meeting with ${model}; ${measured}` };
  if (minutes <= 60) return [{ ...found, status: "ok" }];
  return [
    {
      ...found,
      status: "warning",
      remedy: "Meetings take longer than they last: choose a faster model in Settings, Models.",
    },
  ];
};

/** Checks the second engine, for machines on which the first one cannot be built. */
const checkSecondEngine: Check = async ({ folder }) => {
  if (whisperNodeSources() === undefined)
    return [{ name: "Second engine", status: "ok", detail: "not part of this build" }];
  const version = await whisperNodeVersion();
  if (builtWhisperNode(folder.engines) !== undefined) {
    return [{ name: "Second engine", status: "ok", detail: `whisper-node ${version}, built` }];
  }
  const detail = (await canBuild()) ? "can be built with make" : "not built; make or a C++ compiler is missing";
  return [{ name: "Second engine", status: "ok", detail: `whisper-node ${version}, ${detail}` }];
};

/** Checks the models that would be used. */
export function checkModels({
  settings,
  modelsFolder,
}: Pick<StationConfig, "settings" | "modelsFolder">): readonly CheckResult[] {
  const demo = findModel(demoModelName, modelsFolder);
  const findings: CheckResult[] = [{ name: "Demo model", status: "ok", detail: demo.path }];
  try {
    const { model } = settings.speech;
    const chosen = chooseModel({ model, ...toModelRequest(settings.speech) }, modelsFolder, thisMachine());
    const memory = `needs ${formatMemory(chosen.memoryBytes)} of memory`;
    findings.push({ name: "Speech model", status: "ok", detail: `${chosen.name}, ${memory}, ${chosen.path}` });
  } catch (thrown) {
    const error = toArchivistError(thrown);
    // Every job fails without one.
    findings.push({ name: "Speech model", status: "error", detail: error.message, remedy: error.remedy });
  }
  const detector = findVoiceDetector(modelsFolder);
  findings.push(
    detector === undefined
      ? {
          name: "Voice detector",
          status: "ok",
          detail: "by loudness (the network that comes with Archivist is missing)",
        }
      : { name: "Voice detector", status: "ok", detail: `${detector.name}, ${detector.path}` },
  );
  return findings;
}

/** Checks the program that probes shares, and the shares. */
const checkShares: Check = async ({ settings }) => {
  if (!existsSync(shareProbeBinary)) {
    const remedy = "Run `npm run native` once: shares cannot be looked at without it.";
    return [{ name: "Shares", status: "warning", detail: "the program that looks at shares is not built", remedy }];
  }
  const { servers, probeSeconds, ...marks } = settings.shares;
  if (servers.length === 0) return [{ name: "Shares", status: "ok", detail: "none in the settings" }];
  const probe = new ShareProbe({ deadlineMs: probeSeconds * 1000 });
  const everyMs = marks.checkSeconds * 1000;
  const monitor = new ShareMonitor({ shares: servers, probe, clock: systemClock, logger: silent, marks, everyMs });
  return (await monitor.checkAll()).map(shareFinding);
};

/** Converts a share's health to a check result. */
export function shareFinding({ label, path, status, message, usedPercent }: ShareHealth): CheckResult {
  const used = usedPercent === undefined ? "" : `, ${usedPercent} % used`;
  const finding = { name: `Share ${label}`, detail: `${path}${used}` };
  return status === "healthy"
    ? { ...finding, status: "ok" }
    : { ...finding, status: status === "degraded" ? "warning" : "error", remedy: message };
}

const checks: readonly (readonly [name: string, check: Check])[] = [
  ["Node.js", checkNode],
  ["Data folder", checkDataFolder],
  ["Settings", checkSettings],
  ["Catalog", checkCatalog],
  ["ffmpeg", checkMediaTools],
  ["Speech engine", checkSpeechEngine],
  ["Speech speed", checkSpeed],
  ["Second engine", checkSecondEngine],
  ["Models", checkModels],
  ["Shares", checkShares],
];

/** Runs all checks; one that fails reports it and does not stop the others. */
async function runCheck(request: DoctorRequest): Promise<readonly CheckResult[]> {
  const findings: CheckResult[] = [];
  for (const [name, check] of checks) {
    try {
      findings.push(...(await check(request)));
    } catch (thrown) {
      const error = toArchivistError(thrown);
      findings.push({ name, status: "error", detail: error.message, remedy: error.remedy });
    }
  }
  return findings;
}

/** Runs all checks on a station and its machine; invalid settings are reported like any other problem. */
export async function runChecks(dataFolder: string | undefined): Promise<readonly CheckResult[]> {
  try {
    return await runCheck(readStationConfig({ dataFolder }));
  } catch (thrown) {
    const settingsProblem = toArchivistError(thrown);
    const folder = describeDataFolder(chooseDataFolder(dataFolder, process.env));
    return runCheck({ ...toStationConfig(folder, settingsSchema.parse({})), settingsProblem });
  }
}
