/** The files written for a transcription, and their current state on disk. */
import { listFiles, type WrittenRow } from "../catalog/repositories/library.ts";
import { isOlderThan } from "../catalog/repositories/staleness.ts";
import { findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { sha256 } from "../platform/atomic-write.ts";
import { readPlainFile } from "../platform/plain-files.ts";
import type { StationServices } from "../station-services.ts";

export interface DeliveredFile extends Pick<WrittenRow, "kind" | "path" | "writtenDate" | "version"> {
  readonly isThere: boolean;
  /** True if the content is no longer what was written. */
  readonly isChanged: boolean;
  /** True if it holds an older version than the newest captions. */
  readonly isOlder: boolean;
}

/** Reads every file of a transcription; one that cannot be read, or not in time, counts as missing. */
export async function inspectDeliveredFiles(
  { catalog, onShare }: Pick<StationServices, "catalog" | "onShare">,
  transcriptionId: string,
): Promise<readonly DeliveredFile[]> {
  const rows = listFiles(catalog, transcriptionId);
  const newest = findNewestVersionNumber(catalog, transcriptionId);
  return Promise.all(
    rows.map(async ({ kind, path, writtenDate, version, sha256: digest }) => {
      const content = await onShare(path, () => readPlainFile(path)).catch(() => undefined);
      const isThere = content !== undefined;
      const isChanged = isThere && sha256(content) !== digest;
      return { kind, path, writtenDate, version, isThere, isChanged, isOlder: isOlderThan(version, newest) };
    }),
  );
}
