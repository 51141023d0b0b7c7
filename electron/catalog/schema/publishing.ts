/** What publishing keeps. */
import { sql } from "drizzle-orm";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

export const cablecastLinks = sqliteTable("cablecast_links", {
  recordingId: text("recording_id").primaryKey(),
  showId: integer("show_id").notNull(),
  reason: text("reason").notNull(),
  linkedDate: text("linked_date").notNull().default(now),
});

export const cablecastUploads = sqliteTable(
  "cablecast_uploads",
  {
    path: text("path").notNull(),
    size: integer("size").notNull(),
    modifiedMs: integer("modified_ms").notNull(),
    store: integer("store").notNull(),
    uploadId: integer("upload_id").notNull(),
    nextSegment: integer("next_segment").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.path, table.store] })],
);

export const approvals = sqliteTable("approvals", {
  versionId: text("version_id").primaryKey(),
  approvedBy: text("approved_by").notNull(),
  approvedDate: text("approved_date").notNull().default(now),
});
