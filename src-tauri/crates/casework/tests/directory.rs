//! The directory: what a contact says of its numbers, who is offered by name, and who never is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, children, directory, emergency, settings};
use support::*;

fn desk() -> ContactInput {
    ContactInput {
        name: "Ms Orla Sampleford".into(),
        role: Some(ContactRole::School),
        agency: "Fablewell Primary".into(),
        phone: "01632 960311".into(),
        out_of_hours: String::new(),
        email: "office@fablewell.example".into(),
        address: "2 Inkwell Lane, Fablewell".into(),
        safe_channel: "secure e-mail".into(),
        key: String::new(),
        is_verified: Some(true),
        verified_by: "Nia Exampleton".into(),
        verified_how: "rang the switchboard".into(),
        verified_source: "the council's list".into(),
        verified_on: DayTyped::from(clock_day(at(0))),
        verified_until: DayTyped::default(),
    }
}

fn clock_day(at: Moment) -> Day {
    sharewell_casework::clock::day_of(at)
}

fn faults<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Vec<(String, Code)> {
    let failure = Failure::from(done.unwrap_err());
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

#[test]
fn the_directory_is_by_the_alphabet_found_by_beginnings_of_words_and_shown_page_by_page() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for n in 0..60 {
        let one = ContactInput { name: format!("Desk {n:02}"), ..desk() };
        directory::add_contact(&mut vault, &one, at(1)).unwrap();
    }
    let first = ContactInput { name: "Árpád Inkley".into(), agency: "Police".into(), ..desk() };
    let id = directory::add_contact(&mut vault, &first, at(2)).unwrap();
    let page = directory::directory(&vault, "", None, at(3)).unwrap();
    assert_eq!((page.lines.len(), page.in_all), (50, 61));
    assert_eq!(page.lines[0].contact.id, id, "an accent stands under its letter");
    let own: Vec<_> = page.own.iter().map(|one| (one.role, one.phone.as_str())).collect();
    let all = [
        (ContactRole::FrontDoor, "01632 960203"),
        (ContactRole::Lead, "01632 960202"),
        (ContactRole::DesignatedOfficer, "01632 960205"),
    ];
    assert_eq!(own, all);
    let last = page.lines[49].contact.id;
    let behind = directory::directory(&vault, "", Some(last), at(3)).unwrap();
    assert_eq!((behind.lines.len(), behind.own.len()), (11, 0));
    assert_eq!(behind.lines[10].contact.name, "Desk 59");
    for number in ["01632 960311", "01632960311", "0163296", "960311"] {
        assert_eq!(directory::directory(&vault, number, None, at(3)).unwrap().in_all, 61, "{number}");
    }
    let found = directory::directory(&vault, "arp pol", None, at(3)).unwrap();
    assert_eq!(found.lines.iter().map(|one| one.contact.id).collect::<Vec<_>>(), [id]);
    assert!(directory::directory(&vault, "%", None, at(3)).is_ok());
    assert_eq!(directory::directory(&vault, "olice", None, at(3)).unwrap().in_all, 0, "beginnings of words");
}

#[test]
fn a_changed_number_asks_to_be_verified_again_and_what_was_removed_is_offered_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let id = directory::add_contact(&mut vault, &desk(), at(1)).unwrap();
    assert_eq!(directory::contact(&vault, id, at(2)).unwrap().state, ContactState::Verified);
    let moved = ContactInput { phone: "01632 960312".into(), ..desk() };
    assert_eq!(
        faults(directory::change_contact(&mut vault, id, &moved, " ", at(2))),
        [("reason".to_owned(), Code::ReasonMissing)]
    );
    directory::change_contact(&mut vault, id, &moved, "a new switchboard", at(3)).unwrap();
    let offered = directory::suggest(&vault, "orla", None, at(4)).unwrap();
    assert_eq!((offered[0].phone.as_str(), offered[0].state), ("01632 960312", ContactState::Changed));
    assert!(offered[0].verified_on.is_some(), "when it was made sure of is still told");
    directory::remove_contact(&mut vault, id, "left the school", at(5)).unwrap();
    assert!(directory::suggest(&vault, "orla", None, at(6)).unwrap().is_empty());
    assert!(directory::contact(&vault, id, at(6)).is_err());
    assert!(directory::change_contact(&mut vault, id, &moved, "again", at(7)).is_err());
}

