//! Lines of an advice that nobody can tick off, and how law in them was confirmed.

use serde::{Deserialize, Serialize};
use sharewell_guidance::Settled;
use sharewell_records::Day;
use specta::Type;

use super::{CardSort, ConfirmedIn, NoticeSort, SourceView};

/// A line on the advice that nobody can tick off.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NoticeView {
    /// Its id in the pack.
    pub id: String,
    /// What kind of line it is.
    pub kind: NoticeSort,
    /// On which card of this advice it is said; none where it stands before them.
    pub card: Option<CardSort>,
    /// Whether it is said or asked in the call.
    pub in_call: bool,
    /// What it says.
    pub title: String,
    /// More of it; may be empty.
    pub hint: String,
    /// Whether something in it is not confirmed, and shown so.
    pub unconfirmed: bool,
    /// How law was confirmed that stands in it; none where nobody has.
    pub confirmed: Option<LawConfirmed>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// How it was confirmed that a law is in force.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LawConfirmed {
    /// The first day on which it is in force.
    pub in_force_from: Day,
    /// The day on which it was confirmed.
    pub on: Day,
    /// Who confirmed it.
    pub by: String,
    /// In which post, where the agency's protocol says so; none where the guidance does.
    pub post: Option<ConfirmedIn>,
}

impl From<&Settled> for LawConfirmed {
    fn from(settled: &Settled) -> Self {
        Self {
            in_force_from: settled.in_force_from,
            on: settled.on,
            by: settled.by.clone(),
            post: settled.post.map(Into::into),
        }
    }
}
