/**
 * Notices that a person types a sentence while letters are commands: different letters then arrive faster than anybody
 * gives commands. Pure.
 */

/** This many different letters within this time, in milliseconds, are a word and not commands. */
const minLetters = 4;
const withinMs = 400;
const isDigit = ({ keys }: { readonly keys: string }): boolean => /Digit\d$/.test(keys);

/** Who names the speaker of each caption and accepts it presses `2 A 3 A 1 A`: digit and letter in turn are no word. */
const isAlternating = (presses: readonly { readonly keys: string }[]): boolean =>
  presses.some(isDigit) &&
  presses.every((press, index) => {
    const before = presses[index - 1];
    return before === undefined || isDigit(before) !== isDigit(press);
  });

/**
 * Letters that come so soon after Enter, in milliseconds, are meant for the caption that it opens: keys are held as long while
 * an undo is in flight.
 */
const openingMs = 1_500;

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
  #openedMs = Number.NEGATIVE_INFINITY;

  /** @returns the place at the first letter of the word that this press completes; undefined: no word is being typed */
  take(press: LetterPress<T>): T | undefined {
    if (press.isRepeat) return undefined;
    if (press.keys === "Enter") this.#openedMs = press.ms;
    if (!/^(Shift\+)?(Key[A-Z]|Digit\d|Space|Comma|Period)$/.test(press.keys)) {
      // No word goes on behind an arrow or a command with Ctrl.
      this.#recent = [];
      return undefined;
    }
    if (!/(Key[A-Z]|Digit\d)$/.test(press.keys) || press.ms - this.#openedMs < openingMs) return undefined;
    this.#recent = [...this.#recent.filter(({ ms }) => press.ms - ms <= withinMs), press];
    if (new Set(this.#recent.map(({ keys }) => keys.replace("Shift+", ""))).size < minLetters) return undefined;
    if (isAlternating(this.#recent)) return undefined;
    const first = this.#recent[0] as LetterPress<T>;
    this.#recent = [];
    return first.place;
  }
}
