/** Declares `archivist meetings …` and its options. */
import type { Command } from "commander";
import type { QueueOptions } from "../queue/open.ts";
import { dataDirOption, jsonOption, parseCount, parsedOption, parseNames } from "../terminal/arguments.ts";
import type { DeleteOptions, EditOptions, FindOptions } from "./meetings.ts";
import type { JoinOptions } from "./recordings.ts";

export function addMeetingCommands(program: Command, setExitCode: (code: number) => void): void {
  const load = () => import("./meetings.ts");
  const meetings = program
    .command("meetings")
    .description("what is known of the meetings; deleting and restoring them");
  meetings
    .command("find")
    .description(
      "list meetings, or those in which words are found: captions, titles, tags, people, summaries, chapters",
    )
    .argument("[words...]")
    .option("--limit <n>", "so many at most (default: 50)", parsedOption(parseCount))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (words: string[], options: FindOptions) =>
      setExitCode(await (await load()).findCommand(words, options)),
    );
  meetings
    .command("show")
    .description("show what is known of a meeting, and who has changed what")
    .argument("<meeting>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) => {
      const { showCommand } = await import("./show.ts");
      setExitCode(await showCommand(id, options));
    });
  meetings
    .command("edit")
    .description("change what is known of meetings")
    .argument("<meeting...>", "their ids, or the beginning of them")
    .option("--title <text>", "title")
    .option("--file-title", "the title in the file's name")
    .option("--date <day>", "day of the meeting, such as 2026-03-02")
    .option("--no-date", "its date is unknown")
    .option("--type <text>", "kind of meeting, such as City Council")
    .option("--no-type", "no kind")
    .option("--city <name>", "whose meeting it is; its names, rules and folder follow")
    .option("--no-city", "no city's")
    .option("--description <text>", "description for the public")
    .option("--no-description", "the description is made of the summary")
    .option("--tags <list>", "all tags, with commas between them", parseNames)
    .option("--no-tags", "the tags are made of the key phrases")
    .option("--add-tags <list>", "tags that are added", parseNames)
    .option("--remove-tags <list>", "tags that are taken away", parseNames)
    .option("--people <list>", "the people present, with commas between them", parseNames)
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: EditOptions) => setExitCode(await (await load()).editCommand(ids, options)));
  meetings
    .command("join")
    .description("join the parts of one meeting into one recording; what was corrected and accepted is carried over")
    .argument("<meeting...>", "their ids, or the beginning of them, in the order in which they follow one another")
    .option("--dry-run", "show the parts; nothing is changed")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: JoinOptions) => {
      const { joinCommand } = await import("./recordings.ts");
      setExitCode(await joinCommand(ids, options));
    });
  meetings
    .command("replace")
    .description("replace a meeting's recording by a better copy; captions are carried over where the sound agrees")
    .argument("<meeting>", "its id, or the beginning of it")
    .argument("<recording>", "the better copy")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, recording: string, options: QueueOptions) => {
      const { replaceCommand } = await import("./recordings.ts");
      setExitCode(await replaceCommand(id, recording, options));
    });
  meetings
    .command("delete")
    .description("delete meetings; they can be restored for thirty days, and their recordings stay")
    .argument("<meeting...>", "their ids, or the beginning of them")
    .option("--dry-run", "show what would go; nothing is changed")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: DeleteOptions) =>
      setExitCode(await (await load()).deleteCommand(ids, options)),
    );
  meetings
    .command("deleted")
    .description("list the meetings that can be restored")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await load()).deletedCommand(options)));
  meetings
    .command("restore")
    .description("bring deleted meetings back, with every version, edit and mark")
    .argument("<meeting...>", "their ids, or the beginning of them")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: QueueOptions) =>
      setExitCode(await (await load()).restoreCommand(ids, options)),
    );
}
