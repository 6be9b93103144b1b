//! A paper of a file: a document, a picture or a text that somebody was given or found, kept as it came.
//!
//! Its bytes stand beside the ledger, and the entry carries their salted hash: so the chain vouches for every byte, and
//! once the salt has gone with a disposal, the hash tells nothing of what was there.

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::words::closed_set;
use crate::{AttachmentId, ItemId, Occurred, PersonId, Sha256};

/// The most bytes that one may have: 50 MB, however a computer counts them.
pub const MOST_ATTACHED: u64 = 50 << 20;

const TAG: &[u8] = b"sharewell/attachment/v1\0";

/// A paper of a file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Identifies it.
    pub id: AttachmentId,
    /// What its file was called, cleaned; never where it lay.
    pub name: String,
    /// What it is, found by its content and never by its name.
    pub form: AttachmentForm,
    /// How many bytes it has.
    pub size: u64,
    /// Hash of its salt and bytes ([`AttachmentHash`]).
    pub hash: Sha256,
    /// What it is, in words.
    pub what: String,
    /// Where it came from: who sent, gave or took it.
    #[serde(default)]
    pub from: String,
    /// Who said so, may be empty.
    #[serde(default)]
    pub said_by: String,
    /// When it came.
    pub came: Occurred,
    /// What its sender allowed to be done with it, in their words, may be empty.
    #[serde(default)]
    pub limits: String,
    /// Whom it is about.
    #[serde(default)]
    pub about: Vec<PersonId>,
    /// The statement that it belongs to, where it is one's.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// The older paper in whose place it stands, which was withdrawn for it (from version 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AttachmentId>,
}

impl Attachment {
    /// Whether whoever got it in an earlier form read something else of it. Its bytes never change.
    #[must_use]
    pub fn reads_otherwise(&self, before: &Self) -> bool {
        (&self.what, &self.from, &self.came) != (&before.what, &before.from, &before.came)
    }
}

closed_set! {
    /// What a paper is, by its content.
    AttachmentForm in "snake_case" {
        /// A PDF document.
        Pdf = "pdf",
        /// A PNG picture.
        Png = "png",
        /// A JPEG picture.
        Jpeg = "jpeg",
        /// Plain text in UTF-8.
        Text = "text",
    }
}

closed_set! {
    /// What a paper holds beside what its pages show. Nothing of it leaves: a paper goes as pictures of its pages.
    PaperHolds in "snake_case" {
        /// Something that runs or sends: scripts, films, buttons that start or send something.
        Scripts = "scripts",
        /// Notes, marks and links laid over the pages.
        Annotations = "annotations",
        /// Boxes that can be filled in.
        Fields = "fields",
        /// Files within the file.
        Embedded = "embedded",
        /// Layers that may be hidden.
        Layers = "layers",
        /// What stood there before it was changed and saved again.
        Revisions = "revisions",
        /// Author, program, title, days.
        Metadata = "metadata",
        /// It is encrypted.
        Encrypted = "encrypted",
        /// Where a picture was taken.
        Place = "place",
        /// By which device or program it was made.
        Device = "device",
        /// A smaller copy, which may show what was cut away.
        Thumbnail = "thumbnail",
        /// Other words or data.
        Other = "other",
        /// A part that could not be read.
        NotRead = "not_read",
    }
}

/// The most pages of a paper that may go along in a share.
pub const MOST_PAGES: u32 = 200;

impl AttachmentForm {
    /// The ending of a file of this form.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Text => "txt",
        }
    }
}

/// The hash of a paper while its bytes pass by: tag, salt (32 bytes), bytes.
pub struct AttachmentHash(Context);

impl std::fmt::Debug for AttachmentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttachmentHash")
    }
}

impl AttachmentHash {
    /// Nothing has passed yet.
    #[must_use]
    pub fn under(salt: &[u8; 32]) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(TAG);
        context.update(salt);
        Self(context)
    }

    /// The next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that passed.
    #[must_use]
    pub fn end(self) -> Sha256 {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        Sha256(hash)
    }
}

/// How far into a file a PDF may say what it is; readers of PDF look no further.
const PDF_SAYS_SO_WITHIN: usize = 1024;

