/** Whether a path lies in a folder, by its text alone. Pure. */
import { isAbsolute, relative, resolve } from "node:path";

/** True if a path is a folder or lies within it, however the two are spelled. Both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === "" || (way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way));
}
