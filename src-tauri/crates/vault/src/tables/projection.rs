//! The tables that are worked out from the ledger: their names, their versions, and how to compare and clear
//! them. What each entry does to them stands in `project.rs`.

#![deny(clippy::wildcard_enum_match_arm)]

use rusqlite::Connection;

use crate::{Result, search};

/// A table, or a few that belong together, that can be rebuilt from the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Projection {
    /// The history of every thing.
    Subjects,
    /// Practitioners.
    Practitioners,
    /// Whether the recovery code was typed back.
    Recovery,
    /// Files.
    Cases,
    /// Entries that were set apart from the file in which they were written.
    SetApart,
    /// The newest entry of each child's file.
    Touched,
    /// Handovers.
    Handovers,
    /// Entries of files that no finished handover holds, and which of them each recipient has.
    Waiting,
    /// People and the files in which they stand.
    People,
    /// Files by the child's name, each with how many duties are open in it.
    Listed,
    /// Ties.
    Relationships,
    /// Safety flags.
    Flags,
    /// What was answered of forms that looked like somebody protected.
    Leftovers,
    /// Files of one child that are shown as one.
    Joins,
    /// Information items.
    Items,
    /// Papers of files.
    Attachments,
    /// Advice.
    Advice,
    /// Decisions.
    Decisions,
    /// What a second person said of decisions.
    Countersignatures,
    /// Obligations.
    Obligations,
    /// Disclosures.
    Disclosures,
    /// Calls about decisions.
    Calls,
    /// Events of consent.
    Consents,
    /// Slips.
    Slips,
    /// What people said may be left with them.
    Leavings,
    /// Shares that were made into a file.
    Shares,
    /// What was told to us.
    Received,
    /// What became of what left.
    Accounts,
    /// Statements for people.
    Statements,
    /// Records that other agencies hold.
    Elsewhere,
    /// The sharing log.
    SharingLog,
    /// Emergencies.
    Emergencies,
    /// The practitioner's directory.
    Contacts,
    /// Kept guidance packs.
    Packs,
    /// Installed guidance packs and overlays.
    InstalledPacks,
    /// Imported keys of agencies that sign overlays.
    PackKeys,
    /// Profiles of agencies.
    Profiles,
    /// Imported keys.
    Recipients,
    /// The search index.
    Search,
}

/// The number that triggers keep of a table's rows; it belongs to the table.
macro_rules! tally {
    ($what:literal) => {
        concat!("SELECT count FROM tallies WHERE what = '", $what, "'")
    };
}

