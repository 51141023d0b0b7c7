/** Tables of what people say of a meeting, and of where its words are found. */

import { meetingChangeKinds } from "../../contract/meeting-facts.ts";
import { integer, primaryKey, sqliteTable, text } from "../drizzle.ts";
import { openList } from "./open-list.ts";

export const meetingTags = sqliteTable(
  "meeting_tags",
  {
    transcriptionId: text("transcription_id").notNull(),
    position: integer("position").notNull(),
    tag: text("tag").notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.position] })],
);

export const meetingPeople = sqliteTable(
  "meeting_people",
  {
    transcriptionId: text("transcription_id").notNull(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.position] })],
);

export const meetingChanges = sqliteTable("meeting_changes", {
  id: integer("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  kind: openList("kind", meetingChangeKinds).notNull(),
  fields: text("fields").notNull().default("[]"),
  madeBy: text("made_by").notNull(),
  madeDate: text("made_date").notNull(),
});

export const meetingDetailRows = sqliteTable("meeting_detail_rows", {
  row: integer("row").primaryKey(),
  transcriptionId: text("transcription_id").notNull().unique(),
  stale: integer("stale", { mode: "boolean" }).notNull().default(true),
  items: text("items"),
});
