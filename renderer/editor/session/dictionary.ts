/** Loads the dictionary of the meeting's language: the station's own if it has one; English is bundled. */
import { client } from "../../station/connection.ts";

interface Dictionary {
  readonly affixes: string;
  readonly dictionary: string;
}

/** @param language ISO 639-1. @returns undefined if there is no dictionary */
export async function loadDictionary(language: string): Promise<Dictionary | undefined> {
  const own = await client.dictionary.read({ language }).catch(() => null);
  if (own !== null) return own;
  const part = async (ending: string): Promise<string | undefined> => {
    const answer = await fetch(`dictionaries/${language}.${ending}`).catch(() => undefined);
    return answer?.ok ? answer.text() : undefined;
  };
  const [affixes, dictionary] = await Promise.all([part("aff"), part("dic")]);
  return affixes === undefined || dictionary === undefined ? undefined : { affixes, dictionary };
}
