/** Declares `archivist jobs | shares | batch | schedules | run` and their options. */
import { type Command, Option } from "commander";
import { jobStates, type TargetStage } from "../../contract/jobs.ts";
import {
  dataDirOption,
  jsonOption,
  noSpeakersOption,
  noSummaryOption,
  parseCount,
  parseDate,
  parsedOption,
  parseFolder,
  parseFormats,
  parseLanguage,
  parseList,
  parsePriority,
  parseSoundOption,
  parseStyleOption,
  speakersOption,
  summaryOption,
} from "../terminal/arguments.ts";
import type { BatchCreateOptions } from "./batch.ts";
import type { AddOptions, AllOptions, JobsListOptions, MoveOptions } from "./jobs.ts";
import type { QueueOptions } from "./open.ts";
import type { RunOptions } from "./run.ts";
import type { FilesOptions, LifeCycleOptions } from "./shares.ts";

type SetExitCode = (code: number) => void;

const loadJobs = () => import("./jobs.ts");
const loadShares = () => import("./shares.ts");
const loadBatch = () => import("./batch.ts");
const loadSchedules = () => import("./schedules.ts");

/** Stages that jobs can take recordings to so far. */
const targets: readonly TargetStage[] = ["discovered", "transcribed", "enriched", "published"];
const targetOption = (): Option =>
  new Option("--target <stage>", "how far they are taken (default: enriched)").choices(targets);
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const priorityOption = ["--priority <n>", "1 can wait, 5 is urgent", parsedOption(parsePriority)] as const;

export function addQueueCommands(program: Command, setExitCode: SetExitCode): void {
  addJobs(program.command("jobs").description("the queue: what waits, runs and has been done"), setExitCode);
  addShares(program.command("shares").description("the cities' shares and what lies on them"), setExitCode);
  addBatch(program.command("batch").description("recordings of cities, put into the queue together"), setExitCode);
  addSchedules(program.command("schedules").description("what is done by the clock"), setExitCode);
  program
    .command("run")
    .description("a station without a window: queue, shares and schedules, until it is stopped")
    .option("--until-idle", "end when all that was found is done, and say what is left")
    .option("--json", "print one JSON object a line for all that happens")
    .option(...dataDirOption)
    .action(async (options: RunOptions) => {
      const { runCommand } = await import("./run.ts");
      setExitCode(await runCommand(options));
    });
}

function addJobs(jobs: Command, setExitCode: SetExitCode): void {
  jobs
    .command("add")
    .description("put recordings into the queue")
    .argument("<file...>")
    .option("--out <dir>", "folder for the files", parsedOption(parseFolder))
    .option("--model <name|file>", "speech model")
    .option("--language <code>", "language that is spoken, or auto", parsedOption(parseLanguage))
    .option("--translate", "write English, whatever is spoken")
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
    .option("--city <name>", "whose recordings they are (default: as their place or their name says)")
    .option("--no-city", "no city's, whatever their names say")
    .option("--formats <list>", "caption formats", parsedOption(parseFormats))
    .option(...summaryOption)
    .option(...noSummaryOption)
    .option(...speakersOption)
    .option(...noSpeakersOption)
    .option("--force", "do it anew even if it has been done")
    .option("--after <job>", "start when this job is done; can be given several times", collect)
    .option(...priorityOption)
    .addOption(targetOption())
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (files: string[], options: AddOptions) =>
      setExitCode(await (await loadJobs()).jobsAddCommand(files, options)),
    );
  jobs
    .command("list")
    .description("list the jobs that are not over")
    .option("--status <list>", `only these states, out of ${jobStates.join(",")}`, parsedOption(parseList(jobStates)))
    .option("--city <name>", "only those of a city")
    .option("--batch <id>", "only those of a batch, whole id")
    .option("--all", "those that are over as well")
    .option("--limit <n>", "at most so many (default: 100)", parsedOption(parseCount))
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: JobsListOptions) => setExitCode(await (await loadJobs()).jobsListCommand(options)));
  jobs
    .command("show")
    .description("show a job with its steps and history")
    .argument("<job>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) =>
      setExitCode(await (await loadJobs()).jobsShowCommand(id, options)),
    );
  jobs
    .command("cancel")
    .description("cancel jobs; what they have done stays")
    .argument("<job...>")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: QueueOptions) =>
      setExitCode(await (await loadJobs()).jobsCancelCommand(ids, options)),
    );
  jobs
    .command("retry")
    .description("put failed or cancelled jobs back into the queue")
    .argument("<job...>")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: QueueOptions) =>
      setExitCode(await (await loadJobs()).jobsRetryCommand(ids, options)),
    );
  jobs
    .command("dismiss")
    .description("take failed or cancelled jobs out of the lists; what they have made stays")
    .argument("[job...]")
    .option("--all", "all that failed or were cancelled")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: AllOptions) =>
      setExitCode(await (await loadJobs()).jobsDismissCommand(ids, options)),
    );
  jobs
    .command("pause")
    .description("stop jobs for now, or the whole queue")
    .argument("[job...]")
    .option("--all", "the whole queue: what runs goes on, nothing else starts")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: AllOptions) =>
      setExitCode(await (await loadJobs()).jobsPauseCommand(ids, options)),
    );
  jobs
    .command("resume")
    .description("let paused jobs, or the queue, go on")
    .argument("[job...]")
    .option("--all", "the whole queue")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (ids: string[], options: AllOptions) =>
      setExitCode(await (await loadJobs()).jobsResumeCommand(ids, options)),
    );
  jobs
    .command("move")
    .description("change when a job gets its turn")
    .argument("<job>")
    .option("--before <job>", "right before this one")
    .option(...priorityOption)
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: MoveOptions) =>
      setExitCode(await (await loadJobs()).jobsMoveCommand(id, options)),
    );
}

