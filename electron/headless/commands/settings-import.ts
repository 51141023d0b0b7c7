/** `archivist settings import` */
import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { openDataFolder } from "../../lib/data-folder.ts";
import { fileError } from "../../lib/file-errors.ts";
import { lookAtStation } from "../../lib/station-place.ts";
import { importEnvironment } from "../../ops/import-environment.ts";
import { changeSettings } from "../../ops/settings-desk.ts";
import { printable, printJson, printNotice, printResult } from "../print.ts";
import { userDataFolder, userPath } from "../user-paths.ts";
import type { QueueOptions } from "./queue/open.ts";

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
  const { folder } = lookAtStation({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  await changeSettings(folder.settingsFile, values);
  if (options.json) printJson({ file: folder.settingsFile, values, left });
  else {
    for (const [key, value] of Object.entries(values)) printResult(printable(`${key} = ${JSON.stringify(value)}`));
    printResult(printable(`${Object.keys(values).length} settings are in ${folder.settingsFile}`));
    for (const { variable, reason } of left) printNotice(printable(`left out: ${variable} (${reason})`));
  }
  return 0;
}
