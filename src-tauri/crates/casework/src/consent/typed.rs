//! What was typed of a consent: who answered, how, and about what. Everything that is wrong is told at once.

use std::collections::BTreeSet;

use sharewell_guidance::ByAge;
use sharewell_records::{
    AbleToDecide, ConsentActKind, ConsentAnswer, ConsentCell, ConsentEvidence, ConsentGiver, ConsentMethod,
    ConsentPurpose, ConsentRecipient, ConsentSense, ConsentThing, Day, GiverKind, InfoKind, ItemId, Moment,
    PersonId, PurposeKind, WrittenHow,
};
use sharewell_vault::{Reader, contacts};

use super::givers::{self, Owed, Rules};
use crate::error::Problem;
use crate::input::{Form, at_most};
use crate::people::Family;
use crate::views::{ConsentHow, ConsentInput, ConsentMethodInput, ConsentRecipientInput};
use crate::words::Words;

/// Where, when and by whose rules something is typed.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The file's people.
    pub family: &'a Family,
    /// The rules of its nation.
    pub rules: &'a Rules,
    /// The day on which it happened.
    pub on: Day,
    /// This moment.
    pub now: Moment,
}

/// How somebody answered. What hung on another way of answering is dropped with it.
pub(super) fn method(form: &mut Form, typed: &ConsentMethodInput) -> Option<ConsentMethod> {
    let how = form.chosen("how", typed.how);
    let evidence = how.map(|how| {
        let written = match how {
            ConsentHow::Spoken => {
                let words = form.required("said", &typed.said);
                let witness = form.name("witness", &typed.witness);
                let no_witness = match witness.is_empty() {
                    true => form.required("no_witness", &typed.no_witness),
                    false => String::new(),
                };
                return ConsentEvidence::Spoken { words, witness, no_witness };
            }
            ConsentHow::Signature => WrittenHow::Signature,
            ConsentHow::Mark => WrittenHow::Mark,
            ConsentHow::Letter => WrittenHow::Letter,
            ConsentHow::Scan => WrittenHow::Scan,
        };
        ConsentEvidence::Written {
            how: written,
            reference: form.required_name("reference", &typed.reference),
        }
    });
    let interpreter = form.name("interpreter", &typed.interpreter);
    let language = form.name("language", &typed.language);
    Some(ConsentMethod { evidence: evidence?, interpreter, language })
}

/// Whose confidence it is: somebody of the file.
pub(super) fn owed(form: &mut Form, family: &Family, typed: Option<PersonId>) -> Option<PersonId> {
    let owed = form.chosen("owed", typed)?;
    form.fault_if(family.person(owed).is_none(), "owed", Problem::NotAnOption);
    Some(owed)
}

/// Who was asked or answered: as what, by the file or as it was typed, and in the capacity in which the nation's rules let
/// it be kept.
pub(super) fn giver(form: &mut Form, with: &Asked<'_>, typed: &ConsentInput) -> Option<ConsentGiver> {
    let Asked { family, rules, .. } = *with;
    let known = typed.giver.and_then(|person| family.person(person));
    form.fault_if(typed.giver.is_some() && known.is_none(), "giver", Problem::NotAnOption);
    let name = match (typed.giver, known) {
        (Some(_), Some(person)) => person.name.clone(),
        (Some(_), None) => String::new(),
        (None, _) => form.required_name("giver", &typed.giver_name),
    };
    let owed = typed.owed.and_then(|person| family.person(person));
    let of = owed.map(|person| Owed::of(person, with.on));
    let own = typed.giver.is_some() && typed.giver == typed.owed;
    // What the file has of somebody is not asked; of whoever answers for themselves nothing else can be.
    let by_file = typed.giver.zip(typed.owed).zip(of.as_ref());
    let by_file = by_file.and_then(|((giver, owed), of)| givers::stands_as(family, giver, owed, of));
    let stands = if own { by_file } else { typed.stands_as.or(by_file) };
    // Without anybody whose confidence it is, nothing can be said yet of how they stand to them.
    if !own || owed.is_some() {
        form.fault_if(stands.is_none(), "stands_as", Problem::Missing);
    }
    form.fault_if(!own && stands.is_some_and(GiverKind::is_own), "stands_as", Problem::NotAnOption);
    let sense = typed.sense.unwrap_or(ConsentSense::Confidence);
    let (able, shows) = able(form, with, typed, of.as_ref());
    let kept = stands.zip(able).zip(of);
    let capacity = kept.map(|((stands, able), of)| rules.kept_as(&of, able, stands, sense));
    let (powers, until) = match capacity.is_some_and(givers::by_paper) {
        true => {
            (form.required("powers", &typed.powers), form.day("powers_until", &typed.powers_until, with.now))
        }
        false => (form.text("powers", &typed.powers), None),
    };
    Some(ConsentGiver { person: typed.giver, name, capacity: capacity?, able: able?, shows, powers, until })
}

