//! Reading `[[fact]]` of `pack.toml`, and what an agency's overlay confirms of them with `[[confirm]]`.

use super::Names;
use super::cites::{Citing, cites};
use super::read::Row;
use crate::pack::Source;
use crate::{Confidence, Fact, Post, Settled, What};

/// From which engine on facts are read: before, the fields are refused as ones that nothing names.
pub(super) const FACTS: u32 = 5;

/// The facts of a pack, each id once.
pub(super) fn read(row: &Row<'_>, engine: u32, citing: &Citing<'_>) -> Vec<Fact> {
    if engine < FACTS {
        return Vec::new();
    }
    let mut facts: Vec<Fact> = Vec::new();
    for row in &row.rows("fact") {
        let Some(fact) = fact(row, citing) else { continue };
        if facts.iter().any(|other| other.id == fact.id) {
            row.add("id", What::DuplicateId, format!("the fact \"{}\" stands twice", fact.id));
        } else {
            facts.push(fact);
        }
    }
    facts
}

fn fact(row: &Row<'_>, citing: &Citing<'_>) -> Option<Fact> {
    let id = row.own_id("id");
    let announced_for = row.day("announced_for");
    let sources = cites(row, citing);
    let any = ["in_force_from", "confirmed_on", "confirmed_by"].iter().any(|field| row.has(field));
    let settled = if any {
        let in_force_from = row.required("in_force_from", row.day("in_force_from"));
        let on = row.required("confirmed_on", row.day("confirmed_on"));
        let by = row.required_text("confirmed_by");
        if sources.iter().all(|cite| cite.unconfirmed) {
            row.add("sources", What::NoSource, "what is confirmed cites something that is confirmed");
        }
        let confirmed = sources.iter().filter(|cite| !cite.unconfirmed).cloned().collect();
        Some(Settled { in_force_from: in_force_from?, on: on?, by, post: None, sources: confirmed })
    } else {
        None
    };
    row.finish();
    Some(Fact { id: id?, announced_for, settled, sources, spot: row.spot() })
}

/// What an overlay confirms: for each fact by index, how.
///
/// A confirmation names who stands for it and what they read. It has no field for anything else: what a law in force
/// brings beyond its line is a duty of the overlay's own, attached like any other.
pub(super) fn confirmed(rows: &[Row<'_>], own: &[Source], names: &Names<'_>) -> Vec<(usize, Settled)> {
    let mut all: Vec<(usize, Settled)> = Vec::new();
    for row in rows {
        let fact = row.required("fact", row.text("fact")).and_then(|id| names.fact(row, "fact", id));
        let posts = Post::ALL.map(|post| (post.word(), post));
        let in_force_from = row.required("from", row.day("from"));
        let on = row.required("confirmed_on", row.day("confirmed_on"));
        let by = row.required_text("by");
        let post = row.required("post", row.word("post", &posts));
        let sources = cites(row, &names.citing);
        for cite in &sources {
            let source = own.iter().find(|source| source.id == cite.source);
            if cite.unconfirmed || source.is_none_or(|one| one.confidence == Confidence::Unconfirmed) {
                row.add("sources", What::NoSource, "a confirmation cites what the agency itself has read");
            }
        }
        row.finish();
        let Some(fact) = fact else { continue };
        if names.facts.get(fact).is_some_and(|(_, settled)| *settled) {
            row.add("fact", What::Misplaced, "the pack has confirmed this already");
        }
        if all.iter().any(|(other, _)| *other == fact) {
            row.add("fact", What::DuplicateId, "the fact is confirmed twice");
        }
        if let (Some(in_force_from), Some(on)) = (in_force_from, on) {
            all.push((fact, Settled { in_force_from, on, by, post, sources }));
        }
    }
    all
}
