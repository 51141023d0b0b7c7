/** Tables of recordings and their transcriptions, and the tables of the legacy system. */

import { stylePartNames } from "../../captions/house-style/style.ts";
import { speechDetectors } from "../../captions/quality/document-facts.ts";
import { fileKinds } from "../../contract/formats.ts";
import { termKinds } from "../../contract/glossary.ts";
import { transcriptionStates, versionOrigins } from "../../contract/terms.ts";
import { integer, primaryKey, real, sql, sqliteTable, text } from "../drizzle.ts";
import { createCueColumns } from "./cue-columns.ts";
import { openList } from "./open-list.ts";

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

export const users = sqliteTable("users", {
  id: integer("id").primaryKey(),
  username: text("username").notNull().unique(),
  email: text("email").notNull().unique(),
  passwordHash: text("password_hash").notNull(),
  role: text("role", { enum: ["admin", "operator", "user"] })
    .notNull()
    .default("user"),
  active: integer("active", { mode: "boolean" }).notNull().default(true),
  createdDate: text("created_date").notNull().default(now),
  lastLogin: text("last_login"),
});

export const recordings = sqliteTable("recordings", {
  id: text("id").primaryKey(),
  fingerprint: text("fingerprint").notNull().unique(),
  filename: text("filename").notNull(),
  filePath: text("file_path").notNull(),
  fileSize: integer("file_size").notNull(),
  modifiedMs: integer("modified_ms").notNull(),
  container: text("container").notNull(),
  durationMs: integer("duration_ms"),
  media: text("media").notNull(),
  sampleCount: integer("sample_count"),
  createdDate: text("created_date").notNull().default(now),
  clock: text("clock"),
  sound: text("sound"),
  missing: text("missing"),
  dismissedDate: text("dismissed_date"),
});

export const recordingSilences = sqliteTable(
  "recording_silences",
  {
    recordingId: text("recording_id").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordingId, table.startMs] })],
);

export const transcriptions = sqliteTable("transcriptions", {
  id: text("id").primaryKey(),
  userId: integer("user_id"),
  recordingId: text("recording_id").notNull(),
  filename: text("filename").notNull(),
  filePath: text("file_path").notNull(),
  fileSize: integer("file_size"),
  duration: integer("duration"),
  status: text("status", { enum: transcriptionStates }).notNull().default("pending"),
  progress: integer("progress").notNull().default(0),
  language: text("language").notNull().default("en"),
  model: text("model").notNull(),
  modelFingerprint: text("model_fingerprint").notNull(),
  options: text("options").notNull(),
  optionsKey: text("options_key").notNull(),
  outputFormat: text("output_format").notNull().default("scc"),
  outputFolder: text("output_folder").notNull(),
  includeSummary: integer("include_summary", { mode: "boolean" }).notNull().default(true),
  priority: integer("priority").notNull().default(1),
  createdDate: text("created_date").notNull().default(now),
  startedDate: text("started_date"),
  completedDate: text("completed_date"),
  sccFilePath: text("scc_file_path"),
  summaryFilePath: text("summary_file_path"),
  metadataFilePath: text("metadata_file_path"),
  errorCode: text("error_code"),
  errorMessage: text("error_message"),
  processingTime: integer("processing_time"),
  qualityScore: real("quality_score"),
  vodId: text("vod_id"),
  vodUrl: text("vod_url"),
  vodStatus: text("vod_status"),
  spokenLanguage: text("spoken_language"),
  city: text("city"),
  voiceDetection: openList("voice_detection", speechDetectors),
  meetingDate: text("meeting_date"),
  meetingType: text("meeting_type"),
  meetingTitle: text("meeting_title"),
  meetingDescription: text("meeting_description"),
  factsSet: text("facts_set").notNull().default("[]"),
  deletedDate: text("deleted_date"),
  deletedBy: text("deleted_by"),
});

export const transcriptionSteps = sqliteTable(
  "transcription_steps",
  {
    transcriptionId: text("transcription_id").notNull(),
    name: text("name").notNull(),
    status: text("status", { enum: ["running", "completed", "failed"] }).notNull(),
    attempts: integer("attempts").notNull().default(1),
    elapsedMs: integer("elapsed_ms").notNull().default(0),
    completedDate: text("completed_date"),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.name] })],
);

export const transcriptionChunks = sqliteTable("transcription_chunks", {
  id: integer("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  position: integer("position").notNull(),
  startMs: integer("start_ms").notNull(),
  endMs: integer("end_ms").notNull(),
  status: text("status", { enum: ["pending", "completed"] })
    .notNull()
    .default("pending"),
  attempts: integer("attempts").notNull().default(0),
  elapsedMs: integer("elapsed_ms"),
  repairedWords: integer("repaired_words").notNull().default(0),
  language: text("language"),
  completedDate: text("completed_date"),
  stretches: text("stretches"),
  doubts: text("doubts").notNull().default("[]"),
  method: text("method"),
  spokenLanguage: text("spoken_language"),
});

export const transcriptionSpeech = sqliteTable(
  "transcription_speech",
  {
    transcriptionId: text("transcription_id").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.startMs] })],
);

