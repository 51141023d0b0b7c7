-- What decoding finds out about a recording: how its clock relates to those of players, which of its sounds was used, and
-- which parts of it cannot be read. NULL until it is decoded (again).
ALTER TABLE recordings ADD COLUMN clock TEXT CHECK (json_valid(clock));
ALTER TABLE recordings ADD COLUMN sound TEXT CHECK (json_valid(sound));
ALTER TABLE recordings ADD COLUMN missing TEXT CHECK (json_valid(missing));
