/** Episodes in the format of the legacy product: known recordings, and files found on the shares. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { listLibrary } from "../catalog/repositories/library.ts";
import { findRecording } from "../catalog/repositories/recordings.ts";
import { findShareFile, listShareFiles } from "../catalog/repositories/share-files.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { TargetStage } from "../contract/jobs.ts";
import { toAbsolutePath } from "../intake/enqueue.ts";
import { submitRecording } from "../intake/submit-recording.ts";
import type { LegacyServices } from "./services.ts";

/** Maximum number of episodes in a response; the legacy product sent all of them. */
const maxEpisodes = 1_000;

export interface LegacyEpisode {
  readonly episode_id: string;
  readonly filename: string;
  readonly path: string;
  readonly city: string | null;
  readonly date: string | null;
  readonly stage: string;
}

export function listEpisodes({ station: { catalog } }: Pick<LegacyServices, "station">): readonly LegacyEpisode[] {
  const found = listShareFiles(catalog, { states: ["new", "ready", "queued"] }).map((file) => ({
    episode_id: `file-${file.id}`,
    filename: file.path.split("/").at(-1) ?? file.path,
    path: file.path,
    city: file.city,
    date: file.meetingDate,
    stage: file.state === "queued" ? "queued" : "discovered",
  }));
  const { rows } = listLibrary(catalog, { sort: "completed", descending: true, limit: maxEpisodes, offset: 0 });
  const known = rows.map((row) => ({
    episode_id: row.recordingId,
    filename: row.filename,
    path: row.filePath,
    city: row.city,
    date: row.meetingDate,
    stage: row.vodStatus ?? row.status,
  }));
  return [...found, ...known];
}

/** @throws ArchivistError `meeting.unknown` */
function findEpisodePath({ station: { catalog, settings } }: LegacyServices, id: string): string {
  const fileId = /^file-(\d+)$/.exec(id)?.[1];
  const file = fileId === undefined ? undefined : findShareFile(catalog, Number(fileId));
  const onShare = file === undefined ? undefined : toAbsolutePath(settings.shares.servers, file);
  const path = onShare ?? findRecording(catalog, id)?.filePath;
  if (path === undefined)
    throw new ArchivistError("meeting.unknown", { subject: id, cause: "there is no such episode" });
  return path;
}

/**
 * Adds an episode to the queue.
 * @throws ArchivistError `meeting.unknown`, `file.*`, `queue.full`
 */
export async function submitEpisode(
  services: LegacyServices,
  id: string,
  target: TargetStage,
  force: boolean,
): Promise<JobRow> {
  const path = findEpisodePath(services, id);
  const deps = { services: services.station, jobService: services.runtime.jobService };
  return (await submitRecording(deps, { path, target, force })).job;
}
