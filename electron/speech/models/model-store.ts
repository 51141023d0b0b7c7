/** Downloads, verifies and removes the models of this machine. A model file is either complete or absent. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { nearest } from "../../captions/text/edit-distance.ts";
import { lockInstance } from "../../catalog/instance-lock.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { syncFolder } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { discardPart, download } from "./download.ts";
import { demoModelName, type FoundModel, listFoundModels, shippedModelsFolder } from "./found-models.ts";
import { checkModel } from "./model-file.ts";
import {
  modelAddress,
  modelFileName,
  type OfficialModel,
  officialModel,
  officialModels,
  publishedBytes,
} from "./official-models.ts";

export interface StorePlace {
  /** Folder of the models; created when it is needed. */
  readonly folder: string;
  /** Web address of a folder with all models; null: whisper.cpp's own addresses. */
  readonly mirror: string | null;
  readonly proxy: string | null;
}

export interface PullOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (receivedBytes: number, totalBytes: number) => void;
  /** Called when everything has been received and the checksum is computed. */
  readonly onVerify?: () => void;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly stallMs?: number;
}

/** Sizes are published in whole MiB, some of them rounded to a tenth of a GiB. */
const sizeTolerance = 0.03;
/** Disk space that stays free for everything else. */
const spareBytes = 256 * 1024 ** 2;
const stallMs = 30_000;

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** @throws ArchivistError `model.missing` for a name that is not published */
function requireOfficial(name: string): OfficialModel {
  const model = officialModel(name);
  if (model !== undefined) return model;
  const meant = nearest(
    name,
    officialModels.map((other) => other.name),
  );
  throw new ArchivistError("model.missing", {
    subject: name,
    cause: `whisper.cpp publishes no model of this name${meant ? `; did you mean ${meant}?` : ""}`,
    remedy: "Run `archivist models list` to see the names.",
  });
}

/**
 * Downloads a model, or resumes an interrupted download.
 * @returns its path, and whether it was already there
 * @throws ArchivistError `model.*`, `download.*`, `disk.full`, `folder.not-writable`, `interrupted`
 */
export async function pullModel(
  name: string,
  place: StorePlace,
  options: PullOptions = {},
): Promise<{ readonly path: string; readonly wasThere: boolean }> {
  const model = requireOfficial(name);
  const path = join(place.folder, modelFileName(name));
  await makeFolder(place.folder);
  return withLock(place.folder, ".archivist-lock", async () => {
    if (existsSync(path) && (await hasChecksum(path, model.checksum))) return { path, wasThere: true };
    const partFile = `${path}.part`;
    const resumed = await fetchPart(model, partFile, place, options);
    options.onVerify?.();
    if (!(await hasChecksum(partFile, model.checksum))) {
      await discardPart(partFile);
      // The earlier part may belong to another file: downloads once more, from the beginning.
      if (resumed) await fetchPart(model, partFile, place, options);
      if (!resumed || !(await hasChecksum(partFile, model.checksum))) {
        await discardPart(partFile);
        throw new ArchivistError("model.corrupt", {
          subject: name,
          cause: "what the server sent is not the model that was published: its checksum is another",
          remedy: "Check the address (speech.modelMirror), and try again later.",
        });
      }
    }
    await rename(partFile, path);
    await syncFolder(place.folder);
    await discardPart(partFile);
    return { path, wasThere: false };
  });
}

function fetchPart(model: OfficialModel, partFile: string, place: StorePlace, options: PullOptions): Promise<boolean> {
  const expectedBytes = publishedBytes(model);
  return download({
    address: modelAddress(model, place.mirror),
    partFile,
    expectedBytes,
    toleranceBytes: Math.max(1024 ** 2, expectedBytes * sizeTolerance),
    proxy: place.proxy,
    signal: options.signal,
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    checkSpace: (bytes) => requireSpace(place.folder, bytes),
    sleep: options.sleep ?? sleep,
    stallMs: options.stallMs ?? stallMs,
  });
}

/** @throws ArchivistError `folder.not-writable` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
}

/**
 * Works while no other process does the same in a models folder; the operating system releases the lock when it dies.
 * @param name of the lock's file
 * @throws ArchivistError `model.in-use`
 */
