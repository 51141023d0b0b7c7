-- The system's tables keep their names, columns, checks and indexes; recordings, chunks, words, versions, cues and
-- what the pipeline keeps of its work are new. Dates are ISO 8601 in UTC, booleans 0 or 1, times in milliseconds
-- unless a name says otherwise.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT 'user' CHECK (role IN ('admin', 'operator', 'user')),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  last_login TEXT
) STRICT;

-- One row for each content that was ever seen, wherever the file lies now.
CREATE TABLE recordings (
  id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  filename TEXT NOT NULL,
  file_path TEXT NOT NULL,
  file_size INTEGER NOT NULL CHECK (file_size > 0),
  modified_ms INTEGER NOT NULL,
  container TEXT NOT NULL,
  duration_ms INTEGER CHECK (duration_ms > 0),
  media TEXT NOT NULL CHECK (json_valid(media)),
  sample_count INTEGER CHECK (sample_count > 0),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE recording_silences (
  recording_id TEXT NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  PRIMARY KEY (recording_id, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE transcriptions (
  id TEXT PRIMARY KEY,
  user_id INTEGER REFERENCES users(id),
  recording_id TEXT NOT NULL REFERENCES recordings(id),
  filename TEXT NOT NULL,
  file_path TEXT NOT NULL,
  file_size INTEGER,
  -- Seconds, as the system had it; duration_ms of the recording is exact.
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
  vod_status TEXT
) STRICT;

CREATE INDEX idx_transcriptions_status ON transcriptions(status);
CREATE INDEX idx_transcriptions_user_id ON transcriptions(user_id);
CREATE INDEX idx_transcriptions_created_date ON transcriptions(created_date);
CREATE INDEX idx_transcriptions_vod_status ON transcriptions(vod_status);
CREATE INDEX idx_transcriptions_work ON transcriptions(recording_id, model_fingerprint, options_key);

-- The stages of one transcription, each with its own state: a late failure never throws away an early result.
CREATE TABLE transcription_steps (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'completed', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 1 CHECK (attempts > 0),
  -- Over all attempts.
  elapsed_ms INTEGER NOT NULL DEFAULT 0 CHECK (elapsed_ms >= 0),
  completed_date TEXT,
  PRIMARY KEY (transcription_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE transcription_chunks (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  elapsed_ms INTEGER CHECK (elapsed_ms >= 0),
  -- Words whose times had to be put right.
  repaired_words INTEGER NOT NULL DEFAULT 0 CHECK (repaired_words >= 0),
  language TEXT,
  completed_date TEXT,
  UNIQUE (transcription_id, position)
) STRICT;

-- What the engine heard. Never changed: an editor's correction is a new version of the cues.
CREATE TABLE words (
  chunk_id INTEGER NOT NULL REFERENCES transcription_chunks(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  text TEXT NOT NULL CHECK (text <> ''),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
  PRIMARY KEY (chunk_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER words_never_change BEFORE UPDATE ON words
BEGIN
  SELECT RAISE(ABORT, 'words are what the engine heard and never change');
END;

-- Version 0 is what the machine made; it is sealed as soon as it is complete.
CREATE TABLE versions (
  id TEXT PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  origin TEXT NOT NULL CHECK (origin IN ('machine', 'editor', 'import')),
  sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (transcription_id, number)
) STRICT;

CREATE TRIGGER versions_stay_sealed BEFORE UPDATE ON versions WHEN OLD.sealed = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;

CREATE TABLE cues (
  version_id TEXT NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  -- [{ "italic", "underline" }], one for each line; NULL: plain.
  styles TEXT CHECK (json_valid(styles)),
  edge TEXT CHECK (edge IN ('bottom', 'top')),
  align TEXT CHECK (align IN ('center', 'left')),
  speaker TEXT CHECK (speaker <> ''),
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE summaries (
  transcription_id TEXT PRIMARY KEY REFERENCES transcriptions(id) ON DELETE CASCADE,
  markdown TEXT NOT NULL,
  -- [{ "text", "startMs" }] in the order of the meeting.
  sentences TEXT NOT NULL CHECK (json_valid(sentences)),
  -- The settings that it was made with.
  options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE key_phrases (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL CHECK (rank >= 1),
  phrase TEXT NOT NULL,
  occurrences INTEGER NOT NULL CHECK (occurrences >= 1),
  PRIMARY KEY (transcription_id, rank)
) STRICT, WITHOUT ROWID;

-- Files that were written for people, as they were written: a file that no longer matches was changed by somebody.
CREATE TABLE transcription_files (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('scc', 'vtt', 'srt', 'txt', 'json', 'summary', 'report')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  written_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (transcription_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_transcription_files_path ON transcription_files(path);

-- What the quality rules found in the finished captions.
CREATE TABLE transcription_issues (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
  rule TEXT NOT NULL,
  message TEXT NOT NULL,
  remedy TEXT,
  at_ms INTEGER,
  PRIMARY KEY (transcription_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE cablecast_shows (
  id INTEGER PRIMARY KEY,
  cablecast_id INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT,
  category TEXT,
  producer TEXT,
  runtime INTEGER,
  created_date TEXT,
  updated_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX idx_cablecast_shows_cablecast_id ON cablecast_shows(cablecast_id);
CREATE INDEX idx_cablecast_shows_title ON cablecast_shows(title);

CREATE TABLE vod_content (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT REFERENCES transcriptions(id),
  cablecast_show_id INTEGER REFERENCES cablecast_shows(id),
  vod_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT,
  url TEXT,
  thumbnail_url TEXT,
  duration INTEGER,
  quality INTEGER,
  status TEXT NOT NULL DEFAULT 'processing' CHECK (status IN ('processing', 'published', 'failed', 'removed')),
  published_date TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX idx_vod_content_transcription_id ON vod_content(transcription_id);
CREATE INDEX idx_vod_content_status ON vod_content(status);

CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  user_id INTEGER REFERENCES users(id),
  key_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT,
  permissions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(permissions)),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  expires_at TEXT,
  last_used TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX idx_api_keys_user_id ON api_keys(user_id);
CREATE INDEX idx_api_keys_active ON api_keys(active);

CREATE TABLE system_logs (
  id INTEGER PRIMARY KEY,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  component TEXT,
  user_id INTEGER REFERENCES users(id),
  transcription_id TEXT REFERENCES transcriptions(id),
  metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX idx_system_logs_level ON system_logs(level);
CREATE INDEX idx_system_logs_component ON system_logs(component);
CREATE INDEX idx_system_logs_created_date ON system_logs(created_date);
