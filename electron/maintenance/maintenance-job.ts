/** Maintenance jobs: cleaning up what is no longer needed, and archiving old recordings. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { dayMs } from "../captions/time/durations.ts";
import { forgetEndedJobs, listJobs } from "../catalog/repositories/jobs.ts";
import { forgetLogEntries } from "../catalog/repositories/logs.ts";
import { forgetNotifications } from "../catalog/repositories/notifications.ts";
import { forgetVanished } from "../catalog/repositories/share-files.ts";
import { openStates } from "../contract/jobs.ts";
import { sweepUploads } from "../intake/uploads/sweep.ts";
import { purgeDeletedMeetings } from "../meetings/purge.ts";
import { removeAllSupersededFiles } from "../meetings/superseded-files.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { type LifeCycleDeps, runMoves } from "./life-cycle.ts";
import { deleteUnwatched } from "./previews.ts";

const payloadSchema = z.strictObject({
  tasks: z.array(z.enum(["clear", "archive"])).min(1),
  /** Archive only these files, whatever their age: rows of `share_files`. */
  chosen: z.array(z.number().int()).optional(),
});
type MaintenanceTask = z.infer<typeof payloadSchema>["tasks"][number];

export function createMaintenanceJobKind(deps: LifeCycleDeps): JobKind {
  const { services } = deps;
  return defineJobKind({
    type: "maintenance",
    payload: payloadSchema,
    steps: ({ tasks }) => tasks.map((name) => ({ name })),
    run: async ({ payload: { tasks, chosen }, signal, step }) => {
      const results: Record<string, unknown> = {};
      for (const task of tasks) {
        const work = () => (task === "clear" ? runCleanUp(services) : runMoves({ ...deps, signal, chosen }));
        results[task] = await step<unknown>(task, work);
      }
      return results;
    },
  });
}

const taskTitles: Readonly<Record<MaintenanceTask, string>> = {
  clear: "Clearing away what is no longer needed",
  archive: "Moving old recordings",
};

function submitTask(jobService: JobService, task: MaintenanceTask): string {
  const { isNew } = jobService.submit({
    type: "maintenance",
    title: taskTitles[task],
    payload: { tasks: [task] },
    dedupeKey: `maintenance:${task}`,
  });
  return isNew ? "put into the queue" : "it is in the queue already";
}

/** The schedule `maintenance`. @returns What was done, for users. @throws ArchivistError `queue.full` */
export const submitCleanUp = (jobService: JobService): string => submitTask(jobService, "clear");

/** The schedule `archive`. @returns What was done, for users. @throws ArchivistError `queue.full` */
export const submitArchiving = ({ settings }: StationServices, jobService: JobService): string =>
  settings.lifeCycle.enabled ? submitTask(jobService, "archive") : "not done: lifeCycle.enabled is false";

/** Notices and what was logged for people to look up: a season of meetings. */
const noticeDays = 180;

/** Deletes old rows, and working files that are no longer needed. */
async function runCleanUp(services: StationServices): Promise<unknown> {
  const { catalog, settings, folder, clock } = services;
  const before = new Date(clock.now().getTime() - settings.queue.keepDays * dayMs).toISOString();
  const longBefore = new Date(clock.now().getTime() - noticeDays * dayMs).toISOString();
  const jobs = forgetEndedJobs(catalog, before);
  const files = forgetVanished(catalog, before);
  const open = new Set(listJobs(catalog, { states: openStates, limit: 1_000_000 }).map(({ id }) => id));
  let repairedFiles = 0;
  for (const name of await readdir(folder.repaired).catch(() => [])) {
    if (open.has(name.replace(/\.[a-z]+$/, ""))) continue;
    await rm(join(folder.repaired, name), { force: true });
    repairedFiles++;
  }
  const proxies = await deleteUnwatched(folder.recordings, clock.now().getTime() - settings.media.proxyDays * dayMs);
  return {
    jobs,
    notices: forgetNotifications(catalog, longBefore) + forgetLogEntries(catalog, longBefore),
    files,
    mended: repairedFiles,
    proxies,
    uploads: await sweepUploads(services),
    meetings: await purgeDeletedMeetings(services),
    moved: await removeAllSupersededFiles(services),
    temporary: await clearTemporary(folder.output, clock.now().getTime()),
  };
}

/** Deletes partly written files of processes that were killed long ago. */
async function clearTemporary(root: string, now: number): Promise<number> {
  let cleared = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || !entry.name.endsWith(".archivist-part")) continue;
    const path = join(entry.parentPath, entry.name);
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? now;
    if (now - modified < dayMs) continue;
    await rm(path, { force: true });
    cleared++;
  }
  return cleared;
}
