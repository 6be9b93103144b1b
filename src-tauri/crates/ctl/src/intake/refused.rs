//! Why a verb of the intake did not do its work.

use sharewell_intake::Error as Intake;

use crate::error::kind_words;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The keys in the folder are not those of the profile.
    #[error("the keys in {path} are not those that the agency's profile names")]
    KeysDiffer {
        /// The folder.
        path: String,
    },
    /// An id is none, or of nothing that is here.
    #[error("there is nothing here by {id}")]
    NoSuch {
        /// As it was given.
        id: String,
    },
    /// The intake could not do it.
    #[error("{}", said(.0))]
    Intake(#[from] Intake),
}

impl NotTaken {
    /// 1 for what was refused, 2 for what cannot run.
    pub fn exit(&self) -> u8 {
        match self {
            Self::NoSuch { .. }
            | Self::Intake(
                Intake::NotFound | Intake::NoAuthority | Intake::NotDue { .. } | Intake::LegalHold { .. },
            ) => 1,
            Self::KeysDiffer { .. } | Self::Intake(_) => 2,
        }
    }

    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeysDiffer { .. } => "keys_differ",
            Self::NoSuch { .. } | Self::Intake(Intake::NotFound) => "no_such",
            Self::Intake(error) => match error {
                Intake::File { .. } => "file",
                Intake::Key { .. } | Intake::NotAStoreKey => "bad_key",
                Intake::StillWritten { .. } => "still_written",
                Intake::StoreKeyMissing => "store_key_missing",
                Intake::WrongStoreKey => "wrong_store_key",
                Intake::NewerStore => "newer_store",
                Intake::ReadOnly => "read_only",
                Intake::ClockBehind { .. } | Intake::ClockBehindRoster { .. } => "clock_behind",
                Intake::Stored { .. } => "stored",
                Intake::NotFound => "no_such",
                Intake::NoAuthority => "no_authority",
                Intake::NotDue { .. } => "not_due",
                Intake::LegalHold { .. } => "legal_hold",
                Intake::Receipt(_) => "receipt",
                Intake::Embedded(_) => "store",
                Intake::Together => "together",
                Intake::TlsRequired => "tls_required",
                Intake::BadAddress => "bad_address",
                Intake::PasswordInAddress => "password_in_address",
                Intake::BadAuthority { .. } => "bad_authority",
                Intake::Database { .. } => "database",
            },
        }
    }

    /// What to do next, as a sentence.
    pub fn next(&self) -> &'static str {
        match self {
            Self::KeysDiffer { .. } => {
                "Nothing was taken in. Name the folder that agency init made, with its own profile."
            }
            Self::NoSuch { .. } | Self::Intake(Intake::NotFound) => {
                "The ids stand in sharewellctl intake list. Some are shown to some roles alone."
            }
            Self::Intake(error) => match error {
                Intake::File { .. } => "Check the path and who may read and write it.",
                Intake::Key { .. } => "Bring the key back from where its copy is kept.",
                Intake::StillWritten { .. } => "Wait until it is copied, then give it in once more.",
                Intake::StoreKeyMissing => {
                    "Nothing was changed. Bring store.key back from where its copy is kept: nothing else opens the store."
                }
                Intake::NotAStoreKey | Intake::WrongStoreKey => {
                    "Nothing was changed. Bring back the key file that belongs to this store, or the store's copy."
                }
                Intake::NewerStore => "Nothing was changed. Use that version.",
                Intake::ReadOnly => "Check who may write there, and whether the disk is full.",
                Intake::ClockBehind { .. } => {
                    "Nothing was taken in. Set this machine's clock. If it is right now and was ahead before, say so with intake clock."
                }
                Intake::ClockBehindRoster { .. } => {
                    "Nothing was taken in. Set this machine's clock, then try again: with a wrong one a revoked key would count."
                }
                Intake::Stored { .. } => {
                    "What is stored was not changed. Bring a copy of the store back, and tell support."
                }
                Intake::NotFound => "Check the id.",
                Intake::NotDue { .. } => {
                    "Nothing was changed. Where another rule applies, name it with --authority."
                }
                Intake::LegalHold { .. } => {
                    "Nothing was changed. Once the hold is lifted, sign the next profile without it."
                }
                Intake::NoAuthority => "Name the rule with --authority, in at most 200 letters.",
                Intake::Together => "Nothing of it was written. Try again.",
                Intake::TlsRequired => {
                    "Leave sslmode=disable out; only on this machine's own loopback goes it without."
                }
                Intake::BadAddress => "Write it as postgres://login@host/database.",
                Intake::PasswordInAddress => {
                    "Every process can see it there, so change it. Put the new one in the first line of a file, and name that file in SHAREWELL_DATABASE_PASSWORD_FILE."
                }
                Intake::BadAuthority { .. } => "Give the authority's certificate in PEM.",
                Intake::Database { .. } => {
                    "What was taken in before is safe. Check the address, the login, its roles, and that the tables are there (sharewellctl intake sql)."
                }
                Intake::Receipt(_) | Intake::Embedded(_) => {
                    "What was taken in before is safe. Try again; if it happens twice, tell support."
                }
            },
        }
    }

    /// Whether the path with which the sentence begins keeps its letters.
    pub fn begins_with_path(&self) -> bool {
        matches!(
            self,
            Self::Intake(
                Intake::File { .. }
                    | Intake::Key { .. }
                    | Intake::StillWritten { .. }
                    | Intake::BadAuthority { .. }
            )
        )
    }
}

fn said(error: &Intake) -> String {
    match error {
        Intake::File { path, kind } => {
            format!("{} cannot be read or written ({})", path.display(), kind_words(*kind))
        }
        other => other.to_string(),
    }
}
