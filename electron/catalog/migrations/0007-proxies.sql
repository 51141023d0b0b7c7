-- Copies of recordings that players cannot play are made by jobs of their own. A check of a column cannot be changed:
-- the table is made anew and takes the old one's place (sqlite.org/lang_altertable.html §7).

CREATE TABLE jobs_with_proxies (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('process', 'render_clips', 'publish', 'sync', 'backup', 'maintenance', 'proxy')),
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

INSERT INTO jobs_with_proxies SELECT * FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_with_proxies RENAME TO jobs;

CREATE UNIQUE INDEX idx_jobs_dedupe ON jobs(dedupe_key) WHERE state IN ('queued', 'running', 'waiting');
CREATE INDEX idx_jobs_next ON jobs(state, priority DESC, pinned DESC, position);
CREATE INDEX idx_jobs_batch ON jobs(batch_id);
CREATE INDEX idx_jobs_created_date ON jobs(created_date);
