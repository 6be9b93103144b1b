-- Shares that were made into a file, by the latest form of each. A projection: it can be rebuilt from the ledger.
CREATE TABLE shares (
    id       TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT,
    decision TEXT NOT NULL,
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX shares_of_decision ON shares (decision, entry);
CREATE INDEX shares_of_case ON shares (case_id, entry);
