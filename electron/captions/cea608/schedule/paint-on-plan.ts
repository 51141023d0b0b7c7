/**
 * Decides which paint-on captions share a page and how long each page stays, by dynamic programming: the cheapest way
 * (costs.ts) to have written the first n captions, for each frame at which the channel is free then.
 */
import { costOfOffset, costOfTail, repairCosts } from "./costs.ts";
import type { JoinLimits } from "./join-rows.ts";
import { maxEarlyFrames, minBlankFrames, minVisibleFrames, pairFrames } from "./limits.ts";
import { listJoinedPages, Page, type PagePiece } from "./paint-on-page.ts";
import { lastOutFrame, type TimedCaption } from "./timed-caption.ts";

/** How a page is written. */
interface Manner {
  /** Frames by which each of its captions is to appear early. */
  readonly early: readonly number[];
  /** Rows are not exactly centered, and the mode is not chosen again. */
  readonly isCompact: boolean;
  /** Frames that the page before stays after its last word, at least. */
  readonly tail: number;
}

/** A page with the frames of its words. */
export interface PlannedPage {
  readonly page: Page;
  readonly isCompact: boolean;
  /** Frame of the erase that is sent long before the page; undefined: none, or it is a part of the page. */
  readonly eraseBefore: number | undefined;
  /** True when the page begins with an erase. */
  readonly isWiped: boolean;
  /** True when the mode is chosen (again). */
  readonly hasMode: boolean;
  /** Frame of the first word of each caption, and of its first characters. */
  readonly starts: readonly number[];
  readonly shows: readonly number[];
}

/** A way to have written the captions so far. */
interface Way {
  readonly cost: number;
  /** First free frame. */
  readonly free: number;
  /** Frame at which the page is to be erased; undefined when the screen is empty. */
  readonly erase: number | undefined;
  readonly last: { readonly page: Page; readonly manner: Manner } | undefined;
  readonly before: Way | undefined;
}

/** Frames that a page may stay after its last word when the next one presses. */
const tails = [minVisibleFrames, Math.floor(minVisibleFrames / 2), 0] as const;
/** Ways that are kept for each caption. */
const maxWays = 8;
const notEarly: readonly number[] = [];

const getPieces = (page: Page, { isCompact }: Manner): readonly PagePiece[] =>
  (isCompact ? page.compact : page.centered).pieces;

/** How a page begins after a way. */
function begin({ free, erase, last }: Way, page: Page, manner: Manner) {
  const { early, isCompact, tail } = manner;
  const due = (page.captions[0] as TimedCaption).inFrame - (early[0] ?? 0);
  const hasMode = last === undefined || !isCompact;
  const lead = (hasMode ? pairFrames : 0) + (getPieces(page, manner)[0]?.addressFrames ?? 0);
  const isApart = erase !== undefined && erase + pairFrames + minBlankFrames <= due - lead;
  // Text still on the screen is erased before the address code: hls.js moves the cursor on an erase, so it cannot come
  // after.
  const isWiped = erase !== undefined && !isApart;
  const head = isWiped ? lead + pairFrames : lead;
  const earliest = isApart ? erase + pairFrames : isWiped ? free + tail : free;
  const start = Math.max(earliest, due - head);
  const waits = isWiped && start === earliest;
  return { start, head, hasMode, isWiped, waits, eraseBefore: isApart ? erase : undefined };
}

/** The first free frame after a page. @param forEach is told the frames of each caption */
function follow(
  page: Page,
  manner: Manner,
  start: number,
  head: number,
  forEach: (caption: TimedCaption, start: number, show: number) => void,
): number {
  const pieces = getPieces(page, manner);
  let free = start;
  for (const [index, caption] of page.captions.entries()) {
    const { addressFrames, textFrames } = pieces[index] as PagePiece;
    const before = index === 0 ? head : addressFrames;
    const due = caption.inFrame - (manner.early[index] ?? 0);
    const at = index === 0 ? start : Math.max(free, due - before);
    forEach(caption, at, at + before);
    free = at + before + textFrames;
  }
  return free;
}

/** Writes a page after a way. */
function extend(way: Way, page: Page, manner: Manner, beginning = begin(way, page, manner)): Way {
  const { start, head, isWiped } = beginning;
  const short = isWiped ? Math.max(0, minVisibleFrames - (start - way.free)) : 0;
  const compactCost = manner.isCompact ? (repairCosts["moved-left"] ?? 0) + (repairCosts["clear-left-out"] ?? 0) : 0;
  let cost = way.cost + page.cost + costOfTail(short) + compactCost;
  const free = follow(page, manner, start, head, ({ inFrame }, _, show) => {
    cost += costOfOffset(show - inFrame);
  });
  const erase = Math.max(lastOutFrame(page.captions), free + minVisibleFrames);
  return { cost, free, erase, last: { page, manner }, before: way };
}

/**
 * Frames by which each caption has to begin early, so that all after it are in time and each stays for `tail` frames
 * after its last word; at most `maxEarlyFrames`.
 */
