//! Shares that somebody who has a key is sent.

use sharewell_exchange::share as exchanged;

use crate::made;
use crate::sealed::{self, agency, key, pair};

/// A share as it comes: age around what may be anything.
pub(crate) mod share {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = exchanged::read(bytes, &agency(), None, exchanged::Limits::default());
    }

    /// One of ours, and the other kind that is sealed like it.
    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![whole(), crate::files::handover::whole()]
    }

    /// A share of documents, sealed to the key of the tests.
    pub(crate) fn whole() -> Vec<u8> {
        let mut sealed = Vec::new();
        exchanged::write(&mut sealed, &made::share(), &agency().recipient(), &pair()).unwrap();
        sealed
    }
}

/// A share that is whole but for one file: the first byte says which, what follows is its content. All that vouches for
/// it is made anew.
pub(crate) mod share_inside {
    use std::sync::LazyLock;

    use super::*;

    static WHOLE: LazyLock<Vec<(String, Vec<u8>)>> =
        LazyLock::new(|| sealed::unpacked(&sealed::opened(&share::whole(), &agency())));

    /// What comes of it, from a sender who is known and from one who is not.
    pub(crate) fn taken(bytes: &[u8]) -> sharewell_exchange::Result<exchanged::Share> {
        let Some((which, content)) = bytes.split_first() else {
            return Err(sharewell_exchange::Error::NotAge);
        };
        let mut files = WHOLE.clone();
        let which = usize::from(*which) % files.len();
        files[which].1 = content.to_vec();
        let file = agency().recipient().seal(&sealed::bag(files, which, exchanged::SIGNATURE_TYPE)).unwrap();
        let known = [key()];
        let by = |signers| exchanged::read(file.as_slice(), &agency(), signers, exchanged::Limits::default());
        let _ = by(Some(&known[..]));
        by(None)
    }

    pub(crate) fn read(bytes: &[u8]) {
        let _ = taken(bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let whole = |(at, (_, bytes)): (usize, &(String, Vec<u8>))| {
            [&[u8::try_from(at).unwrap()], bytes.as_slice()].concat()
        };
        WHOLE.iter().enumerate().map(whole).collect()
    }

    #[test]
    fn a_share_with_nothing_changed_is_taken() {
        for seed in seeds() {
            taken(&seed).unwrap();
        }
    }
}
