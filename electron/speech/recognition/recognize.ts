/**
 * Recognizes one chunk of speech. An implausible result is retried with other methods, and the best result is kept,
 * with its remaining issues.
 */
import type { RecognitionIssue } from "../../captions/recognition/recognition-issue.ts";
import { during, type TimeSpan, totalMs, uncovered } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import type { Logger } from "../../config/logger.ts";
import { withoutNonWords } from "../confidence/spoken-word.ts";
import type { RecognizedWindow, SpeechEngine, TranscribeOptions } from "../engine.ts";
import { type SampleRange, toSampleRange } from "../sample-range.ts";
import { cutApart, findShortGaps } from "./apart.ts";
import { badness, findRecognitionIssues } from "./recognition-issues.ts";
import { listStrategies, listWindowStrategies, minPartMs, type Strategy } from "./second-tries.ts";
import { meanProbability } from "./word-measures.ts";
import { checkWordsInSpeech } from "./word-times.ts";

export interface RecognizeRequest {
  readonly engine: SpeechEngine;
  /** Absolute path of the decoded sound. */
  readonly pcm: string;
  /** Samples in the file, because a length rounded to milliseconds must not ask for more. */
  readonly sampleCount: number;
  /** Spans of speech in this chunk, in order. */
  readonly stretches: readonly TimeSpan[];
  readonly options: Omit<TranscribeOptions, "temperature" | "fallback">;
  /** What has been recognized already, with other windows at once; it is suspicious. */
  readonly first?: RecognizedChunk;
  /** Maximum number of retries with other methods. */
  readonly secondTries: number;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Share of the chunk that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface RecognizedChunk {
  readonly words: readonly Word[];
  readonly repairedWords: number;
  readonly language: string;
  /** Issues that remain in the best result. */
  readonly doubts: readonly RecognitionIssue[];
  /** The method that gave the best result. */
  readonly method: string;
  /** The engine itself does not believe it. */
  readonly isDoubtful?: boolean;
}

/** True for issues that are worth a retry; low probability alone is a fact, not a fault. */
export const isFault = ({ reason }: RecognitionIssue): boolean => reason !== "unsure";

/**
 * Recognizes a chunk.
 * @throws ArchivistError what the engine reports; a failed retry is not reported, except for an interruption
 */
export async function recognize(request: RecognizeRequest): Promise<RecognizedChunk> {
  const { beamSize } = request.options;
  const asWindows = request.engine.transcribesWindows === true && beamSize === 1;
  const [firstWay, ...ways] = asWindows
    ? ([{ name: "greedy", options: {}, asWindows }, ...listWindowStrategies(beamSize)] as const)
    : listStrategies(beamSize);
  const otherWays = request.first === undefined ? ways : listWindowStrategies(beamSize);
  let best = request.first ?? (await attempt(request, firstWay));
  for (const way of otherWays.slice(0, request.secondTries)) {
    const faults = best.doubts.filter(isFault);
    if (faults.length === 0 && !best.isDoubtful) break;
    const other = await anotherTry(request, way, best, faults);
    if (other === undefined) continue;
    const [otherFlaws, bestFlaws] = [measureFlaws(request, other), measureFlaws(request, best)];
    if (otherFlaws < bestFlaws || (best.isDoubtful && otherFlaws <= bestFlaws)) best = other;
  }
  return request.secondTries > 0 ? apartFromNoise(request, await fillShortGaps(request, best)) : best;
}

/** How bad a result is: its issues, and each second of speech that it leaves without a word. */
const measureFlaws = ({ stretches }: RecognizeRequest, { doubts, words }: RecognizedChunk): number =>
  badness(doubts) + totalMs(findShortGaps(words, stretches)) / 1_000;

/** Retries with one other method; its failure does not fail the chunk. */
function anotherTry(
  request: RecognizeRequest,
  way: Strategy,
  best: RecognizedChunk,
  reasons: readonly RecognitionIssue[],
): Promise<RecognizedChunk | undefined> {
  const atMs = request.stretches[0]?.startMs ?? 0;
  request.logger.warn("a piece is recognized in another way", {
    atMs,
    method: best.method,
    reasons: reasons.map(({ reason, detail }) => `${reason}: ${detail}`),
    next: way.name,
  });
  return attempt(request, way).catch((thrown: unknown) => {
    if (request.signal?.aborted) throw thrown;
    request.logger.warn("the other way failed", { atMs, method: way.name, error: thrown });
    return undefined;
  });
}

/** Mean probability of words from which on they are believed where nothing had been recognized. */
const minFoundProbability = 0.6;

/**
 * A short answer after a long speech is passed over in the window of both, and recognized in one of its own. What is
 * found instead has to be likely: a cough is recognized as words as well.
 */
async function fillShortGaps(request: RecognizeRequest, best: RecognizedChunk): Promise<RecognizedChunk> {
  // A loop has gaps after it that are none.
  if (best.doubts.some((doubt) => isFault(doubt) && doubt.reason !== "empty")) return best;
  const gaps = findShortGaps(best.words, request.stretches);
  if (gaps.length === 0) return best;
  const parts = cutApart(request.stretches, gaps, best.words);
  if (parts.length < 2) return best;
  const asWindows = request.engine.transcribesWindows === true ? ({ asWindows: true } as const) : {};
  const reasons = gaps.map((gap) => ({ reason: "empty" as const, ...gap, detail: "no word" }));
  const other = await anotherTry(
    request,
    { name: "apart", options: {}, cut: () => parts, ...asWindows },
    best,
    reasons,
  );
  if (other === undefined || measureFlaws(request, other) >= measureFlaws(request, best)) return best;
  const found = gaps.flatMap((gap) => during(other.words, gap));
  return meanProbability(found) >= minFoundProbability ? other : best;
}

/**
 * Noise spoils the speech in the same window. Where only part of a chunk has low confidence, that part and the speech
 * around it are recognized separately; the result with the higher probability is kept.
 */
async function apartFromNoise(request: RecognizeRequest, best: RecognizedChunk): Promise<RecognizedChunk> {
  const unsure = best.doubts.filter(({ reason }) => reason === "unsure");
  const restMs = totalMs(uncovered(request.stretches, unsure));
  if (unsure.length === 0 || restMs < minPartMs) return best;
  const way: Strategy = { name: "apart", options: {}, cut: (stretches) => cutApart(stretches, unsure, best.words) };
  const other = await anotherTry(request, way, best, unsure);
  if (other === undefined || other.doubts.some(isFault)) return best;
  if (meanProbability(other.words) <= meanProbability(best.words)) return best;
  // Noise on its own is recognized as arbitrary words with high probability: what was suspicious stays so.
  const kept = unsure.filter((span) => during(other.words, span).length > 0);
  const rest = other.doubts.filter((doubt) => during(kept, doubt).length === 0);
  return { ...other, doubts: [...kept, ...rest].sort((a, b) => a.startMs - b.startMs) };
}

async function attempt(request: RecognizeRequest, way: Strategy): Promise<RecognizedChunk> {
  const parts = way.cut?.(request.stretches) ?? [request.stretches];
  if (way.asWindows) return attemptWindows(request, way, parts);
  const { engine } = request;
  // Where an engine writes names by itself, they are no prompt: that has cost whole windows.
  const vocabulary = engine.transcribesWindows === true ? [] : request.options.vocabulary;
  const words: Word[] = [];
  let language = request.options.language;
  let doneMs = 0;
  const wholeMs = totalMs(request.stretches);
  for (const part of parts) {
    const partMs = totalMs(part);
    const result = await engine.transcribe(
      { pcm: request.pcm, stretches: toRanges(part, request.sampleCount) },
      { temperature: 0, fallback: true, ...request.options, vocabulary, ...way.options },
      {
        signal: request.signal,
        onProgress: (share) => request.onProgress?.((doneMs + share * partMs) / wholeMs),
      },
    );
    doneMs += partMs;
    language = result.language;
    words.push(...result.segments.flatMap((segment) => segment.words));
  }
  return toChunk(words, request.stretches, language, way.name);
}

async function attemptWindows(
  request: RecognizeRequest,
  way: Strategy,
  parts: readonly (readonly TimeSpan[])[],
): Promise<RecognizedChunk> {
  const { engine, pcm, sampleCount, options, signal, onProgress } = request;
  const windows: RecognizedWindow[] = [];
  await engine.transcribeWindows?.(
    { pcm, windows: parts.map((part) => toRanges(part, sampleCount)) },
    toWindowsOptions(options),
    { signal, onWindow: (window) => windows.push(window), ...(onProgress === undefined ? {} : { onProgress }) },
  );
  const inOrder = windows.toSorted((a, b) => a.index - b.index);
  const words = inOrder.flatMap(({ segments }) => segments.flatMap((segment) => segment.words));
  const chunk = toChunk(words, request.stretches, inOrder[0]?.language ?? options.language, way.name);
  return inOrder.some(({ isDoubtful }) => isDoubtful) ? { ...chunk, isDoubtful: true } : chunk;
}

export const toRanges = (stretches: readonly TimeSpan[], sampleCount: number): readonly SampleRange[] =>
  stretches.map((span) => toSampleRange(span, sampleCount));

export const toWindowsOptions = ({ language, translate, names = [], threads }: RecognizeRequest["options"]) => ({
  language,
  translate,
  names,
  threads,
});

/** Checks the times of words, and judges them. */
export function toChunk(
  words: readonly Word[],
  stretches: readonly TimeSpan[],
  language: string,
  method: string,
): RecognizedChunk {
  const checked = checkWordsInSpeech(withoutNonWords(words), stretches);
  return {
    words: checked.words,
    repairedWords: checked.repaired,
    language,
    doubts: findRecognitionIssues(checked.words, stretches),
    method,
  };
}
