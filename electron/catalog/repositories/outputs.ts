/** Files that were written for a transcription, and its quality issues. */

import type { Issue } from "../../captions/quality/issue.ts";
import { ruleNameSchema } from "../../captions/quality/rules.ts";
import type { FileKind } from "../../contract/formats.ts";
import { and, asc, desc, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { transcriptionFiles, transcriptionIssues, transcriptions } from "../schema.ts";

export interface WrittenFile {
  readonly kind: FileKind;
  readonly path: string;
  readonly sha256: string;
  /** The version of the captions that it holds. */
  readonly version: number;
}

/**
 * Records what is about to be written at a path, so that after a crash the file is known to be Archivist's, whether it
 * holds the old content or the new one.
 */
export function announceFile(
  catalog: Catalog,
  transcriptionId: string,
  { kind, path, sha256 }: Omit<WrittenFile, "version">,
): void {
  catalog.database
    .insert(transcriptionFiles)
    // Nothing has been written there yet: the empty digest is that of no content.
    .values({ transcriptionId, kind, path, sha256: "", writingSha256: sha256 })
    .onConflictDoUpdate({
      target: [transcriptionFiles.transcriptionId, transcriptionFiles.path],
      set: { writingSha256: sha256 },
    })
    .run();
}

/** Records a written file, and keeps the paths in the transcription's row up to date. */
export function recordWrittenFile(catalog: Catalog, transcriptionId: string, file: WrittenFile): void {
  const { kind, path, sha256, version } = file;
  const column = { scc: "sccFilePath", summary: "summaryFilePath", report: "metadataFilePath" } as const;
  catalog.transaction(() => {
    catalog.database
      .insert(transcriptionFiles)
      .values({ transcriptionId, kind, path, sha256, version })
      .onConflictDoUpdate({
        target: [transcriptionFiles.transcriptionId, transcriptionFiles.path],
        set: { kind, sha256, version, writingSha256: null, writtenDate: new Date().toISOString(), superseded: false },
      })
      .run();
    const own = kind in column ? column[kind as keyof typeof column] : undefined;
    if (own === undefined) return;
    catalog.database
      .update(transcriptions)
      .set({ [own]: path })
      .where(eq(transcriptions.id, transcriptionId))
      .run();
  });
}

/** Forgets a file that is no longer where it was written; the file itself is left alone. */
export function forgetWrittenFile(catalog: Catalog, transcriptionId: string, path: string): void {
  catalog.database
    .delete(transcriptionFiles)
    .where(and(eq(transcriptionFiles.transcriptionId, transcriptionId), eq(transcriptionFiles.path, path)))
    .run();
}

/** Lists the transcriptions that have files in a folder. @param folder absolute, with its last separator */
export function listFilesBelow(catalog: Catalog, folder: string): readonly string[] {
  return catalog.database
    .selectDistinct({ id: transcriptionFiles.transcriptionId })
    .from(transcriptionFiles)
    .where(and(sql`${transcriptionFiles.path} >= ${folder}`, sql`${transcriptionFiles.path} < ${`${folder}\uFFFF`}`))
    .all()
    .map(({ id }) => id);
}

/** Finds what Archivist last wrote at a path, or was about to write when it ended, and for which recording. */
export function findLastWriter(
  catalog: Catalog,
  path: string,
): { readonly digests: readonly string[]; readonly recordingId: string } | undefined {
  const row = catalog.database
    .select({
      sha256: transcriptionFiles.sha256,
      writingSha256: transcriptionFiles.writingSha256,
      recordingId: transcriptions.recordingId,
    })
    .from(transcriptionFiles)
    .innerJoin(transcriptions, eq(transcriptions.id, transcriptionFiles.transcriptionId))
    .where(eq(transcriptionFiles.path, path))
    .orderBy(desc(transcriptionFiles.writtenDate))
    .limit(1)
    .get();
  if (row === undefined) return undefined;
  const digests = [row.sha256, ...(row.writingSha256 === null ? [] : [row.writingSha256])];
  return { digests, recordingId: row.recordingId };
}

/**
 * Replaces the issues of a transcription, and its score.
 * @param score 0 to 1
 */
export function storeIssues(catalog: Catalog, transcriptionId: string, issues: readonly Issue[], score: number): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(transcriptionIssues).where(eq(transcriptionIssues.transcriptionId, transcriptionId)).run();
    database.update(transcriptions).set({ qualityScore: score }).where(eq(transcriptions.id, transcriptionId)).run();
    issues.forEach(({ severity, rule, message, remedy = null, atMs = null, untilMs = null }, position) => {
      database
        .insert(transcriptionIssues)
        .values({ transcriptionId, position, severity, rule, message, remedy, atMs, untilMs })
        .run();
    });
  });
}

export function listIssues(catalog: Catalog, transcriptionId: string): readonly Issue[] {
  return catalog.database
    .select()
    .from(transcriptionIssues)
    .where(eq(transcriptionIssues.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionIssues.position))
    .all()
    .flatMap(({ severity, rule: stored, message, remedy, atMs, untilMs }) => {
      // A rule of an earlier version no longer exists; the next check replaces its issues.
      const rule = ruleNameSchema.safeParse(stored).data;
      if (rule === undefined) return [];
      return [
        {
          ...{ severity, rule, message },
          ...(remedy === null ? {} : { remedy }),
          ...(atMs === null ? {} : { atMs }),
          ...(untilMs === null ? {} : { untilMs }),
        },
      ];
    });
}

/** The score of a transcription, 0 to 1; undefined before it has been checked. */
export function findScore(catalog: Catalog, transcriptionId: string): number | undefined {
  const row = catalog.database
    .select({ score: transcriptions.qualityScore })
    .from(transcriptions)
    .where(eq(transcriptions.id, transcriptionId))
    .get();
  return row?.score ?? undefined;
}
