-- Parts of a meeting that were heard again, and languages besides the meeting's own.

-- The language that is spoken in a piece, where several are looked for; NULL: the meeting's. `language` is that of its
-- words, which is another one where they are translated.
ALTER TABLE transcription_chunks ADD COLUMN spoken_language TEXT;

-- A span that was heard again. Words of a first hearing never change: these hold instead of them, in `spans`, while the
-- edit that put them into the captions holds.
CREATE TABLE hearings (
  -- That of its job.
  id TEXT PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  created_date TEXT NOT NULL,
  -- [[startMs, endMs], …]; NULL: it is not done.
  spans TEXT CHECK (json_valid(spans)),
  -- The edit of the captions.
  edit_seq INTEGER CHECK (edit_seq > 0),
  -- { "replaced", "inserted", "kept", "unrecognized" }, numbers of captions; NULL: it is not done.
  outcome TEXT CHECK (json_valid(outcome))
) STRICT;

CREATE INDEX hearings_of_transcription ON hearings (transcription_id);

-- Its pieces, which are the checkpoints of its job.
CREATE TABLE hearing_chunks (
  hearing_id TEXT NOT NULL REFERENCES hearings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- [[startMs, endMs], …] of the recording that the model is given, in order.
  stretches TEXT NOT NULL CHECK (json_valid(stretches)),
  -- Of the words; NULL until they are recognized.
  language TEXT,
  words TEXT CHECK (json_valid(words)),
  doubts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(doubts)),
  method TEXT,
  PRIMARY KEY (hearing_id, position)
) STRICT, WITHOUT ROWID;
