/** Which captions have been heard from their start to their end, while the recording played on. Pure. */
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";

/** Between two frames, the place moves on by less than this, in milliseconds of the recording; more is a jump. */
const jumpMs = 1_500;
/** So much may be missing at the edges of a caption: it is faded in by nobody, and players are not exact. */
const edgeMs = 250;

export class PlayedCaptions {
  /** Where listening without a break began; undefined: nothing plays. */
  #fromMs: number | undefined;
  #lastMs = 0;

  /**
   * Call with every new place.
   * @returns the captions that have been heard whole since the last call
   */
  advance(cues: readonly EditCue[], ms: number, isPlaying: boolean): readonly EditCue[] {
    const last = this.#lastMs;
    this.#lastMs = ms;
    if (!isPlaying) {
      this.#fromMs = undefined;
      return [];
    }
    if (this.#fromMs === undefined || ms < last || ms - last > jumpMs) {
      this.#fromMs = ms;
      return [];
    }
    const from = this.#fromMs;
    const played: EditCue[] = [];
    for (let index = Math.max(0, indexAt(cues, last - jumpMs) - 1); index < cues.length; index++) {
      const cue = cues[index] as EditCue;
      if (cue.startMs > ms) break;
      const endMs = cue.endMs - edgeMs;
      if (endMs > last && endMs <= ms && cue.startMs >= from - edgeMs) played.push(cue);
    }
    return played;
  }
}
