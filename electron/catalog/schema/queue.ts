/** Tables of the job queue, shares, batches and schedules. */

import { historyKinds, jobStates, jobTypes, waitReasons } from "../../contract/jobs.ts";
import { integer, primaryKey, real, sql, sqliteTable, text } from "../drizzle.ts";
import { openList } from "./open-list.ts";

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

export const batches = sqliteTable("batches", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  request: text("request").notNull(),
  refused: text("refused").notNull().default("[]"),
  createdDate: text("created_date").notNull().default(now),
  completedDate: text("completed_date"),
});

export const jobs = sqliteTable("jobs", {
  id: text("id").primaryKey(),
  type: openList("type", jobTypes).notNull(),
  state: text("state", { enum: jobStates }).notNull().default("queued"),
  waitsFor: openList("waits_for", waitReasons),
  paused: integer("paused", { mode: "boolean" }).notNull().default(false),
  priority: integer("priority").notNull().default(3),
  position: real("position").notNull(),
  pinned: integer("pinned", { mode: "boolean" }).notNull().default(false),
  dedupeKey: text("dedupe_key"),
  groupKey: text("affinity"),
  city: text("city"),
  batchId: text("batch_id"),
  title: text("title").notNull(),
  payload: text("payload").notNull(),
  overrides: text("overrides").notNull().default("{}"),
  share: text("share"),
  attempts: integer("attempts").notNull().default(0),
  run: integer("run").notNull().default(0),
  crashes: integer("crashes").notNull().default(0),
  notBefore: text("not_before"),
  timeoutMs: integer("timeout_ms"),
  durationMs: integer("duration_ms"),
  progress: real("progress").notNull().default(0),
  stage: text("stage"),
  message: text("message"),
  etaMs: integer("eta_ms"),
  transcriptionId: text("transcription_id"),
  result: text("result"),
  errorCode: text("error_code"),
  errorMessage: text("error_message"),
  errorRemedy: text("error_remedy"),
  createdDate: text("created_date").notNull().default(now),
  startedDate: text("started_date"),
  completedDate: text("completed_date"),
});

export const jobDependencies = sqliteTable(
  "job_dependencies",
  { jobId: text("job_id").notNull(), needsId: text("needs_id").notNull() },
  (table) => [primaryKey({ columns: [table.jobId, table.needsId] })],
);

export const jobSteps = sqliteTable(
  "job_steps",
  {
    jobId: text("job_id").notNull(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    status: text("status", { enum: ["pending", "running", "completed", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer("attempts").notNull().default(0),
    elapsedMs: integer("elapsed_ms").notNull().default(0),
    result: text("result"),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.name] })],
);

export const jobHistory = sqliteTable("job_history", {
  id: integer("id").primaryKey(),
  jobId: text("job_id").notNull(),
  kind: openList("kind", historyKinds).notNull(),
  message: text("message").notNull(),
  details: text("details"),
  createdDate: text("created_date").notNull().default(now),
});

export const stationFlags = sqliteTable("station_flags", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});

export const shareFileStates = ["new", "ready", "queued", "done", "known", "refused", "vanished"] as const;

export const shareFiles = sqliteTable("share_files", {
  id: integer("id").primaryKey(),
  share: text("share").notNull(),
  path: text("path").notNull(),
  size: integer("size").notNull(),
  modifiedMs: integer("modified_ms").notNull(),
  state: text("state", { enum: shareFileStates }).notNull().default("new"),
  reason: text("reason"),
  stablePolls: integer("stable_polls").notNull().default(0),
  fingerprint: text("fingerprint"),
  durationMs: integer("duration_ms"),
  city: text("city"),
  meetingDate: text("meeting_date"),
  meetingType: text("meeting_type"),
  title: text("title"),
  firstSeenDate: text("first_seen_date").notNull().default(now),
  vanishedDate: text("vanished_date"),
});

export const scheduleRuns = sqliteTable("schedule_runs", {
  name: text("name").primaryKey(),
  dueDate: text("due_date").notNull(),
  startedDate: text("started_date").notNull(),
  completedDate: text("completed_date"),
  outcome: text("outcome"),
  message: text("message"),
});

export const recordingMoves = sqliteTable("recording_moves", {
  id: integer("id").primaryKey(),
  fromPath: text("from_path").notNull(),
  toPath: text("to_path").notNull(),
  groupId: text("group_id").notNull(),
  size: integer("size").notNull(),
  modifiedMs: integer("modified_ms").notNull(),
  sha256: text("sha256"),
  status: text("status", { enum: ["copying", "verified", "done", "failed"] }).notNull(),
  message: text("message"),
  createdDate: text("created_date").notNull().default(now),
});

export const notifications = sqliteTable("notifications", {
  id: integer("id").primaryKey(),
  severity: text("severity", { enum: ["info", "warning", "error"] }).notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  city: text("city"),
  jobId: text("job_id"),
  recipients: text("recipients").notNull().default("[]"),
  status: text("status", { enum: ["pending", "sent", "failed", "kept"] }).notNull(),
  attempts: integer("attempts").notNull().default(0),
  notBefore: text("not_before"),
  error: text("error"),
  createdDate: text("created_date").notNull().default(now),
  sentDate: text("sent_date"),
});
