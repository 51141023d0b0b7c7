/** Publishing: links between recordings and shows, uploads under way, what was published. */
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Catalog } from "../open.ts";
import {
  approvals,
  cablecastLinks,
  cablecastUploads,
  recordings,
  transcriptionIssues,
  transcriptions,
  versions,
  vodContent,
} from "../schema.ts";

export function linkOf(
  catalog: Catalog,
  recordingId: string,
): { readonly showId: number; readonly reason: string } | undefined {
  return catalog.database
    .select({ showId: cablecastLinks.showId, reason: cablecastLinks.reason })
    .from(cablecastLinks)
    .where(eq(cablecastLinks.recordingId, recordingId))
    .get();
}

/** Says which show a recording is; what was said before is forgotten. */
export function linkRecording(catalog: Catalog, recordingId: string, showId: number, reason: string): void {
  catalog.database
    .insert(cablecastLinks)
    .values({ recordingId, showId, reason })
    .onConflictDoUpdate({ target: cablecastLinks.recordingId, set: { showId, reason } })
    .run();
}

export type UploadRow = typeof cablecastUploads.$inferSelect;

export function uploadOf(catalog: Catalog, path: string, store: number): UploadRow | undefined {
  return catalog.database
    .select()
    .from(cablecastUploads)
    .where(and(eq(cablecastUploads.path, path), eq(cablecastUploads.store, store)))
    .get();
}

export function keepUpload(catalog: Catalog, upload: UploadRow): void {
  catalog.database
    .insert(cablecastUploads)
    .values(upload)
    .onConflictDoUpdate({ target: [cablecastUploads.path, cablecastUploads.store], set: upload })
    .run();
}

export function forgetUpload(catalog: Catalog, path: string, store: number): void {
  catalog.database
    .delete(cablecastUploads)
    .where(and(eq(cablecastUploads.path, path), eq(cablecastUploads.store, store)))
    .run();
}

/** What has to be known of a transcription to publish it. */
export interface PublishableRow {
  readonly id: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly filePath: string;
  readonly status: string;
  readonly city: string | null;
  readonly durationMs: number | null;
  readonly vodId: string | null;
  readonly vodStatus: string | null;
}

const publishable = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  filename: transcriptions.filename,
  filePath: transcriptions.filePath,
  status: transcriptions.status,
  city: transcriptions.city,
  durationMs: recordings.durationMs,
  vodId: transcriptions.vodId,
  vodStatus: transcriptions.vodStatus,
};

/** Transcriptions whose id begins with a text; at most two are looked for. */
export function publishableByPrefix(catalog: Catalog, prefix: string): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(and(sql`${transcriptions.id} >= ${prefix}`, sql`${transcriptions.id} < ${`${prefix}\uFFFF`}`))
    .limit(2)
    .all();
}

/** Finished transcriptions that have not been published, the oldest first. */
export function unpublished(catalog: Catalog): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(
      and(
        inArray(transcriptions.status, ["completed", "needs_review"]),
        or(isNull(transcriptions.vodStatus), sql`${transcriptions.vodStatus} <> 'published'`),
      ),
    )
    .orderBy(transcriptions.completedDate)
    .all();
}

/** Published recordings whose captions have not been read back yet. */
export function unverified(catalog: Catalog): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .innerJoin(vodContent, eq(vodContent.transcriptionId, transcriptions.id))
    .where(eq(vodContent.captionsVerified, "not yet"))
    .all();
}

export interface GateFacts {
  readonly openErrors: number;
  readonly isApproved: boolean;
}

/** What stands between a transcription and its publication. */
export function gateFacts(catalog: Catalog, transcriptionId: string): GateFacts {
  const { database } = catalog;
  const errors = database
    .select({ rule: transcriptionIssues.rule })
    .from(transcriptionIssues)
    .where(and(eq(transcriptionIssues.transcriptionId, transcriptionId), eq(transcriptionIssues.severity, "error")))
    .all();
  const approved = database
    .select({ id: approvals.versionId })
    .from(approvals)
    .innerJoin(versions, eq(versions.id, approvals.versionId))
    .where(eq(versions.transcriptionId, transcriptionId))
    .limit(1)
    .get();
  return { openErrors: errors.length, isApproved: approved !== undefined };
}

export interface PublishedVod {
  readonly transcriptionId: string;
  readonly vodId: number;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
  readonly durationSeconds: number | null;
  readonly captionsVerified: "yes" | "no" | "not yet";
  readonly missing: readonly string[];
  readonly now: string;
}

/** Keeps that something was published, and what of it could not be shown yet. */
export function keepPublished(catalog: Catalog, vod: PublishedVod): void {
  const { transcriptionId, url, captionsVerified, now } = vod;
  const vodId = String(vod.vodId);
  const row = {
    transcriptionId,
    vodId,
    title: vod.title,
    description: vod.description,
    url,
    duration: vod.durationSeconds,
    status: "published" as const,
    captionsVerified,
    missing: JSON.stringify(vod.missing),
    checkedDate: now,
    publishedDate: now,
  };
  catalog.transaction(() => {
    const { publishedDate: _, ...again } = row;
    catalog.database.insert(vodContent).values(row).onConflictDoUpdate({ target: vodContent.vodId, set: again }).run();
    catalog.database
      .update(transcriptions)
      .set({ vodId, vodUrl: url, vodStatus: "published" })
      .where(eq(transcriptions.id, transcriptionId))
      .run();
  });
}
