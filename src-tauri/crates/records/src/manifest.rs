//! What stays of a share for ever: which items went, in which form, and the hash of the file.
//!
//! It names nobody and quotes nothing, so that it can stay where the content of a file is disposed of. The hash of an
//! item's payload is salted, and the salt goes with the content: what is left then says that something went, and not what.

use serde::{Deserialize, Serialize};

use crate::{AttachmentId, EntryId, ItemId, PersonId, Sha256};

/// Exactly what went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The items that went, in the order in which they stand in the file.
    pub items: Vec<ManifestItem>,
    /// The papers that went, each whole, in the order in which they stand in the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<ManifestPaper>,
    /// Whose names and details were left out of every text beside those that are protected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<PersonId>,
    /// The file in which they went.
    pub file: SharedFile,
}

/// An item, in the form in which it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestItem {
    /// The item.
    pub item: ItemId,
    /// The entry that gave it this form.
    pub entry: EntryId,
    /// The salted hash of that entry's payload.
    pub payload: Sha256,
}

/// A paper that went: pictures of all its pages, each looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestPaper {
    /// The paper.
    pub paper: AttachmentId,
    /// The entry that gave it this form.
    pub entry: EntryId,
    /// The salted hash of that entry's payload, which holds the salted hash of the paper's bytes.
    pub payload: Sha256,
    /// How many pages went.
    pub pages: u32,
}

/// A file that was made for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFile {
    /// SHA-256 over all of it, as it was written.
    pub hash: Sha256,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 over the text of the public key to which it was encrypted, where it was: the fingerprint that two people
    /// compare is its beginning. It names nobody (from version 3 of `share_recorded`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Sha256>,
}

impl SharedFile {
    /// The file that these bytes are.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: Sha256::of(&[bytes]), bytes: bytes.len() as u64, key: None }
    }

    /// It as encrypted to a public key.
    #[must_use]
    pub fn to_key(self, key: &str) -> Self {
        Self { key: Some(Sha256::of(&[key.as_bytes()])), ..self }
    }
}

impl Manifest {
    /// Whether something that went before goes in another form: whoever has the earlier words is told that they changed
    /// (field case B12). `replaced`: the older paper in whose place one stands.
    #[must_use]
    pub fn corrects(&self, earlier: &Self, replaced: impl Fn(AttachmentId) -> Option<AttachmentId>) -> bool {
        let other =
            |old: &ManifestItem| self.items.iter().any(|one| one.item == old.item && one.entry != old.entry);
        let newer = |old: &ManifestPaper| {
            self.papers.iter().any(|one| match one.paper == old.paper {
                true => one.entry != old.entry,
                false => before(one.paper, &replaced).any(|paper| paper == old.paper),
            })
        };
        earlier.items.iter().any(other) || earlier.papers.iter().any(newer)
    }

    /// Whether an item went, in whichever form.
    #[must_use]
    pub fn holds(&self, item: ItemId) -> bool {
        self.items.iter().any(|one| one.item == item)
    }

    /// Whether a paper went.
    #[must_use]
    pub fn holds_paper(&self, paper: AttachmentId) -> bool {
        self.papers.iter().any(|one| one.paper == paper)
    }
}

/// The papers in whose place one stands, the latest first. However they were written down, it ends.
pub fn before(
    paper: AttachmentId,
    replaced: impl Fn(AttachmentId) -> Option<AttachmentId>,
) -> impl Iterator<Item = AttachmentId> {
    const MOST: usize = 1000;
    std::iter::successors(replaced(paper), move |one| replaced(*one)).take(MOST)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn gone(items: &[(u128, u128)]) -> Manifest {
        let item = |(item, entry): &(u128, u128)| ManifestItem {
            item: ItemId(uuid::Uuid::from_u128(*item)),
            entry: EntryId(uuid::Uuid::from_u128(*entry)),
            payload: Sha256([1; 32]),
        };
        Manifest {
            items: items.iter().map(item).collect(),
            papers: Vec::new(),
            left_out: Vec::new(),
            file: SharedFile::of(b"file"),
        }
    }

    #[test]
    fn what_went_in_another_form_is_corrected_and_what_is_added_is_not() {
        let earlier = gone(&[(1, 10), (2, 20)]);
        let corrects = |one: &Manifest| one.corrects(&earlier, |_| None);
        assert!(corrects(&gone(&[(1, 11)])));
        assert!(!corrects(&gone(&[(1, 10), (3, 30)])));
        assert!(!corrects(&gone(&[(3, 30)])) && !corrects(&earlier));
    }

    #[test]
    fn a_paper_that_stands_in_the_place_of_one_that_went_corrects_it() {
        let id = |id: u128| AttachmentId(uuid::Uuid::from_u128(id));
        let with = |paper: u128, entry: u128| {
            let entry = EntryId(uuid::Uuid::from_u128(entry));
            let paper = ManifestPaper { paper: id(paper), entry, payload: Sha256([1; 32]), pages: 2 };
            Manifest { papers: vec![paper], ..gone(&[]) }
        };
        // The third stands for the second, and that for the first.
        let replaced =
            |paper| [(3, 2), (2, 1)].into_iter().find(|one| id(one.0) == paper).map(|one| id(one.1));
        assert!(with(3, 30).corrects(&with(1, 10), replaced));
        assert!(with(1, 11).corrects(&with(1, 10), replaced), "what is said of it was corrected");
        assert!(!with(1, 10).corrects(&with(1, 10), replaced));
        assert!(!with(1, 10).corrects(&with(3, 30), replaced), "the older stands for nothing");
        assert!(!with(4, 40).corrects(&with(1, 10), replaced));
        assert_eq!(before(id(9), Some).count(), 1000, "a ring ends");
    }
}
