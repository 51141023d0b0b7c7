/** Why a meeting is not there: it never was, or it was deleted and can be brought back. */

import { ArchivistError } from "../../contract/errors.ts";
import { and, eq, isNotNull } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { transcriptions } from "../schema.ts";

/** @returns ArchivistError `meeting.deleted` for one that can be brought back, else `meeting.unknown` */
export function unknownMeeting(catalog: Catalog, id: string): ArchivistError {
  const row = catalog.database
    .select({ filename: transcriptions.filename })
    .from(transcriptions)
    .where(and(eq(transcriptions.id, id), isNotNull(transcriptions.deletedDate)))
    .get();
  return row === undefined
    ? new ArchivistError("meeting.unknown", { subject: id })
    : new ArchivistError("meeting.deleted", { subject: row.filename });
}
