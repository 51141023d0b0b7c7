/** The recordings of a list of files and folders, with what holds for each of them alone. */
import { stat } from "node:fs/promises";
import type { RefusedFile } from "../../catalog/repositories/job-batches.ts";
import { findJob, findOpenJobByKey, setJobFacts } from "../../catalog/repositories/jobs.ts";
import type { RecordingOptions } from "../../contract/api/work-options.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { Submission } from "../../queue/job-service.ts";
import { type InspectedFile, inspectFiles } from "../inspect-files.ts";
import { createTranscriptionJob, type RecordingRequest } from "../transcription-job.ts";
import type { BatchDeps, BatchSettings, FileBatchRequest, FoundRecordings } from "./batch-request.ts";

/** Combines what holds for one recording with what holds for all; the former counts. */
export function toRecordingRequest(
  recording: RecordingOptions,
  options: BatchSettings,
): Omit<RecordingRequest, "modifiedMs" | "now"> {
  const { path, city, sound, style, formats, summary, speakers, priority, ...meeting } = recording;
  return {
    ...options,
    path,
    city,
    sound,
    style,
    meeting,
    formats: formats ?? options.formats,
    summary: summary ?? options.summary,
    speakers: speakers ?? options.speakers,
    priority: priority ?? options.priority,
  };
}

/** @throws ArchivistError `usage.invalid` for a path that is not absolute, `interrupted` */
export async function findListedRecordings(deps: BatchDeps, request: FileBatchRequest): Promise<FoundRecordings> {
  const { services, jobService, signal, onFile } = deps;
  const { catalog, clock, settings } = services;
  const refused: RefusedFile[] = [];
  const jobs = new Map<string, Submission>();
  for (const entry of request.files) {
    for (const file of await inspectFiles(services, [entry.path], signal, onFile)) {
      const reason = whyRefused(deps, file, request.settings);
      const wanted = { ...entry, path: file.path, city: entry.city === undefined ? file.city : entry.city };
      if (reason !== undefined) refused.push({ city: wanted.city ?? null, path: file.path, reason });
      else {
        const found = await services
          .onShare(file.path, () => stat(file.path))
          .catch((thrown: unknown) => toArchivistError(thrown).reason);
        if (typeof found === "string") refused.push({ city: wanted.city ?? null, path: file.path, reason: found });
        else {
          const { durationMs } = file;
          const recording = { ...toRecordingRequest(wanted, request.settings), durationMs };
          const times = { modifiedMs: found.mtimeMs, now: clock.now() };
          jobs.set(file.path, createTranscriptionJob(settings, { ...recording, ...times }));
        }
      }
    }
  }
  const [first] = jobs.values();
  return {
    name: jobs.size === 1 ? (first?.title ?? "") : `${jobs.size} recordings`,
    refused,
    count: jobs.size,
    submit: (batchId) =>
      [...jobs.values()].map((submission) => {
        const { job, isNew } = jobService.submit({ ...submission, batchId });
        // It was already in the queue without a batch, so it can be assigned to this one.
        if (!isNew && findJob(catalog, job.id)?.batchId === null) setJobFacts(catalog, job.id, { batchId });
        return job.id;
      }),
  };
}

function whyRefused({ services }: BatchDeps, file: InspectedFile, { force }: BatchSettings): string | undefined {
  const { error, isDone, isQueued, path } = file;
  if (error !== undefined) return `${error.reason}. ${error.remedy}`;
  if (isQueued) {
    const { dedupeKey } = createTranscriptionJob(services.settings, { path, modifiedMs: 0, now: services.clock.now() });
    const job = dedupeKey === undefined ? undefined : findOpenJobByKey(services.catalog, dedupeKey);
    return job?.batchId === null ? undefined : "it is in the queue already, for something else";
  }
  return isDone && force !== true ? "it has been transcribed already" : undefined;
}
