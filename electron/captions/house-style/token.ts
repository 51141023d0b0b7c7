/** Words as the rules of a house style see them: without the punctuation around them, in sentences and clauses. */
import { endsSentence } from "../segmentation/sentence-end.ts";
import type { Word } from "../word.ts";
import type { Replacement } from "./style-edit.ts";

export interface StyleToken {
  /** The word as it is written. */
  readonly text: string;
  /** Punctuation before and after it; `$`, `#` and `%` belong to the word. */
  readonly lead: string;
  readonly core: string;
  readonly tail: string;
  /** The word without punctuation, in lower case, with straight apostrophes. */
  readonly key: string;
  readonly isCapital: boolean;
  /** True for the first word of a sentence. */
  readonly beginsSentence: boolean;
  /** Number of its sentence, from 0. */
  readonly sentence: number;
  /** True if something else begins after it: another speaker, another language, a long pause. */
  readonly breaksAfter: boolean;
}

/** Words farther apart than this many milliseconds are not read as one expression. */
const maxPauseMs = 2_000;

const pattern = /^([^\p{L}\p{N}$#%]*)(.*?)([^\p{L}\p{N}%]*)$/su;

function splitWord(text: string): readonly [lead: string, core: string, tail: string] {
  const [, lead = "", core = "", tail = ""] = pattern.exec(text) ?? [];
  return core === "" ? [text, "", ""] : [lead, core, tail];
}

/**
 * @param words in order
 * @param isStyled false for words that no style may change, such as those of another language
 */
export function toStyleTokens(
  words: readonly Word[],
  isStyled: (index: number) => boolean = () => true,
): readonly StyleToken[] {
  let sentence = 0;
  let begins = true;
  return words.map((word, index): StyleToken => {
    const [lead, core, tail] = splitWord(word.text);
    const next = words[index + 1];
    const token = {
      text: word.text,
      lead,
      core,
      tail,
      key: core.toLowerCase().replace(/[’‘]/gu, "'"),
      isCapital: /^\p{Lu}/u.test(core),
      beginsSentence: begins,
      sentence,
      breaksAfter:
        next === undefined ||
        next.speaker !== word.speaker ||
        next.startMs - word.endMs > maxPauseMs ||
        isStyled(index) !== isStyled(index + 1),
    };
    begins = token.breaksAfter || endsSentence(word.text, next?.text);
    if (begins) sentence++;
    return token;
  });
}

/** The recognized words and the questions that every rule asks of them. */
export class StyleText {
  readonly tokens: readonly StyleToken[];

  constructor(tokens: readonly StyleToken[]) {
    this.tokens = tokens;
  }

  /** Key of a word; empty outside the text. */
  key(index: number): string {
    return this.tokens[index]?.key ?? "";
  }

  /** True if nothing stands between a word and the next: no punctuation, no pause, no other speaker. */
  isTight(index: number): boolean {
    const at = this.tokens[index];
    const next = this.tokens[index + 1];
    return at !== undefined && next !== undefined && at.tail === "" && next.lead === "" && !at.breaksAfter;
  }

  /** True if a run of words has nothing between them. */
  areTight(first: number, count: number): boolean {
    for (let index = first; index < first + count - 1; index++) if (!this.isTight(index)) return false;
    return first >= 0 && first + count <= this.tokens.length;
  }

  /** Key of the word after a run that is tight to it; empty: none. */
  following(last: number): string {
    return this.isTight(last) ? this.key(last + 1) : "";
  }

  /** Key of the word before another one that is tight to it; empty: none. */
  preceding(first: number): string {
    return this.isTight(first - 1) ? this.key(first - 1) : "";
  }

  /** True if a capital in a word is a name's, not a sentence's. */
  isNameLike(index: number): boolean {
    const token = this.tokens[index];
    return token?.isCapital === true && !token.beginsSentence;
  }

  /** What replaces a run of words: the punctuation before and after it stays. */
  replace(first: number, count: number, texts: readonly string[]): Replacement {
    const lead = this.tokens[first]?.lead ?? "";
    const tail = this.tokens[first + count - 1]?.tail ?? "";
    const written = texts.map((text, index) => {
      const begun = index === 0 ? lead + text : text;
      return index === texts.length - 1 ? begun + tail : begun;
    });
    return { first, count, texts: written };
  }
}