export const words = sqliteTable(
  "words",
  {
    chunkId: integer("chunk_id").notNull(),
    position: integer("position").notNull(),
    text: text("text").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
    probability: real("probability").notNull(),
    estimated: integer("estimated", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.chunkId, table.position] })],
);

export const versions = sqliteTable("versions", {
  id: text("id").primaryKey(),
  transcriptionId: text("transcription_id").notNull(),
  number: integer("number").notNull(),
  origin: openList("origin", versionOrigins).notNull(),
  sealed: integer("sealed", { mode: "boolean" }).notNull().default(false),
  createdDate: text("created_date").notNull().default(now),
  name: text("name"),
  seq: integer("seq"),
  chapters: text("chapters"),
});

export const cues = sqliteTable(
  "cues",
  {
    versionId: text("version_id").notNull(),
    position: integer("position").notNull(),
    ...createCueColumns(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.position] })],
);

export const summaries = sqliteTable("summaries", {
  transcriptionId: text("transcription_id").primaryKey(),
  markdown: text("markdown").notNull(),
  sentences: text("sentences").notNull(),
  options: text("options").notNull().default("{}"),
  createdDate: text("created_date").notNull().default(now),
  version: integer("version").notNull().default(0),
});

export const keyPhrases = sqliteTable(
  "key_phrases",
  {
    transcriptionId: text("transcription_id").notNull(),
    rank: integer("rank").notNull(),
    phrase: text("phrase").notNull(),
    occurrences: integer("occurrences").notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.rank] })],
);

export const transcriptionFiles = sqliteTable(
  "transcription_files",
  {
    transcriptionId: text("transcription_id").notNull(),
    kind: openList("kind", fileKinds).notNull(),
    path: text("path").notNull(),
    sha256: text("sha256").notNull(),
    writtenDate: text("written_date").notNull().default(now),
    version: integer("version"),
    writingSha256: text("writing_sha256"),
    superseded: integer("superseded", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.path] })],
);

export const transcriptionIssues = sqliteTable(
  "transcription_issues",
  {
    transcriptionId: text("transcription_id").notNull(),
    position: integer("position").notNull(),
    severity: text("severity", { enum: ["error", "warning"] }).notNull(),
    rule: text("rule").notNull(),
    message: text("message").notNull(),
    remedy: text("remedy"),
    atMs: integer("at_ms"),
    untilMs: integer("until_ms"),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.position] })],
);

export const glossaryTerms = sqliteTable("glossary_terms", {
  id: integer("id").primaryKey(),
  city: text("city").notNull(),
  term: text("term").notNull(),
  kind: openList("kind", termKinds).notNull().default("other"),
  timesHeard: integer("times_heard").notNull().default(0),
  lastHeardDate: text("last_heard_date"),
  createdDate: text("created_date").notNull().default(now),
});

export const glossaryProposals = sqliteTable(
  "glossary_proposals",
  {
    transcriptionId: text("transcription_id").notNull(),
    wordIndex: integer("word_index").notNull(),
    wordCount: integer("word_count").notNull(),
    heard: text("heard").notNull(),
    term: text("term").notNull(),
    likeness: real("likeness").notNull(),
    startMs: integer("start_ms").notNull(),
    endMs: integer("end_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.wordIndex, table.term] })],
);

export const styleEdits = sqliteTable(
  "style_edits",
  {
    transcriptionId: text("transcription_id").notNull(),
    wordIndex: integer("word_index").notNull(),
    wordCount: integer("word_count").notNull(),
    heard: text("heard").notNull(),
    written: text("written").notNull(),
    rule: openList("rule", stylePartNames).notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptionId, table.wordIndex] })],
);

export const apiKeys = sqliteTable("api_keys", {
  id: integer("id").primaryKey(),
  userId: integer("user_id"),
  keyHash: text("key_hash").notNull().unique(),
  name: text("name").notNull(),
  description: text("description"),
  permissions: text("permissions").notNull().default("[]"),
  active: integer("active", { mode: "boolean" }).notNull().default(true),
  expiresAt: text("expires_at"),
  lastUsed: text("last_used"),
  createdDate: text("created_date").notNull().default(now),
});

export const systemLogs = sqliteTable("system_logs", {
  id: integer("id").primaryKey(),
  level: text("level").notNull(),
  message: text("message").notNull(),
  component: text("component"),
  userId: integer("user_id"),
  transcriptionId: text("transcription_id"),
  metadata: text("metadata"),
  createdDate: text("created_date").notNull().default(now),
});
