//! Consent in a file as it stands: what beside whom, and everything that happened.

use std::collections::BTreeMap;

use sharewell_records::{
    AskedAbout, CaseId, ConsentAct, ConsentEvent, ConsentGiver, ConsentId, ConsentPurpose, Consents, Day, GiverCapacity, GiverStands, ItemId, Moment, ParentalResponsibility, Permission, Person,
    PersonId, PersonRole, ThingKey, Wanted, Weight,
};
use sharewell_vault::{Reader, Recorded, Vault, items};

use super::givers::holds;
use super::{folded, said};
use crate::error::Result;
use crate::flagged::{self, Named};
use crate::people::{self, Family};
use crate::views::{
    ConsentCellView, ConsentGiverLine, ConsentLine, ConsentMatter, ConsentNote, ConsentPage, ConsentPerson,
    ConsentRow, ConsentSaidCell, ConsentWhat,
};
use crate::words::Words;
use crate::{clock, store};

/// How many notes are offered to be asked about one by one.
const NOTES: usize = 50;
/// The most of a note that is shown, in characters.
const NOTE_SHOWN: usize = 160;

/// Consent in a file.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn consents(vault: &Vault, case: CaseId, now: Moment) -> Result<ConsentPage> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let words = Words::of(family.language);
        let (events, stands) = folded(r, case, now)?;
        let notes = Notes::of(r, case)?;
        let names = family.names();
        let about = stands.asked_about();
        let mut purposes: Vec<ConsentPurpose> = Vec::new();
        for one in &about {
            if purposes.iter().all(|known| known.key() != one.purpose.key()) {
                purposes.push(one.purpose.clone());
            }
        }
        let matters = about.iter().map(|one| matter(one, &stands, &notes, &names)).collect();
        let authors = people::authors(r)?;
        let happened = events.iter().map(|one| (one.record.id, one.record.happened)).collect();
        let line = |one: &Recorded<ConsentEvent>| {
            told(
                one,
                &Told {
                    stands: &stands,
                    notes: &notes,
                    names: &names,
                    family: &family,
                    happened: &happened,
                    authors: &authors,
                    words,
                },
            )
        };
        let mut timeline: Vec<ConsentLine> = events.iter().map(line).collect();
        timeline.sort_by_key(|line| std::cmp::Reverse((line.happened, line.recorded_at)));
        Ok(ConsentPage {
            now,
            child: family.child_name(),
            matters,
            timeline,
            people: everybody(&family, now),
            notes: notes.offered(),
            purposes,
        })
    })
}

/// The notes of a file by their words.
pub(super) struct Notes(Vec<(ItemId, String)>);

impl Notes {
    pub(super) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let mut all: Vec<_> = items::of_case(r, case)?;
        all.sort_by_key(|one| std::cmp::Reverse((one.recorded_at, one.sequence)));
        Ok(Self(all.into_iter().map(|one| (one.record.id, shown(&one.record.text))).collect()))
    }

    fn offered(&self) -> Vec<ConsentNote> {
        let note = |(item, text): &(ItemId, String)| ConsentNote { item: *item, text: text.clone() };
        self.0.iter().take(NOTES).map(note).collect()
    }

    fn text(&self, thing: ThingKey) -> String {
        let of = |item| self.0.iter().find(|(id, _)| *id == item).map(|(_, text)| text.clone());
        match thing {
            ThingKey::Kind(_) => String::new(),
            ThingKey::Item(item) => of(item).unwrap_or_default(),
        }
    }

    pub(super) fn what(&self, thing: ThingKey) -> ConsentWhat {
        ConsentWhat { thing: thing.thing(), text: self.text(thing) }
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(NOTE_SHOWN) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

fn matter(
    about: &AskedAbout,
    stands: &Consents,
    notes: &Notes,
    names: &BTreeMap<PersonId, String>,
) -> ConsentMatter {
    let mut can_withdraw: Vec<ConsentGiverLine> = Vec::new();
    let mut rows = Vec::new();
    for thing in &about.things {
        let mut cells = Vec::new();
        for recipient in &about.recipients {
            let wanted = Wanted {
                owed: about.owed,
                sense: about.sense,
                purpose: &about.purpose,
                thing: *thing,
                kinds: &[],
                recipient,
            };
            let cell = stands.stands(&wanted);
            let givers: Vec<ConsentGiverLine> =
                cell.givers.iter().map(|one| stands_as(one, about.owed, names)).collect();
            for one in &givers {
                let known =
                    can_withdraw.iter().any(|other| (other.person, &other.name) == (one.person, &one.name));
                if one.state.permission() == Permission::Given && !known {
                    can_withdraw.push(one.clone());
                }
            }
            let apart = cell.state.permission() == Permission::Disagree;
            cells.push(ConsentCellView { state: cell.state, apart, givers });
        }
        rows.push(ConsentRow { what: notes.what(*thing), cells });
    }
    ConsentMatter {
        owed: about.owed,
        name: names.get(&about.owed).cloned().unwrap_or_default(),
        sense: about.sense,
        purpose: about.purpose.clone(),
        recipients: about.recipients.clone(),
        rows,
        can_withdraw,
    }
}

fn stands_as(one: &GiverStands, owed: PersonId, names: &BTreeMap<PersonId, String>) -> ConsentGiverLine {
    match &one.giver {
        Some(giver) => giver_line(giver, owed, one.state, one.since, one.until, names),
        None => ConsentGiverLine {
            person: None,
            name: String::new(),
            capacity: None,
            state: one.state,
            counts: false,
            since: one.since,
            until: None,
        },
    }
}

/// Somebody with how their answer stands.
pub(super) fn giver_line(
    giver: &ConsentGiver,
    owed: PersonId,
    state: sharewell_records::ConsentState,
    since: Moment,
    until: Option<Day>,
    names: &BTreeMap<PersonId, String>,
) -> ConsentGiverLine {
    let name = giver.person.and_then(|person| names.get(&person)).unwrap_or(&giver.name).clone();
    ConsentGiverLine {
        person: giver.person,
        name,
        capacity: Some(giver.capacity),
        state,
        counts: matches!(giver.weight(owed), Weight::Own | Weight::For),
        since,
        until,
    }
}

/// What a line of the timeline is told with.
struct Told<'a> {
    stands: &'a Consents,
    notes: &'a Notes,
    names: &'a BTreeMap<PersonId, String>,
    family: &'a Family,
    happened: &'a BTreeMap<ConsentId, Moment>,
    authors: &'a BTreeMap<PersonId, String>,
    words: &'a Words,
}

