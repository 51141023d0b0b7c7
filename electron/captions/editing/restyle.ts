/** Writes captions as their city writes: the style sees the words of all of them, as they are spoken on over their borders. */
import { findStyleEdits, type StyleOptions } from "../house-style/find-style-edits.ts";
import { isNumberWord } from "../house-style/numbers.ts";
import type { StyleEdit } from "../house-style/style-edit.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { bare } from "../segmentation/sentence-end.ts";
import { hasTurns, isLead, layOutWords, wordsOfText } from "./cue-text.ts";
import type { EditCue } from "./document.ts";

export interface Restyled {
  readonly cue: EditCue;
  readonly lines: readonly string[];
  /** What is written otherwise, in order. */
  readonly edits: readonly StyleEdit[];
}

export interface RestyleOptions extends StyleOptions {
  /** True for what stays as it is: a person has taken it back, or it may be a name. */
  readonly isKept?: (cue: EditCue, edit: StyleEdit) => boolean;
}

interface PlacedWord {
  readonly text: string;
  readonly cue: EditCue;
  /** Its line where two people speak, whose turns are written each by itself; otherwise 0. */
  readonly line: number;
}

/** Signs of a new speaker are no words: a sentence begins after them. */
const listWords = (cue: EditCue): readonly PlacedWord[] => {
  const isTurns = hasTurns(cue.lines);
  return cue.lines.flatMap((text, index) =>
    wordsOfText(text)
      .filter((word) => !isLead(word))
      .map((word) => ({ text: word, cue, line: isTurns ? index : 0 })),
  );
};

const isNumeral = (word: PlacedWord | undefined): boolean =>
  word !== undefined && (/\d/.test(word.text) || isNumberWord(bare(word.text).toLowerCase()));

/** An amount that begins in one caption and ends in the next would be written as two. */
function crossesBorder(words: readonly PlacedWord[], { wordIndex: first, wordCount }: StyleEdit): boolean {
  const last = first + wordCount - 1;
  const isSame = (a: number, b: number): boolean =>
    words[a]?.cue === words[b]?.cue && words[a]?.line === words[b]?.line;
  if (!isSame(first, last)) return true;
  if (first > 0 && !isSame(first - 1, first) && isNumeral(words[first - 1]) && isNumeral(words[first])) return true;
  return !isSame(last, last + 1) && isNumeral(words[last]) && isNumeral(words[last + 1]);
}

/** The words of a line, or of a caption, with what is written instead of some of them; the sign of a speaker stays. */
function writeWords(texts: readonly string[], from: number, edits: readonly StyleEdit[]): readonly string[] {
  const written: string[] = [];
  let word = from;
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] ?? "";
    if (isLead(text)) {
      written.push(text);
      continue;
    }
    const edit = edits.find(({ wordIndex, wordCount }) => word >= wordIndex && word < wordIndex + wordCount);
    if (edit === undefined) written.push(text);
    else if (edit.wordIndex === word) written.push(...edit.written.split(" "));
    word++;
  }
  return written;
}

/** @param cues in order. @returns Those that are written otherwise */
export function restyle(cues: readonly EditCue[], options: RestyleOptions, profile: CueProfile): readonly Restyled[] {
  const words = cues.flatMap(listWords);
  // Nothing but their order counts here.
  const spoken = words.map(({ text }, at) => ({ text, startMs: at, endMs: at + 1, probability: 1 }));
  const edits = findStyleEdits(spoken, options).filter((edit) => {
    const cue = words[edit.wordIndex]?.cue;
    return cue !== undefined && !crossesBorder(words, edit) && options.isKept?.(cue, edit) !== true;
  });
  const byCue = Map.groupBy(edits, ({ wordIndex }) => words[wordIndex]?.cue);
  const begins = new Map<EditCue, number>();
  for (const [index, { cue }] of words.entries()) if (!begins.has(cue)) begins.set(cue, index);
  return cues.flatMap((cue) => {
    const own = byCue.get(cue);
    if (own === undefined) return [];
    const isTurns = hasTurns(cue.lines);
    let from = begins.get(cue) ?? 0;
    const written = (isTurns ? cue.lines : [cue.lines.join(" ")]).map((text) => {
      const texts = wordsOfText(text);
      const words = writeWords(texts, from, own);
      from += texts.filter((word) => !isLead(word)).length;
      return words;
    });
    const lines = isTurns ? written.map((line) => line.join(" ")) : layOutWords(written.flat(), profile);
    return [{ cue, lines, edits: own }];
  });
}
