/**
 * Decides which pop-on captions share a screen and when each screen is shown, by dynamic programming over all captions:
 * the cheapest way (costs.ts) to have shown the first n, for each frame at which the last of them may have appeared.
 * Where a caption and all that follow until the next pause are in time by themselves, there is one way.
 */
import { costOfFlash, costOfOffset, repairCosts } from "./costs.ts";
import type { JoinLimits } from "./join-rows.ts";
import { maxEarlyFrames, pairFrames } from "./limits.ts";
import { type DecoderState, initialState, type Placement, placeScreen, stateAfter } from "./pop-on-placement.ts";
import { type Screen, ScreenFactory } from "./pop-on-screen.ts";
import type { TimedCaption } from "./timed-caption.ts";

export interface PlannedScreen {
  readonly screen: Screen;
  /** Frame at which it is to be shown. */
  readonly due: number;
}

/** A way to a state in which the captions so far have been shown. */
interface Way {
  readonly cost: number;
  readonly show: number;
  readonly state: DecoderState;
  readonly last: PlannedScreen | undefined;
  readonly before: Way | undefined;
}

/** Frames between two times at which a screen may be shown early. */
const earlyStepFrames = 2;
/** Ways that are kept for each caption. */
const maxWays = 32;

const start: Way = { cost: 0, show: 0, state: initialState, last: undefined, before: undefined };

/**
 * Frames by which each caption has to be shown early, so that all after it are in time without being joined; at most
 * `maxEarlyFrames`.
 */
function findNeeds(captions: readonly TimedCaption[], screens: ScreenFactory): readonly number[] {
  const needs = captions.map(() => 0);
  for (let at = captions.length - 2; at >= 0; at--) {
    const [caption, next] = captions.slice(at, at + 2) as [TimedCaption, TimedCaption];
    const gap = next.inFrame - caption.inFrame;
    const { load } = screens.single(at + 1);
    const spare = gap - pairFrames - (needs[at + 1] ?? 0);
    if (spare < load.full) needs[at] = Math.min(maxEarlyFrames, Math.max(0, load.compact - spare));
  }
  return needs;
}

/** The cheapest way to each state in which the captions so far have been shown. */
class WaysTo {
  readonly #ways = new Map<number, Way>();

  /** Adds a way, unless there is a cheaper one to the same state. */
  offer(before: Way, screen: Screen, due: number, placed: Placement): void {
    const { show, erase, variant } = placed;
    let cost = before.cost + screen.cost;
    if (before.last !== undefined) cost += costOfFlash(show - before.show);
    for (const { inFrame } of screen.captions) cost += costOfOffset(show - inFrame);
    for (const repair of variant.repairs) cost += repairCosts[repair] ?? 0;
    const key = 2 * show + (erase === undefined ? 0 : 1);
    if ((this.#ways.get(key)?.cost ?? Number.POSITIVE_INFINITY) <= cost) return;
    const state = stateAfter(placed, screen.inFrame, screen.outFrame);
    this.#ways.set(key, { cost, show, state, last: { screen, due }, before });
  }

  /** The ways that may still become the cheapest, from the earliest to the cheapest: none is both later and dearer. */
  best(): readonly Way[] {
    const kept: Way[] = [];
    // An empty hidden memory is worth keeping beside a cheaper way: it saves a code.
    let cheapest = Number.POSITIVE_INFINITY;
    let cheapestEmpty = Number.POSITIVE_INFINITY;
    const ordered = [...this.#ways.values()].sort((a, b) => a.show - b.show || a.cost - b.cost);
    for (const way of ordered) {
      const { isHiddenEmpty } = way.state;
      if (way.cost >= (isHiddenEmpty ? cheapestEmpty : cheapest)) continue;
      cheapest = Math.min(cheapest, way.cost);
      if (isHiddenEmpty) cheapestEmpty = way.cost;
      kept.push(way);
    }
    // Showing each caption alone leads to the latest and cheapest ones, or to something better.
    return kept.slice(-maxWays);
  }
}

/** Shows a screen after each of the ways: at its own time, and earlier where that may help what follows. */
function showAfter(ways: readonly Way[], screen: Screen, mayBeEarly: boolean, next: WaysTo): void {
  const earliest = screen.lastInFrame - maxEarlyFrames;
  const own = Math.max(screen.inFrame, earliest);
  for (const way of ways) next.offer(way, screen, own, placeScreen(way.state, screen.load, own));
  if (!mayBeEarly) return;
  for (let due = own - earlyStepFrames; due >= earliest; due -= earlyStepFrames) {
    for (const way of ways.toReversed()) {
      if (way.state.free + screen.load.compact - pairFrames > due) continue;
      const placed = placeScreen(way.state, screen.load, due);
      if (placed.show !== due) continue;
      next.offer(way, screen, due, placed);
      // A dearer way gains nothing where this one gives up nothing.
      if (placed.variant.repairs.length === 0) break;
    }
  }
}

/** True when a caption can be shown in time after each of the ways. */
function isEasy(ways: readonly Way[], { load, inFrame }: Screen): boolean {
  return ways.every(({ state }) => placeScreen(state, load, inFrame).show === inFrame);
}

/** The cheapest plan, in order. */
export function planScreens(captions: readonly TimedCaption[], limits: JoinLimits): readonly PlannedScreen[] {
  const screens = new ScreenFactory(captions, limits);
  const needs = findNeeds(captions, screens);
  const waysTo = new Map<number, WaysTo>();
  let ways: readonly Way[] = [start];
  for (let at = 0; at < captions.length; at++) {
    const single = screens.single(at);
    const isAlone = needs[at] === 0 && isEasy(ways, single);
    const latestFree = ways.reduce((latest, { state }) => Math.max(latest, state.free), 0);
    for (const screen of isAlone ? [single] : screens.list(at, latestFree)) {
      const next = at + screen.captions.length;
      const found = waysTo.get(next) ?? new WaysTo();
      waysTo.set(next, found);
      showAfter(ways, screen, !isAlone && (needs[next - 1] ?? 0) > 0, found);
    }
    // Each caption can be shown alone, so that there is always a way.
    ways = (waysTo.get(at + 1) as WaysTo).best();
    waysTo.delete(at + 1);
  }
  const plan: PlannedScreen[] = [];
  for (let way = ways.toSorted((a, b) => a.cost - b.cost)[0]; way?.last !== undefined; way = way.before)
    plan.push(way.last);
  return plan.reverse();
}
