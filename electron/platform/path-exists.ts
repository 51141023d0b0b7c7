import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, parse, sep } from "node:path";
import { toComposed } from "./names.ts";

/** Whether a file or folder exists. Asynchronous, so that a slow share does not block. */
export function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The nearest ancestor of an absolute path (or the path itself) that exists and is accessible; ultimately the root. */
export async function nearestExisting(path: string): Promise<string> {
  return (await pathExists(path)) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

/** As `nearestExisting`, at once: for folders of this machine, before a station opens. */
export const nearestExistingSync = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestExistingSync(dirname(path));

/**
 * An absolute path as it is on the disk: files and folders in it that exist under a name with the same letters, composed
 * in another way, are named as they are there. What does not exist stays as it is.
 */
export async function findSpelling(path: string): Promise<string> {
  const { root } = parse(path);
  let found = root;
  for (const name of path.slice(root.length).split(sep)) found = join(found, await findSpellingIn(found, name));
  return found;
}

async function findSpellingIn(folder: string, name: string): Promise<string> {
  const composed = toComposed(name);
  const hasOneSpelling = composed === name && name.normalize("NFD") === name;
  if (hasOneSpelling || (await pathExists(join(folder, name)))) return name;
  const names = await readdir(folder).catch(() => []);
  return names.find((other) => toComposed(other) === composed) ?? name;
}
