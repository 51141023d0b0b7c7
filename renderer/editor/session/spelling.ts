/** Spell check of recognized and typed words; the lookup runs in the worker. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { notifyFailure, runAndNotify } from "../../ui/notify.ts";
import type { Helper } from "../worker/helper.ts";
import { loadDictionary } from "./dictionary.ts";
import type { EditorState } from "./state.ts";
import { spellable, type Transcript } from "./transcript.ts";

interface SpellingDeps {
  /** Called when the unknown words change. @param areRecognized recognized words are among them */
  readonly onUnknown: (unknown: ReadonlySet<string>, areRecognized: boolean) => void;
  readonly onState: (state: EditorState["spelling"]) => void;
}

const listWords = (cues: CaptionDocument["cues"]): string[] => cues.flatMap(({ lines }) => [...wordsOfText(lines)]);

export class Spelling {
  readonly #transcript: Transcript;
  readonly #helper: Helper;
  readonly #deps: SpellingDeps;
  readonly #asked: Set<string>;
  #unknown: ReadonlySet<string> = new Set();
  #isReady = false;
  #isChecked = false;

  /** @param document the captions when they are opened, which may already contain typed words */
  constructor(transcript: Transcript, document: CaptionDocument, helper: Helper, deps: SpellingDeps) {
    this.#transcript = transcript;
    this.#helper = helper;
    this.#deps = deps;
    this.#asked = new Set([...transcript.distinctWords(), ...spellable(listWords(document.cues))]);
  }

  async load(): Promise<void> {
    const files = await loadDictionary(this.#transcript.language);
    if (files === undefined) {
      this.#deps.onState("missing");
      return;
    }
    const known = [...this.#transcript.glossary.flatMap((term) => term.split(/\s+/u)), ...this.#transcript.knownWords];
    this.#helper.send({ kind: "dictionary", ...files, known });
    this.#helper.send({ kind: "spell", words: [...this.#asked] });
    this.#isReady = true;
  }

  /** Handles the worker's answer to a lookup. */
  takeUnknown(unknown: readonly string[]): void {
    const isFirst = !this.#isChecked;
    this.#isChecked = true;
    if (isFirst) this.#deps.onState("ready");
    else if (unknown.length === 0) return;
    this.#unknown = new Set([...this.#unknown, ...unknown]);
    this.#deps.onUnknown(this.#unknown, isFirst);
  }

  fail(reason: string): void {
    const message = texts.editor.spelling.unusable(this.#transcript.language, reason);
    notifyFailure({ data: { code: "dictionary.invalid", message, remedy: "", retryable: false } });
    this.#deps.onState("missing");
  }

  /** Looks up newly typed words. */
  check({ cues }: Change): void {
    const words = spellable(cues.flatMap(({ inserted }) => listWords(inserted))).filter(
      (word) => !this.#asked.has(word),
    );
    if (words.length === 0) return;
    for (const word of words) this.#asked.add(word);
    if (this.#isReady) this.#helper.send({ kind: "spell", words });
  }

  /** @param city name of the list that the word is added to; null: it applies to the whole station */
  async learn(word: string, city: string | null): Promise<void> {
    const added = await runAndNotify(
      () => client.dictionary.addWord({ city: city ?? "", word }),
      () => texts.editor.spelling.added(word, city),
    );
    if (added === undefined) return;
    this.#transcript.learn(word);
    this.#helper.send({ kind: "learn", word });
    this.#deps.onUnknown(this.#unknown, true);
  }
}
