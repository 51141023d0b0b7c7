/**
 * Chooses which names of a city's glossary go into the model's prompt. It holds about 220 tokens, so the most useful
 * ones come first; the engine decides how many fit.
 */
import type { GlossaryTerm } from "../../catalog/repositories/glossary.ts";

/** Names of people are misrecognized most, and matter most; titles are mostly common words. */
const weightOfKind: Readonly<Record<GlossaryTerm["kind"], number>> = {
  person: 3,
  place: 2.5,
  organisation: 2,
  other: 1.5,
  title: 1,
};

/** Scores how unusual a term is: common words are spelled right without help. */
function strangeness(term: string): number {
  const words = term.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  const isAcronym = /^\p{Lu}{2,}$/u.test(term);
  return (isAcronym ? 1.5 : 1) * (0.5 + capitals / words.length);
}

/** Scores the use of a term: one that was recognized in many meetings will occur again; a new one gets a chance. */
export function usefulness({ term, kind, timesHeard }: GlossaryTerm): number {
  return weightOfKind[kind] * strangeness(term) * (1 + Math.log2(1 + timesHeard));
}

/** Maximum number of terms; the prompt is full long before. */
const maxTerms = 200;

/** Returns the terms for the prompt, the most useful first. The same glossary gives the same list. */
export function promptTerms(glossary: readonly GlossaryTerm[]): readonly string[] {
  return glossary
    .toSorted((a, b) => usefulness(b) - usefulness(a) || (a.term < b.term ? -1 : 1))
    .slice(0, maxTerms)
    .map(({ term }) => term);
}
