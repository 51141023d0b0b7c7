/** When each schedule last ran. */
import { and, eq, lt } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { scheduleRuns } from "../schema.ts";

export type ScheduleRunRow = typeof scheduleRuns.$inferSelect;

export function findScheduleRun(catalog: Catalog, name: string): ScheduleRunRow | undefined {
  return catalog.database.select().from(scheduleRuns).where(eq(scheduleRuns.name, name)).get();
}

/** Records, before it begins, that a schedule runs for a due time. */
export function beginScheduleRun(catalog: Catalog, name: string, dueDate: string, now: string): void {
  const row = { dueDate, startedDate: now, completedDate: null, outcome: null, message: null };
  catalog.database
    .insert(scheduleRuns)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: scheduleRuns.name, set: row })
    .run();
}

/** What was due up to a date is not made up for; what is known of the last run stays. */
export function skipScheduleRuns(catalog: Catalog, name: string, dueDate: string): void {
  catalog.database
    .update(scheduleRuns)
    .set({ dueDate })
    .where(and(eq(scheduleRuns.name, name), lt(scheduleRuns.dueDate, dueDate)))
    .run();
}

export function endScheduleRun(
  catalog: Catalog,
  name: string,
  end: { readonly outcome: "completed" | "failed"; readonly message: string; readonly completedDate: string },
): void {
  catalog.database.update(scheduleRuns).set(end).where(eq(scheduleRuns.name, name)).run();
}
