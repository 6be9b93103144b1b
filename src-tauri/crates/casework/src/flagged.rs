//! The safety flags of a file as lines, and how somebody under one is spoken of in a line that names them.
//!
//! Every page of a decision shows the same lines, from here. A duty that names somebody under a flag says beside the
//! name what the flag binds: read on its own, *mention the mother in the same call* would have her name told.

use sharewell_records::{FlagKind, PersonId, meant, said_beside_a_name};

use crate::people::Family;
use crate::views::FlagLine;
use crate::words::Words;

/// The flags that stand in a file, the child's first.
pub(crate) fn lines(family: &Family) -> Vec<FlagLine> {
    let mut flags: Vec<_> = family.flags.iter().collect();
    flags.sort_by_key(|flag| flag.person != family.case.child);
    let names = family.names();
    let line = |flag: &&sharewell_records::Flag| FlagLine {
        id: flag.id,
        person: flag.person,
        name: names.get(&flag.person).cloned().unwrap_or_default(),
        kind: flag.kind,
        reason: flag.reason.clone(),
        review: flag.review,
    };
    flags.iter().map(line).collect()
}

/// Whom a line is about, beside the child of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named<'a> {
    /// The person of the file.
    pub person: Option<PersonId>,
    /// Whoever is named in words.
    pub words: &'a str,
    /// Whether the line names the child.
    pub child: bool,
}

/// What is said beside a line, because of the flags on those whom it names.
pub(crate) fn careful(family: &Family, named: Named<'_>) -> Vec<String> {
    if family.flags.is_empty() {
        return Vec::new();
    }
    let child = family.case.child;
    let in_words = meant(child, &family.people, &family.ties, named.words);
    let mut about: Vec<PersonId> =
        named.person.into_iter().chain(in_words.iter().map(|one| one.id)).collect();
    about.dedup();
    let mut said = Vec::new();
    for person in &about {
        let binding = said_beside_a_name(family.flags_binding(*person));
        said.extend(binding.into_iter().map(|kind| line(family, *person, kind)));
    }
    // Who is spoken of in the call is known to be the child; only what must not get out is said again.
    if named.child && !about.contains(&child) && is_protected(family, child) {
        said.push(line(family, child, FlagKind::ProtectedIdentity));
    }
    // Set twice, a flag is said once.
    let mut once: Vec<String> = Vec::new();
    for one in said {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// What is said beside the act: how each protected person of the file is called while it is done.
pub(crate) fn careful_in_the_act(family: &Family) -> Vec<String> {
    let protected = family.people.iter().filter(|person| is_protected(family, person.id));
    protected.map(|person| line(family, person.id, FlagKind::ProtectedIdentity)).collect()
}

fn is_protected(family: &Family, person: PersonId) -> bool {
    family.flags_on(person).contains(&FlagKind::ProtectedIdentity)
}

fn line(family: &Family, person: PersonId, kind: FlagKind) -> String {
    let words = Words::of(family.language);
    let name = family.person(person).map(|one| one.name.as_str()).unwrap_or_default();
    if kind == FlagKind::ProtectedIdentity && person == family.case.child {
        return words.careful.child.fill(&[("name", name)]);
    }
    let (tie, role) = family.relation(person);
    let part = tie.map_or_else(|| words.role.of(role), |tie| words.tie.of(tie));
    words.careful.of.fill(kind, &[("name", name), ("part", part)])
}
