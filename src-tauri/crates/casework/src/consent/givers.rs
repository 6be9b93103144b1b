//! Who may give consent in a file: its people beside the rules of its nation's guidance.
//!
//! The rules are data of the pack (`sharewell_guidance::Givers`); who stands how to whom is in the family's ties. Here the
//! two are put together. That somebody may not consent stops nothing: consent is no ground then, and another may be.

use std::sync::Arc;

use sharewell_guidance::{ByAge, Cite, GiverRow, Givers, Pack};
use sharewell_records::{
    AbleToDecide, CaseId, ConsentSense, Day, GiverCapacity, GiverKind, MayConsent, Moment, Nation,
    ParentalResponsibility, Person, PersonId, PersonRole, Relationship,
};
use sharewell_vault::{Reader, Vault};

use crate::error::{Error, Result};
use crate::guidance::Wording;
use crate::guidance::cite::{pack_name, source_views};
use crate::guidance::serving::{self, Carried};
use crate::people::{Family, is_unborn};
use crate::views::{GiverOffered, GiverSaid, GiversAsked, GiversView};
use crate::words::Words;
use crate::{clock, store};

/// The rules that serve a file on a day; none where its guidance has no table.
pub(super) struct Rules(Option<Arc<Carried>>);

impl Rules {
    /// Where no guidance serves at all, nothing is asked of it: what was said is written down all the same.
    pub(super) fn of(r: &Reader<'_>, nation: Nation, on: Day) -> Self {
        let carried = serving::for_day(r, nation, on).ok();
        Self(carried.filter(|carried| carried.pack.givers.is_some()))
    }

    fn table(&self) -> Option<(&Pack, &Givers)> {
        let pack = &self.0.as_ref()?.pack;
        Some((pack, pack.givers.as_ref()?))
    }

    /// What somebody's age says of whether they can decide.
    pub(super) fn by_age(&self, of: &Owed) -> ByAge {
        match self.table() {
            Some((_, table)) => table.by_age(of.years.or((!of.child).then_some(ADULT))),
            None if of.child => ByAge::Asked,
            None => ByAge::Presumed,
        }
    }

    /// What holds of whether somebody can decide, by what was found and by their age.
    pub(super) fn able(&self, of: &Owed, found: AbleToDecide) -> AbleToDecide {
        match self.table() {
            Some((_, table)) => table.able(of.years.or((!of.child).then_some(ADULT)), found),
            None => found,
        }
    }

    fn row(&self, of: &Owed, able: AbleToDecide, giver: GiverKind, sense: ConsentSense) -> Option<&GiverRow> {
        let (_, table) = self.table()?;
        table.row_of(of.years, of.child, (able, giver, sense))
    }

    /// Whether an answer counts; none where nothing says so.
    pub(super) fn may(
        &self,
        of: &Owed,
        able: AbleToDecide,
        giver: GiverKind,
        sense: ConsentSense,
    ) -> Option<MayConsent> {
        self.table()?;
        // What the ages say differently, and what is about a child who is not born, nobody settles alone.
        let row = self.row(of, able, giver, sense).filter(|_| !of.unborn);
        Some(row.map_or(MayConsent::AskAdviser, |row| row.verdict))
    }

    /// The capacity in which an answer is kept.
    pub(super) fn kept_as(
        &self,
        of: &Owed,
        able: AbleToDecide,
        giver: GiverKind,
        sense: ConsentSense,
    ) -> GiverCapacity {
        self.may(of, able, giver, sense).map_or_else(|| giver.capacity(), |may| giver.kept_as(may))
    }
}

/// Whether an answer in this capacity rests on a paper that is named with it.
pub(super) const fn by_paper(capacity: GiverCapacity) -> bool {
    match capacity {
        GiverCapacity::OrderHolder | GiverCapacity::Attorney | GiverCapacity::Guardian => true,
        GiverCapacity::Child | GiverCapacity::Parent | GiverCapacity::Adult | GiverCapacity::NoSay => false,
    }
}

/// From which age on somebody is an adult, in full years.
const ADULT: u16 = 18;

/// Somebody whose confidence it is, as far as the rules ask.
pub(super) struct Owed {
    /// The age in full years.
    years: Option<u16>,
    /// Whether they are under 18; where the age is not known, whether they are the file's child or a child in it.
    pub child: bool,
    unborn: bool,
}

impl Owed {
    pub(super) fn of(person: &Person, on: Day) -> Self {
        let years = clock::age(&person.birth, on).and_then(|age| u16::try_from(age).ok());
        let child = years.map_or(person.role == PersonRole::Child, |years| years < ADULT);
        Self { years, child, unborn: is_unborn(person) }
    }

    /// As what they answer for themselves.
    pub(super) const fn own(&self) -> GiverKind {
        if self.child { GiverKind::Child } else { GiverKind::Adult }
    }
}

/// The tie that says most of how somebody stands to a person.
fn tie(family: &Family, giver: PersonId, owed: PersonId) -> Option<&Relationship> {
    let ties = || family.ties.iter().filter(|tie| tie.from == giver && tie.to == owed);
    let decides = |tie: &&Relationship| {
        GiverKind::of_tie(tie.kind, tie.parental_responsibility)
            .is_some_and(|one| one.capacity() != GiverCapacity::NoSay)
    };
    ties().find(decides).or_else(|| ties().next())
}

