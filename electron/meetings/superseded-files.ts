/** Removes a meeting's files at the place that it has left, once those at the new place are there. */
import { findJob, type JobRow } from "../catalog/repositories/jobs.ts";
import {
  listCurrentFiles,
  listMeetingsThatMoved,
  listSupersededFiles,
} from "../catalog/repositories/superseded-files.ts";
import { pathExists } from "../platform/path-exists.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { StationServices } from "../station-services.ts";
import { removeOwnedFile } from "./owned-files.ts";

type FileServices = Pick<StationServices, "catalog" | "logger">;

/** Files that somebody has changed stay. @returns Number of removed files */
export async function removeSupersededFiles(services: FileServices, transcriptionId: string): Promise<number> {
  const { catalog } = services;
  const left = listSupersededFiles(catalog, transcriptionId);
  if (left.length === 0) return 0;
  const current = listCurrentFiles(catalog, transcriptionId);
  const isThere = await Promise.all(current.map(({ path }) => pathExists(path)));
  if (!isThere.includes(true)) return 0;
  let removed = 0;
  for (const file of left) if ((await removeOwnedFile(services, transcriptionId, file)) === "removed") removed++;
  return removed;
}

/** Of all meetings: what a share that did not answer has left over. @returns Number of removed files */
export async function removeAllSupersededFiles(services: FileServices): Promise<number> {
  let removed = 0;
  for (const id of listMeetingsThatMoved(services.catalog)) removed += await removeSupersededFiles(services, id);
  return removed;
}

/** Removes them whenever a job of their meeting has ended. */
export function removeSupersededFilesOfJobs(events: TypedEvents<QueueEvents>, services: FileServices): void {
  const remove = async ({ id, payload }: JobRow): Promise<void> => {
    try {
      // Read the row again: the transcription's id was stored while the job ran.
      const known = findJob(services.catalog, id)?.transcriptionId;
      const { transcriptionId = known } = JSON.parse(payload) as { readonly transcriptionId?: string };
      if (transcriptionId != null) await removeSupersededFiles(services, transcriptionId);
    } catch (error) {
      services.logger.error("files at an earlier place could not be removed", { error });
    }
  };
  events.on("jobEnded", (job) => void remove(job));
}
