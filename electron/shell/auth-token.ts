/** The sign-in of this machine: keeps the token that the station has issued, which no page ever sees. */
import { rm } from "node:fs/promises";
import type { Keyring } from "./keyring.ts";

export class AuthToken {
  readonly #file: string;
  readonly #keyring: Keyring;
  #token: string | undefined;

  private constructor(file: string, keyring: Keyring, token: string | undefined) {
    this.#file = file;
    this.#keyring = keyring;
    this.#token = token;
  }

  static async open(file: string, keyring: Keyring): Promise<AuthToken> {
    return new AuthToken(file, keyring, await keyring.read(file));
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** Kept until the program ends where the machine has no keyring. @param token undefined: signed out */
  set(token: string | undefined): void {
    this.#token = token;
    const kept = token === undefined ? rm(this.#file, { force: true }) : this.#keyring.keep(this.#file, token);
    // A user whose token could not be stored signs in again the next time.
    kept.catch(() => undefined);
  }
}
