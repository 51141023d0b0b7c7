/** Notifications, and the mail that delivers them. */
import { and, asc, desc, eq, isNull, lt, lte, ne, or, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { notifications } from "../schema.ts";

export type NotificationRow = typeof notifications.$inferSelect;

export interface NewNotification {
  readonly severity: NotificationRow["severity"];
  readonly subject: string;
  readonly body: string;
  readonly city?: string | null;
  readonly jobId?: string | null;
  /** Mail addresses; empty: it is stored only. */
  readonly recipients: readonly string[];
  readonly createdDate: string;
  /** False: there is no mail server. */
  readonly canSend: boolean;
}

export function addNotification(catalog: Catalog, { recipients, canSend, ...rest }: NewNotification): void {
  const status = canSend && recipients.length > 0 ? "pending" : "kept";
  catalog.database
    .insert(notifications)
    .values({ ...rest, recipients: JSON.stringify(recipients), status })
    .run();
}

/** Mail that is due to be sent. */
export function dueNotifications(catalog: Catalog, now: string): readonly NotificationRow[] {
  return catalog.database
    .select()
    .from(notifications)
    .where(
      and(eq(notifications.status, "pending"), or(isNull(notifications.notBefore), lte(notifications.notBefore, now))),
    )
    .orderBy(asc(notifications.id))
    .limit(20)
    .all();
}

export function markSent(catalog: Catalog, id: number, now: string): void {
  catalog.database
    .update(notifications)
    .set({ status: "sent", sentDate: now, error: null })
    .where(eq(notifications.id, id))
    .run();
}

/** @param notBefore time of the next attempt; undefined: never */
export function markUnsent(catalog: Catalog, id: number, error: string, notBefore: string | undefined): void {
  catalog.database
    .update(notifications)
    .set({
      error,
      attempts: sql`${notifications.attempts} + 1`,
      ...(notBefore === undefined ? { status: "failed" } : { notBefore }),
    })
    .where(eq(notifications.id, id))
    .run();
}

/** Forgets those that are over. @param before ISO 8601. @returns how many */
export function forgetNotifications(catalog: Catalog, before: string): number {
  return catalog.database
    .delete(notifications)
    .where(and(lt(notifications.createdDate, before), ne(notifications.status, "pending")))
    .run().changes;
}

/** Newest first. */
export function listNotifications(catalog: Catalog, limit: number): readonly NotificationRow[] {
  return catalog.database.select().from(notifications).orderBy(desc(notifications.id)).limit(limit).all();
}
