/**
 * The job kind `process`: takes a recording to the requested target (discovered, transcribed, enriched or published).
 */
import { listPublishableByPrefix, type PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { probe } from "../media/probe.ts";
import { defineJobKind, type JobContext, type JobKind, type JobStep } from "../queue/job-kind.ts";
import { chooseModel, getModelLanguage } from "../speech/models/choose-model.ts";
import type { StationServices } from "../station-services.ts";
import { stageTitles, type TranscriptionEvent } from "./events.ts";
import { identifyRecording } from "./identify-recording.ts";
import { type Overrides, overridesSchema, type ProcessPayload, processPayloadSchema } from "./job-payload.ts";
import { type TranscriptionOutcome, transcribeRecording } from "./transcribe.ts";
import type { TranscriptionRequest } from "./transcription-run.ts";

const stepsTo = {
  discovered: ["look"],
  transcribed: ["transcribe"],
  enriched: ["transcribe", "enrich"],
  published: ["transcribe", "enrich", "hand over"],
} as const;

/** Fraction of the job's progress that transcription takes; a summary takes seconds. */
const transcribeShare = 0.97;

type ProcessContext = JobContext<ProcessPayload, Overrides>;

function listSteps({ target }: ProcessPayload): readonly JobStep[] {
  if (target === "rendered") {
    throw new ArchivistError("job.unavailable", { cause: "recordings cannot be rendered by a job yet" });
  }
  return stepsTo[target].map((name) => ({ name }));
}

/**
 * @param publish submits a publishing job and returns its id. It is a separate job, because waiting for a server for
 *   hours must not keep other recordings from being transcribed
 */
export function createTranscriptionJobKind(
  services: StationServices,
  publish: (row: PublishableRow) => string,
): JobKind {
  return defineJobKind({
    type: "process",
    payload: processPayloadSchema,
    overrides: overridesSchema,
    steps: listSteps,
    run: async (context) => {
      const { payload } = context;
      if (payload.target === "discovered") return context.step("look", () => probeOnly(services, context));
      const request = requestFor(services, context);
      services.liveWords.forget(context.job.id);
      const transcribed = await context.step("transcribe", () =>
        transcribe(services, context, request, transcribeShare),
      );
      if (payload.target === "transcribed") return transcribed;
      // The captions are stored by now, whatever happens to the summary.
      const enriched = await context.step("enrich", () =>
        transcribe(services, context, { ...request, enrich: true, force: false }, 1),
      );
      if (payload.target === "enriched") return enriched;
      const { publishJobId } = await context.step("hand over", async () => handOver(services, enriched, publish));
      return { ...enriched, publishJobId };
    },
  });
}

function requestFor(
  services: StationServices,
  { job, payload, overrides, order }: ProcessContext,
): TranscriptionRequest {
  const {
    language,
    translate,
    otherLanguages = [],
    translatesOthers,
    formats,
    summary,
    out,
    place,
    profile,
    speakerLabels,
    style,
    force,
  } = payload;
  const model = overrides.model ?? payload.model;
  const { engine } = services.settings.speech;
  const options = { model, language: getModelLanguage(language, otherLanguages), translate, engine };
  return {
    path: overrides.path ?? payload.path,
    model: chooseModel(options, services.modelsFolder, services.machine),
    language,
    translate,
    otherLanguages,
    translatesOthers,
    city: job.city ?? undefined,
    glossaryName: payload.glossary,
    sound: payload.sound,
    formats,
    summary,
    isCaptionsOnly: payload.target === "transcribed",
    priority: job.priority,
    out,
    place,
    profile,
    speakerLabels,
    style,
    meeting: payload.meeting,
    parts: payload.parts,
    replaces: payload.replaces,
    by: payload.by,
    force,
    source: overrides.source,
    threads: overrides.threads,
    enrich: false,
    order,
  };
}

function handOver(
  { catalog }: StationServices,
  { transcriptionId }: ProcessResult,
  publish: (row: PublishableRow) => string,
): { readonly publishJobId: string } {
  const [row] = listPublishableByPrefix(catalog, transcriptionId);
  if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
  return { publishJobId: publish(row) };
}

/** The job's stored result. */
export interface ProcessResult {
  readonly transcriptionId: string;
  readonly status: TranscriptionOutcome["status"];
  readonly folder: string;
  readonly files: readonly { readonly kind: string; readonly path: string }[];
  readonly alreadyDone: boolean;
  readonly durationMs: number;
}

async function transcribe(
  services: StationServices,
  context: ProcessContext,
  request: TranscriptionRequest,
  share: number,
): Promise<ProcessResult> {
  const listener = (event: TranscriptionEvent): void => {
    if (event.kind === "words") services.liveWords.add(context.job.id, event.words);
    else reportEvent(context, event, share);
  };

  const outcome = await transcribeRecording(services, request, listener, context.signal);
  const { transcriptionId, status, folder, delivery, alreadyDone, durationMs } = outcome;
  context.setJobFacts({ transcriptionId, durationMs });
  return { transcriptionId, status, folder, files: delivery.files, alreadyDone, durationMs };
}

function reportEvent(context: ProcessContext, event: TranscriptionEvent, share: number): void {
  if (event.kind === "begun") {
    const { transcriptionId, durationMs } = event;
    context.setJobFacts({ transcriptionId, ...(durationMs === undefined ? {} : { durationMs }) });
  } else if (event.kind === "step")
    context.report({ progress: 0, stage: event.step, message: stageTitles[event.step] });
  else if (event.kind === "progress") {
    const { number, count } = event.piece ?? {};
    const piece = number === undefined ? "" : `, piece ${number} of ${count}`;
    const message = `${stageTitles[event.step]}${piece}`;
    context.report({ progress: event.share * share, stage: event.step, message, etaMs: event.etaMs });
  } else if (event.kind === "notice") context.report({ progress: 0, stage: "transcribe", message: event.message });
}

/** Only probes the recording: stores its length and fingerprint. */
async function probeOnly(
  services: StationServices,
  { payload: { path }, signal, order, setJobFacts }: ProcessContext,
): Promise<unknown> {
  const { ffprobe } = await services.mediaTools();
  const { settings, lanes } = services;
  return lanes.run(
    "disk",
    signal,
    async () => {
      const info = await probe(ffprobe, path, settings.media, signal);
      const recording = await identifyRecording(services, path, info);
      const { durationMs } = info;
      if (durationMs !== undefined) setJobFacts({ durationMs });
      return { recordingId: recording.id, durationMs: durationMs ?? null };
    },
    order,
  );
}
