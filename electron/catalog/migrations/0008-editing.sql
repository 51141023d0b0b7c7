-- The caption editor: the captions as they are now, and every edit that led there. The log is undo, crash journal, audit
-- and the measure of human time in one.

-- One for each transcription that somebody corrects.
CREATE TABLE drafts (
  transcription_id TEXT PRIMARY KEY REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- The version that it began with, and the marks that it had then: replaying the log begins here.
  base_number INTEGER NOT NULL CHECK (base_number >= 0),
  base_marks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(base_marks)),
  -- The last edit that the rows below hold.
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
  next_id INTEGER NOT NULL CHECK (next_id > 0),
  -- Where the last person was: { "cue", "row" }.
  view TEXT NOT NULL DEFAULT '{"cue":null,"row":0}' CHECK (json_valid(view)),
  -- The last edit that a version holds.
  sealed_seq INTEGER NOT NULL DEFAULT 0 CHECK (sealed_seq >= 0),
  -- Who has it open to write; left behind by a crash.
  opened_by TEXT,
  created_date TEXT NOT NULL
) STRICT;

CREATE TABLE draft_cues (
  transcription_id TEXT NOT NULL REFERENCES drafts(transcription_id) ON DELETE CASCADE,
  id INTEGER NOT NULL CHECK (id > 0),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  styles TEXT CHECK (json_valid(styles)),
  edge TEXT CHECK (edge IN ('bottom', 'top')),
  align TEXT CHECK (align IN ('center', 'left')),
  speaker TEXT CHECK (speaker <> ''),
  reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1)),
  PRIMARY KEY (transcription_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_marks (
  transcription_id TEXT NOT NULL REFERENCES drafts(transcription_id) ON DELETE CASCADE,
  id INTEGER NOT NULL CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('bookmark', 'note', 'chapter', 'tick')),
  at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
  text TEXT NOT NULL,
  rule TEXT,
  cue INTEGER,
  PRIMARY KEY (transcription_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE edits (
  transcription_id TEXT NOT NULL REFERENCES drafts(transcription_id) ON DELETE CASCADE,
  -- From 1, without a gap.
  seq INTEGER NOT NULL CHECK (seq > 0),
  -- What was asked for, and what it changed: enough to do it again and to take it back.
  deed TEXT NOT NULL CHECK (json_valid(deed)),
  change TEXT NOT NULL CHECK (json_valid(change)),
  -- Where the person was before it.
  view TEXT NOT NULL CHECK (json_valid(view)),
  made_by TEXT NOT NULL,
  -- The window that it came from, and its own number there: what is sent again is known by them.
  window_key TEXT NOT NULL,
  window_number INTEGER NOT NULL,
  made_date TEXT NOT NULL,
  -- Milliseconds that a person worked since the edit before.
  active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
  PRIMARY KEY (transcription_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_edits_made_date ON edits(made_date);

-- What a version is: "approved", "before everything was replaced", an imported file's name.
ALTER TABLE versions ADD COLUMN name TEXT;
-- The last edit that it holds; NULL for versions that nobody has edited.
ALTER TABLE versions ADD COLUMN seq INTEGER;
