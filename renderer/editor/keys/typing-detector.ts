/**
 * Notices that a person types a sentence while letters are commands: different letters then arrive faster than anybody
 * gives commands. Pure.
 */

/** This many different letters within this time, in milliseconds, are a word and not commands. */
const minLetters = 4;
const withinMs = 400;

export interface LetterPress<T> {
  /** Formatted by `toKeys`. */
  readonly keys: string;
  /** When it was pressed, on any clock that does not go backwards. */
  readonly ms: number;
  /** It is held down. */
  readonly isRepeat: boolean;
  /** What to return to if it was the first letter of a word. */
  readonly place: T;
}

export class TypingDetector<T> {
  #recent: LetterPress<T>[] = [];

  /** @returns the place at the first letter of the word that this press completes; undefined: no word is being typed */
  take(press: LetterPress<T>): T | undefined {
    if (press.isRepeat || !/^(Shift\+)?Key[A-Z]$/.test(press.keys)) return undefined;
    this.#recent = [...this.#recent.filter(({ ms }) => press.ms - ms <= withinMs), press];
    if (new Set(this.#recent.map(({ keys }) => keys.replace("Shift+", ""))).size < minLetters) return undefined;
    const first = this.#recent[0] as LetterPress<T>;
    this.#recent = [];
    return first.place;
  }
}
