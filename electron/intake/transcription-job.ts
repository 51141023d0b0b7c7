/** Builds the job for a recording: its city, output folder, priority and dedupe key. */
import { basename, parse } from "node:path";
import { hourMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { findOpenJobByKey } from "../catalog/repositories/jobs.ts";
import type { OutputFormat } from "../contract/formats.ts";
import { type TargetStage, targetStages } from "../contract/jobs.ts";
import { findGlossaryName } from "../contract/settings/cities.ts";
import type { Settings } from "../contract/settings.ts";
import type { Submission } from "../queue/job-service.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import { outputPlace } from "../shares/output-place.ts";
import { findCityOfPath, findShareOfPath } from "../shares/which-share.ts";
import type { ProcessPayload } from "../transcription/job-payload.ts";
import type { MeetingInfo } from "../transcription/transcription-run.ts";
import { priorityFor } from "./priority.ts";

export interface RecordingRequest {
  /** Absolute path. */
  readonly path: string;
  /** Modification time, in milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly now: Date;
  readonly target?: TargetStage | undefined;
  readonly model?: string | undefined;
  readonly language?: string | undefined;
  readonly translate?: boolean | undefined;
  readonly city?: string | undefined;
  readonly formats?: readonly OutputFormat[] | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly batchId?: string | undefined;
  readonly shareFileId?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Known meeting details; undefined: read from the file name. */
  readonly meeting?: MeetingInfo | undefined;
}

/** Dedupe key: two jobs with the same path and target are the same work. */
function workKey(path: string, target: TargetStage): string {
  return `process:${target}:${path}`;
}

/** True if a job on the recording is in the queue. */
export function isInQueue(catalog: Catalog, path: string): boolean {
  return targetStages.some((target) => findOpenJobByKey(catalog, workKey(path, target)) !== undefined);
}

export function createTranscriptionJob(settings: Settings, request: RecordingRequest): Submission {
  const held = findShareOfPath(settings.shares.servers, request.path);
  const cities = settings.cities.members;
  const named = cities.find(({ name }) => name.toLowerCase() === request.city?.toLowerCase());
  const city =
    named ?? (held && request.city === undefined ? findCityOfPath(cities, held.share.label, held.below) : undefined);
  const fileName = basename(request.path);
  const read = readFileName(fileName, city?.namePatterns);
  const type = request.meeting?.type ?? read.type;
  const date = request.meeting?.date ?? read.date ?? new Date(request.modifiedMs).toISOString().slice(0, 10);
  const title = request.meeting?.title ?? read.title;
  const language = request.language ?? city?.language ?? settings.speech.language;
  const model = request.model ?? settings.speech.model;
  const pattern = city?.output ?? settings.output.pattern;
  // An output folder in the settings takes precedence over the folder on the share.
  const onShare = held !== undefined && settings.output.folder === null;
  const place = onShare
    ? outputPlace(pattern, {
        share: held.share.path,
        city: city?.name,
        date,
        type,
        title: title || parse(fileName).name,
      })
    : undefined;
  const target = request.target ?? "enriched";
  const payload: ProcessPayload = {
    path: request.path,
    target,
    model,
    language,
    translate: request.translate ?? settings.speech.translate,
    glossary: findGlossaryName(city, request.city),
    profile: city?.captionProfile ?? undefined,
    speakerLabels: city?.speakerLabels ?? undefined,
    formats: [...(request.formats ?? settings.output.formats)],
    out: request.out,
    place,
    meeting: { date: request.meeting?.date ?? read.date ?? null, type: type ?? null, title },
    force: request.force ?? false,
    shareFileId: request.shareFileId,
  };
  const ageHours = (request.now.getTime() - request.modifiedMs) / hourMs;
  const facts = { city: city?.name, type, fileName, ageHours };
  return {
    type: "process",
    title: fileName,
    payload,
    priority: request.priority ?? priorityFor(settings.queue.priorityRules, facts),
    dedupeKey: workKey(request.path, target),
    groupKey: `${model}|${language}`,
    city: city?.name ?? request.city,
    share: held?.share.label,
    durationMs: request.durationMs,
    ...(request.batchId === undefined ? {} : { batchId: request.batchId }),
  };
}
