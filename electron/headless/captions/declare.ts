/** `archivist captions …`: what can be asked for, and with which options. */
import { type Command, Option } from "commander";
import { readableFormats, writtenFileExtensions } from "../../captions/formats/format-names.ts";
import { captionProfiles, speakerLabels } from "../../captions/quality/caption-profile.ts";
import { captionModes } from "../../captions/scc/mode.ts";
import { frameRates } from "../../captions/time/frame-rate.ts";
import type { QueueOptions } from "../queue/open.ts";
import { dataDirOption, jsonOption, parsedOption, parseLanguage } from "../terminal/arguments.ts";
import type { ApproveOptions } from "./approve.ts";
import type { CheckOptions } from "./check.ts";
import type { ConvertOptions } from "./convert.ts";
import type { HearAgainOptions } from "./hear-again.ts";
import type { ImportOptions } from "./import.ts";
import { parseChannel, parseFrameRate, parseTimeFromStart } from "./options.ts";
import type { ShowOptions } from "./show.ts";

const readable = `a file of ${readableFormats}`;
const frameRate = [
  "--frame-rate <rate>",
  `frame rate of the SCC file's timecode (${Object.keys(frameRates).toSorted().join(", ")}; default: 29.97)`,
  parsedOption(parseFrameRate),
] as const;
const start = [
  "--start <timecode>",
  "what the file's timecode shows at the start of the program (default: 00:00:00:00, or found out)",
] as const;
const channel = [
  "--channel <1-4>",
  "caption channel of the SCC file, CC1 to CC4 (default: 1)",
  parsedOption(parseChannel),
] as const;

function addConvert(captions: Command, setExitCode: (code: number) => void): void {
  captions
    .command("convert")
    .description("convert captions; the formats follow from the content and from the new name")
    .argument("<in>", readable)
    .argument("<out>", `the file to write, ending in ${writtenFileExtensions.join(", ")}`)
    .option(...frameRate)
    .option("--non-drop-frame", "write non-drop-frame labels (default: drop-frame where the rate has it)")
    .option(...start)
    .option("--offset <±timecode>", "move all captions by this much")
    .addOption(new Option("--mode <mode>", "how captions come onto the screen").choices(captionModes))
    .option(...channel)
    .addOption(
      new Option(
        "--speakers <how>",
        "how SCC and SRT show another speaker: none, arrows (>>) or names (>> NAME:) (default: the setting captions.speakerLabels)",
      ).choices(speakerLabels),
    )
    .option("--force", "write over a file that is there")
    .option(...jsonOption)
    .action(async (from: string, to: string, options: ConvertOptions) => {
      const { convertCommand } = await import("./convert.ts");
      setExitCode(await convertCommand(from, to, options));
    });
}

function addCheck(captions: Command, setExitCode: (code: number) => void): void {
  captions
    .command("check")
    .description("check captions against the rules of broadcasting; exit code 1 when there is an error")
    .argument("<file>", readable)
    .option("--media <file>", "the recording that they belong to")
    .addOption(
      new Option("--profile <name>", "the rules to hold them against (default: standard)").choices(
        Object.keys(captionProfiles),
      ),
    )
    .option(...frameRate)
    .option(...start)
    .option(...jsonOption)
    .action(async (file: string, options: CheckOptions) => {
      const { checkCommand } = await import("./check.ts");
      setExitCode(await checkCommand(file, options));
    });
}

function addShow(captions: Command, setExitCode: (code: number) => void): void {
  captions
    .command("show")
    .description("draw the caption screen as a viewer sees it at a moment")
    .argument("<file>", readable)
    .requiredOption(
      "--at <timecode>",
      "a timecode of the file (HH:MM:SS:FF), or the time from the start (HH:MM:SS.mmm)",
    )
    .option(...frameRate)
    .option(...channel)
    .option(...jsonOption)
    .action(async (file: string, options: ShowOptions) => {
      const { showCommand } = await import("./show.ts");
      setExitCode(await showCommand(file, options));
    });
}

function addHearAgain(captions: Command, setExitCode: (code: number) => void): void {
  captions
    .command("hear-again")
    .description(
      "recognize a part of a meeting again; captions that nobody has accepted or edited give way to what is heard",
    )
    .argument("<meeting>", "its id, or the beginning of it")
    .requiredOption(
      "--from <time>",
      "where it begins, from the start: HH:MM:SS.mmm or seconds",
      parsedOption(parseTimeFromStart),
    )
    .requiredOption("--to <time>", "where it ends", parsedOption(parseTimeFromStart))
    .option("--model <name>", "name or file of a model (default: the one that the meeting was transcribed with)")
    .option(
      "--language <code>",
      "language that is spoken there, or auto (default: as before)",
      parsedOption(parseLanguage),
    )
    .option("--translate", "translate what is said into English")
    .option("--careful", "follow more hypotheses and try more ways: slower")
    .option(...dataDirOption)
    .option(...jsonOption)
    .action(async (id: string, options: HearAgainOptions) => {
      const { hearAgainCommand } = await import("./hear-again.ts");
      setExitCode(await hearAgainCommand(id, options));
    });
}

function addImport(captions: Command, setExitCode: (code: number) => void): void {
  captions
    .command("import")
    .description(
      "replace the captions of a meeting by those of a file that was corrected elsewhere, and write its files",
    )
    .argument("<meeting>", "its id, or the beginning of it")
    .argument("<file>", readable)
    .option("--accept-losses", "also where a part of the file cannot be read")
    .option(...dataDirOption)
    .option(...jsonOption)
    .action(async (id: string, file: string, options: ImportOptions) => {
      const { importCommand } = await import("./import.ts");
      setExitCode(await importCommand(id, file, options));
    });
}

function addApprove(captions: Command, setExitCode: (code: number) => void): void {
  const load = () => import("./approve.ts");
  const ids = ["<meeting...>", "their ids, or the beginning of them"] as const;
  captions
    .command("approve")
    .description("approve the captions of meetings, by the rules of the editor, and write their files")
    .argument(...ids)
    .option("--reason <text>", "accepts the warnings that are open; errors have to be settled in the editor")
    .option(...dataDirOption)
    .option(...jsonOption)
    .action(async (given: string[], options: ApproveOptions) =>
      setExitCode(await (await load()).approveCommand(given, options)),
    );
  captions
    .command("take-back")
    .description("take the approval of meetings back; what is published stays published")
    .argument(...ids)
    .option("--reason <text>", "why")
    .option(...dataDirOption)
    .option(...jsonOption)
    .action(async (given: string[], options: ApproveOptions) =>
      setExitCode(await (await load()).takeBackCommand(given, options)),
    );
  captions
    .command("export")
    .description("write the files, the summary and the report of meetings again, from their newest captions")
    .argument(...ids)
    .option(...dataDirOption)
    .option(...jsonOption)
    .action(async (given: string[], options: QueueOptions) =>
      setExitCode(await (await load()).exportCommand(given, options)),
    );
}

/** Adds the commands on caption files to the command line. */
export function addCaptionCommands(program: Command, setExitCode: (code: number) => void): void {
  const captions = program.command("captions").description("work with captions and caption files");
  addConvert(captions, setExitCode);
  addCheck(captions, setExitCode);
  addShow(captions, setExitCode);
  addHearAgain(captions, setExitCode);
  addImport(captions, setExitCode);
  addApprove(captions, setExitCode);
}
