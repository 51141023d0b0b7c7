/** Imports models into the models folder: copies those of whisper.cpp, and converts those of other programs. */
import { existsSync } from "node:fs";
import { copyFile, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ArchivistError } from "../../contract/errors.ts";
import type { Quantization } from "../../contract/model-quantization.ts";
import { syncFolder } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { canceled } from "../conversion/refusals.ts";
import { runConversion } from "../conversion/run-conversion.ts";
import { type FoundModel, toModelName } from "./found-models.ts";
import { checkModel, inspectModel } from "./model-file.ts";
import { computeDigests, makeFolder, requireSpace, withLock } from "./model-store.ts";
import { modelFileName, type OfficialModel, officialModel, officialModels } from "./official-models.ts";
import type { RecognitionCheck } from "./recognition-check.ts";

export interface ImportRequest {
  /** A file, or a folder of Hugging Face or CTranslate2. */
  readonly path: string;
  /** The models folder; created when it is needed. */
  readonly folder: string;
  /** Undefined: a published model's name by its checksum, else a name from the path. */
  readonly name?: string | undefined;
  readonly quantization?: Quantization | undefined;
}

export interface ImportOptions {
  readonly signal?: AbortSignal | undefined;
  /** Share of the conversion, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Tries a speech model before it is there for everyone; undefined: it is not tried. */
  readonly check?: ((path: string, signal: AbortSignal | undefined) => Promise<RecognitionCheck>) | undefined;
}

export interface ImportedModel extends FoundModel {
  /** True when it was converted from another format, or quantized. */
  readonly isConverted: boolean;
  /** Undefined: it was not tried, because it is a published model or was there already. */
  readonly check: RecognitionCheck | undefined;
}

/** Imports have a lock of their own, so that downloads go on meanwhile. */
const lockName = ".archivist-lock-import";
/** Under the lock, one model at a time is imported: what a crash leaves is replaced by the next one. */
const partName = "imported-model.import-part";

/**
 * Imports a model. A model is there whole and tried, or not at all.
 * @throws ArchivistError `model.invalid`, `model.truncated`, `model.exists`, `model.too-large`, `usage.invalid`, `file.*`,
 * `disk.*`, `folder.not-writable`, `interrupted`
 */
export async function importModel(request: ImportRequest, options: ImportOptions = {}): Promise<ImportedModel> {
  const { path, folder, name, quantization } = request;
  if (name !== undefined) requireSafeName(name);
  await makeFolder(folder);
  return withLock(folder, lockName, async () => {
    const part = join(folder, partName);
    try {
      const converted = await runConversion(
        { path, output: part, quantization },
        { signal: options.signal, onProgress: options.onProgress, checkSpace: (bytes) => requireSpace(folder, bytes) },
      );
      if (converted.kind === "ggml") return await importFile(converted.file, part, request, options);
      const { sha256 } = await computeDigests(part, "sha256");
      const chosen = name ?? getConvertedName(path, quantization);
      requireGoodName(chosen, undefined);
      return { ...(await install(part, sha256, chosen, request, options)), isConverted: true };
    } finally {
      await rm(part, { force: true });
    }
  });
}

/** Copies a model of whisper.cpp. */
async function importFile(
  file: string,
  part: string,
  request: ImportRequest,
  options: ImportOptions,
): Promise<ImportedModel> {
  const { folder, name } = request;
  const { sizeBytes } = checkModel(file);
  const digests = await computeDigests(file, "sha1", "sha256");
  const published = officialModels.find(({ checksum }) => checksum.hex === digests[checksum.algorithm]);
  const chosen = name ?? published?.name ?? toModelName(basename(file)) ?? basename(file);
  requireGoodName(chosen, published);
  const there = await findSame(join(folder, modelFileName(chosen)), chosen, digests.sha256);
  if (there !== undefined) return { ...there, isConverted: false, check: undefined };
  await requireSpace(folder, sizeBytes);
  if (options.signal?.aborted) throw canceled();
  await copyWhole(file, part, digests.sha256);
  const { check, ...others } = options;
  const tried = published === undefined && check !== undefined ? { check } : {};
  return { ...(await install(part, digests.sha256, chosen, request, { ...others, ...tried })), isConverted: false };
}

