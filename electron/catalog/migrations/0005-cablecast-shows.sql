-- The shows of the Cablecast server as they were last seen, their VODs, and what both sides say about a meeting.

ALTER TABLE cablecast_shows ADD COLUMN location INTEGER;
ALTER TABLE cablecast_shows ADD COLUMN public_title TEXT;
-- Of the meeting, `2026-03-02`.
ALTER TABLE cablecast_shows ADD COLUMN event_date TEXT;
ALTER TABLE cablecast_shows ADD COLUMN local_id TEXT;
ALTER TABLE cablecast_shows ADD COLUMN project TEXT;
-- As the server wrote it, with its own offset: it is compared, never calculated with.
ALTER TABLE cablecast_shows ADD COLUMN last_modified TEXT;
ALTER TABLE cablecast_shows ADD COLUMN has_captions INTEGER NOT NULL DEFAULT 0 CHECK (has_captions IN (0, 1));
-- When it was found to be gone from the server.
ALTER TABLE cablecast_shows ADD COLUMN removed_date TEXT;

CREATE INDEX idx_cablecast_shows_event_date ON cablecast_shows(event_date);
CREATE INDEX idx_cablecast_shows_local_id ON cablecast_shows(local_id) WHERE local_id IS NOT NULL;

-- For reports: what became of the VODs, and who watches them.
CREATE TABLE cablecast_vods (
  vod_id INTEGER PRIMARY KEY,
  show_id INTEGER NOT NULL,
  -- An open list.
  state TEXT,
  is_watchable INTEGER NOT NULL CHECK (is_watchable IN (0, 1)),
  views INTEGER NOT NULL DEFAULT 0,
  -- Seconds.
  length REAL,
  url TEXT,
  seen_date TEXT NOT NULL,
  removed_date TEXT
) STRICT;

CREATE INDEX idx_cablecast_vods_show_id ON cablecast_vods(show_id);

-- How far the shows of a location are known.
CREATE TABLE cablecast_sync (
  location INTEGER PRIMARY KEY,
  -- Newest last_modified that was seen, as the server wrote it.
  newest_modified TEXT,
  full_date TEXT,
  checked_date TEXT NOT NULL
) STRICT;

-- The show that plays a file.
ALTER TABLE cablecast_references ADD COLUMN show_id INTEGER;
CREATE INDEX idx_cablecast_references_show_id ON cablecast_references(show_id) WHERE show_id IS NOT NULL;

-- How sure a link is, 0 to 1.
ALTER TABLE cablecast_links ADD COLUMN score REAL NOT NULL DEFAULT 1 CHECK (score BETWEEN 0 AND 1);
CREATE INDEX idx_cablecast_links_show_id ON cablecast_links(show_id);

-- What both sides say about a field of a meeting. Values are JSON.
CREATE TABLE cablecast_metadata (
  recording_id TEXT NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
  -- title, description, date, category, producer, project, or custom:<id of the show field>
  field TEXT NOT NULL,
  -- What both sides said when they last agreed; null: they never did.
  base TEXT CHECK (base IS NULL OR json_valid(base)),
  ours TEXT NOT NULL CHECK (json_valid(ours)),
  ours_date TEXT NOT NULL,
  theirs TEXT NOT NULL CHECK (json_valid(theirs)),
  theirs_date TEXT,
  -- Taken over from the server, or said by a person: it holds in place of what is generated.
  chosen TEXT CHECK (chosen IS NULL OR json_valid(chosen)),
  -- Both sides have changed it, and somebody has to say which one is right.
  conflict INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1)),
  PRIMARY KEY (recording_id, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_cablecast_metadata_conflict ON cablecast_metadata(recording_id) WHERE conflict = 1;

-- A package of files is a publication too, and has no VOD of Cablecast's.
ALTER TABLE vod_content ADD COLUMN target TEXT NOT NULL DEFAULT 'cablecast' CHECK (target IN ('cablecast', 'generic'));
