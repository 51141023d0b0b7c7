/** Transcribes a recording: probe, then one resumable stage after another, up to captions, summary and report. */
import { rm } from "node:fs/promises";
import { join, parse, resolve } from "node:path";
import { totalMs as spanTotalMs } from "../captions/time/span.ts";
import { catalogError } from "../catalog/open.ts";
import { listChunks } from "../catalog/repositories/chunks.ts";
import { addLogEntry } from "../catalog/repositories/logs.ts";
import { findScore, listIssues } from "../catalog/repositories/outputs.ts";
import { decodedLength, type RecordingRow } from "../catalog/repositories/recordings.ts";
import { beginStage, endStage, listStages, type StageRow } from "../catalog/repositories/transcription-stages.ts";
import {
  addTranscription,
  beginTranscription,
  cancelFailedWork,
  failTranscription,
  findUnfinishedWork,
  findWork,
  finishTranscription,
  releaseTranscription,
  setRequestFacts,
  type TranscriptionRow,
} from "../catalog/repositories/transcriptions.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { TranscriptionState } from "../contract/terms.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import { probe } from "../media/probe.ts";
import type { MediaInfo } from "../media/probe-report.ts";
import { fingerprint } from "../platform/fingerprint.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import type { StationServices } from "../station-services.ts";
import { getDecodedLength } from "./decoded-length.ts";
import { type Delivery, deliver } from "./delivery.ts";
import { refreshSummary } from "./derivation/summary.ts";
import { listEarlierWork } from "./earlier-work.ts";
import { Estimator } from "./estimator.ts";
import { inStageOrder, type StageName, type TranscriptionListener } from "./events.ts";
import type { DeliverySubject } from "./file-contents.ts";
import { chooseOutputTarget, formatHeldNotice, type OutputTarget } from "./held-files.ts";
import { identifyRecording } from "./identify-recording.ts";
import { getCaptionProfile, modelChoice, optionsKey, workOptions } from "./options.ts";
import { checkOutputFolder, datedName, getFolderDay, newOutputFolder } from "./output-folder.ts";
import { followRepeatedIntake } from "./repeated-intake.ts";
import { retireEarlierWork } from "./retire-earlier.ts";
import { captionStage } from "./stages/caption.ts";
import { checkStage } from "./stages/check.ts";
import { decodeStage } from "./stages/decode.ts";
import { joinStage } from "./stages/join.ts";
import { languagesStage } from "./stages/languages.ts";
import { namesStage } from "./stages/names.ts";
import { planStage } from "./stages/plan.ts";
import { recognizeStage } from "./stages/recognize.ts";
import { styleStage } from "./stages/style.ts";
import { summarizeStage } from "./stages/summarize.ts";
import type { TranscriptionRequest, TranscriptionRun, TranscriptionStage } from "./transcription-run.ts";
import { listReviewReasons } from "./verdict.ts";

const steps: readonly TranscriptionStage[] = [
  decodeStage,
  planStage,
  languagesStage,
  recognizeStage,
  namesStage,
  styleStage,
  captionStage,
  summarizeStage,
  checkStage,
  joinStage,
];

export interface StageTime {
  readonly name: StageName;
  readonly seconds: number;
}

/** Outcome of a request that succeeded. */
export interface TranscriptionOutcome {
  readonly transcriptionId: string;
  readonly status: Extract<TranscriptionState, "completed" | "needs_review">;
  /** True if the transcription already existed and its files were only delivered again. */
  readonly alreadyDone: boolean;
  readonly completedDate: string;
  readonly durationMs: number;
  readonly folder: string;
  readonly delivery: Delivery;
  readonly steps: readonly StageTime[];
}

/**
 * Carries out a request, or what an earlier attempt left of it.
 * @throws ArchivistError with the recording's name as its subject
 */
export async function transcribeRecording(
  services: StationServices,
  request: TranscriptionRequest,
  listener: TranscriptionListener = () => undefined,
  signal?: AbortSignal,
): Promise<TranscriptionOutcome> {
  const name = parse(request.path).base;
  try {
    return await runRequest(services, request, listener, signal);
  } catch (thrown) {
    if (signal?.aborted) throw new ArchivistError("interrupted", { subject: name, underlying: thrown });
    const error = toArchivistError(catalogError(thrown, ""));
    services.logs.transcription.error("transcription failed", { path: request.path, code: error.code, error });
    throw error.subject ? error : error.about(name);
  }
}

