//! What a vault or a ledger holds, when it comes from elsewhere: a copy on a stick, a backup, an entry in a handover.

use std::path::PathBuf;
use std::sync::LazyLock;

use secrecy::{ExposeSecret as _, SecretString};
use sharewell_records::{KINDS, Payload, Stamp};
use sharewell_vault::{Kdf, NewVault, Secret, Vault};

use crate::family::{entries, id, moment, records};

/// The content of an entry: the first byte says of which kind, what follows is its bytes.
pub(crate) mod payload {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, stored)) = bytes.split_first() else { return };
        let (kind, version) = KINDS[usize::from(*which) % KINDS.len()];
        for version in [1, version] {
            let _ = Payload::read(kind, version, stored);
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let one = |(_, payload): (_, Payload)| {
            let kind = KINDS.iter().position(|(kind, _)| *kind == payload.kind()).unwrap();
            [&[u8::try_from(kind).unwrap()], payload.to_bytes().unwrap().as_slice()].concat()
        };
        entries().into_iter().map(one).collect()
    }
}

/// The small files beside the database of a vault: the first byte says which, what follows is its content. The vault is
/// opened with its recovery code.
pub(crate) mod vault_beside {
    use super::*;

    const NAMES: [&str; 4] = ["vault.keys", "vault.head", "vault.local", "vault.db"];
    /// The database is not replaced: SQLCipher holds each of its pages to a code. The head of it is.
    const CHANGED: usize = 3;

    struct Made {
        dir: tempfile::TempDir,
        files: Vec<(&'static str, Vec<u8>)>,
        code: SecretString,
    }

    static MADE: LazyLock<Made> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let practitioner = records().practitioners.values().next().unwrap().record.clone();
        let stamp = Stamp { author: id(1), at: moment("2026-03-12T10:00:00+00:00") };
        let new = NewVault {
            passphrase: "seven quiet otters cross the lane".into(),
            practitioner,
            stamp,
            kdf: Kdf::Fixed { memory_kib: 64 << 10, passes: 3 },
        };
        let (vault, code) = Vault::create(dir.path(), new).unwrap();
        vault.close().unwrap();
        let file = |name| Some((name, std::fs::read(dir.path().join(name)).ok()?));
        let files = NAMES.into_iter().filter_map(file).collect();
        Made { files, code: code.shown(), dir }
    });

    pub(crate) fn read(bytes: &[u8]) {
        let Some((which, content)) = bytes.split_first() else { return };
        let made: &Made = &MADE;
        // What an opening before left behind goes with it.
        for entry in std::fs::read_dir(made.dir.path()).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_file() {
                std::fs::remove_file(path).unwrap();
            }
        }
        let which = NAMES[usize::from(*which) % CHANGED];
        for (name, whole) in &made.files {
            let bytes = if *name == which { content } else { whole.as_slice() };
            std::fs::write(made.dir.path().join(name), bytes).unwrap();
        }
        let code = Secret::RecoveryCode(SecretString::from(made.code.expose_secret()));
        drop(Vault::unlock(made.dir.path(), code, moment("2026-03-13T10:00:00+00:00")));
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let at = |name: &str| NAMES.iter().position(|one| *one == name).unwrap();
        let changed = MADE.files.iter().filter(|(name, _)| at(name) < CHANGED);
        changed.map(|(name, bytes)| [&[u8::try_from(at(name)).unwrap()], bytes.as_slice()].concat()).collect()
    }
}
