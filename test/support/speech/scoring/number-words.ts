/** The words that English numbers are made of, by their part in a number. */

const cardinals = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
] as const;

/** A number word with an ending that is kept: `third` is 3 and `rd`. */
export interface SuffixedNumber {
  readonly value: bigint;
  readonly suffix: string;
}

export const zeros: ReadonlySet<string> = new Set(["o", "oh", "zero"]);

/** One to nineteen. */
export const ones: ReadonlyMap<string, bigint> = new Map(cardinals.map((name, index) => [name, BigInt(index + 1)]));

const suffixed = (
  words: ReadonlyMap<string, bigint>,
  toWord: (name: string) => string,
  suffix: string,
): readonly (readonly [string, SuffixedNumber])[] =>
  [...words].map(([name, value]) => [toWord(name), { value, suffix }]);

const irregularOrdinals: ReadonlyMap<string, readonly [value: bigint, suffix: string]> = new Map([
  ["zeroth", [0n, "th"]],
  ["first", [1n, "st"]],
  ["second", [2n, "nd"]],
  ["third", [3n, "rd"]],
  ["fifth", [5n, "th"]],
  ["twelfth", [12n, "th"]],
]);
const regularOrdinals = new Map([...ones].filter(([, value]) => value > 3n && value !== 5n && value !== 12n));

/** `sixes`, `fifth`. */
export const suffixedOnes: ReadonlyMap<string, SuffixedNumber> = new Map([
  ...suffixed(ones, (name) => (name === "six" ? "sixes" : `${name}s`), "s"),
  ...[...irregularOrdinals].map(([name, [value, suffix]]): readonly [string, SuffixedNumber] => [
    name,
    { value, suffix },
  ]),
  ...suffixed(regularOrdinals, (name) => name + (name.endsWith("t") ? "h" : "th"), "th"),
]);

const tensNames = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"] as const;

export const tens: ReadonlyMap<string, bigint> = new Map(
  tensNames.map((name, index) => [name, BigInt((index + 2) * 10)]),
);

/** `sixties`, `fortieth`. */
export const suffixedTens: ReadonlyMap<string, SuffixedNumber> = new Map([
  ...suffixed(tens, (name) => name.replace("y", "ies"), "s"),
  ...suffixed(tens, (name) => name.replace("y", "ieth"), "th"),
]);

const powers = [
  "thousand",
  "million",
  "billion",
  "trillion",
  "quadrillion",
  "quintillion",
  "sextillion",
  "septillion",
  "octillion",
  "nonillion",
  "decillion",
] as const;

export const multipliers: ReadonlyMap<string, bigint> = new Map([
  ["hundred", 100n],
  ...powers.map((name, index): readonly [string, bigint] => [name, 1000n ** BigInt(index + 1)]),
]);

/** `hundreds`, `millionth`. */
export const suffixedMultipliers: ReadonlyMap<string, SuffixedNumber> = new Map([
  ...suffixed(multipliers, (name) => `${name}s`, "s"),
  ...suffixed(multipliers, (name) => `${name}th`, "th"),
]);

/** Signs before a number. */
export const signs: ReadonlyMap<string, string> = new Map([
  ["minus", "-"],
  ["negative", "-"],
  ["plus", "+"],
  ["positive", "+"],
]);

/** Currencies after a number, written before it. */
export const currencies: ReadonlyMap<string, string> = new Map([
  ["pound", "£"],
  ["pounds", "£"],
  ["euro", "€"],
  ["euros", "€"],
  ["dollar", "$"],
  ["dollars", "$"],
  ["cent", "¢"],
  ["cents", "¢"],
]);

export const prefixes: ReadonlySet<string> = new Set([...signs.values(), ...currencies.values()]);

const particles = ["per", "percent", "and", "double", "triple", "point"] as const;

/** Words that may follow `point`. */
export const decimals: ReadonlySet<string> = new Set([...ones.keys(), ...tens.keys(), ...zeros]);

/** Every word that can be part of a number. */
export const numberWords: ReadonlySet<string> = new Set([
  ...zeros,
  ...ones.keys(),
  ...suffixedOnes.keys(),
  ...tens.keys(),
  ...suffixedTens.keys(),
  ...multipliers.keys(),
  ...suffixedMultipliers.keys(),
  ...signs.keys(),
  ...currencies.keys(),
  ...particles,
]);
