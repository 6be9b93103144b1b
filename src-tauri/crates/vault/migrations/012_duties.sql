-- What a long list of duties, and the children by name, are asked of.

-- Each file by the name of its child, as names are compared, with how many duties are open in it. A restricted file
-- has no name here. A projection; the number follows from the duties, and triggers keep it.
CREATE TABLE listed (
    case_id    TEXT NOT NULL PRIMARY KEY,
    restricted INTEGER NOT NULL,
    name       TEXT NOT NULL,
    duties     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_by_name ON listed (restricted, name, case_id);
CREATE INDEX listed_with_duties ON listed (restricted, name, case_id) WHERE duties > 0;
CREATE TRIGGER listed_duties AFTER INSERT ON listed
BEGIN
    UPDATE listed SET duties =
        (SELECT count(*) FROM obligations o WHERE o.case_id = NEW.case_id AND o.settled IS NULL)
    WHERE case_id = NEW.case_id;
END;
CREATE TRIGGER obligations_listed_more AFTER INSERT ON obligations WHEN NEW.settled IS NULL
BEGIN UPDATE listed SET duties = duties + 1 WHERE case_id = NEW.case_id; END;
CREATE TRIGGER obligations_listed_less AFTER DELETE ON obligations WHEN OLD.settled IS NULL
BEGIN UPDATE listed SET duties = duties - 1 WHERE case_id = OLD.case_id; END;
CREATE TRIGGER obligations_listed_moved AFTER UPDATE OF settled, case_id ON obligations
BEGIN
    UPDATE listed SET duties = duties - 1 WHERE case_id = OLD.case_id AND OLD.settled IS NULL;
    UPDATE listed SET duties = duties + 1 WHERE case_id = NEW.case_id AND NEW.settled IS NULL;
END;

CREATE INDEX cases_child ON cases (child);
CREATE INDEX obligations_open_of_case ON obligations (case_id, urgency, entry) WHERE settled IS NULL;
