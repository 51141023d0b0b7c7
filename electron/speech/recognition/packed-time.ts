/** Converts times between a recording and the joined timeline of its speech spans, without the gaps between them. */
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";

interface PackedSpan {
  readonly joinedMs: number;
  readonly fileMs: number;
  readonly lengthMs: number;
}

export class PackedTime {
  readonly lengthMs: number;
  readonly #pieces: readonly PackedSpan[];

  /** @param stretches in order, without overlap; at least one */
  constructor(stretches: readonly TimeSpan[]) {
    let joinedMs = 0;
    this.#pieces = stretches.map(({ startMs, endMs }) => {
      const piece = { joinedMs, fileMs: startMs, lengthMs: endMs - startMs };
      joinedMs += piece.lengthMs;
      return piece;
    });
    this.lengthMs = totalMs(stretches);
  }

  /**
   * Converts a span of the joined timeline to the recording. A span across a seam is assigned to the speech span that
   * holds more of it: nothing is said across a gap that was left out. Times outside are moved to the nearest span.
   */
  place({ startMs, endMs }: TimeSpan): TimeSpan {
    // Overlap with the given span in milliseconds; when negative, the distance to it.
    const getShare = ({ joinedMs, lengthMs }: PackedSpan): number =>
      Math.min(endMs, joinedMs + lengthMs) - Math.max(startMs, joinedMs);
    const best = this.#best(getShare);
    const inside = (ms: number): number => best.fileMs + Math.max(0, Math.min(best.lengthMs, ms - best.joinedMs));
    return { startMs: inside(startMs), endMs: inside(endMs) };
  }

  /** Converts a time of the recording to the joined timeline; a time between two spans is moved to the nearer end. */
  toJoined(ms: number): number {
    const best = this.#best(({ fileMs, lengthMs }) => Math.min(ms - fileMs, fileMs + lengthMs - ms, 0));
    return best.joinedMs + Math.max(0, Math.min(best.lengthMs, ms - best.fileMs));
  }

  #best(score: (piece: PackedSpan) => number): PackedSpan {
    const [first, ...others] = this.#pieces;
    if (first === undefined) throw new RangeError("there are no stretches");
    return others.reduce((best, piece) => (score(piece) > score(best) ? piece : best), first);
  }
}
