/** Hears a span of a meeting again: its sound, where it is not there any more, and then one piece after the other. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { during, joined, type TimeSpan, totalMs, uncovered } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import {
  addHearing,
  findHearing,
  finishHearingChunk,
  type HearingChunk,
  listHearingChunks,
} from "../../catalog/repositories/hearings.ts";
import {
  findMediaInfo,
  findRecording,
  listSilences,
  type RecordingRow,
} from "../../catalog/repositories/recordings.ts";
import { listSpeechSpans } from "../../catalog/repositories/speech-spans.ts";
import {
  findTranscription,
  recordingsInWork,
  type TranscriptionRow,
} from "../../catalog/repositories/transcriptions.ts";
import { speechThreads } from "../../config/machine.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { quietestPoint } from "../../media/peaks.ts";
import { probe } from "../../media/probe.ts";
import type { MediaInfo } from "../../media/probe-report.ts";
import { fingerprint } from "../../platform/fingerprint.ts";
import { readPlainFile } from "../../platform/plain-files.ts";
import { withTimeout } from "../../platform/with-timeout.ts";
import { planWindows } from "../../speech/detection/window-plan.ts";
import { detectSpokenLanguage } from "../../speech/recognition/spoken-language.ts";
import type { StationServices } from "../../station-services.ts";
import { getDecodedLength, getDecodedSound } from "../decoded-length.ts";
import { Estimator } from "../estimator.ts";
import type { TranscriptionListener } from "../events.ts";
import { decodeStage, hasSound } from "../stages/decode.ts";
import { transcribeStretches } from "../stages/recognize.ts";
import { getRecognitionNames, type SpeechOptions } from "../stages/speech-options.ts";
import { withRetries } from "../stages/with-retries.ts";
import type { TranscriptionRun } from "../transcription-run.ts";
import { type ChosenHearing, getMeetingOptions } from "./hearing-request.ts";

/** A more careful search follows this many hypotheses, and tries this many other ways where a result is suspicious. */
const carefulBeamSize = 8;
const carefulTries = 4;

export interface SpanToHear {
  /** Id of the hearing: that of its job. */
  readonly id: string;
  readonly transcriptionId: string;
  /** The span, of whole captions. */
  readonly span: TimeSpan;
  /** Name of the glossary whose names are used; undefined: none. */
  readonly glossaryName: string | undefined;
  readonly chosen: ChosenHearing;
  readonly order: number;
}

/**
 * Hears a span again. What was recognized by an earlier run of the same hearing is not done again.
 * @returns the words, in order of time
 * @throws ArchivistError `file.missing` and others of the recording, `engine.*`, `interrupted`
 */
export function hearSpan(
  services: StationServices,
  request: SpanToHear,
  listener: TranscriptionListener,
  signal: AbortSignal | undefined,
): Promise<readonly Word[]> {
  const { transcription, recording } = requireMeeting(services, request.transcriptionId);
  // Other work on the recording would write or delete the same sound.
  return services.recordings.run(recording.id, signal, async () => {
    const run = await createRun(services, request, { transcription, recording }, listener, signal);
    if (!hasSound(run)) {
      listener({ kind: "step", step: "decode" });
      await decodeStage.run(run);
    }
    listener({ kind: "step", step: "transcribe" });
    const chunks = await findOrPlanChunks(run, request);
    await recognizeChunks(run, request, chunks);
    return listHearingChunks(services.catalog, request.id).flatMap(({ words = [] }) => words);
  });
}

/** The meeting of a hearing. @throws ArchivistError `meeting.unknown` */
function requireMeeting({ catalog }: StationServices, id: string) {
  const transcription = findTranscription(catalog, id);
  const recording = transcription && findRecording(catalog, transcription.recordingId);
  if (transcription === undefined || recording === undefined)
    throw new ArchivistError("meeting.unknown", { subject: id });
  return { transcription, recording };
}

/** A run of the stages on this recording. The file is looked at only where its sound has to be decoded again. */
async function createRun(
  services: StationServices,
  { transcriptionId, chosen, glossaryName, order }: SpanToHear,
  { transcription, recording }: { readonly transcription: TranscriptionRow; readonly recording: RecordingRow },
  listener: TranscriptionListener,
  signal: AbortSignal | undefined,
): Promise<TranscriptionRun> {
  const { catalog, settings, clock } = services;
  const { durationMs } = getDecodedLength(catalog, recording.id);
  const meeting = getMeetingOptions(catalog, transcriptionId);
  const run: TranscriptionRun = {
    services,
    request: {
      path: recording.filePath,
      model: chosen.model,
      language: chosen.language,
      translate: chosen.translate,
      city: undefined,
      glossaryName,
      formats: [],
      out: undefined,
      sound: meeting.sound,
      force: false,
    },
    // As it was stored by the first hearing; the file itself is looked at before it is decoded.
    info: findMediaInfo(catalog, recording.id) as MediaInfo,
    recording,
    transcription,
    folder: join(services.folder.recordings, recording.id),
    estimator: new Estimator(clock, 0, 0),
    listener,
    signal,
    order,
  };
  if (hasSound(run)) return run;
  const { ffprobe } = await services.mediaTools();
  const inspect = async () => {
    const info = await probe(ffprobe, recording.filePath, settings.media, signal);
    const { hash } = await withTimeout(settings.media.stallSeconds, "", fingerprint(recording.filePath));
    return { info, hash };
  };
  const { info, hash } = await services.lanes.run("disk", signal, inspect, order).catch((thrown: unknown) => {
    throw thrown instanceof ArchivistError && thrown.subject === undefined ? thrown.about(recording.filename) : thrown;
  });
  if (hash !== recording.fingerprint) {
    throw new ArchivistError("file.missing", {
      subject: recording.filename,
      cause: "what lies in its place is another recording than the one that these captions were made from",
      remedy: "Put the recording back in its place, or transcribe the present one.",
    });
  }
  return { ...run, info, estimator: new Estimator(clock, durationMs, 0) };
}

