/** The dictionary of the language that is corrected: English comes along, others lie beside it under their code. */
export async function loadDictionary(
  language = "en",
): Promise<{ readonly affixes: string; readonly dictionary: string } | undefined> {
  const part = async (ending: string): Promise<string | undefined> => {
    const answer = await fetch(`dictionaries/${language}.${ending}`).catch(() => undefined);
    return answer?.ok ? answer.text() : undefined;
  };
  const [affixes, dictionary] = await Promise.all([part("aff"), part("dic")]);
  return affixes === undefined || dictionary === undefined ? undefined : { affixes, dictionary };
}
