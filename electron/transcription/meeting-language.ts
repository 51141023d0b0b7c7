/** The language of a meeting's captions. */
import { totalMs } from "../captions/time/span.ts";
import type { ChunkRow } from "../catalog/repositories/chunks.ts";

/** The language of the most words, by the time in which they are spoken; undefined: none has been recognized. */
export function findMeetingLanguage(chunks: readonly Pick<ChunkRow, "language" | "stretches">[]): string | undefined {
  const times = new Map<string, number>();
  for (const { language, stretches } of chunks) {
    if (language !== null) times.set(language, (times.get(language) ?? 0) + totalMs(stretches));
  }
  return [...times].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
