//! What a family's answers come to: the allowed moves, and the cases in which a status was once read wrongly.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/consent_world.rs"]
mod world;

use sharewell_records::*;
use world::*;

use AbleToDecide::{Able, NotAble, NotSettled};
use ConsentAnswer::{No, NotThisOne, Thinking, Yes};
use InfoKind::{Health, Safeguarding, School};

const MOVES: &str = include_str!("consent_moves.txt");

#[test]
fn every_move_is_allowed_or_not_as_it_is_written_down() {
    let mut table = String::new();
    for state in ConsentState::ALL {
        let moves = ConsentStep::ALL.map(|step| {
            let after = state.after(step).map_or("-", ConsentState::word);
            format!("{} {after}", step.word())
        });
        table.push_str(&format!("{}: {}\n", state.word(), moves.join(", ")));
    }
    assert_eq!(table, MOVES, "the moves as they are now");
}

#[test]
fn every_cell_starts_at_not_asked() {
    assert_eq!(state(&[], Health), ConsentState::NotAsked);
    let asked = [does(1, Some(mother()), Health, ConsentAct::Asked)];
    assert_eq!(state(&asked, Health), ConsentState::Requested);
    assert_eq!(state(&asked, School), ConsentState::NotAsked);
}

#[test]
fn two_parents_who_agree_to_different_things_have_not_given_it() {
    let events = [says(1, mother(), Health, Yes), says(2, father(), School, Yes)];
    assert_eq!(state(&events, Health), ConsentState::DifferentThings);
    assert_eq!(state(&events, School), ConsentState::DifferentThings);
    assert_eq!(ConsentState::DifferentThings.permission(), Permission::Disagree);
}

#[test]
fn two_parents_who_say_yes_and_no_stand_side_by_side_and_consent_is_no_ground() {
    let events = [says(1, mother(), Health, Yes), says(2, father(), Health, No)];
    let stands = folded(&events, at(10)).stands(&wanted(ThingKey::Kind(Health), &[], &school()));
    assert_eq!(stands.state, ConsentState::Disagree);
    let said: Vec<_> = stands.givers.iter().map(|one| one.state).collect();
    assert_eq!(said, [ConsentState::Given, ConsentState::Refused], "neither is overwritten");
}

#[test]
fn whoever_has_no_say_is_heard_and_counts_for_nothing() {
    let no_say = || giver(FATHER, GiverCapacity::NoSay, NotAble);
    let no = [says(1, mother(), Health, Yes), says(2, no_say(), Health, No)];
    assert_eq!(state(&no, Health), ConsentState::Given);
    assert_eq!(state(&[says(1, no_say(), Health, Yes)], Health), ConsentState::NotAsked);
}

#[test]
fn a_child_who_cannot_decide_takes_nothing_from_a_parents_yes() {
    let events = [says(1, child(NotAble), Health, No), says(2, mother(), Health, Yes)];
    assert_eq!(state(&events, Health), ConsentState::Given);
    let events = [says(1, mother(), Health, Yes), says(2, child(NotAble), Health, Yes)];
    assert_eq!(state(&events, Health), ConsentState::Given);
}

#[test]
fn a_child_who_can_decide_comes_before_parents_whatever_they_say() {
    let yes = [says(1, child(Able), Health, Yes), says(2, mother(), Health, No)];
    assert_eq!(state(&yes, Health), ConsentState::Given);
    let no = [says(1, child(Able), Health, No), says(2, mother(), Health, Yes)];
    assert_eq!(state(&no, Health), ConsentState::Refused);
    let thinks = [says(1, mother(), Health, Yes), says(2, child(Able), Health, Thinking)];
    assert_eq!(state(&thinks, Health), ConsentState::Thinking);
}

#[test]
fn a_childs_no_is_not_undone_while_nobody_settled_whether_they_can_decide() {
    let events = [says(1, child(NotSettled), Health, No), says(2, mother(), Health, Yes)];
    assert_eq!(state(&events, Health), ConsentState::Disagree);
    let yes = [says(1, child(NotSettled), Health, Yes)];
    assert_eq!(state(&yes, Health), ConsentState::NotAsked, "their yes carries nothing yet");
}

