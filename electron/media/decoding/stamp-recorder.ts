/** Collects the points at which a stream's stamps change, as few as are needed to know them to a millisecond. */
import type { StampPoint } from "./clock-repair.ts";

/** One millisecond: rounding between time bases is less. */
const tolerance = 16;

export class StampRecorder {
  readonly #points: StampPoint[] = [];
  #deviation = 0;
  #recorded = Number.POSITIVE_INFINITY;

  /**
   * @param sample samples of the stream before this frame
   * @param change of the clock before this frame, in samples
   */
  record(sample: number, change: number): void {
    this.#deviation += change;
    if (Math.abs(this.#deviation - this.#recorded) < tolerance) return;
    this.#recorded = this.#deviation;
    this.#points.push({ sample, deviation: this.#deviation });
  }

  get points(): readonly StampPoint[] {
    return this.#points;
  }
}
