/**
 * The command line: declares all commands and their options. Each command's implementation is loaded when it is called,
 * because the database alone takes half a second to load, too long to show a help text.
 */
import { Command, CommanderError } from "commander";
import { programVersion } from "../config/program-version.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { outputFormats } from "../contract/formats.ts";
import { addBackupCommands } from "./backup/declare.ts";
import { addCaptionCommands } from "./captions/declare.ts";
import { addGlossaryCommands } from "./glossary/declare.ts";
import { addMeetingCommands } from "./meetings/declare.ts";
import { addModelCommands } from "./models/declare.ts";
import { addCablecastCommands } from "./publishing/declare.ts";
import { addQueueCommands } from "./queue/declare.ts";
import { addServeCommands } from "./serve/declare.ts";
import {
  dataDirOption,
  jsonOption,
  noSpeakersOption,
  noSummaryOption,
  parsedOption,
  parseFolder,
  parseFormats,
  parseLanguage,
  parseSoundOption,
  parseStyleOption,
  speakersOption,
  summaryOption,
} from "./terminal/arguments.ts";
import { interruptedExitCode } from "./terminal/interruption.ts";
import { errorJson, errorLine, guardOutput, printJson, printNotice } from "./terminal/print.ts";
import type { TranscribeCommandOptions } from "./transcribe.ts";

const usageExitCode = 2;

function buildProgram(setExitCode: (code: number) => void): Command {
  const program = new Command("archivist")
    .description("Council recordings in, broadcast captions and summaries out.")
    .version(programVersion())
    .addHelpText("after", "\nExit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.")
    .exitOverride();
  program
    .command("transcribe")
    .description("make captions, a summary and a report for recordings")
    .argument("<file...>", "recordings; names that begin with a dash come after --")
    .option(
      "--out <dir>",
      "folder for the files (default: the city's place, else a folder for each in the data folder's output)",
      parsedOption(parseFolder),
    )
    .option("--model <name|file>", "speech model (default: the setting speech.model, else the best one here)")
    .option("--language <code>", "language that is spoken, or auto (default: en)", parsedOption(parseLanguage))
    .option(
      "--sound <choice>",
      'which sound: auto, or numbers such as "stream 2 channel 1"',
      parsedOption(parseSoundOption),
    )
    .option(
      "--style <text>",
      'how words are written: us, uk, as-heard, or such as "us, titles=Council Member" (default: the city\'s)',
      parsedOption(parseStyleOption),
    )
    .option("--translate", "write English, whatever is spoken")
    .option("--city <name>", "city whose names and settings are used (default: the one that the file's name says)")
    .option("--no-city", "no city, whatever the file's name says")
    .option("--formats <list>", `caption formats, out of ${outputFormats.join(",")}`, parsedOption(parseFormats))
    .option(...summaryOption)
    .option(...noSummaryOption)
    .option(...speakersOption)
    .option(...noSpeakersOption)
    .option("--force", "do it anew even if it has been done")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (files: string[], options: TranscribeCommandOptions) => {
      const { transcribeCommand } = await import("./transcribe.ts");
      setExitCode(await transcribeCommand(files, options));
    });

  addCaptionCommands(program, setExitCode);

  addModelCommands(program, setExitCode);
  addGlossaryCommands(program, setExitCode);
  addBackupCommands(program, setExitCode);
  addQueueCommands(program, setExitCode);
  addMeetingCommands(program, setExitCode);
  addCablecastCommands(program, setExitCode);
  addServeCommands(program, setExitCode);

  program
    .command("doctor")
    .description("look whether everything that is needed is there")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options) => {
      const { doctorCommand } = await import("./doctor.ts");
      setExitCode(await doctorCommand(options));
    });

  program
    .command("demo")
    .description("run the whole pipeline on the sample meeting")
    .option(...jsonOption)
    .option("--data-dir <dir>", "data folder (default: `demo` in the usual data folder)", parsedOption(parseFolder))
    .action(async (options) => {
      const { demoCommand } = await import("./demo/demo.ts");
      setExitCode(await demoCommand(options));
    });

  return program;
}

function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).includes("--json");
}

/** Runs the command line and returns the exit code. Never throws. */
export async function main(args: readonly string[]): Promise<number> {
  const hasLostOutput = guardOutput();
  const exitCode = await run(args);
  return exitCode === 0 && (await hasLostOutput()) ? 1 : exitCode;
}

async function run(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (thrown) {
    // Commander has already printed what is wrong; help and version are not errors.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : usageExitCode;
    const error = toArchivistError(thrown);
    // With `--json`, errors are JSON, too.
    if (wantsJson(args)) printJson({ status: "failed", error: errorJson(error) });
    printNotice(errorLine(error));
    if (error.code === "interrupted") return interruptedExitCode;
    return error instanceof ArchivistError && error.code === "usage.invalid" ? usageExitCode : 1;
  }
}
