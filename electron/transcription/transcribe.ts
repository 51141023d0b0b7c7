/** From a recording to captions, summary and report: probe, then one step after the other, each resumable. */
import { rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { totalMs as spanTotalMs } from "../captions/time/span.ts";
import { catalogError } from "../catalog/open.ts";
import { listChunks } from "../catalog/repositories/chunks.ts";
import { addLogEntry } from "../catalog/repositories/logs.ts";
import { findScore, listIssues } from "../catalog/repositories/outputs.ts";
import { decodedLength, type RecordingRow, rememberRecording } from "../catalog/repositories/recordings.ts";
import { beginStep, endStep, listStages, type StepRow } from "../catalog/repositories/transcription-stages.ts";
import {
  addTranscription,
  beginTranscription,
  cancelFailedWork,
  failTranscription,
  findUnfinishedWork,
  findWork,
  finishTranscription,
  releaseTranscription,
  type TranscriptionRow,
  type TranscriptionStatus,
} from "../catalog/repositories/transcriptions.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { decodedFiles } from "../media/decode.ts";
import { probe } from "../media/probe.ts";
import type { MediaInfo } from "../media/probe-report.ts";
import { fileError } from "../platform/file-errors.ts";
import { fingerprint } from "../platform/fingerprint.ts";
import { answersWithin } from "../platform/with-timeout.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import type { StationServices } from "../station-services.ts";
import { getDecodedLength } from "./decoded-length.ts";
import { type Delivery, deliver } from "./delivery.ts";
import { Estimator } from "./estimator.ts";
import { inStepOrder, type JobListener, type StepName } from "./events.ts";
import { modelChoice, optionsKey, workOptions } from "./options.ts";
import { checkOutputFolder, datedName, newOutputFolder } from "./output-folder.ts";
import { captionStep } from "./stages/caption.ts";
import { checkStep } from "./stages/check.ts";
import { decodeStep } from "./stages/decode.ts";
import { namesStep } from "./stages/names.ts";
import { planStep } from "./stages/plan.ts";
import { transcribeStep } from "./stages/recognize.ts";
import { summariseStep } from "./stages/summarize.ts";
import type { Job, Step, TranscribeRequest } from "./transcription-run.ts";
import { listReviewReasons } from "./verdict.ts";

const steps: readonly Step[] = [decodeStep, planStep, transcribeStep, namesStep, captionStep, summariseStep, checkStep];

export interface StepTime {
  readonly name: StepName;
  readonly seconds: number;
}

/** How a request ended well. */
export interface TranscribeOutcome {
  readonly transcriptionId: string;
  readonly status: Extract<TranscriptionStatus, "completed" | "needs_review">;
  /** True when it had been done before and its files were only given again. */
  readonly alreadyDone: boolean;
  readonly completedDate: string;
  readonly durationMs: number;
  readonly folder: string;
  readonly delivery: Delivery;
  readonly steps: readonly StepTime[];
}

/**
 * Does a request, or what is left of it from an attempt before.
 * @throws ArchivistError with the recording's name as its subject
 */
export async function transcribeRecording(
  services: StationServices,
  request: TranscribeRequest,
  listener: JobListener = () => undefined,
  signal?: AbortSignal,
): Promise<TranscribeOutcome> {
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
  request: TranscribeRequest,
  listener: JobListener,
  signal: AbortSignal | undefined,
): Promise<TranscribeOutcome> {
  const { clock, settings } = services;
  listener({ kind: "step", step: "probe" });
  const probeStarted = clock.monotonicMs();
  const { ffprobe } = await services.mediaTools();
  const look = () => probe(ffprobe, request.source ?? request.path, settings.media, signal);
  const info = await services.lanes.run("disk", signal, look, request.turn);
  const recording = await remember(services, request, info);
  const probed: Probed = { info, recording, probeMs: clock.monotonicMs() - probeStarted };
  return services.recordings.run(recording.id, signal, () => runWork(services, request, probed, listener, signal));
}

interface Probed {
  readonly info: MediaInfo;
  readonly recording: RecordingRow;
  readonly probeMs: number;
}

/** The work on a recording that nobody else works on now. */
async function runWork(
  services: StationServices,
  request: TranscribeRequest,
  { info, recording, probeMs }: Probed,
  listener: JobListener,
  signal: AbortSignal | undefined,
): Promise<TranscribeOutcome> {
  const { catalog } = services;
  const { transcription, isNew } = await takeUpWork(services, request, recording);
  listener({ kind: "begun", transcriptionId: transcription.id, durationMs: info.durationMs });
  const job = makeJob(services, request, info, recording, transcription, listener, signal);
  if (isNew) {
    beginStep(catalog, transcription.id, "probe");
    endStep(catalog, transcription.id, "probe", { status: "completed", elapsedMs: probeMs, date: nowText(services) });
  }
  const status = transcription.status;
  const out = getOutputFolder(job);
  await answersWithin(services.settings.media.stallSeconds, out, checkOutputFolder(out, request));
  if (status === "completed" || status === "needs_review") return giveAgain(job, status);

  beginTranscription(catalog, transcription.id, nowText(services));
  const deafen = services.onEngineNotice((message) => listener({ kind: "notice", message }));
  try {
    if (!transcribeStep.isDone(job)) warmUp(job);
    for (const step of steps) if (!step.isDone(job)) await timed(job, step.name, () => step.run(job));
    return await finish(job);
  } catch (thrown) {
    await giveUp(job, thrown);
    throw thrown;
  } finally {
    deafen();
  }
}

/** Where this request's files go. */
const getOutputFolder = ({ request, transcription }: Job): string => request.out ?? transcription.outputFolder;

/** Loads the model while the sound is decoded. What goes wrong here goes wrong again, and is told, when it is used. */
function warmUp({ services, request, signal, turn }: Job): void {
  const load = async (): Promise<void> => {
    const engine = await services.speechEngine();
    const model = modelChoice(services.settings, request.model);
    await services.lanes.run("speech", signal, () => engine.loadModel(model), turn);
  };
  const loading = load();
  loading.catch((thrown: unknown) =>
    services.logs.transcription.warn("the model could not be loaded ahead", { error: thrown }),
  );
}

const nowText = ({ clock }: StationServices): string => clock.now().toISOString();

async function remember(services: StationServices, request: TranscribeRequest, info: MediaInfo): Promise<RecordingRow> {
  const { stallSeconds } = services.settings.media;
  const reading = fingerprint(request.path).catch((thrown: unknown) => {
    throw fileError(thrown, "", "read");
  });
  const { hash, size, modifiedMs } = await answersWithin(stallSeconds, "", reading);
  return rememberRecording(services.catalog, {
    fingerprint: hash,
    filename: parse(request.path).base,
    filePath: request.path,
    fileSize: size,
    modifiedMs,
    container: info.container,
    durationMs: info.durationMs,
    media: info,
  });
}

/** The work that was begun (or done) before, or a new one. */
async function takeUpWork(
  services: StationServices,
  request: TranscribeRequest,
  recording: RecordingRow,
): Promise<{ readonly transcription: TranscriptionRow; readonly isNew: boolean }> {
  const { catalog, settings, folder, clock } = services;
  const options = workOptions(settings, request);
  const model = await fingerprint(request.model.path);
  const key = { recordingId: recording.id, modelFingerprint: model.hash, optionsKey: optionsKey(options) };
  // Work that is to be done anew, and was interrupted while it was, goes on like any other.
  const known = request.force ? findUnfinishedWork(catalog, key) : findWork(catalog, key);
  if (known !== undefined) return { transcription: known, isNew: false };
  cancelFailedWork(catalog, key);
  const now = clock.now();
  const root = settings.output.folder ?? folder.output;
  const named = readFileName(recording.filename);
  const transcription = addTranscription(catalog, {
    ...key,
    meetingDate: request.meeting?.date ?? named.date ?? null,
    meetingType: request.meeting?.type ?? named.type ?? null,
    meetingTitle: request.meeting?.title ?? named.title,
    filename: recording.filename,
    filePath: request.path,
    fileSize: recording.fileSize,
    language: request.language,
    city: request.city ?? null,
    model: request.model.name,
    options,
    // Its own place. Where somebody wants the files this time is the request's: the stick may be gone the next time.
    outputFolder: await newOutputFolder(catalog, request.place ?? join(root, datedName(request.path, now))),
    createdDate: now.toISOString(),
  });
  return { transcription, isNew: true };
}

function makeJob(
  services: StationServices,
  request: TranscribeRequest,
  info: MediaInfo,
  recording: RecordingRow,
  transcription: TranscriptionRow,
  listener: JobListener,
  signal: AbortSignal | undefined,
): Job {
  const folder = join(services.folder.recordings, recording.id);
  const chunks = listChunks(services.catalog, transcription.id);
  const totalMs = decodedLength(services.catalog, recording.id)?.durationMs ?? info.durationMs ?? 0;
  const heardMs = chunks
    .filter(({ status }) => status === "completed")
    .reduce((sum, { stretches }) => sum + spanTotalMs(stretches), 0);
  const turn = request.turn ?? 0;
  const base = { services, request, info, recording, transcription, folder, listener, signal, turn };
  const probing: Job = { ...base, estimator: new Estimator(services.clock, 0, 0) };
  const decodeMs = decodeStep.isDone(probing) ? 0 : totalMs;
  return { ...base, estimator: new Estimator(services.clock, decodeMs, totalMs - heardMs) };
}

/** Does the work of a step; its time is kept whatever happens. */
async function timed<T>(job: Job, name: StepName, work: () => Promise<T>): Promise<T> {
  const { catalog, clock, logs } = job.services;
  if (job.signal?.aborted) throw new ArchivistError("interrupted");
  job.listener({ kind: "step", step: name });
  beginStep(catalog, job.transcription.id, name);
  const started = clock.monotonicMs();
  const end = (status: "completed" | "failed"): void =>
    endStep(catalog, job.transcription.id, name, {
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

/** Files, final state, and the working files that are no longer needed. */
async function finish(job: Job): Promise<TranscribeOutcome> {
  const { services, transcription, recording, request } = job;
  const { catalog } = services;
  const folder = getOutputFolder(job);
  const { stallSeconds } = services.settings.media;
  const write = () => answersWithin(stallSeconds, folder, deliver(job, folder, request.formats, "put-aside"));
  const delivery = await timed(job, "write", write);
  const times = toStageTimes(listStages(catalog, transcription.id));
  const score = findScore(catalog, transcription.id) ?? 0;
  const faults = listReviewReasons(listIssues(catalog, transcription.id), score, services.settings.quality.passScore);
  const status = faults.length > 0 ? "needs_review" : "completed";
  const completedDate = nowText(services);
  const { durationMs } = getDecodedLength(catalog, recording.id);
  const elapsedMs = times.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
  finishTranscription(catalog, transcription.id, { status, completedDate, durationMs, elapsedMs });
  addLogEntry(catalog, {
    level: "info",
    message: `${recording.filename}: transcribed`,
    component: "transcription",
    transcriptionId: transcription.id,
    metadata: { status, elapsedMs: Math.round(elapsedMs), durationMs },
  });
  await dropSound(job);
  const transcriptionId = transcription.id;
  return { transcriptionId, status, alreadyDone: false, completedDate, durationMs, folder, delivery, steps: times };
}

/** It was done before: its files are given again, wherever they are wanted now. */
async function giveAgain(job: Job, status: "completed" | "needs_review"): Promise<TranscribeOutcome> {
  const { services, transcription, recording, request } = job;
  const folder = getOutputFolder(job);
  // The settings of the summary do not decide words and cues, so they may have changed since.
  if (!summariseStep.isDone(job)) await timed(job, summariseStep.name, () => summariseStep.run(job));
  return {
    transcriptionId: transcription.id,
    status,
    alreadyDone: true,
    completedDate: transcription.completedDate ?? transcription.createdDate,
    durationMs: getDecodedLength(services.catalog, recording.id).durationMs,
    folder,
    delivery: await answersWithin(
      services.settings.media.stallSeconds,
      folder,
      deliver(job, folder, request.formats, "keep"),
    ),
    steps: toStageTimes(listStages(services.catalog, transcription.id)),
  };
}

function toStageTimes(rows: readonly StepRow[]): readonly StepTime[] {
  return inStepOrder(rows).map(({ name, elapsedMs }) => ({
    name: name as StepName,
    seconds: Math.round(elapsedMs) / 1000,
  }));
}

async function giveUp(job: Job, thrown: unknown): Promise<void> {
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
  // Where there is nothing to resume, nothing is left behind; elsewhere the sound is decoded again in a minute.
  const heard = listChunks(services.catalog, transcription.id).some(({ status }) => status === "completed");
  if (heard) await dropSound(job);
  else await rm(job.folder, { recursive: true, force: true });
}

/** The decoded sound is large; it goes as soon as its work is over. Other work on the recording can decode it again. */
async function dropSound(job: Job): Promise<void> {
  await rm(decodedFiles(job.folder).pcm, { force: true });
}
