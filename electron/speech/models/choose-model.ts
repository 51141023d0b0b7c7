/** Chooses the model: the requested one, else the best installed one that fits. */

import type { Machine } from "../../config/machine.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import { formatMemory } from "../../contract/sizes.ts";
import { parakeetRefused, runsParakeet } from "../choose-engine.ts";
import { demoModelName, type FoundModel, findModel, listFoundModels } from "./found-models.ts";
import { languageObstacle, type SpokenRequest, suitsLanguage } from "./model-languages.ts";
import { toFamily, withoutPrecision } from "./model-name.ts";

export interface ModelRequest extends SpokenRequest {
  /** A name, an absolute path, or `auto`. */
  readonly model: string;
  /** The engine that the settings ask for; undefined: the best one. */
  readonly engine?: Settings["speech"]["engine"] | undefined;
}

/** The language to choose a model for: one that knows several where others are looked for as well. */
export const getModelLanguage = (language: string, others: readonly string[]): string =>
  language === "en" && others.some((other) => other !== "en") ? "auto" : language;

/** What the settings ask of a model. */
export const toModelRequest = ({
  language,
  otherLanguages,
  translate,
  engine,
}: Pick<Settings["speech"], "language" | "otherLanguages" | "translate" | "engine">): Omit<ModelRequest, "model"> => ({
  language: getModelLanguage(language, otherLanguages),
  translate,
  engine,
});

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
  const free = Math.max(0, machine.memoryBytes - reservedBytes);
  throw new ArchivistError("model.too-large", {
    subject: model.name,
    cause:
      `this model needs ${formatMemory(model.memoryBytes)} of memory, and of this machine's ` +
      `${formatMemory(machine.memoryBytes)} it can have ${formatMemory(free)}`,
  });
}

/**
 * Families from least to most accurate (word error rates of OpenAI's model card). Turbo is nearly as accurate as
 * large-v3 and several times as fast, which matters more for meetings of hours. Parakeet, which is better and faster still
 * in its languages (6 % against 7.4 % of large-v3 on the Open ASR leaderboard), stands above them all.
 */
const families = ["tiny", "base", "small", "medium", "large-v1", "large-v2", "large-v3", "large-v3-turbo"];

/** Ranks a model: by its family first, then English-only (where only English is requested), then its precision. */
function rank({ name, family: kind, multilingual }: FoundModel): number {
  const quantised = /-(q\d+)_[\dk]$/.exec(name)?.[1];
  const family = kind === "parakeet" ? families.length : families.indexOf(toFamily(name));
  const precision = quantised === undefined ? 2 : quantised === "q8" ? 1 : 0;
  // An unpublished model is the user's own choice: it ranks above tiny and below models that are known to be good.
  const position = family < 0 ? 0.5 : family;
  return (
    position * 10 +
    (withoutPrecision(name).endsWith(".en") || (kind === "parakeet" && !multilingual) ? 4 : 0) +
    precision
  );
}

/** Finds the best installed model for a language that fits the machine; undefined when there is none. */
export function bestModel(
  models: readonly FoundModel[],
  request: Omit<ModelRequest, "model">,
  machine: Machine,
): FoundModel | undefined {
  return models
    .filter(({ kind, name }) => kind === "speech" && name !== demoModelName)
    .filter((model) => model.family === "whisper" || runsParakeet(request.engine))
    .filter((model) => suitsLanguage(model, request))
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
  const obstacle = languageObstacle(model, request);
  if (obstacle !== undefined) throw new ArchivistError("model.language", obstacle);
  if (model.family === "parakeet" && !runsParakeet(request.engine)) throw parakeetRefused(model.name);
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
    remedy: `Get one under Settings, Models, or with \`archivist models pull ${suggested}\`.`,
  });
}

/** Position of a published model's family, from least to most accurate; undefined for other models. */
export function rankFamily(modelName: string): number | undefined {
  if (modelName.startsWith("parakeet-")) return families.length;
  const position = families.indexOf(toFamily(modelName));
  return position < 0 ? undefined : position;
}
