/** Key phrases: the topics of a meeting, found as repeated runs of adjectives and nouns. */
import type { Sentence, SentenceToken } from "./sentences.ts";

export interface KeyPhrase {
  readonly phrase: string;
  readonly occurrences: number;
}

const maxPhraseWords = 4;
/** Words that occur in every meeting; by themselves they carry no information. */
const commonplace = new Set(
  (
    "motion item second favor meeting thing time question discussion name address record staff member council city " +
    "chair way lot people year day one vote aye order evening report mayor chief agenda"
  ).split(" "),
);

interface Candidate {
  occurrences: number;
  readonly words: readonly string[];
  /** Spelling of the first occurrence. */
  readonly phrase: string;
}

function mayBelong({ partOfSpeech, isStopWord, text }: SentenceToken): boolean {
  return ["NOUN", "PROPN", "ADJ"].includes(partOfSpeech) && !isStopWord && /^\p{L}[\p{L}'-]*$/u.test(text);
}

/** Runs of nouns with the adjectives before them. */
function splitRuns(tokens: readonly SentenceToken[]): readonly SentenceToken[][] {
  const runs: SentenceToken[][] = [];
  let run: SentenceToken[] = [];
  const close = (): void => {
    while (run.at(-1)?.partOfSpeech === "ADJ") run.pop();
    if (run.length > 0) runs.push(run.slice(-maxPhraseWords));
    run = [];
  };
  for (const token of tokens) {
    if (mayBelong(token)) run.push(token);
    else close();
  }
  close();
  return runs;
}

/** The most informative phrases, the best first. */
export function findKeyPhrases(sentences: readonly Sentence[], count: number): readonly KeyPhrase[] {
  const candidates = new Map<string, Candidate>();
  for (const sentence of sentences) {
    for (const run of splitRuns(sentence.tokens)) {
      const words = run.map(({ normal }) => normal);
      const key = words.join(" ");
      const known = candidates.get(key);
      if (known) known.occurrences++;
      else candidates.set(key, { occurrences: 1, words, phrase: spelling(run) });
    }
  }
  const value = ({ occurrences, words }: Candidate): number => occurrences * (1 + 0.7 * (words.length - 1));
  return [...candidates.values()]
    .filter(({ words }) => !words.every((word) => commonplace.has(word)))
    .filter(({ words, occurrences }) => occurrences > 1 || words.length > 1)
    .sort((a, b) => value(b) - value(a) || a.phrase.localeCompare(b.phrase))
    .slice(0, count)
    .map(({ phrase, occurrences }) => ({ phrase, occurrences }));
}

/** Names keep their capitals; a word that merely begins a sentence does not. */
function spelling(run: readonly SentenceToken[]): string {
  return run.map(({ text, partOfSpeech }) => (partOfSpeech === "PROPN" ? text : text.toLowerCase())).join(" ");
}
