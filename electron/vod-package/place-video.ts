/** Places the video in a package: as a hard link to the recording where the disk supports it, else as a copy. */
import { link, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ArchivistError } from "../contract/errors.ts";
import { syncFolder, temporaryName } from "../platform/atomic-write.ts";
import { fileError, getErrno } from "../platform/file-errors.ts";
import { createPlainFile, openPlainFile, syncPlainFile } from "../platform/plain-files.ts";
import type { PackageDeps } from "./dependencies.ts";

/** Errors of a file system that supports no hard links, or none to that location. */
const cannotLink = new Set(["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EACCES", "EINVAL"]);

/**
 * Links or copies a recording into the package. @throws ArchivistError `file.*`, `folder.*`, `disk.*`, `interrupted`
 */
export async function placeVideo(
  { settings, signal, onProgress }: PackageDeps,
  source: string,
  target: string,
): Promise<{ readonly detail: string }> {
  const own = await stat(source).catch((thrown: unknown) => {
    throw fileError(thrown, source, "read");
  });
  const there = await stat(target).catch(() => undefined);
  const isLink = there !== undefined && there.ino === own.ino && there.dev === own.dev;
  const isCopy = there !== undefined && there.size === own.size && Math.abs(there.mtimeMs - own.mtimeMs) < 2_000;
  if (settings.video === "link" ? isLink || isCopy : isCopy && !isLink) return { detail: "the video is there already" };
  try {
    if (settings.video === "link" && (await tryLink(source, target))) {
      return { detail: "the video is linked: it takes no room of its own" };
    }
    await copy(source, target, own, signal, (share) => onProgress?.(share, "The video is copied"));
    return {
      detail: settings.video === "link" ? "the video was copied: this disk cannot link it" : "the video was copied",
    };
  } catch (thrown) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    throw fileError(thrown, target, "write");
  }
}

async function tryLink(source: string, target: string): Promise<boolean> {
  const temporary = temporaryName(target);
  try {
    await rm(temporary, { force: true });
    await link(source, temporary);
    await rename(temporary, target);
    // Renaming one hard link to another link of the same file does nothing, so the temporary name has to be removed.
    await rm(temporary, { force: true });
    return true;
  } catch (thrown) {
    if (cannotLink.has(getErrno(thrown) ?? "")) return false;
    throw thrown;
  }
}

async function copy(
  source: string,
  target: string,
  { size, atime, mtime }: { readonly size: number; readonly atime: Date; readonly mtime: Date },
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<void> {
  const temporary = temporaryName(target);
  let copied = 0;
  const count = new Transform({
    transform: (bytes: Buffer, _, done) => {
      copied += bytes.length;
      onProgress(copied / Math.max(1, size));
      done(null, bytes);
    },
  });
  try {
    const [from, to] = [await openPlainFile(source), await createPlainFile(temporary)];
    await pipeline(from.createReadStream(), count, to.createWriteStream(), {
      ...(signal === undefined ? {} : { signal }),
    });
    if (copied !== size) {
      throw new ArchivistError("file.changed", { subject: source });
    }
    await utimes(temporary, atime, mtime);
    await syncPlainFile(temporary);
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}
