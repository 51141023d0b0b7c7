/** `archivist models verify | remove` */
import { readStationConfig } from "../../config/station-config.ts";
import { removeModel, verifyModels } from "../../speech/models/model-store.ts";
import { errorJson, errorLine, printJson, printResult } from "../terminal/print.ts";
import { userDataFolder } from "../terminal/user-paths.ts";
import type { ModelsOptions } from "./list.ts";

const stateWords = {
  published: "whole, and what whisper.cpp published",
  whole: "whole; nobody published a checksum for it",
  broken: "BROKEN",
} as const;

const getModelsFolder = (options: ModelsOptions): string =>
  readStationConfig({ dataFolder: userDataFolder(options) }).modelsFolder;

/** Exit code 1 when a model is broken. */
export async function modelsVerifyCommand(name: string | undefined, options: ModelsOptions): Promise<number> {
  const verdicts = await verifyModels(getModelsFolder(options), name);
  if (options.json) {
    printJson({
      models: verdicts.map(({ error, ...verdict }) => ({ ...verdict, ...(error ? { error: errorJson(error) } : {}) })),
    });
  } else {
    for (const { name: model, state, error } of verdicts) {
      printResult(`${model.padEnd(24)} ${stateWords[state]}`);
      if (error) printResult(`  ${errorLine(error)}`);
    }
    if (verdicts.length === 0) printResult("There are no models here.");
  }
  return verdicts.some(({ state }) => state === "broken") ? 1 : 0;
}

export async function modelsRemoveCommand(name: string, options: ModelsOptions): Promise<number> {
  const path = await removeModel(name, getModelsFolder(options));
  if (options.json) printJson({ removed: path });
  else printResult(`Removed ${path}`);
  return 0;
}
