/** Cuts a chunk around spans that are to be recognized by themselves. */
import { joined, type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { minPartMs } from "./second-tries.ts";
import { findWordlessSpans } from "./word-measures.ts";

/** Sound without a word that is worth another look, in milliseconds: more than the quiet that is kept around speech. */
const minGapMs = 1_600;

/**
 * Finds sound of a second or more in which no word was recognized: a short answer between two people that the model has
 * passed over ("Yes, twice."), or a cough.
 */
export const findShortGaps = (words: readonly Word[], stretches: readonly TimeSpan[]): readonly TimeSpan[] =>
  findWordlessSpans(words, stretches, minGapMs);

/** Splits a chunk into the parts before, in and after the given spans, cut in the pauses between words. */
export function cutApart(
  stretches: readonly TimeSpan[],
  spans: readonly TimeSpan[],
  words: readonly Word[],
): readonly (readonly TimeSpan[])[] {
  const endMs = stretches.at(-1)?.endMs ?? 0;
  const cuts = spans.flatMap((span) => {
    const before = words.findLast((word) => word.endMs <= span.startMs);
    const after = words.find((word) => word.startMs >= span.endMs);
    return [
      ...(before === undefined ? [] : [Math.round((before.endMs + span.startMs) / 2)]),
      ...(after === undefined ? [] : [Math.round((span.endMs + after.startMs) / 2)]),
    ];
  });
  const parts: TimeSpan[][] = [];
  let from = 0;
  for (const to of [...cuts, endMs]) {
    const part = stretches
      .map((stretch) => ({ startMs: Math.max(from, stretch.startMs), endMs: Math.min(to, stretch.endMs) }))
      .filter((stretch) => stretch.endMs > stretch.startMs);
    from = to;
    // A part that is too short for a window of its own joins the part before it.
    if (totalMs(part) >= minPartMs || parts.length === 0) parts.push(part);
    else parts.at(-1)?.push(...part);
  }
  return parts.map((part) => joined(part, 1)).filter((part) => part.length > 0);
}
