/** Comments on captions: threads about a place, which are settled one by one. */
import { and, asc, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { comments } from "../schema.ts";

export type CommentRow = typeof comments.$inferSelect;
export type NewComment = Omit<typeof comments.$inferInsert, "id" | "resolvedBy" | "resolvedDate">;

/** All comments of a meeting, in the order in which they were made. */
export const listComments = (catalog: Catalog, transcriptionId: string): readonly CommentRow[] =>
  catalog.database
    .select()
    .from(comments)
    .where(eq(comments.transcriptionId, transcriptionId))
    .orderBy(asc(comments.id))
    .all();

export const findComment = (catalog: Catalog, transcriptionId: string, id: number): CommentRow | undefined =>
  catalog.database
    .select()
    .from(comments)
    .where(and(eq(comments.transcriptionId, transcriptionId), eq(comments.id, id)))
    .get();

/** @returns its id */
export const addComment = (catalog: Catalog, comment: NewComment): number =>
  catalog.database.insert(comments).values(comment).returning({ id: comments.id }).get().id;

/** Settles a thread, or opens it again. @param resolved null: it is open */
export function resolveComment(
  catalog: Catalog,
  id: number,
  resolved: { readonly by: string; readonly date: string } | null,
): void {
  catalog.database
    .update(comments)
    .set({ resolvedBy: resolved?.by ?? null, resolvedDate: resolved?.date ?? null })
    .where(eq(comments.id, id))
    .run();
}

/** Removes a comment, and with the first one of a thread all answers. */
export function removeComment(catalog: Catalog, id: number): void {
  catalog.database.delete(comments).where(eq(comments.id, id)).run();
}

/** Other whenever a comment of the meeting was made, settled or removed. */
export function getCommentsKey(catalog: Catalog, transcriptionId: string): string {
  const found = catalog.database
    .select({
      key: sql<string>`count(*) || ' ' || coalesce(max(${comments.madeDate}), '') || ' ' || count(${comments.resolvedBy}) || ' ' || coalesce(max(${comments.resolvedDate}), '')`,
    })
    .from(comments)
    .where(eq(comments.transcriptionId, transcriptionId))
    .get();
  return found?.key ?? "";
}
