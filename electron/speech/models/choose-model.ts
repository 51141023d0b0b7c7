/** Chooses the model: the requested one, else the best installed one that fits. */
import type { Machine } from "../../config/machine.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { demoModelName, type FoundModel, findModel, listFoundModels } from "./found-models.ts";

export interface ModelRequest {
  /** A name, an absolute path, or `auto`. */
  readonly model: string;
  /** Language code, or `auto`. */
  readonly language: string;
  readonly translate: boolean;
}

/** Memory that the operating system, Archivist and ffmpeg need for themselves. */
const reservedBytes = 1024 ** 3;

/** True when the machine has enough memory for a model. */
export function fitsMemory({ memoryBytes }: Pick<FoundModel, "memoryBytes">, machine: Machine): boolean {
  return memoryBytes + reservedBytes <= machine.memoryBytes;
}

/**
 * Checks that a model fits the machine.
 * @throws ArchivistError `model.too-large`, with the figures
 */
export function requireMemory(model: FoundModel, machine: Machine): void {
  if (fitsMemory(model, machine)) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
  const free = Math.max(0, machine.memoryBytes - reservedBytes);
  throw new ArchivistError("model.too-large", {
    subject: model.name,
    cause:
      `this model needs ${gigabytes(model.memoryBytes)} of memory, and of this machine's ` +
      `${gigabytes(machine.memoryBytes)} it can have ${gigabytes(free)}`,
  });
}

/**
 * Families from least to most accurate (word error rates of OpenAI's model card). Turbo is nearly as accurate as
 * large-v3 and several times as fast, which matters more for meetings of hours.
 */
const families = ["tiny", "base", "small", "medium", "large-v1", "large-v2", "large-v3", "large-v3-turbo"];

/** Ranks a model: by its family first, then English-only (where only English is requested), then its precision. */
function rank({ name }: FoundModel): number {
  const quantised = /-(q\d+)_\d$/.exec(name)?.[1];
  const plain = name.replace(/-q\d+_\d$/, "");
  const family = families.indexOf(plain.replace(/\.en$/, ""));
  const precision = quantised === undefined ? 2 : quantised === "q8" ? 1 : 0;
  // An unpublished model is the user's own choice: it ranks above tiny and below models that are known to be good.
  const position = family < 0 ? 0.5 : family;
  return position * 10 + (plain.endsWith(".en") ? 4 : 0) + precision;
}

/** Finds the best installed model for a language that fits the machine; undefined when there is none. */
export function bestModel(
  models: readonly FoundModel[],
  request: Pick<ModelRequest, "language" | "translate">,
  machine: Machine,
): FoundModel | undefined {
  const needsMany = request.language !== "en" || request.translate;
  return models
    .filter(({ kind, name }) => kind === "speech" && name !== demoModelName)
    .filter(({ multilingual }) => multilingual || !needsMany)
    .filter((model) => fitsMemory(model, machine))
    .toSorted((a, b) => rank(b) - rank(a))[0];
}

/**
 * Chooses the model.
 * @throws ArchivistError `model.missing`, `model.invalid`, `model.language`, `model.too-large`
 */
export function chooseModel(request: ModelRequest, modelsFolder: string, machine: Machine): FoundModel {
  if (request.model === "auto") return chooseBest(request, modelsFolder, machine);
  const model = findModel(request.model, modelsFolder);
  if (!model.multilingual && request.language !== "en" && request.language !== "auto") {
    throw new ArchivistError("model.language", {
      cause: `the model ${model.name} knows English only, and the language is set to ${request.language}`,
    });
  }
  if (!model.multilingual && request.translate) {
    throw new ArchivistError("model.language", {
      cause: `the model ${model.name} knows English only, so there is nothing to translate`,
    });
  }
  requireMemory(model, machine);
  return model;
}

function chooseBest(request: ModelRequest, modelsFolder: string, machine: Machine): FoundModel {
  const models = listFoundModels(modelsFolder);
  const best = bestModel(models, request, machine);
  if (best !== undefined) return best;
  const own = models.filter(({ kind, name }) => kind === "speech" && name !== demoModelName);
  const smallest = own.toSorted((a, b) => a.memoryBytes - b.memoryBytes)[0];
  // For an installed model that does not fit, its figures are more useful than "none was found".
  if (smallest !== undefined) requireMemory(smallest, machine);
  const suggested = request.language === "en" && !request.translate ? "base.en" : "base";
  throw new ArchivistError("model.missing", {
    cause: "there is no speech model on this machine that can do this",
    remedy: `Run \`archivist models pull ${suggested}\`, or a larger one out of \`archivist models list\`.`,
  });
}
