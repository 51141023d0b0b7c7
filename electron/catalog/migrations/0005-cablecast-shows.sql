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

-- Which server the tables of shows, VODs and files are of: another one begins with nothing.
CREATE TABLE cablecast_server (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  address TEXT NOT NULL
) STRICT;

-- Ids mean something on one server only: a link is of a recording and a server.
DROP TABLE cablecast_links;
CREATE TABLE cablecast_links (
  recording_id TEXT NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
  server TEXT NOT NULL,
  show_id INTEGER NOT NULL,
  -- Why: created, by file name, by hand, …
  reason TEXT NOT NULL,
  -- How sure it is, 0 to 1.
  score REAL NOT NULL DEFAULT 1 CHECK (score BETWEEN 0 AND 1),
  linked_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (recording_id, server)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_cablecast_links_show_id ON cablecast_links(server, show_id);

-- What both sides say about a field of a meeting. Values are JSON.
CREATE TABLE cablecast_metadata (
  recording_id TEXT NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
  server TEXT NOT NULL,
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
  PRIMARY KEY (recording_id, server, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_cablecast_metadata_conflict ON cablecast_metadata(recording_id) WHERE conflict = 1;

-- Chapters that Archivist has made, as they were sent: what somebody has changed since is theirs.
CREATE TABLE cablecast_chapters (
  server TEXT NOT NULL,
  chapter_id INTEGER NOT NULL,
  vod_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  -- Seconds.
  offset INTEGER NOT NULL,
  PRIMARY KEY (server, chapter_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_cablecast_chapters_vod_id ON cablecast_chapters(server, vod_id);

-- Caption files that were sent to a server, so that the same one is not sent again.
CREATE TABLE cablecast_sidecars (
  server TEXT NOT NULL,
  video TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  sent_date TEXT NOT NULL,
  PRIMARY KEY (server, video)
) STRICT, WITHOUT ROWID;

-- What was published, by place: a package of files is a publication too, and ids mean something on one server only.
CREATE TABLE vod_content_by_place (
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
  target TEXT NOT NULL DEFAULT 'cablecast' CHECK (target IN ('cablecast', 'generic')),
  -- Address of the server; empty for a package.
  server TEXT NOT NULL DEFAULT '',
  show_id INTEGER,
  -- How it was asked for, where that holds for the next time too.
  wish TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(wish)),
  UNIQUE (target, server, vod_id)
) STRICT;
INSERT INTO vod_content_by_place (id, transcription_id, cablecast_show_id, vod_id, title, description, url, thumbnail_url,
  duration, quality, status, published_date, created_date, captions_verified, missing, checked_date)
SELECT id, transcription_id, cablecast_show_id, vod_id, title, description, url, thumbnail_url,
  duration, quality, status, published_date, created_date, captions_verified, missing, checked_date FROM vod_content;
DROP TABLE vod_content;
ALTER TABLE vod_content_by_place RENAME TO vod_content;
CREATE INDEX idx_vod_content_transcription_id ON vod_content(transcription_id);
CREATE INDEX idx_vod_content_status ON vod_content(status);
