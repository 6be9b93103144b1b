-- What agencies' receipts say of handovers, handovers that were dropped, and the agency whose receipts alone end an offer.
-- Projections, but for the last one: they can be rebuilt from the ledger.
CREATE TABLE receipts (
    id       TEXT NOT NULL PRIMARY KEY,
    handover TEXT NOT NULL,
    entry    INTEGER NOT NULL REFERENCES entries
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_of_handover ON receipts (handover, entry);

-- The entry that dropped a handover before its file was written.
ALTER TABLE handovers ADD COLUMN dropped INTEGER REFERENCES entries;

-- The stretches of chains that receipts name, of the files of the handover that each answers. The order of the key lets an
-- entry that is newer than all of them find so at once.
CREATE TABLE received_slices (
    origin    TEXT NOT NULL,
    to_seq    INTEGER NOT NULL,
    from_seq  INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    handover  TEXT NOT NULL,
    PRIMARY KEY (origin, to_seq, from_seq, recipient, handover)
) STRICT, WITHOUT ROWID;

-- The keys of the agency whose profile stands: to the first files go, by the second its receipts are signed. One row at
-- most, and never cleared: the last entry that takes a profile says it.
CREATE TABLE stands_behind (
    one        INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    encryption TEXT NOT NULL,
    receipts   TEXT NOT NULL
) STRICT;
