/** Amounts of money: "three point two million dollars" is `$3.2 million`, "15000 dollars" is `$15,000`. */
import { isNumberWord, isPartOfNumber, readNumber } from "../numbers.ts";
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";

/** "In 2019 dollars" is about the value of money, not an amount of it. */
const isYearOfPrices = (text: StyleText, first: number): boolean =>
  /^(19|20)\d\d$/.test(text.key(first)) && ["in", "constant", "to"].includes(text.preceding(first));

/** "Two dollars and fifty cents": the number of cents and the words that say it. */
function readCents(text: StyleText, from: number): { readonly value: number; readonly count: number } | undefined {
  if (!text.isTight(from - 1) || text.key(from) !== "and" || !text.isTight(from)) return undefined;
  const cents = readNumber(text, from + 1);
  if (cents === undefined || !text.areTight(from + 1, cents.count + 1)) return undefined;
  const isCents = /^cents?$/.test(text.key(from + 1 + cents.count));
  return isCents && cents.value > 0 && cents.value < 100 ? { value: cents.value, count: cents.count + 2 } : undefined;
}

function findSpoken(text: StyleText, first: number): Replacement | undefined {
  const amount = readNumber(text, first);
  if (amount === undefined || !text.areTight(first, amount.count + 1)) return undefined;
  const unit = text.key(first + amount.count);
  if (unit !== "dollars" && unit !== "dollar") return undefined;
  // "Not one dollar" is a way of speaking.
  if (amount.value === 1 && amount.hasLetters) return undefined;
  if (isPartOfNumber(text, first, amount.count) || isYearOfPrices(text, first)) return undefined;
  const count = amount.count + 1;
  const cents = /^[\d,]+$/.test(amount.text) && unit === "dollars" ? readCents(text, first + count) : undefined;
  if (cents !== undefined) {
    const decimals = String(cents.value).padStart(2, "0");
    return text.replace(first, count + cents.count, [`$${amount.text}.${decimals}`]);
  }
  return text.replace(first, count, `$${amount.text}`.split(" "));
}

/** What a word that already has a sign lacks: the commas of its thousands, or the name of its millions. */
function findWritten(text: StyleText, first: number): Replacement | undefined {
  const { core = "" } = text.tokens[first] ?? {};
  const [, whole = "", decimals = "", short = ""] = /^\$(\d+)(\.\d+)?(M|B)?$/.exec(core) ?? [];
  if (whole === "") {
    // "A 5-dollar fee", as one word.
    const [, number] = /^(\d+)-dollar$/i.exec(core) ?? [];
    return number === undefined ? undefined : text.replace(first, 1, [`$${Number(number).toLocaleString("en-US")}`]);
  }
  if (short !== "") return text.replace(first, 1, [`$${whole}${decimals}`, short === "M" ? "million" : "billion"]);
  if (whole.length < 4 || whole.startsWith("0")) return undefined;
  return text.replace(first, 1, [`$${Number(whole).toLocaleString("en-US")}${decimals}`]);
}

/** Amounts of dollars; those of which only a part may be meant stay as they were recognized. */
export function findMoney(text: StyleText, style: HouseStyle): readonly Replacement[] {
  if (style.money === "as-heard") return [];
  const found: Replacement[] = [];
  for (let index = 0; index < text.tokens.length; index++) {
    const key = text.key(index);
    const replacement = key.startsWith("$") || key.includes("-") ? findWritten(text, index) : undefined;
    const spoken = replacement ?? (isNumberWord(key) || key === "a" ? findSpoken(text, index) : undefined);
    if (spoken === undefined) continue;
    found.push(spoken);
    index += spoken.count - 1;
  }
  return found;
}
