//! Files in pieces: measured, kept and read back without being held whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use ring::digest::{Context, SHA256};
use sharewell_records::Sha256;

use crate::store::{PIECE, Store};
use crate::{Error, Result};

fn finish(context: Context) -> Sha256 {
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Sha256(hash)
}

/// Hash and size of a file.
pub(crate) fn measure(path: &Path) -> Result<(Sha256, u64)> {
    let mut file = File::open(path).map_err(Error::file(path))?;
    let (mut context, mut size) = (Context::new(&SHA256), 0);
    let mut piece = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut piece).map_err(Error::file(path))?;
        if read == 0 {
            return Ok((finish(context), size));
        }
        context.update(piece.get(..read).unwrap_or_default());
        size += read as u64;
    }
}

/// Gives a file out in pieces, and holds what was given to its hash.
///
/// # Errors
/// [`Error::StillWritten`] where it is another file than the one that was measured.
pub(crate) fn each_piece(
    mut bytes: &mut dyn Read,
    file: Sha256,
    mut take: impl FnMut(u32, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut context = Context::new(&SHA256);
    for number in 0.. {
        let mut piece = Vec::new();
        Read::by_ref(&mut bytes)
            .take(PIECE as u64)
            .read_to_end(&mut piece)
            .map_err(|error| Error::File { path: "".into(), kind: error.kind() })?;
        if piece.is_empty() {
            break;
        }
        context.update(&piece);
        take(number, &piece)?;
    }
    if finish(context) == file { Ok(()) } else { Err(Error::StillWritten { path: "".into() }) }
}

/// A file that the store keeps as it came, read piece by piece.
pub(crate) struct Kept<'a> {
    store: &'a mut dyn Store,
    file: Sha256,
    next: u32,
    piece: io::Cursor<Vec<u8>>,
}

impl<'a> Kept<'a> {
    pub(crate) fn new(store: &'a mut dyn Store, file: Sha256) -> Self {
        Self { store, file, next: 0, piece: io::Cursor::default() }
    }
}

impl Read for Kept<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match self.store.piece(self.file, self.next).map_err(|_| io::Error::from(io::ErrorKind::Other))? {
                Some(piece) => self.piece = io::Cursor::new(piece),
                None => return Ok(0),
            }
            self.next += 1;
        }
    }
}
