/** Procedures for the spell check: dictionaries and accepted words. */
import {
  addDictionary,
  listDictionaries,
  readDictionary,
  removeDictionary,
} from "../../administration/dictionaries.ts";
import { addDictionaryWord, listDictionaryWords, removeDictionaryWord } from "../../catalog/repositories/dictionary.ts";
import type { ApiContext } from "../context.ts";
import { done, os } from "../implement.ts";

const getFolder = ({ services }: ApiContext): string => services.station.folder.dictionaries;

export const dictionary = os.dictionary.router({
  list: os.dictionary.list.handler(async ({ context }) => [...(await listDictionaries(getFolder(context)))]),
  read: os.dictionary.read.handler(
    async ({ input, context }) => (await readDictionary(getFolder(context), input.language)) ?? null,
  ),
  add: os.dictionary.add.handler(async ({ input, context }) => {
    const affixes = Buffer.from(input.affixes, "base64");
    const words = Buffer.from(input.dictionary, "base64");
    return addDictionary(getFolder(context), input.language, { affixes, dictionary: words });
  }),
  remove: os.dictionary.remove.handler(async ({ input, context }) => {
    await removeDictionary(getFolder(context), input.language);
    return done;
  }),
  words: os.dictionary.words.handler(({ input, context }) => [
    ...listDictionaryWords(context.services.station.catalog, input.city),
  ]),
  addWord: os.dictionary.addWord.handler(({ input, context }) => {
    const { catalog, clock } = context.services.station;
    const addedBy = context.person()?.username ?? "";
    addDictionaryWord(catalog, input.city, { word: input.word, addedBy, addedDate: clock.now().toISOString() });
    return done;
  }),
  removeWord: os.dictionary.removeWord.handler(({ input, context }) => {
    removeDictionaryWord(context.services.station.catalog, input.city, input.word);
    return done;
  }),
});
