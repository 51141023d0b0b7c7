/**
 * Moves a recording with its sidecars: copies, reads the copy back, compares, and only then removes the original. Each
 * step is recorded as a row first, so that an interrupted move can be finished or rolled back.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { newId } from "../../catalog/ids.ts";
import type { Catalog } from "../../catalog/open.ts";
import {
  addMoves,
  changeMove,
  listMoves,
  type MoveRow,
  recordMove,
  unfinishedGroups,
} from "../../catalog/repositories/recording-standing.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { syncFolder, temporaryName } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { toComposed } from "../../platform/names.ts";
import { pathExists } from "../../platform/path-exists.ts";
import { createPlainFile, openPlainFile } from "../../platform/plain-files.ts";

const blockBytes = 1024 * 1024;

/** The content of a regular file, block by block. */
async function readBlocks(path: string, signal: AbortSignal | undefined): Promise<AsyncIterable<unknown>> {
  const handle = await openPlainFile(path);
  return handle.createReadStream({ highWaterMark: blockBytes, ...(signal ? { signal } : {}) });
}

/** SHA-256 of a whole file, hexadecimal. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const block of await readBlocks(path, signal)) hash.update(block as Buffer);
  return hash.digest("hex");
}

/** Copies a file under a temporary name and syncs it. @returns SHA-256 of the bytes read */
async function copyTo(from: string, temporary: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  const target = await createPlainFile(temporary);
  try {
    for await (const block of await readBlocks(from, signal)) {
      hash.update(block as Buffer);
      await target.writeFile(block as Buffer);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return hash.digest("hex");
}

/**
 * Lists the recording and the files beside it that share its name: captions, summary, report. Another recording with
 * the same name is not a sidecar.
 */
export async function withSidecars(
  recording: string,
  isRecording: (path: string) => boolean,
): Promise<readonly string[]> {
  const { dir, name, base } = parse(recording);
  const beside = (await readdir(dir, { withFileTypes: true }))
    .filter(
      (entry) => entry.isFile() && entry.name !== base && toComposed(entry.name).startsWith(`${toComposed(name)}.`),
    )
    .filter((entry) => !isRecording(entry.name))
    .map((entry) => join(dir, entry.name));
  // The recording comes last: as long as it is there, the move can be started again.
  return [...beside.sort(), recording];
}

export interface MoveOptions {
  readonly catalog: Catalog;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Moves a recording and its sidecars into a folder: all of them, or none.
 * @param isRecording distinguishes other recordings from sidecars by their names
 * @returns The new paths
 * @throws ArchivistError `copy.different`, `file.changed`, `file.exists`, `disk.full`, `folder.not-writable`,
 *   `interrupted`, …; every original is then still there, and no copy
 */
export async function moveRecording(
  { catalog, signal }: MoveOptions,
  recording: string,
  targetFolder: string,
  isRecording: (path: string) => boolean,
): Promise<readonly string[]> {
  await mkdir(targetFolder, { recursive: true }).catch((thrown: unknown) => {
    throw fileError(thrown, targetFolder, "write");
  });
  const files = await withSidecars(recording, isRecording).catch((thrown: unknown) => {
    throw fileError(thrown, recording, "read");
  });
  const targets = files.map((from) => ({ from, to: join(targetFolder, parse(from).base) }));
  for (const { to } of targets) if (await pathExists(to)) throw new ArchivistError("file.exists", { subject: to });
  const groupId = newId();
  const planned = await Promise.all(
    targets.map(async ({ from, to }) => ({ fromPath: from, toPath: to, groupId, ...(await readFileState(from)) })),
  );
  const rows = addMoves(catalog, planned);
  try {
    for (const row of rows) await copyVerified(catalog, row, signal);
    await requireUnchanged(rows);
  } catch (thrown) {
    const error = signal?.aborted ? new ArchivistError("interrupted") : fileError(thrown, targetFolder, "write");
    await takeBack(catalog, listMoves(catalog, groupId), toArchivistError(error).message);
    throw error;
  }
  // All copies exist and no original was changed since: the originals can be removed.
  for (const row of rows) await removeOriginal(catalog, row);
  return rows.map(({ toPath }) => toPath);
}

async function readFileState(path: string): Promise<{ readonly size: number; readonly modifiedMs: number }> {
  const { size, mtimeMs } = await stat(path);
  return { size, modifiedMs: Math.round(mtimeMs) };
}

const isAsItWas = async ({ fromPath, size, modifiedMs }: MoveRow): Promise<boolean> => {
  const now = await readFileState(fromPath).catch(() => undefined);
  return now?.size === size && now.modifiedMs === modifiedMs;
};

async function requireUnchanged(rows: readonly MoveRow[]): Promise<void> {
  for (const row of rows) {
    if (!(await isAsItWas(row))) throw new ArchivistError("file.changed", { subject: row.fromPath });
  }
}

async function copyVerified(catalog: Catalog, row: MoveRow, signal: AbortSignal | undefined): Promise<void> {
  const { fromPath, toPath } = row;
  const temporary = temporaryName(toPath);
  const { atime, mtime } = await stat(fromPath);
  const read = await copyTo(fromPath, temporary, signal);
  await requireUnchanged([row]);
  if ((await hashFile(temporary, signal)) !== read) throw new ArchivistError("copy.different", { subject: toPath });
  await utimes(temporary, atime, mtime);
  // Stored before the copy gets its name: a copy without a recorded digest is never treated as one of Archivist's.
  changeMove(catalog, row.id, { sha256: read });
  await rename(temporary, toPath);
  await syncFolder(dirname(toPath));
  changeMove(catalog, row.id, { status: "verified" });
}

/** Removes the copies of a failed move; where the original is already gone, the copy stays. */
async function takeBack(catalog: Catalog, rows: readonly MoveRow[], message: string): Promise<void> {
  for (const row of rows) {
    await rm(temporaryName(row.toPath), { force: true }).catch(() => undefined);
    if (row.status === "done") continue;
    const isOurs = row.sha256 !== null && (await hashFile(row.toPath).catch(() => undefined)) === row.sha256;
    if (isOurs && (await pathExists(row.fromPath))) await rm(row.toPath, { force: true }).catch(() => undefined);
    changeMove(catalog, row.id, { status: "failed", message });
  }
}

async function removeOriginal(catalog: Catalog, { id, fromPath, toPath }: MoveRow): Promise<void> {
  await rm(fromPath, { force: true });
  catalog.transaction(() => {
    recordMove(catalog, fromPath, toPath);
    changeMove(catalog, id, { status: "done" });
  });
}

/**
 * Resumes interrupted moves. Where every file of a recording has a verified copy and no original was changed since, the
 * originals are removed; else the copies are.
 * @returns How many recordings were finished
 */
export async function finishMoves({ catalog }: MoveOptions): Promise<number> {
  let finished = 0;
  for (const groupId of unfinishedGroups(catalog)) {
    const rows = listMoves(catalog, groupId);
    if (await mayFinish(rows)) {
      for (const row of rows) if (row.status !== "done") await removeOriginal(catalog, row);
      finished++;
    } else await takeBack(catalog, rows, "it was cut short; the original is still there");
  }
  return finished;
}

/** Reads each copy once more before anything is removed: years may have passed since it was made. */
async function mayFinish(rows: readonly MoveRow[]): Promise<boolean> {
  for (const row of rows) {
    if (row.status === "done") continue;
    if (row.status !== "verified") return false;
    const isGone = !(await pathExists(row.fromPath));
    if (!isGone && !(await isAsItWas(row))) return false;
    if ((await hashFile(row.toPath).catch(() => undefined)) !== row.sha256) return false;
  }
  return true;
}
