-- Lists that grow are no longer checked by the database: types of jobs, reasons to wait, what happens to jobs, places to
-- publish in, kinds of files, marks and glossary terms, origins of versions, speech detectors. The program checks them when it
-- writes and reads a row (schema/open-list.ts), so that a new one needs no migration. Lists that are closed, such as
-- states, stay checked here. A check of a column cannot be changed: each table is made anew with all its rows and takes
-- the old one's place (sqlite.org/lang_altertable.html §7); migrate.ts has switched foreign keys off and looks for orphans.

CREATE TABLE transcriptions_rebuilt (
  id TEXT PRIMARY KEY,
  user_id INTEGER REFERENCES users(id),
  recording_id TEXT NOT NULL REFERENCES recordings(id),
  filename TEXT NOT NULL,
  file_path TEXT NOT NULL,
  file_size INTEGER,
  -- Seconds, as the legacy program had it; duration_ms of the recording is exact.
  duration INTEGER,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'processing', 'completed', 'needs_review', 'failed', 'cancelled')),
  progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  language TEXT NOT NULL DEFAULT 'en',
  model TEXT NOT NULL,
  model_fingerprint TEXT NOT NULL,
  -- What else decides the words and cues, and its digest: the same content, model and options are the same work.
  options TEXT NOT NULL CHECK (json_valid(options)),
  options_key TEXT NOT NULL,
  output_format TEXT NOT NULL DEFAULT 'scc',
  output_folder TEXT NOT NULL,
  include_summary INTEGER NOT NULL DEFAULT 1 CHECK (include_summary IN (0, 1)),
  priority INTEGER NOT NULL DEFAULT 1 CHECK (priority >= 1 AND priority <= 5),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  started_date TEXT,
  completed_date TEXT,
  scc_file_path TEXT,
  summary_file_path TEXT,
  metadata_file_path TEXT,
  error_code TEXT,
  error_message TEXT,
  -- Seconds.
  processing_time INTEGER,
  -- Of the checks, 0 to 1; unknown until they have run.
  quality_score REAL CHECK (quality_score BETWEEN 0 AND 1),
  vod_id TEXT,
  vod_url TEXT,
  vod_status TEXT,
  -- What is spoken, as detected or set; the language of the words is English where it was translated.
  spoken_language TEXT,
  -- The city whose names were used.
  city TEXT,
  -- How speech was told from silence.
  voice_detection TEXT,
  -- What a person or the file's name says of the meeting.
  meeting_date TEXT,
  meeting_type TEXT,
  meeting_title TEXT
) STRICT;
INSERT INTO transcriptions_rebuilt SELECT * FROM transcriptions;
DROP TABLE transcriptions;
ALTER TABLE transcriptions_rebuilt RENAME TO transcriptions;

CREATE INDEX idx_transcriptions_status ON transcriptions(status);
CREATE INDEX idx_transcriptions_user_id ON transcriptions(user_id);
CREATE INDEX idx_transcriptions_created_date ON transcriptions(created_date);
CREATE INDEX idx_transcriptions_vod_status ON transcriptions(vod_status);
CREATE INDEX idx_transcriptions_work ON transcriptions(recording_id, model_fingerprint, options_key);
CREATE INDEX idx_transcriptions_completed_date ON transcriptions(completed_date);

-- Triggers of other tables that name this one would keep it from being replaced.
DROP TRIGGER cues_sealed_insert;
DROP TRIGGER cues_sealed_update;
DROP TRIGGER cues_sealed_delete;
CREATE TABLE versions_rebuilt (
  id TEXT PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  origin TEXT NOT NULL,
  sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  -- What a version is: "approved", "before everything was replaced", an imported file's name.
  name TEXT,
  -- The last edit that it holds; NULL for versions that have not been edited.
  seq INTEGER,
  UNIQUE (transcription_id, number)
) STRICT;
INSERT INTO versions_rebuilt SELECT * FROM versions;
DROP TABLE versions;
ALTER TABLE versions_rebuilt RENAME TO versions;

