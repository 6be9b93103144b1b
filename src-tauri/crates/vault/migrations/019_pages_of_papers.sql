-- Pages of papers that somebody looked at and let go in a share: each as the picture that was looked at, drawn anew. A
-- note of the program's own: what of it left is said by the entry of the share.
CREATE TABLE attached_pages (
    attached TEXT NOT NULL REFERENCES attached,
    page     INTEGER NOT NULL CHECK (page BETWEEN 1 AND pages),
    pages    INTEGER NOT NULL,             -- how many the paper has
    looked   TEXT NOT NULL,                -- RFC 3339
    bytes    BLOB NOT NULL,                -- a JPEG of ours; of a text, the text
    UNIQUE (attached, page)
) STRICT;
