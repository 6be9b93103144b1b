-- What was handed over is counted for each recipient, by files that were written.

-- Handovers whose file was written by a program that noted so beside the ledger. Today an entry says it; these count
-- as written ever after. No projection: it is filled here, once.
CREATE TABLE written_before (
    handover TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO written_before (handover)
    SELECT substr(key, length('handover_file:') + 1) FROM kept
    WHERE substr(key, 1, length('handover_file:')) = 'handover_file:';

-- To whom a handover goes, and the entry that last said that its file was written.
ALTER TABLE handovers ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE handovers ADD COLUMN written INTEGER REFERENCES entries;

-- The stretches of chains that a handover holds of its files.
CREATE TABLE handover_slices (
    handover TEXT NOT NULL,
    origin   TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER NOT NULL,
    PRIMARY KEY (handover, origin, from_seq)
) STRICT, WITHOUT ROWID;

-- The same of finished handovers, by file: which stretches of it somebody has. The order of the key lets an entry that
-- is newer than all of them find so at once.
CREATE TABLE covered (
    case_id   TEXT NOT NULL,
    origin    TEXT NOT NULL,
    to_seq    INTEGER NOT NULL,
    from_seq  INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (case_id, origin, to_seq, from_seq, recipient)
) STRICT, WITHOUT ROWID;

-- Which entries of files somebody has.
CREATE TABLE given (
    entry     INTEGER NOT NULL REFERENCES entries,
    recipient TEXT NOT NULL,
    PRIMARY KEY (entry, recipient)
) STRICT, WITHOUT ROWID;

-- How many of each file. The triggers keep it, so that it follows from the table alone.
CREATE TABLE given_tallies (
    case_id   TEXT NOT NULL,
    recipient TEXT NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (case_id, recipient)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER given_tally_more AFTER INSERT ON given
BEGIN
    INSERT INTO given_tallies (case_id, recipient, count)
        SELECT e.case_id, NEW.recipient, 1 FROM entries e WHERE e.n = NEW.entry
        ON CONFLICT (case_id, recipient) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER given_tally_less AFTER DELETE ON given
BEGIN
    UPDATE given_tallies SET count = count - 1 WHERE recipient = OLD.recipient
        AND case_id = (SELECT e.case_id FROM entries e WHERE e.n = OLD.entry);
END;
