import { StringDecoder } from "node:string_decoder";

/**
 * Splits a byte stream into lines. A line longer than the limit is passed on truncated, so that a program that never
 * writes a line break cannot fill the memory.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #limit: number;
  readonly #onLine: (line: string, complete: boolean) => void;
  #rest = "";
  #skipping = false;

  /** @param limit longest line in characters; `complete` is false for a truncated line. */
  constructor(limit: number, onLine: (line: string, complete: boolean) => void) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  push(bytes: Buffer): void {
    this.#take(this.#decoder.write(bytes));
  }

  /** Passes on the text after the last line break. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#rest !== "" && !this.#skipping) this.#emit(this.#rest, true);
    this.#rest = "";
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) {
      if (this.#skipping) this.#skipping = false;
      else this.#emit(part, true);
    }
    if (this.#rest.length > this.#limit) {
      if (!this.#skipping) this.#emit(this.#rest, false);
      this.#skipping = true;
      this.#rest = "";
    }
  }

  #emit(line: string, complete: boolean): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    const cut = text.length > this.#limit;
    this.#onLine(cut ? text.slice(0, this.#limit) : text, complete && !cut);
  }
}