impl Projection {
    /// All of them, in the order in which they are rebuilt: which file is restricted is known before anything
    /// that a restricted file keeps out, and whose receipts count and what a handover holds before it is counted who has
    /// what.
    pub const ALL: [Self; 39] = [
        Self::Subjects,
        Self::Practitioners,
        Self::Recovery,
        Self::Cases,
        Self::SetApart,
        Self::Touched,
        Self::Profiles,
        Self::Handovers,
        Self::Waiting,
        Self::People,
        Self::Listed,
        Self::Relationships,
        Self::Flags,
        Self::Leftovers,
        Self::Joins,
        Self::Items,
        Self::Attachments,
        Self::Advice,
        Self::Decisions,
        Self::Countersignatures,
        Self::Obligations,
        Self::Disclosures,
        Self::Calls,
        Self::Consents,
        Self::Slips,
        Self::Leavings,
        Self::Shares,
        Self::Received,
        Self::Accounts,
        Self::Statements,
        Self::Elsewhere,
        Self::SharingLog,
        Self::Emergencies,
        Self::Contacts,
        Self::Packs,
        Self::InstalledPacks,
        Self::PackKeys,
        Self::Recipients,
        Self::Search,
    ];

    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Subjects => "subjects",
            Self::Practitioners => "practitioners",
            Self::Recovery => "recovery",
            Self::Cases => "cases",
            Self::SetApart => "set_apart",
            Self::Touched => "touched",
            Self::Waiting => "waiting",
            Self::People => "people",
            Self::Listed => "listed",
            Self::Relationships => "relationships",
            Self::Flags => "flags",
            Self::Leftovers => "leftovers",
            Self::Joins => "joins",
            Self::Items => "items",
            Self::Attachments => "attachments",
            Self::Advice => "advice",
            Self::Decisions => "decisions",
            Self::Countersignatures => "countersignatures",
            Self::Obligations => "obligations",
            Self::Disclosures => "disclosures",
            Self::Calls => "calls",
            Self::Consents => "consents",
            Self::Slips => "slips",
            Self::Leavings => "leavings",
            Self::Shares => "shares",
            Self::Received => "received",
            Self::Accounts => "accounts",
            Self::Statements => "statements",
            Self::Elsewhere => "elsewhere",
            Self::SharingLog => "sharing_log",
            Self::Emergencies => "emergencies",
            Self::Contacts => "contacts",
            Self::Packs => "packs",
            Self::InstalledPacks => "installed_packs",
            Self::PackKeys => "pack_keys",
            Self::Profiles => "profiles",
            Self::Recipients => "recipients",
            Self::Handovers => "handovers",
            Self::Search => "search",
        }
    }

    /// Raised whenever the dispatcher below changes what it does to this projection; it is then rebuilt.
    pub(crate) fn version(self) -> i64 {
        match self {
            // What was set apart and is stated nowhere stands nowhere, and whom a thing is about follows its form.
            Self::Items | Self::Advice | Self::Disclosures | Self::Emergencies => 2,
            // The same, with how urgent each is and on which day it stands.
            Self::Obligations => 3,
            // A child's file is one also where what opened it was disposed of.
            Self::People => 2,
            // Counted for each recipient, by files that were written and by receipts.
            Self::Handovers | Self::Waiting => 3,
            // With what each is.
            Self::Contacts => 2,
            // With the papers that went along.
            Self::SharingLog => 2,
            // By the fold that names are compared by, with days and what is nearly typed.
            Self::Search => 2,
            Self::Subjects
            | Self::Practitioners
            | Self::Recovery
            | Self::Cases
            | Self::SetApart
            | Self::Touched
            | Self::Listed
            | Self::Relationships
            | Self::Flags
            | Self::Leftovers
            | Self::Joins
            | Self::Attachments
            | Self::Decisions
            | Self::Countersignatures
            | Self::Calls
            | Self::Consents
            | Self::Slips
            | Self::Leavings
            | Self::Shares
            | Self::Received
            | Self::Accounts
            | Self::Statements
            | Self::Elsewhere
            | Self::Packs
            | Self::InstalledPacks
            | Self::PackKeys
            | Self::Profiles
            | Self::Recipients => 1,
        }
    }

    /// The table in which it keeps things that can be set apart, each under its `id` with its file and the entry
    /// that gave its form. No wildcard: a new table does not compile until somebody has decided.
    pub(crate) fn set_apart_in(self) -> Option<&'static str> {
        match self {
            Self::Items => Some("items"),
            Self::Attachments => Some("attachments"),
            Self::Advice => Some("advice"),
            Self::Obligations => Some("obligations"),
            Self::Disclosures => Some("disclosures"),
            Self::Emergencies => Some("emergencies"),
            Self::Subjects
            | Self::Touched
            | Self::Waiting
            | Self::Practitioners
            | Self::Recovery
            | Self::Cases
            | Self::SetApart
            | Self::People
            | Self::Listed
            | Self::Relationships
            | Self::Flags
            | Self::Leftovers
            | Self::Joins
            | Self::Decisions
            | Self::Countersignatures
            | Self::Calls
            | Self::Consents
            | Self::Slips
            | Self::Leavings
            | Self::Shares
            | Self::Received
            | Self::Accounts
            | Self::Statements
            | Self::Elsewhere
            | Self::SharingLog
            | Self::Contacts
            | Self::Packs
            | Self::InstalledPacks
            | Self::PackKeys
            | Self::Profiles
            | Self::Recipients
            | Self::Handovers
            | Self::Search => None,
        }
    }

    /// Every row of its tables in a fixed order, for comparing.
    pub(crate) fn rows(self) -> &'static [&'static str] {
        match self {
            Self::Subjects => &["SELECT * FROM subjects ORDER BY 1, 2"],
            Self::Practitioners => &["SELECT * FROM practitioners ORDER BY 1"],
            Self::Recovery => &["SELECT * FROM recovery ORDER BY 1"],
            Self::Cases => &["SELECT * FROM cases ORDER BY 1", tally!("families")],
            Self::SetApart => &["SELECT * FROM set_apart ORDER BY 1"],
            Self::Touched => &["SELECT * FROM touched ORDER BY 1"],
            Self::Waiting => &[
                "SELECT * FROM waiting ORDER BY 1, 2",
                tally!("waiting"),
                "SELECT * FROM covered ORDER BY 1, 2, 3, 4, 5",
                "SELECT * FROM given ORDER BY 1, 2",
                "SELECT * FROM given_tallies WHERE count > 0 ORDER BY 1, 2",
                "SELECT * FROM received_slices ORDER BY 1, 2, 3, 4, 5",
            ],
            Self::People => &["SELECT * FROM people ORDER BY 1", "SELECT * FROM case_people ORDER BY 1, 2"],
            Self::Listed => &["SELECT * FROM listed ORDER BY 1"],
            Self::Relationships => &["SELECT * FROM relationships ORDER BY 1"],
            Self::Flags => &["SELECT * FROM flags ORDER BY 1"],
            Self::Leftovers => &["SELECT * FROM leftovers ORDER BY 1, 2"],
            Self::Joins => &["SELECT * FROM joins ORDER BY 1"],
            Self::Items => &["SELECT * FROM items ORDER BY 1", "SELECT * FROM item_people ORDER BY 1, 2"],
            Self::Attachments => &["SELECT * FROM attachments ORDER BY 1"],
            Self::Advice => &["SELECT * FROM advice ORDER BY 1"],
            Self::Decisions => &["SELECT * FROM decisions ORDER BY 1"],
            Self::Countersignatures => &["SELECT * FROM countersignatures ORDER BY 1"],
            Self::Obligations => &["SELECT * FROM obligations ORDER BY 1", tally!("outstanding")],
            Self::Disclosures => &["SELECT * FROM disclosures ORDER BY 1"],
            Self::Calls => &["SELECT * FROM calls ORDER BY 1"],
            Self::Consents => &["SELECT * FROM consents ORDER BY 1"],
            Self::Slips => &["SELECT * FROM slips ORDER BY 1"],
            Self::Leavings => &["SELECT * FROM leavings ORDER BY 1"],
            Self::Shares => &["SELECT * FROM shares ORDER BY 1"],
            Self::Received => &["SELECT * FROM received ORDER BY 1"],
            Self::Accounts => &["SELECT * FROM accounts ORDER BY 1, 2"],
            Self::Statements => &["SELECT * FROM statements ORDER BY 1"],
            Self::Elsewhere => &["SELECT * FROM held_elsewhere ORDER BY 1"],
            Self::SharingLog => &[
                "SELECT * FROM sharing_log ORDER BY 1",
                "SELECT * FROM sharing_log_words ORDER BY 1, 2, 3",
                "SELECT * FROM carried ORDER BY 1, 2",
            ],
            Self::Emergencies => &["SELECT * FROM emergencies ORDER BY 1"],
            Self::Contacts => &["SELECT * FROM contacts ORDER BY 1"],
            Self::Packs => &["SELECT * FROM packs ORDER BY 1"],
            Self::InstalledPacks => &["SELECT * FROM installed_packs ORDER BY 1"],
            Self::PackKeys => &["SELECT * FROM pack_keys ORDER BY 1"],
            Self::Profiles => &["SELECT * FROM profiles ORDER BY 1"],
            Self::Recipients => &["SELECT * FROM recipients ORDER BY 1"],
            Self::Handovers => &[
                "SELECT * FROM handovers ORDER BY 1",
                "SELECT * FROM handover_cases ORDER BY 1, 2",
                "SELECT * FROM handover_slices ORDER BY 1, 2, 3",
                "SELECT * FROM receipts ORDER BY 1",
            ],
            Self::Search => &[
                "SELECT * FROM search_rows ORDER BY 1",
                "SELECT rowid, title, words, folded, near FROM search ORDER BY rowid",
            ],
        }
    }

    /// The names of its tables, as [`Projection::rows`] reads them.
    pub(crate) fn tables(self) -> impl Iterator<Item = &'static str> {
        let named = |sql: &&'static str| sql.split_whitespace().skip_while(|word| *word != "FROM").nth(1);
        self.rows().iter().filter_map(named)
    }

    pub(crate) fn clear(self, db: &Connection) -> Result<()> {
        let sql = match self {
            Self::Subjects => "DELETE FROM subjects",
            Self::Practitioners => "DELETE FROM practitioners",
            Self::Recovery => "DELETE FROM recovery",
            Self::Cases => "DELETE FROM cases",
            Self::SetApart => "DELETE FROM set_apart",
            Self::Touched => "DELETE FROM touched",
            Self::Waiting => {
                "DELETE FROM waiting; DELETE FROM covered; DELETE FROM given; DELETE FROM given_tallies; \
                 DELETE FROM received_slices"
            }
            Self::People => "DELETE FROM people; DELETE FROM case_people",
            Self::Listed => "DELETE FROM listed",
            Self::Relationships => "DELETE FROM relationships",
            Self::Flags => "DELETE FROM flags",
            Self::Leftovers => "DELETE FROM leftovers",
            Self::Joins => "DELETE FROM joins",
            Self::Items => "DELETE FROM items; DELETE FROM item_people",
            Self::Attachments => "DELETE FROM attachments",
            Self::Advice => "DELETE FROM advice",
            Self::Decisions => "DELETE FROM decisions",
            Self::Countersignatures => "DELETE FROM countersignatures",
            Self::Obligations => "DELETE FROM obligations",
            Self::Disclosures => "DELETE FROM disclosures",
            Self::Calls => "DELETE FROM calls",
            Self::Consents => "DELETE FROM consents",
            Self::Slips => "DELETE FROM slips",
            Self::Leavings => "DELETE FROM leavings",
            Self::Shares => "DELETE FROM shares",
            Self::Received => "DELETE FROM received",
            Self::Accounts => "DELETE FROM accounts",
            Self::Statements => "DELETE FROM statements",
            Self::Elsewhere => "DELETE FROM held_elsewhere",
            Self::SharingLog => "DELETE FROM sharing_log; DELETE FROM sharing_log_words; DELETE FROM carried",
            Self::Emergencies => "DELETE FROM emergencies",
            Self::Contacts => "DELETE FROM contacts",
            Self::Packs => "DELETE FROM packs",
            Self::InstalledPacks => "DELETE FROM installed_packs",
            Self::PackKeys => "DELETE FROM pack_keys",
            Self::Profiles => "DELETE FROM profiles",
            Self::Recipients => "DELETE FROM recipients",
            Self::Handovers => {
                "DELETE FROM handovers; DELETE FROM handover_cases; DELETE FROM handover_slices; DELETE FROM receipts"
            }
            Self::Search => return search::clear(db),
        };
        Ok(db.execute_batch(sql)?)
    }
}
