-- Profiles of agencies that were taken in, by the hash of each file. A projection: it can be rebuilt.
CREATE TABLE profiles (
    hash       TEXT NOT NULL PRIMARY KEY,
    entry      INTEGER NOT NULL REFERENCES entries,
    -- To this key the agency's files go, and by that one its receipts are signed.
    encryption TEXT NOT NULL,
    receipts   TEXT NOT NULL
) STRICT;
