/** Recovery for a recording that cannot be read: remuxes it into another container or converts its audio, once. */
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { JobRow } from "../../catalog/repositories/jobs.ts";
import { inputArguments } from "../../media/input-arguments.ts";
import { run } from "../../platform/process/run.ts";
import type { TypedEvents } from "../../platform/typed-events.ts";
import type { QueueEvents } from "../../queue/job-queue.ts";
import { type FailedJob, noRecovery, type Recovery, type RecoveryDeps, wasTried, withRemedy } from "./tools.ts";

/** Errors that no conversion can fix. */
const unrepairable = new Set(["media.no-audio", "media.encrypted", "captions.unreadable"]);

export const recoverFormat: Recovery = async (tools, failed) => {
  if (unrepairable.has(failed.error.code) || wasTried(failed, "mended copy")) return noRecovery;
  const made = await createRepairedCopy(tools, failed);
  if (made === undefined) return noRecovery;
  return {
    action: "retry",
    recovery: "format",
    message: made.how,
    overrides: withRemedy(failed, "mended copy", { source: made.path }),
  };
};

/** Possible paths of the repaired copy of a job's recording. */
export const listRepairedFiles = (folder: string, jobId: string): readonly string[] =>
  [".mka", ".flac"].map((ending) => join(folder, jobId + ending));

/** Deletes the repaired copies of jobs that are over. @param folder the folder of repaired copies */
export function deleteRepairedFiles(events: TypedEvents<QueueEvents>, folder: string): void {
  const deleteFilesOfJob = async ({ id }: JobRow): Promise<void> => {
    // What cannot be deleted now is removed by the next clean-up.
    for (const file of listRepairedFiles(folder, id)) await rm(file, { force: true }).catch(() => undefined);
  };
  events.on("jobEnded", (job) => void deleteFilesOfJob(job));
  events.on("jobFailed", ({ job }) => void deleteFilesOfJob(job));
}

async function createRepairedCopy(
  { services }: RecoveryDeps,
  { job, payload, overrides }: FailedJob,
): Promise<{ readonly path: string; readonly how: string } | undefined> {
  const { ffmpeg } = await services.mediaTools();
  const { repaired } = services.folder;
  await mkdir(repaired, { recursive: true });
  const source = overrides.path ?? payload.path;
  const [remuxed = "", converted = ""] = listRepairedFiles(repaired, job.id);
  const lenient = ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-fflags", "+genpts+discardcorrupt"];
  const ways = [
    { path: remuxed, how: "its sound was copied into another container", args: ["-c", "copy"] },
    { path: converted, how: "its sound was converted", args: ["-ac", "1", "-c:a", "flac"] },
  ];
  for (const { path, how, args } of ways) {
    const result = await services.lanes.run("disk", undefined, () =>
      run({
        name: "ffmpeg",
        command: ffmpeg.path,
        args: [
          ...lenient,
          "-err_detect",
          "ignore_err",
          ...inputArguments(source),
          "-map",
          "0:a:0",
          "-vn",
          ...args,
          path,
        ],
        // ffmpeg writes nothing to standard output here, so the stall limit has to cover the whole file.
        stallMs: Math.max(services.settings.media.stallSeconds * 1000, job.durationMs ?? 0),
      }),
    );
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    if (result.code === 0 && size > minBytes) return { path, how };
    await rm(path, { force: true });
  }
  return undefined;
}

/** A container without audio is smaller than this. */
const minBytes = 4_096;