#[test]
fn everything_that_is_wrong_with_a_contact_is_told_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let empty = ContactInput {
        name: " ".into(),
        role: None,
        is_verified: Some(true),
        verified_by: String::new(),
        verified_how: String::new(),
        verified_on: DayTyped::default(),
        ..desk()
    };
    let wrong = [
        ("name", Code::Missing),
        ("role", Code::Missing),
        ("verified_by", Code::Missing),
        ("verified_how", Code::Missing),
        ("verified_on.day", Code::DateMissing),
    ];
    let wrong = wrong.map(|(field, code)| (field.to_owned(), code));
    assert_eq!(faults(directory::add_contact(&mut vault, &empty, at(1))), wrong);
    let nothing = ContactInput { is_verified: None, ..desk() };
    assert_eq!(
        faults(directory::add_contact(&mut vault, &nothing, at(1))),
        [("is_verified".to_owned(), Code::Missing)]
    );
}

#[test]
fn a_number_or_an_address_that_reaches_nobody_is_told_at_its_box_before_it_is_relied_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let wrong = ContactInput {
        phone: "ask at the desk".into(),
        out_of_hours: "960311".into(),
        email: "office@fablewell".into(),
        ..desk()
    };
    let told = [
        ("phone", Code::NotANumber),
        ("out_of_hours", Code::NumberWithoutCode),
        ("email", Code::NotAnAddress),
    ];
    let told = told.map(|(field, code)| (field.to_owned(), code));
    assert_eq!(faults(directory::add_contact(&mut vault, &wrong, at(1))), told);
    let kind = ContactInput {
        phone: "+44 (0)1632 960311 ext. 204".into(),
        email: "Office <office@fablewell.example>".into(),
        ..desk()
    };
    let id = directory::add_contact(&mut vault, &kind, at(2)).unwrap();
    assert_eq!(directory::contact(&vault, id, at(3)).unwrap().contact.phone, kind.phone, "as it was typed");
    let nothing = ContactInput {
        phone: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        ..desk()
    };
    assert_eq!(
        faults(directory::add_contact(&mut vault, &nothing, at(4))),
        [("is_verified".to_owned(), Code::NothingToVerify)]
    );
}

#[test]
fn the_front_door_is_offered_for_what_people_call_it_and_the_officer_stands_there_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let with_officer = NewPractitioner { officer_phone: "01632 960205".into(), ..practitioner() };
    settings::save_practitioner(&mut vault, with_officer, "now known", at(1)).unwrap();
    let hall = ContactInput { role: Some(ContactRole::FrontDoor), name: "Duty desk".into(), ..desk() };
    directory::add_contact(&mut vault, &hall, at(1)).unwrap();
    for query in ["fab", "social care", "MASH", "front door", "Children's services", "gateway", "duty team"] {
        let offered = directory::suggest(&vault, query, Some(case), at(5)).unwrap();
        let first = offered.first().unwrap_or_else(|| panic!("nobody for {query}"));
        assert_eq!((first.role, first.contact), (ContactRole::FrontDoor, None), "{query}");
        assert!(offered.iter().any(|one| one.name == "Duty desk"), "{query}");
    }
    for query in ["lado", "designated off", "allegations"] {
        let offered = directory::suggest(&vault, query, Some(case), at(5)).unwrap();
        assert_eq!(offered[0].phone, "01632 960205", "{query}");
    }
    let own = directory::directory(&vault, "", None, at(5)).unwrap().own;
    assert!(own.iter().any(|one| one.role == ContactRole::DesignatedOfficer));
    assert!(directory::suggest(&vault, "police", None, at(5)).unwrap().is_empty(), "and for nothing else");
}

