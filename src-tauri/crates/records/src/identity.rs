//! How somebody made sure who a recipient is, and what makes nobody sure of it.

use crate::words::closed_set;

closed_set! {
    /// How it was made sure that a recipient is who they say. The first is the one to choose; what is no check at all
    /// is named here too, so that it can be told apart from one.
    CheckedBy in "snake_case" {
        /// Rung on a number that was looked up, not one that they gave.
        RangBack = "rang_back",
        /// Sent to an address that was looked up, not one that they gave.
        AddressLookedUp = "address_looked_up",
        /// Known to the practitioner, by face or by voice.
        KnownToMe = "known_to_me",
        /// They showed a badge or a card, and it was looked at.
        ProofShown = "proof_shown",
        /// They knew the date of birth, the address or the like. Whoever looks for a family knows them.
        KnewDetails = "knew_details",
        /// They said that they rang from a hospital, a school, the police.
        SaidWhere = "said_where",
        /// The telephone showed a number. A number that is shown can be made up.
        NumberShown = "number_shown",
        /// The number was withheld.
        NumberWithheld = "number_withheld",
    }
}

impl CheckedBy {
    /// Whether it makes anybody sure.
    #[must_use]
    pub const fn is_a_check(self) -> bool {
        match self {
            Self::RangBack | Self::AddressLookedUp | Self::KnownToMe | Self::ProofShown => true,
            Self::KnewDetails | Self::SaidWhere | Self::NumberShown | Self::NumberWithheld => false,
        }
    }
}

/// Whether it was made sure who a recipient is: words about it, or an answer that is no check, do not.
#[must_use]
pub fn is_checked(by: Option<CheckedBy>) -> bool {
    by.is_some_and(CheckedBy::is_a_check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ringing_back_comes_first_and_what_anybody_could_know_is_no_check() {
        use CheckedBy::{KnewDetails, NumberShown, NumberWithheld, SaidWhere};
        assert_eq!(CheckedBy::ALL.first(), Some(&CheckedBy::RangBack));
        for no_check in [KnewDetails, SaidWhere, NumberShown, NumberWithheld] {
            assert!(!is_checked(Some(no_check)), "{}", no_check.word());
        }
        assert!(!is_checked(None));
        assert!(CheckedBy::ALL.into_iter().any(CheckedBy::is_a_check));
    }
}