fn told(one: &Recorded<ConsentEvent>, with: &Told<'_>) -> ConsentLine {
    let event = &one.record;
    let cell = |cell: &sharewell_records::ConsentCell| ConsentSaidCell {
        what: ConsentWhat { thing: cell.what.clone(), text: with.notes.text(cell.what.key()) },
        recipient: cell.recipient.clone(),
        answer: cell.answer,
    };
    let struck = with.stands.struck().contains(&event.id);
    let strikes = event.strikes().is_some();
    let mut replaced_by: Vec<Moment> =
        with.stands.replaced_by(event.id).filter_map(|by| with.happened.get(&by).copied()).collect();
    replaced_by.sort_unstable();
    ConsentLine {
        id: event.id,
        act: event.act.kind(),
        happened: event.happened,
        recorded_at: one.recorded_at,
        author: with.authors.get(&one.author).cloned().unwrap_or_default(),
        late: clock::day_of(event.happened) < clock::day_of(one.recorded_at),
        owed: with.names.get(&event.owed).cloned().unwrap_or_default(),
        giver: said::giver(event, with.names),
        capacity: event.giver.as_ref().map(|giver| giver.capacity),
        not_shown_to_hold: event.giver.as_ref().is_some_and(|giver| {
            giver.capacity == GiverCapacity::Parent
                && giver.person.and_then(|person| holds(with.family, person, event.owed))
                    != Some(ParentalResponsibility::Holds)
        }),
        sense: event.sense,
        purpose: event.purpose.clone(),
        cells: event.cells.iter().map(cell).collect(),
        words: said::why(event, with.words),
        shown: said::shown(event, with.words),
        why: match &event.act {
            ConsentAct::NotSought { why, .. } => Some(*why),
            _ => None,
        },
        tries: match &event.act {
            ConsentAct::NoAnswer { tries, .. } => *tries,
            _ => 0,
        },
        wording: event.wording.clone(),
        on_slip: event.slip.is_some(),
        until: event.until,
        review: event.review,
        replaced_by,
        stands: with.stands.is_last_word(event.id),
        in_error: struck || strikes,
        can_strike: !struck && !strikes,
        note: event.note.clone(),
    }
}

/// Everybody of the file who may be owed a confidence or be asked, the child first.
fn everybody(family: &Family, now: Moment) -> Vec<ConsentPerson> {
    let mut all: Vec<&Person> =
        family.people.iter().filter(|person| person.role != PersonRole::Practitioner).collect();
    all.sort_by_key(|person| person.id != family.case.child);
    let one = |person: &&Person| ConsentPerson {
        person: person.id,
        name: person.name.clone(),
        child: person.role == PersonRole::Child,
        age: clock::age(&person.birth, clock::day_of(now)).and_then(|age| u16::try_from(age).ok()),
        holds: holds(family, person.id, family.case.child),
        careful: flagged::careful(family, Named { person: Some(person.id), words: "", child: false }),
    };
    all.iter().map(one).collect()
}
