/** Stretches of a recording as one time line without the pieces between them, there and back. */
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
   * Where a span of the joined line lies in the recording. A span over a seam belongs to the stretch that holds more
   * of it: nothing is ever said across a piece that was left out. Times outside are moved to the nearest stretch.
   */
  place({ startMs, endMs }: TimeSpan): TimeSpan {
    // How much of the span lies in a piece; below zero, how far away it is.
    const getShare = ({ joinedMs, lengthMs }: PackedSpan): number =>
      Math.min(endMs, joinedMs + lengthMs) - Math.max(startMs, joinedMs);
    const best = this.#best(getShare);
    const inside = (ms: number): number => best.fileMs + Math.max(0, Math.min(best.lengthMs, ms - best.joinedMs));
    return { startMs: inside(startMs), endMs: inside(endMs) };
  }

  /** Where a time of the recording lies on the joined line; one between two stretches is moved to the nearer end. */
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