#[test]
fn nobody_protected_and_no_home_of_a_family_comes_in_or_is_offered() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother, ..) = family(&mut vault);
    let file = children::file_head(&vault, case, at(5)).unwrap();
    let home = file.people.iter().chain([&file.child]).find(|one| !one.person.address.is_empty());
    let name = file.people.iter().find(|one| one.person.id == mother).unwrap().person.name.clone();
    // In the directory before she was protected.
    let hers = ContactInput { name: name.clone(), address: String::new(), ..desk() };
    directory::add_contact(&mut vault, &hers, at(6)).unwrap();
    assert_eq!(directory::suggest(&vault, &name, None, at(6)).unwrap().len(), 1);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "she fled".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(7)).unwrap();
    assert!(directory::suggest(&vault, &name, None, at(8)).unwrap().is_empty());
    assert!(directory::suggest(&vault, &name, Some(case), at(8)).unwrap().is_empty());
    let again = faults(directory::add_contact(&mut vault, &hers, at(8)));
    assert_eq!(again, [("name".to_owned(), Code::NamesProtected)]);
    let _ = child;
    if let Some(home) = home {
        let there = ContactInput { address: home.person.address.clone(), ..desk() };
        let refused = faults(directory::add_contact(&mut vault, &there, at(9)));
        assert!(
            matches!(refused.as_slice(), [(field, Code::FamilyAddress | Code::NamesProtected)] if field == "address"),
            "{refused:?}"
        );
    }
    let refuge = ContactInput { agency: format!("with {name}"), address: String::new(), ..desk() };
    assert_eq!(
        faults(directory::add_contact(&mut vault, &refuge, at(9))),
        [("agency".to_owned(), Code::NamesProtected)]
    );
}

#[test]
fn the_numbers_of_the_first_start_are_offered_from_the_practitioners_own_details() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let moved = NewPractitioner { front_door_phone: "01632 960299".into(), ..practitioner() };
    settings::save_practitioner(&mut vault, moved, "a new number", at(1)).unwrap();
    let offered = directory::suggest(&vault, "fablewell fr", None, at(2)).unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(
        (offered[0].contact, offered[0].phone.as_str(), offered[0].out_of_hours.as_str()),
        (None, "01632 960299", "0808 157 0204"),
        "one home: what is changed there is changed here"
    );
}

fn share(check: Option<CheckedBy>, in_danger: bool) -> DisclosureInput {
    DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: "Ms Orla Sampleford".into(),
        recipient_role: "head teacher".into(),
        when: Some(LeftTyped::Now),
        check,
        checked: String::new(),
        in_danger,
        route: Some(Route::Telephone),
        what: "that she was not collected".into(),
        why: "so that somebody waits with her".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    }
}

#[test]
fn what_anybody_could_know_is_no_check_and_nothing_at_all_only_does_in_danger_and_stays_to_be_done() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    for no_check in CheckedBy::ALL.into_iter().filter(|one| !one.is_a_check()) {
        let refused =
            faults(children::record_disclosure(&mut vault, case, share(Some(no_check), false), at(5)));
        assert_eq!(refused, [("check".to_owned(), Code::NoCheck)], "{}", no_check.word());
    }
    let refused = faults(children::record_disclosure(&mut vault, case, share(None, false), at(5)));
    assert_eq!(refused, [("check".to_owned(), Code::Missing)]);
    let to_do = |vault: &mut sharewell_casework::Vault| {
        let view = children::child_file(vault, case, at(9)).unwrap();
        view.to_do.iter().filter(|one| one.duty == Duty::VerifyRecipient).count()
    };
    assert_eq!(to_do(&mut vault), 0);
    children::record_disclosure(&mut vault, case, share(Some(CheckedBy::RangBack), true), at(6)).unwrap();
    assert_eq!(to_do(&mut vault), 0, "who was made sure of is made sure of");
    children::record_disclosure(&mut vault, case, share(None, true), at(7)).unwrap();
    assert_eq!(to_do(&mut vault), 1);
    children::record_disclosure(&mut vault, case, share(Some(CheckedBy::NumberShown), true), at(8)).unwrap();
    assert_eq!(to_do(&mut vault), 2, "each recipient by themselves");
}

