-- People see where they are signed in. A browser's token ends sooner than that of a program.

ALTER TABLE client_tokens ADD COLUMN kind TEXT NOT NULL DEFAULT 'program' CHECK (kind IN ('browser', 'program'));
-- What the browser or program calls itself.
ALTER TABLE client_tokens ADD COLUMN agent TEXT NOT NULL DEFAULT '';
