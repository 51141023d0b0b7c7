/** A word without punctuation, in lower case. */
export function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}']/gu, "");
}

const abbreviations = new Set(
  "mr mrs ms dr st ave blvd rd no vs jr sr inc co dept approx gov sen rep lt sgt".split(" "),
);

/** True when a sentence ends with this word: `.`, `!` or `?`, but not an abbreviation, an initial or a number's dot. */
export function endsSentence(text: string): boolean {
  const match = /^(.*?)([.!?]+)["'”’)\]]*$/u.exec(text);
  if (!match) return false;
  if (match[2] !== ".") return true;
  const stem = bare(match[1] ?? "");
  if (abbreviations.has(stem)) return false;
  // An initial ("J.") or a chain of them ("U.S.").
  return !/^(\p{L}\.)*\p{L}$/u.test(match[1] ?? "") || stem === "i";
}
