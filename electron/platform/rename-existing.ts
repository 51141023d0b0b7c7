import { rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { shortenedName } from "./file-name.ts";
import { pathExists } from "./path-exists.ts";

/** Renames a file, so that edits in it are never lost. @returns the new path */
export async function renameExisting(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    // The new name must not end in the extension of a caption format, or it would be taken for a caption file.
    const aside = join(dirname(path), shortenedName(basename(path), `.previous-${number}`));
    if (await pathExists(aside)) continue;
    await rename(path, aside);
    return aside;
  }
}
