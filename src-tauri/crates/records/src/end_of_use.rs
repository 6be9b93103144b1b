//! The end of use (M8): a practitioner leaves, or gives the laptop back. What stands before the keys are destroyed, what it
//! takes to go on all the same, and what is not to be done at all.
//!
//! Every reason stands by itself and all of them are told. A person may stop for as long as they like; nothing here hurries.

use serde::{Deserialize, Serialize};

use crate::words::closed_set;

closed_set! {
    /// What stands first: it would be gone with the vault, or is nowhere else as far as anybody here can tell.
    EndFirst in "snake_case" {
        /// Entries that stand in no file that was ever written.
        NotHandedOver = "not_handed_over",
        /// Entries whose file was written, and was not found where it was looked for.
        FileNotFound = "file_not_found",
        /// Entries of which no receipt says that the agency has them; the sealed file that holds them was looked at.
        NoReceipt = "no_receipt",
        /// Entries about children that stand in no file, and go with no handover.
        OutsideFile = "outside_file",
        /// Papers that were added in error: they go with no handover.
        PaperKeptBack = "paper_kept_back",
        /// Entries that cannot be read here.
        Unreadable = "unreadable",
        /// Emergencies that are still to be written up.
        EmergencyOpen = "emergency_open",
        /// Duties that are still to be done: whoever goes on must know of them.
        DutyOpen = "duty_open",
        /// Shares that were made and not sent.
        ShareOpen = "share_open",
        /// What was begun and is not finished. It is in no handover.
        DraftOpen = "draft_open",
        /// The end of the ledger or the clock is in doubt, and nobody has said why.
        Doubt = "doubt",
    }
}

closed_set! {
    /// Why somebody goes on although something stands first. A word and no sentence: the certificate names nobody.
    EndReason in "snake_case" {
        /// The agency said to go on, and keeps a note of that.
        AgencySaid = "agency_said",
        /// What stands first is with the agency in another way, such as on paper or in its own system.
        KeptElsewhere = "kept_elsewhere",
        /// Nothing in it is about anybody: it was for trying out.
        NothingReal = "nothing_real",
    }
}

closed_set! {
    /// Why a vault is not ended at all.
    EndRefused in "snake_case" {
        /// The agency holds everything for a legal reason.
        LegalHold = "legal_hold",
        /// The agency's profile is here and cannot be read: whether it holds everything is not known.
        ProfileUnreadable = "profile_unreadable",
    }
}

closed_set! {
    /// What there is of a vault on a disk, in the order in which it is destroyed: what opens it goes first.
    EndPiece in "snake_case" {
        /// The key slots.
        Keys = "keys",
        /// Backups in the vault's own folder, each with its key slots, and what was set aside there.
        Backups = "backups",
        /// Copies of backups in a second place.
        Copies = "copies",
        /// The database, with its log.
        Database = "database",
        /// What is kept beside it: how far the ledger had come, tries, emergency numbers, how the window looks.
        Notes = "notes",
        /// Other files in the vault's folder. Nobody here knows what they are, so they stay.
        Others = "others",
    }
}

/// What became of one piece, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedPiece {
    /// Which.
    pub piece: EndPiece,
    /// How many went.
    pub removed: u64,
    /// How many are still there.
    pub left: u64,
}

/// What is known of a vault whose use is to end. Numbers are how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EndFacts {
    /// Entries of files whose content is here.
    pub entries: u64,
    /// Those of them that receipts name by their hash.
    pub received: u64,
    /// Those without a receipt that stand in sealed files which were looked at.
    pub in_files: u64,
    /// Those that stand only in files which were written and not found.
    pub not_found: u64,
    /// Those that stand in no file that was written.
    pub not_handed_over: u64,
    /// Entries about children that stand in no file.
    pub outside: u64,
    /// Papers that were taken out as added in error.
    pub papers_kept_back: u64,
    /// Entries that cannot be read here.
    pub unreadable: u64,
    /// Emergencies without their write-up.
    pub emergencies: u64,
    /// Open duties.
    pub duties: u64,
    /// Shares that were made and not sent.
    pub shares: u64,
    /// Drafts.
    pub drafts: u64,
    /// What an opening put in doubt and nobody has answered.
    pub doubts: u64,
    /// Whether an agency stands behind the vault, which sends receipts.
    pub agency: bool,
    /// Whether nothing is ended at all.
    pub refused: Option<EndRefused>,
}

impl EndFacts {
    /// Everything that stands first, what is nowhere else at the head; none where everything is safe.
    #[must_use]
    pub fn first(&self) -> Vec<(EndFirst, u64)> {
        [
            (EndFirst::NotHandedOver, self.not_handed_over),
            (EndFirst::FileNotFound, self.not_found),
            // Whoever has no agency gets no receipts: to them the file that was looked at is all there is.
            (EndFirst::NoReceipt, if self.agency { self.in_files } else { 0 }),
            (EndFirst::OutsideFile, self.outside),
            (EndFirst::PaperKeptBack, self.papers_kept_back),
            (EndFirst::Unreadable, self.unreadable),
            (EndFirst::EmergencyOpen, self.emergencies),
            (EndFirst::DutyOpen, self.duties),
            (EndFirst::ShareOpen, self.shares),
            (EndFirst::DraftOpen, self.drafts),
            (EndFirst::Doubt, self.doubts),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect()
    }

    /// Whether a reason has to be given. Not where sealed files that were looked at hold all that has no receipt: those
    /// are named in the certificate, and whoever has them can give them in.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.first().iter().any(|(first, _)| *first != EndFirst::NoReceipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe() -> EndFacts {
        EndFacts { entries: 9, received: 9, agency: true, ..EndFacts::default() }
    }

    #[test]
    fn where_everything_was_received_nothing_stands_first() {
        assert!(safe().first().is_empty() && !safe().needs_reason());
    }

    #[test]
    fn each_thing_that_would_be_gone_stands_first_and_costs_a_reason() {
        type Set = fn(&mut EndFacts);
        let each: [(EndFirst, Set); 10] = [
            (EndFirst::NotHandedOver, |facts| facts.not_handed_over = 1),
            (EndFirst::FileNotFound, |facts| facts.not_found = 1),
            (EndFirst::OutsideFile, |facts| facts.outside = 1),
            (EndFirst::PaperKeptBack, |facts| facts.papers_kept_back = 1),
            (EndFirst::Unreadable, |facts| facts.unreadable = 1),
            (EndFirst::EmergencyOpen, |facts| facts.emergencies = 1),
            (EndFirst::DutyOpen, |facts| facts.duties = 1),
            (EndFirst::ShareOpen, |facts| facts.shares = 1),
            (EndFirst::DraftOpen, |facts| facts.drafts = 1),
            (EndFirst::Doubt, |facts| facts.doubts = 1),
        ];
        for (first, set) in each {
            let mut facts = safe();
            set(&mut facts);
            assert_eq!(facts.first(), [(first, 1)]);
            assert!(facts.needs_reason(), "{first:?}");
        }
    }

    #[test]
    fn a_sealed_file_that_was_looked_at_stands_first_only_where_a_receipt_is_to_come_and_costs_no_reason() {
        let facts = EndFacts { received: 5, in_files: 4, ..safe() };
        assert_eq!(facts.first(), [(EndFirst::NoReceipt, 4)]);
        assert!(!facts.needs_reason());
        let alone = EndFacts { agency: false, received: 0, in_files: 9, ..safe() };
        assert!(alone.first().is_empty() && !alone.needs_reason());
    }
}
