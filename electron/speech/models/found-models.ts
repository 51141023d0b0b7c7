/** Finds model files on this machine. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { nearest } from "../../captions/text/edit-distance.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { outsideArchive } from "../../platform/shipped-files.ts";
import { inspectModel, type ModelFacts } from "./model-file.ts";
import { modelFileName, officialModel, officialModels, publishedBytes } from "./official-models.ts";

/** The model that ships with Archivist, for the demo and the tests only. */
export const demoModelName = "archivist-demo-en";

/** Folder of the models that ship with the program. */
export const shippedModelsFolder = outsideArchive(join(import.meta.dirname, "../../../resources/models"));

/** A model file that is on this machine. */
export interface FoundModel extends ModelFacts {
  readonly name: string;
  readonly path: string;
}

/** Folders that may hold models, the user's own first. */
function folders(modelsFolder: string): readonly string[] {
  return [modelsFolder, shippedModelsFolder];
}

/** Returns the model's name for a file called `ggml-NAME.bin`; undefined for other names. */
export function toModelName(file: string): string | undefined {
  return /^(?:ggml-)?(.+)\.bin$/.exec(file)?.[1];
}

/** Lists all model files in the models folder and among those that ship with the program, without broken ones. */
export function listFoundModels(modelsFolder: string): readonly FoundModel[] {
  const found = new Map<string, FoundModel>();
  for (const folder of folders(modelsFolder)) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).sort()) {
      const name = toModelName(file);
      if (name === undefined || found.has(name)) continue;
      const path = join(folder, file);
      try {
        found.set(name, { name, path, ...inspectModel(path) });
      } catch {
        // Not a model, or not readable: requesting it by name gives the reason.
      }
    }
  }
  return [...found.values()];
}

/**
 * Finds a model by name, or by the absolute path of a file.
 * @throws ArchivistError `model.missing` with how to get it; `model.invalid`.
 */
export function findModel(nameOrPath: string, modelsFolder: string): FoundModel {
  const model = locate(nameOrPath, modelsFolder);
  if (model.kind === "speech") return model;
  throw new ArchivistError("model.invalid", {
    subject: nameOrPath,
    cause: "this network tells speech from silence and knows no words",
    remedy: "Choose a speech model: `archivist models list` names them.",
  });
}

function locate(nameOrPath: string, modelsFolder: string): FoundModel {
  if (isAbsolute(nameOrPath)) {
    // Looked at before it is opened: opening a pipe waits for whoever writes to it.
    if (statSync(nameOrPath, { throwIfNoEntry: false })?.isFile() !== true) {
      throw new ArchivistError("model.missing", { subject: nameOrPath, cause: "there is no such model file" });
    }
    const name = toModelName(nameOrPath.split(/[\\/]/).at(-1) ?? "") ?? nameOrPath;
    return { name, path: nameOrPath, ...inspectModel(nameOrPath) };
  }
  for (const folder of folders(modelsFolder)) {
    for (const file of [modelFileName(nameOrPath), `${nameOrPath}.bin`, nameOrPath]) {
      const path = join(folder, file);
      if (existsSync(path) && statSync(path).isFile()) return { name: nameOrPath, path, ...inspectModel(path) };
    }
  }
  throw missingModel(nameOrPath);
}

/** The newest voice-detection network on this machine. */
export function findVoiceDetector(modelsFolder: string): FoundModel | undefined {
  return listFoundModels(modelsFolder)
    .filter(({ kind }) => kind === "voice-detection")
    .toSorted((a, b) => b.name.localeCompare(a.name, "en", { numeric: true }))[0];
}

function missingModel(name: string): ArchivistError {
  const official = officialModel(name);
  if (official !== undefined) {
    return new ArchivistError("model.missing", {
      subject: name,
      remedy: `Run \`archivist models pull ${name}\` (${formatBytes(publishedBytes(official))}).`,
    });
  }
  const meant = nearest(name, [...officialModels.map((model) => model.name), demoModelName]);
  return new ArchivistError("model.missing", {
    subject: name,
    cause: `there is no model of this name${meant ? `; did you mean ${meant}?` : ""}`,
    remedy: "Run `archivist models list` to see the names, or give the path of a model file.",
  });
}
