import { rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { shortenedName } from "./file-name.ts";
import { pathExists } from "./path-exists.ts";

/** Gives a file another name: an edit is never lost. @returns The new path */
export async function renameExisting(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    // The new name must not end in a caption format, or it would be taken for one.
    const aside = join(dirname(path), shortenedName(basename(path), `.previous-${number}`));
    if (await pathExists(aside)) continue;
    await rename(path, aside);
    return aside;
  }
}
