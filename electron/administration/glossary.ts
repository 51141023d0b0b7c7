/** Edits a city's glossary. */
import type { Catalog } from "../catalog/open.ts";
import { type GlossaryTerm, listGlossaryTerms, replaceTerms } from "../catalog/repositories/glossary.ts";
import { readTermList } from "../speech/vocabulary/term-list.ts";

/**
 * Replaces a city's glossary.
 * @param text one name per line
 * @throws ArchivistError `glossary.invalid`, with the line; nothing is changed then
 */
export function writeGlossary(catalog: Catalog, city: string, text: string): readonly GlossaryTerm[] {
  replaceTerms(catalog, city, readTermList(text));
  return listGlossaryTerms(catalog, city);
}
