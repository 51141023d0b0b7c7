/**
 * What the list shows in which row: captions, and between them the speech that has none and the agenda items. Only what
 * stands between is kept, so that an edit costs nothing with 6,000 captions. Pure.
 */
import type { EditCue, Mark } from "../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";

/** A row that is no caption. */
export type RowBetween =
  | { readonly kind: "gap"; readonly key: string; readonly gap: TimeSpan }
  | { readonly kind: "chapter"; readonly key: string; readonly mark: Mark };

export type ListRow = { readonly kind: "cue"; readonly index: number } | RowBetween;

export class ListLayout {
  /** Number of rows. */
  readonly count: number;
  readonly #between: readonly RowBetween[];
  /** Row of each of them, increasing. */
  readonly #rows: readonly number[];

  /** @param gaps in order. @param chapters in order */
  constructor(cues: readonly EditCue[], gaps: readonly TimeSpan[], chapters: readonly Mark[]) {
    const placed = [
      ...gaps.map((gap): readonly [number, RowBetween] => [
        gap.startMs,
        { kind: "gap", key: `gap ${gap.startMs}`, gap },
      ]),
      ...chapters.map((mark): readonly [number, RowBetween] => [
        mark.atMs,
        { kind: "chapter", key: `mark ${mark.id}`, mark },
      ]),
    ].toSorted(([a], [b]) => a - b);
    this.#between = placed.map(([, row]) => row);
    this.#rows = placed.map(([ms], position) => countBefore(cues, ms) + position);
    this.count = cues.length + placed.length;
  }

  /** @param row from 0 */
  at(row: number): ListRow {
    const before = lowerBound(this.#rows.length, (position) => (this.#rows[position] ?? 0) >= row);
    const between = this.#rows[before] === row ? this.#between[before] : undefined;
    return between ?? { kind: "cue", index: row - before };
  }

  /** The row of a caption. @param index of the caption */
  rowOfCue(index: number): number {
    // The row of what stands between, less those like it before it, is the number of captions before it.
    return index + lowerBound(this.#rows.length, (position) => (this.#rows[position] ?? 0) - position > index);
  }

  /** The row of the speech without captions that overlaps a span; undefined: there is none. */
  rowOfGap(span: TimeSpan): number | undefined {
    const at = this.#between.findIndex(
      (row) => row.kind === "gap" && row.gap.startMs < span.endMs && row.gap.endMs > span.startMs,
    );
    return this.#rows[at];
  }

  /** The first caption at or after a row. */
  cueAfter(row: number): number {
    const at = this.at(row);
    if (at.kind === "cue") return at.index;
    return row - lowerBound(this.#rows.length, (position) => (this.#rows[position] ?? 0) >= row);
  }
}

/** The first number below `count` for which a condition holds that holds for all after it; `count` if there is none. */
function lowerBound(count: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many captions begin before a time. */
const countBefore = (cues: readonly EditCue[], ms: number): number =>
  lowerBound(cues.length, (index) => (cues[index]?.startMs ?? 0) >= ms);
