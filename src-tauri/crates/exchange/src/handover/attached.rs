//! Papers in a handover: their bytes under names that say nothing, each held to the hash that the ledger carries.

use std::io;

use sharewell_records::{AttachmentHash, Sha256};

use super::Document;
use crate::{Error, Result, Table};

/// Where they stand in a bag.
pub(crate) const FOLDER: &str = "data/attachments/";
/// The table that tells of them.
const TABLE: &str = "attachments";

/// A paper whose bytes go along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Path below `data/attachments/`. It says nothing of what it is.
    pub path: String,
    /// How many bytes it has.
    pub size: u64,
}

/// Where the bytes of papers come from: each is read twice, to be hashed and to be written, and never held whole.
pub trait Bytes {
    /// Gives the bytes of a paper piece by piece.
    ///
    /// # Errors
    /// What reading them or `take` fails with.
    fn each(&self, paper: &Attached, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()>;
}

/// No papers.
#[derive(Debug, Clone, Copy)]
pub struct NoBytes;

impl Bytes for NoBytes {
    fn each(&self, _: &Attached, _: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// The plain hash of a paper, for the manifest.
pub(super) fn hashed(bytes: &dyn Bytes, paper: &Attached) -> Result<Sha256> {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let mut size = 0;
    bytes.each(paper, &mut |piece| {
        context.update(piece);
        size += piece.len() as u64;
        Ok(())
    })?;
    if size != paper.size {
        return Err(Error::contents("an attachment has not the size that the contents name"));
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Ok(Sha256(hash))
}

/// Holds every paper to its row, and every row that names a file to the paper.
pub(super) fn check(tables: &[Table], papers: &[Document]) -> Result<()> {
    let Some(table) = tables.iter().find(|table| table.name == TABLE) else { return Ok(()) };
    let column = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (Some(file), Some(salt), Some(hash)) = (column("file"), column("salt"), column("salted_sha256"))
    else {
        return Ok(());
    };
    for row in &table.rows {
        let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let Some(path) = cell(file).strip_prefix("attachments/") else { continue };
        let listed = || format!("{FOLDER}{path}");
        let paper = papers.iter().find(|paper| paper.path == path);
        let paper = paper.ok_or_else(|| Error::Missing { path: listed() })?;
        let salt: Sha256 = cell(salt).parse().map_err(|_| Error::Altered { path: listed() })?;
        let mut found = AttachmentHash::under(&salt.0);
        found.take(&paper.bytes);
        if found.end().to_string() != cell(hash) {
            return Err(Error::Altered { path: listed() });
        }
    }
    Ok(())
}
