/** Words that no style may change: what is quoted, the names of the city's glossary, sentences in another language. */
import type { StyleToken } from "./token.ts";

/** A quotation longer than this many words has lost its end: then its sentence is protected. */
const maxQuotedWords = 60;
/** With single quotation marks, which also are apostrophes. */
const maxSingleQuotedWords = 8;

interface QuotationMarks {
  readonly opens: RegExp;
  readonly closes: RegExp;
  readonly maxWords: number;
  /** True if what is never closed is protected up to the end of its sentence. */
  readonly mayBeOpen: boolean;
}

const quotationMarks: readonly QuotationMarks[] = [
  { opens: /["“„«]/u, closes: /["”“»]/u, maxWords: maxQuotedWords, mayBeOpen: true },
  { opens: /^[([]*['‘]/u, closes: /['’][.,;:!?)\]]*$/u, maxWords: maxSingleQuotedWords, mayBeOpen: false },
];

function protectQuoted(tokens: readonly StyleToken[], protectedWords: Set<number>): void {
  for (const { opens, closes, maxWords, mayBeOpen } of quotationMarks) {
    for (let first = 0; first < tokens.length; first++) {
      if (!opens.test(tokens[first]?.lead ?? "")) continue;
      const end = findClosing(tokens, first, closes, maxWords);
      if (end === undefined && !mayBeOpen) continue;
      const last = end ?? findSentenceEnd(tokens, first);
      for (let index = first; index <= last; index++) protectedWords.add(index);
      first = last;
    }
  }
}

function findClosing(
  tokens: readonly StyleToken[],
  first: number,
  closes: RegExp,
  maxWords: number,
): number | undefined {
  for (let index = first; index < Math.min(tokens.length, first + maxWords); index++) {
    const { tail = "", lead = "", core = "" } = tokens[index] ?? {};
    // A quotation mark by itself opens as its own word, and closes as the next one.
    if (closes.test(tail) || (index > first && core === "" && closes.test(lead))) return index;
  }
  return undefined;
}

function findSentenceEnd(tokens: readonly StyleToken[], first: number): number {
  const sentence = tokens[first]?.sentence;
  let last = first;
  while (tokens[last + 1]?.sentence === sentence) last++;
  return last;
}

/** The words of a name, as keys of tokens. */
const wordsOfTerm = (term: string): readonly string[] =>
  term
    .split(/\s+/u)
    .map((word) =>
      word
        .toLowerCase()
        .replace(/[’‘]/gu, "'")
        .replace(/^[^\p{L}\p{N}$#%]+|[^\p{L}\p{N}%]+$/gu, ""),
    )
    .filter((word) => word !== "");

function protectTerms(tokens: readonly StyleToken[], terms: readonly string[], protectedWords: Set<number>): void {
  const byFirst = Map.groupBy(
    terms.map(wordsOfTerm).filter((words) => words.length > 0),
    ([first = ""]) => first,
  );
  const keys = tokens.map(({ key }) => key.replace(/'s$/, ""));
  keys.forEach((key, first) => {
    for (const words of byFirst.get(key) ?? []) {
      if (!words.every((word, offset) => keys[first + offset] === word)) continue;
      for (let offset = 0; offset < words.length; offset++) protectedWords.add(first + offset);
    }
  });
}

/** The commonest words of languages that are spoken in meetings beside English, without those that English has, too. */
const foreignWords = new Set(
  (
    "el los las del que y en una por para es se su muy gracias señor señora sí está son como pero más nosotros ustedes " +
    "esta este aquí ciudad les des et est que dans pour une nous vous avec der das und ist nicht ein eine ich wir " +
    "não uma os mas ao você tôi là không một của và"
  ).split(" "),
);
const englishWords = new Set(
  (
    "the of and to is in that we i a for on it you this be are have with all do will was at by or not our so my as if " +
    "but there any an from they no yes please thank motion council"
  ).split(" "),
);

/** Protects sentences in which words of another language outnumber those of English. */
function protectForeign(tokens: readonly StyleToken[], protectedWords: Set<number>): void {
  const sentences = Map.groupBy(
    tokens.map((token, index) => ({ token, index })),
    ({ token }) => token.sentence,
  );
  for (const words of sentences.values()) {
    let foreign = 0;
    let english = 0;
    for (const { token } of words) {
      if (/[¿¡]/u.test(token.lead)) foreign += 2;
      if (token.isCapital && !token.beginsSentence) continue;
      if (foreignWords.has(token.key)) foreign++;
      if (englishWords.has(token.key)) english++;
    }
    if (foreign > english && foreign * 6 >= words.length) {
      for (const { index } of words) protectedWords.add(index);
    }
  }
}

/**
 * Indexes of the words that stay as they were recognized.
 * @param terms names of the city's glossary
 */
export function findProtectedWords(tokens: readonly StyleToken[], terms: readonly string[]): ReadonlySet<number> {
  const protectedWords = new Set<number>();
  protectQuoted(tokens, protectedWords);
  protectTerms(tokens, terms, protectedWords);
  protectForeign(tokens, protectedWords);
  return protectedWords;
}
