/** Publishing: links between recordings and shows, uploads under way, what was published. */
import { and, desc, eq, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import type { Catalog } from "../open.ts";
import {
  approvals,
  cablecastLinks,
  cablecastShows,
  cablecastUploads,
  cablecastVods,
  recordings,
  transcriptionIssues,
  transcriptions,
  versions,
  vodContent,
} from "../schema.ts";

export function linkOf(
  catalog: Catalog,
  recordingId: string,
): { readonly showId: number; readonly reason: string; readonly score: number } | undefined {
  return catalog.database
    .select({ showId: cablecastLinks.showId, reason: cablecastLinks.reason, score: cablecastLinks.score })
    .from(cablecastLinks)
    .where(eq(cablecastLinks.recordingId, recordingId))
    .get();
}

/** Says which show a recording is; what was said before is forgotten. @param score how sure that is, 0 to 1 */
export function linkRecording(
  catalog: Catalog,
  recordingId: string,
  showId: number,
  reason: string,
  score: number = 1,
): void {
  catalog.database
    .insert(cablecastLinks)
    .values({ recordingId, showId, reason, score })
    .onConflictDoUpdate({ target: cablecastLinks.recordingId, set: { showId, reason, score } })
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
        // What somebody has taken back is never published again by itself.
        or(isNull(transcriptions.vodStatus), notInArray(transcriptions.vodStatus, ["published", "removed"])),
      ),
    )
    .orderBy(transcriptions.completedDate)
    .all();
}

/** Those that are linked to a show, with what has been published of them. */
export function linkedTranscriptions(
  catalog: Catalog,
): readonly (PublishableRow & { readonly showId: number; readonly isPublished: boolean })[] {
  return catalog.database
    .select({ ...publishable, showId: cablecastLinks.showId })
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .innerJoin(cablecastLinks, eq(cablecastLinks.recordingId, transcriptions.recordingId))
    .where(inArray(transcriptions.status, ["completed", "needs_review"]))
    .orderBy(desc(transcriptions.completedDate))
    .all()
    .map((row) => ({ ...row, isPublished: row.vodStatus === "published" }));
}

/** Finished transcriptions of recordings that are linked to no show, the newest first. */
export function unlinkedTranscriptions(catalog: Catalog): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .leftJoin(cablecastLinks, eq(cablecastLinks.recordingId, transcriptions.recordingId))
    .where(and(inArray(transcriptions.status, ["completed", "needs_review"]), isNull(cablecastLinks.recordingId)))
    .orderBy(desc(transcriptions.completedDate))
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
  readonly target: "cablecast" | "generic";
  /** Show on the server; null: there is none. */
  readonly showId: number | null;
  readonly vodId: string;
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
  const { transcriptionId, target, vodId, url, captionsVerified, now } = vod;
  const show =
    vod.showId === null
      ? undefined
      : catalog.database
          .select({ id: cablecastShows.id })
          .from(cablecastShows)
          .where(eq(cablecastShows.cablecastId, vod.showId))
          .get();
  const row = {
    transcriptionId,
    target,
    cablecastShowId: show?.id ?? null,
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

export interface PublishedRow {
  readonly transcriptionId: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly city: string | null;
  readonly target: "cablecast" | "generic";
  readonly vodId: string;
  readonly showId: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly status: "processing" | "published" | "failed" | "removed";
  readonly captionsVerified: "yes" | "no" | "not yet";
  readonly missing: readonly string[];
  readonly publishedDate: string | null;
  /** As they were last seen on the server. */
  readonly state: string | null;
  readonly views: number | null;
}

/** What was published and what became of it, the newest first. */
export function publishedVods(catalog: Catalog): readonly PublishedRow[] {
  return catalog.database
    .select({
      transcriptionId: transcriptions.id,
      recordingId: transcriptions.recordingId,
      filename: transcriptions.filename,
      city: transcriptions.city,
      target: vodContent.target,
      vodId: vodContent.vodId,
      showId: cablecastLinks.showId,
      title: vodContent.title,
      url: vodContent.url,
      status: vodContent.status,
      captionsVerified: vodContent.captionsVerified,
      missing: vodContent.missing,
      publishedDate: vodContent.publishedDate,
      state: cablecastVods.state,
      views: cablecastVods.views,
    })
    .from(vodContent)
    .innerJoin(transcriptions, eq(transcriptions.id, vodContent.transcriptionId))
    .leftJoin(cablecastLinks, eq(cablecastLinks.recordingId, transcriptions.recordingId))
    .leftJoin(
      cablecastVods,
      and(eq(vodContent.target, "cablecast"), sql`${cablecastVods.vodId} = CAST(${vodContent.vodId} AS INTEGER)`),
    )
    .orderBy(desc(vodContent.publishedDate))
    .all()
    .map((row) => ({ ...row, missing: JSON.parse(row.missing) as readonly string[] }));
}

/** Keeps that something that was published is gone. */
export function keepRemoved(catalog: Catalog, vodId: string, now: string): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.update(vodContent).set({ status: "removed", checkedDate: now }).where(eq(vodContent.vodId, vodId)).run();
    database
      .update(transcriptions)
      .set({ vodStatus: "removed", vodUrl: null })
      .where(eq(transcriptions.vodId, vodId))
      .run();
  });
}
