//! What the agency wants of a file before it is handed over, and what of that is not there (J9). It is told with the
//! place where it is written down, and stops nothing.

use sharewell_records::{CaseId, PersonRole};
use sharewell_vault::Reader;

use crate::agency;
use crate::error::Result;
use crate::people::Family;
use crate::views::LacksView;

/// What each of some files lacks of what the agency wants. A restricted file lacks nothing: it goes to one person, who
/// asks for what they need.
pub(super) fn lacking(r: &Reader<'_>, cases: &[CaseId]) -> Result<Vec<LacksView>> {
    let Some(opened) = agency::standing(r)? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for case in cases {
        let family = Family::of(r, *case)?;
        if family.case.kind.is_restricted() {
            continue;
        }
        let cares = |role| matches!(role, PersonRole::Parent | PersonRole::Carer);
        let parents: Vec<_> = family.people.iter().filter(|one| cares(one.role)).collect();
        let missing =
            |field: &sharewell_records::WantedField| field.is_missing(&family.case, family.child(), &parents);
        let what: Vec<_> = opened.profile.wanted.iter().copied().filter(missing).collect();
        if !what.is_empty() {
            let name = if family.has_child() { family.child_name() } else { family.case.title.clone() };
            all.push(LacksView { case: *case, name, what });
        }
    }
    Ok(all)
}
