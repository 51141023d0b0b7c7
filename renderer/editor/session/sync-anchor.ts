/**
 * Two-point synchronization: a person aligns two captions with the recording, and everything between them is stretched
 * to fit.
 */
import type { Command } from "../../../electron/captions/editing/command.ts";

/** A caption and its start in the recording. */
export interface AnchorPoint {
  readonly cue: number;
  /** Milliseconds from the start of the recording. */
  readonly ms: number;
}

export class SyncAnchor {
  #first: AnchorPoint | undefined;

  /**
   * Sets the first point, or moves it if it is for the same caption; with a second point, completes the pair.
   * @param findIndex returns the index of a caption in the list
   * @returns The edit that stretches the captions in between; undefined after the first point
   */
  set(point: AnchorPoint, findIndex: (cue: number) => number): Extract<Command, { type: "stretch" }> | undefined {
    const first = this.#first;
    if (first === undefined || first.cue === point.cue) {
      this.#first = point;
      return undefined;
    }
    this.#first = undefined;
    const isForward = findIndex(first.cue) < findIndex(point.cue);
    const [from, to] = isForward ? [first, point] : [point, first];
    return { type: "stretch", first: from.cue, firstMs: from.ms, last: to.cue, lastMs: to.ms };
  }
}
