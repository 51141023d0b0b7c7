/** Declares `archivist serve`, `archivist settings …` and `archivist secrets …` with their options. */
import type { Command } from "commander";
import type { QueueOptions } from "../queue/open.ts";
import { dataDirOption, jsonOption, parsedOption, parsePort } from "../terminal/arguments.ts";
import type { ServeOptions } from "./serve.ts";
import type { ImportOptions } from "./settings-import.ts";

export function addServeCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .command("serve")
    .description("run the station with its screens, for a browser on this machine")
    .option("--port <n>", "port (default: 8470, or one that is free)", parsedOption(parsePort))
    .option("--open", "show it in the browser, signed in")
    .option("--new-ticket", "print a link to sign in with once, for whoever has lost the password")
    .option("--host <address>", "address to listen on (default: this machine only)")
    .option("--cert <file>", "certificate (PEM), for an address that other machines can reach")
    .option("--key <file>", "its key (PEM)")
    .option("--behind <name>", "a proxy of this name speaks HTTPS in front of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("./serve.ts");
      setExitCode(await serveCommand(options));
    });
  program
    .command("settings")
    .description("the settings of the station")
    .command("import")
    .description("take over the variables of the system that Archivist replaces, once")
    .argument("<file>", "its .env file")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (file: string, options: ImportOptions) => {
      const { settingsImportCommand } = await import("./settings-import.ts");
      setExitCode(await settingsImportCommand(file, options));
    });
  program
    .command("secrets")
    .description("the store with the users and secrets of other servers")
    .command("change-key")
    .description("encrypt it with a new key; the station must not be running")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => {
      const { changeKeyCommand } = await import("./change-key.ts");
      setExitCode(await changeKeyCommand(options));
    });
}