/** Silence at least this long is not heard, in milliseconds. */
const minSilenceMs = 1_000;

/** The pieces to recognize: those of an earlier run, or a new plan. */
async function findOrPlanChunks(run: TranscriptionRun, request: SpanToHear): Promise<readonly HearingChunk[]> {
  const { services, recording, folder } = run;
  const { catalog, clock, settings } = services;
  const { id, transcriptionId, span } = request;
  if (findHearing(catalog, id) === undefined) {
    const peaks = await readPlainFile(decodedFiles(folder).peaks);
    const windows = planWindows({
      speech: listSpeechToHear(run, span),
      durationMs: getDecodedLength(catalog, recording.id).durationMs,
      windowMs: Math.round(settings.speech.windowSeconds * 1000),
      quietestPoint: (fromMs, toMs) => quietestPoint(peaks, fromMs, toMs),
    });
    addHearing(catalog, {
      id,
      transcriptionId,
      ...span,
      createdDate: clock.now().toISOString(),
      chunks: windows.map(({ stretches }) => stretches),
    });
  }
  return listHearingChunks(catalog, id);
}

/**
 * What is heard of a span: all of it but silence. Detection may have missed quiet speech, and a person who asks to hear
 * again has a reason.
 */
function listSpeechToHear({ services: { catalog }, recording, transcription }: TranscriptionRun, span: TimeSpan) {
  const silences = listSilences(catalog, recording.id).filter(({ startMs, endMs }) => endMs - startMs >= minSilenceMs);
  const found = during(listSpeechSpans(catalog, transcription.id), span).map(({ startMs, endMs }) => ({
    startMs: Math.max(span.startMs, startMs),
    endMs: Math.min(span.endMs, endMs),
  }));
  const all = [...uncovered([span], silences), ...found].toSorted((a, b) => a.startMs - b.startMs);
  const heard = joined(all, 1);
  return heard.length === 0 ? [span] : heard;
}

async function recognizeChunks(
  run: TranscriptionRun,
  { id, chosen, glossaryName }: SpanToHear,
  chunks: readonly HearingChunk[],
): Promise<void> {
  const { services, listener, estimator } = run;
  const { catalog } = services;
  const pending = chunks.filter(({ words }) => words === undefined);
  if (pending.length === 0) return;
  estimator.setSpeechMs(pending.reduce((sum, { stretches }) => sum + totalMs(stretches), 0));
  const options = await speechOptions(run, chosen, glossaryName, chunks);
  let recognizedMs = 0;
  for (const { position, stretches } of pending) {
    const onProgress = (share: number): void => {
      const piece = { number: position + 1, count: chunks.length };
      const estimate = estimator.recognized(recognizedMs + share * totalMs(stretches));
      listener({ kind: "progress", step: "transcribe", piece, ...estimate });
    };
    onProgress(0);
    const tries = chosen.careful ? { secondTries: Math.max(carefulTries, services.settings.speech.secondTries) } : {};
    const { words, language, doubts, method } = await transcribeStretches(
      run,
      stretches,
      { ...options, ...tries },
      onProgress,
    );
    const isTranslated = options.translate;
    finishHearingChunk(catalog, id, position, { words, doubts, method, language: isTranslated ? "en" : language });
    if (words.length > 0) listener({ kind: "words", words });
    recognizedMs += totalMs(stretches);
  }
}

async function speechOptions(
  run: TranscriptionRun,
  { language, translate, careful }: ChosenHearing,
  glossaryName: string | undefined,
  chunks: readonly HearingChunk[],
): Promise<SpeechOptions> {
  const { services, signal } = run;
  const { catalog, settings, machine } = services;
  const threads = speechThreads(settings.speech.threads, machine);
  const detected =
    language === "auto"
      ? await withRetries(run, (engine) => detectSpokenLanguage(engine, getDecodedSound(run), chunks, threads, signal))
      : undefined;
  const { beamSize } = settings.speech;
  return {
    language: language === "auto" ? (detected?.language ?? "en") : language,
    translate,
    ...getRecognitionNames(catalog, glossaryName),
    threads,
    beamSize: careful ? Math.max(carefulBeamSize, beamSize) : beamSize,
  };
}

/** Deletes the decoded sound of a recording, unless other work on it needs the sound. */
export async function releaseSound(services: StationServices, recordingId: string): Promise<void> {
  await services.recordings.run(recordingId, undefined, async () => {
    if (recordingsInWork(services.catalog).has(recordingId)) return;
    await rm(decodedFiles(join(services.folder.recordings, recordingId)).pcm, { force: true });
  });
}
