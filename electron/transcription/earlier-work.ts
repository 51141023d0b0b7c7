/**
 * Earlier recordings with the same sound: an earlier copy of which parts could not be read, parts that were joined, a worse
 * copy. What was done with them is not done again.
 */
import { type CarriedSpan, findAgreeingSpans } from "../captions/recognition/agreeing-spans.ts";
import { uncovered } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import { type ChunkRow, finishChunk, listChunks, listChunkWords, listWords } from "../catalog/repositories/chunks.ts";
import { findDecodedFacts } from "../catalog/repositories/recordings.ts";
import { findIncompleteWork, findTranscription } from "../catalog/repositories/transcriptions.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

/** An earlier transcription, and where its sound is in the recording. */
export interface EarlierWork {
  readonly transcriptionId: string;
  readonly spans: readonly CarriedSpan[];
  /** How it came: another copy was put at its place, it is a part of this one, or a person has named a better copy. */
  readonly kind: "completed" | "joined" | "replaced";
}

/** Recognition near the edge of a part may have been cut off in a word. */
const edgeMs = 2_000;
/** No recording is longer, in milliseconds. */
const endOfTime = 172_800_000;

/** The earlier copy, at the same place, of which parts could not be read. */
function findIncompleteCopy({ services, transcription, recording }: TranscriptionRun): readonly EarlierWork[] {
  const { catalog } = services;
  const key = {
    recordingId: recording.id,
    modelFingerprint: transcription.modelFingerprint,
    optionsKey: transcription.optionsKey,
  };
  const earlier = findIncompleteWork(catalog, key, recording.filePath);
  if (earlier === undefined) return [];
  const missing = findDecodedFacts(catalog, earlier.recordingId)?.missing ?? [];
  const spans = uncovered([{ startMs: 0, endMs: endOfTime }], missing).map((span) => ({ ...span, shiftMs: 0 }));
  return [{ transcriptionId: earlier.id, spans, kind: "completed" }];
}

/** The parts that this recording was joined of. */
function listJoined({ request: { parts = [] } }: TranscriptionRun): readonly EarlierWork[] {
  return parts.map(({ transcriptionId, startMs, lengthMs }) => ({
    transcriptionId,
    spans: [{ startMs: 0, endMs: lengthMs, shiftMs: startMs }],
    kind: "joined",
  }));
}

/** The worse copy that this recording replaces; its sound is found by the words of both, which must be recognized. */
function findReplaced({ services, request, transcription }: TranscriptionRun): readonly EarlierWork[] {
  const { catalog } = services;
  const { replaces } = request;
  if (replaces === undefined || replaces === transcription.id) return [];
  const spans = findAgreeingSpans(listWords(catalog, replaces), listWords(catalog, transcription.id));
  return [{ transcriptionId: replaces, spans, kind: "replaced" }];
}

/** The earlier work that this one continues, without what there is no more. */
export function listEarlierWork(run: TranscriptionRun): readonly EarlierWork[] {
  const all = [...findIncompleteCopy(run), ...listJoined(run), ...findReplaced(run)];
  return all.filter(({ transcriptionId }) => findTranscription(run.services.catalog, transcriptionId) !== undefined);
}

const toKey = ({ stretches }: ChunkRow): string => JSON.stringify(stretches);

/** Takes the words of chunks over that were recognized in earlier work, away from its edges. */
export function takeOverWords(run: TranscriptionRun): void {
  for (const earlier of [...findIncompleteCopy(run), ...listJoined(run)]) {
    if (earlier.kind === "completed") takeOverChunks(run, earlier);
    else takeOverPart(run, earlier);
  }
}

/** Of the same recording: the chunks that are the same in both copies. */
function takeOverChunks(run: TranscriptionRun, { transcriptionId, spans }: EarlierWork): void {
  const { catalog } = run.services;
  const known = new Map(
    listChunks(catalog, transcriptionId)
      .filter(({ status }) => status === "completed")
      .map((chunk) => [toKey(chunk), chunk]),
  );
  for (const chunk of listChunks(catalog, run.transcription.id)) {
    const same = chunk.status === "pending" ? known.get(toKey(chunk)) : undefined;
    if (same === undefined || !isInside(chunk, spans)) continue;
    keepWords(run, chunk, { words: listChunkWords(catalog, same.id), chunks: [same], shiftMs: 0 });
  }
}

/** Of a part: the words at the times of each chunk. They must be of the same model, with the same options. */
function takeOverPart(run: TranscriptionRun, { transcriptionId, spans }: EarlierWork): void {
  const { catalog } = run.services;
  const earlier = findTranscription(catalog, transcriptionId);
  const { modelFingerprint, optionsKey } = run.transcription;
  if (earlier?.modelFingerprint !== modelFingerprint || earlier.optionsKey !== optionsKey) return;
  const shiftMs = spans[0]?.shiftMs ?? 0;
  const known = listChunks(catalog, transcriptionId);
  const words = known.flatMap(({ id }) => listChunkWords(catalog, id));
  for (const chunk of listChunks(catalog, run.transcription.id)) {
    const before = { startMs: chunk.startMs - shiftMs, endMs: chunk.endMs - shiftMs };
    const chunks = known.filter(({ startMs, endMs }) => startMs < before.endMs && endMs > before.startMs);
    const isKnown = chunks.length > 0 && chunks.every(({ status }) => status === "completed");
    if (chunk.status !== "pending" || !isKnown || !isInside(chunk, spans)) continue;
    const inside = words.filter(({ startMs, endMs }) => {
      const middle = (startMs + endMs) / 2;
      return middle >= before.startMs && middle < before.endMs;
    });
    keepWords(run, chunk, { words: inside, chunks, shiftMs });
  }
}

/** True if a chunk lies inside of a span, away from its edges. */
const isInside = ({ startMs, endMs }: ChunkRow, spans: readonly CarriedSpan[]): boolean =>
  spans.some((span) => {
    const from = span.startMs + span.shiftMs;
    const to = span.endMs + span.shiftMs;
    return startMs >= (from === 0 ? 0 : from + edgeMs) && endMs <= to - edgeMs;
  });

interface KnownWords {
  readonly words: readonly Word[];
  /** The chunks that they were recognized in. */
  readonly chunks: readonly ChunkRow[];
  readonly shiftMs: number;
}

function keepWords({ services }: TranscriptionRun, chunk: ChunkRow, { words, chunks, shiftMs }: KnownWords): void {
  const { catalog, clock } = services;
  const moved = <T extends { readonly startMs: number; readonly endMs: number }>(span: T): T => ({
    ...span,
    startMs: span.startMs + shiftMs,
    endMs: span.endMs + shiftMs,
  });
  finishChunk(catalog, chunk.id, {
    words: words.map(moved),
    repairedWords: chunks.reduce((sum, { repairedWords }) => sum + repairedWords, 0),
    language: chunks[0]?.language ?? "en",
    doubts: chunks
      .flatMap(({ doubts }) => doubts.map(moved))
      .filter(({ startMs }) => startMs >= chunk.startMs && startMs < chunk.endMs),
    method: "earlier recording",
    elapsedMs: 0,
    completedDate: clock.now().toISOString(),
  });
}
