/** Where words of a meeting resemble names of its glossary, parts that were heard again included. */
import { during, type TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import type { Catalog } from "../catalog/open.ts";
import { type GlossaryProposal, type GlossaryTerm, listProposals } from "../catalog/repositories/glossary.ts";
import { listHearingSpans } from "../catalog/repositories/hearings.ts";
import { findNearMisses } from "../speech/vocabulary/near-misses.ts";

/**
 * The proposals of the first hearing where its words still hold, and those for what was heard again; their indexes are
 * those of the words as they are now.
 * @param words of the whole meeting, in order
 */
export function findProposals(
  catalog: Catalog,
  transcriptionId: string,
  words: readonly Word[],
  glossary: readonly GlossaryTerm[],
): readonly GlossaryProposal[] {
  const stored = listProposals(catalog, transcriptionId);
  const spans = listHearingSpans(catalog, transcriptionId);
  if (spans.length === 0) return stored;
  const indexes = new Map(words.map(({ startMs }, index) => [startMs, index]));
  const first = stored.flatMap((proposal) => {
    const wordIndex = indexes.get(proposal.startMs);
    return wordIndex === undefined || during(spans, proposal).length > 0 ? [] : [{ ...proposal, wordIndex }];
  });
  const again = spans.flatMap((span) => findInSpan(span, words, glossary));
  return [...first, ...again].toSorted((a, b) => a.wordIndex - b.wordIndex || a.term.localeCompare(b.term, "en"));
}

function findInSpan(span: TimeSpan, words: readonly Word[], glossary: readonly GlossaryTerm[]) {
  const begin = words.findIndex(({ startMs, endMs }) => (startMs + endMs) / 2 >= span.startMs);
  if (begin < 0) return [];
  const end = words.findIndex(({ startMs, endMs }) => (startMs + endMs) / 2 >= span.endMs);
  const inside = words.slice(begin, end < 0 ? undefined : end);
  return findNearMisses(inside, glossary).proposals.map((proposal) => ({
    ...proposal,
    wordIndex: proposal.wordIndex + begin,
  }));
}
