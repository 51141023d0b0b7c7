/** Where the load of one pop-on screen lies on line 21, after what was sent before it. All in frames. */
import { minBlankFrames, minVisibleFrames, pairFrames } from "./limits.ts";
import type { Repair } from "./types.ts";

/** The decoder's state after the words sent so far. */
export interface DecoderState {
  /** First free frame. */
  readonly free: number;
  /** Frame at which the displayed caption is to be erased; undefined when the screen is empty. */
  readonly erase: number | undefined;
  /** True when the hidden memory is known to be empty. */
  readonly isHiddenEmpty: boolean;
  /** The displayed caption is not replaced before this frame. */
  readonly minShow: number;
}

/** The contents of a decoder's memories before the first caption are unknown. */
export const initialState: DecoderState = { free: 0, erase: undefined, isHiddenEmpty: false, minShow: 0 };

/** Frames that the load of a screen takes with a clear of the hidden memory, its EOC not counted. */
export class LoadFrames {
  /** With rows exactly centered. */
  readonly full: number;
  readonly #countCompact: () => number;
  #compact: number | undefined;

  /** @param countCompact counts only when asked: few captions are short of time */
  constructor(full: number, countCompact: () => number) {
    this.full = full;
    this.#countCompact = countCompact;
  }

  /** With rows at multiples of four columns. */
  get compact(): number {
    this.#compact ??= this.#countCompact();
    return this.#compact;
  }
}

export interface Placement {
  readonly start: number;
  /** Frame of the first EOC copy. */
  readonly show: number;
  /** Frame of the erase to send before or inside the load; undefined: none is sent. */
  readonly erase: number | undefined;
  readonly variant: LoadVariant;
}

/** A way to load a screen, and what it gives up. */
interface LoadVariant {
  readonly hasErase: boolean;
  readonly hasClear: boolean;
  readonly hasTabs: boolean;
  readonly repairs: readonly Repair[];
}

/**
 * What is given up, one after the other: the erase of the caption before, so that the flip replaces it; then clearing a
 * memory that is empty; then exact centering.
 */
function listVariants(isBlank: boolean, isHiddenEmpty: boolean): readonly LoadVariant[] {
  const order: readonly Repair[] = [
    ...(isBlank ? (["erase-left-out"] as const) : []),
    ...(isHiddenEmpty ? (["clear-left-out"] as const) : []),
    "moved-left",
  ];
  return Array.from({ length: order.length + 1 }, (_, count) => {
    const repairs = order.slice(0, count);
    return {
      hasErase: isBlank && !repairs.includes("erase-left-out"),
      hasClear: !repairs.includes("clear-left-out"),
      hasTabs: !repairs.includes("moved-left"),
      repairs,
    };
  });
}

const variants = {
  blank: { empty: listVariants(true, true), filled: listVariants(true, false) },
  following: { empty: listVariants(false, true), filled: listVariants(false, false) },
} as const;

/** Places a load so that it ends right before `target`, or as early as possible after it. */
function placeLoad(state: DecoderState, load: LoadFrames, target: number, variant: LoadVariant): Placement {
  const { free } = state;
  const frames = (variant.hasTabs ? load.full : load.compact) - (variant.hasClear ? 0 : pairFrames);
  const erase = variant.hasErase && state.erase !== undefined ? Math.max(state.erase, free) : undefined;
  // An erase that ends before the load begins is sent separately; otherwise it is spliced into the load.
  const isApart = erase === undefined || erase + pairFrames <= target - frames;
  const needed = frames + (isApart ? 0 : pairFrames);
  const earliest = isApart && erase !== undefined ? erase + pairFrames : free;
  const start = Math.max(earliest, target - needed);
  return { start, show: Math.max(target, start + needed), erase, variant };
}

/** Places a screen so that it is shown at `due`, or as early as possible after it, and gives up no more than it must. */
export function placeScreen(state: DecoderState, load: LoadFrames, due: number): Placement {
  const target = Math.max(due, state.minShow);
  const isBlank = state.erase !== undefined && target - state.erase >= minBlankFrames + pairFrames;
  const possible = variants[isBlank ? "blank" : "following"][state.isHiddenEmpty ? "empty" : "filled"];
  let best: Placement | undefined;
  for (const variant of possible) {
    const placed = placeLoad(state, load, target, variant);
    if (best === undefined || placed.show < best.show) best = placed;
    if (best.show === target) break;
  }
  // There is always a variant, the first of which gives up nothing.
  return best as Placement;
}

/** The state after a screen whose captions last from `inFrame` to `outFrame`. */
export function stateAfter({ show, erase }: Placement, inFrame: number, outFrame: number): DecoderState {
  return {
    free: show + pairFrames,
    erase: Math.max(outFrame, show + minVisibleFrames),
    // The flip moves the previous screen to the non-displayed memory: nothing, if it was erased or always empty.
    isHiddenEmpty: erase !== undefined,
    // What lasts less than the minimum by itself may do so.
    minShow: show + Math.min(minVisibleFrames, Math.max(1, outFrame - inFrame)),
  };
}
