/** Converts Node's file-system errors to errors of the closed list. */
import { ArchivistError, type ErrorCode } from "../contract/errors.ts";

/** The operation that failed: the same errno has different remedies. */
type Purpose = "read" | "write";

const byPurpose: Record<Purpose, Readonly<Record<string, ErrorCode>>> = {
  read: {
    ENOENT: "file.missing",
    ENOTDIR: "file.missing",
    EISDIR: "file.is-folder",
    EACCES: "file.unreadable",
    EPERM: "file.unreadable",
    ESTALE: "file.missing",
    ENOSPC: "disk.full",
  },
  write: {
    ENOSPC: "disk.full",
    EDQUOT: "disk.full",
    EFBIG: "disk.full",
    EACCES: "folder.not-writable",
    EPERM: "folder.not-writable",
    EROFS: "folder.not-writable",
    ENOENT: "folder.not-writable",
    ENOTDIR: "folder.not-writable",
    EEXIST: "folder.not-writable",
    EISDIR: "folder.not-writable",
  },
};

const writeWords: Readonly<Record<string, string>> = {
  ENOENT: "the folder is not there",
  ENOTDIR: "a part of its path is a file, not a folder",
  EEXIST: "something else of this name is in the way",
  EISDIR: "a folder of this name is in the way",
};

const words: Readonly<Record<string, string>> = {
  EROFS: "the disk is read-only",
  EDQUOT: "your quota on this disk is used up",
  ENAMETOOLONG: "the name is too long for this disk",
  ELOOP: "the link points in a circle",
  EIO: "the disk or share reported a fault",
  ESTALE: "the share it lies on has been taken away",
};

const remedies: Readonly<Record<string, string>> = {
  EROFS: "Have it mounted for writing, or choose another folder.",
};

/** The `code` of a Node system error (`ENOENT`, …), or undefined for anything else. */
export function getErrno(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = (thrown as NodeJS.ErrnoException).code;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/**
 * Converts an error thrown by a file operation to an error with a remedy. Errors of the closed list and errors that are
 * not about files pass through unchanged.
 */
export function fileError(thrown: unknown, subject: string, purpose: Purpose): unknown {
  if ((thrown as NodeJS.ErrnoException | undefined)?.code === "ERR_INVALID_ARG_VALUE") {
    return new ArchivistError("file.missing", { underlying: thrown, cause: "there can be no file of this name" });
  }
  const errno = getErrno(thrown);
  if (errno === undefined || thrown instanceof ArchivistError) return thrown;
  const code = byPurpose[purpose][errno] ?? "disk.failed";
  const failure = purpose === "write" ? "writing failed" : "reading failed";
  const writeCause = purpose === "write" ? writeWords[errno] : undefined;
  const cause = words[errno] ?? writeCause ?? (code === "disk.failed" ? `${failure} (${errno})` : undefined);
  const remedy = purpose === "write" ? remedies[errno] : undefined;
  return new ArchivistError(code, {
    subject,
    underlying: thrown,
    ...(cause ? { cause } : {}),
    ...(remedy ? { remedy } : {}),
  });
}
