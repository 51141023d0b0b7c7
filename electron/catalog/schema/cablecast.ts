/** Tables of the Cablecast server's state: its shows, VODs and files, and the metadata of both sides. */
import { integer, primaryKey, real, sql, sqliteTable, text } from "../drizzle.ts";

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

export const cablecastShows = sqliteTable("cablecast_shows", {
  id: integer("id").primaryKey(),
  cablecastId: integer("cablecast_id").notNull().unique(),
  title: text("title").notNull(),
  description: text("description"),
  category: text("category"),
  producer: text("producer"),
  runtime: integer("runtime"),
  createdDate: text("created_date"),
  updatedDate: text("updated_date").notNull().default(now),
  location: integer("location"),
  publicTitle: text("public_title"),
  eventDate: text("event_date"),
  localId: text("local_id"),
  project: text("project"),
  lastModified: text("last_modified"),
  hasCaptions: integer("has_captions", { mode: "boolean" }).notNull().default(false),
  removedDate: text("removed_date"),
});

export const cablecastVods = sqliteTable("cablecast_vods", {
  vodId: integer("vod_id").primaryKey(),
  showId: integer("show_id").notNull(),
  state: text("state"),
  isWatchable: integer("is_watchable", { mode: "boolean" }).notNull(),
  views: integer("views").notNull().default(0),
  length: real("length"),
  url: text("url"),
  seenDate: text("seen_date").notNull(),
  removedDate: text("removed_date"),
});

export const cablecastSync = sqliteTable("cablecast_sync", {
  location: integer("location").primaryKey(),
  newestModified: text("newest_modified"),
  fullDate: text("full_date"),
  checkedDate: text("checked_date").notNull(),
});

export const cablecastReferences = sqliteTable(
  "cablecast_references",
  {
    kind: text("kind", { enum: ["reel", "asset"] }).notNull(),
    cablecastId: integer("cablecast_id").notNull(),
    filename: text("filename").notNull(),
    updatedDate: text("updated_date").notNull().default(now),
    showId: integer("show_id"),
  },
  (table) => [primaryKey({ columns: [table.kind, table.cablecastId] })],
);

export const cablecastMetadata = sqliteTable(
  "cablecast_metadata",
  {
    recordingId: text("recording_id").notNull(),
    server: text("server").notNull(),
    field: text("field").notNull(),
    base: text("base"),
    ours: text("ours").notNull(),
    oursDate: text("ours_date").notNull(),
    theirs: text("theirs").notNull(),
    theirsDate: text("theirs_date"),
    chosen: text("chosen"),
    conflict: integer("conflict", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.recordingId, table.server, table.field] })],
);

export const cablecastServer = sqliteTable("cablecast_server", {
  id: integer("id").primaryKey(),
  address: text("address").notNull(),
});

export const cablecastChapters = sqliteTable(
  "cablecast_chapters",
  {
    server: text("server").notNull(),
    chapterId: integer("chapter_id").notNull(),
    vodId: integer("vod_id").notNull(),
    title: text("title").notNull(),
    offset: integer("offset").notNull(),
  },
  (table) => [primaryKey({ columns: [table.server, table.chapterId] })],
);

export const cablecastSidecars = sqliteTable(
  "cablecast_sidecars",
  {
    server: text("server").notNull(),
    video: text("video").notNull(),
    sha256: text("sha256").notNull(),
    sentDate: text("sent_date").notNull(),
  },
  (table) => [primaryKey({ columns: [table.server, table.video] })],
);
