/**
 * Finds which language is spoken in each part of a meeting, among those that are expected there. Windows of one clear
 * language stay whole; the others are cut at pauses, so that no window holds two languages.
 */
import { during, joined, type TimeSpan, totalMs } from "../../captions/time/span.ts";

/** A part of a meeting, and the language that was detected in it. */
export interface DetectedPiece {
  /** Milliseconds of sound. */
  readonly ms: number;
  /** Undefined: it was not listened to. */
  readonly language?: string | undefined;
  /** From 0 to 1. */
  readonly probability?: number | undefined;
}

/** A shorter piece says nothing of its own: it takes the language of its neighbors. Milliseconds. */
const minTellingMs = 2_000;
/** A piece this long counts in full; the detector is less sure than it says of shorter ones. Milliseconds. */
const fullMs = 4_000;
/** No detection counts for more than this, however sure it says it is. */
const maxProbability = 0.99;
/**
 * What a change of language costs, as a logarithm of odds: a single piece between two of another language needs odds of
 * 20 to 1 to be believed, one at the border of its language any odds.
 */
const changeCost = 1.5;

/**
 * Decides the language of each piece: of all sequences the most probable one, where each change of language costs.
 * @param pieces in order of time
 * @param languages those that are spoken, the meeting's own first
 */
export function decideLanguages(
  pieces: readonly DetectedPiece[],
  languages: readonly [string, ...string[]],
): readonly string[] {
  let scores = languages.map((_, state) => (state === 0 ? 0 : -changeCost));
  const origins: number[][] = [];
  for (const piece of pieces) {
    const best = scores.indexOf(Math.max(...scores));
    const from = scores.map((score, state) => (score >= (scores[best] as number) - changeCost ? state : best));
    scores = languages.map((language, state) => {
      const origin = from[state] as number;
      const before = (scores[origin] as number) - (origin === state ? 0 : changeCost);
      return before + logLikelihood(piece, language, languages);
    });
    origins.push(from);
  }
  let state = scores.indexOf(Math.max(...scores));
  const decided: string[] = [];
  for (let index = pieces.length - 1; index >= 0; index--) {
    decided.push(languages[state] as string);
    state = origins[index]?.[state] as number;
  }
  return decided.reverse();
}

function logLikelihood(
  { ms, language, probability = 0 }: DetectedPiece,
  state: string,
  languages: readonly string[],
): number {
  // A language that nobody expects says nothing about those that are.
  if (language === undefined || ms < minTellingMs || !languages.includes(language)) return 0;
  const even = 1 / languages.length;
  const certain = Math.max(even, Math.min(maxProbability, probability));
  const share = language === state ? certain : (1 - certain) / Math.max(1, languages.length - 1);
  return Math.min(1, ms / fullMs) * Math.log(share);
}

/** A pause of this length is a place to cut, in milliseconds. */
const minPauseMs = 200;
/** Pieces are not cut shorter than this, in milliseconds. */
const minPieceMs = 4_000;

/**
 * Cuts a window at pauses.
 * @param speech where somebody speaks, pauses left out; in order
 */
export function cutAtPauses(
  stretches: readonly TimeSpan[],
  speech: readonly TimeSpan[],
): readonly (readonly TimeSpan[])[] {
  const endMs = stretches.at(-1)?.endMs ?? 0;
  const spans = stretches.flatMap((stretch) => during(speech, stretch));
  const cuts = spans.flatMap((span, index) => {
    const next = spans[index + 1];
    return next === undefined || next.startMs - span.endMs < minPauseMs
      ? []
      : [Math.round((span.endMs + next.startMs) / 2)];
  });
  const pieces: (readonly TimeSpan[])[] = [];
  let fromMs = 0;
  for (const toMs of [...cuts, endMs]) {
    const piece = within(stretches, fromMs, toMs);
    const isLast = toMs === endMs;
    if (totalMs(piece) < minPieceMs && !isLast) continue;
    // What is left at the end joins the piece before it.
    if (isLast && totalMs(piece) < minPieceMs && pieces.length > 0)
      pieces.push(joined([...(pieces.pop() ?? []), ...piece], 1));
    else if (piece.length > 0) pieces.push(piece);
    fromMs = toMs;
  }
  return pieces;
}

