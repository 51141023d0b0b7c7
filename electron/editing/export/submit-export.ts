/** Asks for the files of a meeting to be written from its newest captions, and tells how that went. */
import { findApproval } from "../../catalog/repositories/approvals.ts";
import { findNewestExport } from "../../catalog/repositories/jobs.ts";
import type { PublishableRow } from "../../catalog/repositories/publishing.ts";
import { findTranscription } from "../../catalog/repositories/transcriptions.ts";
import { findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { type JobState, priorities } from "../../contract/jobs.ts";
import type { JobService } from "../../queue/job-service.ts";
import { findShareOfPath } from "../../shares/which-share.ts";
import type { StationServices } from "../../station-services.ts";

export interface ExportDeps {
  readonly services: Pick<StationServices, "catalog" | "settings">;
  readonly jobService: JobService;
}

/** Where a meeting's place is the same for two versions, their jobs are still two: one may be running already. */
const toDedupeKey = (id: string, version: number, approvedDate: string | undefined): string =>
  `export:${id}:${version}:${approvedDate ?? "not approved"}`;

/**
 * Adds the job to the queue. It needs no model and not the recording.
 * @throws ArchivistError `meeting.unknown` without captions, `queue.full`
 */
export function submitExport({ services, jobService }: ExportDeps, row: PublishableRow) {
  const { catalog, settings } = services;
  const version = findNewestVersionNumber(catalog, row.id);
  if (version === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: row.filename, cause: "it has no captions yet" });
  }
  const folder = findTranscription(catalog, row.id)?.outputFolder ?? "";
  const { job, isNew } = jobService.submit({
    type: "export",
    title: `Export files: ${row.meetingTitle ?? row.filename}`,
    payload: { transcriptionId: row.id, version },
    // A person waits for it, and it takes a moment.
    priority: priorities.highest,
    dedupeKey: toDedupeKey(row.id, version, findApproval(catalog, row.id)?.date),
    city: row.city ?? undefined,
    share: findShareOfPath(settings.shares.servers, folder)?.share.label,
    transcriptionId: row.id,
  });
  return { job, isNew, version };
}

/**
 * Adds the job to the queue after a change that holds in any case.
 * @returns undefined where the queue is full: the files say by themselves that they are older than the captions
 */
export function submitExportIfRoom(deps: ExportDeps, row: PublishableRow): string | undefined {
  try {
    return submitExport(deps, row).job.id;
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "queue.full") return undefined;
    throw thrown;
  }
}

export interface ExportState {
  readonly jobId: string;
  readonly state: JobState;
  /** Why it failed, or what it waits for. */
  readonly problem: { readonly code: string; readonly message: string; readonly remedy: string } | undefined;
}

/** How the newest export of a meeting went; undefined: there was none, or it is long ago. */
export function findExportState(
  { catalog }: Pick<StationServices, "catalog">,
  transcriptionId: string,
): ExportState | undefined {
  const job = findNewestExport(catalog, transcriptionId);
  if (job === undefined) return undefined;
  const { id, state, errorCode, errorMessage, errorRemedy } = job;
  const problem =
    errorCode === null || state === "completed"
      ? undefined
      : { code: errorCode, message: errorMessage ?? "", remedy: errorRemedy ?? "" };
  return { jobId: id, state, problem };
}
