/** Looks at everything that Archivist needs and says what is well, what is not, and what to do. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { inspectCatalog } from "../catalog/inspect.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { settingsSchema } from "../contract/settings.ts";
import { chooseDataFolder, describeDataFolder } from "../lib/data-folder.ts";
import type { Logger } from "../lib/logger.ts";
import { nearestExisting } from "../lib/nearest-existing.ts";
import { networkTypeOf } from "../lib/network-mount.ts";
import { isNodeNewEnough, neededMajor } from "../lib/node-version.mjs";
import { lookAtStation, placeWith, type StationPlace } from "../lib/station-place.ts";
import { findMediaTools } from "../media/tools.ts";
import { demoModelName, findModel } from "../speech/models.ts";
import { requireWhisperHost } from "../speech/whisper-host/binary.ts";
import { WhisperHost } from "../speech/whisper-host/whisper-host.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly status: "ok" | "warning" | "error";
  /** What was found. */
  readonly detail: string;
  /** What to do, where something is not well. */
  readonly remedy?: string;
}

interface DoctorRequest extends StationPlace {
  /** What kept the settings from being read; `settings` are the defaults then. */
  readonly settingsProblem?: ArchivistError;
}

/** Below this a long meeting may not fit: six hours take 0.7 GB while they are decoded. */
const littleSpace = 2 * 1024 ** 3;

const silent: Logger = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

type Check = (request: DoctorRequest) => Promise<readonly Finding[]> | readonly Finding[];

const checkNode: Check = () => {
  const detail = `${process.versions.node}, ${process.execPath}`;
  if (isNodeNewEnough()) return [{ name: "Node.js", status: "ok", detail }];
  return [{ name: "Node.js", status: "error", detail, remedy: `Install Node.js ${neededMajor} or newer.` }];
};

const checkFolder: Check = async ({ folder }) => {
  const { root } = folder;
  const network = networkTypeOf(root);
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
  const detail = `${root}${existsSync(root) ? "" : " (not made yet)"}, ${(free / 1024 ** 3).toFixed(1)} GB free`;
  if (free >= littleSpace) return [{ name: "Data folder", status: "ok", detail }];
  return [{ name: "Data folder", status: "warning", detail, remedy: "Free some space: long meetings need 1 GB each." }];
};

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

const checkMediaTools: Check = async ({ settings }) => {
  const { ffmpeg, ffprobe } = await findMediaTools(settings.media);
  return [ffmpeg, ffprobe].map(({ name, path, version, source, warning }) => ({
    name,
    status: warning === undefined ? "ok" : "warning",
    detail: `${version}, ${path} (${source})`,
    ...(warning === undefined ? {} : { remedy: warning }),
  }));
};

const checkEngine: Check = async () => {
  const host = new WhisperHost({ binary: requireWhisperHost(), logger: silent, stallMs: 20_000 });
  try {
    const { version, devices, cpuFeatures, physicalCores } = await host.describe();
    const detail = `whisper-host ${version}, ${physicalCores} cores, ${devices.join("; ")}; ${cpuFeatures.join(" ")}`;
    return [{ name: "Speech engine", status: "ok", detail }];
  } finally {
    await host.close();
  }
};

const checkModels: Check = ({ settings, modelsFolder }) => {
  const demo = findModel(demoModelName, modelsFolder);
  const findings: Finding[] = [{ name: "Demo model", status: "ok", detail: demo.path }];
  try {
    const model = findModel(settings.speech.model, modelsFolder);
    findings.push({ name: "Speech model", status: "ok", detail: `${model.name}, ${model.path}` });
  } catch (thrown) {
    const error = toArchivistError(thrown);
    findings.push({ name: "Speech model", status: "warning", detail: error.message, remedy: error.remedy });
  }
  return findings;
};

const checks: readonly (readonly [name: string, check: Check])[] = [
  ["Node.js", checkNode],
  ["Data folder", checkFolder],
  ["Settings", checkSettings],
  ["Catalog", checkCatalog],
  ["ffmpeg", checkMediaTools],
  ["Speech engine", checkEngine],
  ["Models", checkModels],
];

/** Runs every check; one that fails says so and does not keep the others from running. */
async function examine(request: DoctorRequest): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
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

/** What is wrong with a station, and with the machine; wrong settings are a finding like any other. */
export async function examineStation(dataFolder: string | undefined): Promise<readonly Finding[]> {
  try {
    return await examine(lookAtStation({ dataFolder }));
  } catch (thrown) {
    const settingsProblem = toArchivistError(thrown);
    const folder = describeDataFolder(chooseDataFolder(dataFolder, process.env));
    return examine({ ...placeWith(folder, settingsSchema.parse({})), settingsProblem });
  }
}