function findNeeds(captions: readonly TimedCaption[], singles: readonly Page[], tail: number): readonly number[] {
  const needs = captions.map(() => 0);
  for (let at = captions.length - 2; at >= 0; at--) {
    const [own, next] = singles.slice(at, at + 2) as [Page, Page];
    const gap = (captions[at + 1] as TimedCaption).inFrame - (captions[at] as TimedCaption).inFrame;
    // An erase comes before the next one.
    const spare = gap - tail - pairFrames - (needs[at + 1] ?? 0);
    const count = ([first]: readonly PagePiece[], [second]: readonly PagePiece[]): number =>
      (first?.textFrames ?? 0) + (second?.addressFrames ?? 0);
    if (count(own.centered.pieces, next.centered.pieces) <= spare) continue;
    const need = count(own.compact.pieces, next.compact.pieces) - spare;
    needs[at] = Math.min(maxEarlyFrames, Math.max(0, need));
  }
  return needs;
}

/** The cheapest ways to have written the first captions. */
class WaysTo {
  readonly #ways = new Map<number, Way>();

  offer(way: Way): void {
    const known = this.#ways.get(way.free);
    if (known === undefined || way.cost < known.cost) this.#ways.set(way.free, way);
  }

  /** Writes a page after each of the ways, in every manner that may help it or what follows. */
  offerAll(ways: readonly Way[], page: Page, needs: readonly (readonly number[])[]): void {
    const early = [notEarly, ...needs.filter((frames) => frames.some((need) => need > 0))];
    for (const way of ways) {
      const calm = extend(way, page, { early: notEarly, isCompact: false, tail: minVisibleFrames });
      this.offer(calm);
      // Nothing that follows needs more room, and nothing was paid for.
      if (early.length === 1 && calm.cost === way.cost + page.cost) continue;
      for (const frames of early) {
        for (const isCompact of [false, true]) {
          for (const tail of tails) {
            const manner = { early: frames, isCompact, tail };
            const beginning = begin(way, page, manner);
            this.offer(extend(way, page, manner, beginning));
            // Nothing is gained by leaving out more of a wait that there is not.
            if (!beginning.waits) break;
          }
        }
      }
    }
  }

  /** The ways that may still become the cheapest, from the earliest to the cheapest: none is both later and dearer. */
  best(): readonly Way[] {
    let cheapest = Number.POSITIVE_INFINITY;
    const kept: Way[] = [];
    for (const way of [...this.#ways.values()].sort((a, b) => a.free - b.free)) {
      if (way.cost >= cheapest) continue;
      cheapest = way.cost;
      kept.push(way);
    }
    return kept.length <= maxWays ? kept : [...kept.slice(0, 1), ...kept.slice(1 - maxWays)];
  }
}

const start: Way = { cost: 0, free: 0, erase: undefined, last: undefined, before: undefined };

/** The frames of the pages of a way, in order. */
function toPlan(way: Way | undefined): readonly PlannedPage[] {
  const plan: PlannedPage[] = [];
  for (let at = way; at?.last !== undefined && at.before !== undefined; at = at.before) {
    const { page, manner } = at.last;
    const { start: first, head, waits: _waits, ...rest } = begin(at.before, page, manner);
    const starts: number[] = [];
    const shows: number[] = [];
    follow(page, manner, first, head, (_, begins, show) => {
      starts.push(begins);
      shows.push(show);
    });
    plan.push({ page, isCompact: manner.isCompact, ...rest, starts, shows });
  }
  return plan.reverse();
}

/** The cheapest plan, in order. */
export function planPages(captions: readonly TimedCaption[], limits: JoinLimits): readonly PlannedPage[] {
  const singles = captions.map((caption) => new Page([caption], caption.rows, false));
  const needs = [0, minVisibleFrames].map((tail) => findNeeds(captions, singles, tail));
  const waysTo = new Map<number, WaysTo>();
  let ways: readonly Way[] = [start];
  for (let at = 0; at < captions.length; at++) {
    const single = singles[at] as Page;
    const calm = ways.map((way) => extend(way, single, { early: notEarly, isCompact: false, tail: minVisibleFrames }));
    const isCalm =
      needs.every((frames) => frames[at] === 0) && calm.every(({ cost }, index) => cost === ways[index]?.cost);
    for (const page of isCalm ? [single] : [single, ...listJoinedPages(captions, at, limits)]) {
      const next = at + page.captions.length;
      const found = waysTo.get(next) ?? new WaysTo();
      waysTo.set(next, found);
      found.offerAll(
        ways,
        page,
        needs.map((frames) => frames.slice(at, next)),
      );
    }
    // Each caption can have a page of its own, so that there is always a way.
    ways = (waysTo.get(at + 1) as WaysTo).best();
    waysTo.delete(at + 1);
  }
  return toPlan(ways.toSorted((a, b) => a.cost - b.cost)[0]);
}
