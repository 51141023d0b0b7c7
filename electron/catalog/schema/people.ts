/** Tables of users, their sign-in tokens, and the position of each meeting's text in the search index. */
import { integer, sqliteTable, text } from "../drizzle.ts";

export const clientTokens = sqliteTable("client_tokens", {
  tokenHash: text("token_hash").primaryKey(),
  userId: integer("user_id").notNull(),
  createdDate: text("created_date").notNull(),
  lastUsedDate: text("last_used_date").notNull(),
  expiresDate: text("expires_date").notNull(),
  kind: text("kind", { enum: ["browser", "program"] }).notNull(),
  agent: text("agent").notNull(),
});

export const meetingTextRanges = sqliteTable("meeting_text_ranges", {
  transcriptionId: text("transcription_id").primaryKey(),
  firstRow: integer("first_row").notNull(),
  lastRow: integer("last_row").notNull(),
});
