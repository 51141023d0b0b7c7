/** What is offered in place of a word of a caption. Pure. */
import { bare, trimPunctuation } from "../segmentation/sentence-end.ts";
import { editDistance } from "../text/edit-distance.ts";
import { findEmbarrassingWords } from "../text/embarrassing-words.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";
import { type AlignedWord, wordsDuring } from "./align-words.ts";

/** Maximum number of suggestions, each chosen with a key. */
const maxSuggestions = 5;

export interface SuggestionInput {
  /** The word, with its punctuation. */
  readonly word: string;
  /** A dictionary or a list of names contains it. */
  readonly isKnown: boolean;
  /** The name that it was found to sound like. */
  readonly nearName?: string | undefined;
  /** Names of the city. */
  readonly names: readonly string[];
  /** What the recognizer has there instead. */
  readonly alternatives: readonly string[];
  /** The dictionary's neighbors of the word, best first. */
  readonly neighbors: readonly string[];
}

/**
 * Names of the city first, then what the recognizer has, then the dictionary's neighbors. A word that is spelled right has
 * neighbors too, but nothing says that one of them was meant: they are offered for unknown words only. An embarrassing
 * word is never offered by the dictionary.
 */
export function suggestWords(input: SuggestionInput): readonly string[] {
  const { word, isKnown, nearName, names, alternatives, neighbors } = input;
  const plain = bare(word);
  const alike = names
    .map((name) => ({ name, distance: editDistance(bare(name.replaceAll(" ", "")), plain) }))
    .filter(({ distance }) => distance > 0 && distance <= Math.max(1, Math.floor(plain.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  const spelled = isKnown ? [] : neighbors.filter((neighbor) => findEmbarrassingWords(neighbor).length === 0);
  const found = [...new Set([...(nearName === undefined ? [] : [nearName]), ...alike, ...alternatives, ...spelled])];
  return found.filter((each) => each !== word && bare(each) !== "").slice(0, maxSuggestions);
}

/**
 * What was recognized where a caption now has a word that a person has written: the recognizer's words in that time which
 * the caption does not contain otherwise, as one text.
 * @param words the words of the caption
 * @param index place of the written word
 * @param recognized all recognized words, in order of time
 */
export function listAlternatives(
  words: readonly AlignedWord[],
  index: number,
  recognized: readonly Word[],
): readonly string[] {
  const word = words[index];
  if (word === undefined || word.source !== undefined) return [];
  const kept = new Set(words.flatMap(({ source }) => source ?? []));
  const span: TimeSpan = { startMs: word.startMs, endMs: word.endMs };
  const [first, end] = wordsDuring(recognized, span);
  const heard = recognized.slice(first, end).filter((_, offset) => !kept.has(first + offset));
  const text = trimPunctuation(heard.map((each) => each.text).join(" "));
  return text === "" || bare(text.replaceAll(" ", "")) === bare(word.text) ? [] : [text];
}
