/**
 * Uploads in segments: each continues where the last one ended, after a lost connection, a reload or a restart. They belong
 * to the person who began them, room is set aside for what has not arrived yet, and nothing in the folder of a recording
 * belongs to the upload itself.
 *
 * In the folder of all uploads: `ID.json` with what is known of one, `ID.part` with what has arrived, and `ID/NAME`, the
 * recording, once it is whole. It stays as long as a meeting uses it (`sweep.ts`).
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, statfs, truncate, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { ArchivistError } from "../../contract/errors.ts";
import { writeFileAtomic } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { safeFileName } from "../../platform/file-name.ts";
import { KeyedMutex } from "../../platform/keyed-mutex.ts";
import { appendPlainFile, readPlainText } from "../../platform/plain-files.ts";
import { UploadPace } from "./pace.ts";

const uploadSchema = z.object({
  filename: z.string(),
  bytes: z.number().int().positive(),
  modifiedMs: z.number(),
  /** Id of the person who uploads it. */
  owner: z.number().int(),
});
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

/** Space required beyond the files themselves, for what is derived from them. */
const spareBytes = 512 * 1024 ** 2;
/** Uploads that are not whole, of one person: a whole week of meetings. */
const maxOpen = 50;

const idPattern = /^[0-9a-f]{32}$/;
const factsEnding = ".json";

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #turns = new KeyedMutex();
  readonly #pace = new UploadPace();
  /** Segments that are being received: a later one, and an end of the upload, take the turn from them. */
  readonly #receiving = new Map<string, AbortController>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /**
   * Begins an upload, or finds an earlier one of the same file by the same person.
   * @throws ArchivistError `file.empty`, `file.too-large`, `upload.too-many`, `disk.full`, `folder.not-writable`
   */
  async begin(facts: UploadFacts): Promise<UploadState> {
    const { filename, bytes, owner } = facts;
    if (bytes === 0) throw new ArchivistError("file.empty", { subject: filename });
    if (bytes > this.#options.maxBytes) throw new ArchivistError("file.too-large", { subject: filename });
    const id = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
    const { folder } = this.#options;
    // One after the other, so that each sees the room that the one before has taken.
    return this.#turns.run("begin", undefined, async () => {
      try {
        if ((await this.#facts(id)) !== undefined) return await this.state(id, owner);
        await mkdir(folder, { recursive: true });
        const open = await this.#open();
        if (open.filter((each) => each.owner === owner).length >= maxOpen) {
          throw new ArchivistError("upload.too-many", { subject: filename });
        }
        const reserved = open.reduce((sum, each) => sum + each.missing, 0);
        const { bavail, bsize } = await statfs(folder);
        if (bavail * bsize < reserved + bytes + spareBytes)
          throw new ArchivistError("disk.full", { subject: filename });
        await writeFileAtomic(this.#factsFile(id), JSON.stringify(facts));
        return await this.state(id, owner);
      } catch (thrown) {
        throw fileError(thrown, folder, "write");
      }
    });
  }

  /** @throws ArchivistError `upload.unknown`, also when it is another person's */
  async state(id: string, owner: number): Promise<UploadState> {
    const facts = await this.#require(id, owner);
    const whole = this.#whole(id, facts);
    if ((await getFileSize(whole)) === facts.bytes) {
      return { id, received: facts.bytes, bytes: facts.bytes, path: whole };
    }
    return { id, received: await getFileSize(this.#part(id)), bytes: facts.bytes, path: null };
  }

  /**
   * Receives the next segment of a file. The bytes that arrived before a connection was lost are kept.
   * @throws ArchivistError `upload.unknown`, `upload.misplaced`, `upload.superseded`, `file.too-large`, `disk.full`
   */
  async receive(id: string, owner: number, offset: number, body: Readable): Promise<UploadState> {
    await this.#require(id, owner);
    // The connection of a segment that has not ended is a lost one, or too slow to wait for.
    this.#receiving.get(id)?.abort();
    const turn = new AbortController();
    this.#receiving.set(id, turn);
    try {
      return await this.#turns.run(id, undefined, () => this.#receive(id, owner, { offset, body, turn }));
    } finally {
      if (this.#receiving.get(id) === turn) this.#receiving.delete(id);
    }
  }

  async #receive(
    id: string,
    owner: number,
    { offset, body, turn }: { readonly offset: number; readonly body: Readable; readonly turn: AbortController },
  ): Promise<UploadState> {
    const state = await this.state(id, owner);
    if (state.path !== null) {
      body.resume();
      return state;
    }
    if (offset !== state.received) {
      body.resume();
      throw new ArchivistError("upload.misplaced", { cause: `it goes on at byte ${state.received}, not ${offset}` });
    }
    const part = this.#part(id);
    const pace = this.#pace;
    let room = state.bytes - state.received;
    try {
      await pipeline(
        body,
        async function* (source: AsyncIterable<Buffer>) {
          for await (const bytes of source) {
            room -= bytes.length;
            if (room < 0) throw new ArchivistError("file.too-large", { cause: "more came than was announced" });
            await pace.wait(turn.signal);
            yield bytes;
          }
        },
        (await appendPlainFile(part)).createWriteStream(),
        { signal: turn.signal },
      );
    } catch (thrown) {
      if (turn.signal.aborted) throw new ArchivistError("upload.superseded");
      // Lost connection: the bytes that arrived stay, and the next segment continues there. Those of a segment that is
      // too long belong to another file.
      if (thrown instanceof ArchivistError) await truncate(part, offset).catch(() => undefined);
      throw fileError(thrown, part, "write");
    }
    const facts = await this.#require(id, owner);
    if ((await getFileSize(part)) === facts.bytes) await this.#complete(id, facts);
    return this.state(id, owner);
  }

  /** @throws ArchivistError `upload.unknown` */
  async drop(id: string, owner: number): Promise<void> {
    await this.#require(id, owner);
    this.#receiving.get(id)?.abort();
    // Not while another one begins, which counts what all of them have taken.
    const remove = () => this.#turns.run("begin", undefined, () => removeUpload(this.#options.folder, id));
    await this.#turns.run(id, undefined, remove);
  }

  async #complete(id: string, facts: UploadFacts): Promise<void> {
    const part = this.#part(id);
    // The day of the file stands for the day of a meeting whose name tells none: not the day of the upload.
    const modified = new Date(facts.modifiedMs);
    await utimes(part, modified, modified).catch(() => undefined);
    await mkdir(join(this.#options.folder, id), { recursive: true });
    await rename(part, this.#whole(id, facts));
  }

  /** The uploads that are not whole, and how many bytes of each are missing. */
  async #open(): Promise<readonly { readonly owner: number; readonly missing: number }[]> {
    const open: { owner: number; missing: number }[] = [];
    for (const id of await listUploads(this.#options.folder)) {
      const facts = await this.#facts(id);
      if (facts === undefined) continue;
      // It may be cleared away meanwhile.
      const state = await this.state(id, facts.owner).catch(() => undefined);
      if (state?.path !== null) continue;
      open.push({ owner: facts.owner, missing: state.bytes - state.received });
    }
    return open;
  }

  #factsFile(id: string): string {
    return join(this.#options.folder, `${id}${factsEnding}`);
  }

  #part(id: string): string {
    return join(this.#options.folder, `${id}.part`);
  }

  #whole(id: string, { filename }: UploadFacts): string {
    return join(this.#options.folder, id, safeFileName(filename));
  }

  async #facts(id: string): Promise<UploadFacts | undefined> {
    // An id is a digest: nothing else may become part of a path.
    if (!idPattern.test(id)) return undefined;
    const text = await readPlainText(this.#factsFile(id)).catch(() => undefined);
    return text === undefined ? undefined : uploadSchema.safeParse(JSON.parse(text)).data;
  }

  async #require(id: string, owner: number): Promise<UploadFacts> {
    const facts = await this.#facts(id);
    if (facts === undefined || facts.owner !== owner) throw new ArchivistError("upload.unknown");
    return facts;
  }
}

/** The ids of all uploads in a folder, whole or not. */
export async function listUploads(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const ids = names.map((name) => name.replace(/\.(json|part)$/, "")).filter((name) => idPattern.test(name));
  return [...new Set(ids)];
}

/** Removes an upload with everything that has arrived of it. */
export async function removeUpload(folder: string, id: string): Promise<void> {
  for (const name of [id, `${id}.part`, `${id}${factsEnding}`]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

const getFileSize = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
