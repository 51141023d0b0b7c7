/** `archivist models import PATH` */
import { silentLogger } from "../../config/silent-logger.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { Quantization } from "../../contract/model-quantization.ts";
import { type ImportedModel, importModel } from "../../speech/models/import-model.ts";
import { spokenLanguages } from "../../speech/models/model-languages.ts";
import { checkRecognition } from "../../speech/models/recognition-check.ts";
import { interruptedExitCode, interruptible } from "../terminal/interruption.ts";
import { errorLine, printJson, printNotice, printResult } from "../terminal/print.ts";
import { showShare } from "../terminal/progress.ts";
import { userDataFolder, userPath } from "../terminal/user-paths.ts";
import type { ModelsOptions } from "./list.ts";

export interface ImportOptions extends ModelsOptions {
  readonly name?: string;
  readonly quantize?: Quantization;
}

/** Runs the command; returns the exit code. */
export async function modelsImportCommand(path: string, options: ImportOptions): Promise<number> {
  const { settings, modelsFolder } = readStationConfig({ dataFolder: userDataFolder(options) });
  return interruptible(async (signal) => {
    const display = options.json ? undefined : showShare(path);
    try {
      const model = await importModel(
        { path: userPath(path), folder: modelsFolder, name: options.name, quantization: options.quantize },
        {
          signal,
          onProgress: (share) => display?.show(share, "converting"),
          check: (file) => checkRecognition(file, { logger: silentLogger, gpu: settings.speech.gpu, signal }),
        },
      );
      display?.finish();
      print(model, options.json ?? false);
      return 0;
    } catch (thrown) {
      display?.finish();
      if (!signal.aborted) throw thrown;
      printNotice(errorLine(toArchivistError(thrown)));
      return interruptedExitCode;
    }
  });
}

function print(model: ImportedModel, isJson: boolean): void {
  const { name, path, isConverted, check } = model;
  if (isJson) {
    printJson({ name, path, converted: isConverted, check: check?.result ?? null });
    return;
  }
  const doing = isConverted ? "was converted and is" : "is";
  printResult(`${name} (${spokenLanguages(model)}) ${doing} ready in ${path}`);
  if (check?.result === "recognized") printResult("It was tried with a spoken sentence, and recognized it.");
  if (check?.result === "not-tried") printNotice("It was not tried: the speech engine has not been built.");
  if (check?.result === "not-recognized") {
    printNotice(
      "It runs, but did not recognize a spoken sentence in English. That is in order for a model that was trained for another language; otherwise try it on a short recording before you use it.",
    );
  }
}
