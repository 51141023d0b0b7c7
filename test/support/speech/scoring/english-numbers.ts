/**
 * Writes spoken English numbers in digits, as OpenAI's text normalizer does ("Robust Speech Recognition via Large-Scale
 * Weak Supervision", appendix C): `six thirty` is 630, `twenty dollars` $20, `one oh one` 101.
 */
import {
  currencies,
  decimals,
  multipliers,
  numberWords,
  ones,
  prefixes,
  type SuffixedNumber,
  signs,
  suffixedMultipliers,
  suffixedOnes,
  suffixedTens,
  tens,
  zeros,
} from "./number-words.ts";

/** A number under way: an integer that can still grow, or digits that are only lengthened. */
type Value = bigint | string;

const isNumeric = (word: string | undefined): boolean => word !== undefined && /^\d+(\.\d+)?$/.test(word);

/** What a value looks like in front of more digits: nothing for none and for zero. */
const digitsBefore = (value: Value | undefined): string => (value === undefined || value === 0n ? "" : String(value));

/** The product of digits (`1.5`) and a multiplier; undefined unless it is whole. */
function multiply(value: Value, multiplier: bigint): bigint | undefined {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(String(value));
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * multiplier;
  return product % scale === 0n ? product / scale : undefined;
}

/** The thousands stay, and what comes after them is multiplied. */
const grow = (value: bigint, multiplier: bigint): bigint => (value / 1000n) * 1000n + (value % 1000n) * multiplier;

class NumberWriter {
  readonly #written: string[] = [];
  #prefix = "";
  #value: Value | undefined;

  write(words: readonly string[]): readonly string[] {
    for (let at = 0; at < words.length; at++) {
      if (this.#take(words[at - 1], words[at] as string, words[at + 1])) at++;
    }
    this.#flush();
    return this.#written;
  }

  #put(text: string): void {
    this.#written.push(this.#prefix + text);
    this.#value = undefined;
    this.#prefix = "";
  }

  #flush(): void {
    if (this.#value !== undefined) this.#put(String(this.#value));
  }

