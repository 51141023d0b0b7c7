/** `archivist transcribe FILE…` */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { captionFormats } from "../captions/formats/format-names.ts";
import { thisMachine } from "../config/machine.ts";
import { readStationConfig } from "../config/station-config.ts";
import { type ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { FileKind, OutputFormat } from "../contract/formats.ts";
import type { Settings } from "../contract/settings.ts";
import { resolveMeetingOptions } from "../intake/meeting-options.ts";
import { chooseEngine } from "../speech/choose-engine.ts";
import { chooseModel, getModelLanguage } from "../speech/models/choose-model.ts";
import { openStation, type Station } from "../station.ts";
import { submitHeldFiles } from "../transcription/held-files.ts";
import { type Ahead, readAhead } from "../transcription/read-ahead.ts";
import type { TranscriptionOutcome } from "../transcription/transcribe.ts";
import type { TranscriptionRequest } from "../transcription/transcription-run.ts";
import { interruptedExitCode, interruptible } from "./terminal/interruption.ts";
import {
  errorJson,
  errorLine,
  printable,
  printJson,
  printNotice,
  printResult,
  spokenDuration,
} from "./terminal/print.ts";
import { heldBack, showProgress, silentProgress } from "./terminal/progress.ts";
import { formatTime } from "./terminal/times.ts";
import { modelArgument, userDataFolder, userPath } from "./terminal/user-paths.ts";

export interface TranscribeCommandOptions {
  readonly out?: string;
  readonly model?: string;
  readonly language?: string;
  readonly translate?: boolean;
  readonly sound?: string;
  readonly style?: string;
  /** False: no city, whatever the name of the file says. */
  readonly city?: string | false;
  readonly formats?: readonly OutputFormat[];
  /** False: no summary. */
  readonly summary?: boolean;
  /** Whether captions show who speaks; absent: as the city or the station does. */
  readonly speakers?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
}

type FileResult =
  | { readonly file: string; readonly outcome: TranscriptionOutcome; readonly elapsedMs: number }
  | { readonly file: string; readonly error: ArchivistError };

const getLabel = (kind: FileKind): string =>
  kind === "summary" ? "Summary" : kind === "report" ? "Report" : captionFormats[kind].label;

function printOutcome(file: string, outcome: TranscriptionOutcome, elapsedMs: number, settings: Settings): void {
  const name = printable(basename(file));
  if (outcome.alreadyDone) {
    const when = formatTime(outcome.completedDate, settings);
    printResult(`${name}: already done on ${when}, with the same content, model and options. --force does it anew.`);
  } else {
    const factor = (outcome.durationMs / Math.max(1, elapsedMs)).toFixed(1);
    printResult(`${name}: done in ${spokenDuration(elapsedMs)}, ${factor} times as fast as it plays.`);
  }
  if (outcome.status === "needs_review")
    printResult("  The report names errors that must be put right before publishing.");
  for (const { kind, path } of outcome.delivery.files) printResult(`  ${getLabel(kind).padEnd(18)} ${printable(path)}`);
  for (const path of outcome.delivery.renamed)
    printResult(`  Kept under another name, because it was not ours or had been changed: ${printable(path)}`);
  for (const path of outcome.delivery.kept)
    printResult(`  Left as it is, because somebody changed it: ${printable(path)}`);
}

/** The result of one file in the form of `--json`. */
export function resultJson(result: FileResult): unknown {
  if ("error" in result) return { file: result.file, status: "failed", error: errorJson(result.error) };
  const { outcome } = result;
  return {
    file: result.file,
    status: outcome.status,
    already_done: outcome.alreadyDone,
    transcription_id: outcome.transcriptionId,
    completed_date: outcome.completedDate,
    duration_seconds: outcome.durationMs / 1000,
    folder: outcome.folder,
    files: outcome.delivery.files.map(({ kind, path }) => ({ kind, path })),
    put_aside: outcome.delivery.renamed,
    left_as_changed: outcome.delivery.kept,
    steps: outcome.steps,
  };
}

type Display = ReturnType<typeof heldBack>;

async function transcribeOne(
  station: Station,
  request: TranscriptionRequest,
  display: Display,
  mayFollow: () => void,
  signal: AbortSignal,
): Promise<FileResult> {
  try {
    const outcome = await station.transcribe(
      request,
      (event) => {
        // Its audio is decoded: the next recording can be decoded while this one is recognized.
        if (event.kind === "step" && event.step === "transcribe") mayFollow();
        display.listener(event);
      },
      signal,
    );
    return { file: request.path, outcome, elapsedMs: performance.now() - display.releasedAt() };
  } catch (thrown) {
    return { file: request.path, error: toArchivistError(thrown) };
  }
}

/** What place and name of a file say, unless an option says otherwise; as for a recording that is put into the queue. */
async function readMeetingOptions({ settings }: Station, path: string, options: TranscribeCommandOptions) {
  const { city: typed, language: requested, sound: wanted } = options;
  // A file that is not there is reported when it is read.
  const found = await stat(path).catch(() => undefined);
  const {
    cityName,
    glossary,
    language,
    otherLanguages,
    translatesOthers,
    sound,
    profile,
    speakerLabels,
    style,
    destination,
    date,
    type,
    title,
  } = resolveMeetingOptions(settings, {
    path,
    modifiedMs: found?.mtimeMs,
    sound: wanted,
    style: options.style,
    speakers: options.speakers,
    city: typed === false ? null : typed,
    language: requested,
  });
  return {
    city: cityName,
    glossaryName: glossary,
    language,
    otherLanguages,
    translatesOthers,
    sound,
    profile: profile ?? undefined,
    speakerLabels,
    style,
    place: destination.place,
    meeting: { date, type, title },
  };
}

/** Runs the command; returns the exit code. */
export async function transcribeCommand(files: readonly string[], options: TranscribeCommandOptions): Promise<number> {
  const json = options.json === true;
  const dataFolder = userDataFolder(options);
  const { settings, modelsFolder, folder } = readStationConfig({ dataFolder });
  const language = options.language ?? settings.speech.language;
  const translate = options.translate ?? settings.speech.translate;
  const wanted = modelArgument(options.model ?? settings.speech.model);
  // Before the station is opened: where there is no model, nothing else matters.
  const { engine } = settings.speech;
  chooseModel({ model: wanted, language, translate, engine }, modelsFolder, thisMachine());
  await chooseEngine(engine, folder.engines);
  const station = openStation({ dataFolder, purpose: "archivist transcribe" });
  try {
    return await interruptible(async (signal) => {
      const displays = files.map((file) => heldBack(() => (json ? silentProgress : showProgress(basename(file)))));
      const results: FileResult[] = [];
      const work = async ({ item: file, order, mayFollow }: Ahead<string>): Promise<FileResult> => {
        const path = userPath(file);
        try {
          const meeting = await readMeetingOptions(station, path, options);
          const model = chooseModel(
            { model: wanted, language: getModelLanguage(meeting.language, meeting.otherLanguages), translate, engine },
            modelsFolder,
            thisMachine(),
          );
          const request: TranscriptionRequest = {
            ...meeting,
            path,
            model,
            translate,
            formats: options.formats ?? settings.output.formats,
            summary: options.summary,
            out: options.out === undefined ? undefined : userPath(options.out),
            force: options.force === true,
            order,
          };
          return await transcribeOne(station, request, displays[order] as Display, mayFollow, signal);
        } catch (thrown) {
          return { file: path, error: toArchivistError(thrown) };
        }
      };
      for await (const result of readAhead(files, work, (turn) => displays[turn]?.release())) {
        displays[results.length]?.finish();
        results.push(result);
        if (!json && "outcome" in result) printOutcome(result.file, result.outcome, result.elapsedMs, settings);
        else if ("error" in result) printNotice(errorLine(result.error));
        if (signal.aborted) break;
      }
      submitHeldFiles(station.services, station.runtime.jobService);
      if (json) printJson({ results: results.map(resultJson) });
      if (signal.aborted) return interruptedExitCode;
      return results.some((result) => "error" in result) ? 1 : 0;
    });
  } finally {
    await station.close();
  }
}
