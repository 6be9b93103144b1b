-- Guidance packs and overlays that were installed from a signed file, and the keys of agencies whose
-- overlays are taken. Projections: both can be rebuilt from the ledger.
CREATE TABLE installed_packs (
    id      TEXT NOT NULL PRIMARY KEY,     -- the hash; its bytes are in pack_files
    entry   INTEGER NOT NULL REFERENCES entries,
    removed INTEGER REFERENCES entries
) STRICT;

CREATE TABLE pack_keys (
    key   TEXT NOT NULL PRIMARY KEY,       -- an Ed25519 public key in hexadecimal
    entry INTEGER NOT NULL REFERENCES entries
) STRICT;
