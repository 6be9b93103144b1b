//! The file of a share: set, encrypted by the way that was chosen, and written, all but its name.
//!
//! What stands in it is the same whichever way it is encrypted. Nothing of it is ever on the disk in plain but where it
//! goes unencrypted on purpose.

use std::path::Path;

use secrecy::ExposeSecret as _;
use sharewell_documents as documents;
use sharewell_exchange::keys::Recipient;
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::share as container;
use sharewell_records::{DisclosureId, Moment, Practitioner, Protection, SharedFile};
use sharewell_vault::{Beside, Reader, practitioner};

use super::compose::Composed;
use crate::error::{Error, Problem, Result};
use crate::keep::{self, Prepared};
use crate::sharing::shares::reference;
use crate::signing::signer;
use crate::words::Words;
use crate::{Secret, agency, language};

/// By what a file is closed.
pub(super) enum Seal<'a> {
    /// By nothing: a portal or a mailbox that is secure.
    Open,
    /// A PDF under words.
    Words(&'a Secret),
    /// Our container, to the recipient's key.
    Key(Box<ToKey<'a>>),
}

/// What our container says beside what is in it.
pub(super) struct ToKey<'a> {
    beside: &'a Beside,
    id: DisclosureId,
    made_at: Moment,
    recipient: Recipient,
    practitioner: Practitioner,
    agency: Option<container::Behind>,
    words: container::Words,
}

impl<'a> ToKey<'a> {
    pub(super) fn of(
        r: &Reader<'_>,
        beside: &'a Beside,
        id: DisclosureId,
        recipient: Recipient,
        made_at: Moment,
    ) -> Result<Self> {
        let behind = |AgencyProfile { agency, name, serial, .. }| container::Behind { agency, name, serial };
        let agency = agency::standing(r)?.map(|opened| behind(opened.profile));
        let practitioner = practitioner::current(r)?.record;
        let words = Words::of(language::of(r)?).share_to_key.clone();
        Ok(Self { beside, id, made_at, recipient, practitioner, agency, words })
    }

    /// The container around a document. It is signed with the vault's own key.
    fn around(&self, pdf: Vec<u8>) -> Result<Vec<u8>> {
        let contents = container::Contents {
            id: self.id,
            made_at: self.made_at,
            practitioner: self.practitioner.clone(),
            agency: self.agency.clone(),
            documents: vec![container::Document { path: name_inside(self.id), bytes: pdf }],
            words: self.words.clone(),
        };
        let mut bytes = Vec::new();
        container::write(&mut bytes, &contents, &self.recipient, &signer(self.beside)?)?;
        Ok(bytes)
    }
}

/// What the document is called inside: its reference, which names nobody.
fn name_inside(id: DisclosureId) -> String {
    format!("share-{}.pdf", reference(id).to_lowercase())
}

/// Sets a share, encrypts it, and writes it, all but its name.
pub(super) fn written(
    composed: &Composed,
    protection: &Protection,
    seal: &Seal<'_>,
    path: &Path,
) -> Result<(Prepared, SharedFile)> {
    let (bytes, key) = match seal {
        Seal::Open => (documents::share(&composed.document, protection)?, None),
        Seal::Words(words) => {
            let set = documents::share_encrypted(&composed.document, protection, words.expose_secret());
            // Words that were not drawn here, or were lost on the way.
            let set = set.map_err(|error| match error {
                documents::Error::Words => Error::field("words", Problem::Missing),
                other => other.into(),
            })?;
            (set, None)
        }
        Seal::Key(to) => {
            let bytes = to.around(documents::share(&composed.document, protection)?)?;
            (bytes, Some(to.recipient.to_string()))
        }
    };
    let file = keep::prepare_bytes(path, &bytes)?;
    let written = SharedFile::of(&bytes);
    file.reads_back(written.hash, || Ok(()))?;
    Ok((file, key.map_or(written, |key| written.to_key(&key))))
}
