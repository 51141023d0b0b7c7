-- Words as the city writes them: what was recognized stays in `words`, and what is written instead stands here.

CREATE TABLE style_edits (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- The first of the recognized words, by its place in the whole transcription, and their number.
  word_index INTEGER NOT NULL CHECK (word_index >= 0),
  word_count INTEGER NOT NULL CHECK (word_count > 0),
  -- The words as they were recognized; an edit that no longer fits them does not count.
  heard TEXT NOT NULL CHECK (heard <> ''),
  written TEXT NOT NULL CHECK (written <> ''),
  -- The part of the style that asks for it: spelling, times, money, …
  rule TEXT NOT NULL,
  PRIMARY KEY (transcription_id, word_index)
) STRICT, WITHOUT ROWID;
