/** Where a path really is, with the links on its way followed. */
import { realpath } from "node:fs/promises";
import { getErrno } from "./file-errors.ts";
import { isWithin } from "./inside-folder.ts";
import { nearestExisting, pathExists } from "./path-exists.ts";

/** Some drives of Windows cannot say where they are: there are no links to follow on them. */
const resolve = (path: string): Promise<string> =>
  realpath(path).catch((thrown: unknown) => {
    if (getErrno(thrown) === "ENOENT") throw thrown;
    return path;
  });

/**
 * Whether a link on the way leads out of a folder.
 * @param root the folder; where it does not exist, nothing leads out of it
 * @param path absolute; it need not exist yet
 * @throws errors of the system
 */
export async function isLinkedOutside(root: string, path: string): Promise<boolean> {
  if (!(await pathExists(root))) return false;
  const [realRoot, real] = await Promise.all([resolve(root), resolve(await nearestExisting(path))]);
  return !isWithin(realRoot, real);
}
