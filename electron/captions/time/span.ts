/** Time spans of a recording, and operations on lists of them. */

/** A span of the recording, in milliseconds from its start. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** The items that overlap a span. @param items in order of time */
export function during<T extends TimeSpan>(items: readonly T[], span: TimeSpan): readonly T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as T).endMs <= span.startMs) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && (items[end] as T).startMs < span.endMs) end++;
  return items.slice(low, end);
}

/** Total duration of all spans, in milliseconds. */
export function totalMs(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/**
 * The parts of `spans` that no span of `cover` overlaps. Both lists are in order and each without overlap.
 * @param minMs shorter parts are left out
 */
export function uncovered(spans: readonly TimeSpan[], cover: readonly TimeSpan[], minMs = 1): readonly TimeSpan[] {
  const left: TimeSpan[] = [];
  for (const span of spans) {
    let startMs = span.startMs;
    for (const covering of during(cover, span)) {
      if (covering.startMs - startMs >= minMs) left.push({ startMs, endMs: covering.startMs });
      startMs = Math.max(startMs, covering.endMs);
    }
    if (span.endMs - startMs >= minMs) left.push({ startMs, endMs: span.endMs });
  }
  return left;
}

/** Joins spans that are less than `gapMs` apart. Input and output are in order. */
export function joined(spans: readonly TimeSpan[], gapMs: number): readonly TimeSpan[] {
  const result: TimeSpan[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && span.startMs - last.endMs < gapMs) {
      result[result.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, span.endMs) };
    } else result.push(span);
  }
  return result;
}

/** Moves spans to another clock. @param byMs milliseconds, negative: earlier; what ends before 0 is left out */
export function shiftSpans<T extends TimeSpan>(spans: readonly T[], byMs: number): readonly T[] {
  return spans
    .map((span) => ({ ...span, startMs: Math.max(0, span.startMs + byMs), endMs: span.endMs + byMs }))
    .filter(({ endMs }) => endMs > 0);
}
