/** Removes files that Archivist wrote, and that nobody has changed since. */
import { rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { forgetFile, isSharedFile, type SupersededFile } from "../catalog/repositories/superseded-files.ts";
import { sha256 } from "../platform/atomic-write.ts";
import { readPlainFile } from "../platform/plain-files.ts";
import type { StationServices } from "../station-services.ts";

/** What became of a file: it is gone, somebody has changed it, or its disk does not answer. */
export type RemovalResult = "removed" | "kept" | "unreachable";

/** Removes a file if it is ours and unchanged, with its folder if that is empty then. */
export async function removeOwnedFile(
  { catalog, logger }: Pick<StationServices, "catalog" | "logger">,
  transcriptionId: string,
  { path, sha256: digest }: SupersededFile,
): Promise<RemovalResult> {
  let content: Uint8Array;
  try {
    content = await readPlainFile(path);
  } catch (thrown) {
    const isGone = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    if (isGone) forgetFile(catalog, transcriptionId, path);
    return isGone ? "removed" : "unreachable";
  }
  if (sha256(content) !== digest || isSharedFile(catalog, transcriptionId, path)) {
    forgetFile(catalog, transcriptionId, path);
    return "kept";
  }
  try {
    await rm(path, { force: true });
    // Only an empty one goes.
    await rmdir(dirname(path)).catch(() => undefined);
  } catch (error) {
    logger.warn("a file could not be removed", { path, error });
    return "unreachable";
  }
  forgetFile(catalog, transcriptionId, path);
  return "removed";
}
