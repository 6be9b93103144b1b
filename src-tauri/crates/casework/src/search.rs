//! Finding again (K1): people and files first, then places in files, the newest first.
//!
//! A safety flag goes along with every result, and of a protected person nothing is shown but that they are
//! there. What was searched for is not kept; that somebody searched is.

use std::collections::BTreeMap;

use sharewell_records::{CaseId, Moment};
use sharewell_vault::{Access, Reader, Vault, flags, search as index};

use crate::error::Result;
use crate::people::child_name_of;
use crate::views::{ChildLine, Hit, SearchView};
use crate::{children, input, store};

/// How many places are shown at a time.
const SHOWN: usize = 50;

/// Searches every file.
///
/// # Errors
/// [`crate::Error::Fields`] where the query holds too much; [`crate::Error::Vault`] where the vault refuses.
pub fn search(vault: &mut Vault, query: &str, now: Moment) -> Result<SearchView> {
    let typed = input::name(query, "query")?;
    let view = store::read(vault, |r| find(r, &typed, now))?;
    if !typed.is_empty() {
        let results = store::small((view.children.len() + view.hits.len()) as u64);
        store::log(vault, None, now, |by| Access::Searched { by, results })?;
    }
    Ok(view)
}

fn find(r: &Reader<'_>, query: &str, now: Moment) -> Result<SearchView> {
    let wanted = children::wanted(r, query)?;
    let marks = wanted.marks();
    let mut found = index::search(r, &wanted, SHOWN + 1, None)?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let mut files: BTreeMap<CaseId, (String, bool)> = BTreeMap::new();
    let mut children: Vec<ChildLine> = Vec::new();
    let mut hits = Vec::new();
    for hit in found {
        if let Some(case) = hit.case
            && !files.contains_key(&case)
        {
            files.insert(case, (child_name_of(r, case)?, flags::any_in(r, case)?));
        }
        let file = hit.case.and_then(|case| files.get(&case)).cloned();
        let (child, flagged) = file.unwrap_or_default();
        // Whoever is found by name leads to the file; it stands once.
        if let (Some(case), index::Found::Person | index::Found::Case) = (hit.case, hit.found)
            && let shown = children::shown_for(r, case)?
            && !children.iter().any(|line| line.case == shown)
            && let Some(line) = children::line_of(r, shown, now)?
        {
            children.push(line);
        }
        let text = match (hit.title.is_empty(), hit.snippet.is_empty()) {
            (false, false) if hit.snippet != hit.title => format!("{}. {}", hit.title, hit.snippet),
            (false, _) => hit.title.clone(),
            (true, _) => hit.snippet.clone(),
        };
        hits.push(Hit {
            entry: hit.entry,
            case: hit.case,
            decision: if hit.found == index::Found::Decision { hit.subject.parse().ok() } else { None },
            child,
            kind: hit.found.word().to_owned(),
            pieces: marks.pieces(&text),
            recorded_at: hit.recorded_at,
            flagged: flagged || !hit.flags.is_empty(),
            withheld: hit.protected,
        });
    }
    let known: Vec<CaseId> = children.iter().map(|line| line.case).collect();
    let also = children::may_also_mean(r, &wanted, &known, now)?;
    Ok(SearchView { query: query.to_owned(), children, also, hits, more })
}
