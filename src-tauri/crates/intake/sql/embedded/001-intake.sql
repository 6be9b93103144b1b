-- Every file that was given in, with the answer that it got.
CREATE TABLE files (
  sha256        BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  bytes         INTEGER NOT NULL,
  given_at      TEXT NOT NULL,
  outcome       TEXT NOT NULL,
  reason        TEXT,
  handover      TEXT,
  contents_hash BLOB,
  made_by       TEXT NOT NULL,
  receipt       BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_outcome ON files (outcome, reason);

-- What was not taken, as it came: still encrypted, in pieces.
CREATE TABLE kept (
  file   BLOB NOT NULL REFERENCES files (sha256),
  number INTEGER NOT NULL,
  piece  BLOB NOT NULL,
  PRIMARY KEY (file, number)
) STRICT;

-- How far each chain is held without a gap.
CREATE TABLE origins (
  origin   TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  link     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every checkpoint that was received, and when. After a key is revoked only what stands under an earlier one is taken.
CREATE TABLE checkpoints (
  origin      TEXT NOT NULL,
  sequence    INTEGER NOT NULL,
  link        BLOB NOT NULL,
  received_at TEXT NOT NULL,
  received_on TEXT NOT NULL,
  PRIMARY KEY (origin, sequence)
) STRICT, WITHOUT ROWID;

-- Every place of every chain that was seen, also where only the hash came along.
CREATE TABLE seen (
  origin     TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  entry_hash BLOB NOT NULL CHECK (length(entry_hash) = 32),
  PRIMARY KEY (origin, sequence)
) STRICT, WITHOUT ROWID;

-- Entries as they were stored by whoever wrote them. Without content where that was disposed of.
CREATE TABLE entries (
  origin       TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  case_id      TEXT,
  kind         TEXT NOT NULL,
  header       TEXT NOT NULL,
  payload_hash BLOB NOT NULL,
  salt         BLOB,
  stored       BLOB,
  file         BLOB NOT NULL,
  PRIMARY KEY (origin, sequence),
  FOREIGN KEY (origin, sequence) REFERENCES seen (origin, sequence)
) STRICT;
CREATE INDEX entries_by_case ON entries (case_id, origin, sequence);
CREATE INDEX entries_by_kind ON entries (kind, origin, sequence);

-- Papers and documents that came along.
CREATE TABLE papers (
  handover TEXT NOT NULL,
  path     TEXT NOT NULL,
  case_id  TEXT,
  bytes    BLOB NOT NULL,
  PRIMARY KEY (handover, path)
) STRICT;
CREATE INDEX papers_by_case ON papers (case_id);

-- What the agency disposed of, under which rule, and in which receipt it said so.
CREATE TABLE disposals (
  origin     TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  entry_hash BLOB NOT NULL,
  case_id    TEXT NOT NULL,
  at         TEXT NOT NULL,
  authority  TEXT NOT NULL,
  told_in    BLOB,
  PRIMARY KEY (origin, sequence)
) STRICT, WITHOUT ROWID;
