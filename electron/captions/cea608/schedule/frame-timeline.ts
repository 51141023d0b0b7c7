/** The timeline of frames, with one word per frame. */
import { append } from "../../append.ts";
import { countFrames, type Unit } from "../load.ts";

/** Words sent in consecutive frames, starting at `frame`: one line of an SCC file. */
export interface Transmission {
  readonly frame: number;
  readonly words: readonly number[];
}

/** Assigns words to frames in increasing order; a frame is never used twice. */
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

  /** The first free frame. */
  get next(): number {
    return this.#next;
  }

  /**
   * Puts a unit at a frame. @throws RangeError when the frame is taken: a bug in the scheduler, which must never be
   * written to a file
   */
  put(frame: number, unit: Unit): void {
    if (frame < this.#next) throw new RangeError(`frame ${frame} is taken`);
    const current = this.#transmissions.at(-1);
    if (current !== undefined && frame === this.#next && !this.#isCut) append(current.words, unit);
    else this.#transmissions.push({ frame, words: [...unit] });
    this.#isCut = false;
    this.#next = frame + unit.length;
  }

  /** Puts units one after the other. @returns the frame after them */
  putAll(frame: number, units: readonly Unit[]): number {
    let at = frame;
    for (const unit of units) {
      this.put(at, unit);
      at += unit.length;
    }
    return frame + countFrames(units);
  }

  /** Makes the next word begin a new line, even if it follows directly. */
  cut(): void {
    this.#isCut = true;
  }
}
