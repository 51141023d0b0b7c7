-- Words that are spelt right although no dictionary knows them. They are not the names of the glossary: recognition does
-- not listen for them.
CREATE TABLE dictionary_words (
  -- Name of the list of names that the word goes with; '' for words of the whole station.
  city TEXT NOT NULL,
  word TEXT NOT NULL CHECK (word <> ''),
  added_by TEXT NOT NULL,
  added_date TEXT NOT NULL,
  PRIMARY KEY (city, word)
) STRICT, WITHOUT ROWID;
