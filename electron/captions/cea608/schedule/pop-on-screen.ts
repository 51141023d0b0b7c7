/** What pop-on captions can be shown at once, and how long that takes to load. */
import type { CueRow } from "../../cue.ts";
import { type Load, loadPopOn } from "../load.ts";
import { highRowCost, joinCost, reflowCost } from "./costs.ts";
import { type JoinLimits, joinRows, maxJoinedCaptions } from "./join-rows.ts";
import { maxEarlyFrames, pairFrames } from "./limits.ts";
import { LoadFrames } from "./pop-on-placement.ts";
import { lastOutFrame, type TimedCaption } from "./timed-caption.ts";

/** Consecutive captions that are shown at once. */
export interface Screen {
  readonly captions: readonly TimedCaption[];
  readonly rows: readonly CueRow[];
  /** True when words of two captions share a row. */
  readonly isReflowed: boolean;
  readonly load: LoadFrames;
  /** What is loaded with a clear and rows exactly centered, where that is known already. */
  readonly content?: Load;
  /** In-time of its first caption and of its last one, and the latest out-time. */
  readonly inFrame: number;
  readonly lastInFrame: number;
  readonly outFrame: number;
  /** What it costs whenever it is shown. */
  readonly cost: number;
}

/** A caption that can wait this long for those that are to be shown with it. */
const maxWaitFrames = 15;

function toSingle(caption: TimedCaption): Screen {
  const { rows, edge, align, inFrame, outFrame } = caption;
  const content = loadPopOn(rows, { edge, align, tabOffsets: true, clear: true });
  const load = new LoadFrames(
    content.frames,
    () => loadPopOn(rows, { edge, align, tabOffsets: false, clear: true }).frames,
  );
  return {
    captions: [caption],
    rows,
    isReflowed: false,
    load,
    content,
    inFrame,
    lastInFrame: inFrame,
    outFrame,
    cost: 0,
  };
}

/** Makes the screens of a list of captions. */
export class ScreenFactory {
  readonly #captions: readonly TimedCaption[];
  readonly #limits: JoinLimits;
  /** Rows repeat: they are parts of many screens. */
  readonly #rowFrames = new WeakMap<CueRow, LoadFrames>();
  readonly #single: readonly Screen[];

  constructor(captions: readonly TimedCaption[], limits: JoinLimits) {
    this.#captions = captions;
    this.#limits = limits;
    this.#single = captions.map(toSingle);
  }

  /** A caption alone. */
  single(position: number): Screen {
    return this.#single[position] as Screen;
  }

  /**
   * The caption at a position alone, and then together with more and more of those after it, as far as that can be of
   * use.
   * @param latestFree the latest frame at which the channel may become free
   */
  list(position: number, latestFree: number): readonly Screen[] {
    const screens = [this.single(position)];
    const first = this.#captions[position] as TimedCaption;
    const captions = [first];
    const latest = Math.max(first.inFrame + maxWaitFrames, latestFree);
    const end = Math.min(this.#captions.length, position + maxJoinedCaptions);
    for (let at = position + 1; at < end; at++) {
      const next = this.#captions[at] as TimedCaption;
      if (next.edge !== first.edge || next.align !== first.align) break;
      if (next.inFrame - maxEarlyFrames > latest) break;
      captions.push(next);
      const joined = joinRows(captions, this.#limits);
      if (joined === undefined) break;
      screens.push(this.#create([...captions], joined.rows, joined.isReflowed));
    }
    return screens;
  }

  #create(captions: readonly TimedCaption[], rows: readonly CueRow[], isReflowed: boolean): Screen {
    const first = captions[0] as TimedCaption;
    // Choosing the mode and clearing the memory come before the rows.
    const head = 2 * pairFrames;
    const frames = rows.map((row) => this.#countRow(row, first));
    const load = new LoadFrames(
      frames.reduce((sum, { full }) => sum + full, head),
      () => frames.reduce((sum, { compact }) => sum + compact, head),
    );
    return {
      captions,
      rows,
      isReflowed,
      load,
      inFrame: first.inFrame,
      lastInFrame: captions.at(-1)?.inFrame ?? first.inFrame,
      outFrame: lastOutFrame(captions),
      cost:
        joinCost * (captions.length - 1) + (isReflowed ? reflowCost : 0) + highRowCost * Math.max(0, rows.length - 2),
    };
  }

  /** Frames of a row with its address. */
  #countRow(row: CueRow, { edge, align }: TimedCaption): LoadFrames {
    const known = this.#rowFrames.get(row);
    if (known !== undefined) return known;
    const count = (tabOffsets: boolean): number =>
      loadPopOn([row], { edge, align, tabOffsets, clear: false }).frames - pairFrames;
    const frames = new LoadFrames(count(true), () => count(false));
    this.#rowFrames.set(row, frames);
    return frames;
  }
}
