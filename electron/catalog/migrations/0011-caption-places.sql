-- A caption keeps where and how it was written: in the middle of the picture or at the right, each line at its own row and
-- column of the 15 by 32 screen, a part of a line in italics or in a color (47 CFR 79.1(j) counts placement). What a
-- cue may hold is checked by the program (captions/cue.ts). A check of a column cannot be changed: both tables are made
-- anew with all their rows (as in 0010).

DROP TRIGGER cues_sealed_insert;
DROP TRIGGER cues_sealed_update;
DROP TRIGGER cues_sealed_delete;

CREATE TABLE cues_rebuilt (
  version_id TEXT NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  -- One for each line, as captions/cue.ts declares them; NULL: plain.
  styles TEXT CHECK (json_valid(styles)),
  -- bottom, middle, top; NULL: bottom.
  edge TEXT,
  -- center, left, right; NULL: the profile's.
  align TEXT,
  speaker TEXT CHECK (speaker <> ''),
  -- [{ "row", "column" }], one for each line; NULL: from edge and align.
  places TEXT CHECK (json_valid(places)),
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO cues_rebuilt
  SELECT version_id, position, start_ms, end_ms, lines, styles, edge, align, speaker, NULL FROM cues;
DROP TABLE cues;
ALTER TABLE cues_rebuilt RENAME TO cues;

CREATE TRIGGER cues_sealed_insert BEFORE INSERT ON cues
WHEN (SELECT sealed FROM versions WHERE id = NEW.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;

CREATE TRIGGER cues_sealed_update BEFORE UPDATE ON cues
WHEN (SELECT sealed FROM versions WHERE id = OLD.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;

-- Deleting a whole version removes its row first, so its cues may follow.
CREATE TRIGGER cues_sealed_delete BEFORE DELETE ON cues
WHEN (SELECT sealed FROM versions WHERE id = OLD.version_id) = 1
BEGIN
  SELECT RAISE(ABORT, 'a sealed version never changes');
END;

CREATE TABLE draft_cues_rebuilt (
  transcription_id TEXT NOT NULL REFERENCES drafts(transcription_id) ON DELETE CASCADE,
  id INTEGER NOT NULL CHECK (id > 0),
  start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  styles TEXT CHECK (json_valid(styles)),
  edge TEXT,
  align TEXT,
  speaker TEXT CHECK (speaker <> ''),
  places TEXT CHECK (json_valid(places)),
  reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1)),
  PRIMARY KEY (transcription_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO draft_cues_rebuilt
  SELECT transcription_id, id, start_ms, end_ms, lines, styles, edge, align, speaker, NULL, reviewed FROM draft_cues;
DROP TABLE draft_cues;
ALTER TABLE draft_cues_rebuilt RENAME TO draft_cues;
