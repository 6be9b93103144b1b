-- The order of what is outstanding. How urgent a duty is and on which day it stands is said by `records/src/urgency.rs`
-- and written with the row; the projection is rebuilt for those that stand already. What is due, overdue or of an
-- emergency is read by urgency and then by time; of the days to come each is read by urgency.
ALTER TABLE obligations ADD COLUMN class INTEGER NOT NULL DEFAULT 3;
ALTER TABLE obligations ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
DROP INDEX obligations_urgent;
DROP INDEX obligations_open_of_case;
CREATE INDEX obligations_first ON obligations (class, urgency, entry) WHERE settled IS NULL;
CREATE INDEX obligations_by_day ON obligations (day, class, urgency, entry) WHERE settled IS NULL;
CREATE INDEX obligations_first_of_case ON obligations (case_id, class, urgency, entry) WHERE settled IS NULL;
CREATE INDEX obligations_by_day_of_case ON obligations (case_id, day, class, urgency, entry) WHERE settled IS NULL;

-- What a contact is, so that it is found by what people call the post. Written with the row, and rebuilt.
ALTER TABLE contacts ADD COLUMN role TEXT NOT NULL DEFAULT '';
