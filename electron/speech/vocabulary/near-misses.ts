/**
 * Finds words that sound or look like a name of the glossary and are spelled differently. They are proposed to the
 * editor, never replaced: "Jonson" may be a name too.
 */
import { doubleMetaphone } from "double-metaphone";
import { editDistance } from "../../captions/text/edit-distance.ts";
import type { Word } from "../../captions/word.ts";
import type { GlossaryProposal, GlossaryTerm } from "../../catalog/repositories/glossary.ts";
import { comparableWords } from "../recognition/word-error-rate.ts";

export interface GlossaryFindings {
  readonly proposals: readonly GlossaryProposal[];
  /** Terms that were recognized with their exact spelling. */
  readonly heardTerms: readonly string[];
}

/** Shorter names resemble too many other words. */
const minNameLength = 4;
/** Minimum likeness, half spelling and half sound; below it the words count as different. */
const minLikeness = 0.74;

interface PreparedTerm {
  readonly term: string;
  readonly words: readonly string[];
  readonly joined: string;
  readonly sounds: readonly string[];
}

/** A sequence of recognized words, joined without spaces. */
interface Run {
  readonly joined: string;
  readonly size: number;
  readonly sounds: () => readonly string[];
  readonly places: number[];
}

/**
 * Compares words with a glossary.
 * @param words of the whole transcription, in order
 */
export function findNearMisses(words: readonly Word[], glossary: readonly GlossaryTerm[]): GlossaryFindings {
  const texts = words.map(({ text }) => comparableWords(text).join(" "));
  const wanted = glossary.map(({ term }) => prepare(term)).filter(({ joined }) => joined.length >= minNameLength);
  const termsFound = new Set<string>();
  const taken = new Set<number>();
  for (const name of wanted) {
    for (const at of findOccurrences(name.words, texts)) {
      termsFound.add(name.term);
      for (let offset = 0; offset < name.words.length; offset++) taken.add(at + offset);
    }
  }
  // A name may have been recognized as one word fewer or more: "Birch wood", "Whitebear Lake".
  const sizes = new Set(wanted.flatMap(({ words: { length } }) => [length - 1, length, length + 1]));
  sizes.delete(0);
  const found = [...sizes].flatMap((size) => {
    const runs = buildRuns(texts, size, taken);
    const names = wanted.filter(({ words: { length } }) => Math.abs(length - size) <= 1);
    return names.flatMap((name) => runs.flatMap((run) => proposalsFor(name, run, words)));
  });
  return { proposals: bestOnes(found), heardTerms: [...termsFound].sort() };
}

/** Lists every distinct sequence of `size` words: a meeting repeats the same few thousand many times. */
function buildRuns(texts: readonly string[], size: number, taken: ReadonlySet<number>): readonly Run[] {
  const runs = new Map<string, Run>();
  for (let at = 0; at + size <= texts.length; at++) {
    let joined = "";
    let isFree = true;
    for (let offset = 0; offset < size && isFree; offset++) {
      const text = texts[at + offset] as string;
      isFree = text !== "" && !taken.has(at + offset);
      joined += text.replaceAll(" ", "");
    }
    if (!isFree) continue;
    const run = runs.get(joined);
    if (run === undefined) runs.set(joined, { joined, size, sounds: once(() => soundsLike(joined)), places: [at] });
    else run.places.push(at);
  }
  return [...runs.values()];
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

function prepare(term: string): PreparedTerm {
  const words = comparableWords(term);
  const joined = words.join("");
  return { term, words, joined, sounds: soundsLike(joined) };
}

function soundsLike(text: string): readonly string[] {
  return [...new Set(doubleMetaphone(text))].filter((sound) => sound !== "");
}

function findOccurrences(name: readonly string[], texts: readonly string[]): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at + name.length <= texts.length; at++) {
    if (name.every((word, offset) => texts[at + offset] === word)) places.push(at);
  }
  return places;
}

function proposalsFor(name: PreparedTerm, run: Run, words: readonly Word[]): readonly GlossaryProposal[] {
  // "white bear lake" differs from the name in capitals only, which is not a near miss.
  if (run.size === name.words.length && run.joined === name.joined) return [];
  const likeness = computeLikeness(name, run);
  if (likeness < minLikeness) return [];
  return run.places.map((at) => {
    const match = words.slice(at, at + run.size);
    const text = match.map((word) => word.text).join(" ");
    return {
      wordIndex: at,
      wordCount: run.size,
      heard: text.replace(/[.,;:!?]+$/u, ""),
      term: name.term,
      likeness: Math.round(likeness * 1000) / 1000,
      startMs: match[0]?.startMs ?? 0,
      endMs: match.at(-1)?.endMs ?? 1,
    };
  });
}

/** Cheap checks come first: every name is compared with every word sequence of six hours. */
function computeLikeness(name: PreparedTerm, run: Run): number {
  const longer = Math.max(run.joined.length, name.joined.length);
  if (Math.abs(run.joined.length - name.joined.length) > Math.max(2, name.joined.length / 3)) return 0;
  const beginsAlike =
    run.joined[0] === name.joined[0] ||
    run.sounds().some((runSound) => name.sounds.some((sound) => sound[0] === runSound[0]));
  if (!beginsAlike) return 0;
  const spelling = 1 - editDistance(run.joined, name.joined) / longer;
  return spelling < 0.5 ? 0 : (spelling + soundLikeness(run.sounds(), name.sounds)) / 2;
}

function soundLikeness(spoken: readonly string[], wanted: readonly string[]): number {
  let best = 0;
  for (const a of spoken) {
    for (const b of wanted) best = Math.max(best, 1 - editDistance(a, b) / Math.max(a.length, b.length));
  }
  return best;
}

/** Where several proposals overlap, the one with the highest likeness is kept. */
function bestOnes(found: readonly GlossaryProposal[]): readonly GlossaryProposal[] {
  const claimed = new Set<number>();
  const kept: GlossaryProposal[] = [];
  for (const proposal of found.toSorted((a, b) => b.likeness - a.likeness || a.wordIndex - b.wordIndex)) {
    const places = Array.from({ length: proposal.wordCount }, (_, offset) => proposal.wordIndex + offset);
    if (places.some((place) => claimed.has(place))) continue;
    for (const place of places) claimed.add(place);
    kept.push(proposal);
  }
  return kept.sort((a, b) => a.wordIndex - b.wordIndex);
}
