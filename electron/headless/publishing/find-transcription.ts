/** Finds a transcription by its id or the beginning of it. */
import { listPublishableByPrefix, type PublishableRow } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Station } from "../../station.ts";

/** @param id the id or its beginning. @throws ArchivistError `publish.unknown` */
export function findTranscription({ catalog }: Station, id: string): PublishableRow {
  const [row, second] = id.trim() === "" ? [] : listPublishableByPrefix(catalog, id.trim().toLowerCase());
  if (row === undefined || second !== undefined) {
    throw new ArchivistError("publish.unknown", {
      subject: id,
      ...(second === undefined ? {} : { cause: "several transcriptions begin like this" }),
    });
  }
  return row;
}
