-- Statements for people, at their latest step. A projection: it can be rebuilt from the ledger.
CREATE TABLE statements (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_of_case ON statements (case_id, entry);
-- Which other agencies hold a record.
CREATE TABLE held_elsewhere (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX held_elsewhere_of_case ON held_elsewhere (case_id, entry);