/** A model of this name and content, if there is one. @throws ArchivistError `model.exists` for another content */
async function findSame(path: string, name: string, sha256: string): Promise<FoundModel | undefined> {
  if (!existsSync(path)) return undefined;
  if ((await computeDigests(path, "sha256")).sha256 !== sha256)
    throw new ArchivistError("model.exists", { subject: name });
  return { name, path, ...inspectModel(path) };
}

/** Checks a complete file, tries it, and gives it its name. */
async function install(
  part: string,
  sha256: string,
  name: string,
  { folder, path: source }: ImportRequest,
  { signal, check }: ImportOptions,
): Promise<Omit<ImportedModel, "isConverted">> {
  const path = join(folder, modelFileName(name));
  const there = await findSame(path, name, sha256);
  if (there !== undefined) return { ...there, check: undefined };
  const facts = checkModel(part);
  const checked = facts.kind === "speech" ? await tryModel(part, source, signal, check) : undefined;
  if (signal?.aborted) throw canceled();
  try {
    await rename(part, path);
    await syncFolder(folder);
  } catch (thrown) {
    throw fileError(thrown, path, "write");
  }
  return { name, path, ...facts, check: checked };
}

/** Errors name what the user gave, not the file that will be gone. */
async function tryModel(
  part: string,
  source: string,
  signal: AbortSignal | undefined,
  check: ImportOptions["check"],
): Promise<RecognitionCheck | undefined> {
  try {
    return await check?.(part, signal);
  } catch (thrown) {
    throw thrown instanceof ArchivistError && thrown.subject === part ? thrown.about(source) : thrown;
  }
}

/** The name that a converted model is given by its path. It never is a published one: those have known checksums. */
export function getConvertedName(path: string, quantization: Quantization | undefined): string {
  const segments = path.split(/[\\/]/).filter((segment) => segment !== "");
  const last = segments.at(-1) ?? "";
  // .../models--OWNER--NAME/snapshots/VERSION: the cache of Hugging Face's programs.
  const cached = segments
    .findLast((segment) => segment.startsWith("models--"))
    ?.split("--")
    .at(-1);
  const isInside = /^(?:config|model|pytorch_model|tokenizer|vocab|vocabulary)\b.*\.(?:json|txt|bin|safetensors)$/.test(
    last,
  );
  const own = isInside
    ? (segments.at(-2) ?? last)
    : last.replace(/\.(?:pt|bin|safetensors)$/, "").replace(/^ggml-/, "");
  const base = (cached ?? own).replace(/[^\w.-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") || "imported";
  const name = `${base.slice(0, 80)}${quantization === undefined ? "" : `-${quantization}`}`;
  return officialModel(name) === undefined ? name : `${name}-converted`;
}

/** A name becomes part of a path. @throws ArchivistError `usage.invalid` */
function requireSafeName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(name)) return;
  throw new ArchivistError("usage.invalid", {
    subject: name,
    cause: "a model's name has letters, digits, dots, dashes and underscores only",
    remedy: "Give it another name with --name.",
  });
}

/** A published name must belong to the published file. @throws ArchivistError `usage.invalid`, `model.corrupt` */
function requireGoodName(name: string, published: OfficialModel | undefined): void {
  requireSafeName(name);
  const official = officialModel(name);
  if (official !== undefined && official.name !== published?.name) {
    throw new ArchivistError("model.corrupt", {
      subject: name,
      remedy: "Give it another name with --name, or get the published one with `archivist models pull`.",
    });
  }
}

async function copyWhole(from: string, to: string, sha256: string): Promise<void> {
  try {
    await copyFile(from, to);
    const handle = await open(to, "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw fileError(thrown, dirname(to), "write");
  }
  // The share may have gone, or the file changed, during the copy.
  if ((await computeDigests(to, "sha256")).sha256 !== sha256)
    throw new ArchivistError("file.changed", { subject: from });
}
