/** `archivist cablecast …`: what can be asked for, and with which options. */
import type { Command } from "commander";
import { dataDirOption, jsonOption, parseCount, parsedOption, parsePort } from "./arguments.ts";
import type { CablecastOptions, LoginOptions } from "./commands/cablecast/connection.ts";
import type { EmulateOptions } from "./commands/cablecast/emulate.ts";
import type { PublishOptions } from "./commands/cablecast/publish.ts";
import type { QueueOptions } from "./commands/queue/open.ts";

export function addCablecastCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .command("publish")
    .description("publish transcriptions on Cablecast, and read back what viewers get")
    .argument("[transcription...]", "their ids, or the beginning of them")
    .option("--all-ready", "everything that is finished and may be published")
    .option("--dry-run", "show what would be done; nothing is changed")
    .option("--title <text>", "title for the public")
    .option("--description <text>", "description for the public")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: PublishOptions) => {
      const { publishCommand } = await import("./commands/cablecast/publish.ts");
      setExitCode(await publishCommand(ids, options));
    });
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
    .command("link")
    .description("say which show on the server a recording is")
    .argument("<transcription>", "its id, or the beginning of it")
    .argument("<show>", "id of the show", parsedOption(parseCount))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, show: number, options: QueueOptions) => {
      const { linkCommand } = await import("./commands/cablecast/publish.ts");
      setExitCode(await linkCommand(id, show, options));
    });
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
