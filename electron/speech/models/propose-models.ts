/** Chooses the three models that are offered first: fast, balanced and best, on this machine and for its language. */
import type { Machine } from "../../config/machine.ts";
import { runsParakeet } from "../choose-engine.ts";
import { fitsMemory, type ModelRequest, rankFamily } from "./choose-model.ts";
import { toPrecision } from "./model-compute.ts";
import { suitsLanguage } from "./model-languages.ts";
import { toFamily } from "./model-name.ts";
import { expectedMemoryBytes, type OfficialModel } from "./official-models.ts";

export const tiers = ["fast", "balanced", "best"] as const;
export type Tier = (typeof tiers)[number];

export interface ModelProposal {
  readonly tier: Tier;
  readonly model: OfficialModel;
  /** True for one of them: the most accurate that has a long meeting done within the morning. */
  readonly isRecommended: boolean;
}

export interface ProposalRequest extends Omit<ModelRequest, "model"> {
  readonly machine: Machine;
  /** Minutes that a model takes for an hour of a meeting, as measured or assumed; undefined: not known. */
  readonly minutesPerHour: (modelName: string) => number | undefined;
}

/**
 * Most minutes for an hour of a meeting. Best keeps up with the meetings; Balanced has a long one done within the
 * morning, Fast within a break.
 */
const maxMinutes: Readonly<Record<Tier, number>> = { fast: 6, balanced: 20, best: 60 };

/** Turbo was not trained to translate (model card of openai/whisper-large-v3-turbo). */
const cannotTranslate = ["large-v3-turbo"];

/**
 * Chooses up to three models, one for each tier, each of another family, from the fastest to the most accurate.
 * Where fewer families fit the memory, the upper tiers are left out.
 */
export function proposeModels(models: readonly OfficialModel[], request: ProposalRequest): readonly ModelProposal[] {
  const { minutesPerHour } = request;
  const candidates = listCandidates(models, request);
  const isWithin = (tier: Tier) => (model: OfficialModel) => (minutesPerHour(model.name) ?? 0) <= maxMinutes[tier];
  // From the most accurate down: each tier takes the first that is fast enough, and leaves the others what is below.
  const best = candidates.find(isWithin("best")) ?? candidates.at(-1);
  // A slow machine has three to choose from as well, be the upper ones slower than the meeting.
  const from = Math.max(
    0,
    Math.min(best === undefined ? 0 : candidates.indexOf(best), candidates.length - tiers.length),
  );
  const chosen = candidates.slice(from, from + 1);
  const below = candidates.slice(from + 1);
  for (const tier of ["balanced", "fast"] as const) {
    // Balanced leaves one to Fast, where there is one to leave.
    const limit = tier === "balanced" ? Math.max(1, below.length - 1) : below.length;
    const index = below.findIndex(isWithin(tier));
    const at = index < 0 || index >= limit ? limit - 1 : index;
    const model = below[at];
    if (model === undefined) break;
    chosen.push(model);
    below.splice(0, at + 1);
  }
  const recommended = chosen.find(isWithin("balanced")) ?? chosen.at(-1);
  return chosen.toReversed().flatMap((model, index) => {
    const tier = tiers[index];
    return tier === undefined ? [] : [{ tier, model, isRecommended: model === recommended }];
  });
}

/** One model of each family that may be proposed, from the most accurate to the least. */
function listCandidates(models: readonly OfficialModel[], request: ProposalRequest): readonly OfficialModel[] {
  const { language, translate, engine, machine } = request;
  const isEnglish = language === "en" && !translate;
  const usable = models
    .filter(({ kind, name }) => kind === "speech" && rankFamily(name) !== undefined)
    .filter(({ name }) => !(translate && cannotTranslate.includes(toFamily(name))))
    .filter((model) => suitsLanguage(model, request))
    .filter(({ family }) => family === "whisper" || runsParakeet(engine))
    .filter((model) => fitsMemory({ memoryBytes: expectedMemoryBytes(model) }, machine));
  const families = Map.groupBy(usable, ({ name }) => toFamily(name));
  const chosen = [...families.values()]
    .flatMap((family) => {
      // English-only models are the better ones of their size for English (model card of openai/whisper).
      const english = family.filter(isEnglishOnly);
      return choosePrecision(isEnglish && english.length > 0 ? english : family, request) ?? [];
    })
    .toSorted((a, b) => (rankFamily(b.name) ?? 0) - (rankFamily(a.name) ?? 0));
  // A model has no use where a more accurate one takes no longer: turbo leaves no place to large-v3.
  const minutes = ({ name }: OfficialModel): number => request.minutesPerHour(name) ?? 0;
  return chosen.filter((model, index) => !chosen.slice(0, index).some((better) => minutes(better) <= minutes(model)));
}

const isEnglishOnly = ({ multilingual }: OfficialModel): boolean => !multilingual;

/**
 * The precision to propose: eight bits lose no words (electron/speech/README.md, "Self-test"), so the faster of the
 * two counts; five bits do, so they only stand in where nothing else fits.
 */
function choosePrecision(
  models: readonly OfficialModel[],
  { minutesPerHour }: Pick<ProposalRequest, "minutesPerHour">,
): OfficialModel | undefined {
  const minutes = ({ name }: OfficialModel): number => minutesPerHour(name) ?? 0;
  const equal = models.filter(({ name }) => toPrecision(name) !== "q5_1");
  const smallFirst = equal.toSorted((a, b) => a.sizeMiB - b.sizeMiB);
  return smallFirst.toSorted((a, b) => minutes(a) - minutes(b))[0] ?? models[0];
}

/** The eight-bit twin of a model that has the same words in less time; undefined where there is none. */
export function findFasterTwin(
  modelName: string,
  models: readonly OfficialModel[],
  minutesPerHour: ProposalRequest["minutesPerHour"],
): string | undefined {
  if (toPrecision(modelName) !== "f16") return undefined;
  const twin = models.find(({ name }) => name === `${modelName}-q8_0`)?.name;
  const [own, other] = [minutesPerHour(modelName), twin === undefined ? undefined : minutesPerHour(twin)];
  return own !== undefined && other !== undefined && other < own * worthwhile ? twin : undefined;
}

/** A gain below a tenth is not worth a download. */
const worthwhile = 0.9;
