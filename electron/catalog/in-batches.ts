/** Rows in one INSERT: SQLite takes 32,766 values at once, and past a few hundred rows nothing gets faster. */
const batchSize = 500;

/** Splits a list into batches that fit into one statement. */
export function* inBatches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += batchSize) yield rows.slice(start, start + batchSize);
}
