import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether something of this name is there. It never blocks: the path may lie on a share. */
export function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The nearest place on the way up from an absolute path that is there and can be looked at; in the end the root. */
export async function nearestExisting(path: string): Promise<string> {
  return (await pathExists(path)) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
