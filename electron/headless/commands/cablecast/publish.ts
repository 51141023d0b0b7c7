/** `archivist publish …` and `archivist cablecast link` */

import { connectCablecast } from "../../../cablecast/connect.ts";
import { previewPublication } from "../../../cablecast/publisher/preview.ts";
import { type PublishOutcome, publishSteps } from "../../../cablecast/publisher/publish.ts";
import {
  linkRecording,
  type PublishableRow,
  publishableByPrefix,
  unpublished,
} from "../../../catalog/repositories/publishing.ts";
import { ArchivistError, toArchivistError } from "../../../contract/errors.ts";
import { submitPublication } from "../../../jobs/publishing/auto-publish.ts";
import { obstacles } from "../../../jobs/publishing/gate.ts";
import { makePublication } from "../../../jobs/publishing/make-publication.ts";
import { publishNow } from "../../../jobs/publishing/publish-now.ts";
import type { Station } from "../../../station.ts";
import { interruptible } from "../../interruption.ts";
import { errorJson, errorLine, printable, printJson, printNotice, printResult } from "../../print.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";

export interface PublishOptions extends QueueOptions {
  readonly allReady?: boolean;
  readonly dryRun?: boolean;
  readonly title?: string;
  readonly description?: string;
}

function findTranscription({ catalog }: Station, id: string): PublishableRow {
  const [row, second] = id.trim() === "" ? [] : publishableByPrefix(catalog, id.trim().toLowerCase());
  if (row === undefined || second !== undefined) {
    throw new ArchivistError("publish.unknown", {
      subject: id,
      ...(second === undefined ? {} : { cause: "several transcriptions begin like this" }),
    });
  }
  return row;
}

/** Those that may go now. */
function ready(station: Station): readonly PublishableRow[] {
  return unpublished(station.catalog).filter((row) => obstacles(station.workshop, row).length === 0);
}

export async function publishCommand(ids: readonly string[], options: PublishOptions): Promise<number> {
  if (ids.length === 0 && !options.allReady) {
    throw new ArchivistError("usage.invalid", {
      cause: "no transcription is named",
      remedy: "Name one, or use --all-ready.",
    });
  }
  return withQueue(options, "publish", async (station) => {
    const rows = options.allReady ? ready(station) : ids.map((id) => findTranscription(station, id));
    if (rows.length === 0 && !options.json) printResult("There is nothing that may be published now.");
    const results: unknown[] = [];
    let failures = 0;
    for (const row of rows) {
      try {
        results.push(await publishOne(station, row, options));
      } catch (thrown) {
        const error = toArchivistError(thrown);
        // One that fails never stops the others; an interruption stops all.
        if (error.code === "interrupted") throw error;
        failures++;
        results.push({ transcription_id: row.id, recording: row.filename, status: "failed", error: errorJson(error) });
        printNotice(errorLine(error.subject === undefined ? error.about(row.filename) : error));
      }
    }
    if (options.json) printJson({ results });
    return failures > 0 ? 1 : 0;
  });
}

async function publishOne(station: Station, row: PublishableRow, options: PublishOptions): Promise<unknown> {
  const { workshop, operation, isBeside } = station;
  const wish = {
    ...(options.title === undefined ? {} : { title: options.title }),
    ...(options.description === undefined ? {} : { description: options.description }),
  };
  const json = options.json === true;
  if (options.dryRun) return preview(station, row, wish, json);
  if (isBeside) {
    const { job } = submitPublication(operation.desk, row, wish);
    if (!json) printResult(printable(`${row.filename}: in the queue of the running station (${job.id.slice(0, 8)}).`));
    return { transcription_id: row.id, recording: row.filename, status: "queued", job_id: job.id };
  }
  const tell = (message: string): void => {
    if (!json) printNotice(printable(`${row.filename}: ${message} …`));
  };
  const outcome = await interruptible((signal) => publishNow(workshop, row, wish, tell, signal));
  if (!json) printOutcome(row, outcome);
  return { transcription_id: row.id, recording: row.filename, status: "published", ...outcomeJson(outcome) };
}

async function preview(station: Station, row: PublishableRow, wish: object, json: boolean): Promise<unknown> {
  const { workshop } = station;
  const { catalog, settings, logger, secrets } = workshop;
  const client = connectCablecast({ settings: settings.cablecast, secrets, logger });
  const publication = await makePublication(workshop, row, wish);
  const steps = await interruptible((signal) =>
    previewPublication({ client, catalog, settings: settings.cablecast, logger, signal }, publication),
  );
  const blocked = obstacles(workshop, row);
  if (!json) {
    printResult(printable(`${row.filename}: nothing is changed, this would be done`));
    for (const reason of blocked) printResult(printable(`  ! not yet: ${reason}`));
    for (const { step, changes, detail } of steps)
      printResult(printable(`  ${changes ? "+" : " "} ${step.padEnd(10)} ${detail}`));
  }
  return { transcription_id: row.id, recording: row.filename, status: "dry run", blocked, steps };
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
  printResult(printable(`${row.filename}: published as show ${outcome.showId}, VOD ${outcome.vodId}.`));
  for (const name of publishSteps) {
    const detail = outcome.details.find(([step]) => step === name)?.[1];
    if (detail !== undefined) printResult(printable(`  ${name.padEnd(10)} ${detail}`));
  }
  const verified = {
    yes: "read back and right",
    no: "NOT as they were made",
    "not yet": "not there yet; they are looked for again later",
  };
  printResult(`  captions   ${verified[outcome.captionsVerified]}`);
  for (const each of outcome.missing) printNotice(printable(`  missing: ${each}`));
  if (outcome.url !== null) printResult(printable(`  ${outcome.url}`));
}

export function linkCommand(id: string, show: number, options: QueueOptions): Promise<number> {
  return withQueue(options, "cablecast link", async (station) => {
    const row = findTranscription(station, id);
    const { catalog, settings, logger, secrets } = station.workshop;
    const client = connectCablecast({ settings: settings.cablecast, secrets, logger });
    const { title } = await client.show(show);
    linkRecording(catalog, row.recordingId, show, "by hand");
    if (options.json) printJson({ transcription_id: row.id, recording: row.filename, show_id: show, title });
    else printResult(printable(`${row.filename} is show ${show}, "${title}".`));
    return 0;
  });
}
