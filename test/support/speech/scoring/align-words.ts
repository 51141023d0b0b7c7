/**
 * Holds recognized words, with their times, against what was said. Words are compared one at a time: numbers count as
 * right however they are written (digits are a matter of style), and so does one word written as two.
 */
import type { Word } from "../../../../electron/captions/word.ts";
import { type AlignmentKind, align } from "./align.ts";
import { normalizeEnglishWord, normalizeOther } from "./normalize-text.ts";
import { numberWords } from "./number-words.ts";

/** What became of a word of truth. */
export interface TruthWord {
  readonly text: string;
  readonly kind: Exclude<AlignmentKind, "inserted">;
  /** Index of the recognized word that stands for it; undefined for a lost one. */
  readonly recognized: number | undefined;
}

export interface WordAlignment {
  /** By word of truth. */
  readonly truth: readonly TruthWord[];
  /** By recognized word: `equal` where it was said, `inserted` where nothing was. A word without letters is `equal`. */
  readonly recognized: readonly Exclude<AlignmentKind, "deleted">[];
  /** All steps in order, by token. */
  readonly kinds: readonly AlignmentKind[];
}

interface Token {
  readonly text: string;
  /** Index of the word that it is a part of. */
  readonly word: number;
}

const anyNumber = "#";
/** "And" and "point" are no numbers by themselves, nor is what only stands beside one. */
const besideNumbers = new Set([
  "and",
  "point",
  "per",
  "plus",
  "positive",
  "negative",
  "minus",
  "double",
  "triple",
  "o",
]);
const isNumber = (text: string): boolean => /\d/.test(text) || (numberWords.has(text) && !besideNumbers.has(text));

function toTokens(words: readonly string[], language: string): readonly Token[] {
  const normalize = language === "en" ? normalizeEnglishWord : normalizeOther;
  return words.flatMap((text, word) =>
    normalize(text).map((token) => ({ text: language === "en" && isNumber(token) ? anyNumber : token, word })),
  );
}

/** A run of numbers is one number: "twenty twenty six" and "2026" have a token each. */
const withoutRepeatedNumbers = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter(({ text }, index) => text !== anyNumber || tokens[index - 1]?.text !== anyNumber);

/** Puts two tokens together where the other text has them as one word: "council member" and "councilmember". */
function joinAsIn(tokens: readonly Token[], others: readonly Token[]): readonly Token[] {
  const known = new Set(others.map(({ text }) => text));
  const own = new Set(tokens.map(({ text }) => text));
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at] as Token, tokens[at + 1]];
    const together = next === undefined ? "" : token.text + next.text;
    if (next !== undefined && token.text !== anyNumber && known.has(together) && !own.has(together)) {
      result.push({ text: together, word: token.word });
      at++;
    } else result.push(token);
  }
  return result;
}

/** How bad a kind is: a word of several tokens is as wrong as its worst one. */
const severity = { equal: 0, substituted: 1, inserted: 2, deleted: 2 } as const;

/** @param truth what was said, in order */
export function alignWords(truth: string, recognized: readonly Pick<Word, "text">[], language = "en"): WordAlignment {
  const said = truth.split(/\s+/).filter((word) => word !== "");
  const all = {
    truth: withoutRepeatedNumbers(toTokens(said, language)),
    recognized: withoutRepeatedNumbers(
      toTokens(
        recognized.map(({ text }) => text),
        language,
      ),
    ),
  };
  const expected = joinAsIn(all.truth, all.recognized);
  const actual = joinAsIn(all.recognized, all.truth);
  const steps = align(
    expected.map(({ text }) => text),
    actual.map(({ text }) => text),
  );
  const truthWords: TruthWord[] = said.map((text) => ({ text, kind: "equal", recognized: undefined }));
  const kinds: Exclude<AlignmentKind, "deleted">[] = recognized.map(() => "equal");
  for (const step of steps) {
    const word = step.recognized === undefined ? undefined : actual[step.recognized]?.word;
    if (word !== undefined && step.kind !== "deleted" && severity[step.kind] > severity[kinds[word] ?? "equal"]) {
      kinds[word] = step.kind;
    }
    const index = step.truth === undefined ? undefined : expected[step.truth]?.word;
    if (index === undefined || step.kind === "inserted") continue;
    const known = truthWords[index] as TruthWord;
    const kind = severity[step.kind] > severity[known.kind] ? step.kind : known.kind;
    truthWords[index] = { ...known, kind, recognized: known.recognized ?? word };
  }
  return { truth: truthWords, recognized: kinds, kinds: steps.map(({ kind }) => kind) };
}

/** A stretch of truth that has no words in the result. */
export interface LostStretch {
  /** Words of it that are gone. */
  readonly lost: number;
  readonly text: string;
}

/** A word that is right by chance ("the") does not save a stretch around it; a substituted word neither. */
const gains = { equal: -2, substituted: 0, deleted: 1 } as const;

/**
 * Finds the stretches of truth that are gone: words deleted in a row, also around a single word that fits by chance.
 * @param minWords shortest stretch, in words of truth
 */
export function findLostStretches({ truth }: WordAlignment, minWords = 8): readonly LostStretch[] {
  const found: LostStretch[] = [];
  let [from, sum, best, bestAt] = [0, 0, 0, 0];
  const close = (): void => {
    if (best >= minWords) {
      const words = truth.slice(from, bestAt + 1);
      found.push({
        lost: words.filter(({ kind }) => kind === "deleted").length,
        text: words.map(({ text }) => text).join(" "),
      });
    }
    [sum, best] = [0, 0];
  };
  truth.forEach(({ kind }, index) => {
    if (sum === 0) from = index;
    sum += gains[kind];
    if (sum > best) [best, bestAt] = [sum, index];
    if (sum <= 0 || best - sum >= minWords) close();
  });
  close();
  return found;
}
