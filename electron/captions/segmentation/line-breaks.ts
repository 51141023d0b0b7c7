/** Lays out the words of one cue on lines at the lowest cost. */
import type { CueProfile } from "../quality/caption-profile.ts";
import { costs } from "./costs.ts";
import type { TokenTable } from "./tokens.ts";

export interface Layout {
  /** Index of the first token of each line. */
  readonly starts: readonly number[];
  readonly cost: number;
}

/**
 * The cheapest layout of the tokens `first` to `last` (inclusive), or undefined when they do not fit.
 * Text that fits on one line stays on one line.
 */
export function layOut(
  table: TokenTable,
  first: number,
  last: number,
  profile: CueProfile,
  linesLeft: number = profile.maxLines,
): Layout | undefined {
  const whole = table.columns(first, last);
  if (whole <= profile.maxLineLength) {
    return { starts: [first], cost: costs.sentenceEndInLine * table.sentenceEndsInside(first, last) };
  }
  if (whole > linesLeft * (profile.maxLineLength + 1) || linesLeft <= 1) return undefined;
  let best: Layout | undefined;
  for (let index = first; index < last; index++) {
    const columns = table.columns(first, index);
    if (columns > profile.maxLineLength) break;
    const rest = layOut(table, index + 1, last, profile, linesLeft - 1);
    if (rest === undefined) continue;
    const secondEnd = rest.starts[1] === undefined ? last : rest.starts[1] - 1;
    const difference = columns - table.columns(index + 1, secondEnd);
    const cost =
      rest.cost +
      costs.lineBreakShare * (table.breakAfter[index] as number) +
      costs.imbalance * Math.abs(difference) +
      (difference > 0 ? costs.topHeavy : 0) +
      costs.sentenceEndInLine * table.sentenceEndsInside(first, index);
    if (best === undefined || cost < best.cost) best = { starts: [first, ...rest.starts], cost };
  }
  return best;
}

/** The text of the lines of a layout. */
export function buildLines(table: TokenTable, layout: Layout, last: number): readonly string[] {
  return layout.starts.map((start, line) => {
    const end = layout.starts[line + 1] ?? last + 1;
    let text = "";
    for (const token of table.tokens.slice(start, end)) text += token.text + (token.splitWord ? "" : " ");
    return text.trimEnd();
  });
}
