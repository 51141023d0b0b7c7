import type { Catalog } from "../catalog/open.ts";
import { type DecodedLength, decodedLength } from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";

/** The exact length of a recording that has been decoded; asking earlier is a mistake of ours. */
export function getDecodedLength(catalog: Catalog, recordingId: string): DecodedLength {
  const length = decodedLength(catalog, recordingId);
  if (length === undefined) throw new ArchivistError("internal", { cause: "the recording has not been decoded yet" });
  return length;
}
