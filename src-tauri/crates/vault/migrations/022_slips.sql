-- Slips that were made for somebody to read, and what people said may be left with them. Projections: they can be rebuilt
-- from the ledger.
CREATE TABLE slips (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX slips_of_case ON slips (case_id, entry);
CREATE TABLE leavings (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    person  TEXT NOT NULL,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX leavings_of_person ON leavings (person, entry);