CREATE TRIGGER versions_stay_sealed BEFORE UPDATE ON versions WHEN OLD.sealed = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;
CREATE TRIGGER cues_sealed_insert BEFORE INSERT ON cues
WHEN (SELECT sealed FROM versions WHERE id = NEW.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;
CREATE TRIGGER cues_sealed_update BEFORE UPDATE ON cues
WHEN (SELECT sealed FROM versions WHERE id = OLD.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;
-- Deleting a whole version removes its row first, so its cues may follow.
CREATE TRIGGER cues_sealed_delete BEFORE DELETE ON cues
WHEN (SELECT sealed FROM versions WHERE id = OLD.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;

CREATE TABLE transcription_files_rebuilt (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  written_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (transcription_id, path)
) STRICT, WITHOUT ROWID;
INSERT INTO transcription_files_rebuilt SELECT * FROM transcription_files;
DROP TABLE transcription_files;
ALTER TABLE transcription_files_rebuilt RENAME TO transcription_files;

CREATE INDEX idx_transcription_files_path ON transcription_files(path);

CREATE TABLE glossary_terms_rebuilt (
  id INTEGER PRIMARY KEY,
  city TEXT NOT NULL CHECK (city <> ''),
  term TEXT NOT NULL CHECK (term <> ''),
  kind TEXT NOT NULL DEFAULT 'other',
  -- In how many transcriptions it was heard.
  times_heard INTEGER NOT NULL DEFAULT 0 CHECK (times_heard >= 0),
  last_heard_date TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (city, term)
) STRICT;
INSERT INTO glossary_terms_rebuilt SELECT * FROM glossary_terms;
DROP TABLE glossary_terms;
ALTER TABLE glossary_terms_rebuilt RENAME TO glossary_terms;

CREATE TABLE draft_marks_rebuilt (
  transcription_id TEXT NOT NULL REFERENCES drafts(transcription_id) ON DELETE CASCADE,
  id INTEGER NOT NULL CHECK (id > 0),
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
  text TEXT NOT NULL,
  rule TEXT,
  cue INTEGER,
  PRIMARY KEY (transcription_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO draft_marks_rebuilt SELECT * FROM draft_marks;
DROP TABLE draft_marks;
ALTER TABLE draft_marks_rebuilt RENAME TO draft_marks;

CREATE TABLE vod_content_rebuilt (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT REFERENCES transcriptions(id),
  cablecast_show_id INTEGER REFERENCES cablecast_shows(id) ON DELETE SET NULL,
  vod_id TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  url TEXT,
  thumbnail_url TEXT,
  duration INTEGER,
  quality INTEGER,
  status TEXT NOT NULL DEFAULT 'processing' CHECK (status IN ('processing', 'published', 'failed', 'removed')),
  published_date TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  captions_verified TEXT NOT NULL DEFAULT 'not yet' CHECK (captions_verified IN ('yes', 'no', 'not yet')),
  missing TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(missing)),
  checked_date TEXT,
  target TEXT NOT NULL DEFAULT 'cablecast',
  -- Address of the server; empty for a package.
  server TEXT NOT NULL DEFAULT '',
  show_id INTEGER,
  -- How it was asked for, where that holds for the next time too.
  wish TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(wish)),
  UNIQUE (target, server, vod_id)
) STRICT;
INSERT INTO vod_content_rebuilt SELECT * FROM vod_content;
DROP TABLE vod_content;
ALTER TABLE vod_content_rebuilt RENAME TO vod_content;

CREATE INDEX idx_vod_content_transcription_id ON vod_content(transcription_id);
CREATE INDEX idx_vod_content_status ON vod_content(status);

CREATE TABLE jobs_rebuilt (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'waiting')),
  -- What a waiting job waits for.
  waits_for TEXT,
  -- A person has said that it is not to go on for now.
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  -- 5 is the most urgent.
  priority INTEGER NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
  -- Place among its equals; a job that a person has put somewhere is pinned there.
  position REAL NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  -- Only one open job with the same key.
  dedupe_key TEXT,
  -- The job's group: jobs of one group follow one another where they may.
  affinity TEXT,
  city TEXT,
  batch_id TEXT REFERENCES batches(id),
  title TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  -- What recoveries have changed of the request.
  overrides TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(overrides)),
  -- The share that it needs, by label.
  share TEXT,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- Each run gets a number of its own: what an older run says no longer counts.
  run INTEGER NOT NULL DEFAULT 0 CHECK (run >= 0),
  -- How often Archivist ended while it ran, since it last got on.
  crashes INTEGER NOT NULL DEFAULT 0 CHECK (crashes >= 0),
  -- Not before then (ISO 8601): the wait between two tries.
  not_before TEXT,
  timeout_ms INTEGER CHECK (timeout_ms > 0),
  -- Length of the recording, once it is known.
  duration_ms INTEGER CHECK (duration_ms > 0),
  progress REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  stage TEXT,
  message TEXT,
  eta_ms INTEGER CHECK (eta_ms >= 0),
  transcription_id TEXT REFERENCES transcriptions(id),
  result TEXT CHECK (json_valid(result)),
  error_code TEXT,
  error_message TEXT,
  error_remedy TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  started_date TEXT,
  completed_date TEXT,
  CHECK ((state = 'waiting') = (waits_for IS NOT NULL))
) STRICT;
INSERT INTO jobs_rebuilt SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_rebuilt RENAME TO jobs;

CREATE UNIQUE INDEX idx_jobs_dedupe ON jobs(dedupe_key) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX idx_jobs_next ON jobs(state, priority DESC, pinned DESC, position);
CREATE INDEX idx_jobs_batch ON jobs(batch_id);
CREATE INDEX idx_jobs_created_date ON jobs(created_date);

CREATE TABLE job_history_rebuilt (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  -- The class of a recovery, the code of an error, figures.
  details TEXT CHECK (json_valid(details)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
INSERT INTO job_history_rebuilt SELECT * FROM job_history;
DROP TABLE job_history;
ALTER TABLE job_history_rebuilt RENAME TO job_history;

CREATE INDEX idx_job_history_job ON job_history(job_id, id);
