/** `archivist demo`: runs the whole pipeline on the sample meeting that ships with the program. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { listWords } from "../../catalog/repositories/chunks.ts";
import { chooseDataFolder } from "../../config/data-folder.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { defaultOutputFormats } from "../../contract/formats.ts";
import type { PublishOutcome } from "../../contract/publishing.ts";
import { sampleFolder, sampleMeeting } from "../../intake/sample.ts";
import { demoModelName, findModel } from "../../speech/models/found-models.ts";
import { wordErrorRate } from "../../speech/recognition/word-error-rate.ts";
import { openStation } from "../../station.ts";
import type { TranscriptionOutcome } from "../../transcription/transcribe.ts";
import { interruptedExitCode, interruptible } from "../terminal/interruption.ts";
import {
  errorJson,
  errorLine,
  printable,
  printJson,
  printNotice,
  printResult,
  spokenDuration,
} from "../terminal/print.ts";
import { showProgress, silentProgress } from "../terminal/progress.ts";
import { userPath } from "../terminal/user-paths.ts";
import { publishDemo } from "./demo-publish.ts";

export interface DemoOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

const scriptSchema = z.object({ title: z.string(), lines: z.array(z.object({ text: z.string() })) });

interface DemoResult {
  readonly outcome: TranscriptionOutcome;
  readonly published: PublishOutcome;
  /** Command that opens the page of what was published. */
  readonly pageCommand: string;
  readonly wordErrorRate: number;
  readonly elapsedMs: number;
}

async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<DemoResult> {
  // A separate folder: the demo never touches a station's catalog.
  const dataFolder =
    options.dataDir === undefined ? join(chooseDataFolder(undefined, process.env), "demo") : userPath(options.dataDir);
  const station = openStation({ dataFolder, purpose: "archivist demo" });
  const display = options.json ? silentProgress : showProgress("Sample meeting");
  const started = performance.now();
  try {
    const outcome = await station.transcribe(
      {
        path: sampleMeeting,
        model: findModel(demoModelName, station.modelsFolder),
        language: "en",
        translate: false,
        city: undefined,
        glossaryName: undefined,
        formats: defaultOutputFormats,
        out: join(station.folder.output, "sample-meeting"),
        force: true,
      },
      display.listener,
      signal,
    );
    const elapsedMs = performance.now() - started;
    const recognizedWords = listWords(station.catalog, outcome.transcriptionId);
    const script = scriptSchema.parse(JSON.parse(await readFile(join(sampleFolder, "sample-meeting.json"), "utf8")));
    const rate = wordErrorRate(
      script.lines.map(({ text }) => text).join(" "),
      recognizedWords.map(({ text }) => text).join(" "),
    );
    const published = await publishDemo(station, outcome.transcriptionId, signal);
    return { outcome, published, pageCommand: pageCommand(station.folder.root), wordErrorRate: rate, elapsedMs };
  } finally {
    display.finish();
    await station.close();
  }
}

/** The command as a person types it who has started the demo with npm. */
const pageCommand = (dataFolder: string): string =>
  `npm run archivist -- cablecast emulate --open --data-dir "${dataFolder}"`;

/** The first lines of a file, to show the user that it is real. */
async function firstLines(path: string, count: number): Promise<readonly string[]> {
  const text = await readFile(path, "utf8");
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, count)
    .map((line) => (line.length > 96 ? `${line.slice(0, 95)}…` : line));
}

async function printDemo({
  outcome,
  published,
  pageCommand: command,
  wordErrorRate: rate,
  elapsedMs,
}: DemoResult): Promise<void> {
  const path = (kind: string): string => outcome.delivery.files.find((file) => file.kind === kind)?.path ?? "";
  const show = async (title: string, kind: string, count: number): Promise<void> => {
    printResult(`\n${title}: ${path(kind)}`);
    for (const line of await firstLines(path(kind), count)) printResult(`    ${line}`);
  };
  printResult(
    `The sample meeting (${spokenDuration(outcome.durationMs)}) took ${spokenDuration(elapsedMs)}. ` +
      `Word error rate against its script: ${(rate * 100).toFixed(1)} %.`,
  );
  await show("Broadcast captions (SCC)", "scc", 4);
  await show("The same as SRT", "srt", 8);
  await show("Summary", "summary", 9);
  await show("Report", "report", 9);
  printResult(`\nWebVTT, text and JSON are beside them in ${outcome.folder}`);
  const { showId, vodId, captionsVerified, details } = published;
  printResult(`\nPublished on the practice station as show ${showId}, VOD ${vodId}:`);
  for (const [step, detail] of details) printResult(printable(`    ${step.padEnd(10)} ${detail}`));
  printResult(`    captions   ${captionsVerified === "yes" ? "read back and right" : "could not be read back"}`);
  printResult(`\nSee its page, with captions and chapters:\n    ${printable(command)}`);
}

/** What the demo failed to produce, if anything. The files are read again to verify them. */
async function missingFile({ outcome }: DemoResult): Promise<string | undefined> {
  for (const { path } of outcome.delivery.files) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (text.trim() === "") return path;
  }
  return undefined;
}

/** Runs the command; exit code 0 only if everything was produced. */
export async function demoCommand(options: DemoOptions): Promise<number> {
  return interruptible(async (signal) => {
    try {
      const result = await runDemo(options, signal);
      const missing = await missingFile(result);
      const { published } = result;
      if (published.captionsVerified !== "yes") {
        throw new ArchivistError("captions.not-verified", { cause: published.missing.join("; ") });
      }
      if (missing !== undefined) throw new ArchivistError("captions.not-verified", { subject: missing });
      if (options.json) {
        printJson({
          status: result.outcome.status,
          steps: result.outcome.steps,
          files: result.outcome.delivery.files,
          word_error_rate: Math.round(result.wordErrorRate * 10_000) / 10_000,
          published: {
            show_id: published.showId,
            vod_id: published.vodId,
            captions_verified: published.captionsVerified,
            page_command: result.pageCommand,
          },
        });
      } else await printDemo(result);
      return 0;
    } catch (thrown) {
      const error = toArchivistError(thrown);
      if (options.json)
        printJson({ status: "failed", steps: [], files: [], word_error_rate: null, error: errorJson(error) });
      else printNotice(errorLine(error));
      return signal.aborted ? interruptedExitCode : 1;
    }
  });
}
