//! The ends of a guided decision.

use crate::words::closed_set;

closed_set! {
    /// The named ends of a guided decision.
    OutcomeKind in "kebab-case" {
        /// A child is in danger now: tell at once what the danger calls for, write it up after.
        EmergencyShare = "emergency-share",
        /// A confirmed duty or a valid order requires it, within its bounds (S15).
        MustShare = "must-share",
        /// Share what the person who is owed the confidence agreed to, within the limits (S30, S85).
        ShareWithConsent = "share-with-consent",
        /// Share without consent, because reasons outweigh it (S43).
        ShareWithoutConsent = "share-without-consent",
        /// Share part: what the purpose needs and the grounds carry (S71–S72).
        ShareLimited = "share-limited",
        /// Hold, with a deadline, and ask for advice (S26).
        HoldAndSeekAdvice = "hold-and-seek-advice",
        /// Do not share, with reasons, what would change it, and a review date.
        DoNotShare = "do-not-share",
    }
}

impl OutcomeKind {
    /// Whether something leaves.
    #[must_use]
    pub fn shares(self) -> bool {
        match self {
            Self::EmergencyShare
            | Self::MustShare
            | Self::ShareWithConsent
            | Self::ShareWithoutConsent
            | Self::ShareLimited => true,
            Self::HoldAndSeekAdvice | Self::DoNotShare => false,
        }
    }

    /// Whether it shares without resting on consent; then each person is told, or not, separately.
    #[must_use]
    pub fn shares_without_consent(self) -> bool {
        match self {
            Self::EmergencyShare | Self::MustShare | Self::ShareWithoutConsent | Self::ShareLimited => true,
            Self::ShareWithConsent | Self::HoldAndSeekAdvice | Self::DoNotShare => false,
        }
    }
}
