-- When the way back into the vault was last tried, found without reading the whole access log.
CREATE INDEX access_rehearsed ON access (n) WHERE kind = 'recovery_rehearsed';
