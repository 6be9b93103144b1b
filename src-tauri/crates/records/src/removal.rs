//! When the copy of a file may go from a laptop (G7): once the agency's receipts name every entry of it by its hash, the
//! agency's time for copies is over, and nothing in it is still to be done. A person removes it; nothing here does.
//!
//! Whoever is in doubt keeps the copy: each reason to keep it stands by itself, and all of them are told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;

use crate::words::closed_set;
use crate::{CaseId, CopiesKept, Day, Payload};

closed_set! {
    /// Why the copy of a file stays on the laptop.
    CopyStays in "snake_case" {
        /// No receipt names some of its entries with the hash that is here.
        NotReceived = "not_received",
        /// The agency holds something else than this vault in a chain in which the file has entries.
        Forked = "forked",
        /// A newer version wrote some of it, or it cannot be read: nobody here can tell what it is.
        Unreadable = "unreadable",
        /// Some of it was written before it had a file, and goes with no handover.
        OutsideFile = "outside_file",
        /// A paper of it was added in error. It goes with no handover, so nobody else has its bytes.
        PaperKeptBack = "paper_kept_back",
        /// Something in it is still to be done.
        DutyOpen = "duty_open",
        /// An emergency in it is still to be written up.
        EmergencyOpen = "emergency_open",
        /// A share of it was made and not sent.
        ShareOpen = "share_open",
        /// A statement in it is on its way.
        StatementOpen = "statement_open",
        /// Something about it was begun and is not finished.
        DraftOpen = "draft_open",
        /// A safety flag stands in it. What it protects is protected in every other file too, as long as it is here.
        FlagStands = "flag_stands",
        /// The agency's time for copies is not over.
        TooEarly = "too_early",
        /// It hangs together with another file that stays: the same people, or something that both speak of.
        Together = "together",
    }
}

/// What is known of a file whose copy could go. Numbers are how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CopyFacts {
    /// Entries that no receipt names.
    pub not_received: u64,
    /// Chains of the file of which the agency holds something else.
    pub forked: u64,
    /// Entries that cannot be read here.
    pub unreadable: u64,
    /// Entries about things of the file that stand in no file.
    pub outside: u64,
    /// Papers that were taken out as added in error.
    pub papers_kept_back: u64,
    /// Open duties.
    pub duties: u64,
    /// Emergencies without their write-up.
    pub emergencies: u64,
    /// Shares that were made and not sent.
    pub shares: u64,
    /// Statements that are not answered.
    pub statements: u64,
    /// Drafts.
    pub drafts: u64,
    /// Standing safety flags.
    pub flags: u64,
    /// The day of its last entry; none where it has none.
    pub last_entry: Option<Day>,
    /// The day on which the last receipt about it was taken in; none where none was.
    pub received: Option<Day>,
}

impl CopyFacts {
    /// From which day on the copy may go: so many days after its last entry and after its last receipt, whichever is
    /// later. None where no receipt was taken in, or no calendar goes so far.
    #[must_use]
    pub fn may_go_from(&self, kept: &CopiesKept) -> Option<Day> {
        let since = self.received?.max(self.last_entry?);
        since.0.checked_add_days(Days::new(u64::from(kept.days))).map(Day)
    }

