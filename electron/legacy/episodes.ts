/** Episodes in the format of the legacy product: known recordings, and files found on the shares. */
import { stat } from "node:fs/promises";
import { parse } from "node:path";
import {
  findRecordedEpisode,
  listEpisodes,
  listEpisodesByName,
  type RecordedEpisode,
} from "../catalog/repositories/episodes.ts";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { findShareFile, type ShareFileRow } from "../catalog/repositories/share-files.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { TargetStage } from "../contract/jobs.ts";
import { enqueueFile, toAbsolutePath } from "../intake/enqueue.ts";
import { submitRecording } from "../intake/submit-recording.ts";
import { fileError } from "../platform/file-errors.ts";
import { isSameName } from "../platform/names.ts";
import type { LegacyServices } from "./services.ts";

export interface LegacyEpisode {
  /** The other calls take it. */
  readonly episode_id: string;
  readonly filename: string;
  readonly path: string;
  readonly city: string | null;
  readonly date: string | null;
  /** The stage that it has reached. */
  readonly stage: TargetStage;
  /** State of the file on the share, or of the transcription. */
  readonly status: string;
  /** What `/api/vod/publish` takes; null: not transcribed yet. */
  readonly transcription_id: string | null;
}

export const toFileEpisodeId = (fileId: number): string => `file-${fileId}`;

const lastPart = (path: string): string => path.split("/").at(-1) ?? path;

/** Lists one page of all episodes. */
export function listLegacyEpisodes(
  { station: { catalog } }: Pick<LegacyServices, "station">,
  page: { readonly limit: number; readonly offset: number },
) {
  const { total, files, recorded } = listEpisodes(catalog, page);
  const episodes: LegacyEpisode[] = [
    ...files.map((file) => ({
      episode_id: toFileEpisodeId(file.id),
      filename: lastPart(file.path),
      path: file.path,
      city: file.city,
      date: file.meetingDate,
      stage: "discovered" as const,
      status: file.state,
      transcription_id: null,
    })),
    ...recorded.map((episode) => ({
      episode_id: episode.recordingId,
      filename: episode.filename,
      path: episode.filePath,
      city: episode.city,
      date: episode.meetingDate,
      stage: findStage(episode),
      status: episode.status ?? "discovered",
      transcription_id: episode.transcriptionId,
    })),
  ];
  return { episodes, ...toPage(total, page, episodes.length) };
}

/** What a list says of itself: how many there are, and whether more follow. */
export const toPage = (
  total: number,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  shown: number,
) => ({ total, limit, offset, has_more: offset + shown < total });

function findStage({ status, vodStatus, summaryFilePath }: RecordedEpisode): TargetStage {
  if (vodStatus === "published") return "published";
  if (status !== "completed" && status !== "needs_review") return "discovered";
  return summaryFilePath === null ? "transcribed" : "enriched";
}

type Found = { readonly file: ShareFileRow } | { readonly recorded: RecordedEpisode };

/**
 * Finds an episode by any name that a call gives it or that its users know: its `episode_id`, the id of its
 * transcription, or the name of its file, with or without its ending.
 * @throws ArchivistError `meeting.unknown`, `usage.invalid` when several files have the name
 */
function findEpisode({ station: { catalog } }: LegacyServices, id: string): Found {
  const fileId = /^file-(\d+)$/.exec(id)?.[1];
  const file = fileId === undefined ? undefined : findShareFile(catalog, Number(fileId));
  if (file !== undefined) return { file };
  const known = findRecordedEpisode(catalog, id);
  if (known !== undefined) return { recorded: known };
  const isNamed = (name: string): boolean => isSameName(name, id) || isSameName(parse(name).name, id);
  const { files, recorded } = listEpisodesByName(catalog, id);
  const [first, second] = [
    ...files.filter(({ path }) => isNamed(lastPart(path))).map((each) => ({ file: each })),
    ...recorded.filter(({ filename }) => isNamed(filename)).map((each) => ({ recorded: each })),
  ];
  if (first === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: id, cause: "there is no such episode" });
  }
  if (second !== undefined) {
    throw new ArchivistError("usage.invalid", {
      subject: id,
      cause: "several recordings have this name",
      remedy: "Give the episode_id that GET /episodes tells.",
    });
  }
  return first;
}

/**
 * Adds an episode to the queue.
 * @throws ArchivistError `meeting.unknown`, `usage.invalid`, `file.*`, `queue.full`, `job.unavailable`
 */
export async function submitEpisode(
  services: LegacyServices,
  id: string,
  target: TargetStage,
  force: boolean,
): Promise<JobRow> {
  const { station, runtime } = services;
  const deps = { services: station, jobService: runtime.jobService };
  const found = findEpisode(services, id);
  if ("recorded" in found) {
    const { filePath: path, durationMs } = found.recorded;
    return (await submitRecording(deps, { path, target, force, durationMs: durationMs ?? undefined })).job;
  }
  const path = toAbsolutePath(station.settings.shares.servers, found.file);
  if (path === undefined) {
    const cause = `the share ${found.file.share} that it lies on is not in the settings any more`;
    throw new ArchivistError("meeting.unknown", { subject: id, cause });
  }
  await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  const jobId = enqueueFile(deps, found.file, { target, force });
  if (jobId === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return runtime.jobService.find(jobId);
}

/**
 * The transcription that an id names: its own, or the newest one of an episode.
 * @returns the id as it is when no episode has it; whoever takes it says so
 */
export function toTranscriptionId({ station: { catalog } }: Pick<LegacyServices, "station">, id: string): string {
  const episode = findRecordedEpisode(catalog, id);
  return episode?.recordingId === id ? (episode.transcriptionId ?? id) : id;
}
