//! Who of the file is named in what goes, whose names are left out, and what stands in the record beside what leaves.
//!
//! Whoever is protected is left out by the one rule, and nobody is asked. Others of the file are offered: their names and
//! details are found by the same rule, and whoever shares says of each what becomes of them.

use std::collections::BTreeMap;

use sharewell_records::{
    DecisionId, EntryId, Extent, Item, Moment, NameGoes, Named, PersonId, Protection, differences, left_out,
    unsaid,
};
use sharewell_vault::{Reader, Vault};

use super::basis::Basis;
use super::door::Door;
use super::inside::Inside;
use crate::error::{Problem, Result};
use crate::input::Form;
use crate::sharing::extent::as_it_goes;
use crate::views::{NamedLine, ShareText, ShareTexts};
use crate::words::Words;
use crate::{language, store};

/// Who is named in what goes, and in how many notes; nobody whom the file is about, and nobody who is protected.
fn named(r: &Reader<'_>, basis: &Basis, texts: &[Item]) -> Result<Vec<(PersonId, u32)>> {
    let family = &basis.family;
    let mut found = Vec::new();
    for person in &family.people {
        if person.id == family.case.child || basis.protection.label(person.id).is_some() {
            continue;
        }
        let without = family.without(r, [person.id])?;
        // What the rule for protected people changes by itself is nobody's else.
        let names = |text: &str| {
            let kept = basis.protection.scrub(text);
            without.scrub(&kept) != kept
        };
        let count = texts.iter().filter(|item| names(&item.text) || names(&item.by)).count();
        if count > 0 {
            found.push((person.id, store::small(count as u64)));
        }
    }
    Ok(found)
}

/// Notes as they go by what was chosen of each, before anybody's name is left out here.
pub(super) fn decided(
    r: &Reader<'_>,
    basis: &Basis,
    items: &[(EntryId, Item)],
    extent: Option<&Extent>,
    words: &Words,
) -> Result<Vec<Item>> {
    let nameless = basis.family.nameless(r)?;
    let choice = |item: &Item| extent.map(|one| one.choice_of(item.id));
    let goes = |item: &Item| as_it_goes(item, choice(item).unwrap_or_default(), &nameless, words);
    Ok(items.iter().map(|(_, item)| goes(item)).collect())
}

/// Whose names are left out, held to the rules: of each who is named it is said, but where nothing waits for it.
pub(super) fn read(
    r: &Reader<'_>,
    form: &mut Form,
    basis: &Basis,
    texts: &[Item],
    said: &[Named],
) -> Result<Vec<PersonId>> {
    let named: Vec<PersonId> = named(r, basis, texts)?.into_iter().map(|(person, _)| person).collect();
    form.fault_if(!unsaid(&named, said, basis.ground()).is_empty(), "names", Problem::Missing);
    Ok(left_out(&named, said))
}

/// A note without those whose names are left out.
pub(super) fn cut(item: &Item, without: &Protection) -> Item {
    Item { text: without.scrub(&item.text), by: without.scrub(&item.by), ..item.clone() }
}

/// What stands in the record beside what leaves, for the notes that are chosen, and who is named in it.
///
/// # Errors
/// [`crate::Error::NotFound`] where the decision shares nothing, or a note that goes is not there any more.
pub fn share_texts(
    vault: &Vault,
    decision: DecisionId,
    items: &[sharewell_records::ItemId],
    said: &[Named],
    now: Moment,
) -> Result<ShareTexts> {
    store::read(vault, |r| {
        let basis = Basis::of(r, decision)?;
        let words = Words::of(language::of(r)?);
        let inside = Inside::of(r, &basis, now)?;
        let holding = inside.holding();
        let door = Door::of(&basis, &inside, &holding, None);
        let mut held = door.items(&inside)?;
        held.retain(|(_, item)| items.contains(&item.id));
        let goes = decided(r, &basis, &held, Some(&door.leaving), words)?;
        let counts = named(r, &basis, &goes)?;
        let people: Vec<PersonId> = counts.iter().map(|(person, _)| *person).collect();
        let without = basis.family.without(r, left_out(&people, said))?;
        let names: BTreeMap<PersonId, String> = basis.family.names();
        let line = |(person, count): &(PersonId, u32)| NamedLine {
            person: *person,
            name: names.get(person).cloned().unwrap_or_default(),
            part: words.relation(basis.family.relation(*person)).to_owned(),
            count: *count,
            goes: said.iter().rev().find(|one| one.person == *person).map_or(NameGoes::Blank, |one| one.goes),
        };
        let text = |((_, item), goes): (&(EntryId, Item), &Item)| {
            let goes = cut(goes, &without);
            ShareText {
                item: item.id,
                mark: item.mark,
                is_changed: goes.text != item.text || goes.by != item.by,
                text: differences(&item.text, &goes.text),
                by: differences(&item.by, &goes.by),
            }
        };
        Ok(ShareTexts {
            must_be_said: !unsaid(&people, &[], basis.ground()).is_empty(),
            people: counts.iter().map(line).collect(),
            texts: held.iter().zip(&goes).map(text).collect(),
        })
    })
}
