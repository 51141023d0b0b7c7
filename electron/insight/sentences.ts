/** Splits the transcript into sentences with their times and importance. */
import type { Document, ItemSentence, ItemToken, WinkMethods } from "wink-nlp";
import type { Word } from "../captions/word.ts";

/** A token of a sentence, with the properties that selection needs. */
export interface SentenceToken {
  readonly text: string;
  /** Lower case, without contraction marks. */
  readonly normal: string;
  readonly lemma: string;
  /** Universal part of speech: NOUN, PROPN, ADJ, … */
  readonly partOfSpeech: string;
  readonly isStopWord: boolean;
}

export interface Sentence {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Share of the transcript's weight that this sentence carries, from 0 to 1, computed by winkNLP. */
  readonly importance: number;
  /** Mean of the recognizer's probabilities. */
  readonly confidence: number;
  readonly tokens: readonly SentenceToken[];
}

function importances(document: Document, nlp: WinkMethods): readonly number[] {
  // The type declarations list this helper, but not as one of out()'s arguments.
  const ask = nlp.its.sentenceWiseImportance as unknown as Parameters<Document["out"]>[0];
  const found = document.out(ask) as unknown as readonly { readonly importance: number }[];
  return found.map(({ importance }) => (Number.isFinite(importance) ? importance : 0));
}

/** Splits words, in order of time, into sentences. */
export function readSentences(words: readonly Word[], nlp: WinkMethods): readonly Sentence[] {
  const text = words.map((word) => word.text).join(" ");
  const document = nlp.readDoc(text);
  const importance = importances(document, nlp);
  const { its } = nlp;
  // The declared type of this helper does not fit that of out(), which accepts it anyway.
  const lemma = its.lemma as typeof its.normal;
  const sentences: Sentence[] = [];
  const finder = new WordFinder(words, text);
  document.sentences().each((sentence: ItemSentence) => {
    const spoken = finder.take(sentence.out());
    const [first, last] = [spoken[0], spoken.at(-1)];
    if (first === undefined || last === undefined) return;
    const tokens: SentenceToken[] = [];
    sentence.tokens().each((token: ItemToken) => {
      tokens.push({
        text: token.out(),
        normal: token.out(its.normal),
        lemma: token.out(lemma),
        partOfSpeech: token.out(its.pos),
        isStopWord: Boolean(token.out(its.stopWordFlag)),
      });
    });
    sentences.push({
      text: spoken.map((word) => word.text).join(" "),
      startMs: first.startMs,
      endMs: last.endMs,
      importance: importance[sentence.index()] ?? 0,
      confidence: spoken.reduce((sum, word) => sum + word.probability, 0) / spoken.length,
      tokens,
    });
  });
  return sentences;
}

/** Finds the words of consecutive sentences in the text from which the sentences were split. */
class WordFinder {
  readonly #words: readonly Word[];
  readonly #text: string;
  #cursor = 0;
  #next = 0;
  /** Position in the text at which the next word begins. */
  #wordAt = 0;

  constructor(words: readonly Word[], text: string) {
    this.#words = words;
    this.#text = text;
  }

  take(sentence: string): readonly Word[] {
    const at = this.#text.indexOf(sentence, this.#cursor);
    if (at < 0) return [];
    this.#cursor = at + sentence.length;
    const taken: Word[] = [];
    for (let word = this.#words[this.#next]; word && this.#wordAt < this.#cursor; word = this.#words[this.#next]) {
      taken.push(word);
      this.#wordAt += word.text.length + 1;
      this.#next++;
    }
    return taken;
  }
}