    /// Every reason for which it stays by itself, each with how many it concerns; none where it may go.
    #[must_use]
    pub fn stays(&self, kept: &CopiesKept, today: Day) -> Vec<(CopyStays, u64)> {
        let early = self.may_go_from(kept).is_none_or(|from| today < from);
        [
            (CopyStays::NotReceived, self.not_received),
            (CopyStays::Forked, self.forked),
            (CopyStays::Unreadable, self.unreadable),
            (CopyStays::OutsideFile, self.outside),
            (CopyStays::PaperKeptBack, self.papers_kept_back),
            (CopyStays::DutyOpen, self.duties),
            (CopyStays::EmergencyOpen, self.emergencies),
            (CopyStays::ShareOpen, self.shares),
            (CopyStays::StatementOpen, self.statements),
            (CopyStays::DraftOpen, self.drafts),
            (CopyStays::FlagStands, self.flags),
            // What was not received at all is told as that, and not as too early.
            (CopyStays::TooEarly, u64::from(early && self.not_received == 0)),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect()
    }
}

/// Files in groups that hang together: one of them goes with all the others of its group, or stays. A file that hangs
/// together with none is a group by itself.
#[must_use]
pub fn together(
    files: impl IntoIterator<Item = CaseId>,
    links: impl IntoIterator<Item = (CaseId, CaseId)>,
) -> Vec<BTreeSet<CaseId>> {
    let mut groups: Vec<BTreeSet<CaseId>> = files.into_iter().map(|one| BTreeSet::from([one])).collect();
    for (one, other) in links {
        let ends = |group: &BTreeSet<CaseId>| group.contains(&one) || group.contains(&other);
        let mut joined: BTreeSet<CaseId> = groups.extract_if(.., |group| ends(group)).flatten().collect();
        joined.extend([one, other]);
        groups.push(joined);
    }
    groups
}

/// Which files of a group stay, and why: one that stays by itself keeps all the others.
#[must_use]
pub fn kept_together(
    group: &BTreeSet<CaseId>,
    stays: &BTreeMap<CaseId, Vec<(CopyStays, u64)>>,
) -> BTreeSet<CaseId> {
    // A file of which nothing is known here is one that nobody may remove.
    let by_itself = |case: &&CaseId| stays.get(case).is_none_or(|why| !why.is_empty());
    group.iter().filter(by_itself).copied().collect()
}

impl Payload {
    /// Whether an entry of a file stays where the copy of the file goes: what a share held, by ids and hashes, and that
    /// it was sent. It names nobody whom it is about. What was answered may, and goes.
    #[must_use]
    pub fn outlives_the_copy(&self) -> bool {
        matches!(self, Self::ShareRecorded { share } if share.acknowledged.is_none())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    fn kept() -> CopiesKept {
        CopiesKept { days: 30, source: "Records schedule, line 7".into() }
    }

    fn case(number: u128) -> CaseId {
        CaseId(uuid::Uuid::from_u128(number))
    }

    fn done() -> CopyFacts {
        CopyFacts {
            last_entry: Some(day("2026-03-01")),
            received: Some(day("2026-03-10")),
            ..CopyFacts::default()
        }
    }

    #[test]
    fn a_copy_goes_after_the_time_that_counts_from_the_later_of_last_entry_and_receipt() {
        assert_eq!(done().may_go_from(&kept()), Some(day("2026-04-09")));
        let written_since = CopyFacts { last_entry: Some(day("2026-03-12")), ..done() };
        assert_eq!(written_since.may_go_from(&kept()), Some(day("2026-04-11")));
        assert_eq!(done().stays(&kept(), day("2026-04-08")), [(CopyStays::TooEarly, 1)]);
        assert_eq!(done().stays(&kept(), day("2026-04-09")), []);
        // No receipt, no day.
        let never = CopyFacts { received: None, ..done() };
        assert_eq!(never.may_go_from(&kept()), None);
        assert_eq!(never.stays(&kept(), day("2126-01-01")), [(CopyStays::TooEarly, 1)]);
    }

    #[test]
    fn each_reason_keeps_a_copy_by_itself_and_all_are_told() {
        let on = day("2027-01-01");
        let one = |change: fn(&mut CopyFacts)| {
            let mut facts = done();
            change(&mut facts);
            facts.stays(&kept(), on)
        };
        type Changed = (CopyStays, fn(&mut CopyFacts));
        let each: [Changed; 11] = [
            (CopyStays::NotReceived, |one| one.not_received = 3),
            (CopyStays::Forked, |one| one.forked = 3),
            (CopyStays::Unreadable, |one| one.unreadable = 3),
            (CopyStays::OutsideFile, |one| one.outside = 3),
            (CopyStays::PaperKeptBack, |one| one.papers_kept_back = 3),
            (CopyStays::DutyOpen, |one| one.duties = 3),
            (CopyStays::EmergencyOpen, |one| one.emergencies = 3),
            (CopyStays::ShareOpen, |one| one.shares = 3),
            (CopyStays::StatementOpen, |one| one.statements = 3),
            (CopyStays::DraftOpen, |one| one.drafts = 3),
            (CopyStays::FlagStands, |one| one.flags = 3),
        ];
        for (why, change) in each {
            assert_eq!(one(change), [(why, 3)]);
        }
        let all = CopyFacts { duties: 1, flags: 2, received: None, not_received: 4, ..done() };
        let told: Vec<_> = all.stays(&kept(), on).into_iter().map(|(why, _)| why).collect();
        assert_eq!(told, [CopyStays::NotReceived, CopyStays::DutyOpen, CopyStays::FlagStands]);
    }

    #[test]
    fn files_that_hang_together_go_together_or_stay() {
        let groups = together((1..=5).map(case), [(case(1), case(2)), (case(4), case(2))]);
        assert_eq!(groups.len(), 3);
        assert!(groups.contains(&BTreeSet::from([case(1), case(2), case(4)])));
        assert!(groups.contains(&BTreeSet::from([case(3)])));
        let mut stays: BTreeMap<CaseId, Vec<(CopyStays, u64)>> =
            [1, 2, 4].into_iter().map(|number| (case(number), vec![])).collect();
        let group = BTreeSet::from([case(1), case(2), case(4)]);
        assert_eq!(kept_together(&group, &stays), BTreeSet::new());
        stays.insert(case(4), vec![(CopyStays::FlagStands, 1)]);
        assert_eq!(kept_together(&group, &stays), BTreeSet::from([case(4)]));
        // A file of which nothing is known keeps the others too: a restricted one.
        let beside = BTreeSet::from([case(1), case(9)]);
        assert_eq!(kept_together(&beside, &stays), BTreeSet::from([case(9)]));
    }
}