export async function withLock<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  let lock: ReturnType<typeof lockInstance>;
  try {
    lock = lockInstance(join(folder, name), "archivist models");
  } catch (thrown) {
    if (toArchivistError(thrown).code === "folder.in-use") throw new ArchivistError("model.in-use");
    throw thrown;
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** @throws ArchivistError `disk.full` */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + spareBytes) return;
  throw new ArchivistError("disk.full", {
    subject: folder,
    cause: `the model needs ${formatBytes(bytes + spareBytes)} more, and the disk has ${formatBytes(free)} left`,
    remedy: "Free some space, or choose another folder (speech.modelsFolder). What has been downloaded is kept.",
  });
}

type Algorithm = OfficialModel["checksum"]["algorithm"];

/** Computes several digests in one pass: the file may have gigabytes. */
export async function computeDigests<T extends Algorithm>(
  path: string,
  ...algorithms: readonly T[]
): Promise<Record<T, string>> {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1024 ** 2 })) {
      for (const [, hash] of hashes) hash.update(bytes as Buffer);
    }
  } catch (thrown) {
    throw fileError(thrown, path, "read");
  }
  return Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest("hex")])) as Record<T, string>;
}

async function hasChecksum(path: string, { algorithm, hex }: OfficialModel["checksum"]): Promise<boolean> {
  return (await computeDigests(path, algorithm))[algorithm] === hex;
}

/** The result of verifying one model file. */
export interface Verdict {
  readonly name: string;
  readonly path: string;
  /** published: its checksum is whisper.cpp's · whole: not published, but complete · broken: neither. */
  readonly state: "published" | "whole" | "broken";
  readonly error?: ArchivistError;
}

/**
 * Reads models from end to end.
 * @param name the model to verify, even when it can be seen at once that it is not a model; undefined: all
 * @throws ArchivistError `model.missing`
 */
export async function verifyModels(folder: string, name: string | undefined): Promise<readonly Verdict[]> {
  const files = name === undefined ? listFoundModels(folder) : [findFile(folder, name)];
  const verdicts: Verdict[] = [];
  for (const file of files) verdicts.push(await verify(file));
  return verdicts;
}

function findFile(folder: string, name: string): Pick<FoundModel, "name" | "path"> {
  const found = listFoundModels(folder).find((model) => model.name === name);
  if (found !== undefined) return found;
  const path = join(folder, modelFileName(name));
  if (!existsSync(path)) throw new ArchivistError("model.missing", { subject: name });
  return { name, path };
}

async function verify({ name, path }: Pick<FoundModel, "name" | "path">): Promise<Verdict> {
  try {
    checkModel(path);
    const official = officialModel(name);
    if (official === undefined) return { name, path, state: "whole" };
    if (await hasChecksum(path, official.checksum)) return { name, path, state: "published" };
    return { name, path, state: "broken", error: new ArchivistError("model.corrupt", { subject: name }) };
  } catch (thrown) {
    return { name, path, state: "broken", error: toArchivistError(thrown) };
  }
}

/** Removes a model and its partial download. @throws ArchivistError `model.missing`, `folder.not-writable` */
export async function removeModel(name: string, folder: string): Promise<string> {
  if (!/^[\w.-]+$/.test(name)) throw new ArchivistError("model.missing", { subject: name });
  const path = join(folder, modelFileName(name));
  const found = [path, join(folder, `${name}.bin`)].find((file) => existsSync(file)) ?? path;
  const hasPart = existsSync(`${path}.part`);
  if (!existsSync(found) && !hasPart) {
    const ships = name === demoModelName && existsSync(join(shippedModelsFolder, `${name}.bin`));
    throw new ArchivistError("model.missing", {
      subject: name,
      cause: ships ? "it comes with Archivist and stays" : "there is no such model in the models folder",
      remedy: "Run `archivist models list` to see which models are where.",
    });
  }
  try {
    await rm(found, { force: true });
    await discardPart(`${path}.part`);
  } catch (thrown) {
    throw fileError(thrown, found, "write");
  }
  return found;
}
