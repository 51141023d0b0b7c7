/** Chooses the folder of a package: the one the pattern gives, with a number added when another recording uses it. */
import { mkdir, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import type { Publication } from "../contract/publishing.ts";
import { fileError } from "../platform/file-errors.ts";
import type { PackageDeps } from "./dependencies.ts";
import { readMetadata } from "./package-metadata.ts";

/** Returns the folder of all packages. @throws ArchivistError `publish.no-place` */
export function packagesRoot({ settings }: PackageDeps): string {
  if (settings.folder === null) {
    throw new ArchivistError("publish.no-place", {
      cause: "it is not known where packages are laid",
      remedy: "Set generic.folder in the settings.",
    });
  }
  return settings.folder;
}

const prefix = "package:";

/** The id of a package in the catalog: its folder, relative to the packages folder. */
export const packageId = (root: string, folder: string): string =>
  prefix + relative(root, folder).replaceAll("\\", "/");

export const packageFolder = (root: string, id: string): string => join(root, id.slice(prefix.length));

/** Finds the folder for a publication. @returns Its path, and whether it already holds the publication's package */
export async function findPackageFolder(
  deps: PackageDeps,
  publication: Publication,
): Promise<{ readonly folder: string; readonly isOurs: boolean }> {
  // A changed title must not lead to a second package.
  const known = deps.knownPackage(publication.recordingId);
  if (known !== undefined) {
    const folder = packageFolder(packagesRoot(deps), known);
    if ((await readMetadata(folder))?.recording_id === publication.recordingId) return { folder, isOurs: true };
  }
  const wanted = join(packagesRoot(deps), deps.getFolder(publication));
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    const stored = await readMetadata(folder);
    if (stored?.recording_id === publication.recordingId) return { folder, isOurs: true };
    if (stored !== undefined) continue;
    const content = await readdir(folder).catch(() => []);
    const marks = content.filter((name) => name.endsWith(markEnding));
    const isOwnHalf = marks.includes(markName(publication));
    const isEmpty = marks.length === 0 && content.every((name) => name.startsWith("."));
    if (isOwnHalf || isEmpty) return { folder, isOurs: false };
  }
}

const markEnding = ".archivist-package";

/** Name of the marker file that says which recording an unfinished package belongs to. */
export const markName = ({ recordingId }: Publication): string => `.${recordingId.slice(0, 18)}${markEnding}`;

export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
}
