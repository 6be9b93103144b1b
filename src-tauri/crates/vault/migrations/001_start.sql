-- The ledger. Never updated, never deleted from; `n` is the order of arrival in this vault.
CREATE TABLE entries (
    n            INTEGER NOT NULL PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    origin       TEXT NOT NULL,
    sequence     INTEGER NOT NULL CHECK (sequence >= 1),
    case_id      TEXT,
    author       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    recorded_at  TEXT NOT NULL,            -- RFC 3339 with offset, as hashed
    basis        TEXT NOT NULL,            -- JSON array of entry ids
    payload_hash BLOB NOT NULL CHECK (length(payload_hash) = 32),
    entry_hash   BLOB NOT NULL CHECK (length(entry_hash) = 32),
    link         BLOB NOT NULL CHECK (length(link) = 32),
    fold_at      INTEGER NOT NULL,         -- microseconds; the order of projecting, see entries.rs
    UNIQUE (origin, sequence)
) STRICT;
CREATE INDEX entries_case ON entries (case_id, n);
CREATE INDEX entries_fold ON entries (fold_at, origin, sequence);

CREATE TABLE payloads (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entries,
    salt  BLOB NOT NULL CHECK (length(salt) = 32),
    bytes BLOB NOT NULL
) STRICT;

-- Entries whose payload was lawfully removed, and the disposal entry that says so.
CREATE TABLE disposed (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entries,
    by    INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER payloads_never_change BEFORE UPDATE ON payloads
BEGIN SELECT RAISE(ABORT, 'payloads are append-only'); END;
CREATE TRIGGER payloads_go_only_by_disposal BEFORE DELETE ON payloads
WHEN NOT EXISTS (SELECT 1 FROM disposed WHERE entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'a payload goes only by a disposal'); END;
CREATE TRIGGER disposed_never_change BEFORE UPDATE ON disposed
BEGIN SELECT RAISE(ABORT, 'disposals are append-only'); END;
CREATE TRIGGER disposed_never_go BEFORE DELETE ON disposed
BEGIN SELECT RAISE(ABORT, 'disposals are append-only'); END;

-- The one row that says which vault this is and which origin it writes.
CREATE TABLE state (
    one            INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    vault          TEXT NOT NULL,
    origin         TEXT NOT NULL,
    branch_pending INTEGER NOT NULL DEFAULT 0,  -- entries were lost: the next write starts a new origin
    drafts_saved   INTEGER NOT NULL DEFAULT 0   -- kept when a draft goes; the count lives in `drafts.saved`
) STRICT;

-- Private keys of this vault's own origins (PKCS 8). They leave only inside an encrypted backup.
CREATE TABLE signing_keys (
    origin TEXT NOT NULL PRIMARY KEY,
    pkcs8  BLOB NOT NULL
) STRICT;

-- Who looked, searched, printed, unlocked. A chain of its own.
CREATE TABLE access (
    n       INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
    at      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    case_id TEXT,
    detail  TEXT NOT NULL,
    link    BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;
CREATE INDEX access_case ON access (case_id, n);
CREATE TRIGGER access_never_changes BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_never_goes BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

-- The only mutable records.
CREATE TABLE drafts (
    key     TEXT NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL,
    case_id TEXT,
    body    TEXT NOT NULL,                 -- JSON
    updated TEXT NOT NULL,                 -- RFC 3339
    saved   INTEGER NOT NULL               -- counts every save of any draft, for vault.head
) STRICT;

-- The bytes of guidance packs, kept as they were used.
CREATE TABLE pack_files (
    pack  TEXT NOT NULL,                   -- the pack's hash
    path  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (pack, path)
) STRICT;
CREATE TRIGGER pack_files_never_change BEFORE UPDATE ON pack_files
BEGIN SELECT RAISE(ABORT, 'kept packs never change'); END;
CREATE TRIGGER pack_files_never_go BEFORE DELETE ON pack_files
BEGIN SELECT RAISE(ABORT, 'kept packs never change'); END;

-- Which projection is built to which version, and how far a rebuild has come.
CREATE TABLE projections (
    name     TEXT NOT NULL PRIMARY KEY,
    version  INTEGER NOT NULL,
    resuming INTEGER                       -- `n` of the last entry folded in; NULL when complete
) STRICT;

-- Projections from here on: everything below can be rebuilt from entries and payloads. Content stays in
-- the payload of the entry that `entry` names, so that nothing is kept twice.
CREATE TABLE subjects (                    -- every entry about one thing: its history
    subject TEXT NOT NULL,
    entry   INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (subject, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE practitioners (
    id    TEXT NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE recovery (
    one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE cases (
    id    TEXT NOT NULL PRIMARY KEY,
    child TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE people (
    id    TEXT NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE case_people (
    case_id TEXT NOT NULL,
    person  TEXT NOT NULL,
    since   INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (case_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_people_person ON case_people (person);

CREATE TABLE relationships (
    id          TEXT NOT NULL PRIMARY KEY,
    from_person TEXT NOT NULL,
    to_person   TEXT NOT NULL,
    entry       INTEGER NOT NULL REFERENCES entries,
    ended       INTEGER REFERENCES entries
) STRICT;
CREATE INDEX relationships_from ON relationships (from_person);
CREATE INDEX relationships_to ON relationships (to_person);

CREATE TABLE flags (
    id     TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    kind   TEXT NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entries,
    lifted INTEGER REFERENCES entries
) STRICT;
CREATE INDEX flags_person ON flags (person);

CREATE TABLE items (
    id        TEXT NOT NULL PRIMARY KEY,
    case_id   TEXT,
    entry     INTEGER NOT NULL REFERENCES entries,
    withdrawn INTEGER REFERENCES entries
) STRICT;
CREATE INDEX items_case ON items (case_id, entry);

CREATE TABLE item_people (
    item   TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (item, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_people_person ON item_people (person);

CREATE TABLE advice (
    id       TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT,
    decision TEXT,
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE INDEX advice_case ON advice (case_id, entry);
CREATE INDEX advice_decision ON advice (decision);

CREATE TABLE decisions (
    id      TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    child   TEXT NOT NULL,
    follows TEXT,
    decided TEXT NOT NULL,
    review  TEXT NOT NULL,                 -- RFC 3339 date
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE INDEX decisions_case ON decisions (case_id, entry);
CREATE INDEX decisions_review ON decisions (review);
CREATE INDEX decisions_follows ON decisions (follows);

-- Duties that follow from decisions.
CREATE TABLE obligations (
    id        TEXT NOT NULL PRIMARY KEY,
    case_id   TEXT,
    decision  TEXT,
    emergency TEXT,
    due       INTEGER,                     -- microseconds since 1970; most duties have no deadline
    body      TEXT NOT NULL,               -- the obligation as JSON; it may be one of many in its entry
    entry     INTEGER NOT NULL REFERENCES entries,
    settled   INTEGER REFERENCES entries   -- the entry that closed it; outstanding while NULL
) STRICT;
CREATE INDEX obligations_outstanding ON obligations (due) WHERE settled IS NULL;
CREATE INDEX obligations_case ON obligations (case_id);
CREATE INDEX obligations_decision ON obligations (decision);

CREATE TABLE disclosures (
    id       TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT,
    decision TEXT,
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE INDEX disclosures_case ON disclosures (case_id, entry);
CREATE INDEX disclosures_decision ON disclosures (decision);

CREATE TABLE emergencies (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT,
    entry      INTEGER NOT NULL REFERENCES entries,
    written_up INTEGER REFERENCES entries
) STRICT;
CREATE INDEX emergencies_case ON emergencies (case_id, entry);

CREATE TABLE packs (
    hash  TEXT NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE recipients (
    recipient TEXT NOT NULL PRIMARY KEY,   -- an age recipient
    entry     INTEGER NOT NULL REFERENCES entries
) STRICT;

CREATE TABLE handovers (
    id     TEXT NOT NULL PRIMARY KEY,
    origin TEXT NOT NULL,
    to_seq INTEGER NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE TABLE handover_cases (
    handover TEXT NOT NULL,
    case_id  TEXT NOT NULL,
    PRIMARY KEY (handover, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_cases_case ON handover_cases (case_id);

CREATE TABLE search_rows (
    subject TEXT NOT NULL PRIMARY KEY,     -- the person, item, file … whose words stand at this rowid
    entry   INTEGER NOT NULL UNIQUE REFERENCES entries,
    found   TEXT NOT NULL CHECK (found IN ('case', 'person', 'item', 'advice', 'decision', 'disclosure', 'emergency')),
    case_id TEXT
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    title, words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
