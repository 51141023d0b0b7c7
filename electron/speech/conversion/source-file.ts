/** A file that a model is read from: at any place, never beyond its end, and only what is an ordinary file. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { ArchivistError } from "../../contract/errors.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { fileError } from "../../platform/file-errors.ts";
import { damaged, truncated } from "./refusals.ts";

export class SourceFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #descriptor: number;

  /** @throws ArchivistError `file.*` */
  constructor(path: string) {
    this.path = path;
    try {
      // A pipe that nothing writes to would hold the program when it is opened in the common way.
      this.#descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (thrown) {
      throw fileError(thrown, path, "read");
    }
    const stats = fstatSync(this.#descriptor);
    this.sizeBytes = stats.size;
    if (stats.isFile()) return;
    closeSync(this.#descriptor);
    throw stats.isDirectory()
      ? new ArchivistError("file.is-folder", { subject: path, cause: "this is a folder, not a file" })
      : new ArchivistError("file.not-regular", { subject: path, remedy: "Name a model that is stored as a file." });
  }

  /**
   * Fills a buffer with the bytes from an offset on.
   * @throws ArchivistError `model.truncated` if the file ends before the buffer does
   */
  readInto(buffer: Uint8Array, offset: number): void {
    let done = 0;
    while (done < buffer.length) {
      let count: number;
      try {
        count = readSync(this.#descriptor, buffer, done, buffer.length - done, offset + done);
      } catch (thrown) {
        throw fileError(thrown, this.path, "read");
      }
      if (count === 0) throw truncated(this.path);
      done += count;
    }
  }

  /**
   * Reads so many bytes; the length is compared with the file before memory is taken.
   * @throws ArchivistError `model.truncated`
   */
  read(offset: number, length: number): Buffer {
    if (offset < 0 || length < 0 || offset + length > this.sizeBytes) throw truncated(this.path);
    const buffer = Buffer.alloc(length);
    this.readInto(buffer, offset);
    return buffer;
  }

  /** Reads up to so many bytes of the beginning. */
  readHead(length: number): Buffer {
    return this.read(0, Math.min(length, this.sizeBytes));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * Reads a small file whole.
 * @param maxBytes larger files are refused before they are read
 * @throws ArchivistError `file.*`, `model.invalid`
 */
export function readSmallFile(path: string, maxBytes: number): Buffer {
  const file = new SourceFile(path);
  try {
    if (file.sizeBytes > maxBytes)
      throw damaged(path, `this file is far larger than in any Whisper model (over ${formatBytes(maxBytes)})`);
    return file.read(0, file.sizeBytes);
  } finally {
    file.close();
  }
}