/// Finds what a file is while its bytes pass by.
#[derive(Debug, Clone)]
pub struct FormSeeker {
    head: Vec<u8>,
    /// A character that is not whole yet.
    rest: Vec<u8>,
    text: bool,
}

impl Default for FormSeeker {
    fn default() -> Self {
        Self { head: Vec::new(), rest: Vec::new(), text: true }
    }
}

impl FormSeeker {
    /// The next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        let room = PDF_SAYS_SO_WITHIN.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend(bytes.iter().take(room));
        if self.text {
            self.text = !bytes.iter().any(|byte| is_no_text(*byte)) && self.takes_as_utf8(bytes);
        }
    }

    fn takes_as_utf8(&mut self, bytes: &[u8]) -> bool {
        let joined;
        let whole = if self.rest.is_empty() {
            bytes
        } else {
            joined = [self.rest.as_slice(), bytes].concat();
            joined.as_slice()
        };
        match std::str::from_utf8(whole) {
            Ok(_) => {
                self.rest.clear();
                true
            }
            Err(error) => {
                self.rest = whole.get(error.valid_up_to()..).unwrap_or_default().to_vec();
                error.error_len().is_none()
            }
        }
    }

    /// What the file is, once all of it has passed; none where it is nothing that is taken.
    #[must_use]
    pub fn end(self) -> Option<AttachmentForm> {
        let head = self.head.as_slice();
        let text = self.text && self.rest.is_empty() && !head.is_empty();
        if head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16) == Some(b"IHDR") {
            Some(AttachmentForm::Png)
        } else if head.starts_with(b"\xff\xd8\xff") {
            Some(AttachmentForm::Jpeg)
        } else if head.starts_with(b"%PDF-") || (!text && head.windows(5).any(|part| part == b"%PDF-")) {
            Some(AttachmentForm::Pdf)
        } else {
            text.then_some(AttachmentForm::Text)
        }
    }
}

/// Control characters that no plain text has.
fn is_no_text(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)) || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form_of(bytes: &[u8], pieces: usize) -> Option<AttachmentForm> {
        let mut seeker = FormSeeker::default();
        bytes.chunks(pieces.max(1)).for_each(|piece| seeker.take(piece));
        seeker.end()
    }

    #[test]
    fn what_a_file_is_follows_from_its_content_however_it_is_cut() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
        let late = [b"\0\0 made by a printer\n".as_slice(), b"%PDF-1.4\n\xe2\xe3"].concat();
        let deep = [vec![0; 2000], b"%PDF-1.4".to_vec()].concat();
        for (bytes, form) in [
            (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..], Some(AttachmentForm::Pdf)),
            (&late, Some(AttachmentForm::Pdf)),
            (&deep, None),
            (png, Some(AttachmentForm::Png)),
            (b"\x89PNG\r\n\x1a\nbut no picture", None),
            (b"\xff\xd8\xff\xe1\0\x10Exif", Some(AttachmentForm::Jpeg)),
            ("Ayla said: 我怕, \u{1f600}\r\n".as_bytes(), Some(AttachmentForm::Text)),
            (b"a text that speaks of %PDF-1.4", Some(AttachmentForm::Text)),
            (b"cut off in the middle of a letter \xe6\x88", None),
            (b"Caf\xe9 in another alphabet", None),
            (b"PK\x03\x04 a zipped folder", None),
            (b"MZ\0\0", None),
            (b"", None),
        ] {
            for pieces in [1, 2, 3, 7, 4096] {
                assert_eq!(form_of(bytes, pieces), form, "{bytes:?} in pieces of {pieces}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_hash_is_that_of_the_whole_however_it_is_cut(salt: [u8; 32], bytes: Vec<u8>, pieces in 1usize..50) {
            let mut hash = AttachmentHash::under(&salt);
            bytes.chunks(pieces).for_each(|piece| hash.take(piece));
            prop_assert_eq!(hash.end(), Sha256::of(&[b"sharewell/attachment/v1\0", &salt, &bytes]));
        }

        #[test]
        fn every_text_is_a_text_however_it_is_cut(text in "[^\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f]{1,80}", pieces in 1usize..9) {
            prop_assume!(!text.starts_with("%PDF-"));
            prop_assert_eq!(form_of(text.as_bytes(), pieces), Some(AttachmentForm::Text));
        }
    }
}
