/**
 * Recognizes several chunks at once, where the engine can: each is done as soon as its window is believed, and those that
 * are suspicious are heard again, by themselves, afterward.
 */
import { during, type TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { findShortGaps } from "./apart.ts";
import {
  isFault,
  type RecognizedChunk,
  type RecognizeRequest,
  recognize,
  toChunk,
  toRanges,
  toWindowsOptions,
} from "./recognize.ts";

export interface RecognizeWindowsRequest extends Omit<RecognizeRequest, "stretches" | "first" | "onProgress"> {
  /** The spans of speech of each chunk, in order. */
  readonly chunks: readonly (readonly TimeSpan[])[];
  /** False for chunks that stand beside the others only, so that those are recognized as they were before; absent: true. */
  readonly isWanted?: (index: number) => boolean;
  /** Called once for each chunk, with its index. */
  readonly onChunk: (index: number, chunk: RecognizedChunk) => void;
  /** Share of all chunks that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Share of the words of a chunk that may be unlikely before it is heard again. */
const maxUnsureShare = 0.3;

/** True for a result that is worth another try. */
function isSuspicious({ doubts, isDoubtful, words }: RecognizedChunk, stretches: readonly TimeSpan[]): boolean {
  if (isDoubtful === true || doubts.some(isFault) || findShortGaps(words, stretches).length > 0) return true;
  const unsure = doubts.flatMap((doubt): readonly Word[] => during(words, doubt));
  return unsure.length > words.length * maxUnsureShare;
}

/** @throws ArchivistError what the engine reports; chunks that were told before are done */
export async function recognizeWindows(request: RecognizeWindowsRequest): Promise<void> {
  const { engine, pcm, sampleCount, chunks, options, secondTries, onChunk, onProgress, signal } = request;
  const isWanted = request.isWanted ?? (() => true);
  const suspicious = new Map<number, RecognizedChunk>();
  await engine.transcribeWindows?.(
    { pcm, windows: chunks.map((stretches) => toRanges(stretches, sampleCount)) },
    toWindowsOptions(options),
    {
      signal,
      ...(onProgress === undefined ? {} : { onProgress }),
      onWindow: ({ index, segments, language, isDoubtful }) => {
        const words = segments.flatMap((segment) => segment.words);
        const plain = toChunk(words, chunks[index] ?? [], language, "greedy");
        const chunk = isDoubtful ? { ...plain, isDoubtful } : plain;
        if (secondTries > 0 && isWanted(index) && isSuspicious(chunk, chunks[index] ?? []))
          suspicious.set(index, chunk);
        else onChunk(index, chunk);
      },
    },
  );
  const { chunks: _, onChunk: __, onProgress: ___, ...rest } = request;
  for (const [index, first] of [...suspicious].toSorted(([a], [b]) => a - b)) {
    onChunk(index, await recognize({ ...rest, stretches: chunks[index] ?? [], first }));
  }
}
