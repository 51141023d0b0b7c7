/** What the comparison lists: differences, and on wish what is the same between them. Pure. */
import type { Cue } from "../../../electron/captions/cue.ts";
import {
  type Difference,
  type DifferenceKind,
  describeDifference,
} from "../../../electron/captions/editing/compare.ts";

export interface KnownDifference extends Difference {
  readonly kinds: readonly DifferenceKind[];
}

export type CompareRow =
  | { readonly kind: "difference"; readonly difference: KnownDifference }
  | { readonly kind: "same"; readonly cue: Cue };

export const knowKinds = (differences: readonly Difference[]): readonly KnownDifference[] =>
  differences.map((difference) => ({ ...difference, kinds: describeDifference(difference) }));

/** How many differences there are of each kind; one may be of several. */
export const countKinds = (differences: readonly KnownDifference[]): ReadonlyMap<DifferenceKind, number> =>
  differences
    .flatMap(({ kinds }) => kinds)
    .reduce((counts, kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1), new Map<DifferenceKind, number>());

/**
 * @param after all captions of the second side, by time
 * @param kinds which differences are shown; none chosen: all
 */
export function listRows(
  differences: readonly KnownDifference[],
  after: readonly Cue[],
  { kinds, showsSame }: { readonly kinds: ReadonlySet<DifferenceKind>; readonly showsSame: boolean },
): readonly CompareRow[] {
  const shown = differences.filter(
    (difference) => kinds.size === 0 || difference.kinds.some((kind) => kinds.has(kind)),
  );
  const rows = shown.map((difference): CompareRow => ({ kind: "difference", difference }));
  if (!showsSame) return rows;
  const changed = new Set(differences.flatMap((difference) => difference.after));
  const toMs = (row: CompareRow): number => (row.kind === "same" ? row.cue.startMs : row.difference.startMs);
  return [
    ...rows,
    ...after.filter((cue) => !changed.has(cue)).map((cue): CompareRow => ({ kind: "same", cue })),
  ].toSorted((a, b) => toMs(a) - toMs(b));
}
