/** A growable byte array: six hours of peaks take four megabytes instead of four million numbers. */
export class GrowingBytes {
  #buffer = new Uint8Array(64 * 1024);
  #length = 0;

  push(...values: readonly number[]): void {
    if (this.#length + values.length > this.#buffer.length) {
      const larger = new Uint8Array(this.#buffer.length * 2);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    for (const value of values) this.#buffer[this.#length++] = value;
  }

  /** Returns a copy of the bytes pushed so far. */
  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }
}
