import { countColumns, countLineColumns, endsExtended } from "../cea608/transliterate.ts";
import type { CueProfile, SpeakerLabels } from "../quality/caption-profile.ts";
import type { Word } from "../word.ts";
import { endsSentence } from "./sentence-end.ts";

/** A word as the segmenter uses it: measured, and short enough for one line. */
export interface Token {
  readonly text: string;
  readonly columns: number;
  /** Additional columns that it needs at the end of a line (see `countLineColumns`). */
  readonly atLineEnd: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly endsSentence: boolean;
  /** True when the next token is the rest of the same, overlong word: no space between them. */
  readonly splitWord: boolean;
  /** True when it should stay with the next token: a speaker's name, a sound in brackets. */
  readonly bindsNext: boolean;
  /** True when a caption must begin here: another speaker, a sound. */
  readonly beginsCue: boolean;
  readonly speaker: string | undefined;
}

/** Maximum number of words of a sound in brackets; with more, the bracket was never closed. */
const maxSoundWords = 6;

/** Not sounds, but inaudible words: they belong to their sentence. */
const inaudiblePattern = /^\[(inaudible|unintelligible|indiscernible|crosstalk|foreign|unknown|blank)/i;
/**
 * A sound is separate from the text: before it a sentence has ended, or nothing was said for this many milliseconds.
 */
const soundPauseMs = 300;

/** Finds words that form sounds, `[gavel bangs]`: maps the index of the first word of each to that of its last. */
function findSounds(words: readonly Word[]): ReadonlyMap<number, number> {
  const sounds = new Map<number, number>();
  for (let first = 0; first < words.length; first++) {
    const text = words[first]?.text ?? "";
    if (!/^\[\p{L}/u.test(text) || inaudiblePattern.test(text) || !isApart(words, first)) continue;
    for (let last = first; last < Math.min(words.length, first + maxSoundWords); last++) {
      if (!/\][.!?]?$/.test(words[last]?.text ?? "")) continue;
      sounds.set(first, last);
      first = last;
      break;
    }
  }
  return sounds;
}

function isApart(words: readonly Word[], index: number): boolean {
  const before = words[index - 1];
  const at = words[index];
  if (before === undefined || at === undefined) return true;
  return endsSentence(before.text, at.text) || at.startMs - before.endMs >= soundPauseMs || /\]$/.test(before.text);
}

/** The label before the first word of a new speaker. */
export function formatSpeakerLabel(speaker: string, labels: SpeakerLabels): readonly string[] {
  if (labels === "none") return [];
  if (labels === "arrows") return [">>"];
  return `>> ${speaker.toUpperCase()}:`.split(/\s+/u);
}

/** Measures words and splits those that are longer than a line (web addresses) into pieces that fit. */
export function toTokens(
  words: readonly Word[],
  profile: Pick<CueProfile, "maxLineLength" | "speakerLabels">,
): readonly Token[] {
  const tokens: Token[] = [];
  const spokenWords = words.filter((word) => word.text.trim() !== "");
  const sounds = findSounds(spokenWords);
  let speaker: string | undefined;
  let soundEnd = -1;
  spokenWords.forEach((word, index) => {
    const isNewSpeaker = word.speaker !== undefined && word.speaker !== speaker;
    speaker = word.speaker ?? speaker;
    const isAfterSound = index > 0 && index === soundEnd + 1;
    const end = sounds.get(index);
    if (end !== undefined) soundEnd = end;
    const beginsCue = isNewSpeaker || isAfterSound || end !== undefined;
    const label =
      isNewSpeaker && end === undefined ? formatSpeakerLabel(word.speaker ?? "", profile.speakerLabels) : [];
    const at = { startMs: word.startMs, endMs: word.startMs };
    const pieces = [
      ...label.flatMap((text) => pieceTokens(text, { ...word, ...at }, profile.maxLineLength, true)),
      ...pieceTokens(
        word.text.replace(/\s+/gu, " ").trim(),
        word,
        profile.maxLineLength,
        index < soundEnd,
        spokenWords[index + 1]?.text,
      ),
    ];
    pieces.forEach((piece, position) => {
      tokens.push({ ...piece, speaker, beginsCue: beginsCue && position === 0 });
    });
  });
  return tokens;
}

type Piece = Omit<Token, "speaker" | "beginsCue">;

function pieceTokens(
  text: string,
  word: Word,
  maxLineLength: number,
  bindsNext: boolean,
  next?: string,
): readonly Piece[] {
  if (countLineColumns(text) > maxLineLength) return splitWord(text, word, maxLineLength, bindsNext);
  const { startMs, endMs } = word;
  return [{ ...measured(text), startMs, endMs, endsSentence: endsSentence(text, next), splitWord: false, bindsNext }];
}

function measured(text: string): Pick<Token, "text" | "columns" | "atLineEnd"> {
  return { text, columns: countColumns(text), atLineEnd: endsExtended(text) ? 1 : 0 };
}

function splitWord(text: string, word: Word, maxLineLength: number, bindsNext: boolean): readonly Piece[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of text) {
    if (piece !== "" && countLineColumns(piece + character) > maxLineLength) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  pieces.push(piece);
  const span = word.endMs - word.startMs;
  return pieces.map((part, index) => ({
    ...measured(part),
    startMs: word.startMs + Math.floor((span * index) / pieces.length),
    endMs: word.startMs + Math.floor((span * (index + 1)) / pieces.length),
    endsSentence: index === pieces.length - 1 && endsSentence(part),
    splitWord: index < pieces.length - 1,
    bindsNext: bindsNext && index === pieces.length - 1,
  }));
}

/** Tokens with prefix sums, so that the segmenter can measure any run of them in constant time. */
export class TokenTable {
  readonly tokens: readonly Token[];
  /** Cost of a break after each token. */
  readonly breakAfter: Float64Array;
  readonly #columnsBefore: Float64Array;
  readonly #sentenceEndsBefore: Int32Array;

  constructor(tokens: readonly Token[], breakCost: (before: Token, after: Token) => number) {
    this.tokens = tokens;
    this.breakAfter = new Float64Array(tokens.length);
    this.#columnsBefore = new Float64Array(tokens.length + 1);
    this.#sentenceEndsBefore = new Int32Array(tokens.length + 1);
    tokens.forEach((token, index) => {
      const next = tokens[index + 1];
      this.breakAfter[index] = next === undefined ? 0 : breakCost(token, next);
      const space = token.splitWord ? 0 : 1;
      this.#columnsBefore[index + 1] = (this.#columnsBefore[index] as number) + token.columns + space;
      this.#sentenceEndsBefore[index + 1] = (this.#sentenceEndsBefore[index] as number) + (token.endsSentence ? 1 : 0);
    });
  }

  /** Columns that the tokens from `first` to `last` take on one line. */
  columns(first: number, last: number): number {
    const end = this.tokens[last] as Token;
    const space = end.splitWord ? 0 : 1;
    const shown = (this.#columnsBefore[last + 1] as number) - (this.#columnsBefore[first] as number) - space;
    return shown + end.atLineEnd;
  }

  /** Sentences that end inside the run, before its last token. */
  sentenceEndsInside(first: number, last: number): number {
    return (this.#sentenceEndsBefore[last] as number) - (this.#sentenceEndsBefore[first] as number);
  }
}
