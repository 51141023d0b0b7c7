/**
 * Compares what two models recognized in the same sound. Where they disagree, one of them is wrong, and it is worth
 * listening. How a word is written is no disagreement: numbers, capitals, punctuation, one word or two, and the
 * spelling of Britain or the United States differ from window to window of one model.
 */
import { diffArrays } from "diff";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { isSpokenWord } from "./spoken-word.ts";

/** A place where two hearings differ. */
export interface Disagreement extends TimeSpan {
  /** Index of the first recognized word that the other hearing has otherwise, and of the last + 1; equal: it has more. */
  readonly from: number;
  readonly to: number;
  /** What the other hearing has there; empty: nothing. */
  readonly other: string;
}

interface Token {
  readonly key: string;
  /** Index of its word. */
  readonly word: number;
}

const units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
const tens = "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety";
const ordinals = "first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth thirtieth";
/** Words for numbers; "second" is not among them, because motions are seconded. */
const numberWords: ReadonlySet<string> = new Set(`${units} ${tens} ${ordinals} hundred thousand million`.split(" "));
const anyNumber = "#";

/** The endings that are written in two ways. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/our(s|ed|ing|able|ite|ites|hood|hoods)?$/, "or$1"],
  [/is(e|es|ed|ing|ation|ations)$/, "iz$1"],
  [/ll(ed|ing|er|ers)$/, "l$1"],
  [/tre(s)?$/, "ter$1"],
  [/ogue(s)?$/, "og$1"],
];

function toKey(text: string): string {
  if (/\p{N}/u.test(text) || numberWords.has(text)) return anyNumber;
  if (text.length < 5) return text;
  return spellings.reduce((key, [ending, american]) => key.replace(ending, american), text);
}

/** The tokens of words; a run of numbers is one: "twenty twenty six" and "2026" are the same year. */
function toTokens(words: readonly Word[]): readonly Token[] {
  const tokens = words.flatMap(({ text }, word) => {
    const plain = text.normalize("NFC").toLowerCase().replace(/['’]/g, "");
    const parts = plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? (isSpokenWord(text) ? [text] : []);
    return parts.map((part): Token => ({ key: toKey(part), word }));
  });
  return tokens.filter(({ key }, index) => key !== anyNumber || tokens[index - 1]?.key !== anyNumber);
}

/** Two hearings of the same minute or two: comparing grows with the square of what differs. */
const maxBlockWords = 300;
/** A pause that both hearings have, in milliseconds. */
const minSharedPauseMs = 200;

interface Block {
  /** Index of the first word of each hearing. */
  readonly first: number;
  readonly other: number;
}

/** Cuts two hearings of a long recording in pauses that both of them have. */
function listBlocks(words: readonly Word[], others: readonly Word[]): readonly Block[] {
  const blocks: Block[] = [{ first: 0, other: 0 }];
  let other = 0;
  for (let at = 1; at < words.length; at++) {
    const start = blocks.at(-1) as Block;
    if (at - start.first < maxBlockWords / 2) continue;
    const [before, after] = [words[at - 1] as Word, words[at] as Word];
    if (after.startMs - before.endMs < minSharedPauseMs) continue;
    const middle = (before.endMs + after.startMs) / 2;
    while (other < others.length && (others[other] as Word).startMs < middle) other++;
    const isShared = ((others[other - 1]?.endMs ?? 0) as number) <= middle;
    if (isShared) blocks.push({ first: at, other });
  }
  return blocks;
}

/**
 * Finds the places where two hearings of the same sound disagree, in order of time.
 * @param words what was recognized, in order of time
 * @param others what another model recognized
 */
export function compareHearings(words: readonly Word[], others: readonly Word[]): readonly Disagreement[] {
  const blocks = listBlocks(words, others);
  return blocks.flatMap(({ first, other }, index) => {
    const next = blocks[index + 1];
    const [own, theirs] = [words.slice(first, next?.first), others.slice(other, next?.other)];
    return compareBlock(own, theirs).map((found) => ({ ...found, from: found.from + first, to: found.to + first }));
  });
}

function compareBlock(words: readonly Word[], others: readonly Word[]): readonly Disagreement[] {
  const [own, theirs] = [toTokens(words), toTokens(others)];
  const found: Disagreement[] = [];
  let [at, otherAt] = [0, 0];
  let pending: { readonly own: Token[]; readonly theirs: Token[] } = { own: [], theirs: [] };
  const settle = (): void => {
    const disagreement = toDisagreement(pending.own, pending.theirs, words, others, own[at]?.word ?? words.length);
    if (disagreement !== undefined) found.push(disagreement);
    pending = { own: [], theirs: [] };
  };
  const changes = diffArrays(
    own.map(({ key }) => key),
    theirs.map(({ key }) => key),
  );
  for (const { added, removed, value } of changes) {
    const { length } = value;
    if (!added && !removed) settle();
    if (removed) pending.own.push(...own.slice(at, at + length));
    if (added) pending.theirs.push(...theirs.slice(otherAt, otherAt + length));
    if (!added) at += length;
    if (!removed) otherAt += length;
  }
  settle();
  return found;
}

const joinKeys = (tokens: readonly Token[]): string => tokens.map(({ key }) => key).join("");

function toDisagreement(
  own: readonly Token[],
  theirs: readonly Token[],
  words: readonly Word[],
  others: readonly Word[],
  next: number,
): Disagreement | undefined {
  // One word in two parts, or nothing at all.
  if (joinKeys(own) === joinKeys(theirs)) return undefined;
  const from = own[0]?.word ?? next;
  const to = own.length === 0 ? from : (own.at(-1)?.word ?? from) + 1;
  const otherWords = theirs.length === 0 ? [] : others.slice(theirs[0]?.word, (theirs.at(-1)?.word ?? 0) + 1);
  const heard = own.length === 0 ? otherWords : words.slice(from, to);
  const startMs = heard[0]?.startMs ?? 0;
  return {
    from,
    to,
    startMs,
    endMs: Math.max(startMs + 1, heard.at(-1)?.endMs ?? 0),
    other: otherWords.map(({ text }) => text).join(" "),
  };
}
