/**
 * Text as word errors are counted on it: OpenAI's normalizers for English and for other languages ("Robust Speech
 * Recognition via Large-Scale Weak Supervision", appendix C), which the Open ASR leaderboard uses as well.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeNumbersInDigits } from "./english-numbers.ts";

/** Lines of a British spelling and its American one; the list that OpenAI's normalizer brings (MIT). */
const americanSpellings: ReadonlyMap<string, string> = new Map(
  readFileSync(join(import.meta.dirname, "british-spellings.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" ") as [string, string]),
);

/** Where a word of any script begins or ends: JavaScript's `\b` knows the letters of ASCII only. */
const edge = String.raw`(?:(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_])|(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_]))`;
const pattern = (source: string): RegExp => new RegExp(source.replaceAll("^", edge), "gu");

/** What a person says without meaning it. */
const fillers = pattern("^(hmm|mm|mhm|mmm|uh|um)^");

/** In this order; `^` is the edge of a word. */
const replacements: readonly (readonly [RegExp, string])[] = (
  [
    ["^won't^", "will not"],
    ["^can't^", "can not"],
    ["^let's^", "let us"],
    ["^ain't^", "aint"],
    ["^y'all^", "you all"],
    ["^wanna^", "want to"],
    ["^kinda^", "kind of"],
    ["^sorta^", "sort of"],
    ["^dunno^", "do not know"],
    ["^gotta^", "got to"],
    ["^gonna^", "going to"],
    ["^i'ma^", "i am going to"],
    ["^imma^", "i am going to"],
    ["^woulda^", "would have"],
    ["^coulda^", "could have"],
    ["^shoulda^", "should have"],
    ["^cause^", "because"],
    ["^ma'am^", "madam"],
    ["^mr^", "mister "],
    ["^mrs^", "missus "],
    ["^st^", "saint "],
    ["^dr^", "doctor "],
    ["^prof^", "professor "],
    ["^capt^", "captain "],
    ["^gov^", "governor "],
    ["^ald^", "alderman "],
    ["^gen^", "general "],
    ["^sen^", "senator "],
    ["^rep^", "representative "],
    ["^pres^", "president "],
    ["^rev^", "reverend "],
    ["^hon^", "honorable "],
    ["^asst^", "assistant "],
    ["^assoc^", "associate "],
    ["^lt^", "lieutenant "],
    ["^col^", "colonel "],
    ["^jr^", "junior "],
    ["^sr^", "senior "],
    ["^esq^", "esquire "],
    ["'d been^", " had been"],
    ["'s been^", " has been"],
    ["'d gone^", " had gone"],
    ["'s gone^", " has gone"],
    ["'d done^", " had done"],
    ["'s got^", " has got"],
    ["n't^", " not"],
    ["'re^", " are"],
    ["'s^", " is"],
    ["'d^", " would"],
    ["'ll^", " will"],
    ["'t^", " not"],
    ["'ve^", " have"],
    ["'m^", " am"],
  ] as const
).map(([source, text]) => [pattern(source), text]);

/** Letters that Unicode does not take apart into a letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  æ: "ae",
  Æ: "AE",
  ß: "ss",
  ẞ: "SS",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "th",
  ł: "l",
  Ł: "L",
};

const withoutBrackets = (text: string): string => text.replace(/[<[][^>\]]*[>\]]/g, "").replace(/\(([^)]+?)\)/g, "");

/** Symbols and punctuation become spaces, marks on letters go; the signs of numbers stay. */
const withoutSymbols = (text: string): string =>
  [...text.normalize("NFKD")]
    .map((letter) => {
      if (".%$¢€£".includes(letter)) return letter;
      const plain = plainLetters[letter];
      if (plain !== undefined) return plain;
      if (/\p{Mn}/u.test(letter)) return "";
      return /[\p{M}\p{S}\p{P}]/u.test(letter) ? " " : letter;
    })
    .join("");

const toWords = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** Everything that comes before numbers. */
function withoutStyle(text: string): string {
  let plain = withoutBrackets(text.toLowerCase()).replace(fillers, "").replace(/\s+'/g, "'");
  for (const [found, replacement] of replacements) plain = plain.replace(found, replacement);
  plain = plain.replace(/(\d),(\d)/g, "$1$2").replace(/\.([^0-9]|$)/g, " $1");
  return withoutSymbols(plain);
}

const toAmerican = (words: readonly string[]): readonly string[] =>
  words.map((word) => americanSpellings.get(word) ?? word);

/** Signs that belong to no number. */
const withoutLonelySigns = (text: string): string =>
  text.replace(/[.$¢€£]([^0-9])/g, " $1").replace(/([^0-9])%/g, "$1 ");

/** The words of an English text, numbers in digits, contractions written out, spelled as in the United States. */
export function normalizeEnglish(text: string): readonly string[] {
  return toWords(withoutLonelySigns(toAmerican(toWords(writeNumbersInDigits(withoutStyle(text)))).join(" ")));
}

/** As `normalizeEnglish`, with numbers as they were: for comparing one word at a time. */
export function normalizeEnglishWord(word: string): readonly string[] {
  return toWords(withoutLonelySigns(`${toAmerican(toWords(withoutStyle(word))).join(" ")} `));
}

/** The words of a text in any other language: lower case, without punctuation. */
export function normalizeOther(text: string): readonly string[] {
  const plain = withoutBrackets(text.toLowerCase())
    .normalize("NFKC")
    .replace(/[\p{M}\p{S}\p{P}]/gu, " ");
  return toWords(plain.toLowerCase());
}

/** @param language code of the language that the text is in */
export const normalizeText = (text: string, language: string): readonly string[] =>
  language === "en" ? normalizeEnglish(text) : normalizeOther(text);
