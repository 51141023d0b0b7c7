/** Records what was sent to a Cablecast server, so that later changes made there can be recognized. */
import { and, eq } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { cablecastChapters, cablecastSidecars } from "../schema.ts";

export interface SentChapter {
  readonly chapterId: number;
  readonly title: string;
  /** Seconds. */
  readonly offset: number;
}

export function listSentChapters(catalog: Catalog, server: string, vodId: number): readonly SentChapter[] {
  return catalog.database
    .select({
      chapterId: cablecastChapters.chapterId,
      title: cablecastChapters.title,
      offset: cablecastChapters.offset,
    })
    .from(cablecastChapters)
    .where(and(eq(cablecastChapters.server, server), eq(cablecastChapters.vodId, vodId)))
    .all();
}

export function saveSentChapter(catalog: Catalog, server: string, vodId: number, chapter: SentChapter): void {
  const { title, offset } = chapter;
  catalog.database
    .insert(cablecastChapters)
    .values({ server, vodId, ...chapter })
    .onConflictDoUpdate({
      target: [cablecastChapters.server, cablecastChapters.chapterId],
      set: { vodId, title, offset },
    })
    .run();
}

export function forgetSentChapter(catalog: Catalog, server: string, chapterId: number): void {
  catalog.database
    .delete(cablecastChapters)
    .where(and(eq(cablecastChapters.server, server), eq(cablecastChapters.chapterId, chapterId)))
    .run();
}

/** Digest of the caption file that was sent for a video, and when it was sent. */
export function findSentSidecar(
  catalog: Catalog,
  server: string,
  video: string,
): { readonly sha256: string; readonly sentDate: string } | undefined {
  return catalog.database
    .select({ sha256: cablecastSidecars.sha256, sentDate: cablecastSidecars.sentDate })
    .from(cablecastSidecars)
    .where(and(eq(cablecastSidecars.server, server), eq(cablecastSidecars.video, video)))
    .get();
}

export function saveSentSidecar(catalog: Catalog, server: string, video: string, sha256: string, now: string): void {
  const row = { sha256, sentDate: now };
  catalog.database
    .insert(cablecastSidecars)
    .values({ server, video, ...row })
    .onConflictDoUpdate({ target: [cablecastSidecars.server, cablecastSidecars.video], set: row })
    .run();
}
