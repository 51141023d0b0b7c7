-- Everything that leaves names the version that it was made from, so that "older than the captions" is a comparison.

-- The chapters of a version as people have left them, [{ "title", "startMs" }, …]; NULL: nobody had opened the captions.
ALTER TABLE versions ADD COLUMN chapters TEXT CHECK (json_valid(chapters));

-- The version whose words a file holds; NULL: it was written before this was noted, and there are several.
ALTER TABLE transcription_files ADD COLUMN version INTEGER CHECK (version >= 0);
-- What is being written at the moment: after a crash the file holds this or what it held before.
ALTER TABLE transcription_files ADD COLUMN writing_sha256 TEXT;
UPDATE transcription_files SET version = 0 WHERE NOT EXISTS (
  SELECT 1 FROM versions v
  WHERE v.transcription_id = transcription_files.transcription_id AND v.sealed = 1 AND v.number > 0
);

-- Of a summary and its key phrases. Until now they were made of the words as they had been recognized.
ALTER TABLE summaries ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0);

-- Of what was published: captions, chapters and description; NULL as above.
ALTER TABLE vod_content ADD COLUMN version INTEGER CHECK (version >= 0);
UPDATE vod_content SET version = 0 WHERE EXISTS (
  SELECT 1 FROM versions v WHERE v.transcription_id = vod_content.transcription_id AND v.sealed = 1
) AND NOT EXISTS (
  SELECT 1 FROM versions v
  WHERE v.transcription_id = vod_content.transcription_id AND v.sealed = 1 AND v.number > 0
);

-- Why warnings were accepted, as of the approval: [{ "rule", "atMs", "reason", "by" }, …].
ALTER TABLE approvals ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reasons));

-- Approvals given and taken back; `approvals` has those that hold.
CREATE TABLE approval_log (
  id INTEGER PRIMARY KEY,
  transcription_id TEXT NOT NULL REFERENCES transcriptions(id) ON DELETE CASCADE,
  -- Of the version.
  number INTEGER NOT NULL CHECK (number >= 0),
  action TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_date TEXT NOT NULL,
  reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reasons))
) STRICT;

CREATE INDEX approval_log_of_transcription ON approval_log (transcription_id);

-- The jobs of a meeting.
CREATE INDEX idx_jobs_transcription ON jobs(transcription_id) WHERE transcription_id IS NOT NULL;
