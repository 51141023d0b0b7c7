-- What people say to one another about a place in the captions. Captions, versions and files know nothing of it.

CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- The comment that it answers; NULL: it begins a thread.
  parent_id INTEGER REFERENCES comments(id) ON DELETE CASCADE,
  -- The caption that it is about, by its id in the draft; NULL: only the place.
  cue INTEGER,
  at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
  text TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_date TEXT NOT NULL,
  -- Of a thread that is settled.
  resolved_by TEXT,
  resolved_date TEXT
) STRICT;

CREATE INDEX comments_of_transcription ON comments (transcription_id);
CREATE INDEX comments_of_parent ON comments (parent_id);
