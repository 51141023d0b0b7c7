/** Builds the job for a recording: its city, output folder, priority and dedupe key. */
import { basename } from "node:path";
import { hourMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { findOpenJobByKey } from "../catalog/repositories/jobs.ts";
import type { OutputFormat } from "../contract/formats.ts";
import { type TargetStage, targetStages } from "../contract/jobs.ts";
import type { Settings } from "../contract/settings.ts";
import { toComposed } from "../platform/names.ts";
import type { Submission } from "../queue/job-service.ts";
import type { ProcessPayload } from "../transcription/job-payload.ts";
import { type MeetingRequest, resolveMeetingOptions } from "./meeting-options.ts";
import { priorityFor } from "./priority.ts";

export interface RecordingRequest extends MeetingRequest {
  /** Modification time, in milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly now: Date;
  readonly target?: TargetStage | undefined;
  readonly model?: string | undefined;
  readonly translate?: boolean | undefined;
  readonly formats?: readonly OutputFormat[] | undefined;
  /** Whether a summary is made; undefined: as the settings say; null: as it was before. */
  readonly summary?: boolean | null | undefined;
  /** Jobs that must have completed before this one starts. */
  readonly after?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly batchId?: string | undefined;
  readonly shareFileId?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Earlier recordings of the meeting whose captions are carried over: its parts, or a worse copy. */
  readonly earlier?: Pick<ProcessPayload, "parts" | "replaces" | "by"> | undefined;
}

/** Jobs of one model and language run one after another, because the model stays loaded. */
export const getGroupKey = (model: string, language: string): string => `${model}|${language}`;

/** Dedupe key: two jobs with the same path and target are the same work, however the accents of the path are composed. */
function workKey(path: string, target: TargetStage): string {
  return `process:${target}:${toComposed(path)}`;
}

/** True if a job on the recording is in the queue. */
export function isInQueue(catalog: Catalog, path: string): boolean {
  return targetStages.some((target) => findOpenJobByKey(catalog, workKey(path, target)) !== undefined);
}

/** What captions alone are asked for says nothing of a summary that is there already. */
function getUsualSummary(
  { insight }: Settings,
  { summary }: Pick<RecordingRequest, "summary">,
  target: TargetStage,
): boolean | undefined {
  return summary === null || target === "transcribed" ? undefined : insight.summarySentences > 0;
}

export interface TranscriptionSubmission extends Submission {
  readonly payload: ProcessPayload;
}

export function createTranscriptionJob(settings: Settings, request: RecordingRequest): TranscriptionSubmission {
  const {
    cityName,
    glossary,
    language,
    otherLanguages,
    translatesOthers,
    sound,
    profile,
    speakerLabels,
    style,
    share,
    date,
    type,
    title,
    destination,
  } = resolveMeetingOptions(settings, request);
  const fileName = basename(request.path);
  const model = request.model ?? settings.speech.model;
  const target = request.target ?? "enriched";
  const payload: ProcessPayload = {
    path: request.path,
    target,
    model,
    language,
    translate: request.translate ?? settings.speech.translate,
    ...(otherLanguages.length === 0 ? {} : { otherLanguages: [...otherLanguages], translatesOthers }),
    glossary,
    sound,
    profile: profile ?? undefined,
    speakerLabels,
    style,
    formats: [...(request.formats ?? settings.output.formats)],
    summary: request.summary ?? getUsualSummary(settings, request, target),
    out: request.out,
    place: destination.place,
    meeting: { date, type, title },
    force: request.force ?? false,
    shareFileId: request.shareFileId,
    ...request.earlier,
  };
  const ageHours = (request.now.getTime() - request.modifiedMs) / hourMs;
  const facts = { city: cityName, type: type ?? undefined, fileName, ageHours };
  return {
    type: "process",
    title: fileName,
    payload,
    priority: request.priority ?? priorityFor(settings.queue.priorityRules, facts),
    dedupeKey: workKey(request.path, target),
    supersedes: targetStages.map((stage) => workKey(request.path, stage)),
    groupKey: getGroupKey(model, language),
    city: cityName,
    share,
    durationMs: request.durationMs,
    ...(request.batchId === undefined ? {} : { batchId: request.batchId }),
    ...(request.after === undefined ? {} : { needs: request.after }),
  };
}
