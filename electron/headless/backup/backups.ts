/** `archivist backups list | restore` */
import { listBackups } from "../../catalog/restore.ts";
import { chooseDataFolder, describeDataFolder } from "../../config/data-folder.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { openStation } from "../../station.ts";
import { printJson, printResult } from "../terminal/print.ts";
import { userDataFolder } from "../terminal/user-paths.ts";

export interface BackupsOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

export async function backupsListCommand(options: BackupsOptions): Promise<number> {
  const { backups: folder } = describeDataFolder(chooseDataFolder(userDataFolder(options), process.env));
  const backups = listBackups(folder);
  if (options.json) printJson({ folder, backups });
  else if (backups.length === 0) printResult("There is no backup yet.");
  else for (const { name, bytes } of backups) printResult(`${name}  ${formatBytes(bytes)}`);
  return 0;
}

/** @param name of a backup, or `newest` */
export async function backupsRestoreCommand(name: string, options: BackupsOptions): Promise<number> {
  // Opening the station checks that it can be used; one that is already running keeps its catalog.
  const station = openStation({
    dataFolder: userDataFolder(options),
    purpose: "archivist backups restore",
    restore: name,
  });
  const { root } = station.folder;
  await station.close();
  if (options.json) printJson({ restored: name, dataFolder: root });
  else printResult(`Restored. What was there before lies in ${describeDataFolder(root).backups}.`);
  return 0;
}
