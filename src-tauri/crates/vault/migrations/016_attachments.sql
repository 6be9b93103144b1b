-- Papers of files. Their bytes stand in pieces, so that they stream in and out; an entry carries their hash.

-- One row for each, with the salt of its hash, which goes with a disposal. Without an entry it is not there yet: it is
-- being taken in, or that was cut off.
CREATE TABLE attached (
    id    TEXT NOT NULL PRIMARY KEY,
    salt  BLOB NOT NULL CHECK (length(salt) = 32),
    size  INTEGER,                         -- bytes, once all are there
    hash  BLOB CHECK (hash IS NULL OR length(hash) = 32),
    form  TEXT,                            -- what it is, by its content
    entry INTEGER REFERENCES entries       -- the entry that vouches for it
) STRICT, WITHOUT ROWID;
CREATE TABLE attached_pieces (
    attached TEXT NOT NULL REFERENCES attached,
    number   INTEGER NOT NULL,             -- from 0
    bytes    BLOB NOT NULL,
    UNIQUE (attached, number)
) STRICT;

CREATE TRIGGER attached_never_changes BEFORE UPDATE ON attached WHEN OLD.entry IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what an entry vouches for never changes'); END;
CREATE TRIGGER attached_goes_only_by_disposal BEFORE DELETE ON attached
WHEN OLD.entry IS NOT NULL AND NOT EXISTS (SELECT 1 FROM disposed WHERE entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'a paper goes only by a disposal'); END;
CREATE TRIGGER attached_pieces_are_all_there BEFORE INSERT ON attached_pieces
WHEN EXISTS (SELECT 1 FROM attached a WHERE a.id = NEW.attached AND a.entry IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what an entry vouches for never changes'); END;
CREATE TRIGGER attached_pieces_never_change BEFORE UPDATE ON attached_pieces
BEGIN SELECT RAISE(ABORT, 'pieces of papers never change'); END;
CREATE TRIGGER attached_pieces_go_only_by_disposal BEFORE DELETE ON attached_pieces
WHEN EXISTS (SELECT 1 FROM attached a WHERE a.id = OLD.attached AND a.entry IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM disposed d WHERE d.entry = a.entry))
BEGIN SELECT RAISE(ABORT, 'a paper goes only by a disposal'); END;

-- What stands of papers. A projection: it can be rebuilt from the ledger.
CREATE TABLE attachments (
    id        TEXT NOT NULL PRIMARY KEY,
    case_id   TEXT,
    entry     INTEGER NOT NULL REFERENCES entries,
    withdrawn INTEGER REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_of_case ON attachments (case_id, entry);

-- Papers are found too. Which kinds of things there are is said by `Found` alone.
CREATE TABLE search_rows_before AS SELECT subject, entry, found, case_id FROM search_rows;
DROP TABLE search_rows;
CREATE TABLE search_rows (
    subject TEXT NOT NULL PRIMARY KEY,     -- the person, item, file … whose words stand at this rowid
    entry   INTEGER NOT NULL UNIQUE REFERENCES entries,
    found   TEXT NOT NULL,
    case_id TEXT
) STRICT;
INSERT INTO search_rows (subject, entry, found, case_id) SELECT subject, entry, found, case_id FROM search_rows_before;
DROP TABLE search_rows_before;
