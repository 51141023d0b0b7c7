/**
 * Stores secrets of other servers in a file encrypted with AES-256-GCM. The key comes from the environment (the shell
 * passes it there from the operating system's keyring), or from a file that only its owner may read.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";
import { secretKeyVariable } from "../contract/settings.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError, getErrno } from "../platform/file-errors.ts";

export interface SecretStore {
  /** @throws ArchivistError `secret.*` */
  get(name: string): string | undefined;
  /** @param value undefined deletes it. @throws ArchivistError `secret.*`, `folder.not-writable`, `disk.full` */
  set(name: string, value: string | undefined): Promise<void>;
}

const entrySchema = z.strictObject({ nonce: z.string(), tag: z.string(), data: z.string() });
const fileSchema = z.strictObject({
  version: z.literal(1),
  salt: z.string(),
  entries: z.record(z.string(), entrySchema),
});
type SecretFile = z.infer<typeof fileSchema>;

const keyBytes = 32;
const nonceBytes = 12;
const cipher = "aes-256-gcm";
const ownerOnly = 0o600;

export class FileSecrets implements SecretStore {
  readonly #file: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #mayMakeKeyFile: boolean;

  /**
   * @param file the key is in `<file>.key` beside it when the environment has none
   * @param mayMakeKeyFile false on a desktop: the key is kept by its keyring or not at all
   */
  constructor(file: string, environment: NodeJS.ProcessEnv = process.env, mayMakeKeyFile = true) {
    this.#file = file;
    this.#environment = environment;
    this.#mayMakeKeyFile = mayMakeKeyFile;
  }

  get(name: string): string | undefined {
    const content = this.#read();
    const entry = content?.entries[name];
    if (content === undefined || entry === undefined) return undefined;
    const read = opened(entry, name, this.#key(content.salt, false));
    if (read !== undefined) return read;
    // Stored before there was a keyring or under another key: a key file may still decrypt it.
    for (const file of [this.#keyFile, this.#nextKeyFile]) {
      const other = existsSync(file) ? opened(entry, name, this.#keyOfFile(file, false)) : undefined;
      if (other !== undefined) return other;
    }
    throw new ArchivistError("secret.key");
  }

  /** True: the key comes from the environment, and is changed there. */
  get hasGivenKey(): boolean {
    return this.#givenKey !== undefined;
  }

  /**
   * Encrypts everything with another key. Whatever it is interrupted by, everything can be decrypted afterwards.
   * @param text the new key, for the environment; undefined: a new key file
   * @returns how many secrets there are
   * @throws ArchivistError `secret.*` when one of them cannot be decrypted: nothing is changed then; `disk.full`
   */
  async changeKey(text: string | undefined): Promise<number> {
    const content = this.#read();
    const names = Object.keys(content?.entries ?? {});
    const values = names.map((name) => [name, this.get(name) as string] as const);
    const salt = randomBytes(16).toString("base64");
    const key = text === undefined ? randomBytes(keyBytes) : keyFromText(text, salt);
    if (text === undefined) {
      rmSync(this.#nextKeyFile, { force: true });
      writeFileSync(this.#nextKeyFile, key, { mode: ownerOnly, flag: "wx" });
    }
    const entries = Object.fromEntries(values.map(([name, value]) => [name, encrypt(key, name, value)]));
    await this.#write({ version: 1, salt, entries });
    if (text === undefined) renameSync(this.#nextKeyFile, this.#keyFile);
    else for (const file of [this.#keyFile, this.#nextKeyFile]) rmSync(file, { force: true });
    return names.length;
  }

  async set(name: string, value: string | undefined): Promise<void> {
    const content = this.#read() ?? { version: 1, salt: randomBytes(16).toString("base64"), entries: {} };
    const { [name]: _, ...others } = content.entries;
    const entries =
      value === undefined ? others : { ...others, [name]: encrypt(this.#key(content.salt, true), name, value) };
    await this.#write({ ...content, entries });
  }

  async #write(content: SecretFile): Promise<void> {
    await writeFileAtomic(this.#file, `${JSON.stringify(content)}\n`);
    chmodSync(this.#file, ownerOnly);
  }

  #read(): SecretFile | undefined {
    let text: string;
    try {
      text = readFileSync(this.#file, "utf8");
    } catch (thrown) {
      if (getErrno(thrown) === "ENOENT") return undefined;
      throw new ArchivistError("secret.unreadable", { underlying: thrown });
    }
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch {
      // The content is left out of the error: it may hold secrets.
      throw new ArchivistError("secret.unreadable");
    }
  }

  #key(salt: string, mayMake: boolean): Buffer {
    const given = this.#givenKey;
    return given === undefined ? this.#keyOfFile(this.#keyFile, mayMake) : keyFromText(given, salt);
  }

  get #givenKey(): string | undefined {
    return this.#environment[secretKeyVariable]?.trim() || undefined;
  }

  get #keyFile(): string {
    return `${this.#file}.key`;
  }

  /** The key that is being changed to. */
  get #nextKeyFile(): string {
    return `${this.#keyFile}.next`;
  }

  #keyOfFile(file: string, mayMake: boolean): Buffer {
    try {
      if (!existsSync(file)) {
        if (!mayMake) throw new ArchivistError("secret.key");
        if (!this.#mayMakeKeyFile) throw new ArchivistError("secret.unprotected");
        writeFileSync(file, randomBytes(keyBytes), { mode: ownerOnly, flag: "wx" });
      }
      if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
        throw new ArchivistError("secret.key", {
          subject: file,
          cause: "other users of this machine may read the key of the secret store",
          remedy: `Run: chmod 600 '${file}', and change the secret.`,
        });
      }
      const key = readFileSync(file);
      if (key.length !== keyBytes) throw new ArchivistError("secret.key");
      return key;
    } catch (thrown) {
      throw fileError(thrown, file, "write");
    }
  }
}

const keyFromText = (text: string, salt: string): Buffer => scryptSync(text, Buffer.from(salt, "base64"), keyBytes);

function encrypt(key: Buffer, name: string, value: string): z.infer<typeof entrySchema> {
  const nonce = randomBytes(nonceBytes);
  const encipher = createCipheriv(cipher, key, nonce);
  // The name is authenticated, so that an entry cannot be passed off as another one.
  encipher.setAAD(Buffer.from(name));
  const data = Buffer.concat([encipher.update(value, "utf8"), encipher.final()]);
  const base64 = (bytes: Buffer): string => bytes.toString("base64");
  return { nonce: base64(nonce), tag: base64(encipher.getAuthTag()), data: base64(data) };
}

/** @returns undefined when this key does not decrypt it */
function opened(entry: z.infer<typeof entrySchema>, name: string, key: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv(cipher, key, Buffer.from(entry.nonce, "base64"));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(Buffer.from(entry.tag, "base64"));
    return Buffer.concat([decipher.update(Buffer.from(entry.data, "base64")), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
