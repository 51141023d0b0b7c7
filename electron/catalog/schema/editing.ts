/** Tables of the caption editor: captions being corrected, and the log of edits. */

import { markKinds } from "../../captions/editing/document.ts";
import { integer, primaryKey, sqliteTable, text } from "../drizzle.ts";
import { createCueColumns } from "./cue-columns.ts";
import { openList } from "./open-list.ts";

export const drafts = sqliteTable("drafts", {
  transcriptionId: text("transcription_id").primaryKey(),
  baseNumber: integer("base_number").notNull(),
  baseMarks: text("base_marks").notNull().default("[]"),
  seq: integer("seq").notNull().default(0),
  nextId: integer("next_id").notNull(),
  view: text("view").notNull().default('{"cue":null,"row":0}'),
  sealedSeq: integer("sealed_seq").notNull().default(0),
  openedBy: text("opened_by"),
  createdDate: text("created_date").notNull(),
});

export const draftCues = sqliteTable(
  "draft_cues",
  {
    transcriptionId: text("transcription_id").notNull(),
    id: integer("id").notNull(),
    ...createCueColumns(),
    reviewed: integer("reviewed", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.id] })],
);

export const draftMarks = sqliteTable(
  "draft_marks",
  {
    transcriptionId: text("transcription_id").notNull(),
    id: integer("id").notNull(),
    kind: openList("kind", markKinds).notNull(),
    atMs: integer("at_ms").notNull(),
    text: text("text").notNull(),
    rule: text("rule"),
    cue: integer("cue"),
    untilMs: integer("until_ms"),
    madeBy: text("made_by"),
    madeDate: text("made_date"),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.id] })],
);

export const edits = sqliteTable(
  "edits",
  {
    transcriptionId: text("transcription_id").notNull(),
    seq: integer("seq").notNull(),
    deed: text("deed").notNull(),
    change: text("change").notNull(),
    view: text("view").notNull(),
    madeBy: text("made_by").notNull(),
    windowKey: text("window_key").notNull(),
    windowNumber: integer("window_number").notNull(),
    madeDate: text("made_date").notNull(),
    activeMs: integer("active_ms").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.seq] })],
);

export const dictionaryWords = sqliteTable(
  "dictionary_words",
  {
    city: text("city").notNull(),
    word: text("word").notNull(),
    addedBy: text("added_by").notNull(),
    addedDate: text("added_date").notNull(),
  },
  (table) => [primaryKey({ columns: [table.city, table.word] })],
);
