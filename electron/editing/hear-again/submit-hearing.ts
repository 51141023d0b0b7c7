/** Asks for a part of a meeting to be heard again. */
import { basename } from "node:path";
import type { z } from "zod";
import { formatClock } from "../../captions/time/clock-text.ts";
import type { PublishableRow } from "../../catalog/repositories/publishing.ts";
import { findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { priorities } from "../../contract/jobs.ts";
import type { JobService } from "../../queue/job-service.ts";
import { findShareOfPath } from "../../shares/which-share.ts";
import type { StationServices } from "../../station-services.ts";
import { chooseHearing } from "../../transcription/hearing/hearing-request.ts";
import type { hearAgainPayloadSchema } from "./payload.ts";

export interface SubmitHearingDeps {
  readonly station: StationServices;
  readonly jobService: JobService;
}

/**
 * Adds the job to the queue. Model and language are checked first, so that what cannot be done is refused at once.
 * @throws ArchivistError `meeting.unknown` without captions; `usage.invalid`, `model.*`, `queue.full`
 */
export function submitHearing(
  { station, jobService }: SubmitHearingDeps,
  row: PublishableRow,
  request: Omit<z.input<typeof hearAgainPayloadSchema>, "transcriptionId">,
) {
  const { catalog, settings } = station;
  const { startMs, endMs } = request;
  if (findNewestVersionNumber(catalog, row.id) === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: row.filename, cause: "it has no captions yet" });
  }
  if (endMs <= startMs || startMs >= (row.durationMs ?? Number.POSITIVE_INFINITY)) {
    throw new ArchivistError("usage.invalid", {
      cause: endMs <= startMs ? "the end is not after the beginning" : "the recording is shorter than that",
      remedy: "Choose a beginning and an end within the recording.",
    });
  }
  const { model } = chooseHearing(station, row.id, { startMs, endMs }, request);
  const payload = { transcriptionId: row.id, ...request };
  return jobService.submit({
    type: "hear_again",
    title: `${basename(row.filename)}, ${formatClock(startMs)} to ${formatClock(endMs)} again`,
    payload,
    // A person waits for it.
    priority: priorities.highest,
    dedupeKey: `hear-again:${JSON.stringify(payload)}`,
    groupKey: model.name,
    city: row.city ?? undefined,
    share: findShareOfPath(settings.shares.servers, row.filePath)?.share.label,
    durationMs: row.durationMs ?? undefined,
  });
}
