-- Files about an adult, and files about numbers. Which kinds are restricted is said by `CaseKind` alone; the table keeps
-- what it says.
ALTER TABLE cases ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
UPDATE cases SET restricted = 1 WHERE kind <> 'family';

DROP TRIGGER cases_tally_more;
DROP TRIGGER cases_tally_less;
CREATE TRIGGER cases_tally_more AFTER INSERT ON cases WHEN NEW.restricted = 0
BEGIN UPDATE tallies SET count = count + 1 WHERE what = 'families'; END;
CREATE TRIGGER cases_tally_less AFTER DELETE ON cases WHEN OLD.restricted = 0
BEGIN UPDATE tallies SET count = count - 1 WHERE what = 'families'; END;

DROP INDEX cases_restricted;
CREATE INDEX cases_restricted ON cases (id) WHERE restricted = 1;
