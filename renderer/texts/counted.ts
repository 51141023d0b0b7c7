/** Numbers and plurals in the language of the texts, by the browser's own rules. */

/** The language that the texts are in; numbers within them are written as it writes them. */
export const language = "en-US";

const plurals = new Intl.PluralRules(language);
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const byDigits = new Map<number, Intl.NumberFormat>();

/** `1,234`. */
export const formatCount = (count: number): string => whole.format(count);

/** `1.9`, with as many digits after the point, always. */
export function formatDecimal(value: number, digits: number): string {
  const known = byDigits.get(digits);
  const format =
    known ?? new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (known === undefined) byDigits.set(digits, format);
  return format.format(value);
}

/** `1 caption`, `1,234 captions`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${plurals.select(count) === "one" ? one : many}`;
