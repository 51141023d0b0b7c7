/** The natural-language library, loaded on first use: its model takes a quarter of a second. */
import type { WinkMethods } from "wink-nlp";

let loaded: Promise<WinkMethods> | undefined;

async function load(): Promise<WinkMethods> {
  const [{ default: winkNlp }, { default: model }] = await Promise.all([
    import("wink-nlp"),
    import("wink-eng-lite-web-model"),
  ]);
  return winkNlp(model);
}

/** winkNLP with its English model. */
export function language(): Promise<WinkMethods> {
  loaded ??= load();
  return loaded;
}
