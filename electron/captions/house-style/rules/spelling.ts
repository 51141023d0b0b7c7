/** Spelling of the United States or the United Kingdom: "favour" is `favor`, and the other way round. */
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";
import { toUkSpelling, toUsSpelling } from "./spelling-words.ts";

/** The word in the other spelling, with its possessive ending; undefined: there is none. */
function respell(key: string, spellings: ReadonlyMap<string, string>): string | undefined {
  const [, stem = key, ending = ""] = /^(.*?)('s|s')?$/.exec(key) ?? [];
  const own = spellings.get(key);
  if (own !== undefined) return own;
  const other = ending === "" ? undefined : spellings.get(ending === "s'" ? `${stem}s` : stem);
  return other === undefined ? undefined : other + (ending === "s'" ? "'" : ending);
}

/** True if a word is part of a name: "Harbour Street", "Labour Day", "the Kennedy Centre". */
const isInName = (text: StyleText, index: number): boolean =>
  text.isNameLike(index) ||
  (text.tokens[index]?.isCapital === true && text.isTight(index) && text.tokens[index + 1]?.isCapital === true);

/** Words of compounds ("color-coded") are looked at one by one. */
function respellWord(core: string, spellings: ReadonlyMap<string, string>): string {
  return core
    .split("-")
    .map((part) => {
      const key = part.toLowerCase().replace(/[’‘]/gu, "'");
      const other = respell(key, spellings);
      if (other === undefined) return part;
      const cased = /^\p{Lu}/u.test(part) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
      return part.includes("’") ? cased.replace("'", "’") : cased;
    })
    .join("-");
}

/** Finds words of the other spelling; names, and words all in capitals, stay. */
export function findSpelling(text: StyleText, { spelling }: HouseStyle): readonly Replacement[] {
  if (spelling === "as-heard") return [];
  const spellings = spelling === "us" ? toUsSpelling : toUkSpelling;
  return text.tokens.flatMap(({ core }, index) => {
    if (isInName(text, index) || /^\p{Lu}{2}/u.test(core)) return [];
    const written = respellWord(core, spellings);
    return written === core ? [] : [text.replace(index, 1, [written])];
  });
}
