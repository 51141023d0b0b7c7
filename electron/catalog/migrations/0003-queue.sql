-- The durable queue, what is known of the shares, batches and schedules. A job is rows: whoever opens the catalog sees
-- all of it, and what a killed process was doing is taken up by the next one.

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- What was asked for: cities, dates, options.
  request TEXT NOT NULL CHECK (json_valid(request)),
  -- What was found and not taken, with reasons.
  refused TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(refused)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  -- When the last of its jobs had ended and the reports were written.
  completed_date TEXT
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('process', 'render_clips', 'publish', 'sync', 'backup', 'maintenance')),
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'waiting')),
  -- What a waiting job waits for.
  waits_for TEXT CHECK (waits_for IN ('dependency', 'share', 'window', 'disk')),
  -- A person has said that it is not to go on for now.
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  -- 5 is the most urgent.
  priority INTEGER NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
  -- Place among its equals; a job that a person has put somewhere is pinned there.
  position REAL NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  -- Only one open job with the same key.
  dedupe_key TEXT,
  -- Jobs of the same model and language follow one another where they may.
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

CREATE UNIQUE INDEX idx_jobs_dedupe ON jobs(dedupe_key) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX idx_jobs_next ON jobs(state, priority DESC, pinned DESC, position);
CREATE INDEX idx_jobs_batch ON jobs(batch_id);
CREATE INDEX idx_jobs_created_date ON jobs(created_date);

CREATE TABLE job_dependencies (
  job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  needs_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id, needs_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_job_dependencies_needs ON job_dependencies(needs_id);

-- The steps of a job. What has completed is not done again.
CREATE TABLE job_steps (
  job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  elapsed_ms INTEGER NOT NULL DEFAULT 0 CHECK (elapsed_ms >= 0),
  result TEXT CHECK (json_valid(result)),
  PRIMARY KEY (job_id, name)
) STRICT, WITHOUT ROWID;

-- What happened to a job, for people: tries, recoveries, who cancelled it.
CREATE TABLE job_history (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN
    ('submitted', 'started', 'waiting', 'retry', 'recovery', 'paused', 'resumed', 'moved', 'crashed', 'released',
     'completed', 'failed', 'cancelled')),
  message TEXT NOT NULL,
  -- The class of a recovery, the code of an error, figures.
  details TEXT CHECK (json_valid(details)),
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX idx_job_history_job ON job_history(job_id, id);

-- Switches that hold across restarts: queue_paused.
CREATE TABLE station_flags (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that the scanner has seen on shares. A file that is gone stays known: it may come back under another name.
CREATE TABLE share_files (
  id INTEGER PRIMARY KEY,
  share TEXT NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  modified_ms INTEGER NOT NULL,
  -- new: still being copied, or not looked at; ready: whole and not yet asked for; known: too old to be taken by itself.
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ready', 'queued', 'done', 'known', 'refused', 'vanished')),
  -- Why it is refused, or what it waits for.
  reason TEXT,
  stable_polls INTEGER NOT NULL DEFAULT 0 CHECK (stable_polls >= 0),
  fingerprint TEXT,
  duration_ms INTEGER CHECK (duration_ms > 0),
  city TEXT,
  meeting_date TEXT,
  meeting_type TEXT,
  title TEXT,
  first_seen_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  vanished_date TEXT,
  UNIQUE (share, path)
) STRICT;

CREATE INDEX idx_share_files_state ON share_files(state);
CREATE INDEX idx_share_files_fingerprint ON share_files(fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX idx_share_files_size ON share_files(size);

-- When each schedule ran last: what was missed while the machine slept is run once.
CREATE TABLE schedule_runs (
  name TEXT PRIMARY KEY,
  -- The time that it was due, not when it got its turn.
  due_date TEXT NOT NULL,
  started_date TEXT NOT NULL,
  completed_date TEXT,
  outcome TEXT,
  message TEXT
) STRICT, WITHOUT ROWID;

-- Reels and assets of Cablecast that name a file: such a file is never moved away.
CREATE TABLE cablecast_references (
  kind TEXT NOT NULL CHECK (kind IN ('reel', 'asset')),
  cablecast_id INTEGER NOT NULL,
  filename TEXT NOT NULL COLLATE NOCASE,
  updated_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (kind, cablecast_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_cablecast_references_filename ON cablecast_references(filename);

-- Moves of recordings between shares: a move that was cut short is finished or taken back.
CREATE TABLE recording_moves (
  id INTEGER PRIMARY KEY,
  from_path TEXT NOT NULL,
  to_path TEXT NOT NULL,
  -- The recording and its sidecars share a group.
  group_id TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  -- Of the original when it was copied: one that was changed since is never removed.
  modified_ms INTEGER NOT NULL,
  sha256 TEXT,
  status TEXT NOT NULL CHECK (status IN ('copying', 'verified', 'done', 'failed')),
  message TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

-- What people have to know, and the mail that carries it: sent when the server answers.
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  city TEXT,
  job_id TEXT,
  recipients TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recipients)),
  status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'failed', 'kept')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  not_before TEXT,
  error TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  sent_date TEXT
) STRICT;

CREATE INDEX idx_notifications_status ON notifications(status);
