/**
 * Extractive summary: the sentences with a meeting's decisions, verbatim, with their times. Nothing is rewritten, so
 * nothing can be invented.
 */
import { createRequire } from "node:module";
import type { Word } from "../captions/word.ts";
import { findKeyPhrases, type KeyPhrase } from "./key-phrases.ts";
import { language } from "./language.ts";
import { readSentences, type Sentence } from "./sentences.ts";

type Similarity = typeof import("wink-nlp/utilities/similarity").default;
// The package's own path for it has no extension, which an ES module cannot import.
const similarity = createRequire(import.meta.url)("wink-nlp/utilities/similarity") as Similarity;

export interface SummarySentence {
  readonly text: string;
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
}

export interface Summary {
  /** In the order of the meeting. */
  readonly sentences: readonly SummarySentence[];
  /** The most informative first. */
  readonly phrases: readonly KeyPhrase[];
}

export interface SummaryOptions {
  readonly sentences: number;
  readonly keyPhrases: number;
}

/** Sentences that matter: outcomes first, then the business of the meeting. */
const outcome =
  /\b(motion (carries|carried|passes|passed|fails|failed|is (adopted|approved|denied)|dies)|(is|are) (adopted|approved|denied|adjourned)|unanimous(ly)?|recommends?)\b/i;
const business =
  /\b(motion|move to|moved|approve|adopt|ordinance|resolution|public hearing|table|budget|contract|project|report|fee|levy|permit|variance|amendment)\b/i;
/** Formalities of every meeting, which a summary does not need. */
const formality =
  /\b(thank you|good (morning|afternoon|evening)|say (aye|no)|all those (in favor|opposed)|roll call|call this meeting to order|please stand|pledge of allegiance|any (discussion|questions)|is there a second|second that|state your name|would anyone like)\b/i;

const weights = {
  outcome: 0.6,
  business: 0.25,
  figures: 0.2,
  formality: -0.7,
  question: -0.25,
  tooShort: -0.5,
  tooLong: -0.2,
  /** Penalty for similarity to an already chosen sentence. Two votes may differ by one word. */
  redundancy: 0.9,
  redundancyOfOutcome: 0.4,
} as const;

/** Maximum share of the sentences that is chosen, so that a short meeting is not repeated whole. */
const maxShare = 0.25;

function score(sentence: Sentence): number {
  const { text, tokens } = sentence;
  const length = tokens.filter(({ partOfSpeech }) => partOfSpeech !== "PUNCT").length;
  let sum = sentence.importance;
  if (outcome.test(text)) sum += weights.outcome;
  else if (business.test(text)) sum += weights.business;
  if (tokens.some(({ partOfSpeech }) => partOfSpeech === "NUM")) sum += weights.figures;
  if (formality.test(text)) sum += weights.formality;
  if (text.endsWith("?")) sum += weights.question;
  if (length < 5) sum += weights.tooShort;
  if (length > 45) sum += weights.tooLong;
  // Poorly recognized sentences are no basis for a summary.
  return sum * Math.min(1, sentence.confidence + 0.3);
}

type Bow = Readonly<Record<string, number>>;

function toBow(sentence: Sentence): Bow {
  const bow: Record<string, number> = {};
  for (const { lemma, isStopWord, partOfSpeech } of sentence.tokens) {
    if (!isStopWord && partOfSpeech !== "PUNCT") bow[lemma] = (bow[lemma] ?? 0) + 1;
  }
  return bow;
}

/**
 * Greedy maximal marginal relevance: repeatedly chooses the best sentence that is not similar to those already chosen.
 */
function choose(sentences: readonly Sentence[], count: number): readonly Sentence[] {
  const left = sentences
    .map((sentence) => ({
      sentence,
      score: score(sentence),
      bow: toBow(sentence),
      redundancy: outcome.test(sentence.text) ? weights.redundancyOfOutcome : weights.redundancy,
      likeness: 0,
    }))
    .sort((a, b) => b.score - a.score)
    // The rest could not be chosen anyway, and comparing all pairs is slow for six hours of speech.
    .slice(0, count * 10);
  const chosen: Sentence[] = [];
  while (chosen.length < count && left.length > 0) {
    let best = 0;
    const value = (entry: (typeof left)[number]): number => entry.score - entry.redundancy * entry.likeness;
    left.forEach((entry, index) => {
      if (value(entry) > value(left[best] as typeof entry)) best = index;
    });
    const [taken] = left.splice(best, 1);
    if (taken === undefined) break;
    chosen.push(taken.sentence);
    for (const entry of left) entry.likeness = Math.max(entry.likeness, similarity.bow.cosine(entry.bow, taken.bow));
  }
  return chosen;
}

/** Summarizes words in order of time. Without speech the summary is empty. */
export async function summarize(words: readonly Word[], options: SummaryOptions): Promise<Summary> {
  if (words.length === 0) return { sentences: [], phrases: [] };
  const sentences = readSentences(words, await language());
  const count = Math.min(options.sentences, Math.max(1, Math.round(sentences.length * maxShare)));
  const chosen = choose(sentences, count).toSorted((a, b) => a.startMs - b.startMs);
  return {
    sentences: chosen.map(({ text, startMs }) => ({ text, startMs })),
    phrases: findKeyPhrases(sentences, options.keyPhrases),
  };
}
