-- Entries in one table: instead of 20-entries-partitioned.sql.
SET search_path = sharewell;

-- Entries as they were stored by whoever wrote them. Without content where that was disposed of.
CREATE TABLE entries (
  -- The case; the chain where an entry stands in no case.
  part         text NOT NULL,
  origin       text NOT NULL,
  sequence     bigint NOT NULL,
  case_id      text,
  kind         text NOT NULL,
  header       text NOT NULL,
  payload_hash bytea NOT NULL,
  salt         bytea,
  stored       bytea,
  file         bytea NOT NULL,
  PRIMARY KEY (part, origin, sequence)
);

CREATE INDEX entries_by_place ON entries (origin, sequence);
CREATE INDEX entries_by_kind ON entries (kind, origin, sequence);
