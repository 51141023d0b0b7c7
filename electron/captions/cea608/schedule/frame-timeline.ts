/** The line of frames, one word each. */
import { countFrames, type Unit } from "../load.ts";

/** Words that go out in consecutive frames, from `frame` on: a line of an SCC file. */
export interface Transmission {
  readonly frame: number;
  readonly words: readonly number[];
}

/** Puts words on frames, from left to right; a frame is never used twice. */
export class FrameTimeline {
  readonly #transmissions: { frame: number; words: number[] }[] = [];
  #next: number;
  #isCut = true;

  /** @param first the first frame that may be used */
  constructor(first = 0) {
    this.#next = first;
  }

  get transmissions(): readonly Transmission[] {
    return this.#transmissions;
  }

  /** The first frame that is free. */
  get next(): number {
    return this.#next;
  }

  /** @throws RangeError when the frame is taken: a mistake of the scheduler's, never to be written to a file */
  put(frame: number, unit: Unit): void {
    if (frame < this.#next) throw new RangeError(`frame ${frame} is taken`);
    const current = this.#transmissions.at(-1);
    if (current !== undefined && frame === this.#next && !this.#isCut) current.words.push(...unit);
    else this.#transmissions.push({ frame, words: [...unit] });
    this.#isCut = false;
    this.#next = frame + unit.length;
  }

  /** Puts units one after the other; gives the frame after them. */
  putAll(frame: number, units: readonly Unit[]): number {
    let at = frame;
    for (const unit of units) {
      this.put(at, unit);
      at += unit.length;
    }
    return frame + countFrames(units);
  }

  /** Makes the next word begin a line of its own, even where it follows at once. */
  cut(): void {
    this.#isCut = true;
  }
}
