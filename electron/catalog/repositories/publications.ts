/** What was published, where, and its present state. */

import type { TargetName } from "../../contract/publishing.ts";
import type { VerificationState } from "../../contract/terms.ts";
import { and, desc, eq, isNotNull, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { cablecastShows, cablecastVods, transcriptions, vodContent } from "../schema.ts";

export interface NewPublication {
  readonly transcriptionId: string;
  readonly target: TargetName;
  /** Address of the server; empty for a package. */
  readonly server: string;
  /** Id of the show on the server; null: there is none. */
  readonly showId: number | null;
  readonly vodId: string;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
  readonly durationSeconds: number | null;
  readonly captionsVerified: VerificationState;
  readonly missing: readonly string[];
  /** The version of the captions that was published. */
  readonly version: number;
  /** The request's options that also apply to the next publication. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly now: string;
}

/** Records a publication, and what it still lacks. */
export function savePublication(catalog: Catalog, publication: NewPublication): void {
  const { transcriptionId, target, server, showId, vodId, url, now } = publication;
  catalog.transaction(() => {
    const { database } = catalog;
    const show =
      showId === null
        ? undefined
        : database
            .select({ id: cablecastShows.id })
            .from(cablecastShows)
            .where(eq(cablecastShows.cablecastId, showId))
            .get();
    const row = {
      transcriptionId,
      cablecastShowId: show?.id ?? null,
      showId,
      title: publication.title,
      description: publication.description,
      url,
      duration: publication.durationSeconds,
      status: "published" as const,
      captionsVerified: publication.captionsVerified,
      missing: JSON.stringify(publication.missing),
      wish: JSON.stringify(publication.options),
      version: publication.version,
      checkedDate: now,
    };
    database
      .insert(vodContent)
      .values({ ...row, target, server, vodId, publishedDate: now })
      .onConflictDoUpdate({ target: [vodContent.target, vodContent.server, vodContent.vodId], set: row })
      .run();
    database
      .update(transcriptions)
      .set({ vodId, vodUrl: url, vodStatus: "published" })
      .where(eq(transcriptions.id, transcriptionId))
      .run();
  });
}

/** Records the result of a later verification of captions that were not available before. */
export function saveVerification(
  catalog: Catalog,
  id: number,
  captionsVerified: NewPublication["captionsVerified"],
  missing: readonly string[],
  now: string,
): void {
  catalog.database
    .update(vodContent)
    .set({ captionsVerified, missing: JSON.stringify(missing), checkedDate: now })
    .where(eq(vodContent.id, id))
    .run();
}

export interface PublishedRow {
  readonly id: number;
  readonly transcriptionId: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly city: string | null;
  readonly target: TargetName;
  readonly server: string;
  readonly vodId: string;
  readonly showId: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly status: "processing" | "published" | "failed" | "removed";
  readonly captionsVerified: VerificationState;
  readonly missing: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The version of the captions that was published; null: that is not known. */
  readonly version: number | null;
  readonly publishedDate: string | null;
  /** State as last seen on the server; `gone` when it is no longer there. */
  readonly state: string | null;
  readonly views: number | null;
}

/** Lists what was published, with its present state, newest first. */
export function publishedVods(catalog: Catalog): readonly PublishedRow[] {
  const isOfThisServer = sql`(SELECT address FROM cablecast_server) = ${vodContent.server}`;
  return catalog.database
    .select({
      id: vodContent.id,
      transcriptionId: transcriptions.id,
      recordingId: transcriptions.recordingId,
      filename: transcriptions.filename,
      city: transcriptions.city,
      target: vodContent.target,
      server: vodContent.server,
      vodId: vodContent.vodId,
      showId: vodContent.showId,
      title: vodContent.title,
      url: vodContent.url,
      status: vodContent.status,
      captionsVerified: vodContent.captionsVerified,
      missing: vodContent.missing,
      wish: vodContent.wish,
      version: vodContent.version,
      publishedDate: vodContent.publishedDate,
      state: sql<
        string | null
      >`CASE WHEN ${cablecastVods.removedDate} IS NULL THEN ${cablecastVods.state} ELSE 'gone' END`,
      views: cablecastVods.views,
    })
    .from(vodContent)
    .innerJoin(transcriptions, eq(transcriptions.id, vodContent.transcriptionId))
    .leftJoin(
      cablecastVods,
      and(
        eq(vodContent.target, "cablecast"),
        isOfThisServer,
        sql`${cablecastVods.vodId} = CAST(${vodContent.vodId} AS INTEGER)`,
      ),
    )
    .orderBy(desc(vodContent.publishedDate), desc(vodContent.id))
    .all()
    .map(({ wish, ...row }) => ({
      ...row,
      missing: JSON.parse(row.missing) as readonly string[],
      options: JSON.parse(wish) as Readonly<Record<string, unknown>>,
    }));
}

/** Finds the publication of a recording on a target; undefined: there is none. */
export function findPublication(
  catalog: Catalog,
  recordingId: string,
  target: TargetName,
  server: string,
): PublishedRow | undefined {
  return publishedVods(catalog).find(
    (row) =>
      row.recordingId === recordingId && row.target === target && row.server === server && row.status === "published",
  );
}

/** Lists what viewers can watch of a recording. */
export function findPublicationsOfRecording(catalog: Catalog, recordingId: string): readonly PublishedRow[] {
  return publishedVods(catalog).filter((row) => row.recordingId === recordingId && row.status === "published");
}

/** Lists publications whose captions have not been read back yet. */
export function listUnverified(catalog: Catalog): readonly PublishedRow[] {
  const deleted = new Set(
    catalog.database
      .select({ id: transcriptions.id })
      .from(transcriptions)
      .where(isNotNull(transcriptions.deletedDate))
      .all()
      .map(({ id }) => id),
  );
  return publishedVods(catalog).filter(
    ({ status, captionsVerified, transcriptionId }) =>
      status === "published" && captionsVerified === "not yet" && !deleted.has(transcriptionId),
  );
}

/** Records that a publication was removed. */
export function saveRemoval(catalog: Catalog, id: number, now: string): void {
  catalog.transaction(() => {
    const { database } = catalog;
    const row = database
      .update(vodContent)
      .set({ status: "removed", checkedDate: now })
      .where(eq(vodContent.id, id))
      .returning({ transcriptionId: vodContent.transcriptionId, vodId: vodContent.vodId })
      .get();
    if (row?.transcriptionId == null) return;
    database
      .update(transcriptions)
      .set({ vodStatus: "removed", vodUrl: null })
      .where(and(eq(transcriptions.id, row.transcriptionId), eq(transcriptions.vodId, row.vodId)))
      .run();
  });
}
