/**
 * Files whose share is away: they are written to a folder of the data folder instead, one folder for each share, and
 * brought to the share later. Where the files lie is what says that they wait; there is no other record of it.
 */
import { join, sep } from "node:path";
import { findNewestJobByKey } from "../catalog/repositories/jobs.ts";
import { findLibraryRow, listFiles, type WrittenRow } from "../catalog/repositories/library.ts";
import { listFilesBelow } from "../catalog/repositories/outputs.ts";
import { findTranscription } from "../catalog/repositories/transcriptions.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { JobService, Submission } from "../queue/job-service.ts";
import type { ShareProblem } from "../shares/share-problem.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";

/** Above the folders of files that wait for their share. */
const getHeldRoot = ({ output }: Pick<DataFolder, "output">): string => join(output, "waiting-for-share");

/** Where the files of a transcription wait for their share. */
export const getHeldFolder = (folder: Pick<DataFolder, "output">, transcriptionId: string): string =>
  join(getHeldRoot(folder), transcriptionId);

export interface OutputTarget {
  readonly folder: string;
  /** Why the files wait in the data folder; undefined: they go where they belong. */
  readonly problem: ShareProblem | undefined;
}

/**
 * Decides, right before writing, where the files of a transcription go now.
 * @param wanted the folder where they belong
 */
export async function chooseOutputTarget(
  services: Pick<StationServices, "folder" | "findShareProblem">,
  transcriptionId: string,
  wanted: string,
): Promise<OutputTarget> {
  const problem = await services.findShareProblem(wanted);
  return { folder: problem === undefined ? wanted : getHeldFolder(services.folder, transcriptionId), problem };
}

/** The files of a transcription that wait for their share. */
export function listHeldFiles(
  { catalog, folder }: Pick<StationServices, "catalog" | "folder">,
  transcriptionId: string,
): readonly WrittenRow[] {
  const held = `${getHeldFolder(folder, transcriptionId)}${sep}`;
  return listFiles(catalog, transcriptionId).filter(({ path }) => path.startsWith(held));
}

/** The folder in which the files of a transcription belong, and the label of its share. */
export function findWantedPlace(
  { catalog, settings }: Pick<StationServices, "catalog" | "settings">,
  transcriptionId: string,
): { readonly folder: string; readonly share: string | undefined } | undefined {
  const folder = findTranscription(catalog, transcriptionId)?.outputFolder;
  return folder === undefined
    ? undefined
    : { folder, share: findShareOfPath(settings.shares.servers, folder)?.share.label };
}

const toDedupeKey = (transcriptionId: string): string => `deliver:${transcriptionId}`;

/** What people are told about files that wait for their share; undefined: none do. */
export function findHeldFiles(
  services: Pick<StationServices, "catalog" | "folder" | "settings">,
  transcriptionId: string,
) {
  if (listHeldFiles(services, transcriptionId).length === 0) return undefined;
  const place = findWantedPlace(services, transcriptionId);
  const job = findNewestJobByKey(services.catalog, toDedupeKey(transcriptionId));
  const { errorCode, errorMessage, errorRemedy } = job?.state === "failed" ? job : {};
  return {
    share: place?.share ?? null,
    folder: getHeldFolder(services.folder, transcriptionId),
    place: place?.folder ?? "",
    jobId: job?.id ?? null,
    problem:
      errorCode == null
        ? null
        : { code: errorCode, message: errorMessage ?? "", remedy: errorRemedy ?? "", retryable: true },
  };
}

/** The job that brings the files of a transcription to their share, which it waits for. */
function createSubmission(services: Pick<StationServices, "catalog" | "settings">, id: string): Submission | undefined {
  const place = findWantedPlace(services, id);
  const row = findLibraryRow(services.catalog, id);
  if (place === undefined || row === undefined) return undefined;
  return {
    type: "deliver",
    title: `Bring the files of ${row.filename} to ${place.share ?? "their folder"}`,
    payload: { transcriptionId: id },
    dedupeKey: toDedupeKey(id),
    city: row.city ?? undefined,
    share: place.share,
  };
}

/** Submits a job for each transcription whose files wait for their share. @returns the number of new jobs */
export function submitHeldFiles(
  services: Pick<StationServices, "catalog" | "settings" | "folder">,
  jobService: Pick<JobService, "submit">,
): number {
  const waiting = new Set(listFilesBelow(services.catalog, `${getHeldRoot(services.folder)}${sep}`));
  let submitted = 0;
  for (const id of waiting) {
    const submission = createSubmission(services, id);
    if (submission !== undefined && jobService.submit(submission).isNew) submitted++;
  }
  return submitted;
}

/** What is said where files wait for their share. */
export const formatHeldNotice = ({ share, message }: ShareProblem, folder: string): string =>
  `The files cannot be written to the share ${share} now (${message}) They are in ${folder} and are brought to the share when it is back.`;
