//! What the end of a vault leaves: its certificate, and the file that says how far it came.

use sharewell_exchange::end_of_use::{Begun, Certificate, Ended, EndedChain, Held};
use sharewell_exchange::{Signer as _, SigningKey};
use sharewell_records::{EndPiece, EndedPiece, Seq, Sha256};

use crate::family::{id, moment};

/// A certificate, of one line or two.
pub(crate) mod certificate {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = Certificate::read(bytes, None);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let ((own, _), (closing, _)) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let at = moment("2026-12-01T09:30:00+00:00");
        let begun = Begun {
            id: uuid::Uuid::from_u128(1),
            vault: id(2),
            at,
            key: own.public_key(),
            closing: closing.public_key(),
            chains: vec![EndedChain { origin: id(3), last: Seq(12), link: Sha256([3; 32]) }],
            held: Held { entries: 9, received: 9, in_files: 0, not_found: 0, not_handed_over: 0 },
            first: Vec::new(),
            reason: None,
            handovers: Vec::new(),
            receipts: Vec::new(),
            destroys: vec![EndPiece::Keys],
        };
        let first = begun.sign(&own).unwrap();
        let pieces = vec![EndedPiece { piece: EndPiece::Keys, removed: 1, left: 0 }];
        let ended = Ended { begun: Sha256::of(&[first.as_bytes()]), at, pieces, not_overwritten: Some(0) };
        let whole = ended.sign(&first, &closing).unwrap();
        vec![format!("{first}\n").into_bytes(), whole]
    }

    #[test]
    fn a_certificate_with_nothing_changed_is_taken() {
        for seed in seeds() {
            Certificate::read(&seed, None).unwrap();
        }
    }
}

/// The file that is the point of no return. It is read where no key can vouch for it.
pub(crate) mod ending {
    pub(crate) fn read(bytes: &[u8]) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("vault.ending"), bytes).unwrap();
        let _ = sharewell_vault::ending(dir.path());
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let vault = uuid::Uuid::from_u128(2);
        let written = serde_json::json!({
            "format": "sharewell-ending-1",
            "vault": vault,
            "there": [["keys", 1], ["database", 2]],
            "plan": { "backups": true, "elsewhere": [], "note": "what goes on" },
        });
        vec![written.to_string().into_bytes()]
    }
}
