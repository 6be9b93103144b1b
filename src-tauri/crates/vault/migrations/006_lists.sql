-- What the first lines of a list, and the number of its lines, are asked of: no page sorts or counts a vault.

-- The newest entry that stands in each child's file. A projection.
CREATE TABLE touched (
    case_id TEXT NOT NULL PRIMARY KEY,
    entry   INTEGER NOT NULL REFERENCES entries
) STRICT;
CREATE INDEX touched_newest ON touched (entry);

-- Entries that stand in a file and that no handover covers. A projection.
CREATE TABLE waiting (
    case_id TEXT NOT NULL,
    entry   INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (case_id, entry)
) STRICT, WITHOUT ROWID;

-- How many rows there are of what is counted on every page. The triggers keep it, so that it follows from the
-- tables alone, whoever writes them.
CREATE TABLE tallies (
    what  TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tallies (what, count) VALUES
    ('families', (SELECT count(*) FROM cases WHERE kind = 'family')),
    ('outstanding', (SELECT count(*) FROM obligations WHERE settled IS NULL)),
    ('waiting', 0);
CREATE TRIGGER cases_tally_more AFTER INSERT ON cases WHEN NEW.kind = 'family'
BEGIN UPDATE tallies SET count = count + 1 WHERE what = 'families'; END;
CREATE TRIGGER cases_tally_less AFTER DELETE ON cases WHEN OLD.kind = 'family'
BEGIN UPDATE tallies SET count = count - 1 WHERE what = 'families'; END;
CREATE TRIGGER obligations_tally_more AFTER INSERT ON obligations WHEN NEW.settled IS NULL
BEGIN UPDATE tallies SET count = count + 1 WHERE what = 'outstanding'; END;
CREATE TRIGGER obligations_tally_less AFTER DELETE ON obligations WHEN OLD.settled IS NULL
BEGIN UPDATE tallies SET count = count - 1 WHERE what = 'outstanding'; END;
CREATE TRIGGER obligations_tally_settled AFTER UPDATE OF settled ON obligations
WHEN (OLD.settled IS NULL) <> (NEW.settled IS NULL)
BEGIN
    UPDATE tallies SET count = count + (NEW.settled IS NULL) - (OLD.settled IS NULL) WHERE what = 'outstanding';
END;
CREATE TRIGGER waiting_tally_more AFTER INSERT ON waiting
BEGIN UPDATE tallies SET count = count + 1 WHERE what = 'waiting'; END;
CREATE TRIGGER waiting_tally_less AFTER DELETE ON waiting
BEGIN UPDATE tallies SET count = count - 1 WHERE what = 'waiting'; END;

-- The order of what is outstanding: emergencies first, then by deadline, then what has none. Microseconds since
-- 1970 lie far below the bounds.
ALTER TABLE obligations ADD COLUMN urgency INTEGER GENERATED ALWAYS AS (
    coalesce(due, 4611686018427387903) - (CASE WHEN emergency IS NULL THEN 0 ELSE 4611686018427387904 END)
) VIRTUAL;
CREATE INDEX obligations_urgent ON obligations (urgency, entry) WHERE settled IS NULL;
DROP INDEX obligations_outstanding;

CREATE INDEX cases_restricted ON cases (id) WHERE kind <> 'family';
CREATE INDEX cases_beside ON cases (beside) WHERE beside IS NOT NULL;
CREATE INDEX drafts_of_kind ON drafts (kind, saved);
CREATE INDEX drafts_of_case ON drafts (case_id, kind);
