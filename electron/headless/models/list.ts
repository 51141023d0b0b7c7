/** `archivist models list` */
import { type Machine, thisMachine } from "../../config/machine.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { bestModel, fitsMemory } from "../../speech/models/choose-model.ts";
import { demoModelName, type FoundModel, listFoundModels } from "../../speech/models/found-models.ts";
import { type ModelKind, spokenLanguages } from "../../speech/models/model-file.ts";
import {
  expectedMemoryBytes,
  type OfficialModel,
  officialModel,
  officialModels,
} from "../../speech/models/official-models.ts";
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
  /** Memory that the machine needs to use the model, in MiB. */
  readonly memory_mib: number;
  readonly fits: boolean;
  readonly path: string | null;
  readonly is_default: boolean;
}

const mib = (bytes: number): number => Math.round(bytes / 1024 ** 2);

function formatModel(model: FoundModel, chosen: string | undefined, machine: Machine): ModelLine {
  const { name, kind, multilingual, sizeBytes, memoryBytes, path } = model;
  return {
    name,
    kind,
    size_mib: mib(sizeBytes),
    languages: name === demoModelName ? "English, for the demo only" : spokenLanguages(kind, multilingual),
    memory_mib: mib(memoryBytes),
    fits: fitsMemory(model, machine),
    path,
    is_default: name === chosen,
  };
}

/** A published model that is not installed. */
function absentLine(model: OfficialModel, machine: Machine): ModelLine {
  const { name, kind, sizeMiB, languages } = model;
  const memoryBytes = expectedMemoryBytes(model);
  const fits = fitsMemory({ memoryBytes }, machine);
  return {
    ...{ name, kind, size_mib: sizeMiB, languages, memory_mib: mib(memoryBytes), fits },
    ...{ path: null, is_default: false },
  };
}

function modelLines(modelsFolder: string, chosen: string | undefined, machine: Machine): readonly ModelLine[] {
  const found = new Map(listFoundModels(modelsFolder).map((model) => [model.name, model]));
  const official = officialModels.map((model) => {
    const here = found.get(model.name);
    return here === undefined ? absentLine(model, machine) : formatModel(here, chosen, machine);
  });
  const others = [...found.values()].filter(({ name }) => officialModel(name) === undefined);
  return [...official, ...others.map((model) => formatModel(model, chosen, machine))];
}

/** Runs the command; returns the exit code. */
export function modelsListCommand(options: ModelsOptions): number {
  const dataFolder = userDataFolder(options);
  const { settings, modelsFolder } = readStationConfig({ dataFolder });
  const machine = thisMachine();
  const { model, language, translate } = settings.speech;
  const chosen =
    model === "auto" ? bestModel(listFoundModels(modelsFolder), { language, translate }, machine)?.name : model;
  const lines = modelLines(modelsFolder, chosen, machine);
  if (options.json) {
    printJson({ models_folder: modelsFolder, chosen: chosen ?? null, models: lines });
    return 0;
  }
  const head = [
    "model".padEnd(26),
    "MiB".padStart(5),
    "memory".padStart(7),
    " languages".padEnd(27),
    "on this machine",
  ];
  printResult(head.join(" "));
  for (const { name, size_mib, memory_mib, fits, languages, path, is_default } of lines) {
    const mark = is_default ? " (used)" : "";
    const here = path ?? (fits ? "no" : "no, and too large for this machine");
    printResult(
      [
        (name + mark).padEnd(26),
        String(size_mib).padStart(5),
        String(memory_mib).padStart(7),
        ` ${languages}`.padEnd(27),
        here,
      ].join(" "),
    );
  }
  printResult("");
  printResult(`Models lie in ${modelsFolder}`);
  printResult("To get one: archivist models pull NAME. To take in a file: archivist models import FILE");
  return 0;
}
