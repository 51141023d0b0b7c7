/** Titles as a city writes them: `Councilmember` or `Council Member`, `Councilor`, `Mr.`, `Vice Mayor`, `pro tem`. */
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText, StyleToken } from "../token.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const oneWord = /^council-?(member|man|woman|person)(s|'s|s')?(-elect)?$/;
const secondWord = /^(member|man|woman|person)(s|'s|s')?(-elect)?$/;

/** "Council members of the public may speak": not one title. */
const isOfPublic = (text: StyleText, last: number): boolean =>
  text.following(last) === "of" &&
  /^(the|our)$/.test(text.key(last + 2)) &&
  /^(public|audience|community|staff)$/.test(text.key(last + 3));

interface CouncilTitle {
  readonly count: number;
  readonly role: string;
  /** `s`, `'s` and `-elect`, as they were written. */
  readonly ending: string;
  /** True if the second word has a capital, or the only word one that is not a sentence's. */
  readonly hasTitleCase: boolean;
}

function readCouncilTitle(text: StyleText, first: number): CouncilTitle | undefined {
  const token = text.tokens[first];
  const single = oneWord.exec(token?.key ?? "");
  if (single !== null) {
    const [, role = "", plural = "", elect = ""] = single;
    return { count: 1, role, ending: plural + elect, hasTitleCase: text.isNameLike(first) };
  }
  if (token?.key !== "council" || !text.isTight(first)) return undefined;
  const second = secondWord.exec(text.key(first + 1));
  if (second === null || isOfPublic(text, first + 1)) return undefined;
  const [, role = "", plural = "", elect = ""] = second;
  const hasTitleCase = text.tokens[first + 1]?.isCapital === true;
  // "The council man the booth": only before a name, or written as a title.
  if (role !== "member" && !hasTitleCase && !precedesName(text, first + 1)) return undefined;
  return { count: 2, role, ending: plural + elect, hasTitleCase };
}

/** True if a name follows the word. */
function precedesName(text: StyleText, last: number): boolean {
  return text.isTight(last) && text.tokens[last + 1]?.isCapital === true && text.key(last + 1) !== "i";
}

function writeCouncilTitle(
  text: StyleText,
  first: number,
  title: CouncilTitle,
  style: HouseStyle,
): Replacement | undefined {
  const { count, role, ending, hasTitleCase } = title;
  const token = text.tokens[first] as StyleToken;
  const isTitle = hasTitleCase || precedesName(text, first + count - 1);
  const written = (word: string, isCapital: boolean): string => (isCapital ? capital(word) : word);
  const isCapital = token.isCapital || isTitle;
  if (role !== "member") {
    const isJoined = style.titles === "Councilmember" || style.titles === "Council Member";
    return isJoined ? text.replace(first, count, [written(`council${role}${ending}`, isCapital)]) : undefined;
  }
  if (style.titles === "Councilmember")
    return text.replace(first, count, [written(`councilmember${ending}`, isCapital)]);
  if (style.titles === "Council Member")
    return text.replace(first, count, [written("council", isCapital), written(`member${ending}`, isTitle)]);
  return undefined;
}

/** "Counselor Diaz" is a member of a council where members are called so. */
function findCouncilor(text: StyleText, index: number, style: HouseStyle): Replacement | undefined {
  if (style.titles !== "Councilor" && style.titles !== "Councillor") return undefined;
  const [, kind, plural = ""] = /^coun(cil|sel)l?or(s|'s|s')?$/.exec(text.key(index)) ?? [];
  const token = text.tokens[index];
  if (token === undefined || kind === undefined || (kind === "sel" && !precedesName(text, index))) return undefined;
  const word = `${style.titles.toLowerCase()}${plural}`;
  return text.replace(index, 1, [token.isCapital || precedesName(text, index) ? capital(word) : word]);
}

const addressed = /^(mayor|chair|chairman|chairwoman|chairperson|president|vice|clerk|speaker|secretary)$/;
/** "Mister" and "Mr" by spelling; the abbreviation ends with a period in the United States only. */
const misters: Readonly<Record<string, string>> = { mister: "Mr", mr: "Mr", mrs: "Mrs", ms: "Ms" };

function findAddress(text: StyleText, index: number, style: HouseStyle): Replacement | undefined {
  const token = text.tokens[index] as StyleToken;
  const next = text.tokens[index + 1];
  if (next === undefined || token.breaksAfter || next.lead !== "" || !next.isCapital) return undefined;
  if (token.key === "madame" && token.tail === "" && addressed.test(next.key)) {
    return text.replace(index, 1, [token.isCapital ? "Madam" : "madam"]);
  }
  const short = misters[token.key];
  if (short === undefined || !/^\.?$/.test(token.tail) || style.spelling === "as-heard") return undefined;
  if (!token.isCapital && token.key !== "mister") return undefined;
  return { first: index, count: 1, texts: [`${token.lead}${short}${style.spelling === "us" ? "." : ""}`] };
}

function findOther(text: StyleText, index: number): Replacement | undefined {
  const token = text.tokens[index] as StyleToken;
  if (token.key === "vice-mayor") {
    const isTitle = /-M/u.test(token.core) || precedesName(text, index);
    return text.replace(index, 1, isTitle ? ["Vice", "Mayor"] : [token.isCapital ? "Vice" : "vice", "mayor"]);
  }
  if (token.key === "pro-tem" && /^(mayor|president|chair|speaker)$/.test(text.preceding(index))) {
    return text.replace(index, 1, /-T/u.test(token.core) ? ["Pro", "Tem"] : [token.isCapital ? "Pro" : "pro", "tem"]);
  }
  return undefined;
}

/** Finds the titles that the style writes otherwise. What was said stays: a council member never becomes a councilor. */
export function findTitles(text: StyleText, style: HouseStyle): readonly Replacement[] {
  if (style.titles === "as-heard") return [];
  const found: Replacement[] = [];
  for (let index = 0; index < text.tokens.length; index++) {
    const title = readCouncilTitle(text, index);
    const replacement =
      title === undefined
        ? (findCouncilor(text, index, style) ?? findAddress(text, index, style) ?? findOther(text, index))
        : writeCouncilTitle(text, index, title, style);
    if (replacement === undefined) continue;
    found.push(replacement);
    index += replacement.count - 1;
  }
  return found;
}