#[test]
fn when_it_left_is_kept_apart_from_when_it_was_written_and_is_never_to_come() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let left = |day: &str, time: &str| {
        let on = DayTyped(day.into());
        let when = Some(LeftTyped::At { on, time: time.into(), twice: None });
        DisclosureInput { when, ..share(Some(CheckedBy::KnownToMe), false) }
    };
    let id = children::record_disclosure(&mut vault, case, left("2026-10-5", "4.15pm"), at(5)).unwrap();
    let view = children::child_file(&mut vault, case, at(6)).unwrap();
    let line = view.disclosures.iter().find(|one| one.id == id).unwrap();
    assert_eq!(line.at, moment("2026-10-05T15:15:00Z"));
    let told = view.timeline.iter().find(|one| matches!(one.what, TimelineWhat::Disclosure { .. })).unwrap();
    assert_eq!(told.occurred, Occurred::Moment { at: line.at });
    assert_eq!(told.recorded_at, at(5));
    let early = faults(children::record_disclosure(&mut vault, case, left("2026-10-7", "9:00"), at(7)));
    assert_eq!(early, [("at.day".to_owned(), Code::DayToCome)]);
    let open = faults(children::record_disclosure(&mut vault, case, left("2026-10-5", ""), at(7)));
    assert_eq!(open, [("at.time".to_owned(), Code::TimeMissing)]);
}

#[test]
fn whoever_was_rung_in_danger_on_a_number_that_was_not_looked_up_is_still_to_be_made_sure_of() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    directory::add_contact(&mut vault, &desk(), at(1)).unwrap();
    let unsure = |number: &str, vault: &mut sharewell_casework::Vault, n: i64| {
        let attempt = AttemptInput {
            who: "Duty desk".into(),
            number: number.into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        };
        let told = EmergencyInput {
            case: Some(case),
            child: String::new(),
            attempts: vec![attempt],
            told: "she is not breathing well".into(),
            others_at_risk: String::new(),
            worker_safe: Some(true),
        };
        let told = emergency::record_emergency(vault, None, told, at(n)).unwrap();
        let write_up = WriteUpInput {
            case: Some(case),
            account: "I rang".into(),
            why_urgent: "she could not wait".into(),
            explained: "not yet".into(),
            held_back: String::new(),
            staff: false,
            restricted_file: None,
        };
        emergency::write_up_emergency(vault, told.id, write_up, at(n + 1)).unwrap();
        let view = children::child_file(vault, case, at(n + 2)).unwrap();
        let mine = |one: &&ToDoLine| one.duty == Duty::VerifyRecipient && one.emergency == Some(told.id);
        view.to_do.iter().filter(mine).count()
    };
    for (n, number) in [(10, "999"), (20, "01632960203"), (30, "01632 960 311")] {
        assert_eq!(unsure(number, &mut vault, n), 0, "{number} was looked up");
    }
    for (n, number) in [(40, "withheld"), (50, ""), (60, "01632 960999")] {
        assert_eq!(unsure(number, &mut vault, n), 1, "{number} was not");
    }
}

#[test]
fn a_record_of_a_share_takes_from_its_decision_what_stands_there_until_it_is_written_down() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let mut draft = signing(&outcome);
    draft.recipient.reach = "01632 960311, from the council's list".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    let known = children::shares_to_record(&vault, case).unwrap();
    let [one] = known.as_slice() else { panic!("one decision: {known:?}") };
    assert_eq!((one.decision, one.open, one.route), (signed.id, true, Some(Route::Telephone)));
    assert_eq!(one.what, "That Ayla comes without breakfast.");
    assert_eq!(one.why, "The mornings weigh more than the unease.");
    assert!(!one.recipient.is_empty());
    let written = DisclosureInput { decision: Some(signed.id), ..share(Some(CheckedBy::RangBack), false) };
    children::record_disclosure(&mut vault, case, written, at(82)).unwrap();
    assert!(!children::shares_to_record(&vault, case).unwrap()[0].open, "nothing is left to be written down");
}
