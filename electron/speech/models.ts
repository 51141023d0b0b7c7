/** Finds model files on this machine. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { nearest } from "../captions/text/edit-distance.ts";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../lib/file-errors.ts";
import { modelAddress, modelFileName, type OfficialModel, officialModels } from "./official-models.ts";

/** The model that comes with Archivist, for the demo and the tests only. */
export const demoModelName = "archivist-demo-en";

/** Folder of what ships with the program. */
export const shippedModelsFolder = join(import.meta.dirname, "../../resources/models");

/** A model file that is on this machine. */
export interface FoundModel {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly multilingual: boolean;
}

const ggmlMagic = 0x67676d6c;
/** English-only vocabularies of Whisper end here; multilingual ones are longer. */
const englishVocabulary = 51_864;

/** Reads a model file's header. @throws ArchivistError `model.invalid`, `file.*` */
export function inspectModel(path: string): Pick<FoundModel, "sizeBytes" | "multilingual"> {
  try {
    const { size } = statSync(path);
    const header = Buffer.alloc(8);
    const descriptor = openSync(path, "r");
    try {
      readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
    if (header.readUInt32LE(0) !== ggmlMagic) throw new ArchivistError("model.invalid", { subject: path });
    return { sizeBytes: size, multilingual: header.readInt32LE(4) > englishVocabulary };
  } catch (thrown) {
    throw fileError(thrown, path, "read");
  }
}

/** A place where models may lie, the user's own first. */
function folders(modelsFolder: string): readonly string[] {
  return [modelsFolder, shippedModelsFolder];
}

function modelNameOf(file: string): string | undefined {
  return /^(?:ggml-)?(.+)\.bin$/.exec(file)?.[1];
}

/** All model files in the models folder and among what ships with the program; broken ones are left out. */
export function listFoundModels(modelsFolder: string): readonly FoundModel[] {
  const found = new Map<string, FoundModel>();
  for (const folder of folders(modelsFolder)) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).sort()) {
      const name = modelNameOf(file);
      if (name === undefined || found.has(name)) continue;
      const path = join(folder, file);
      try {
        found.set(name, { name, path, ...inspectModel(path) });
      } catch {
        // Not a model, or not readable: asking for it by name gives the reason.
      }
    }
  }
  return [...found.values()];
}

/**
 * Finds a model by name, or by the absolute path of a file.
 * @throws ArchivistError `model.missing` with where to get it and where to put it; `model.invalid`.
 */
export function findModel(nameOrPath: string, modelsFolder: string): FoundModel {
  if (isAbsolute(nameOrPath)) {
    if (!existsSync(nameOrPath)) {
      throw new ArchivistError("model.missing", { subject: nameOrPath, cause: "there is no such model file" });
    }
    const name = modelNameOf(nameOrPath.split(/[\\/]/).at(-1) ?? "") ?? nameOrPath;
    return { name, path: nameOrPath, ...inspectModel(nameOrPath) };
  }
  for (const folder of folders(modelsFolder)) {
    for (const file of [modelFileName(nameOrPath), `${nameOrPath}.bin`, nameOrPath]) {
      const path = join(folder, file);
      if (existsSync(path) && statSync(path).isFile()) return { name: nameOrPath, path, ...inspectModel(path) };
    }
  }
  throw missingModel(nameOrPath, modelsFolder);
}

function missingModel(name: string, modelsFolder: string): ArchivistError {
  const official: OfficialModel | undefined = officialModels.find((model) => model.name === name);
  if (official !== undefined) {
    return new ArchivistError("model.missing", {
      subject: name,
      remedy: `Download ${modelAddress(name)} (${official.sizeMiB} MiB) and put it into ${modelsFolder}`,
    });
  }
  const meant = nearest(name, [...officialModels.map((model) => model.name), demoModelName]);
  return new ArchivistError("model.missing", {
    subject: name,
    cause: `there is no model of this name${meant ? `; did you mean ${meant}?` : ""}`,
    remedy: "Run `archivist models list` to see the names, or give the path of a model file.",
  });
}
