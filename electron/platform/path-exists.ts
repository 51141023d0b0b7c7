import { stat } from "node:fs/promises";
import { dirname } from "node:path";

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