/// Whether the person can decide this today, and what shows it. It is asked where age makes it a question, and never
/// where it is known; where they are taken to be able, only something shown speaks against it.
fn able(
    form: &mut Form,
    with: &Asked<'_>,
    typed: &ConsentInput,
    of: Option<&Owed>,
) -> (Option<AbleToDecide>, String) {
    let answered = typed.act == Some(ConsentActKind::Answered);
    let found = typed.able.unwrap_or(AbleToDecide::NotSettled);
    let Some(of) = of else { return (Some(found), form.text("shows", &typed.shows)) };
    let words = &Words::of(with.family.language).consent;
    let by_age = with.rules.by_age(of);
    match by_age {
        ByAge::TooYoung => return (Some(AbleToDecide::NotAble), words.too_young.clone()),
        ByAge::Asked if answered => drop(form.chosen("able", typed.able)),
        ByAge::Asked | ByAge::Presumed => {}
    }
    let judged = match found {
        AbleToDecide::Able => by_age == ByAge::Asked,
        AbleToDecide::NotAble => true,
        AbleToDecide::NotSettled => false,
    };
    let shows = match judged && answered {
        true => form.required("shows", &typed.shows),
        false => form.text("shows", &typed.shows),
    };
    let able = with.rules.able(of, found);
    let presumed = found == AbleToDecide::NotSettled && able == AbleToDecide::Able && shows.is_empty();
    (Some(able), if presumed { words.presumed.clone() } else { shows })
}

/// What it is for.
pub(super) fn purpose(form: &mut Form, kind: Option<PurposeKind>, words: &str) -> Option<ConsentPurpose> {
    let kind = form.chosen("purpose_kind", kind);
    let words = form.required_name("purpose", words);
    Some(ConsentPurpose { kind: kind?, words })
}

/// To whom.
pub(super) fn recipients(
    form: &mut Form,
    r: &Reader<'_>,
    typed: &[ConsentRecipientInput],
) -> Vec<ConsentRecipient> {
    form.take(at_most(typed, "recipients"));
    form.fault_if(typed.is_empty(), "recipients", Problem::Missing);
    let mut all: Vec<ConsentRecipient> = Vec::new();
    for one in typed {
        let gone = one.contact.is_some_and(|contact| contacts::get(r, contact).is_err());
        form.fault_if(gone, "recipients", Problem::NotAnOption);
        let recipient = ConsentRecipient {
            contact: one.contact,
            name: form.required_name("recipients", &one.name),
            agency: form.name("recipients", &one.agency),
        };
        // Twice the same is one.
        if all.iter().all(|other| other.key() != recipient.key()) {
            all.push(recipient);
        }
    }
    all
}

/// What was asked about: kinds, and single notes of the file with the kinds that they are.
pub(super) fn things(form: &mut Form, typed: &ConsentInput, known: &BTreeSet<ItemId>) -> Vec<ConsentThing> {
    form.take(at_most(&typed.kinds, "kinds").and_then(|()| at_most(&typed.items, "items")));
    form.fault_if(typed.kinds.is_empty() && typed.items.is_empty(), "kinds", Problem::Missing);
    let foreign = typed.items.iter().any(|item| !known.contains(item));
    form.fault_if(foreign, "items", Problem::NotAnOption);
    form.fault_if(!typed.items.is_empty() && typed.item_kinds.is_empty(), "item_kinds", Problem::Missing);
    let all = typed.kinds.iter().chain(typed.item_kinds.iter().filter(|_| !typed.items.is_empty()));
    let safety = all.clone().any(|kind| *kind == InfoKind::Safeguarding);
    // What bears on safety never rides on a yes to help: it is asked about for what it is.
    let rides = typed.purpose_kind.is_some_and(|kind| !kind.carries_safeguarding());
    let asks = matches!(typed.act, Some(ConsentActKind::Asked | ConsentActKind::Answered));
    form.fault_if(safety && rides && asks, "kinds", Problem::NotAnOption);
    let kinds = typed.kinds.iter().map(|kind| ConsentThing::Kind { kind: *kind });
    let items =
        typed.items.iter().map(|item| ConsentThing::Item { item: *item, kinds: typed.item_kinds.clone() });
    kinds.chain(items).collect()
}

/// Each thing beside each recipient; of an answer, those for which something was said.
pub(super) fn cells(
    form: &mut Form,
    typed: &ConsentInput,
    things: &[ConsentThing],
    recipients: &[ConsentRecipient],
) -> Vec<ConsentCell> {
    if typed.act != Some(ConsentActKind::Answered) {
        let each = things.iter().flat_map(|what| {
            recipients.iter().map(|recipient| ConsentCell {
                what: what.clone(),
                recipient: recipient.clone(),
                answer: ConsentAnswer::Blank,
            })
        });
        return each.collect();
    }
    let mut cells = Vec::new();
    for said in typed.answers.iter().filter(|said| said.answer != ConsentAnswer::Blank) {
        let what = things.iter().find(|what| what.key() == said.what.key());
        // By the typed list, where the same recipient may stand twice.
        let named = typed.recipients.get(usize::from(said.recipient));
        let recipient = named.and_then(|named| {
            let named = ConsentRecipient {
                contact: named.contact,
                name: named.name.clone(),
                agency: named.agency.clone(),
            };
            recipients.iter().find(|one| one.key() == named.key())
        });
        // What is no longer asked about has no answer.
        if let Some((what, recipient)) = what.zip(recipient) {
            let (what, recipient) = (what.clone(), recipient.clone());
            cells.push(ConsentCell { what, recipient, answer: said.answer });
        }
    }
    form.fault_if(cells.is_empty(), "answers", Problem::Missing);
    cells
}