  #putAfterNumber(text: string): void {
    this.#flush();
    this.#put(text);
  }

  /** Takes a word. @returns true if the next word has been taken with it */
  #take(previous: string | undefined, word: string, next: string | undefined): boolean {
    const isPrefixed = prefixes.has(word.charAt(0));
    const bare = isPrefixed ? word.slice(1) : word;
    const small = ones.get(word) ?? tens.get(word);
    const multiplier = multipliers.get(word);
    const suffixedMultiplier = suffixedMultipliers.get(word);
    const suffixed = suffixedOnes.get(word) ?? suffixedTens.get(word);
    if (isNumeric(bare)) this.#takeDigits(word, bare, isPrefixed);
    else if (!numberWords.has(word)) this.#putAfterNumber(word);
    else if (zeros.has(word)) this.#value = `${digitsBefore(this.#value)}0`;
    else if (small !== undefined) this.#value = this.#add(small, previous);
    else if (suffixed !== undefined) this.#putSuffixed(suffixed, previous);
    else if (multiplier !== undefined) this.#takeMultiplier(multiplier);
    else if (suffixedMultiplier !== undefined) this.#putSuffixedMultiplier(suffixedMultiplier);
    else return this.#takeParticle(previous, word, next);
    return false;
  }

  #takeDigits(word: string, bare: string, isPrefixed: boolean): void {
    if (typeof this.#value === "string" && this.#value.endsWith(".")) {
      this.#value += word;
      return;
    }
    this.#flush();
    if (isPrefixed) this.#prefix = word.charAt(0);
    this.#value = multiply(bare, 1n) ?? bare;
  }

  /** The number under way with one to ninety added, or put behind its digits where it cannot be added. */
  #add(small: bigint, previous: string | undefined): Value {
    const value = this.#value;
    if (value === undefined) return small;
    const follows = previous !== undefined && ones.has(previous);
    const isTens = small >= 20n;
    if (typeof value === "string" || (follows && !isTens)) {
      const text = String(value);
      const replacesZero = previous !== undefined && tens.has(previous) && small < 10n && text.endsWith("0");
      return replacesZero ? text.slice(0, -1) + String(small) : text + String(small);
    }
    return value % (small < 10n ? 10n : 100n) === 0n ? value + small : String(value) + String(small);
  }

  #putSuffixed({ value, suffix }: SuffixedNumber, previous: string | undefined): void {
    this.#put(String(this.#add(value, previous)) + suffix);
  }

  #takeMultiplier(multiplier: bigint): void {
    const value = this.#value;
    if (value === undefined) this.#value = multiplier;
    else if (typeof value === "bigint" && value !== 0n) this.#value = grow(value, multiplier);
    else {
      const product = multiply(value, multiplier);
      if (product === undefined) this.#flush();
      this.#value = product ?? multiplier;
    }
  }

  #putSuffixedMultiplier({ value: multiplier, suffix }: SuffixedNumber): void {
    const value = this.#value;
    const isGrowing = typeof value === "bigint";
    const product = isGrowing ? grow(value, multiplier) : multiply(value ?? 1n, multiplier);
    if (product === undefined) this.#flush();
    this.#put(String(product ?? multiplier) + suffix);
  }

  #takeParticle(previous: string | undefined, word: string, next: string | undefined): boolean {
    const continues = next !== undefined && (numberWords.has(next) || isNumeric(next));
    const sign = signs.get(word);
    const currency = currencies.get(word);
    if (sign !== undefined) {
      this.#flush();
      if (continues) this.#prefix = sign;
      else this.#put(word);
    } else if (currency !== undefined) {
      if (this.#value === undefined) this.#put(word);
      else {
        this.#prefix = currency;
        this.#flush();
      }
    } else if (word === "percent" || word === "per") return this.#takePercent(word, next);
    else if (!continues) this.#putAfterNumber(word);
    else if (word === "and") {
      // "Two hundred and five" is one number.
      if (previous === undefined || !multipliers.has(previous)) this.#putAfterNumber(word);
    } else if (word === "point") {
      if (next !== undefined && (decimals.has(next) || isNumeric(next))) this.#value = `${digitsBefore(this.#value)}.`;
    } else return this.#takeRepeat(word, next as string);
    return false;
  }

  #takePercent(word: string, next: string | undefined): boolean {
    const isPercent = this.#value !== undefined && (word === "percent" || next === "cent");
    if (!isPercent) this.#putAfterNumber(word);
    else this.#put(`${this.#value}%`);
    return isPercent && word === "per";
  }

  /** `double five`, `triple zero`. */
  #takeRepeat(word: string, next: string): boolean {
    const digit = zeros.has(next) ? 0n : ones.get(next);
    if (digit === undefined) {
      this.#putAfterNumber(word);
      return false;
    }
    this.#value = digitsBefore(this.#value) + String(digit).repeat(word === "double" ? 2 : 3);
    return true;
  }
}

/** `two and a half million` is two point five million. */
function replaceHalves(text: string): string {
  const segments = text.split(/\band\s+a\s+half\b/);
  const results: string[] = [];
  segments.forEach((segment, index) => {
    if (segment.trim() === "") return;
    results.push(segment);
    if (index === segments.length - 1) return;
    const last = segment.trim().split(/\s+/).at(-1) ?? "";
    results.push(decimals.has(last) || multipliers.has(last) ? "point five" : "and a half");
  });
  return results.join(" ");
}

const splitAtDigits = (text: string): string =>
  text
    .replace(/([a-z])([0-9])/g, "$1 $2")
    .replace(/([0-9])([a-z])/g, "$1 $2")
    .replace(/([0-9])\s+(st|nd|rd|th|s)\b/g, "$1$2");

/** "$2 and ¢7" is $2.07; a lonely 1 reads better as a word. */
const joinCents = (text: string): string =>
  text
    .replace(
      /([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})\b/g,
      (_, currency: string, whole: string, cents: string) => `${currency}${whole}.${cents.padStart(2, "0")}`,
    )
    .replace(/[€£$]0.([0-9]{1,2})\b/g, (_, cents: string) => `¢${Number(cents)}`)
    .replace(/\b1(s?)\b/g, "one$1");

/** @param text in lower case, without punctuation other than `.`, `%` and signs of currencies */
export function writeNumbersInDigits(text: string): string {
  const words = splitAtDigits(replaceHalves(text))
    .split(/\s+/)
    .filter((word) => word !== "");
  return joinCents(new NumberWriter().write(words).join(" "));
}
