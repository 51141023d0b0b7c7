/**
 * The cost of each kind of break. Rules: DCMP Captioning Key and Netflix agree on breaking after punctuation and before
 * conjunctions and prepositions, and on keeping article + noun, title + name, first + last name, number + unit together
 * (electron/captions/README.md, "Where lines break").
 */
import { bare } from "./sentence-end.ts";
import type { Token } from "./tokens.ts";

/** The weights. Only their proportions matter: the cut with the smallest sum wins. */
export const costs = {
  /** Cost of each cue, so that text is not cut into more cues than necessary. */
  cue: 6,
  break: {
    afterSentence: 0,
    afterClause: 3,
    beforeConjunction: 6,
    beforePreposition: 8,
    elsewhere: 14,
    insideUnit: 60,
  },
  /** A pause of `longPauseMs` reduces the cost of a break there by this. */
  pauseRelief: 8,
  /** A sentence that ends inside a cue, and one that ends inside a line. */
  sentenceEndInCue: 6,
  sentenceEndInLine: 4,
  /** A pause of more than half of `longPauseMs` inside a cue. */
  pauseInCue: 6,
  /** A cue that can stay for only half of its minimum duration costs half of this. */
  tooShort: 40,
  /** A cue whose successor begins so soon (1.5 s) that it can hardly be loaded in time. */
  hardToLoad: 10,
  /** Reading speed at twice the limit. */
  tooFast: 40,
  /** A line break costs this share of the same break between cues. */
  lineBreakShare: 0.6,
  /** Per column of difference between the lines of a cue. */
  imbalance: 0.25,
  /** Added when the upper line is longer: the pyramid shape is easier to read. */
  topHeavy: 1,
} as const;

const conjunctions = new Set("and but or nor so yet because that which who if when while although unless".split(" "));
const prepositions = new Set(
  "of in on at to for from with by about into over after before between through during under against until as".split(
    " ",
  ),
);
/** Words that belong to the word after them. */
const bindsForward = new Set(
  (
    "a an the this that these those my your his her its our their some any no each every " +
    "mr mrs ms dr mayor councilmember council chief officer administrator commissioner chair president senator " +
    "i we you he she they is are was were will would can could shall should may might must do does did has have had " +
    "not to item number ordinance resolution section highway route street st"
  ).split(" "),
);

function endsClause(text: string): boolean {
  return /[,;:…—–]["'”’)\]]*$/u.test(text);
}

/** True when the two words should stay on one line. */
function isUnit(before: Token, after: Token): boolean {
  const left = bare(before.text);
  if (left === "council" && bare(after.text) !== "member") return false;
  if (bindsForward.has(left)) return true;
  if (/\d$/.test(before.text) && /^(\p{L}|%)/u.test(after.text)) return true;
  // "Council member Anderson".
  if (left === "member" && /^\p{Lu}/u.test(after.text)) return true;
  // First and last name, or any run of capitalized words.
  return /^\p{Lu}/u.test(before.text) && /^\p{Lu}/u.test(after.text) && left !== "i";
}

/** Cost of a break between two words, before the pause between them is taken into account. */
export function breakCost(before: Token, after: Token): number {
  const { break: cost } = costs;
  // A name in a speaker label may look like the end of a sentence ("MR. SMITH:").
  if (before.bindsNext) return cost.insideUnit;
  if (before.endsSentence) return cost.afterSentence;
  if (endsClause(before.text)) return cost.afterClause;
  if (before.splitWord || isUnit(before, after)) return cost.insideUnit;
  const right = bare(after.text);
  if (conjunctions.has(right)) return cost.beforeConjunction;
  if (prepositions.has(right)) return cost.beforePreposition;
  return cost.elsewhere;
}
