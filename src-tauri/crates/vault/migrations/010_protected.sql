-- Who is protected in any file, found without looking at everybody.
CREATE INDEX flags_protecting ON flags (person) WHERE kind = 'protected_identity';

-- What was answered of forms that looked like somebody protected. A projection: it can be rebuilt from the ledger.
CREATE TABLE leftovers (
    person TEXT NOT NULL,
    form   TEXT NOT NULL,                  -- folded
    entry  INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (person, form)
) STRICT, WITHOUT ROWID;
