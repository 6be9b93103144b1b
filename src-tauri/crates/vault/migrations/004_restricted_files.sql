-- Restricted files: allegations about staff, beside a child's file and never part of it.
ALTER TABLE cases ADD COLUMN kind TEXT NOT NULL DEFAULT 'family';
ALTER TABLE cases ADD COLUMN beside TEXT;

-- Entries that stand in no file any more: what they say was stated again in a restricted one. A projection.
CREATE TABLE set_apart (
    entry   INTEGER NOT NULL PRIMARY KEY REFERENCES entries,
    by      INTEGER NOT NULL REFERENCES entries
) STRICT;
