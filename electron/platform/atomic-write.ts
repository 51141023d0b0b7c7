/**
 * Atomic writes: files meant for others are written to a temporary name in the same folder, synced, renamed and
 * re-read. A crash leaves either the old file or the new one, never a partial one; Subtitle Edit's users found files
 * full of NUL bytes after a power cut.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "./file-errors.ts";
import { shortenedName } from "./file-name.ts";
import { createPlainFile, readPlainFile } from "./plain-files.ts";

/**
 * The temporary name of a file that is being written. It is the same for every write of a target, so that the leftover
 * of a killed process is replaced by the next one, and it never ends in `.scc`, which Cablecast would pick up as a
 * sidecar.
 */
export function temporaryName(target: string): string {
  return join(dirname(target), shortenedName(`.${basename(target)}`, ".archivist-part"));
}

export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Makes a rename durable: without it, a power cut can bring the old name back. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (thrown) {
    // Some network and FUSE file systems cannot sync a folder; the file itself is already synced.
    if ((thrown as NodeJS.ErrnoException).code !== "EINVAL") throw thrown;
  } finally {
    await handle.close();
  }
}

/**
 * Writes a whole file so that readers see the old content or the new one, and verifies it by reading it back.
 * @returns the SHA-256 of what was written, in hexadecimal.
 * @throws ArchivistError `disk.full`, `folder.not-writable`, `disk.failed`; nothing is left behind.
 */
export async function writeFileAtomic(target: string, data: Uint8Array | string): Promise<string> {
  const temporary = temporaryName(target);
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  try {
    const handle = await createPlainFile(temporary);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target).catch(async (thrown: unknown) => {
      // On NFS a rename can report an error although it worked, so the content decides.
      if (!(await readsBack(target, bytes))) throw thrown;
    });
    await syncFolder(dirname(target));
    if (!(await readsBack(target, bytes))) {
      throw new ArchivistError("disk.failed", {
        subject: target,
        cause: "the file was written but reads back different",
      });
    }
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(thrown, target, "write");
  }
  return sha256(bytes);
}

async function readsBack(path: string, expected: Uint8Array): Promise<boolean> {
  const actual = await readPlainFile(path).catch(() => undefined);
  return actual !== undefined && Buffer.compare(actual, expected) === 0;
}
