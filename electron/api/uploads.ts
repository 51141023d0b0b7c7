/**
 * Uploads in segments: each continues where the last one ended, after a lost connection, a reload or a restart. A
 * complete file stays in the data folder until its recording is done.
 */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, statfs, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";
import { writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";
import { safeFileName } from "../platform/file-name.ts";
import { KeyedMutex } from "../platform/keyed-mutex.ts";

const uploadSchema = z.object({ filename: z.string(), bytes: z.number(), modifiedMs: z.number() });
type UploadFacts = z.infer<typeof uploadSchema>;

export interface UploadState {
  readonly id: string;
  readonly received: number;
  readonly bytes: number;
  readonly path: string | null;
}

export interface UploadsOptions {
  /** Folder of all uploads. */
  readonly folder: string;
  readonly maxBytes: number;
}

/** Space required beyond the file itself, for what is derived from it. */
const spareBytes = 512 * 1024 ** 2;

/** The files of an upload in its folder, besides the recording. */
const factsName = "upload.json";
const partName = "part";

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #turns = new KeyedMutex();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /**
   * Begins an upload, or finds an earlier one of the same file.
   * @throws ArchivistError `file.empty`, `file.too-large`, `disk.full`, `folder.not-writable`
   */
  async begin(facts: UploadFacts): Promise<UploadState> {
    const { filename, bytes } = facts;
    if (bytes === 0) throw new ArchivistError("file.empty", { subject: filename });
    if (bytes > this.#options.maxBytes) throw new ArchivistError("file.too-large", { subject: filename });
    const id = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
    const folder = join(this.#options.folder, id);
    try {
      const known = await this.#facts(id);
      if (known !== undefined) return await this.state(id);
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < bytes + spareBytes) {
        await rm(folder, { recursive: true, force: true });
        throw new ArchivistError("disk.full", { subject: filename });
      }
      await writeFileAtomic(join(folder, factsName), JSON.stringify(facts));
      return await this.state(id);
    } catch (thrown) {
      throw fileError(thrown, folder, "write");
    }
  }

  /** @throws ArchivistError `upload.unknown` */
  async state(id: string): Promise<UploadState> {
    const facts = await this.#require(id);
    const whole = this.#whole(id, facts);
    if ((await getFileSize(whole)) === facts.bytes) {
      return { id, received: facts.bytes, bytes: facts.bytes, path: whole };
    }
    return { id, received: await getFileSize(this.#part(id)), bytes: facts.bytes, path: null };
  }

  /**
   * Receives the next segment of a file. The bytes that arrived before a connection was lost are kept.
   * @throws ArchivistError `upload.unknown`, `upload.misplaced`, `file.too-large`, `disk.full`
   */
  receive(id: string, offset: number, body: Readable): Promise<UploadState> {
    return this.#turns.run(id, undefined, async () => {
      const state = await this.state(id);
      if (state.path !== null) {
        body.resume();
        return state;
      }
      if (offset !== state.received) {
        body.resume();
        throw new ArchivistError("upload.misplaced", { cause: `it goes on at byte ${state.received}, not ${offset}` });
      }
      const part = this.#part(id);
      let room = state.bytes - state.received;
      try {
        await pipeline(
          body,
          async function* (source: AsyncIterable<Buffer>) {
            for await (const bytes of source) {
              room -= bytes.length;
              if (room < 0) throw new ArchivistError("file.too-large", { cause: "more came than was announced" });
              yield bytes;
            }
          },
          createWriteStream(part, { flags: "a" }),
        );
      } catch (thrown) {
        // Lost connection: the bytes that arrived stay, and the next segment continues there.
        if (thrown instanceof ArchivistError) await rm(part, { force: true });
        throw fileError(thrown, part, "write");
      }
      const facts = await this.#require(id);
      if ((await getFileSize(part)) === facts.bytes) await this.#complete(id, facts);
      return this.state(id);
    });
  }

  /** @throws ArchivistError `upload.unknown` */
  async drop(id: string): Promise<void> {
    await this.#require(id);
    await this.#turns.run(id, undefined, () => rm(join(this.#options.folder, id), { recursive: true, force: true }));
  }

  async #complete(id: string, facts: UploadFacts): Promise<void> {
    const part = this.#part(id);
    // The day of the file stands for the day of a meeting whose name tells none: not the day of the upload.
    const modified = new Date(facts.modifiedMs);
    await utimes(part, modified, modified).catch(() => undefined);
    await rename(part, this.#whole(id, facts));
  }

  #part(id: string): string {
    return join(this.#options.folder, id, partName);
  }

  #whole(id: string, { filename }: UploadFacts): string {
    const name = safeFileName(filename);
    // Beside the files of the upload itself.
    const isTaken = [factsName, partName].includes(name.toLowerCase());
    return join(this.#options.folder, id, isTaken ? `recording ${name}` : name);
  }

  async #facts(id: string): Promise<UploadFacts | undefined> {
    // An id is a digest: nothing else may become part of a path.
    if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
    const text = await readFile(join(this.#options.folder, id, factsName), "utf8").catch(() => undefined);
    return text === undefined ? undefined : uploadSchema.parse(JSON.parse(text));
  }

  async #require(id: string): Promise<UploadFacts> {
    const facts = await this.#facts(id);
    if (facts === undefined) throw new ArchivistError("upload.unknown");
    return facts;
  }
}

const getFileSize = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
