import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The nearest place on the way up from an absolute path that is there and can be looked at; in the end the root. */
export async function nearestExisting(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestExisting(dirname(path));
}
