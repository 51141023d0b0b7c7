/**
 * The operating system's store for secrets. It keeps two: the key of the station's secret store, and the sign-in token.
 * The asynchronous API also reports changed keys (README.md, "Secrets").
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { safeStorage } from "electron";
import type { Logger } from "../config/logger.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";

export class Keyring {
  readonly #logger: Logger;
  /** False: encrypted values could be read by any user, so nothing is stored. */
  readonly isProtected: boolean;

  private constructor(logger: Logger, isProtected: boolean) {
    this.#logger = logger;
    this.isProtected = isProtected;
  }

  /** Call once the program is ready. */
  static async open(logger: Logger): Promise<Keyring> {
    const pathExists = await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
    // On Linux without a keyring, Electron encrypts with a password that is in its source code.
    const isReal =
      process.platform !== "linux" || !/^(basic_text|unknown)$/.test(safeStorage.getSelectedStorageBackend());
    if (!pathExists || !isReal) logger.warn("this desktop has no keyring: secrets are not kept");
    return new Keyring(logger, pathExists && isReal);
  }

  /** @returns undefined where nothing is stored, or where it can no longer be read */
  async read(file: string): Promise<string | undefined> {
    if (!this.isProtected) return undefined;
    const encrypted = await readFile(file).catch(() => undefined);
    if (encrypted === undefined) return undefined;
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
      if (shouldReEncrypt) await this.keep(file, result);
      return result;
    } catch (thrown) {
      this.#logger.warn("the keyring does not open what it has kept", { file, error: thrown });
      return undefined;
    }
  }

  /** @returns false where nothing can be stored */
  async keep(file: string, secret: string): Promise<boolean> {
    if (!this.isProtected) return false;
    await writeFileAtomic(file, await safeStorage.encryptStringAsync(secret));
    return true;
  }

  /**
   * Returns a secret that is created once and stored.
   * @returns undefined where nothing can be stored, and where the keyring cannot decrypt the stored one: replacing it
   *   would make everything that was encrypted with it unreadable for good
   */
  async secret(file: string): Promise<string | undefined> {
    const known = await this.read(file);
    if (known !== undefined || existsSync(file)) return known;
    const made = randomBytes(32).toString("base64");
    return (await this.keep(file, made)) ? made : undefined;
  }
}
