-- The entry that took back something that was written down as told to us in error.
ALTER TABLE received ADD COLUMN withdrawn INTEGER REFERENCES entries;
