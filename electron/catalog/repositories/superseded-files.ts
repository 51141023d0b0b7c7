/** Files of a meeting at a place that its captions have left. */
import { and, eq, ne } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { transcriptionFiles } from "../schema.ts";

export interface SupersededFile {
  readonly path: string;
  /** As it was written. */
  readonly sha256: string;
}

const ofMeeting = (transcriptionId: string, superseded: boolean) =>
  and(eq(transcriptionFiles.transcriptionId, transcriptionId), eq(transcriptionFiles.superseded, superseded));

const columns = { path: transcriptionFiles.path, sha256: transcriptionFiles.sha256 };

/** Notes that files go once the new ones are there. */
export function supersedeFiles(
  { database }: Catalog,
  transcriptionId: string,
  isLeft: (path: string) => boolean,
): void {
  for (const { path } of database
    .select(columns)
    .from(transcriptionFiles)
    .where(ofMeeting(transcriptionId, false))
    .all()) {
    if (!isLeft(path)) continue;
    database
      .update(transcriptionFiles)
      .set({ superseded: true })
      .where(and(ofMeeting(transcriptionId, false), eq(transcriptionFiles.path, path)))
      .run();
  }
}

export const listSupersededFiles = ({ database }: Catalog, transcriptionId: string): readonly SupersededFile[] =>
  database.select(columns).from(transcriptionFiles).where(ofMeeting(transcriptionId, true)).all();

/** Files that are not superseded. */
export const listCurrentFiles = ({ database }: Catalog, transcriptionId: string): readonly SupersededFile[] =>
  database.select(columns).from(transcriptionFiles).where(ofMeeting(transcriptionId, false)).all();

/** Meetings with files at a place that they have left. */
export const listMeetingsThatMoved = ({ database }: Catalog): readonly string[] =>
  database
    .selectDistinct({ id: transcriptionFiles.transcriptionId })
    .from(transcriptionFiles)
    .where(eq(transcriptionFiles.superseded, true))
    .all()
    .map(({ id }) => id);

/** True if another meeting has written the same file. */
export function isSharedFile({ database }: Catalog, transcriptionId: string, path: string): boolean {
  const other = database
    .select({ id: transcriptionFiles.transcriptionId })
    .from(transcriptionFiles)
    .where(and(eq(transcriptionFiles.path, path), ne(transcriptionFiles.transcriptionId, transcriptionId)))
    .limit(1)
    .get();
  return other !== undefined;
}

/** Forgets a file: it is gone, or it is no longer ours. */
export function forgetFile({ database }: Catalog, transcriptionId: string, path: string): void {
  database
    .delete(transcriptionFiles)
    .where(and(eq(transcriptionFiles.transcriptionId, transcriptionId), eq(transcriptionFiles.path, path)))
    .run();
}
