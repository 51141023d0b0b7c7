/** Small persistent states of the shell, one file each; a file that cannot be read counts as missing. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

export class StateFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #value: T;

  /** @param usual the value when nothing has been saved */
  constructor(path: string, schema: z.ZodType<T>, usual: T) {
    this.#path = path;
    this.#schema = schema;
    this.#value = this.#read() ?? usual;
  }

  get value(): T {
    return this.#value;
  }

  /** Saves the value; on a full disk it is kept only until the program ends. */
  set value(value: T) {
    this.#value = value;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(`${this.#path}.part`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.part`, this.#path);
    } catch {
      // Not reported: the only loss is that a window opens elsewhere next time.
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
