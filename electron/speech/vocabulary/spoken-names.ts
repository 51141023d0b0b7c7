/** The names of a city as they are said: a person is called by the whole name once, and by a part of it from then on. */
import type { GlossaryTerm } from "../../catalog/repositories/glossary.ts";

/** Shorter parts resemble too many other words. */
const minPartLetters = 4;

/** The names for recognition, each once: terms, and the parts of the names of people. */
export function listSpokenNames(glossary: readonly Pick<GlossaryTerm, "term" | "kind">[]): readonly string[] {
  const names = new Set<string>();
  for (const { term, kind } of glossary) {
    // A title is a common word, and recognized without help.
    if (kind === "title") continue;
    names.add(term);
    const parts = term.split(/\s+/);
    if (kind !== "person" || parts.length === 1) continue;
    for (const part of parts) {
      const isName = /^\p{Lu}/u.test(part) && part.replace(/[^\p{L}]/gu, "").length >= minPartLetters;
      if (isName) names.add(part.replace(/[^\p{L}'’-]/gu, ""));
    }
  }
  return [...names];
}
