-- What the program notes for itself: the settings, where somebody left off, the code of an ask, what was written of a
-- handover. Drafts are work that is not finished; these are not, and neither crowds out or lists the other.
CREATE TABLE kept (
    key     TEXT NOT NULL PRIMARY KEY,
    body    TEXT NOT NULL,                 -- as whoever noted it wrote it
    updated TEXT NOT NULL,                 -- RFC 3339
    saved   INTEGER NOT NULL               -- counts every save of any draft or note, for vault.head
) STRICT;
INSERT INTO kept (key, body, updated, saved)
    SELECT key, body, updated, saved FROM drafts WHERE kind IN ('state', 'countersign', 'handover_file');
DELETE FROM drafts WHERE kind IN ('state', 'countersign', 'handover_file');
