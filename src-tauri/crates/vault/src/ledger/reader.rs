//! Reading: a connection that nobody outside this crate can write SQL to.

use rusqlite::Connection;

/// Reads the vault. Store functions take it: `cases::list(&reader)`.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub(crate) &'a Connection);

impl<'a> Reader<'a> {
    pub(crate) fn db(&self) -> &'a Connection {
        self.0
    }
}
