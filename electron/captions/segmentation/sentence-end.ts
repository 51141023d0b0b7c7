/** A word without punctuation, in lower case. */
export function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}']/gu, "");
}

/** A word as it is written, without the punctuation around it. */
export function trimPunctuation(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

const abbreviations = new Set(
  "mr mrs ms dr st ave blvd rd no vs jr sr inc co dept approx gov sen rep lt sgt".split(" "),
);

/**
 * True when a sentence ends with this word: `.`, `!` or `?`, but not an abbreviation, an initial or a number's dot.
 * @param next the following word, if known: "No. 5" is a number, "No. I think" an answer
 */
export function endsSentence(text: string, next?: string): boolean {
  const match = /^(.*?)([.!?]+)["'”’)\]]*$/u.exec(text);
  if (!match) return false;
  if (match[2] !== ".") return true;
  const written = match[1] ?? "";
  const stem = bare(written);
  if (stem === "no" && next !== undefined) return !/^\d/.test(next);
  // A time of day (a.m., p.m.) may end a sentence; then a capital letter follows.
  if (/^[ap]\.m$/i.test(written)) return next !== undefined && /^\p{Lu}/u.test(next);
  if (abbreviations.has(stem)) return false;
  // An initial ("J.") or a chain of them ("U.S.").
  return !/^(\p{L}\.)*\p{L}$/u.test(written) || stem === "i";
}
