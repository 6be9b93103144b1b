-- What came to us, what became of what left, and the sharing log over both. Projections: they can be rebuilt.
CREATE TABLE received (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX received_of_case ON received (case_id, entry);

-- A row for each thing that left and each line in its account.
CREATE TABLE accounts (
    id         TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    case_id    TEXT,
    entry      INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (id, disclosure)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_of_disclosure ON accounts (disclosure, entry);
CREATE INDEX accounts_of_case ON accounts (case_id, entry);

-- A line of the log, the latest first by any of its ways to be asked for. A page is read off an index: no row behind it
-- is looked at.
CREATE TABLE sharing_log (
    id       TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    case_id  TEXT,
    decision TEXT,
    at       INTEGER NOT NULL,             -- microseconds since 1970
    state    TEXT NOT NULL,
    party    TEXT NOT NULL                 -- folded words, a blank between two
) STRICT, WITHOUT ROWID;
CREATE INDEX sharing_log_by_time ON sharing_log (at, id);
CREATE INDEX sharing_log_of_case ON sharing_log (case_id, at, id);
CREATE INDEX sharing_log_by_state ON sharing_log (state, at, id);
CREATE INDEX sharing_log_of_decision ON sharing_log (decision);

CREATE TABLE sharing_log_words (
    word TEXT NOT NULL,
    at   INTEGER NOT NULL,
    id   TEXT NOT NULL,
    PRIMARY KEY (word, at, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sharing_log_words_of ON sharing_log_words (id);

-- By what each note left.
CREATE TABLE carried (
    item       TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    PRIMARY KEY (item, disclosure)
) STRICT, WITHOUT ROWID;