#[test]
fn a_council_that_holds_responsibility_and_a_mother_who_says_no_disagree() {
    let council = ConsentGiver {
        person: None,
        name: "Sampleshire Council".into(),
        ..giver(MOTHER, GiverCapacity::OrderHolder, NotAble)
    };
    let events = [says(1, council.clone(), Health, Yes), says(2, mother(), Health, No)];
    assert_eq!(state(&events, Health), ConsentState::Disagree);
    let until = Some(day("2026-03-02"));
    let ended = [says(1, ConsentGiver { until, ..council }, Health, Yes)];
    assert_eq!(state(&ended, Health), ConsentState::Expired, "the order has ended");
}

#[test]
fn an_attorney_decides_only_where_the_person_cannot_today() {
    for (able, state_then) in
        [(NotAble, ConsentState::Given), (Able, ConsentState::NotAsked), (NotSettled, ConsentState::NotAsked)]
    {
        let attorney = giver(MOTHER, GiverCapacity::Attorney, able);
        assert_eq!(state(&[says(1, attorney, Health, Yes)], Health), state_then, "{}", able.word());
    }
}

#[test]
fn one_parents_withdrawal_strikes_out_nobody_elses_yes() {
    let both = vec![says(1, mother(), Health, Yes), says(2, father(), Health, Yes)];
    let mut events = both.clone();
    events.push(does(3, Some(father()), Health, withdrawn()));
    assert_eq!(state(&events, Health), ConsentState::Given);
    events.push(does(4, Some(mother()), Health, withdrawn()));
    assert_eq!(state(&events, Health), ConsentState::Withdrawn);
    assert_eq!(state_at(&events, ThingKey::Kind(Health), &school(), at(2)), ConsentState::Given, "that day");
}

#[test]
fn what_was_recorded_in_error_was_never_true_and_is_not_withdrawn() {
    let yes = says(1, mother(), Health, Yes);
    let wrong = |minute, event: &ConsentEvent| {
        let why = "It belongs in another file".into();
        does(minute, Some(mother()), Health, ConsentAct::InError { event: event.id, why })
    };
    let error = wrong(5, &yes);
    let events = [yes.clone(), error.clone()];
    assert_eq!(state(&events, Health), ConsentState::InError);
    assert_eq!(
        state_at(&events, ThingKey::Kind(Health), &school(), at(2)),
        ConsentState::InError,
        "backwards, on the day of the share too"
    );
    assert_eq!(state(&[yes.clone(), error.clone(), wrong(6, &error)], Health), ConsentState::Given);
    let withdrawn = does(3, Some(mother()), Health, withdrawn());
    let struck = wrong(6, &withdrawn);
    assert_eq!(state(&[yes, withdrawn, struck], Health), ConsentState::Given, "a withdrawal that never was");
}

#[test]
fn no_answer_is_not_a_no_and_not_a_yes() {
    let tried = || ConsentAct::NoAnswer { tries: 3, words: String::new() };
    let events =
        [does(1, Some(mother()), Health, ConsentAct::Asked), does(2, Some(mother()), Health, tried())];
    assert_eq!(state(&events, Health), ConsentState::NoAnswer);
    assert_eq!(ConsentState::NoAnswer.permission(), Permission::NotAsked);
    let yes = [says(1, mother(), Health, Yes), does(2, Some(mother()), Health, tried())];
    assert_eq!(state(&yes, Health), ConsentState::Given, "what was said stands");
}

#[test]
fn nobody_asked_is_no_refusal_and_takes_nothing_from_an_answer() {
    let why = || ConsentAct::NotSought { why: NotSoughtWhy::ChildHarm, words: String::new() };
    assert_eq!(state(&[does(1, None, Health, why())], Health), ConsentState::NotSought);
    assert!(!ConsentState::NotSought.is_no());
    let no = [says(1, mother(), Health, No), does(2, None, Health, why())];
    assert_eq!(state(&no, Health), ConsentState::Refused);
}

