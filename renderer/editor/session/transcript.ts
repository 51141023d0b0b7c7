/** The recognized words and their suspicions. Marks are computed per caption when it is shown, and cached. */
import { type AlignedWord, alignWords, wordsDuring } from "../../../electron/captions/editing/align-words.ts";
import type { Verdict } from "../../../electron/captions/editing/command.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { findSuspiciousWords, type Suspicion, worstPerHour } from "../../../electron/captions/editing/suspicion.ts";
import type { PlacedStyleEdit } from "../../../electron/captions/house-style/styled-words.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { bare } from "../../../electron/captions/segmentation/sentence-end.ts";
import { isCivicWord } from "../../../electron/captions/text/civic-words.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import type { Word } from "../../../electron/captions/word.ts";
import type { client } from "../../station/connection.ts";

type TranscriptData = Awaited<ReturnType<typeof client.editor.heard>>;

export interface NearName {
  readonly word: number;
  readonly count: number;
  readonly term: string;
  readonly likeness: number;
}

/** A word of a caption with its suspicion. */
export interface MarkedWord extends AlignedWord {
  readonly suspicion?: Suspicion;
  readonly nearName?: NearName;
}

/** Mark of a typed word that no dictionary contains; `word: -1` because it is not a recognized word. */
const misspelt: Suspicion = { word: -1, score: 0.6, reasons: ["unknown-word"], strength: 2 };

export class Transcript {
  /** The recognized words as the city writes them. */
  words: readonly Word[] = [];
  /** What the city's style has made of them. */
  styleEdits: readonly PlacedStyleEdit[] = [];
  silences: readonly TimeSpan[] = [];
  /** Where speech was found, and by what; empty: that is not known. */
  speech: Pick<RecordingFacts, "speech" | "speechDetector"> = {};
  glossary: readonly string[] = [];
  doubts: readonly Issue[] = [];
  /** Where something similar to a name of the glossary was recognized, for the quality rules. */
  nearNames: RecordingFacts["nearNames"] & object = [];
  /** The spoken language, ISO 639-1. */
  language = "en";
  /** Words that people have added to the dictionary. */
  knownWords: readonly string[] = [];
  /** Names these words among those of other hearings of parts of the meeting. */
  hearingsKey = "";
  /** `knownWords` and the words of all names, in lower case. */
  #known = new Set<string>();
  #unknown: ReadonlySet<string> | undefined;
  #loops: readonly TimeSpan[] = [];
  #nearNames: ReadonlyMap<number, NearName> = new Map();
  #suspicions: ReadonlyMap<number, Suspicion> = new Map();
  /** By caption object: an edit replaces the object. */
  #marked = new WeakMap<EditCue, readonly MarkedWord[]>();

  constructor(data: TranscriptData, perHour: number) {
    this.load(data, perHour);
  }

