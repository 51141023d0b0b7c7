/** Declares `archivist backups …` and its options. */
import type { Command } from "commander";
import { dataDirOption, jsonOption } from "../terminal/arguments.ts";
import type { BackupsOptions } from "./backups.ts";

export function addBackupCommands(program: Command, setExitCode: (code: number) => void): void {
  const backups = program.command("backups").description("backups of the catalog");
  backups
    .command("list")
    .description("list them, the newest first")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: BackupsOptions) => {
      const { backupsListCommand } = await import("./backups.ts");
      setExitCode(await backupsListCommand(options));
    });
  backups
    .command("restore")
    .description("put one in the catalog's place; what was there stays beside the backups")
    .argument("<name>", "of a backup, or: newest")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (name: string, options: BackupsOptions) => {
      const { backupsRestoreCommand } = await import("./backups.ts");
      setExitCode(await backupsRestoreCommand(name, options));
    });
}
