/** The legacy log table: events that users may want to look up later, beside the technical log file. */
import { lt } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { systemLogs } from "../schema.ts";

export interface LogEntry {
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  readonly component: string;
  readonly transcriptionId?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export function addLogEntry(catalog: Catalog, entry: LogEntry): void {
  catalog.database
    .insert(systemLogs)
    .values({
      level: entry.level,
      message: entry.message,
      component: entry.component,
      transcriptionId: entry.transcriptionId ?? null,
      metadata: entry.metadata === undefined ? null : JSON.stringify(entry.metadata),
    })
    .run();
}

/** Forgets old rows. @param before ISO 8601. @returns how many */
export function forgetLogEntries(catalog: Catalog, before: string): number {
  return catalog.database.delete(systemLogs).where(lt(systemLogs.createdDate, before)).run().changes;
}
