/** `archivist cablecast …`: what can be asked for, and with which options. */
import type { Command } from "commander";
import { dataDirOption, jsonOption, parsedOption, parsePort } from "./arguments.ts";
import type { CablecastOptions, LoginOptions } from "./commands/cablecast/connection.ts";
import type { EmulateOptions } from "./commands/cablecast/emulate.ts";

export function addCablecastCommands(program: Command, setExitCode: (code: number) => void): void {
  const cablecast = program.command("cablecast").description("the Cablecast server on which recordings are published");
  const load = () => import("./commands/cablecast/connection.ts");
  cablecast
    .command("login")
    .description("keep user and secret for the server, encrypted; the secret is read from standard input")
    .option("--user <name>", "user of the Cablecast server")
    .option("--forget", "forget them")
    .option(...dataDirOption)
    .action(async (options: LoginOptions) => setExitCode(await (await load()).loginCommand(options)));
  cablecast
    .command("check")
    .description("look step by step whether the server can be worked with; nothing is changed there")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: CablecastOptions) => setExitCode(await (await load()).checkCommand(options)));
  cablecast
    .command("emulate")
    .description("run a Cablecast server to practise on, on this machine only")
    .option("--port <n>", "port (default: one that is free)", parsedOption(parsePort))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: EmulateOptions) => {
      const { emulateCommand } = await import("./commands/cablecast/emulate.ts");
      setExitCode(await emulateCommand(options));
    });
}
