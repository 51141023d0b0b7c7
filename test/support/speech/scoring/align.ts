/** The cheapest way from one sequence of words to another. */

/** What became of words: the same, another one, one that is missing, one too many. */
export type AlignmentKind = "equal" | "substituted" | "deleted" | "inserted";

export interface AlignmentStep {
  readonly kind: AlignmentKind;
  /** Index of the word of truth; undefined for an inserted one. */
  readonly truth: number | undefined;
  /** Index of the recognized word; undefined for a deleted one. */
  readonly recognized: number | undefined;
}

const moveCodes = { equal: 0, substituted: 1, deleted: 2, inserted: 3 } as const;

/**
 * Aligns two sequences of words so that substitutions, deletions and insertions are as few as possible.
 * @param isSame whether two words count as the same; by default when they are equal
 */
export function align(
  truth: readonly string[],
  recognized: readonly string[],
  isSame: (a: string, b: string) => boolean = (a, b) => a === b,
): readonly AlignmentStep[] {
  const columns = recognized.length + 1;
  const moves = new Uint8Array((truth.length + 1) * columns);
  let above = Uint32Array.from({ length: columns }, (_, index) => index);
  moves.fill(moveCodes.inserted, 1, columns);
  for (let row = 1; row <= truth.length; row++) {
    const costs = new Uint32Array(columns);
    costs[0] = row;
    moves[row * columns] = moveCodes.deleted;
    const word = truth[row - 1] as string;
    for (let column = 1; column < columns; column++) {
      const same = isSame(word, recognized[column - 1] as string);
      let cost = (above[column - 1] as number) + (same ? 0 : 1);
      let move: number = same ? moveCodes.equal : moveCodes.substituted;
      const deletion = (above[column] as number) + 1;
      if (deletion < cost) [cost, move] = [deletion, moveCodes.deleted];
      const insertion = (costs[column - 1] as number) + 1;
      if (insertion < cost) [cost, move] = [insertion, moveCodes.inserted];
      costs[column] = cost;
      moves[row * columns + column] = move;
    }
    above = costs;
  }
  return trace(moves, truth.length, recognized.length);
}

function trace(moves: Uint8Array, rows: number, columns: number): readonly AlignmentStep[] {
  const steps: AlignmentStep[] = [];
  for (let row = rows, column = columns; row > 0 || column > 0; ) {
    const move = moves[row * (columns + 1) + column];
    if (move === moveCodes.deleted) steps.push({ kind: "deleted", truth: --row, recognized: undefined });
    else if (move === moveCodes.inserted) steps.push({ kind: "inserted", truth: undefined, recognized: --column });
    else {
      const kind = move === moveCodes.equal ? "equal" : "substituted";
      steps.push({ kind, truth: --row, recognized: --column });
    }
  }
  return steps.reverse();
}
