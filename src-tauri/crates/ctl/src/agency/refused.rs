//! Why an agency's verb did not do its work.

/// What is wrong, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The offline folder is where it would not be offline.
    #[error("{offline} is inside {inside}, so the keys in it would not be offline")]
    NotOffline {
        /// The offline folder.
        offline: String,
        /// In which folder it lies.
        inside: String,
    },
    /// The folder for intake is inside the offline one.
    #[error("{out} is inside {offline}, which is to be taken away")]
    InsideOffline {
        /// The folder for intake.
        out: String,
        /// The offline folder.
        offline: String,
    },
    /// Something in the settings would stand before an emergency, a share or a save.
    #[error("{place}: this would stand in the way of somebody who shares to protect a child")]
    WouldBlock {
        /// File, line and name.
        place: String,
    },
    /// The settings are not what they must be.
    #[error("{place}: {why}")]
    Settings {
        /// File and line.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// Another fingerprint was read out.
    #[error("what was read out is not the fingerprint of this request")]
    OtherFingerprint,
    /// The request is to another agency.
    #[error("the request is to another agency")]
    OtherAgency,
    /// The key, or the chain that it signs, is on the roster already.
    #[error("{name} is on the roster already, with this key")]
    AlreadyThere {
        /// Who.
        name: String,
    },
    /// No key of the roster was meant, or more than one.
    #[error("{count} keys of the roster begin like this")]
    NotOne {
        /// How many.
        count: usize,
    },
    /// The days do not follow one another.
    #[error("the last day comes before the first")]
    Days,
    /// The key in the offline folder is not the one that signed what is in use.
    #[error("the key in {path} is another agency's: it did not sign the profile in use")]
    OtherKey {
        /// The key file.
        path: String,
    },
    /// The vault takes another agency's key, or none.
    #[error("the recovery key in {path} does not open this vault")]
    NotItsKey {
        /// The key file.
        path: String,
    },
    /// Not exactly two people were named.
    #[error("two people must agree, and {count} {} named", if *count == 1 { "is" } else { "are" })]
    NotTwo {
        /// How many.
        count: usize,
    },
    /// There is no profile in the folder.
    #[error("there is no profile in {path}")]
    NoProfile {
        /// The folder.
        path: String,
    },
}

impl Refused {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOffline { .. } | Self::InsideOffline { .. } => "not_offline",
            Self::WouldBlock { .. } => "would_block",
            Self::Settings { .. } => "bad_settings",
            Self::OtherFingerprint => "other_fingerprint",
            Self::OtherAgency => "other_agency",
            Self::AlreadyThere { .. } => "already_enrolled",
            Self::NotOne { .. } => "not_one_key",
            Self::Days => "days",
            Self::OtherKey { .. } => "other_key",
            Self::NotItsKey { .. } => "not_its_key",
            Self::NotTwo { .. } => "not_two",
            Self::NoProfile { .. } => "no_profile",
        }
    }

    /// What to do next, as a sentence.
    pub fn next(&self) -> &'static str {
        match self {
            Self::NotOffline { .. } => {
                "Nothing was done. Name a folder on a stick or disk that you can take away."
            }
            Self::InsideOffline { .. } => "Nothing was done. Name a folder that stays on this machine.",
            Self::WouldBlock { .. } => {
                "Take it out. What is wanted of a file is asked for before a handover, and countersigning follows a decision."
            }
            Self::Settings { .. } => {
                "Correct it there. sharewellctl agency example prints what may stand there."
            }
            Self::OtherFingerprint => {
                "Nothing was changed. Ask them to read it out once more; if it still differs, the file is not theirs."
            }
            Self::OtherAgency => {
                "Nothing was changed. Ask them to take in your profile first, then to ask again."
            }
            Self::AlreadyThere { .. } => {
                "Nothing was changed. To let the key count for longer, use agency renew."
            }
            Self::NotOne { .. } => "Nothing was changed. sharewellctl agency roster shows each key's id.",
            Self::Days => "Nothing was changed. Give days that follow one another.",
            Self::OtherKey { .. } => {
                "Nothing was changed. Bring the stick on which the agency's own keys are."
            }
            Self::NotItsKey { .. } => {
                "Nothing was changed. Its holder took in no profile of yours; try a backup that was made later."
            }
            Self::NotTwo { .. } => "Nothing was changed. Give --agreed twice.",
            Self::NoProfile { .. } => "Name the folder that agency init made with --agency.",
        }
    }

    /// Whether the path with which the sentence begins keeps its letters.
    pub fn begins_with_path(&self) -> bool {
        matches!(
            self,
            Self::NotOffline { .. }
                | Self::InsideOffline { .. }
                | Self::WouldBlock { .. }
                | Self::Settings { .. }
        )
    }
}
