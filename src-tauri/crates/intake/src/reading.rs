//! A file opened and verified, or why not. Nothing in it is believed before the reader of handovers has held it to its
//! signature; what is read is held to the hash under which it was measured.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use ring::digest::{Context, SHA256};
use sharewell_exchange::handover::{self, Handover, Limits};
use sharewell_exchange::receipt::Reason;
use sharewell_records::Sha256;

use crate::pieces::Kept;
use crate::store::Store;
use crate::{Error, Keys, Result};

/// What a file is.
pub(crate) enum Found {
    /// A handover whose signature, bag and chains hold.
    Opened(Box<Handover>),
    /// No key here opens it.
    Sealed,
    /// It is refused.
    Refused(Reason),
}

/// Where a file's bytes come from.
pub(crate) enum Source<'a> {
    /// A file that was given in.
    Path(&'a Path),
    /// One that the store keeps as it came.
    Kept(Sha256),
}

impl Source<'_> {
    pub(crate) fn reader<'s>(&self, store: &'s mut dyn Store) -> Result<Box<dyn Read + 's>> {
        match self {
            Self::Path(path) => Ok(Box::new(File::open(path).map_err(Error::file(path))?)),
            Self::Kept(file) => Ok(Box::new(Kept::new(store, *file))),
        }
    }

    /// Names the file in an error of a place that knows only its bytes.
    pub(crate) fn named(&self, error: Error) -> Error {
        match (self, error) {
            (Self::Path(path), Error::File { path: of, kind }) if of.as_os_str().is_empty() => {
                Error::File { path: (*path).to_owned(), kind }
            }
            (Self::Path(path), Error::StillWritten { .. }) => {
                Error::StillWritten { path: (*path).to_owned() }
            }
            (Self::Kept(_), Error::StillWritten { .. }) => Error::Stored { what: "file" },
            (_, error) => error,
        }
    }
}

/// Opens a file with each key in turn.
pub(crate) fn open(
    source: &Source<'_>,
    store: &mut dyn Store,
    measured: Sha256,
    keys: &Keys,
    limits: Limits,
) -> Result<Found> {
    let roster = keys.roster.keys();
    for identity in &keys.identities {
        let mut reader = Hashing { input: source.reader(store)?, context: Context::new(&SHA256) };
        let read = handover::read(&mut reader, identity, &roster, limits);
        // What was judged is what was measured, also where the reader stopped early.
        io::copy(&mut reader, &mut io::sink()).map_err(|error| failed(source, &error))?;
        if reader.context.finish().as_ref() != measured.0 {
            return Err(source.named(Error::StillWritten { path: "".into() }));
        }
        match read {
            Ok(handover) => return Ok(Found::Opened(Box::new(handover))),
            Err(sharewell_exchange::Error::NotForThisKey) => {}
            Err(sharewell_exchange::Error::Io(error)) => return Err(failed(source, &error)),
            Err(error) => return Ok(Found::Refused(reason(&error))),
        }
    }
    Ok(Found::Sealed)
}

fn failed(source: &Source<'_>, error: &io::Error) -> Error {
    source.named(Error::File { path: "".into(), kind: error.kind() })
}

/// What a fault of the reader is called in a receipt.
fn reason(error: &sharewell_exchange::Error) -> Reason {
    use sharewell_exchange::Error as E;
    match error {
        E::Damaged => Reason::Damaged,
        E::TooLarge { .. } => Reason::TooLarge,
        E::UnknownVersion { .. } => Reason::NewerVersion,
        E::UnknownSigner => Reason::UnknownSigner,
        E::BadSignature | E::SignatureHeader { .. } => Reason::BadSignature,
        E::Entry { .. } | E::Chain { .. } => Reason::BrokenChain,
        // The library's list is open; what is left is no age file, no archive, no bag or a bag with a fault.
        _ => Reason::NotAHandover,
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    input: R,
    context: Context,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.context.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}
