/** `archivist models pull NAME…` */
import { getStorePlace } from "../../administration/model-manager.ts";
import { openCredentials } from "../../config/setting-credentials.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { pullModel } from "../../speech/models/model-store.ts";
import { officialModel } from "../../speech/models/official-models.ts";
import { interruptedExitCode, interruptible } from "../terminal/interruption.ts";
import { errorJson, errorLine, printJson, printNotice, printResult } from "../terminal/print.ts";
import { showShare } from "../terminal/progress.ts";
import { userDataFolder } from "../terminal/user-paths.ts";
import type { ModelsOptions } from "./list.ts";

/** Runs the command; returns the exit code. */
export async function modelsPullCommand(names: readonly string[], options: ModelsOptions): Promise<number> {
  const dataFolder = userDataFolder(options);
  const { folder, settings, modelsFolder } = readStationConfig({ dataFolder });
  const place = getStorePlace({ modelsFolder, settings, credentials: openCredentials(folder) });
  return interruptible(async (signal) => {
    const results: unknown[] = [];
    let failed = false;
    for (const name of names) {
      const display = options.json ? undefined : showShare(name);
      try {
        const { path, wasThere } = await pullModel(name, place, {
          signal,
          onProgress: (received, total) =>
            display?.show(received / total, `${formatBytes(received)} of ${formatBytes(total)}`),
        });
        display?.finish();
        const license = officialModel(name)?.license;
        results.push({ name, path, was_there: wasThere, license });
        if (!options.json) {
          printResult(
            wasThere ? `${name} is here already, and whole: ${path}` : `${name}: checked and ready in ${path}`,
          );
          if (license !== undefined) printResult(`  License: ${license}`);
        }
      } catch (thrown) {
        display?.finish();
        const error = toArchivistError(thrown);
        failed = true;
        results.push({ name, error: errorJson(error) });
        printNotice(errorLine(error.subject === undefined ? error.about(name) : error));
        if (signal.aborted) break;
      }
    }
    if (options.json) printJson({ models: results });
    if (signal.aborted) return interruptedExitCode;
    return failed ? 1 : 0;
  });
}
