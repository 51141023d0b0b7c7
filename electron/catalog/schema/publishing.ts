/** Tables of publishing. */

import { targetNames } from "../../contract/publishing.ts";
import { approvalActions, verificationStates } from "../../contract/terms.ts";
import { integer, primaryKey, real, sql, sqliteTable, text } from "../drizzle.ts";
import { openList } from "./open-list.ts";

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

export const cablecastLinks = sqliteTable(
  "cablecast_links",
  {
    recordingId: text("recording_id").notNull(),
    server: text("server").notNull(),
    showId: integer("show_id").notNull(),
    reason: text("reason").notNull(),
    score: real("score").notNull().default(1),
    linkedDate: text("linked_date").notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.recordingId, table.server] })],
);

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
  reasons: text("reasons").notNull().default("[]"),
});

export const approvalLog = sqliteTable("approval_log", {
  id: integer("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  number: integer("number").notNull(),
  action: openList("action", approvalActions).notNull(),
  madeBy: text("made_by").notNull(),
  madeDate: text("made_date").notNull(),
  reasons: text("reasons").notNull().default("[]"),
});

export const vodContent = sqliteTable("vod_content", {
  id: integer("id").primaryKey(),
  transcriptionId: text("transcription_id"),
  cablecastShowId: integer("cablecast_show_id"),
  vodId: text("vod_id").notNull(),
  title: text("title").notNull(),
  description: text("description"),
  url: text("url"),
  thumbnailUrl: text("thumbnail_url"),
  duration: integer("duration"),
  quality: integer("quality"),
  status: text("status", { enum: ["processing", "published", "failed", "removed"] })
    .notNull()
    .default("processing"),
  publishedDate: text("published_date"),
  createdDate: text("created_date").notNull().default(now),
  captionsVerified: text("captions_verified", { enum: verificationStates }).notNull().default("not yet"),
  missing: text("missing").notNull().default("[]"),
  checkedDate: text("checked_date"),
  target: openList("target", targetNames).notNull().default("cablecast"),
  server: text("server").notNull().default(""),
  showId: integer("show_id"),
  wish: text("wish").notNull().default("{}"),
  version: integer("version"),
  factsChange: integer("facts_change").notNull().default(0),
});
