/** Table of the comments on captions. */
import { integer, sqliteTable, text } from "../drizzle.ts";

export const comments = sqliteTable("comments", {
  id: integer("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  parentId: integer("parent_id"),
  cue: integer("cue"),
  atMs: integer("at_ms").notNull(),
  text: text("text").notNull(),
  madeBy: text("made_by").notNull(),
  madeDate: text("made_date").notNull(),
  resolvedBy: text("resolved_by"),
  resolvedDate: text("resolved_date"),
});
