-- Calls about decisions: who was tried or reached. A projection: it can be rebuilt from the ledger.
CREATE TABLE calls (
    id       TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT,
    decision TEXT,
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_of_decision ON calls (decision, entry);
CREATE INDEX calls_of_case ON calls (case_id, entry);
