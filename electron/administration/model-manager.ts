/** The models of a station: which there are, which to choose, their downloads and imports. */
import type { Logger } from "../config/logger.ts";
import type { Machine } from "../config/machine.ts";
import type { SettingCredentials } from "../config/setting-credentials.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { createMinuteEstimates } from "../monitoring/speech-speed.ts";
import { bestModel, fitsMemory, toModelRequest } from "../speech/models/choose-model.ts";
import { demoModelName, type FoundModel, listFoundModels } from "../speech/models/found-models.ts";
import { spokenLanguages } from "../speech/models/model-languages.ts";
import { type StorePlace, verifyModels } from "../speech/models/model-store.ts";
import {
  expectedMemoryBytes,
  type OfficialModel,
  officialModel,
  officialModels,
  publishedBytes,
} from "../speech/models/official-models.ts";
import { findFasterTwin, proposeModels, type Tier } from "../speech/models/propose-models.ts";
import type { MeasurementRecord } from "../speech/self-test/measurement-file.ts";
import { type ModelDownload, ModelDownloads } from "./model-downloads.ts";
import { type ModelImport, ModelImports } from "./model-imports.ts";

export interface ModelOverview {
  readonly name: string;
  readonly origin: "published" | "own" | "demo";
  /** 0: not known before its import is over. */
  readonly bytes: number;
  readonly languages: string;
  readonly license: string | undefined;
  readonly memoryBytes: number;
  readonly fits: boolean;
  /** Minutes for an hour of a meeting; undefined: not measured, or not a published model. */
  readonly minutesPerHour: number | undefined;
  readonly isInstalled: boolean;
  readonly isVerified: boolean;
  readonly isInUse: boolean;
  /** A model of the same accuracy that is faster here. */
  readonly fasterModel: string | undefined;
  readonly download: ModelDownload | undefined;
  readonly importing: ModelImport | undefined;
}

export interface ModelList {
  readonly models: readonly ModelOverview[];
  readonly cards: readonly { readonly tier: Tier; readonly model: string; readonly isRecommended: boolean }[];
}

export interface ModelManagerDeps {
  readonly modelsFolder: string;
  readonly settings: Settings;
  readonly machine: Machine;
  readonly logger: Logger;
  readonly credentials: SettingCredentials;
}

const published: readonly OfficialModel[] = officialModels.filter(({ kind }) => kind === "speech");

/** Where models are downloaded from, and to. */
export function getStorePlace({
  modelsFolder,
  settings,
  credentials,
}: Pick<ModelManagerDeps, "modelsFolder" | "settings" | "credentials">): StorePlace {
  const complete = (key: string, address: string | null): string | null =>
    address === null ? null : credentials.complete(key, address);
  return {
    folder: modelsFolder,
    mirror: complete("speech.modelMirror", settings.speech.modelMirror),
    proxy: complete("network.proxy", settings.network.proxy),
  };
}

export class ModelManager {
  readonly downloads: ModelDownloads;
  readonly imports: ModelImports;
  readonly #deps: ModelManagerDeps;

  constructor(deps: ModelManagerDeps) {
    this.#deps = deps;
    this.downloads = new ModelDownloads(getStorePlace(deps), deps.logger);
    this.imports = new ModelImports(deps);
  }

  /**
   * Lists the speech models: those that somebody has put or is putting here, then the published ones.
   * @param record what the self-test has measured; undefined: nothing
   */
  list(record: MeasurementRecord | undefined): ModelList {
    const { settings, machine, modelsFolder } = this.#deps;
    const { model: setting } = settings.speech;
    const request = toModelRequest(settings.speech);
    const found = listFoundModels(modelsFolder).filter(({ kind }) => kind === "speech");
    const used = setting === "auto" ? bestModel(found, request, machine)?.name : setting;
    const minutesPerHour = createMinuteEstimates({ settings, machine }, record);
    const measured = record === undefined ? () => undefined : minutesPerHour;
    const here = new Map(found.map((model) => [model.name, model]));
    const imports = new Map(this.imports.list().map((each) => [each.name, each]));
    const own = [...here.keys(), ...imports.keys()].filter((name) => officialModel(name) === undefined);
    const names = [...new Set(own), ...published.map(({ name }) => name)];
    return {
      models: names.map((name) => this.#describe(name, { found: here.get(name), used, measured, imports })),
      cards: proposeModels(published, { ...request, machine, minutesPerHour }).map(({ model, ...card }) => ({
        ...card,
        model: model.name,
      })),
    };
  }

  #describe(name: string, { found, used, measured, imports }: Surroundings): ModelOverview {
    const official = officialModel(name);
    const memoryBytes = found?.memoryBytes ?? (official === undefined ? 0 : expectedMemoryBytes(official));
    return {
      name,
      origin: official !== undefined ? "published" : name === demoModelName ? "demo" : "own",
      bytes: found?.sizeBytes ?? (official === undefined ? 0 : publishedBytes(official)),
      languages: found === undefined ? (official?.languages ?? "") : spokenLanguages(found),
      license: official?.license,
      memoryBytes,
      fits: fitsMemory({ memoryBytes }, this.#deps.machine),
      minutesPerHour: official === undefined ? undefined : measured(name),
      isInstalled: found !== undefined,
      isVerified: found !== undefined && this.downloads.isVerified(name),
      isInUse: found !== undefined && (name === used || found.path === used),
      fasterModel: official === undefined ? undefined : findFasterTwin(name, published, measured),
      download: official === undefined ? undefined : this.downloads.find(official),
      importing: imports.get(name),
    };
  }

  /**
   * Reads a model from end to end.
   * @returns published: its checksum is the published one · whole: complete, but not published
   * @throws ArchivistError `model.*`, `file.*` when something is wrong with it
   */
  async verify(name: string): Promise<"published" | "whole"> {
    const [verdict] = await verifyModels(this.#deps.modelsFolder, name);
    if (verdict === undefined) throw new ArchivistError("model.missing", { subject: name });
    if (verdict.state === "broken") throw verdict.error ?? new ArchivistError("model.corrupt", { subject: name });
    if (verdict.state === "published") this.downloads.noteVerified(name);
    return verdict.state;
  }

  /**
   * Removes a model, what has been received of it, and what was said about it.
   * @throws ArchivistError `model.missing`, `folder.not-writable`
   */
  async remove(name: string): Promise<void> {
    await this.downloads.remove(name);
    this.imports.dismiss(name);
  }

  close(): void {
    this.downloads.close();
    this.imports.close();
  }
}

/** What is known of the models besides their names. */
interface Surroundings {
  readonly found: FoundModel | undefined;
  readonly used: string | undefined;
  readonly measured: (modelName: string) => number | undefined;
  readonly imports: ReadonlyMap<string, ModelImport>;
}
