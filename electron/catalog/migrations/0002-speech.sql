-- What part 3 keeps of recognition: pieces are made of stretches of speech, words may have estimated times, doubts of
-- the recogniser are kept for the editor, and each city has its names.

-- [[startMs, endMs], …] of the recording that the model is given, in order; NULL: all from start_ms to end_ms.
ALTER TABLE transcription_chunks ADD COLUMN stretches TEXT CHECK (json_valid(stretches));
-- [{ "reason", "startMs", "endMs", "detail" }]: what stayed suspicious after every other way was tried.
ALTER TABLE transcription_chunks ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(doubts));
-- The way in which the words were found: "beam 5", "temperature 0.4", "halves", …
ALTER TABLE transcription_chunks ADD COLUMN method TEXT;

-- 1: the time was shared out between what is known, not measured.
ALTER TABLE words ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0 CHECK (estimated IN (0, 1));

-- What is spoken, as detected or set; the language of the words is English where it was translated.
ALTER TABLE transcriptions ADD COLUMN spoken_language TEXT;
-- The city whose names were used.
ALTER TABLE transcriptions ADD COLUMN city TEXT;
-- How speech was told from silence: silero or energy.
ALTER TABLE transcriptions ADD COLUMN voice_detection TEXT CHECK (voice_detection IN ('silero', 'energy'));

-- Names, streets and titles as they are spelt in a city.
CREATE TABLE glossary_terms (
  id INTEGER PRIMARY KEY,
  city TEXT NOT NULL CHECK (city <> ''),
  term TEXT NOT NULL CHECK (term <> ''),
  kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('person', 'place', 'title', 'organisation', 'other')),
  -- In how many transcriptions it was heard.
  times_heard INTEGER NOT NULL DEFAULT 0 CHECK (times_heard >= 0),
  last_heard_date TEXT,
  created_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (city, term)
) STRICT;

-- Near misses of glossary terms: proposed, never put in by themselves.
CREATE TABLE glossary_proposals (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- The first of the words, by its place in the whole transcription.
  word_index INTEGER NOT NULL CHECK (word_index >= 0),
  word_count INTEGER NOT NULL CHECK (word_count > 0),
  heard TEXT NOT NULL,
  term TEXT NOT NULL,
  -- 0 to 1; how near the spelling and the sound are.
  likeness REAL NOT NULL CHECK (likeness BETWEEN 0 AND 1),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  PRIMARY KEY (transcription_id, word_index, term)
) STRICT, WITHOUT ROWID;