async function runRequest(
  services: StationServices,
  request: TranscriptionRequest,
  listener: TranscriptionListener,
  signal: AbortSignal | undefined,
): Promise<TranscriptionOutcome> {
  const { clock, settings } = services;
  listener({ kind: "step", step: "probe" });
  const probeStarted = clock.monotonicMs();
  const { ffprobe } = await services.mediaTools();
  const probeSource = () => probe(ffprobe, request.source ?? request.path, settings.media, signal);
  const info = await services.lanes.run("disk", signal, probeSource, request.order);
  const recording = await identifyRecording(services, request.path, info);
  const probed: ProbeResult = { info, recording, probeMs: clock.monotonicMs() - probeStarted };
  return services.recordings.run(recording.id, signal, () => runWork(services, request, probed, listener, signal));
}

interface ProbeResult {
  readonly info: MediaInfo;
  readonly recording: RecordingRow;
  readonly probeMs: number;
}

/** Runs the transcription while it holds the recording exclusively. */
async function runWork(
  services: StationServices,
  request: TranscriptionRequest,
  { info, recording, probeMs }: ProbeResult,
  listener: TranscriptionListener,
  signal: AbortSignal | undefined,
): Promise<TranscriptionOutcome> {
  const { catalog } = services;
  const { transcription, isNew } = await findOrCreateTranscription(services, request, recording);
  if (!isNew) setRequestFacts(catalog, transcription.id, { ...request, includeSummary: request.summary });
  listener({ kind: "begun", transcriptionId: transcription.id, durationMs: info.durationMs });
  const job = createRun(services, request, info, recording, transcription, listener, signal);
  if (isNew) {
    beginStage(catalog, transcription.id, "probe");
    endStage(catalog, transcription.id, "probe", { status: "completed", elapsedMs: probeMs, date: nowText(services) });
  }
  const status = transcription.status;
  const { folder: out } = await findOutputTarget(job);
  await withTimeout(services.settings.media.stallSeconds, out, checkOutputFolder(out, request));
  if (status === "completed" || status === "needs_review") return redeliver(job, status);

  beginTranscription(catalog, transcription.id, nowText(services));
  const unsubscribe = services.onEngineNotice((message) => listener({ kind: "notice", message }));
  try {
    if (!recognizeStage.isDone(job)) warmUp(job);
    for (const step of steps) if (!step.isDone(job)) await runStage(job, step.name, () => step.run(job));
    return await finish(job);
  } catch (thrown) {
    await failRun(job, thrown);
    throw thrown;
  } finally {
    unsubscribe();
  }
}

/** Where this request's files go now. A folder that was named for this run is used whatever it lies on. */
async function findOutputTarget({ services, request, transcription }: TranscriptionRun): Promise<OutputTarget> {
  if (request.out !== undefined) return { folder: request.out, problem: undefined };
  return chooseOutputTarget(services, transcription.id, transcription.outputFolder);
}

/** Finds where the files go now, right before they are written, and tells when they have to wait for their share. */
async function announceOutputTarget(job: TranscriptionRun): Promise<string> {
  const { folder, problem } = await findOutputTarget(job);
  if (problem !== undefined) {
    const message = formatHeldNotice(problem, folder);
    job.listener({ kind: "notice", message });
    job.services.logs.transcription.warn("files wait for their share", {
      transcription: job.transcription.id,
      message,
    });
  }
  return folder;
}

/**
 * Loads the model while the audio is decoded. Errors are ignored here: they occur again, and are reported, when the
 * model is used.
 */
function warmUp({ services, request, signal, order }: TranscriptionRun): void {
  const load = async (): Promise<void> => {
    const engine = await services.speechEngine();
    const model = modelChoice(services.settings, request.model);
    await services.lanes.run("speech", signal, () => engine.loadModel(model), order);
  };
  const loading = load();
  loading.catch((thrown: unknown) =>
    services.logs.transcription.warn("the model could not be loaded ahead", { error: thrown }),
  );
}

const nowText = ({ clock }: StationServices): string => clock.now().toISOString();

