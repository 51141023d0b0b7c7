/** Declares `archivist cablecast …` and its options. */
import { Argument, type Command, Option } from "commander";
import { targetNames } from "../../contract/publishing.ts";
import type { QueueOptions } from "../queue/open.ts";
import { dataDirOption, jsonOption, parseCount, parsedOption, parseNames, parsePort } from "../terminal/arguments.ts";
import type { CablecastOptions, LoginOptions } from "./connection.ts";
import type { EmulateOptions } from "./emulate.ts";
import type { PublishCommandOptions } from "./publish.ts";
import type { ShowsOptions, SyncOptions } from "./sync.ts";

export function addCablecastCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .command("publish")
    .description("publish transcriptions on Cablecast, and read back what viewers get")
    .argument("[transcription...]", "their ids, or the beginning of them")
    .option("--all-ready", "everything that is finished and may be published")
    .option("--dry-run", "show what would be done; nothing is changed")
    .addOption(new Option("--target <name>", "where to").choices(targetNames))
    .option("--title <text>", "title for the public")
    .option("--file-title", "the title in the file's name, not one made of city and kind of meeting")
    .option("--description <text>", "description for the public")
    .option("--no-description", "no description from the summary")
    .option("--tags <list>", "tags, with commas between them", parseNames)
    .option("--quality <lines>", "lines of the picture: chooses the VOD configuration", parsedOption(parseCount))
    .option("--no-captions", "without captions")
    .option("--date <date>", "date of the meeting, such as 2026-03-02; where none is known, it becomes the meeting's")
    .option("--chapters <file>", "chapters from a text file, one a line: 0:12:30 Public hearing")
    .option("--show <number>", "the show on the server, as `cablecast shows` lists them", parsedOption(parseCount))
    .option("--new-show", "make a new show, however alike others look")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: PublishCommandOptions) => {
      const { publishCommand } = await import("./publish.ts");
      setExitCode(await publishCommand(ids, options));
    });
  program
    .command("unpublish")
    .description("how to remove what was published, and whether it is gone")
    .argument("<transcription>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) => {
      const { unpublishCommand } = await import("./publish.ts");
      setExitCode(await unpublishCommand(id, options));
    });
  const cablecast = program.command("cablecast").description("the Cablecast server on which recordings are published");
  const load = () => import("./connection.ts");
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
  addSyncCommands(cablecast, setExitCode);
  addLinkCommands(cablecast, setExitCode);
  cablecast
    .command("emulate")
    .description("run a Cablecast server to practice on, on this machine only")
    .option("--port <n>", "port (default: one that is free)", parsedOption(parsePort))
    .option("--open", "show what was published last in the browser")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: EmulateOptions) => {
      const { emulateCommand } = await import("./emulate.ts");
      setExitCode(await emulateCommand(options));
    });
}

function addSyncCommands(cablecast: Command, setExitCode: (code: number) => void): void {
  const load = () => import("./sync.ts");
  cablecast
    .command("sync")
    .description("fetch the shows that changed, link recordings with them, and compare what both sides say")
    .option("--full", "all shows, not only those that changed")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: SyncOptions) => setExitCode(await (await load()).syncCommand(options)));
  cablecast
    .command("shows")
    .description("the shows that are known, the newest meeting first")
    .option("--search <text>", "only those with it in their title")
    .option("--limit <n>", "so many at most", parsedOption(parseCount))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: ShowsOptions) => setExitCode(await (await load()).showsCommand(options)));
  cablecast
    .command("vods")
    .description("what was published, whether it can be watched, and how often it was")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await load()).vodsCommand(options)));
}

function addLinkCommands(cablecast: Command, setExitCode: (code: number) => void): void {
  const load = () => import("./link.ts");
  cablecast
    .command("link")
    .description("say which show on the server a recording is, or see which could be it")
    .argument("<transcription>", "its id, or the beginning of it")
    .argument("[show]", "id of the show", parsedOption(parseCount))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, show: number | undefined, options: QueueOptions) =>
      setExitCode(await (await load()).linkCommand(id, show, options)),
    );
  cablecast
    .command("conflicts")
    .description("fields that both sides have changed and that somebody has to decide")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await load()).conflictsCommand(options)));
  cablecast
    .command("resolve")
    .description("decide such a field")
    .argument("<recording>", "beginning of its id, as the list shows it")
    .argument("<field>", "title, description, …")
    .addArgument(new Argument("<side>", "whose value is right").choices(["ours", "theirs"]))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, field: string, side: "ours" | "theirs", options: QueueOptions) =>
      setExitCode(await (await load()).resolveCommand(id, field, side, options)),
    );
}
