/**
 * Cuts a recording into pieces that are transcribed and stored one by one. A cut lies inside a silence where one is
 * near; a word that is cut in two is lost on both sides.
 */
import type { Silence } from "../lib/silence.ts";

/** A piece of a recording, in milliseconds. */
export interface ChunkRange {
  readonly startMs: number;
  readonly endMs: number;
}

export interface ChunkPlanRequest {
  readonly durationMs: number;
  /** In time order. */
  readonly silences: readonly Silence[];
  readonly chunkMs: number;
  /**
   * Where, between two times, it is quietest: the place to cut where there is no silence. Without it the cut is at
   * the end of the range.
   */
  readonly quietestPoint?: (fromMs: number, toMs: number) => number;
}

/** A cut may lie this share of a piece before or after where it should be. */
const reach = 0.25;
/** A last piece shorter than this share is added to the one before it. */
const leastLast = 0.25;

/**
 * Plans the pieces: they follow one another without gap or overlap from 0 to the end, and the same recording gives
 * the same plan.
 */
export function planChunks(request: ChunkPlanRequest): readonly ChunkRange[] {
  const { durationMs, chunkMs } = request;
  const chunks: ChunkRange[] = [];
  let startMs = 0;
  while (durationMs - startMs > chunkMs * (1 + leastLast)) {
    const endMs = cutNear(startMs + chunkMs, request);
    chunks.push({ startMs, endMs });
    startMs = endMs;
  }
  chunks.push({ startMs, endMs: durationMs });
  return chunks;
}

/** The middle of the best silence around `targetMs`: long ones are worth a detour, near ones need none. */
function cutNear(targetMs: number, request: ChunkPlanRequest): number {
  const fromMs = Math.round(targetMs - request.chunkMs * reach);
  const toMs = Math.round(targetMs + request.chunkMs * reach);
  let best: number | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const silence of request.silences) {
    if (silence.endMs <= fromMs) continue;
    if (silence.startMs >= toMs) break;
    const start = Math.max(silence.startMs, fromMs);
    const end = Math.min(silence.endMs, toMs);
    const middle = Math.round((start + end) / 2);
    const detour = Math.abs(middle - targetMs) / (request.chunkMs * reach);
    // A silence of two seconds is as good as it gets.
    const score = Math.min(end - start, 2000) / 2000 - detour;
    if (score > bestScore) {
      best = middle;
      bestScore = score;
    }
  }
  return best ?? request.quietestPoint?.(fromMs, toMs) ?? targetMs;
}
