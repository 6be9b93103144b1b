-- Entries in sixteen parts, by hash of the case; those in no case by hash of their chain. Leave this out where the engine
-- spreads a table by its key itself, and run 20-entries-plain.sql instead.
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
) PARTITION BY HASH (part);
CREATE TABLE entries_00 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE entries_01 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE entries_02 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE entries_03 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE entries_04 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE entries_05 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE entries_06 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE entries_07 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE entries_08 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE entries_09 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE entries_10 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE entries_11 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE entries_12 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE entries_13 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE entries_14 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE entries_15 PARTITION OF entries FOR VALUES WITH (MODULUS 16, REMAINDER 15);

CREATE INDEX entries_by_place ON entries (origin, sequence);
CREATE INDEX entries_by_kind ON entries (kind, origin, sequence);