function addShares(shares: Command, setExitCode: SetExitCode): void {
  shares
    .command("list")
    .description("list the shares, their cities and how many files lie on them")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await loadShares()).sharesListCommand(options)));
  shares
    .command("check")
    .description("look whether shares are mounted, answer, and have room")
    .argument("[share...]")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (labels: string[], options: QueueOptions) =>
      setExitCode(await (await loadShares()).sharesCheckCommand(labels, options)),
    );
  shares
    .command("scan")
    .description("look through shares for new recordings")
    .argument("[share...]")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (labels: string[], options: QueueOptions) =>
      setExitCode(await (await loadShares()).sharesScanCommand(labels, options)),
    );
  const fileStates = ["new", "ready", "queued", "done", "known", "refused", "vanished"] as const;
  shares
    .command("files")
    .description("list the files that were found")
    .argument("[share...]")
    .option("--state <list>", `only these states, out of ${fileStates.join(",")}`, parsedOption(parseList(fileStates)))
    .option("--city <name>", "only those of a city")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (labels: string[], options: FilesOptions) =>
      setExitCode(await (await loadShares()).sharesFilesCommand(labels, options)),
    );
  shares
    .command("age")
    .description("show which old recordings would be moved to secondary and archive shares")
    .option("--apply", "move them")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: LifeCycleOptions) => setExitCode(await (await loadShares()).sharesAgeCommand(options)));
}

function addBatch(batch: Command, setExitCode: SetExitCode): void {
  batch
    .command("create")
    .description("look into files, or into what cities have on their shares, and put it into the queue together")
    .argument("[file...]", "recordings and folders (default: what the cities have on their shares)")
    .option("--city <name>", "a city; can be given several times (default: all, or as place and name say)", collect)
    .option("--since <date>", "meetings from this date on, as 2026-03-02", parsedOption(parseDate))
    .option("--until <date>", "meetings before this date", parsedOption(parseDate))
    .option("--name <name>", "name of the batch, for its reports")
    .option("--again", "also those that have been done or refused before")
    .option("--model <name|file>", "speech model")
    .option("--language <code>", "language that is spoken, or auto", parsedOption(parseLanguage))
    .option("--formats <list>", "caption formats", parsedOption(parseFormats))
    .option(...summaryOption)
    .option(...noSummaryOption)
    .option(...speakersOption)
    .option(...noSpeakersOption)
    .option("--after <job>", "start when this job is done; can be given several times", collect)
    .option(...priorityOption)
    .addOption(targetOption())
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (files: string[], options: BatchCreateOptions) =>
      setExitCode(await (await loadBatch()).batchCreateCommand(files, options)),
    );
  batch
    .command("list")
    .description("list the batches")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await loadBatch()).batchListCommand(options)));
  batch
    .command("retry")
    .description("put what failed or was cancelled into the queue again")
    .argument("<batch>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) =>
      setExitCode(await (await loadBatch()).batchRetryCommand(id, options)),
    );
  batch
    .command("cancel")
    .description("cancel what has not ended")
    .argument("<batch>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) =>
      setExitCode(await (await loadBatch()).batchCancelCommand(id, options)),
    );
  batch
    .command("show")
    .description("show how far a batch is in each city")
    .argument("<batch>", "its id, or the beginning of it")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (id: string, options: QueueOptions) =>
      setExitCode(await (await loadBatch()).batchShowCommand(id, options)),
    );
}

function addSchedules(schedules: Command, setExitCode: SetExitCode): void {
  schedules
    .command("list")
    .description("list the schedules, when they ran and when they run next")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (options: QueueOptions) => setExitCode(await (await loadSchedules()).schedulesListCommand(options)));
  schedules
    .command("run")
    .description("run a schedule now")
    .argument("<schedule>", "its name")
    .option(...jsonOption)
    .option(...dataDirOption)
    .action(async (name: string, options: QueueOptions) =>
      setExitCode(await (await loadSchedules()).schedulesRunCommand(name, options)),
    );
}