const within = (stretches: readonly TimeSpan[], fromMs: number, toMs: number): readonly TimeSpan[] =>
  stretches
    .map(({ startMs, endMs }) => ({ startMs: Math.max(startMs, fromMs), endMs: Math.min(endMs, toMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs);

/** Detects the language of each span by itself. */
export type ListenToSpans = (
  spans: readonly TimeSpan[],
) => Promise<readonly { readonly language: string; readonly probability: number }[]>;

export interface LanguageSearch {
  /** The stretches of each window, in order. */
  readonly windows: readonly (readonly TimeSpan[])[];
  /** Where somebody speaks, pauses left out; in order. */
  readonly speech: readonly TimeSpan[];
  /** The languages that are spoken, the meeting's own first. */
  readonly languages: readonly [string, ...string[]];
  /** Maximum sound in a window, in milliseconds. */
  readonly windowMs: number;
  readonly listen: ListenToSpans;
}

export interface LanguageWindow {
  readonly stretches: readonly TimeSpan[];
  readonly language: string;
}

/** A window in which one language is this probable holds no other: with eight seconds of another it is 0.8 or less. */
const clearProbability = 0.95;
/** The detector listens to this much of a span, in milliseconds. */
const listenMs = 30_000;

const toListen = (stretches: readonly TimeSpan[]): TimeSpan => {
  const startMs = stretches[0]?.startMs ?? 0;
  return { startMs, endMs: Math.min(startMs + listenMs, stretches.at(-1)?.endMs ?? startMs) };
};

interface Piece extends DetectedPiece {
  readonly stretches: readonly TimeSpan[];
  readonly window: number;
}

/** Plans the windows anew, each with its language. Every moment of the windows given is in exactly one of them. */
export async function planLanguages(search: LanguageSearch): Promise<readonly LanguageWindow[]> {
  const { windows, speech, languages, listen } = search;
  if (windows.length === 0) return [];
  const whole = await listen(windows.map(toListen));
  const pieces: Piece[] = windows.flatMap((stretches, window): readonly Piece[] => {
    const { language, probability } = whole[window] ?? { language: languages[0], probability: 0 };
    const isClear = probability >= clearProbability && languages.includes(language);
    const parts = isClear ? [stretches] : cutAtPauses(stretches, speech);
    if (parts.length < 2) return [{ stretches, window, ms: totalMs(stretches), language, probability }];
    return parts.map((part) => ({ stretches: part, window, ms: totalMs(part) }));
  });
  const unrecognized = pieces.filter(({ language, ms }) => language === undefined && ms >= minTellingMs);
  const heard = unrecognized.length === 0 ? [] : await listen(unrecognized.map((piece) => toListen(piece.stretches)));
  const found = new Map(unrecognized.map((piece, index) => [piece, heard[index]]));
  const decided = decideLanguages(
    pieces.map((piece) => ({ ...piece, ...found.get(piece) })),
    languages,
  );
  return assemble(pieces, decided, search.windowMs);
}

/** Joins pieces of one language to windows: those of the same window, and of neighbors that were cut and fit together. */
function assemble(pieces: readonly Piece[], languages: readonly string[], windowMs: number): readonly LanguageWindow[] {
  const wasCut = new Set<number>();
  pieces.forEach(({ window }, index) => {
    if (pieces[index + 1]?.window === window && languages[index + 1] !== languages[index]) wasCut.add(window);
  });
  const result: { stretches: readonly TimeSpan[]; language: string; window: number }[] = [];
  pieces.forEach(({ stretches, window }, index) => {
    const language = languages[index] as string;
    const last = result.at(-1);
    const belongs = last?.window === window || (last !== undefined && wasCut.has(window) && wasCut.has(last.window));
    const fits = last?.language === language && belongs && totalMs(last.stretches) + totalMs(stretches) <= windowMs;
    if (last !== undefined && fits) {
      result[result.length - 1] = { language, window, stretches: joined([...last.stretches, ...stretches], 1) };
    } else result.push({ stretches, language, window });
  });
  return result.map(({ stretches, language }) => ({ stretches, language }));
}
