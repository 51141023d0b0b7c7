/** Small things that the shell remembers, each in a file of its own; what cannot be read is as if it had never been. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

export class StateFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #value: T;

  /** @param usual where nothing has been remembered */
  constructor(path: string, schema: z.ZodType<T>, usual: T) {
    this.#path = path;
    this.#schema = schema;
    this.#value = this.#read() ?? usual;
  }

  get value(): T {
    return this.#value;
  }

  /** Remembers it; where the disk is full, until the program ends. */
  set value(value: T) {
    this.#value = value;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(`${this.#path}.part`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.part`, this.#path);
    } catch {
      // A window that opens elsewhere next time is no reason to disturb anybody.
    }
  }

  #read(): T | undefined {
    try {
      return this.#schema.safeParse(JSON.parse(readFileSync(this.#path, "utf8"))).data;
    } catch {
      return undefined;
    }
  }
}
