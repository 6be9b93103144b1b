-- Two files of one child that are shown as one. A projection: it can be rebuilt from the ledger.
CREATE TABLE joins (
    id    TEXT NOT NULL PRIMARY KEY,
    kept  TEXT NOT NULL,                   -- the file that lists show
    other TEXT NOT NULL,                   -- the file that is shown with it
    child TEXT NOT NULL,                   -- the child of the first
    same  TEXT NOT NULL,                   -- who is the child of the other
    ended INTEGER REFERENCES entries,      -- the entry that parted them
    entry INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX joins_of_kept ON joins (kept) WHERE ended IS NULL;
CREATE INDEX joins_of_other ON joins (other) WHERE ended IS NULL;
CREATE INDEX joins_of_child ON joins (child) WHERE ended IS NULL;
CREATE INDEX joins_of_same ON joins (same) WHERE ended IS NULL;
