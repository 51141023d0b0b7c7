/** Results of votes: "four to nothing" is `4-0` or `4 to 0`, but only where a vote is spoken of. */
import { parseSmallNumber } from "../numbers.ts";
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";

/** Words after which a result follows, with nothing but `between` in between. */
const outcomes = new Set(
  (
    "carries carried carry passes passed pass fails failed fail prevails prevailed approved approve adopted adopts " +
    "defeated denied rejected upheld vote votes voted voting tally"
  ).split(" "),
);
const between = new Set(
  "of by was is were a an on it the that motion motions ordinance resolution amendment measure vote count final roll call also unanimously with".split(
    " ",
  ),
);
/** "A five to four vote", "a 4-to-1 decision". */
const afterwards = new Set("vote votes decision majority split".split(" "));

/** What may follow a result in its clause; before anything else it is a count of something: "five to four lanes". */
const followers = new Set(
  (
    "in with and but so on by for against that this it i we the as last tonight today yesterday after before because " +
    "which where while when motion ordinance resolution"
  ).split(" "),
);

const zeros = new Set(["nothing", "zero", "nil", "none"]);

/** No council and no hall has more votes on one side. */
const maxVotes = 60;

interface VoteResult {
  readonly count: number;
  readonly yes: number;
  readonly no: number;
  /** "Four to nothing", which nothing else is counted in. */
  readonly saysNothing: boolean;
}

function parseSide(key: string): number | undefined {
  if (zeros.has(key)) return 0;
  const value = parseSmallNumber(key);
  return value === undefined || value > maxVotes ? undefined : value;
}

/** A result in one word: `4-0`, `4-to-nothing`, `four-three`. */
function readOneWord(key: string): Omit<VoteResult, "count"> | undefined {
  const parts = key.replace(/–/gu, "-").split("-");
  const isSpoken = parts.length === 3 && parts[1] === "to";
  if (parts.length !== 2 && !isSpoken) return undefined;
  // "Twenty-six" is one number.
  if (parts.length === 2 && parseSmallNumber(key) !== undefined) return undefined;
  const yes = parseSide(parts[0] ?? "");
  const last = parts.at(-1) ?? "";
  const no = last === "oh" || last === "o" ? 0 : parseSide(last);
  if (yes === undefined || no === undefined || zeros.has(parts[0] ?? "")) return undefined;
  return { yes, no, saysNothing: zeros.has(last) };
}

function readResult(text: StyleText, first: number): VoteResult | undefined {
  const key = text.key(first);
  const joined = readOneWord(key);
  if (joined !== undefined) return { count: 1, ...joined };
  const yes = zeros.has(key) ? undefined : parseSide(key);
  if (yes === undefined || !text.areTight(first, 3) || text.key(first + 1) !== "to") return undefined;
  const last = text.key(first + 2);
  const no = parseSide(last);
  return no === undefined ? undefined : { count: 3, yes, no, saysNothing: zeros.has(last) };
}

/** True if the words before say that a result follows: "the motion carries", "by a vote of". */
function followsOutcome(text: StyleText, first: number): boolean {
  const { sentence } = text.tokens[first] ?? {};
  for (let index = first - 1; index >= Math.max(0, first - 8); index--) {
    const token = text.tokens[index];
    if (token?.sentence !== sentence) return false;
    if (outcomes.has(token?.key ?? "")) return true;
    if (!between.has(token?.key ?? "")) return false;
  }
  return false;
}

const speaksOfVote = (text: StyleText, first: number): boolean => {
  const { sentence } = text.tokens[first] ?? {};
  for (let index = first - 1; index >= Math.max(0, first - 12); index--) {
    if (text.tokens[index]?.sentence !== sentence) return false;
    if (outcomes.has(text.key(index))) return true;
  }
  return false;
};

function isVote(text: StyleText, first: number, { count, saysNothing }: VoteResult): boolean {
  if (["from", "between", "at"].includes(text.preceding(first))) return false;
  const last = first + count - 1;
  const next = text.following(last);
  if (afterwards.has(next)) return true;
  if (next !== "" && !followers.has(next) && !text.isNameLike(last + 1)) return false;
  return followsOutcome(text, first) || (saysNothing && speaksOfVote(text, first));
}

/** Finds the results of votes; other pairs of numbers, such as scores, stay as they were recognized. */
export function findVotes(text: StyleText, { votes }: HouseStyle): readonly Replacement[] {
  if (votes === "as-heard") return [];
  const found: Replacement[] = [];
  for (let index = 0; index < text.tokens.length; index++) {
    const result = readResult(text, index);
    if (result === undefined || !isVote(text, index, result)) continue;
    const { yes, no, count } = result;
    found.push(text.replace(index, count, votes === "4-0" ? [`${yes}-${no}`] : [`${yes}`, "to", `${no}`]));
    index += count - 1;
  }
  return found;
}
