/** The job that synchronizes the station with its Cablecast server. */
import { z } from "zod";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { describeSync, synchronize, syncSteps } from "./synchronize.ts";

const payloadSchema = z.strictObject({ full: z.boolean().default(false) });

export function createSyncJobKind(services: StationServices): JobKind {
  return defineJobKind({
    type: "sync",
    payload: payloadSchema,
    // A single step: each run compares everything that may differ.
    steps: () => [{ name: "sync" }],
    run: ({ payload: { full }, signal, step, report }) =>
      step("sync", async () => {
        const outcome = await synchronize(
          services,
          full,
          (stage, share, message) => {
            report({ progress: (syncSteps.indexOf(stage) + share) / syncSteps.length, stage, message });
          },
          signal,
        );
        return { ...outcome, message: describeSync(outcome) };
      }),
  });
}

/** @throws ArchivistError `queue.full` */
export function submitSync(jobService: JobService, full: boolean) {
  const title = full ? "All shows of the Cablecast server" : "Changes on the Cablecast server";
  return jobService.submit({ type: "sync", title, payload: { full }, dedupeKey: `sync:${full ? "full" : "changes"}` });
}

/**
 * The schedule `sync`: synchronizes changes only.
 * @returns A description of what was done, for users
 * @throws ArchivistError `queue.full`
 */
export function submitScheduledSync({ settings }: StationServices, jobService: JobService): string {
  if (settings.cablecast.url === null) return "not done: cablecast.url is not set";
  return submitSync(jobService, false).isNew ? "put into the queue" : "it is in the queue already";
}
