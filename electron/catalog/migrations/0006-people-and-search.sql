-- Who may use the station from where, and every word that was said in every meeting.

-- A browser or program that somebody has signed in with. Only the digest of its token is kept.
CREATE TABLE client_tokens (
  token_hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  created_date TEXT NOT NULL,
  last_used_date TEXT NOT NULL,
  expires_date TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_client_tokens_user_id ON client_tokens(user_id);

-- The newest captions of each transcription, a row a caption.
CREATE VIRTUAL TABLE meeting_text USING fts5(
  text,
  transcription_id UNINDEXED,
  start_ms UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '3'
);

-- Where the rows of a transcription lie, so that they can be replaced without looking through all.
CREATE TABLE meeting_text_ranges (
  transcription_id TEXT PRIMARY KEY REFERENCES transcriptions(id) ON DELETE CASCADE,
  first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meeting_text(text, transcription_id, start_ms)
SELECT (SELECT group_concat(value, ' ') FROM json_each(c.lines)), v.transcription_id, c.start_ms
FROM versions v
JOIN cues c ON c.version_id = v.id
WHERE v.number = (SELECT max(n.number) FROM versions n WHERE n.transcription_id = v.transcription_id)
ORDER BY v.transcription_id, c.position;

INSERT INTO meeting_text_ranges(transcription_id, first_row, last_row)
SELECT transcription_id, min(rowid), max(rowid) FROM meeting_text GROUP BY transcription_id;

-- What a person or the file's name says of the meeting.
ALTER TABLE transcriptions ADD COLUMN meeting_date TEXT;
ALTER TABLE transcriptions ADD COLUMN meeting_type TEXT;
ALTER TABLE transcriptions ADD COLUMN meeting_title TEXT;

CREATE INDEX idx_transcriptions_completed_date ON transcriptions(completed_date);
