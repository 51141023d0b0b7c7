/** An earlier copy of a recording of which parts could not be read: what was done with it is not done again. */
import type { TimeSpan } from "../captions/time/span.ts";
import { type ChunkRow, finishChunk, listChunks, listChunkWords } from "../catalog/repositories/chunks.ts";
import { findDecodedFacts } from "../catalog/repositories/recordings.ts";
import { findIncompleteWork, type TranscriptionRow } from "../catalog/repositories/transcriptions.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

export interface EarlierCopy {
  readonly transcriptionId: string;
  /** What could not be read of it, on the recording's clock. */
  readonly missing: readonly TimeSpan[];
}

/** Recognition near the edge of a missing part may have been cut off in a word. */
const edgeMs = 2_000;

/** Finds the earlier copy that this work continues. */
export function findEarlierCopy({ services, transcription, recording }: TranscriptionRun): EarlierCopy | undefined {
  const { catalog } = services;
  const key = {
    recordingId: recording.id,
    modelFingerprint: transcription.modelFingerprint,
    optionsKey: transcription.optionsKey,
  };
  const earlier: TranscriptionRow | undefined = findIncompleteWork(catalog, key, recording.filePath);
  if (earlier === undefined) return undefined;
  const missing = findDecodedFacts(catalog, earlier.recordingId)?.missing ?? [];
  return { transcriptionId: earlier.id, missing };
}

const toKey = ({ stretches }: ChunkRow): string => JSON.stringify(stretches);

/** Takes the words of chunks over that are the same in both copies, away from what was missing. */
export function takeOverWords(run: TranscriptionRun): void {
  const earlier = findEarlierCopy(run);
  if (earlier === undefined) return;
  const { catalog, clock } = run.services;
  const known = new Map(
    listChunks(catalog, earlier.transcriptionId)
      .filter(({ status }) => status === "completed")
      .map((chunk) => [toKey(chunk), chunk]),
  );
  for (const chunk of listChunks(catalog, run.transcription.id)) {
    const same = chunk.status === "pending" ? known.get(toKey(chunk)) : undefined;
    const isNear = earlier.missing.some(
      ({ startMs, endMs }) => chunk.endMs > startMs - edgeMs && chunk.startMs < endMs + edgeMs,
    );
    if (same === undefined || isNear) continue;
    finishChunk(catalog, chunk.id, {
      words: listChunkWords(catalog, same.id),
      repairedWords: same.repairedWords,
      language: same.language ?? "en",
      doubts: same.doubts,
      method: "earlier copy",
      elapsedMs: 0,
      completedDate: clock.now().toISOString(),
    });
  }
}
