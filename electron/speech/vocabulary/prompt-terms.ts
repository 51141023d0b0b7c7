/**
 * Which names of a city's glossary the model is told of. Its prompt holds about 220 tokens, so the most useful ones
 * come first; how many fit is the engine's to count.
 */
import type { GlossaryTerm } from "../../catalog/repositories/glossary.ts";

/** Names of people are misheard most, and matter most; titles are mostly common words. */
const weightOfKind: Readonly<Record<GlossaryTerm["kind"], number>> = {
  person: 3,
  place: 2.5,
  organisation: 2,
  other: 1.5,
  title: 1,
};

/** A term of common words is spelt right without help. */
function strangeness(term: string): number {
  const words = term.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  const isAcronym = /^\p{Lu}{2,}$/u.test(term);
  return (isAcronym ? 1.5 : 1) * (0.5 + capitals / words.length);
}

/** Use of a term: what was heard in many meetings will be heard again; a new one gets its chance. */
export function usefulness({ term, kind, timesHeard }: GlossaryTerm): number {
  return weightOfKind[kind] * strangeness(term) * (1 + Math.log2(1 + timesHeard));
}

/** More are never tried: the prompt is full long before. */
const maxTerms = 200;

/** The terms for the prompt, the most useful first. The same glossary gives the same list. */
export function promptTerms(glossary: readonly GlossaryTerm[]): readonly string[] {
  return glossary
    .toSorted((a, b) => usefulness(b) - usefulness(a) || (a.term < b.term ? -1 : 1))
    .slice(0, maxTerms)
    .map(({ term }) => term);
}
