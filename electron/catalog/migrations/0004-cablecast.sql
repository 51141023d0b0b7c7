-- What publishing keeps: which show a recording is, uploads that go on where they stopped, approvals, and whether the
-- captions of a VOD were read back.

ALTER TABLE vod_content ADD COLUMN captions_verified TEXT NOT NULL DEFAULT 'not yet'
  CHECK (captions_verified IN ('yes', 'no', 'not yet'));
-- What is missing, in words: [text, …].
ALTER TABLE vod_content ADD COLUMN missing TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(missing));
ALTER TABLE vod_content ADD COLUMN checked_date TEXT;

-- One show for each recording, as somebody or something found it.
CREATE TABLE cablecast_links (
  recording_id TEXT PRIMARY KEY REFERENCES recordings(id) ON DELETE CASCADE,
  show_id INTEGER NOT NULL,
  -- Why: created, by file name, by hand, …
  reason TEXT NOT NULL,
  linked_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT, WITHOUT ROWID;

CREATE TABLE cablecast_uploads (
  path TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  modified_ms INTEGER NOT NULL,
  store INTEGER NOT NULL,
  upload_id INTEGER NOT NULL,
  -- All before it are there.
  next_segment INTEGER NOT NULL DEFAULT 0 CHECK (next_segment >= 0),
  PRIMARY KEY (path, store)
) STRICT, WITHOUT ROWID;

-- Somebody stands for these captions.
CREATE TABLE approvals (
  version_id TEXT PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
  approved_by TEXT NOT NULL,
  approved_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT, WITHOUT ROWID;
