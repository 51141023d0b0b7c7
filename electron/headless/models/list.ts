/** `archivist models list` */
import { type Machine, thisMachine } from "../../config/machine.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { formatBytes, formatMemory } from "../../contract/sizes.ts";
import { createMinuteEstimates, findStationMeasurement, formatMinutes } from "../../monitoring/speech-speed.ts";
import { bestModel, fitsMemory, toModelRequest } from "../../speech/models/choose-model.ts";
import { demoModelName, type FoundModel, listFoundModels } from "../../speech/models/found-models.ts";
import type { ModelKind } from "../../speech/models/model-file.ts";
import { spokenLanguages } from "../../speech/models/model-languages.ts";
import {
  expectedMemoryBytes,
  type OfficialModel,
  officialModel,
  officialModels,
} from "../../speech/models/official-models.ts";
import { proposeModels } from "../../speech/models/propose-models.ts";
import { printJson, printResult } from "../terminal/print.ts";
import { userDataFolder } from "../terminal/user-paths.ts";

export interface ModelsOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

interface ModelLine {
  readonly name: string;
  readonly kind: ModelKind;
  readonly size_mib: number;
  readonly languages: string;
  /** Of a published model; null for the station's own. */
  readonly license: string | null;
  /** Memory that the machine needs to use the model, in MiB. */
  readonly memory_mib: number;
  readonly fits: boolean;
  /** Minutes for an hour of a meeting on this machine; null: not measured, or not a published model. */
  readonly minutes_per_hour: number | null;
  readonly path: string | null;
  readonly is_default: boolean;
}

const mib = (bytes: number): number => Math.round(bytes / 1024 ** 2);

interface ListContext {
  readonly chosen: string | undefined;
  readonly machine: Machine;
  /** Minutes for an hour of a meeting, as measured. */
  readonly minutesPerHour: (modelName: string) => number | undefined;
}

/** What is known of a model by its name. */
function publishedFacts(name: string, { minutesPerHour }: ListContext) {
  const official = officialModel(name);
  const minutes = official?.kind === "speech" ? minutesPerHour(name) : undefined;
  return {
    minutes_per_hour: minutes === undefined ? null : Math.round(minutes * 10) / 10,
    license: official === undefined ? null : official.license,
  };
}

function formatModel(model: FoundModel, context: ListContext): ModelLine {
  const { chosen, machine } = context;
  const { name, kind, sizeBytes, memoryBytes, path } = model;
  return {
    name,
    kind,
    size_mib: mib(sizeBytes),
    languages: name === demoModelName ? "English, for the demo only" : spokenLanguages(model),
    memory_mib: mib(memoryBytes),
    fits: fitsMemory(model, machine),
    ...publishedFacts(name, context),
    path,
    is_default: name === chosen,
  };
}

/** A published model that is not installed. */
function absentLine(model: OfficialModel, context: ListContext): ModelLine {
  const { machine } = context;
  const { name, kind, sizeMiB, languages } = model;
  const memoryBytes = expectedMemoryBytes(model);
  const fits = fitsMemory({ memoryBytes }, machine);
  return {
    ...{ name, kind, size_mib: sizeMiB, languages, memory_mib: mib(memoryBytes), fits },
    ...publishedFacts(name, context),
    ...{ path: null, is_default: false },
  };
}

function modelLines(modelsFolder: string, context: ListContext): readonly ModelLine[] {
  const found = new Map(listFoundModels(modelsFolder).map((model) => [model.name, model]));
  const official = officialModels.map((model) => {
    const here = found.get(model.name);
    return here === undefined ? absentLine(model, context) : formatModel(here, context);
  });
  const others = [...found.values()].filter(({ name }) => officialModel(name) === undefined);
  return [...official, ...others.map((model) => formatModel(model, context))];
}

const tierNames = { fast: "Fast", balanced: "Balanced", best: "Best" } as const;

const formatMinutesCell = (minutes: number | null): string => {
  if (minutes === null) return "";
  return minutes < 10 ? minutes.toFixed(1) : String(Math.round(minutes));
};

/** Runs the command; returns the exit code. */
export function modelsListCommand(options: ModelsOptions): number {
  const dataFolder = userDataFolder(options);
  const { settings, folder, modelsFolder } = readStationConfig({ dataFolder });
  const machine = thisMachine();
  const { model } = settings.speech;
  const request = toModelRequest(settings.speech);
  const chosen = model === "auto" ? bestModel(listFoundModels(modelsFolder), request, machine)?.name : model;
  const record = findStationMeasurement({ settings, machine, dataFolder: folder.root });
  const minutesPerHour = createMinuteEstimates({ settings, machine }, record);
  const measured = record === undefined ? () => undefined : minutesPerHour;
  const lines = modelLines(modelsFolder, { chosen, machine, minutesPerHour: measured });
  const cards = proposeModels(officialModels, { ...request, machine, minutesPerHour });
  if (options.json) {
    const proposed = Object.fromEntries(cards.map(({ tier, model: { name } }) => [tier, name]));
    printJson({ models_folder: modelsFolder, chosen: chosen ?? null, proposed, models: lines });
    return 0;
  }
  const head = [
    "model".padEnd(26),
    "size".padStart(6),
    "memory".padStart(7),
    "min/h".padStart(6),
    " languages".padEnd(27),
    "on this machine",
  ];
  printResult(head.join(" "));
  for (const { name, size_mib, memory_mib, minutes_per_hour, fits, languages, path, is_default } of lines) {
    const mark = is_default ? " (used)" : "";
    const here = path ?? (fits ? "no" : "no, and too large for this machine");
    printResult(
      [
        (name + mark).padEnd(26),
        formatBytes(size_mib * 1024 ** 2).padStart(6),
        formatMemory(memory_mib * 1024 ** 2).padStart(7),
        formatMinutesCell(minutes_per_hour).padStart(6),
        ` ${languages}`.padEnd(27),
        here,
      ].join(" "),
    );
  }
  printResult("");
  printResult(`Models lie in ${modelsFolder}`);
  for (const { tier, model: card } of cards) {
    const minutes = measured(card.name);
    const speed = minutes === undefined ? "" : `, ${formatMinutes(minutes)} for an hour of a meeting`;
    printResult(`${`${tierNames[tier]}:`.padEnd(9)} ${card.name}${speed}`);
  }
  if (record === undefined) printResult("To measure how long each takes here: archivist models measure");
  printResult("To get one: archivist models pull NAME. To take in one of your own: archivist models import PATH");
  return 0;
}