#[test]
fn a_yes_ends_after_its_last_day_and_is_read_so_without_being_written() {
    let yes = ConsentEvent { until: Some(day("2026-03-10")), ..says(1, mother(), Health, Yes) };
    let on = |text: &str| london_at(day(text), chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    let of = |text| state_at(std::slice::from_ref(&yes), ThingKey::Kind(Health), &school(), on(text));
    assert_eq!(of("2026-03-10"), ConsentState::Given);
    assert_eq!(of("2026-03-11"), ConsentState::Expired);
    let later = ConsentEvent { from: Some(day("2026-03-05")), ..yes.clone() };
    let early = state_at(&[later], ThingKey::Kind(Health), &school(), on("2026-03-04"));
    assert_eq!(early, ConsentState::NotYet);
}

#[test]
fn one_note_that_is_left_out_stays_out_of_the_kind_that_may_go() {
    let health = [Health];
    let item = ThingKey::Item(NOTE);
    let yes = says(1, mother(), Health, Yes);
    let not_this = event(2, Some(mother()), answered(), vec![cell(note(&health), school(), NotThisOne)]);
    let of = |events: &[ConsentEvent], kinds: &[InfoKind]| {
        folded(events, at(10)).stands(&wanted(item, kinds, &school())).state
    };
    assert_eq!(of(std::slice::from_ref(&yes), &health), ConsentState::Given);
    assert_eq!(of(&[yes.clone(), not_this.clone()], &health), ConsentState::NotThisOne);
    assert_eq!(of(std::slice::from_ref(&yes), &[]), ConsentState::NotAsked, "of no known kind");
    assert_eq!(
        of(std::slice::from_ref(&yes), &[Health, School]),
        ConsentState::NotAsked,
        "every kind must carry it"
    );
    let this_one = event(3, Some(mother()), answered(), vec![cell(note(&health), school(), Yes)]);
    let none = says(1, mother(), Health, No);
    assert_eq!(of(&[none, this_one.clone()], &health), ConsentState::Given, "the narrowest wins");
    let none_after = says(4, mother(), Health, No);
    assert_eq!(of(&[this_one, none_after], &health), ConsentState::Refused, "but not a later no to all");
}

#[test]
fn what_bears_on_safety_never_rides_on_a_yes_to_help() {
    let events = [
        says(1, mother(), Health, Yes),
        event(2, Some(mother()), answered(), vec![cell(note(&[Safeguarding]), school(), Yes)]),
    ];
    let of = |kinds: &[InfoKind]| {
        folded(&events, at(10)).permission(&wanted(ThingKey::Item(NOTE), kinds, &school()))
    };
    assert_eq!(of(&[]), Permission::OtherPurpose);
    assert_eq!(of(&[Health]), Permission::OtherPurpose);
}

#[test]
fn a_yes_in_one_sense_for_one_purpose_and_one_recipient_is_none_in_another() {
    let events = [says(1, mother(), Health, Yes)];
    let fold = folded(&events, at(10));
    let to_school = school();
    let asked = wanted(ThingKey::Kind(Health), &[], &to_school);
    assert_eq!(fold.permission(&asked), Permission::Given);
    assert_eq!(fold.permission(&Wanted { sense: ConsentSense::Service, ..asked }), Permission::NotAsked);
    assert_eq!(fold.permission(&Wanted { recipient: &gp(), ..asked }), Permission::NotAsked);
    let other = ConsentPurpose { words: "Parenting course".into(), ..support() };
    assert_eq!(fold.permission(&Wanted { purpose: &other, ..asked }), Permission::NotAsked);
    let spelt = ConsentPurpose { words: " breakfast  CLUB".into(), ..support() };
    assert_eq!(fold.permission(&Wanted { purpose: &spelt, ..asked }), Permission::Given);
    assert_eq!(fold.permission(&Wanted { owed: MOTHER, ..asked }), Permission::NotAsked);
}

#[test]
fn a_no_reaches_whoever_may_be_meant_and_a_yes_only_whom_it_named() {
    let named = ConsentRecipient { contact: None, ..school() };
    let to_named = |minute, answer| {
        event(minute, Some(mother()), answered(), vec![cell(kind(Health), named.clone(), answer)])
    };
    let of = |events: &[ConsentEvent]| state_at(events, ThingKey::Kind(Health), &school(), at(10));
    assert_eq!(of(&[to_named(1, Yes)]), ConsentState::NotAsked);
    assert_eq!(of(&[says(1, mother(), Health, Yes), to_named(2, No)]), ConsentState::Refused);
    assert_eq!(of(&[to_named(1, No), says(2, mother(), Health, Yes)]), ConsentState::Given, "said since");
}

#[test]
fn what_an_event_cannot_move_is_told() {
    let fold = folded(&[says(1, mother(), Health, No)], at(10));
    let withdraws = does(5, Some(mother()), Health, withdrawn());
    assert_eq!(fold.cannot_move(&withdraws), [0], "there is no yes to take back");
    assert!(fold.cannot_move(&says(5, mother(), Health, Yes)).is_empty());
}

#[test]
fn words_that_were_changed_are_not_the_words_that_were_shown() {
    let shown = ConsentWording::of("May we tell the school?".into(), "2026-03".into(), "en".into());
    assert!(shown.is_whole());
    assert!(!ConsentWording { text: "May we tell everybody?".into(), ..shown }.is_whole());
}

#[test]
fn a_new_answer_takes_the_place_of_the_former_and_the_former_is_still_told() {
    let first = says(1, mother(), Health, Yes);
    let again = says(2, mother(), Health, No);
    let others = says(3, father(), Health, Yes);
    let fold = folded(&[first.clone(), again.clone(), others.clone()], at(10));
    assert_eq!(fold.replaced_by(first.id).collect::<Vec<_>>(), [again.id]);
    assert!(!fold.is_last_word(first.id) && fold.is_last_word(again.id));
    assert_eq!(fold.replaced_by(again.id).count(), 0, "another's answer takes nothing from it");
    let asked = does(4, Some(mother()), Health, ConsentAct::Asked);
    let fold = folded(&[first.clone(), asked], at(10));
    assert_eq!(fold.replaced_by(first.id).count(), 0, "whoever is asked once more has said what they said");
    assert!(fold.is_last_word(first.id));
}

#[test]
fn what_somebody_said_for_one_purpose_can_be_replaced_as_a_whole() {
    let events =
        [says(1, mother(), Health, Yes), says(2, mother(), School, No), says(3, father(), Health, Yes)];
    let fold = folded(&events, at(10));
    let said = fold.said_by(CHILD, ConsentSense::Confidence, &support(), &mother().key());
    let things: Vec<_> = said.iter().map(|cell| cell.what.key()).collect();
    assert_eq!(things, [ThingKey::Kind(School), ThingKey::Kind(Health)]);
    let other = ConsentPurpose { kind: PurposeKind::Health, words: "A letter".into() };
    assert!(fold.said_by(CHILD, ConsentSense::Confidence, &other, &mother().key()).is_empty());
}

fn named(name: &str, agency: &str) -> ConsentRecipient {
    ConsentRecipient { contact: None, name: name.into(), agency: agency.into() }
}

#[test]
fn two_bodies_are_never_one_for_having_a_name_in_common() {
    let row = named("Mrs Fictley", "Imaginary Row Primary");
    assert!(!row.may_be(&named("Mrs Fictley", "Imaginary Road Primary")));
    assert!(row.may_be(&named("mrs  FICTLEY", "")), "an agency that was left open may be any");
    assert!(row.may_be(&named("Mrs Fictley", "Head, Imaginary Row Primary")));
    let contact = |id: u128| ConsentRecipient {
        contact: Some(ContactId(uuid::Uuid::from_u128(id))),
        ..named("Madeup Surgery", "")
    };
    assert!(!contact(1).may_be(&contact(2)), "the directory tells them apart");
    assert!(contact(1).may_be(&contact(1)) && contact(1).may_be(&named("Madeup Surgery", "")));
    let to = |minute, id, answer| ConsentEvent {
        cells: vec![cell(kind(Health), contact(id), answer)],
        ..says(minute, mother(), Health, answer)
    };
    let (no, yes) = (to(1, 1, No), to(2, 2, Yes));
    let stands = folded(&[no, yes], at(10)).stands(&wanted(ThingKey::Kind(Health), &[], &contact(2)));
    assert_eq!(stands.state, ConsentState::Given, "a no to one surgery is none to another");
}

#[test]
fn a_name_that_only_begins_another_is_anothers() {
    let mary = named("St Mary", "");
    assert!(!mary.is_named_in("St Mary's Hospital") && !mary.is_named_in("Head, St Mary Annex"));
    let school = named("Madeup Primary", "");
    assert!(
        school.is_named_in("Head, Madeup Primary") && school.is_named_in("Head of MADEUP primary (infants)")
    );
    assert!(!school.is_named_in("") && !named("", "").is_named_in("Madeup Primary"));
}

#[test]
fn striking_an_answer_about_a_note_does_not_say_what_the_note_is() {
    let about =
        ConsentEvent { cells: vec![cell(note(&[Health]), school(), No)], ..says(1, mother(), Health, No) };
    let kind = says(2, mother(), Health, Yes);
    let act = ConsentAct::InError { event: about.id, why: "Another child's".into() };
    let strikes =
        ConsentEvent { act, ..ConsentEvent { id: says(3, mother(), Health, Yes).id, ..about.clone() } };
    let fold = folded(&[about, kind, strikes], at(10));
    let stands = fold.stands(&wanted(ThingKey::Item(NOTE), &[], &school()));
    assert_eq!(stands.state.permission(), Permission::NotAsked, "nobody said that this note is about health");
}
