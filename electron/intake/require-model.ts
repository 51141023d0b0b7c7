/** Checks that a recording can be transcribed with what is installed, before its job is put into the queue. */
import type { Settings } from "../contract/settings.ts";
import { chooseModel, getModelLanguage } from "../speech/models/choose-model.ts";
import type { FoundModel } from "../speech/models/found-models.ts";
import type { StationServices } from "../station-services.ts";

export interface WantedModel {
  /** A name, an absolute path, or `auto`. */
  readonly model: string;
  readonly language: string;
  readonly translate: boolean;
  readonly otherLanguages?: readonly string[] | undefined;
}

type ModelServices = Pick<StationServices, "modelsFolder" | "machine"> & {
  readonly settings: Pick<Settings, "speech">;
};

/**
 * The model that the job would run with now.
 * @throws ArchivistError `model.missing`, `model.invalid`, `model.language`, `model.too-large`
 */
export function requireModel(
  { settings, modelsFolder, machine }: ModelServices,
  { model, language, translate, otherLanguages = [] }: WantedModel,
): FoundModel {
  const { engine } = settings.speech;
  const request = { model, language: getModelLanguage(language, otherLanguages), translate, engine };
  return chooseModel(request, modelsFolder, machine);
}
