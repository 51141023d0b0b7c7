/** Tables of what was heard again. */
import { integer, primaryKey, sqliteTable, text } from "../drizzle.ts";

export const hearings = sqliteTable("hearings", {
  id: text("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  startMs: integer("start_ms").notNull(),
  endMs: integer("end_ms").notNull(),
  createdDate: text("created_date").notNull(),
  spans: text("spans"),
  editSeq: integer("edit_seq"),
  outcome: text("outcome"),
});

export const hearingChunks = sqliteTable(
  "hearing_chunks",
  {
    hearingId: text("hearing_id").notNull(),
    position: integer("position").notNull(),
    stretches: text("stretches").notNull(),
    language: text("language"),
    words: text("words"),
    doubts: text("doubts").notNull().default("[]"),
    method: text("method"),
  },
  (table) => [primaryKey({ columns: [table.hearingId, table.position] })],
);
