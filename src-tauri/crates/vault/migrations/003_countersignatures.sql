-- What a second person said of a signed decision. A projection: it can be rebuilt from the ledger.
CREATE TABLE countersignatures (
    id       TEXT NOT NULL PRIMARY KEY,
    decision TEXT NOT NULL,                -- in the vault of whoever said it, a decision of another vault
    case_id  TEXT,                         -- none there
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE INDEX countersignatures_by_decision ON countersignatures (decision);
