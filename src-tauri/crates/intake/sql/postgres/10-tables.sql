-- The intake's tables, but for entries: 20-entries-partitioned.sql or, for an engine that has no partitions of its own,
-- 20-entries-plain.sql. Run as the owner of the database, once.
CREATE SCHEMA IF NOT EXISTS sharewell;
SET search_path = sharewell;

-- Every file that was given in, with the answer that it got.
CREATE TABLE files (
  sha256        bytea PRIMARY KEY,
  bytes         bigint NOT NULL,
  given_at      text NOT NULL,
  outcome       text NOT NULL,
  reason        text,
  handover      text,
  contents_hash bytea,
  made_by       text NOT NULL,
  receipt       bytea NOT NULL
);

CREATE INDEX files_by_outcome ON files (outcome);

-- What was not taken, as it came: still encrypted, in pieces.
CREATE TABLE kept (
  file   bytea NOT NULL REFERENCES files (sha256),
  number bigint NOT NULL,
  piece  bytea NOT NULL,
  PRIMARY KEY (file, number)
);

-- How far each chain is held without a gap; its row is also what keeps two intakes from one chain.
CREATE TABLE origins (
  origin   text PRIMARY KEY,
  sequence bigint NOT NULL,
  link     bytea NOT NULL
);

-- Every checkpoint that was received, and when.
CREATE TABLE checkpoints (
  origin      text NOT NULL,
  sequence    bigint NOT NULL,
  link        bytea NOT NULL,
  received_at text NOT NULL,
  received_on text NOT NULL,
  PRIMARY KEY (origin, sequence)
);

-- Every place of every chain that was seen. Not partitioned: its key is what makes taking in twice harmless, and an
-- index over partitions could not be unique without the partition's own key in it.
CREATE TABLE seen (
  origin     text NOT NULL,
  sequence   bigint NOT NULL,
  entry_hash bytea NOT NULL,
  PRIMARY KEY (origin, sequence)
);

-- Which files there are, and which of them are restricted.
CREATE TABLE cases (
  case_id    text PRIMARY KEY,
  restricted boolean NOT NULL
);

-- Papers and documents that came along.
CREATE TABLE papers (
  handover text NOT NULL,
  path     text NOT NULL,
  case_id  text,
  bytes    bytea NOT NULL,
  PRIMARY KEY (handover, path)
);
CREATE INDEX papers_by_case ON papers (case_id);

-- What the agency disposed of, under which rule, and in which receipt it said so.
CREATE TABLE disposals (
  origin     text NOT NULL,
  sequence   bigint NOT NULL,
  entry_hash bytea NOT NULL,
  case_id    text NOT NULL,
  at         text NOT NULL,
  authority  text NOT NULL,
  told_in    text,
  PRIMARY KEY (origin, sequence)
);
