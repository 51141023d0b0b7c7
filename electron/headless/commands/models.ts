/** `archivist models list` */

import { lookAtStation } from "../../lib/station-place.ts";
import { demoModelName, listFoundModels } from "../../speech/models.ts";
import { modelAddress, officialModels } from "../../speech/official-models.ts";
import { printJson, printResult } from "../print.ts";
import { userPath } from "../user-paths.ts";

export interface ModelsListOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

interface ModelLine {
  readonly name: string;
  readonly size_mib: number;
  readonly languages: string;
  readonly path: string | null;
  readonly is_default: boolean;
}

function modelLines(modelsFolder: string, chosen: string): readonly ModelLine[] {
  const found = new Map(listFoundModels(modelsFolder).map((model) => [model.name, model]));
  const official = officialModels.map(({ name, sizeMiB, languages }) => {
    return { name, size_mib: sizeMiB, languages, path: found.get(name)?.path ?? null, is_default: name === chosen };
  });
  const others = [...found.values()].filter(({ name }) => !officialModels.some((model) => model.name === name));
  return [
    ...official,
    ...others.map(({ name, path, sizeBytes, multilingual }) => ({
      name,
      size_mib: Math.round(sizeBytes / 1024 ** 2),
      languages: name === demoModelName ? "English, for the demo only" : multilingual ? "99 languages" : "English",
      path,
      is_default: name === chosen,
    })),
  ];
}

/** Runs the command; gives the exit code. */
export function modelsListCommand(options: ModelsListOptions): number {
  const dataFolder = options.dataDir === undefined ? undefined : userPath(options.dataDir);
  const { settings, modelsFolder } = lookAtStation({ dataFolder });
  const chosen = settings.speech.model;
  const lines = modelLines(modelsFolder, chosen);
  if (options.json) {
    printJson({ models_folder: modelsFolder, models: lines });
    return 0;
  }
  printResult(`${"model".padEnd(22)} ${"MiB".padStart(5)}  ${"languages".padEnd(26)} on this machine`);
  for (const { name, size_mib, languages, path, is_default } of lines) {
    const mark = is_default ? " (default)" : "";
    printResult(`${(name + mark).padEnd(22)} ${String(size_mib).padStart(5)}  ${languages.padEnd(26)} ${path ?? "no"}`);
  }
  printResult("");
  printResult(`To add a model, download it and put it into ${modelsFolder}`);
  printResult(`For example: ${modelAddress("base.en")}`);
  return 0;
}
