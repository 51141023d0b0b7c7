/**
 * Opens files that somebody else can replace: those on shares, and delivered ones. A link in their place is not followed, a
 * pipe or a device is not waited for, and what was checked is what is read, because it is the same descriptor.
 */
import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { ArchivistError } from "../contract/errors.ts";

/** Windows has none of these; creating links there takes a right of its own. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR, O_WRONLY, O_APPEND, O_CREAT, O_EXCL } = constants;

/** A link in the place of a file. */
const isLink = (thrown: unknown): boolean => /^(ELOOP|EMLINK)$/.test((thrown as NodeJS.ErrnoException).code ?? "");

/**
 * Opens a regular file for reading.
 * @throws ArchivistError `file.not-regular` for links, pipes, devices and folders; errors of the system
 */
export const openPlainFile = (path: string): Promise<FileHandle> => openIfPlain(path, O_RDONLY);

/**
 * Opens a regular file for reading and writing, as it is.
 * @throws as `openPlainFile`
 */
export const changePlainFile = (path: string): Promise<FileHandle> => openIfPlain(path, O_RDWR);

async function openIfPlain(path: string, access: number): Promise<FileHandle> {
  const handle = await open(path, access | O_NOFOLLOW | O_NONBLOCK).catch((thrown: unknown) => {
    throw isLink(thrown) ? new ArchivistError("file.not-regular", { subject: path }) : thrown;
  });
  try {
    if ((await handle.stat()).isFile()) return handle;
    throw new ArchivistError("file.not-regular", { subject: path });
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** Reads a regular file whole. @throws as `openPlainFile` */
export async function readPlainFile(path: string): Promise<Buffer> {
  const handle = await openPlainFile(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Reads a regular file as UTF-8. @throws as `openPlainFile` */
export const readPlainText = async (path: string): Promise<string> => (await readPlainFile(path)).toString("utf8");

/** Reads a file that somebody may have replaced. @returns undefined for a link, a pipe, a device and a folder */
export async function readIfPlain(path: string): Promise<Buffer | undefined> {
  try {
    return await readPlainFile(path);
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "file.not-regular") return undefined;
    throw thrown;
  }
}

/**
 * Creates a file for writing under a temporary name. What stands there, the leftover of a killed process or a link that was
 * laid there, is removed and never written into.
 */
export async function createPlainFile(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
}

/** Opens a file for writing at its end; where there is none it is created. @throws errors of the system, also for a link */
export const appendPlainFile = (path: string): Promise<FileHandle> =>
  open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o644);

/** Makes sure that what was written to a file stays after a power cut. @throws as `openPlainFile` */
export async function syncPlainFile(path: string): Promise<void> {
  const handle = await changePlainFile(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
