-- What put an opening in doubt is asked at every opening, however long the ledger is.
CREATE INDEX entries_in_doubt ON entries (origin, sequence)
    WHERE kind IN ('head_not_found', 'head_confirmed', 'clock_doubted', 'clock_trusted');
