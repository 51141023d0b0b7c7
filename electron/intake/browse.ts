/** Lists folders on the shares, for browsing. Paths outside the shares are refused. */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { fileError } from "../platform/file-errors.ts";
import { isWithin } from "../platform/inside-folder.ts";
import { globs } from "../shares/discovery/globs.ts";
import { isSystemFile, isSystemFolder } from "../shares/discovery/system-files.ts";
import type { StationServices } from "../station-services.ts";

export interface BrowseEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: "folder" | "recording" | "other";
  readonly bytes: number | undefined;
}

/** Longer lists are cut off: users do not read through them. */
const maxEntries = 2_000;

/**
 * Lists the contents of a folder on a share.
 * @param path undefined: list the shares
 * @throws ArchivistError `file.unreadable`; `file.missing` for a path on no share
 */
export async function browse(
  { settings: { shares, intake }, onShare }: Pick<StationServices, "settings" | "onShare">,
  path: string | undefined,
): Promise<{ readonly entries: readonly BrowseEntry[]; readonly isCut: boolean }> {
  if (path === undefined) {
    const entries = shares.servers.map(({ label, path: own }) => ({
      name: label,
      path: own,
      kind: "folder" as const,
      bytes: undefined,
    }));
    return { entries, isCut: false };
  }
  await onShare(path, () => requireOnShare(shares.servers, path));
  const isRecording = globs(intake.include);
  const found = await onShare(path, () => readdir(path, { withFileTypes: true })).catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  const shown = found.filter((entry) => !entry.name.startsWith(".") && !isLeftAlone(entry)).slice(0, maxEntries);
  const entries: BrowseEntry[] = [];
  for (const entry of shown) {
    const { name } = entry;
    const own = join(path, name);
    if (entry.isDirectory()) entries.push({ name, path: own, kind: "folder", bytes: undefined });
    else if (entry.isFile()) {
      const bytes = (await onShare(own, () => stat(own)).catch(() => undefined))?.size;
      entries.push({ name, path: own, kind: isRecording(name) ? "recording" : "other", bytes });
    }
  }
  entries.sort((a, b) => Number(b.kind === "folder") - Number(a.kind === "folder") || a.name.localeCompare(b.name));
  return { entries, isCut: found.length > maxEntries };
}

const isLeftAlone = (entry: Dirent): boolean =>
  entry.isDirectory() ? isSystemFolder(entry.name) : isSystemFile(entry.name);

/** Checks the real path: symbolic links may lead out of a share. */
async function requireOnShare(shares: Settings["shares"]["servers"], path: string): Promise<void> {
  const real = await realpath(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  for (const share of shares) {
    const root = await realpath(share.path).catch(() => undefined);
    if (root !== undefined && isWithin(root, real)) return;
  }
  throw new ArchivistError("file.missing", { subject: path, cause: "it lies on no share", remedy: "Choose a share." });
}
