-- Which kinds of entry, and up to which version of each, the projections were made under. After an upgrade what
-- the program before did not know is projected; see `vocabulary.rs`.
CREATE TABLE known_kinds (
    kind    TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;
