/** Words that users have added to the dictionary of a city or of the whole station. */
import { and, asc, eq, inArray, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { dictionaryWords } from "../schema.ts";

/** City under which the words of the whole station are stored. */
export const everyCity = "";

export interface DictionaryWord {
  readonly word: string;
  readonly addedBy: string;
  /** ISO 8601, UTC. */
  readonly addedDate: string;
}

/** Lists the words of one list in alphabetical order. @param city `everyCity` for those of the whole station */
export function listDictionaryWords(catalog: Catalog, city: string): readonly DictionaryWord[] {
  return catalog.database
    .select({
      word: dictionaryWords.word,
      addedBy: dictionaryWords.addedBy,
      addedDate: dictionaryWords.addedDate,
    })
    .from(dictionaryWords)
    .where(eq(dictionaryWords.city, city))
    .orderBy(asc(sql`${dictionaryWords.word} COLLATE NOCASE`))
    .all();
}

/** Lists the words that apply to a city: its own, and those of the whole station. */
export function listKnownWords(catalog: Catalog, city: string | undefined): readonly string[] {
  return catalog.database
    .selectDistinct({ word: dictionaryWords.word })
    .from(dictionaryWords)
    .where(inArray(dictionaryWords.city, city === undefined ? [everyCity] : [everyCity, city]))
    .all()
    .map(({ word }) => word);
}

/** Adds a word; an existing one is left unchanged. */
export function addDictionaryWord(catalog: Catalog, city: string, word: DictionaryWord): void {
  catalog.database
    .insert(dictionaryWords)
    .values({ city, ...word })
    .onConflictDoNothing()
    .run();
}

/** @returns false when there is no such word */
export function removeDictionaryWord(catalog: Catalog, city: string, word: string): boolean {
  const own = and(eq(dictionaryWords.city, city), eq(dictionaryWords.word, word));
  return catalog.database.delete(dictionaryWords).where(own).run().changes > 0;
}
