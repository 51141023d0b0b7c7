/** Results of a batch per city: progress while it runs, a report when it is finished. Pure functions. */
import type { BatchJob, RefusedFile } from "../../catalog/repositories/job-batches.ts";
import type { CityReport } from "../../contract/api/batches.ts";
import { type JobState, openStates } from "../../contract/jobs.ts";
import { escapeMarkdown } from "../../insight/markdown.ts";

export interface CityProgress {
  readonly city: string;
  readonly jobs: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  /** From 0 to 1. */
  readonly progress: number;
}

const noCity = "(no city)";
const isEnded = ({ state }: BatchJob): boolean => state === "completed" || state === "failed" || state === "cancelled";

export function byCity(jobs: readonly BatchJob[]): ReadonlyMap<string, readonly BatchJob[]> {
  return Map.groupBy(jobs, ({ city }) => city ?? noCity);
}

export function progressByCity(jobs: readonly BatchJob[]): readonly CityProgress[] {
  return [...byCity(jobs)].map(([city, own]) => ({
    city,
    jobs: own.length,
    done: own.filter(({ state }) => state === "completed").length,
    failed: own.filter(({ state }) => state === "failed" || state === "cancelled").length,
    running: own.filter(({ state }) => state === "running").length,
    progress: own.reduce((sum, job) => sum + (isEnded(job) ? 1 : job.progress), 0) / own.length,
  }));
}

/** The part of a batch that is done, from 0 to 1; what has failed counts as done. */
export function batchProgress(jobs: readonly BatchJob[]): number {
  return jobs.length === 0 ? 1 : jobs.reduce((sum, job) => sum + (isEnded(job) ? 1 : job.progress), 0) / jobs.length;
}

/** Counts the open and finished jobs of a batch per city. */
export function countByCity(jobs: readonly BatchJob[]) {
  return [...Map.groupBy(jobs, ({ city }) => city)].map(([city, own]) => {
    const count = (...states: readonly JobState[]): number => own.filter(({ state }) => states.includes(state)).length;
    return {
      city,
      total: own.length,
      completed: count("completed"),
      failed: count("failed", "cancelled"),
      open: count(...openStates),
    };
  });
}

export interface ReportedBatch {
  readonly name: string;
  readonly createdDate: string;
  /** Null: it is at work. */
  readonly completedDate: string | null;
}

function parseOutputFolder(result: string | null): string | null {
  const parsed: unknown = result === null ? null : JSON.parse(result);
  const folder = typeof parsed === "object" && parsed !== null ? (parsed as { folder?: unknown }).folder : undefined;
  return typeof folder === "string" ? folder : null;
}

export function cityReport(
  batch: ReportedBatch,
  city: string,
  jobs: readonly BatchJob[],
  refused: readonly RefusedFile[],
): CityReport {
  return {
    batch: batch.name,
    city,
    created_date: batch.createdDate,
    completed_date: batch.completedDate,
    recordings: jobs.map((job) => ({
      recording: job.title,
      job_id: job.id,
      transcription_id: job.transcriptionId,
      status: job.state,
      needs_review: job.transcriptionStatus === "needs_review",
      duration_seconds: job.durationMs === null ? null : job.durationMs / 1000,
      processing_seconds: job.processingSeconds,
      quality_score: job.qualityScore,
      cause: job.state === "cancelled" ? "it was cancelled" : job.errorMessage,
      remedy: job.errorRemedy,
      folder: parseOutputFolder(job.result),
    })),
    refused: refused.filter((file) => (file.city ?? city) === city).map(({ path, reason }) => ({ path, reason })),
  };
}

const minutes = (seconds: number | null): string => (seconds === null ? "" : `${(seconds / 60).toFixed(1)} min`);

/** Formats a report as Markdown. */
export function reportMarkdown(report: CityReport): string {
  const done = report.recordings.filter(({ status }) => status === "completed");
  const rest = report.recordings.filter(({ status }) => status !== "completed");
  const cell = (text: string): string => escapeMarkdown(text).replaceAll("|", "\\|");
  return [
    `# ${escapeMarkdown(report.city)}: ${escapeMarkdown(report.batch)}`,
    "",
    `${done.length} of ${report.recordings.length} recordings are done.`,
    ...(done.length === 0
      ? []
      : [
          ...["", "## Done", "", "| recording | length | took | score | files |", "|---|---:|---:|---:|---|"],
          ...done.map((each) => {
            const score = each.quality_score === null ? "" : each.quality_score.toFixed(2);
            const review = each.needs_review ? " (needs review)" : "";
            const times = `${minutes(each.duration_seconds)} | ${minutes(each.processing_seconds)}`;
            return `| ${cell(each.recording)} | ${times} | ${score}${review} | ${cell(each.folder ?? "")} |`;
          }),
        ]),
    ...(rest.length === 0
      ? []
      : [
          ...["", "## Not done", ""],
          ...rest.map(({ recording, cause, remedy }) => {
            const advice = remedy === null ? "" : ` ${escapeMarkdown(remedy)}`;
            return `- ${escapeMarkdown(recording)}: ${escapeMarkdown(cause ?? "unknown")}.${advice}`;
          }),
        ]),
    ...(report.refused.length === 0
      ? []
      : [
          ...["", "## Not taken", ""],
          ...report.refused.map(({ path, reason }) => `- ${escapeMarkdown(path)}: ${escapeMarkdown(reason)}`),
        ]),
    "",
  ].join("\n");
}
