/**
 * The system's own store for secrets, which keeps two: the key of the station's secret store, and who is signed in. The
 * asynchronous form also reports changed keys (README.md, "Secrets").
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { safeStorage } from "electron";
import type { Logger } from "../config/logger.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";

export class Keyring {
  readonly #logger: Logger;
  /** False: what looks encrypted could be read by anybody. Nothing is kept then. */
  readonly isProtected: boolean;

  private constructor(logger: Logger, isProtected: boolean) {
    this.#logger = logger;
    this.isProtected = isProtected;
  }

  /** Once the program is ready. */
  static async open(logger: Logger): Promise<Keyring> {
    const pathExists = await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
    // On Linux without a keyring, Electron encrypts with a password that stands in its sources.
    const isReal =
      process.platform !== "linux" || !/^(basic_text|unknown)$/.test(safeStorage.getSelectedStorageBackend());
    if (!pathExists || !isReal) logger.warn("this desktop has no keyring: secrets are not kept");
    return new Keyring(logger, pathExists && isReal);
  }

  /** @returns undefined where nothing is kept, or where it cannot be read any more */
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

  /** @returns false where nothing can be kept */
  async keep(file: string, secret: string): Promise<boolean> {
    if (!this.isProtected) return false;
    await writeFileAtomic(file, await safeStorage.encryptStringAsync(secret));
    return true;
  }

  /**
   * A secret that is made once and kept.
   * @returns undefined where nothing can be kept, and where the keyring does not open what it has kept: another secret
   *   in its place would shut out for good what was encrypted with it
   */
  async secret(file: string): Promise<string | undefined> {
    const known = await this.read(file);
    if (known !== undefined || existsSync(file)) return known;
    const made = randomBytes(32).toString("base64");
    return (await this.keep(file, made)) ? made : undefined;
  }
}
