/** `archivist settings import` */
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { changeSettings } from "../../administration/settings-service.ts";
import { openDataFolder } from "../../config/data-folder.ts";
import { openCredentials } from "../../config/setting-credentials.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { importEnvironment } from "../../legacy/import-environment.ts";
import { fileError } from "../../platform/file-errors.ts";
import type { QueueOptions } from "../queue/open.ts";
import { printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { userDataFolder, userPath } from "../terminal/user-paths.ts";

export type ImportOptions = QueueOptions;

export async function settingsImportCommand(file: string, options: ImportOptions): Promise<number> {
  const path = userPath(file);
  const text = await readFile(path, "utf8").catch((thrown: unknown) => {
    throw fileError(thrown, file, "read");
  });
  const variables = Object.fromEntries(
    Object.entries(parseEnv(text)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const { values, left } = importEnvironment(variables);
  const { folder } = readStationConfig({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  await changeSettings(folder.settingsFile, values, openCredentials(folder));
  if (options.json) printJson({ file: folder.settingsFile, values, left });
  else {
    for (const [key, value] of Object.entries(values)) printResult(printable(`${key} = ${JSON.stringify(value)}`));
    printResult(printable(`${Object.keys(values).length} settings are in ${folder.settingsFile}`));
    for (const { variable, reason } of left) printNotice(printable(`left out: ${variable} (${reason})`));
  }
  return 0;
}
