/** `archivist captions approve …`, `take-back …` and `export …`: the same rules and jobs as on the screens. */
import { findJob } from "../../catalog/repositories/jobs.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { approveNewestVersion, takeBackApproval } from "../../editing/approve.ts";
import { submitExport } from "../../editing/export/submit-export.ts";
import type { Station } from "../../station.ts";
import { findTranscription } from "../publishing/find-transcription.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { accountName } from "../terminal/account.ts";
import { errorJson, errorLine, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { writeFiles } from "./write-files.ts";

export interface ApproveOptions extends QueueOptions {
  readonly reason?: string;
}

interface Done {
  readonly version: number;
  readonly jobId: string | undefined;
}

interface Acted extends Done {
  readonly id: string;
  readonly filename: string;
}

/** Does something with each meeting, then has the files written; an error with one does not stop the others. */
async function withEachMeeting(
  ids: readonly string[],
  options: QueueOptions,
  { purpose, result }: { readonly purpose: string; readonly result: (version: number) => string },
  act: (station: Station, id: string) => Done | Promise<Done>,
): Promise<number> {
  return withQueue(options, purpose, async (station) => {
    const results: unknown[] = [];
    const acted: Acted[] = [];
    for (const given of ids) {
      try {
        const { id, filename } = findTranscription(station, given);
        acted.push({ id, filename, ...(await act(station, id)) });
      } catch (thrown) {
        const error = toArchivistError(thrown);
        results.push({ transcription_id: given, error: errorJson(error) });
        if (!options.json) printNotice(errorLine(error));
      }
    }
    const failures = results.length;
    await writeFiles(
      station,
      acted.flatMap(({ jobId }) => jobId ?? []),
    );
    let unwritten = 0;
    for (const { id, filename, version, jobId } of acted) {
      const job = jobId === undefined ? undefined : findJob(station.catalog, jobId);
      const files = job?.state ?? "not written: the queue is full";
      if (job === undefined || job.state === "failed") unwritten++;
      results.push({ transcription_id: id, version, job_id: jobId ?? null, files });
      if (options.json) continue;
      printResult(printable(`${filename}: ${result(version)}; files: ${files}`));
      if (job?.state === "failed") printNotice(printable(`${job.errorMessage ?? ""}. ${job.errorRemedy ?? ""}`));
    }
    if (options.json) printJson(results);
    return failures + unwritten === 0 ? 0 : 1;
  });
}

const toDeps = ({ services, runtime }: Station) => ({ station: services, jobService: runtime.jobService });

export function approveCommand(ids: readonly string[], options: ApproveOptions): Promise<number> {
  const text = { purpose: "captions approve", result: (version: number) => `version ${version} approved` };
  return withEachMeeting(ids, options, text, async (station, id) => {
    const { isBeside, runtime } = station;
    const reason = options.reason;
    if (!isBeside) {
      const done = await runtime.editing.approve(id, { by: { name: accountName(), userId: 0 }, reason });
      return { version: done.number, jobId: done.jobId };
    }
    // The running station has the captions open, perhaps: rows alone are written.
    const done = await approveNewestVersion(toDeps(station), findTranscription(station, id), {
      by: accountName(),
      reason,
    });
    return { version: done.number, jobId: done.jobId };
  });
}

export function takeBackCommand(ids: readonly string[], options: ApproveOptions): Promise<number> {
  const text = {
    purpose: "captions take-back",
    result: (version: number) => `approval of version ${version} taken back`,
  };
  return withEachMeeting(ids, options, text, (station, id) => {
    const done = takeBackApproval(toDeps(station), findTranscription(station, id), {
      by: accountName(),
      reason: options.reason,
    });
    return { version: done.number, jobId: done.jobId };
  });
}

export function exportCommand(ids: readonly string[], options: QueueOptions): Promise<number> {
  const text = { purpose: "captions export", result: (version: number) => `version ${version}` };
  return withEachMeeting(ids, options, text, (station, id) => {
    const deps = { services: station.services, jobService: station.runtime.jobService };
    const { job, version } = submitExport(deps, findTranscription(station, id));
    return { version, jobId: job.id };
  });
}
