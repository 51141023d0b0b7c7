-- A meeting can be held: what a person says of it (with who said it and what stood there before), where its words are
-- found, and that it was deleted, for as long as it can be brought back.

ALTER TABLE transcriptions ADD COLUMN meeting_description TEXT;
-- The names of the facts that a person has set: for these, neither the file's name nor the summary speaks any more.
ALTER TABLE transcriptions ADD COLUMN facts_set TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(facts_set));
ALTER TABLE transcriptions ADD COLUMN deleted_date TEXT;
ALTER TABLE transcriptions ADD COLUMN deleted_by TEXT;

CREATE INDEX idx_transcriptions_deleted_date ON transcriptions(deleted_date) WHERE deleted_date IS NOT NULL;
CREATE INDEX idx_transcriptions_city ON transcriptions(city);

-- A person has deleted its meeting for good: the shares' scanner does not take it in again by itself.
ALTER TABLE recordings ADD COLUMN dismissed_date TEXT;

-- The captions have moved to another folder: this file goes when the new one is there, if nobody has changed it.
ALTER TABLE transcription_files ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1));

-- The newest change of a meeting's facts that a publication holds; 0: those of the file's name.
ALTER TABLE vod_content ADD COLUMN facts_change INTEGER NOT NULL DEFAULT 0;

CREATE TABLE meeting_tags (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  tag TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (transcription_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_meeting_tags_tag ON meeting_tags(tag);

CREATE TABLE meeting_people (
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL CHECK (name <> ''),
  PRIMARY KEY (transcription_id, position)
) STRICT, WITHOUT ROWID;

-- Every change, in order. Deleting and restoring a meeting are changes as well.
CREATE TABLE meeting_changes (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- changed, deleted, restored
  kind TEXT NOT NULL,
  -- [{ "field", "before", "after" }]
  fields TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(fields)),
  made_by TEXT NOT NULL,
  made_date TEXT NOT NULL
) STRICT;

CREATE INDEX idx_meeting_changes_transcription ON meeting_changes(transcription_id, id);

-- What is known of each meeting besides its captions, a row a meeting.
CREATE VIRTUAL TABLE meeting_details USING fts5(
  title,
  filename,
  city,
  date,
  type,
  description,
  tags,
  people,
  speakers,
  summary,
  chapters,
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '2 3'
);

-- The row of each meeting there, and whether it is still true. Triggers note every change, whoever makes it; the rows are
-- written anew before the next search.
CREATE TABLE meeting_detail_rows (
  row INTEGER PRIMARY KEY,
  transcription_id TEXT NOT NULL UNIQUE REFERENCES transcriptions(id) ON DELETE CASCADE,
  stale INTEGER NOT NULL DEFAULT 1 CHECK (stale IN (0, 1)),
  -- The agenda items that were found in the words, [{ "title", "startMs" }]; NULL: they have not been looked for.
  items TEXT CHECK (json_valid(items))
) STRICT;

CREATE INDEX idx_meeting_detail_rows_stale ON meeting_detail_rows(row) WHERE stale = 1;
CREATE INDEX idx_meeting_detail_rows_items ON meeting_detail_rows(row) WHERE items IS NULL;

INSERT INTO meeting_detail_rows(transcription_id, stale)
SELECT id, 0 FROM transcriptions ORDER BY created_date, id;

INSERT INTO meeting_details(rowid, title, filename, city, date, type, description, tags, people, speakers, summary, chapters)
SELECT r.row, t.meeting_title, t.filename, t.city, t.meeting_date, t.meeting_type, '', '', '',
  coalesce((SELECT group_concat(speaker, char(10)) FROM (
    SELECT DISTINCT c.speaker FROM cues c WHERE c.speaker IS NOT NULL AND c.version_id = (
      SELECT v.id FROM versions v WHERE v.transcription_id = t.id AND v.sealed = 1 ORDER BY v.number DESC LIMIT 1))), ''),
  coalesce((SELECT group_concat(value ->> 'text', char(10)) FROM summaries s, json_each(s.sentences)
    WHERE s.transcription_id = t.id), ''),
  coalesce((SELECT group_concat(m.text, char(10)) FROM draft_marks m
    WHERE m.transcription_id = t.id AND m.kind = 'chapter'), '')
FROM transcriptions t JOIN meeting_detail_rows r ON r.transcription_id = t.id;

CREATE TRIGGER meeting_details_begin AFTER INSERT ON transcriptions
BEGIN
  INSERT OR IGNORE INTO meeting_detail_rows(transcription_id) VALUES (NEW.id);
END;
CREATE TRIGGER meeting_details_facts AFTER UPDATE OF
  filename, city, meeting_date, meeting_type, meeting_title, meeting_description, deleted_date ON transcriptions
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.id;
END;
CREATE TRIGGER meeting_details_tag AFTER INSERT ON meeting_tags
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_no_tag AFTER DELETE ON meeting_tags
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = OLD.transcription_id;
END;
CREATE TRIGGER meeting_details_person AFTER INSERT ON meeting_people
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_no_person AFTER DELETE ON meeting_people
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = OLD.transcription_id;
END;
CREATE TRIGGER meeting_details_summary AFTER INSERT ON summaries
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_new_summary AFTER UPDATE ON summaries
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_no_summary AFTER DELETE ON summaries
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = OLD.transcription_id;
END;
-- New captions: other speakers, and agenda items in other words.
CREATE TRIGGER meeting_details_version AFTER UPDATE OF sealed ON versions
BEGIN
  UPDATE meeting_detail_rows SET stale = 1, items = NULL WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_chapter AFTER INSERT ON draft_marks WHEN NEW.kind = 'chapter'
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_new_chapter AFTER UPDATE ON draft_marks WHEN 'chapter' IN (NEW.kind, OLD.kind)
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = NEW.transcription_id;
END;
CREATE TRIGGER meeting_details_no_chapter AFTER DELETE ON draft_marks WHEN OLD.kind = 'chapter'
BEGIN
  UPDATE meeting_detail_rows SET stale = 1 WHERE transcription_id = OLD.transcription_id;
END;