/// As what somebody of the file answers, as far as the file says it.
pub(super) fn stands_as(family: &Family, giver: PersonId, owed: PersonId, of: &Owed) -> Option<GiverKind> {
    if giver == owed {
        return Some(of.own());
    }
    let tie = tie(family, giver, owed);
    match of.child {
        true => tie.and_then(|tie| GiverKind::of_tie(tie.kind, tie.parental_responsibility)),
        // For an adult nobody decides by being related; a power is said where it was seen.
        false => tie.map(|_| GiverKind::NextOfKin),
    }
}

/// Who may answer for somebody of the file, each with what the rules say.
///
/// # Errors
/// [`Error::NotFound`] where they do not stand in the file.
pub fn consent_givers(vault: &Vault, case: CaseId, asked: &GiversAsked, now: Moment) -> Result<GiversView> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let today = clock::day_of(now);
        let rules = Rules::of(r, family.case.nation, today);
        let person = family.person(asked.owed).ok_or(Error::NotFound { what: "person" })?;
        let of = Owed::of(person, today);
        let words = Words::of(family.language);
        let able = rules.able(&of, asked.able.unwrap_or(AbleToDecide::NotSettled));
        let sense = asked.sense.unwrap_or(ConsentSense::Confidence);
        let say = Say { rules: &rules, of: &of, able, sense, family: &family, owed: &person.name };
        let mut people: Vec<GiverOffered> = Vec::new();
        for one in &family.people {
            let stands = stands_as(&family, one.id, person.id, &of);
            let decides = stands.is_some_and(|one| one.capacity() != GiverCapacity::NoSay);
            let bystander = match one.role {
                PersonRole::Practitioner => stands.is_none(),
                PersonRole::Child => !decides,
                PersonRole::Parent | PersonRole::Carer | PersonRole::OtherAdult => false,
            };
            if bystander {
                continue;
            }
            let tie = tie(&family, one.id, person.id);
            people.push(GiverOffered {
                person: one.id,
                name: one.name.clone(),
                said: stands.map(|stands| say.said(stands, &one.name)),
                holds: tie.filter(|_| of.child).map(|tie| tie.parental_responsibility),
                note: tie.map(|tie| tie.note.clone()).unwrap_or_default(),
            });
        }
        people.sort_by_key(|one| {
            let may = one.said.as_ref().and_then(|said| said.may).unwrap_or(MayConsent::AskAdviser);
            (one.person != person.id, !may.counts(), may)
        });
        let others = GiverKind::ALL.into_iter().filter(|kind| !kind.is_own());
        Ok(GiversView {
            pack: rules.table().map(|(pack, _)| pack_name(pack)),
            competence: rules.by_age(&of).into(),
            rule: say.text("term.competence_rule"),
            people,
            others: others.map(|kind| say.said(kind, &words.consent.this_person)).collect(),
        })
    })
}

/// What the rules say, with the names in it.
struct Say<'a> {
    rules: &'a Rules,
    of: &'a Owed,
    able: AbleToDecide,
    sense: ConsentSense,
    family: &'a Family,
    owed: &'a str,
}

impl Say<'_> {
    fn text(&self, key: &str) -> String {
        let table = self.rules.table();
        table
            .map(|(pack, _)| Wording::new(pack, self.family.language).text(key).to_owned())
            .unwrap_or_default()
    }

    fn said(&self, stands_as: GiverKind, name: &str) -> GiverSaid {
        let words = Words::of(self.family.language);
        let may = self.rules.may(self.of, self.able, stands_as, self.sense);
        let row = self.rules.row(self.of, self.able, stands_as, self.sense).filter(|_| !self.of.unborn);
        let cites: &[Cite] = row.map(|row| row.sources.as_slice()).unwrap_or_default();
        let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
        let why = match (row, may) {
            (Some(row), _) => filled(&self.text(&format!("giver.{}", row.id)), &first(self.owed), name),
            (None, Some(_)) if self.of.unborn => words.consent.unborn.clone(),
            (None, Some(_)) => words.consent.age_unknown.clone(),
            (None, None) => String::new(),
        };
        GiverSaid {
            stands_as,
            may,
            also: row.map(|row| row.also.clone()).unwrap_or_default(),
            paper: by_paper(self.rules.kept_as(self.of, self.able, stands_as, self.sense)),
            why,
            sources: self.rules.table().map(|(pack, _)| source_views(pack, cites)).unwrap_or_default(),
        }
    }
}

/// A reason with those whom it is about in it. A word in place of a name begins a sentence with a large letter.
pub(super) fn filled(text: &str, child: &str, person: &str) -> String {
    let text = text.replace("{child}", child).replace("{person}", person);
    let mut begins = true;
    let mut said = String::with_capacity(text.len());
    for letter in text.chars() {
        if begins && letter.is_alphabetic() {
            said.extend(letter.to_uppercase());
            begins = false;
            continue;
        }
        begins = matches!(letter, '.' | '?' | '!') || (begins && letter.is_whitespace());
        said.push(letter);
    }
    said
}

/// Whether the file's ties show a person to hold responsibility for a child; none where nothing is said of it.
pub(super) fn holds(family: &Family, person: PersonId, child: PersonId) -> Option<ParentalResponsibility> {
    tie(family, person, child).map(|tie| tie.parental_responsibility)
}

/// As what somebody of the file stands to another, and whether the file says that they hold responsibility.
pub(crate) fn stands_to(
    family: &Family,
    person: PersonId,
    about: PersonId,
    on: Day,
) -> (Option<GiverKind>, Option<ParentalResponsibility>) {
    let Some(of) = family.person(about).map(|one| Owed::of(one, on)) else { return (None, None) };
    let holds = holds(family, person, about).filter(|_| of.child && person != about);
    (stands_as(family, person, about, &of), holds)
}