/** The existing transcription (unfinished or done), or a new one. */
async function findOrCreateTranscription(
  services: StationServices,
  request: TranscriptionRequest,
  recording: RecordingRow,
): Promise<{ readonly transcription: TranscriptionRow; readonly isNew: boolean }> {
  const { catalog, settings, folder, clock } = services;
  const options = workOptions(settings, request);
  const model = await fingerprint(request.model.path);
  const key = { recordingId: recording.id, modelFingerprint: model.hash, optionsKey: optionsKey(options) };
  // A forced transcription that was interrupted resumes like any other.
  const known = request.force ? findUnfinishedWork(catalog, key) : findWork(catalog, key);
  if (known !== undefined) {
    followRepeatedIntake(catalog, known.id, request.meeting, nowText(services));
    const includeSummary = request.summary ?? known.includeSummary;
    return { transcription: { ...known, includeSummary }, isNew: false };
  }
  cancelFailedWork(catalog, key);
  const now = clock.now();
  const root = settings.output.folder ?? folder.output;
  const named = readFileName(recording.filename);
  const { meeting } = request;
  const meetingDate = meeting?.date === undefined ? (named.date ?? null) : meeting.date;
  const folderDay = getFolderDay(settings, {
    date: meetingDate,
    namedDate: named.date,
    modifiedMs: recording.modifiedMs,
  });
  const transcription = addTranscription(catalog, {
    ...key,
    meetingDate,
    meetingType: meeting?.type === undefined ? (named.type ?? null) : meeting.type,
    meetingTitle: meeting?.title ?? named.title,
    filename: recording.filename,
    filePath: request.path,
    fileSize: recording.fileSize,
    language: request.language,
    city: request.city ?? null,
    model: request.model.name,
    options,
    // The transcription's permanent folder. A folder requested for this run stays with the request: the USB stick may
    // be gone next time.
    outputFolder: await findNewFolder(services, resolve(root, request.place ?? datedName(request.path, folderDay))),
    includeSummary: request.summary ?? (request.isCaptionsOnly !== true && settings.insight.summarySentences > 0),
    createdDate: now.toISOString(),
  });
  setRequestFacts(catalog, transcription.id, request);
  return { transcription, isNew: true };
}

async function findNewFolder({ catalog, findShareProblem }: StationServices, wanted: string): Promise<string> {
  return newOutputFolder(catalog, wanted, (await findShareProblem(wanted)) !== undefined);
}

function createRun(
  services: StationServices,
  request: TranscriptionRequest,
  info: MediaInfo,
  recording: RecordingRow,
  transcription: TranscriptionRow,
  listener: TranscriptionListener,
  signal: AbortSignal | undefined,
): TranscriptionRun {
  const folder = join(services.folder.recordings, recording.id);
  const chunks = listChunks(services.catalog, transcription.id);
  const totalMs = decodedLength(services.catalog, recording.id)?.durationMs ?? info.durationMs ?? 0;
  const recognizedMs = chunks
    .filter(({ status }) => status === "completed")
    .reduce((sum, { stretches }) => sum + spanTotalMs(stretches), 0);
  const order = request.order ?? 0;
  const base = { services, request, info, recording, transcription, folder, listener, signal, order };
  const probing: TranscriptionRun = { ...base, estimator: new Estimator(services.clock, 0, 0) };
  const decodeMs = decodeStage.isDone(probing) ? 0 : totalMs;
  return { ...base, estimator: new Estimator(services.clock, decodeMs, totalMs - recognizedMs) };
}

/** Runs a stage and stores its elapsed time, whether or not it succeeds. */
async function runStage<T>(job: TranscriptionRun, name: StageName, work: () => Promise<T>): Promise<T> {
  const { catalog, clock, logs } = job.services;
  if (job.signal?.aborted) throw new ArchivistError("interrupted");
  job.listener({ kind: "step", step: name });
  beginStage(catalog, job.transcription.id, name);
  const started = clock.monotonicMs();
  const end = (status: "completed" | "failed"): void =>
    endStage(catalog, job.transcription.id, name, {
      status,
      elapsedMs: clock.monotonicMs() - started,
      date: nowText(job.services),
    });
  try {
    const result = await work();
    end("completed");
    logs.transcription.info("step completed", { step: name, transcription: job.transcription.id });
    return result;
  } catch (thrown) {
    end("failed");
    throw thrown;
  }
}

