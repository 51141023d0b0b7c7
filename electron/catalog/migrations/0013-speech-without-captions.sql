-- Speech without captions is an issue of a place: a span of the recording, which a person answers with captions or by
-- saying that nobody speaks there.

-- Where speech was found, pauses left out. The spans that are given to the model are wider, and joined over short pauses.
CREATE TABLE transcription_speech (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  PRIMARY KEY (transcription_id, start_ms)
) STRICT, WITHOUT ROWID;

-- Where an issue of a place ends; NULL: it is of a caption, or of a moment.
ALTER TABLE transcription_issues ADD COLUMN until_ms INTEGER;

-- Of a place in which nobody speaks: where it ends, who has said so, and when.
ALTER TABLE draft_marks ADD COLUMN until_ms INTEGER;
ALTER TABLE draft_marks ADD COLUMN made_by TEXT;
ALTER TABLE draft_marks ADD COLUMN made_date TEXT;
