-- Events of consent: asked, answered, withdrawn, not asked. A projection: it can be rebuilt from the ledger. What they
-- come to has no row: it hangs on the day on which it is read, and is folded from the events of one file.
CREATE TABLE consents (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_of_case ON consents (case_id, entry);
