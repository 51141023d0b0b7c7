/** `archivist cablecast sync | shows | vods` */
import { listShows } from "../../catalog/repositories/cablecast-shows.ts";
import { publishedVods } from "../../catalog/repositories/publications.ts";
import { toDay } from "../../platform/calendar.ts";
import { submitSync } from "../../publishing/sync-job.ts";
import { describeSync, synchronize } from "../../publishing/synchronize.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";

export interface SyncOptions extends QueueOptions {
  readonly full?: boolean;
}

export function syncCommand(options: SyncOptions): Promise<number> {
  return withQueue(options, "cablecast sync", async (station) => {
    const { services, runtime, isBeside } = station;
    const full = options.full === true;
    if (isBeside) {
      const { job } = submitSync(runtime.jobService, full);
      if (options.json) printJson({ status: "queued", job_id: job.id });
      else printResult(`In the queue of the running station (${job.id.slice(0, 8)}).`);
      return 0;
    }
    let lastStep = "";
    const printStep = (step: string, _: number, message: string): void => {
      if (options.json || step === lastStep) return;
      lastStep = step;
      printNotice(printable(`${message} …`));
    };
    const outcome = await interruptible((signal) => synchronize(services, full, printStep, signal));
    if (options.json) printJson({ status: "completed", ...outcome });
    else {
      printResult(describeSync(outcome));
      if (outcome.metadata.open > 0) printResult("What has to be decided: archivist cablecast conflicts");
      if (outcome.links.unclear > 0) printResult("Candidates of a recording: archivist cablecast link ID");
    }
    return 0;
  });
}

export interface ShowsOptions extends QueueOptions {
  readonly search?: string;
  readonly limit?: number;
}

export function showsCommand(options: ShowsOptions): Promise<number> {
  return withQueue(options, "cablecast shows", ({ catalog }) => {
    const { search, limit } = options;
    const { total, shows } = listShows(catalog, {
      ...(search === undefined ? {} : { search }),
      ...(limit === undefined ? {} : { limit }),
    });
    if (options.json) printJson({ total, shows });
    else if (shows.length === 0) printResult("No shows are known. Fetch them: archivist cablecast sync");
    else {
      const rows = shows.map(({ cablecastId, eventDate, category, vodState, views, recordingId, title }) => [
        String(cablecastId),
        eventDate ?? "",
        category ?? "",
        vodState ?? "",
        views === null ? "" : String(views),
        recordingId === null ? "" : "yes",
        title,
      ]);
      printResult(table(["show", "date", "category", "VOD", "views", "linked", "title"], rows));
      if (total > shows.length) printResult(`${shows.length} of ${total}; use --search or --limit.`);
    }
    return 0;
  });
}

/** Lists what was published and its present state. */
export function vodsCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "cablecast vods", ({ catalog, settings }) => {
    const vods = publishedVods(catalog);
    if (options.json) printJson({ vods });
    else if (vods.length === 0) printResult("Nothing has been published yet.");
    else {
      const rows = vods.map(({ vodId, status, state, captionsVerified, views, publishedDate, filename }) => [
        vodId,
        status === "published" ? (state ?? status) : status,
        captionsVerified,
        views === null ? "" : String(views),
        publishedDate === null ? "" : toDay(new Date(publishedDate), settings.schedules.timeZone),
        filename,
      ]);
      printResult(table(["VOD", "state", "captions", "views", "published", "recording"], rows));
    }
    return 0;
  });
}
