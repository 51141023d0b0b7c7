/**
 * Holds keys that are pressed while an undo or redo is in flight. Its effect is known only when the station has
 * answered: a key handled earlier would act on captions that are about to change. The keys are replayed in order once
 * the answer has arrived.
 */

/** Maximum hold time in milliseconds, so that a broken connection does not block the keyboard. */
const maxMs = 1_500;

export interface UndoState {
  /** Settles when the undo or redo that is in flight is done; undefined if none is. */
  readonly undoInFlight: Promise<void> | undefined;
}

export class HeldKeys {
  readonly #undo: UndoState;
  #held: KeyboardEvent[] = [];
  #isDispatching = false;
  #isReplaying = false;

  constructor(undo: UndoState) {
    this.#undo = undo;
  }

  /** @returns true if the key is held; no other listener receives it then */
  take(event: KeyboardEvent): boolean {
    // This is a replayed key.
    if (this.#isDispatching) return false;
    if (this.#undo.undoInFlight === undefined && !this.#isReplaying) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#held.push(event);
    if (!this.#isReplaying) void this.#replay();
    return true;
  }

  async #replay(): Promise<void> {
    this.#isReplaying = true;
    try {
      while (this.#held.length > 0) {
        await this.#undoDone();
        const next = this.#held.shift();
        if (next !== undefined) this.#dispatch(next);
        // Let React apply the effect of this key before the next one, which takes a microtask. Waiting longer would let
        // keys arrive faster than they are replayed.
        await Promise.resolve();
      }
    } finally {
      this.#isReplaying = false;
    }
  }

  async #undoDone(): Promise<void> {
    const { undoInFlight } = this.#undo;
    if (undoInFlight === undefined) return;
    await Promise.race([undoInFlight, new Promise((resolve) => setTimeout(resolve, maxMs))]);
  }

  #dispatch(event: KeyboardEvent): void {
    const target = document.activeElement ?? document.body;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    const init = { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, bubbles: true, cancelable: true };
    this.#isDispatching = true;
    try {
      const isLeft = target.dispatchEvent(new KeyboardEvent("keydown", init));
      if (isLeft && target instanceof HTMLTextAreaElement && !ctrlKey && !metaKey) typeInto(target, key);
    } finally {
      this.#isDispatching = false;
    }
  }
}

/** Emulates a browser's default action for a key in a text field, which synthetic key events do not trigger. */
function typeInto(field: HTMLTextAreaElement, key: string): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const replace = (start: number, end: number, text: string): void => {
    if (field.readOnly || (start === end && text === "")) return;
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text, inputType: "insertText" }));
  };
  const caret = (at: number): void => field.setSelectionRange(at, at);
  const lineStart = value.lastIndexOf("\n", to - 1) + 1;
  const lineEnd = value.indexOf("\n", to);
  if (key === "Enter") replace(from, to, "\n");
  else if (key === "Backspace") replace(from === to ? Math.max(0, from - 1) : from, to, "");
  else if (key === "Delete") replace(from, from === to ? Math.min(value.length, to + 1) : to, "");
  else if (key === "ArrowLeft") caret(Math.max(0, from - 1));
  else if (key === "ArrowRight") caret(to + 1);
  else if (key === "Home") caret(lineStart);
  else if (key === "End") caret(lineEnd < 0 ? value.length : lineEnd);
  else if (Array.from(key).length === 1) replace(from, to, key);
}
