/**
 * What the house style has written into captions, and how it is taken back: the words as they were recognized return, as an
 * edit like any other.
 */
import { append } from "../append.ts";
import type { PlacedStyleEdit } from "../house-style/styled-words.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import type { Word } from "../word.ts";
import { type AlignedWord, wordsDuring } from "./align-words.ts";
import type { CommandFor } from "./command.ts";
import { placedWords, wordsOfText } from "./cue-text.ts";
import type { EditCue } from "./document.ts";
import { relineCue } from "./find.ts";

/** An edit of the style that still stands in the captions. */
export interface StyleInCaptions {
  readonly edit: PlacedStyleEdit;
  /** Where its written words are, in order: the id of the caption, and the index of the word in it. */
  readonly places: readonly { readonly cue: number; readonly word: number }[];
}

export interface StyleFacts {
  /** The words as the city writes them, in order of time. */
  readonly words: readonly Word[];
  readonly edits: readonly PlacedStyleEdit[];
  /** The words of a caption, aligned with `words`. */
  readonly align: (cue: EditCue) => readonly AlignedWord[];
}

/** A word without the punctuation around it that a person may have changed: `$5`, `5%` and `6:58` keep their signs. */
const withoutPunctuation = (text: string): string => text.replace(/^["'“‘([]+|[.,;:!?"'”’)\]]+$/gu, "");

/** True if edits of the style lie between two of the written words. */
function findEditsBetween(edits: readonly PlacedStyleEdit[], first: number, end: number): boolean {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const edit = edits[middle] as PlacedStyleEdit;
    if (edit.first + edit.count <= first) low = middle + 1;
    else high = middle;
  }
  return (edits[low]?.first ?? Number.POSITIVE_INFINITY) < end;
}

/** Lists the edits of the style that stand in captions as they were written, in order of time. */
export function listStyleInCaptions(cues: readonly EditCue[], facts: StyleFacts): readonly StyleInCaptions[] {
  const { words, edits, align } = facts;
  const places = new Map<number, { readonly cue: number; readonly word: number }>();
  for (const cue of cues) {
    if (!findEditsBetween(edits, ...wordsDuring(words, cue))) continue;
    align(cue).forEach(({ text, source }, word) => {
      if (source === undefined || places.has(source)) return;
      if (withoutPunctuation(text) === withoutPunctuation(words[source]?.text ?? ""))
        places.set(source, { cue: cue.id, word });
    });
  }
  return edits.flatMap((edit) => {
    const own = Array.from({ length: edit.count }, (_, offset) => places.get(edit.first + offset));
    const found = own.filter((place) => place !== undefined);
    return found.length === edit.count && areInRow(found) ? [{ edit, places: found }] : [];
  });
}

/** True if nothing stands between the words in their caption. */
const areInRow = (places: StyleInCaptions["places"]): boolean =>
  places.every((place, index) => {
    const before = places[index - 1];
    return before === undefined || before.cue !== place.cue || place.word === before.word + 1;
  });

/** The recognized words that return in the place of each written one. */
function shareRecognized({ edit, places }: StyleInCaptions): readonly (readonly string[])[] {
  const heard = wordsOfText(edit.heard);
  const isOneCue = places.every(({ cue }) => cue === places[0]?.cue);
  // In one caption all of them stand together; over two, each has its share.
  if (isOneCue) return places.map((_, index) => (index === 0 ? heard : []));
  const share = (index: number): number => Math.round((index * heard.length) / places.length);
  return places.map((_, index) => heard.slice(share(index), share(index + 1)));
}

/**
 * The command that takes edits of the style back, in one step.
 * @param list what the step is called in the history
 * @returns undefined: there is nothing to take back
 */
export function takeBackStyle(
  cues: readonly EditCue[],
  styled: readonly StyleInCaptions[],
  list: string,
  profile: CueProfile,
): CommandFor<"fix"> | undefined {
  const returning = new Map<number, Map<number, readonly string[]>>();
  for (const each of styled) {
    const heard = shareRecognized(each);
    each.places.forEach(({ cue, word }, index) => {
      const own = returning.get(cue) ?? new Map<number, readonly string[]>();
      own.set(word, heard[index] ?? []);
      returning.set(cue, own);
    });
  }
  const changed = cues.flatMap((cue) => {
    const own = returning.get(cue.id);
    if (own === undefined) return [];
    const rows: string[][] = cue.lines.map(() => []);
    placedWords(cue.lines).forEach(({ text, line }, index) => {
      append(rows[line] ?? [], own.get(index) ?? [text]);
    });
    const lines = relineCue(
      rows.map((row) => row.join(" ")),
      profile,
    );
    return lines.join("\n") === cue.lines.join("\n") ? [] : [{ cue: cue.id, lines: [...lines] }];
  });
  return changed.length === 0 ? undefined : { type: "fix", list, cues: changed };
}