  /** Takes the words as they are after a part of the meeting was heard again, or that was taken back. */
  load(data: TranscriptData, perHour: number): void {
    this.hearingsKey = data.hearingsKey;
    const estimated = new Set(data.estimated);
    this.words = data.texts.map((text, index) => ({
      text,
      startMs: data.startMs[index] as number,
      endMs: data.endMs[index] as number,
      probability: data.probabilities[index] as number,
      ...(estimated.has(index) ? { estimated: true } : {}),
    }));
    this.styleEdits = data.style;
    this.silences = data.silences;
    this.speech = {
      ...(data.speech === null ? {} : { speech: data.speech }),
      ...(data.speechDetector === null ? {} : { speechDetector: data.speechDetector }),
    };
    this.glossary = data.glossary;
    this.doubts = data.doubts;
    this.nearNames = data.nearNames.map(({ word, count, term }) => ({
      startMs: data.startMs[word] ?? 0,
      heard: data.texts.slice(word, word + count).join(" "),
      term,
    }));
    this.language = data.language;
    this.knownWords = data.knownWords;
    this.#known = new Set([...data.knownWords, ...data.glossary.flatMap((term) => wordsOfText(term))].map(bare));
    this.#loops = data.loops;
    this.#nearNames = new Map(
      data.nearNames.flatMap((near) =>
        Array.from({ length: near.count }, (_, offset) => [near.word + offset, near] as const),
      ),
    );
    this.judge(perHour);
  }

  /**
   * Determines the suspicious words anew. @param unknown words that no dictionary contains; if absent, the previous set
   */
  judge(perHour: number, unknown = this.#unknown): void {
    this.#unknown = unknown;
    const found = findSuspiciousWords(this.words, {
      nearNames: new Set(this.#nearNames.keys()),
      loops: this.#loops,
      ...(unknown === undefined ? {} : { knows: (word: string) => !this.isUnknown(word) }),
    });
    this.#suspicions = new Map(worstPerHour(found, this.words, perHour).map((each) => [each.word, each]));
    this.#marked = new WeakMap();
  }

  /** True if neither a dictionary nor a word list, the station's or that of local government, contains the word. */
  isUnknown(word: string): boolean {
    const plain = bare(word);
    return this.#unknown?.has(plain) === true && !this.#known.has(plain) && !isCivicWord(plain);
  }

  /**
   * Sets the unknown words after typed words were added. Recognized words are unaffected: all of them were looked up
   * first.
   */
  addUnknown(unknown: ReadonlySet<string>): void {
    this.#unknown = unknown;
    this.#marked = new WeakMap();
  }

  /** Records that a word is spelled correctly. */
  learn(word: string): void {
    this.#known.add(bare(word));
  }

  /** The words of a caption with their times and suspicions. */
  marked(cue: EditCue): readonly MarkedWord[] {
    const known = this.#marked.get(cue);
    if (known !== undefined) return known;
    const marked = alignWords(wordsOfText(cue.lines), cue, this.words).map((word): MarkedWord => {
      // A typed word may be misspelled even in an accepted caption.
      if (word.source === undefined) return this.isUnknown(word.text) ? { ...word, suspicion: misspelt } : word;
      if (cue.reviewed) return word;
      const suspicion = this.#suspicions.get(word.source);
      const nearName = this.#nearNames.get(word.source);
      return {
        ...word,
        ...(suspicion === undefined ? {} : { suspicion }),
        ...(nearName === undefined ? {} : { nearName }),
      };
    });
    this.#marked.set(cue, marked);
    return marked;
  }

  /** The marked words that were recognized while a caption is shown, and whether each has been corrected. */
  verdicts(cue: EditCue): readonly Verdict[] {
    const { reviewed: _, ...open } = cue;
    const unchanged = new Set(this.marked(open as EditCue).flatMap(({ source }) => source ?? []));
    const [first, end] = wordsDuring(this.words, cue);
    const found: Verdict[] = [];
    for (let index = first; index < end; index++) {
      const suspicion = this.#suspicions.get(index);
      if (suspicion === undefined) continue;
      found.push({
        word: (this.words[index] as Word).text,
        reasons: [...suspicion.reasons],
        corrected: !unchanged.has(index),
      });
    }
    return found;
  }

  /** Suspicion of each part of the meeting, 0 to 1. @param count number of equal parts */
  heat(durationMs: number, count: number, isReviewed: (ms: number) => boolean): Float32Array {
    const heat = new Float32Array(count);
    for (const { word, score } of this.#suspicions.values()) {
      const { startMs } = this.words[word] as Word;
      if (isReviewed(startMs)) continue;
      const at = Math.min(count - 1, Math.floor((startMs / durationMs) * count));
      heat[at] = (heat[at] as number) + score;
    }
    const greatest = heat.reduce((most, each) => Math.max(most, each), 1);
    return heat.map((each) => each / greatest);
  }

  /** The recognized words, each once. */
  distinctWords(): readonly string[] {
    return spellable(this.words.map(({ text }) => text));
  }
}

/** Words to look up in a dictionary, each once, in lower case and without punctuation. */
export const spellable = (words: readonly string[]): readonly string[] => [
  ...new Set(words.map(bare).filter((word) => word !== "" && !/\d/.test(word))),
];

/** Index of the word being spoken at a time: the last one that has begun. */
export function wordAt(words: readonly AlignedWord[], ms: number): number {
  let found = 0;
  words.forEach(({ startMs }, index) => {
    if (startMs <= ms) found = index;
  });
  return found;
}

/** Offset in a caption's joined lines at which a word begins. */
export function offsetOfWord(cue: EditCue, word: number): number {
  const texts = wordsOfText(cue.lines);
  let offset = 0;
  for (let index = 0; index < word && index < texts.length; index++) offset += (texts[index] as string).length + 1;
  return offset;
}

/** Index of the word that contains an offset in the text. */
export function wordOfOffset(cue: EditCue, offset: number): number {
  const texts = wordsOfText(cue.lines);
  let end = 0;
  for (const [index, text] of texts.entries()) {
    end += text.length + 1;
    if (offset < end) return index;
  }
  return texts.length - 1;
}
