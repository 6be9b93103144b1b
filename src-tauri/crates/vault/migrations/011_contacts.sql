-- The practitioner's directory. A projection: it can be rebuilt from the ledger.
CREATE TABLE contacts (
    id      TEXT NOT NULL PRIMARY KEY,
    sort    TEXT NOT NULL,                 -- the name, folded
    words   TEXT NOT NULL,                 -- what a contact is found by, folded, a blank before each word
    removed INTEGER REFERENCES entries,    -- the entry that took it out of the directory
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_in_order ON contacts (sort, id) WHERE removed IS NULL;
