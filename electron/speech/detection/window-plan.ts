/**
 * Cuts speech into the windows that are given to the model. Silence is left out; cuts lie in pauses; a window is as
 * long as possible, because the model takes the same time for three seconds as for thirty.
 */
import type { TimeSpan } from "../../captions/time/span.ts";

/** A unit that is transcribed and stored together: spans of the recording, in order. */
export interface SpeechWindow {
  readonly stretches: readonly TimeSpan[];
}

export interface WindowPlanRequest {
  /** Spans of speech, in order; they should be split at pauses of a sixth of a second or more. */
  readonly speech: readonly TimeSpan[];
  readonly durationMs: number;
  /** Maximum length of sound in a window, in milliseconds: the model's own window is 30 s. */
  readonly windowMs: number;
  /** Finds the quietest time between two times: where to cut when there is no pause. */
  readonly quietestPoint: (fromMs: number, toMs: number) => number;
}

/** Quiet that is kept around speech: soft beginnings and ends lie below any threshold. */
const padBeforeMs = 250;
const padAfterMs = 350;
/** A shorter pause is kept: what leaving it out would save is not worth a seam. */
const keptPauseMs = 1_000;
/** A window that is this full may be closed at a better pause than its last one. */
const fullShare = 0.7;
/** Longer pauses than this count as equally good: the end of a sentence. */
const goodPauseMs = 700;

/**
 * Plans the windows, in order. Every moment of speech is in exactly one of them; the same speech gives the same plan.
 */
export function planWindows(request: WindowPlanRequest): readonly SpeechWindow[] {
  const bare = request.speech.flatMap((span) => cutLong(span, request));
  const pauses = bare.map(({ endMs }, index) => (bare[index + 1]?.startMs ?? request.durationMs) - endMs);
  const pieces = padded(bare, request.durationMs);
  const windows: SpeechWindow[] = [];
  let first = 0;
  while (first < pieces.length) {
    const last = findWindowEnd(pieces, pauses, first, request.windowMs);
    windows.push({ stretches: toSpans(pieces.slice(first, last + 1)) });
    first = last + 1;
  }
  return windows;
}

/** Cuts continuous speech that is longer than a window at its quietest point. */
function cutLong(span: TimeSpan, { windowMs, quietestPoint }: WindowPlanRequest): readonly TimeSpan[] {
  const most = windowMs - padBeforeMs - padAfterMs;
  const parts: TimeSpan[] = [];
  let { startMs } = span;
  while (span.endMs - startMs > most) {
    const latest = startMs + most;
    const earliest = startMs + Math.round(most * fullShare);
    const endMs = Math.min(latest, Math.max(earliest, quietestPoint(earliest, latest)));
    parts.push({ startMs, endMs });
    startMs = endMs;
  }
  parts.push({ startMs, endMs: span.endMs });
  return parts;
}

/** Adds quiet on both sides; the gap between two spans is shared between them. */
function padded(pieces: readonly TimeSpan[], durationMs: number): readonly TimeSpan[] {
  const getShare = (gapMs: number): number => Math.round(gapMs * (padAfterMs / (padBeforeMs + padAfterMs)));
  return pieces.map(({ startMs, endMs }, index) => {
    const before = pieces[index - 1];
    const after = pieces[index + 1];
    const gapBefore = before === undefined ? startMs : startMs - before.endMs;
    const gapAfter = after === undefined ? durationMs - endMs : after.startMs - endMs;
    const ownBefore = before === undefined ? gapBefore : gapBefore - getShare(gapBefore);
    const ownAfter = after === undefined ? gapAfter : getShare(gapAfter);
    return {
      startMs: startMs - Math.max(0, Math.min(padBeforeMs, ownBefore)),
      endMs: endMs + Math.max(0, Math.min(padAfterMs, ownAfter)),
    };
  });
}

/** Pauses that are kept belong to the sound that the model gets. */
function toSpans(pieces: readonly TimeSpan[]): readonly TimeSpan[] {
  const stretches: TimeSpan[] = [];
  for (const piece of pieces) {
    const last = stretches.at(-1);
    if (last !== undefined && piece.startMs - last.endMs < keptPauseMs) {
      stretches[stretches.length - 1] = { startMs: last.startMs, endMs: piece.endMs };
    } else stretches.push(piece);
  }
  return stretches;
}

/** The last span of the window that begins with `first`: the one before the best pause of a window that is full. */
function findWindowEnd(
  pieces: readonly TimeSpan[],
  pauses: readonly number[],
  first: number,
  windowMs: number,
): number {
  let best = first;
  let bestScore = Number.NEGATIVE_INFINITY;
  let filledMs = 0;
  for (let index = first; index < pieces.length; index++) {
    const piece = pieces[index] as TimeSpan;
    const before = pieces[index - 1];
    const gapMs = index === first || before === undefined ? 0 : piece.startMs - before.endMs;
    filledMs += piece.endMs - piece.startMs + (gapMs < keptPauseMs ? gapMs : 0);
    if (filledMs > windowMs && index > first) break;
    if (index === pieces.length - 1) return index;
    const pauseMs = Math.min(pauses[index] as number, goodPauseMs);
    const fill = filledMs / windowMs;
    // A good pause counts as much as a twentieth of a window, but only in a window at least `fullShare` full.
    const score = fill + (fill >= fullShare ? (pauseMs / goodPauseMs) * 0.05 : 0);
    if (score >= bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}
