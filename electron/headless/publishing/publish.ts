/** `archivist publish …` and `archivist unpublish` */
import { formatClock } from "../../captions/time/clock-text.ts";
import { publishedVods, saveRemoval } from "../../catalog/repositories/publications.ts";
import { listUnpublished, type PublishableRow } from "../../catalog/repositories/publishing.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { PublishOutcome, TargetName } from "../../contract/publishing.ts";
import { previewPublication } from "../../publishing/preview.ts";
import { publish } from "../../publishing/publish.ts";
import { requirePublishChecks } from "../../publishing/publish-checks.ts";
import { planPublications } from "../../publishing/publish-many.ts";
import { type PublishOptions, publishOptionsSchema } from "../../publishing/publish-options.ts";
import { findEarlierPublication, keepRequestedDate, requestPublication } from "../../publishing/request-publication.ts";
import { openTarget } from "../../publishing/targets.ts";
import type { Station } from "../../station.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { interruptible } from "../terminal/interruption.ts";
import { errorJson, errorLine, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { readChapterList } from "./chapter-list.ts";
import { findTranscription } from "./find-transcription.ts";

/** Options as commander returns them: an option that begins with `no-` is true unless it is given. */
export interface PublishCommandOptions extends QueueOptions {
  readonly allReady?: boolean;
  readonly dryRun?: boolean;
  readonly target?: TargetName;
  readonly title?: string;
  readonly fileTitle?: boolean;
  readonly description?: string | boolean;
  readonly tags?: readonly string[];
  readonly quality?: number;
  readonly captions?: boolean;
  readonly newShow?: boolean;
  readonly date?: string;
  readonly show?: number;
  /** Path of a text file. */
  readonly chapters?: string;
}

/** @throws ArchivistError `usage.invalid` */
async function toPublishOptions(options: PublishCommandOptions): Promise<PublishOptions> {
  const { target, title, fileTitle, description, tags, quality, captions, newShow, date, show } = options;
  if (newShow && show !== undefined) {
    throw new ArchivistError("usage.invalid", { cause: "--show and --new-show exclude each other" });
  }
  const chapters = options.chapters === undefined ? undefined : await readChapterList(options.chapters);
  const parsed = publishOptionsSchema.safeParse({
    ...(target === undefined ? {} : { target }),
    ...(title === undefined ? {} : { title }),
    ...(fileTitle ? { generateTitle: false } : {}),
    ...(typeof description === "string" ? { description } : {}),
    ...(description === false ? { generateDescription: false } : {}),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(quality === undefined ? {} : { quality }),
    ...(captions === false ? { captions: false } : {}),
    ...(newShow ? { newShow } : {}),
    ...(date === undefined ? {} : { date }),
    ...(show === undefined ? {} : { show }),
    ...(chapters === undefined ? {} : { chapters }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ArchivistError("usage.invalid", {
    cause: `--${String(issue?.path[0])}: ${issue?.message ?? "not understood"}`,
  });
}

/** Options that are about one meeting. */
const ownOptions = ["title", "description", "date", "chapters", "show", "newShow"] as const;

interface LeftOut {
  readonly row: PublishableRow;
  readonly reasons: readonly string[];
}

/** Transcriptions that are ready to publish, as many as one batch takes, and why others are left out. */
function findReady(station: Station, options: PublishOptions) {
  const target = options.target ?? station.settings.publishing.target;
  const rows = new Map(listUnpublished(station.catalog, target).map((row) => [row.id, row]));
  const ready: PublishableRow[] = [];
  const leftOut: LeftOut[] = [];
  for (const { id, reasons } of planPublications(station.services, [...rows.keys()], options)) {
    const row = rows.get(id);
    if (row === undefined) continue;
    if (reasons.length === 0) ready.push(row);
    else leftOut.push({ row, reasons });
  }
  return { ready, leftOut };
}

export async function publishCommand(ids: readonly string[], options: PublishCommandOptions): Promise<number> {
  if (ids.length === 0 && !options.allReady) {
    throw new ArchivistError("usage.invalid", {
      cause: "no transcription is named",
      remedy: "Name one, or use --all-ready.",
    });
  }
  const publishOptions = await toPublishOptions(options);
  const isAboutOne = ownOptions.some((name) => publishOptions[name] !== undefined);
  if (options.allReady && (ids.length > 0 || isAboutOne)) {
    throw new ArchivistError("usage.invalid", {
      cause:
        "--all-ready goes with no transcription, title, description, date, chapters, show or --new-show: they are about one of them",
      remedy: "Publish that one by itself.",
    });
  }
  if (ids.length > 1 && isAboutOne) {
    throw new ArchivistError("usage.invalid", {
      cause:
        "a title, description, date, chapters, show or --new-show is about one transcription, and several are named",
      remedy: "Publish that one by itself.",
    });
  }
  return withQueue(options, "publish", async (station) => {
    const { ready, leftOut } = options.allReady ? findReady(station, publishOptions) : { ready: [], leftOut: [] };
    const rows: readonly (PublishableRow | string)[] = options.allReady ? ready : ids;
    if (rows.length === 0 && !options.json) printResult("There is nothing that may be published now.");
    const results: unknown[] = leftOut.map(({ row: { id, filename }, reasons }) => {
      if (!options.json) printNotice(printable(`${filename}: left out: ${reasons.join(", and ")}`));
      return { transcription_id: id, recording: filename, status: "left out", reasons };
    });
    let failures = 0;
    for (const each of rows) {
      let row: PublishableRow | undefined;
      try {
        row = typeof each === "string" ? findTranscription(station, each) : each;
        results.push(await publishOne(station, row, publishOptions, options));
      } catch (thrown) {
        const error = toArchivistError(thrown);
        // A failure never stops the others; an interruption stops all.
        if (error.code === "interrupted") throw error;
        failures++;
        const about = { transcription_id: row?.id ?? null, recording: row?.filename ?? null };
        results.push({ ...about, status: "failed", error: errorJson(error) });
        const isNamed = error.subject !== undefined || row === undefined;
        printNotice(errorLine(isNamed ? error : error.about(row?.filename ?? "")));
      }
    }
    if (options.json) printJson({ results });
    return failures > 0 ? 1 : 0;
  });
}

async function publishOne(
  station: Station,
  row: PublishableRow,
  publishOptions: PublishOptions,
  options: PublishCommandOptions,
): Promise<unknown> {
  const { services, runtime, isBeside } = station;
  const json = options.json === true;
  if (options.dryRun) return preview(station, row, publishOptions, json);
  if (isBeside) {
    const job = await requestPublication(services, runtime.jobService, row.id, publishOptions);
    if (!json) printResult(printable(`${row.filename}: in the queue of the running station (${job.id.slice(0, 8)}).`));
    return { transcription_id: row.id, recording: row.filename, status: "queued", job_id: job.id };
  }
  const printStep = (message: string): void => {
    if (!json) printNotice(printable(`${row.filename}: ${message} …`));
  };
  requirePublishChecks(services, row, findEarlierPublication(services, row, publishOptions).checks);
  keepRequestedDate(services, row, publishOptions);
  const outcome = await interruptible((signal) => publish(services, row, publishOptions, printStep, signal));
  if (!json) printOutcome(row, outcome);
  return { transcription_id: row.id, recording: row.filename, status: "published", ...outcomeJson(outcome) };
}

async function preview(
  station: Station,
  row: PublishableRow,
  publishOptions: PublishOptions,
  json: boolean,
): Promise<unknown> {
  const {
    obstacles: blocked,
    steps,
    sent,
    shortcomings,
  } = await interruptible((signal) => previewPublication(station.services, row, publishOptions, signal));
  if (!json) {
    printResult(printable(`${row.filename}: nothing is changed, this would be done`));
    for (const reason of blocked) printResult(printable(`  ! not yet: ${reason}`));
    for (const [name, value] of describeSent(sent)) printResult(printable(`    ${name.padEnd(11)} ${value}`));
    for (const each of shortcomings) printResult(printable(`  ! ${each}`));
    for (const { step, changes, detail } of steps)
      printResult(printable(`  ${changes ? "+" : " "} ${step.padEnd(10)} ${detail}`));
  }
  return { transcription_id: row.id, recording: row.filename, status: "dry run", blocked, sent, shortcomings, steps };
}

type Sent = Awaited<ReturnType<typeof previewPublication>>["sent"];

/** What would be sent, as lines with a name. */
function describeSent(sent: Sent): readonly (readonly [name: string, value: string])[] {
  const { title, description, date, tags, chapters, quality, captions, captionCount } = sent;
  return [
    ["title", title],
    ["description", description === "" ? "none" : description],
    ["date", date ?? "not known: say it with --date"],
    ["tags", tags.length === 0 ? "none" : tags.join(", ")],
    ["chapters", chapters.length === 0 ? "none" : ""],
    ...chapters.map((chapter) => ["", `${formatClock(chapter.startMs)} ${chapter.title}`] as const),
    ["quality", quality === null ? "the first configuration of the location" : `${quality} lines`],
    ["captions", captions ? String(captionCount) : "none"],
  ];
}

const outcomeJson = ({ showId, vodId, url, captionsVerified, missing, details }: PublishOutcome) => ({
  show_id: showId,
  vod_id: vodId,
  url,
  captions_verified: captionsVerified,
  missing,
  steps: Object.fromEntries(details),
});

function printOutcome(row: PublishableRow, outcome: PublishOutcome): void {
  const { showId, vodId, details } = outcome;
  const where = showId === null ? vodId : `show ${showId}, VOD ${vodId}`;
  printResult(printable(`${row.filename}: published as ${where}.`));
  for (const [step, detail] of details) printResult(printable(`  ${step.padEnd(10)} ${detail}`));
  const verified = {
    yes: "read back and right",
    no: "NOT as they were made",
    "not yet": "not there yet; they are looked for again later",
  };
  printResult(`  captions   ${verified[outcome.captionsVerified]}`);
  for (const each of outcome.missing) printNotice(printable(`  missing: ${each}`));
  if (outcome.url !== null) printResult(printable(`  ${outcome.url}`));
}

/** Reports whether a publication is gone from its server and, if not, how to remove it. */
export function unpublishCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "unpublish", async (station) => {
    const { catalog, services } = station;
    const row = findTranscription(station, id);
    const vods = publishedVods(catalog).filter(
      ({ recordingId, status }) => recordingId === row.recordingId && status !== "removed",
    );
    if (vods.length === 0) {
      throw new ArchivistError("publish.unknown", { subject: row.filename, cause: "nothing of it is published" });
    }
    const results: unknown[] = [];
    let left = 0;
    for (const { id: published, target: name, server, vodId, showId } of vods) {
      const { isGone, instruction } = await interruptible((signal) => {
        const target = openTarget(services, name, { signal });
        if (target.server === server) return target.removal({ vodId, showId: showId ?? undefined });
        // Ids are valid on one server only.
        const elsewhere = `It was published on ${server}: set cablecast.url to that server, then run this again.`;
        return Promise.resolve({ isGone: false, instruction: elsewhere });
      });
      if (isGone) saveRemoval(catalog, published, services.clock.now().toISOString());
      else left++;
      results.push({ target: name, vod_id: vodId, gone: isGone, ...(isGone ? {} : { instruction }) });
      if (!options.json) {
        printResult(
          printable(
            `${row.filename}: ${vodId} ${isGone ? "is gone; it is not published again by itself" : "is still there"}.`,
          ),
        );
        if (!isGone) printNotice(printable(`  ${instruction}`));
      }
    }
    if (options.json) printJson({ transcription_id: row.id, recording: row.filename, results });
    return left > 0 ? 1 : 0;
  });
}