const toDeliverySubject = ({ services, request, recording, transcription }: TranscriptionRun): DeliverySubject => ({
  services,
  transcriptionId: transcription.id,
  recordingId: recording.id,
  path: request.path,
  model: request.model.name,
  language: request.language,
  createdDate: transcription.createdDate,
  profile: getCaptionProfile(services.settings, request).cues,
});

/** Writes the files, stores the final state and deletes the decoded audio. */
async function finish(job: TranscriptionRun): Promise<TranscriptionOutcome> {
  const { services, transcription, recording, request } = job;
  const { catalog } = services;
  const { stallSeconds } = services.settings.media;
  const folder = await announceOutputTarget(job);
  const write = () =>
    withTimeout(stallSeconds, folder, deliver(toDeliverySubject(job), folder, request.formats, "put-aside"));
  const delivery = await runStage(job, "write", write);
  const times = toStageTimes(listStages(catalog, transcription.id));
  const score = findScore(catalog, transcription.id) ?? 0;
  const faults = listReviewReasons(listIssues(catalog, transcription.id), score, services.settings.quality.passScore);
  const status = faults.length > 0 ? "needs_review" : "completed";
  const completedDate = nowText(services);
  const { durationMs } = getDecodedLength(catalog, recording.id);
  const elapsedMs = times.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  const earlier = listEarlierWork(job);
  finishTranscription(catalog, transcription.id, { status, completedDate, durationMs, elapsedMs });
  for (const each of earlier) retireEarlierWork(job, each);
  addLogEntry(catalog, {
    level: "info",
    message: `${recording.filename}: transcribed`,
    component: "transcription",
    transcriptionId: transcription.id,
    metadata: { status, elapsedMs: Math.round(elapsedMs), durationMs },
  });
  await deleteDecodedAudio(job);
  const transcriptionId = transcription.id;
  return { transcriptionId, status, alreadyDone: false, completedDate, durationMs, folder, delivery, steps: times };
}

/** Already transcribed: delivers the files again, to the requested folder. */
async function redeliver(job: TranscriptionRun, status: "completed" | "needs_review"): Promise<TranscriptionOutcome> {
  const { services, transcription, recording, request } = job;
  const folder = await announceOutputTarget(job);
  // The summary settings are not part of the work key, so they may have changed.
  // Neither are corrections.
  if (!summarizeStage.isDone(job)) await runStage(job, summarizeStage.name, () => summarizeStage.run(job));
  await refreshSummary(services, {
    transcriptionId: transcription.id,
    recordingId: recording.id,
    path: request.path,
  });
  return {
    transcriptionId: transcription.id,
    status,
    alreadyDone: true,
    completedDate: transcription.completedDate ?? transcription.createdDate,
    durationMs: getDecodedLength(services.catalog, recording.id).durationMs,
    folder,
    delivery: await withTimeout(
      services.settings.media.stallSeconds,
      folder,
      deliver(toDeliverySubject(job), folder, request.formats, "keep"),
    ),
    steps: toStageTimes(listStages(services.catalog, transcription.id)),
  };
}

function toStageTimes(rows: readonly StageRow[]): readonly StageTime[] {
  return inStageOrder(rows).map(({ name, elapsedMs }) => ({
    name: name as StageName,
    seconds: Math.round(elapsedMs) / 1000,
  }));
}

async function failRun(job: TranscriptionRun, thrown: unknown): Promise<void> {
  const { services, transcription, recording } = job;
  if (job.signal?.aborted) {
    releaseTranscription(services.catalog, transcription.id);
    return;
  }
  const error = toArchivistError(thrown);
  failTranscription(services.catalog, transcription.id, error);
  addLogEntry(services.catalog, {
    level: "error",
    message: `${recording.filename}: ${error.reason}. ${error.remedy}`,
    component: "transcription",
    transcriptionId: transcription.id,
    metadata: { code: error.code },
  });
  // If there is nothing to resume, remove everything; otherwise the audio can be decoded again in a minute.
  const hasFinishedChunk = listChunks(services.catalog, transcription.id).some(({ status }) => status === "completed");
  if (hasFinishedChunk) await deleteDecodedAudio(job);
  else await rm(job.folder, { recursive: true, force: true });
}

/**
 * Deletes the decoded audio, which is large, when the work is over. Other work on the recording can decode it again.
 */
async function deleteDecodedAudio(job: TranscriptionRun): Promise<void> {
  await rm(decodedFiles(job.folder).pcm, { force: true });
}
