//! The agency behind a vault: its profile is taken in as it was shown, binds what it may bind, and stops nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Error, Vault, agency, agency_numbers, children, directory, emergency, handover, settings, start,
};
use sharewell_exchange::enrolment::Request;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::profile::{AgencyProfile, Service};
use sharewell_exchange::{PublicKey, Signer as _};
use support::agency::{Agency, as_shown, take, uuid};
use support::allegation::{opened, refused, told};
use support::*;

/// A vault that works under an agency's profile.
fn desk() -> (tempfile::TempDir, Vault, Agency) {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let agency = Agency::new(9);
    let path = agency.write(dir.path(), &agency.profile(1));
    take(&mut vault, &path);
    (dir, vault, agency)
}

#[test]
fn a_profile_counts_once_its_fingerprint_was_compared_and_is_what_was_shown() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let agency = Agency::new(9);
    let path = agency.write(dir.path(), &agency.profile(1));
    assert!(agency::agency_page(&vault, at(1)).unwrap().profile.is_none());
    let preview = agency::preview_profile(&vault, &path, at(1)).unwrap();
    assert!(preview.before.is_none() && preview.changed.is_empty() && !preview.other_agency);
    assert_eq!(preview.profile.fingerprint, agency.signing.public_key().fingerprint());
    assert_eq!(preview.profile.stands, ProfileStands::Current);
    assert!(agency::agency_page(&vault, at(1)).unwrap().profile.is_none(), "looking takes nothing in");

    let typed = as_shown(&vault, &path);
    let not = TakeProfile { compared: false, ..typed.clone() };
    let code = refused(agency::take_profile(&mut vault, &not, at(2)));
    assert_eq!(code, (Code::NotCompared, Some("compared".into())));
    std::fs::write(&path, agency.profile(1).sign(&agency.signing).unwrap()).unwrap();
    let changed = refused(agency::take_profile(&mut vault, &typed, at(2)));
    assert_eq!(changed.0, Code::PackFileChanged, "another key for the lead makes it another file");

    let page = take(&mut vault, &path);
    assert_eq!(page.profile.unwrap().name, "Fablewell Community Health");
    assert!(page.can_recover);
    let keys = handover::handover_page(&vault).unwrap();
    assert!(keys.has_profile);
    let names: Vec<_> = keys.recipients.iter().map(|key| key.name.as_str()).collect();
    assert!(
        names.contains(&"Fablewell Community Health") && names.contains(&"Designated officer, Fablewell")
    );
}

#[test]
fn whom_to_ring_stands_in_the_directory_without_being_typed_and_as_the_agency_vouches_for_it() {
    let (dir, mut vault, agency) = desk();
    let numbers = |new, changed, refused| AgencyNumbers { new, changed, refused };
    assert_eq!(agency_numbers::agency_numbers(&vault, at(2)).unwrap(), numbers(2, 0, 0));
    assert!(directory::directory(&vault, "", None, at(2)).unwrap().lines.is_empty(), "nothing by itself");

    assert_eq!(agency_numbers::take_agency_numbers(&mut vault, at(3)).unwrap(), numbers(2, 0, 0));
    let there = |vault: &Vault, name: &str| {
        let found = directory::directory(vault, name, None, at(4)).unwrap().lines;
        let found: Vec<_> = found.into_iter().filter(|one| one.contact.name.starts_with(name)).collect();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found.into_iter().next().unwrap()
    };
    let door = there(&vault, "First Response");
    assert_eq!((door.contact.role, door.state), (ContactRole::FrontDoor, ContactState::Verified));
    assert_eq!(door.contact.verified.unwrap().until, Some(agency.profile(1).expires));
    let officer = there(&vault, "Designated officer");
    assert_eq!(officer.contact.role, ContactRole::DesignatedOfficer);
    assert_eq!(agency_numbers::take_agency_numbers(&mut vault, at(5)).unwrap(), numbers(0, 0, 0), "once");

    // What was noted besides stays; whoever is protected is in no list of contacts.
    let (case, _, mother) = family(&mut vault);
    let file = children::child_file(&mut vault, case, at(6)).unwrap();
    let protected = file.people.iter().find(|one| one.person.id == mother).unwrap().person.name.clone();
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "She fled".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    let typed = ContactInput { safe_channel: "The secure mailbox".into(), ..as_typed(&door.contact.name) };
    directory::change_contact(&mut vault, door.contact.id, &typed, "They told us", at(6)).unwrap();
    let mut next = agency.profile(2);
    next.front_doors[0].phone = "01632 960299".into();
    next.advisers = vec![Service { name: protected, ..next.front_doors[0].clone() }];
    take(&mut vault, &agency.write(dir.path(), &next));
    assert_eq!(agency_numbers::agency_numbers(&vault, at(7)).unwrap(), numbers(0, 1, 1));
    agency_numbers::take_agency_numbers(&mut vault, at(8)).unwrap();
    let door = there(&vault, "First Response");
    assert_eq!(
        (door.contact.phone.as_str(), door.contact.safe_channel.as_str(), door.state),
        ("01632 960299", "The secure mailbox", ContactState::Verified)
    );
    assert_eq!(agency_numbers::agency_numbers(&vault, at(9)).unwrap(), numbers(0, 0, 1));
}

fn as_typed(name: &str) -> ContactInput {
    ContactInput {
        name: name.into(),
        role: Some(ContactRole::FrontDoor),
        agency: "Fablewell Community Health".into(),
        phone: "01632 960211".into(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: String::new(),
        is_verified: Some(false),
        verified_by: String::new(),
        verified_how: String::new(),
        verified_source: String::new(),
        verified_on: DayTyped::default(),
        verified_until: DayTyped::default(),
    }
}

#[test]
fn an_older_profile_never_takes_the_place_of_a_newer_one() {
    let (dir, mut vault, agency) = desk();
    let mut next = agency.profile(3);
    next.lock_minutes = Some(10);
    next.name = "Fablewell Health and Care".into();
    next.people.clear();
    let path = agency.write(dir.path(), &next);
    let preview = agency::preview_profile(&vault, &path, at(3)).unwrap();
    assert_eq!(preview.changed, [ProfilePart::Name, ProfilePart::People, ProfilePart::LockMinutes]);
    assert_eq!(preview.before.unwrap().serial, 1);
    take(&mut vault, &path);
    for serial in [1, 2] {
        let older = agency.write(dir.path(), &agency.profile(serial));
        assert_eq!(refused(agency::preview_profile(&vault, &older, at(4))).0, Code::ProfileNotNewer);
        let shown = Sha256::of(&[&std::fs::read(&older).unwrap()]).to_string();
        let path = older.to_str().unwrap().to_owned();
        let typed = TakeProfile { path, shown, compared: true, other_agency: true };
        assert_eq!(refused(agency::take_profile(&mut vault, &typed, at(4))).0, Code::ProfileNotNewer);
    }
    assert_eq!(agency::agency_page(&vault, at(5)).unwrap().profile.unwrap().serial, 3);
}

#[test]
fn another_agency_is_agreed_to_and_going_back_keeps_its_floor() {
    let (dir, mut vault, first) = desk();
    let second = Agency::new(10);
    let path = second.write(dir.path(), &second.profile(1));
    let preview = agency::preview_profile(&vault, &path, at(3)).unwrap();
    assert!(preview.other_agency && preview.other_key);
    let typed = as_shown(&vault, &path);
    assert_eq!(
        refused(agency::take_profile(&mut vault, &typed, at(3))),
        (Code::OtherAgency, Some("other_agency".into()))
    );
    agency::take_profile(&mut vault, &TakeProfile { other_agency: true, ..typed }, at(4)).unwrap();
    assert!(agency::agency_page(&vault, at(5)).unwrap().can_recover, "the slot is the second agency's now");
    let back = first.write(dir.path(), &first.profile(1));
    assert_eq!(refused(agency::preview_profile(&vault, &back, at(6))).0, Code::ProfileNotNewer);
    let newer = first.write(dir.path(), &first.profile(2));
    assert!(agency::preview_profile(&vault, &newer, at(6)).unwrap().other_agency);
}

#[test]
fn what_is_no_profile_is_refused_whatever_is_wrong_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(&dir.path().join("vault"));
    let agency = Agency::new(9);
    let whole = agency.profile(1).sign(&agency.signing).unwrap();
    let path = dir.path().join("x.sharewell-profile");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    let huge = vec![b'{'; 2 * 1024 * 1024];
    for (bytes, what) in [
        (&b""[..], "empty"),
        (b"{\"body\":\"x\",\"jws\":\"y\"}", "no signature"),
        (&whole[..whole.len() / 2], "cut short"),
        (&changed, "changed"),
        (&huge, "far too large"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(refused(agency::preview_profile(&vault, &path, at(1))).0, Code::NotAProfile, "{what}");
    }
    let gone = refused(agency::preview_profile(&vault, &dir.path().join("none"), at(1)));
    assert_eq!(gone.0, Code::FileUnreadable);
}

/// Everything that must go on whatever a profile says.
fn work(vault: &mut Vault, from: i64) {
    let name = format!("Ayla Sampleton {from}");
    let case = children::open_case(vault, new_case(&name, Nation::England), at(from)).unwrap();
    let child = children::file_head(vault, case, at(from)).unwrap().child.person.id;
    children::add_item(vault, case, item("She came without a coat.", vec![child]), at(from + 1)).unwrap();
    let rung = EmergencyInput {
        case: Some(case),
        child: String::new(),
        attempts: vec![AttemptInput {
            who: "Police".into(),
            number: "999".into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        }],
        told: "She is hurt.".into(),
        others_at_risk: String::new(),
        worker_safe: Some(true),
    };
    emergency::record_emergency(vault, None, rung, at(from + 2)).unwrap();
    let outcome = answer_all(vault, case, &refusal(), from + 3);
    sign_off(vault, outcome.decision, signing(&outcome), at(from + 80)).unwrap();
}

#[test]
fn a_profile_that_ran_out_or_is_of_a_day_to_come_warns_and_stops_nothing() {
    for (issued, expires, stands) in [
        (day(2025, 1, 1), day(2025, 12, 31), ProfileStands::RunOut),
        (day(2027, 1, 1), day(2027, 12, 31), ProfileStands::NotYet),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(&dir.path().join("vault"));
        let agency = Agency::new(9);
        // Everything that an agency could want, and a lead who countersigns every decision.
        let mut profile = agency.profile(1);
        (profile.issued, profile.expires) = (issued, expires);
        profile.wanted = WantedField::ALL.to_vec();
        profile.countersign =
            vec![CountersignRule { of: ToCountersign::Every, by: Role::Lead, within_working_days: 0 }];
        profile.legal_hold = "Nothing is disposed of.".into();
        let path = agency.write(dir.path(), &profile);
        assert_eq!(agency::preview_profile(&vault, &path, at(1)).unwrap().profile.stands, stands);
        take(&mut vault, &path);
        work(&mut vault, 10);
        let chosen = handover::every_case(&vault).unwrap();
        let to = agency.encryption.recipient().to_string();
        let out = dir.path().join("out.sharewell");
        handover::make_handover(&mut vault, &chosen, &to, &out, at(200)).unwrap();
        assert_eq!(agency::agency_page(&vault, at(201)).unwrap().profile.unwrap().stands, stands);
    }
}

#[test]
fn a_handover_says_whose_profile_stood_behind_it_also_when_it_is_written_again() {
    let (dir, mut vault, agency) = desk();
    let (case, _, _) = family(&mut vault);
    let (to, path) = (agency.encryption.recipient().to_string(), dir.path().join("out.sharewell"));
    let made = handover::make_handover(&mut vault, &[case], &to, &path, at(20)).unwrap();
    let first = opened(&vault, &path, &agency.encryption);
    let next = agency.write(dir.path(), &agency.profile(2));
    take(&mut vault, &next);
    handover::rebuild_handover(&mut vault, made.id, &path, at(30)).unwrap();
    let again = opened(&vault, &path, &agency.encryption);
    assert_eq!((again.lines, again.info.replaces), (first.lines, Some(made.id)), "the same entries");
}

#[test]
fn what_the_agency_wants_is_asked_for_before_a_handover_and_stops_none() {
    let (dir, mut vault, agency) = desk();
    let (case, _, _) = family(&mut vault);
    let mut next = agency.profile(2);
    next.wanted = vec![WantedField::ChildBirth, WantedField::ChildAddress, WantedField::ParentPhone];
    let path = agency.write(dir.path(), &next);
    take(&mut vault, &path);
    let to = agency.encryption.recipient().to_string();
    let ask = HandoverAsk::of(&[case], &to);
    let lacks = handover::handover_offer(&vault, &ask).unwrap().lacks;
    let [one] = lacks.as_slice() else { panic!("{lacks:?}") };
    assert_eq!((one.case, one.name.as_str()), (case, "Ayla Sampleton"));
    assert_eq!(one.what, [WantedField::ChildAddress, WantedField::ParentPhone], "the birth is known");
    handover::check_handover(&vault, &ask).unwrap();
    handover::make_handover(&mut vault, &[case], &to, &dir.path().join("out.sharewell"), at(20)).unwrap();
}

#[test]
fn a_restricted_file_goes_to_the_designated_officer_alone() {
    let mut told = told();
    let agency = Agency::new(9);
    let path = agency.write(told.dir.path(), &agency.profile(1));
    take(&mut told.vault, &path);
    let (child, apart) = (told.child, told.apart);
    let out = told.path("out.sharewell");
    let to_agency = agency.encryption.recipient().to_string();
    let to_officer = agency.officer.recipient().to_string();
    let refusal = refused(handover::make_handover(&mut told.vault, &[apart], &to_agency, &out, at(200)));
    assert_eq!(refusal, (Code::OfficerAlone, Some("recipient".into())));
    assert!(!out.exists());
    handover::make_handover(&mut told.vault, &[apart], &to_officer, &out, at(201)).unwrap();
    let read = opened(&told.vault, &out, &agency.officer);
    assert_eq!(read.info.recipients, [agency.officer.recipient()], "to nobody beside them");
    let beside = told.path("child.sharewell");
    handover::make_handover(&mut told.vault, &[child], &to_agency, &beside, at(202)).unwrap();
}

#[test]
fn where_the_agency_names_no_officer_a_restricted_file_waits_for_one() {
    let mut told = told();
    let agency = Agency::new(9);
    let path = agency.write(told.dir.path(), &AgencyProfile { officer: None, ..agency.profile(1) });
    take(&mut told.vault, &path);
    let (apart, out) = (told.apart, told.path("out.sharewell"));
    let to = agency.encryption.recipient().to_string();
    assert_eq!(
        refused(handover::make_handover(&mut told.vault, &[apart], &to, &out, at(200))).0,
        Code::NoOfficer
    );
}

#[test]
fn the_agencys_limit_on_the_lock_counts_at_once_and_fewer_minutes_stay() {
    let (_dir, mut vault, _agency) = desk();
    assert_eq!(settings::current(&vault).unwrap().lock_minutes, 3, "five were the usual");
    let mut chosen = settings::current(&vault).unwrap();
    chosen.lock_minutes = 30;
    settings::save_settings(&mut vault, &chosen, at(5)).unwrap();
    assert_eq!(settings::current(&vault).unwrap().lock_minutes, 3);
    chosen.lock_minutes = 1;
    settings::save_settings(&mut vault, &chosen, at(6)).unwrap();
    assert_eq!(settings::current(&vault).unwrap().lock_minutes, 1);
}

#[test]
fn a_request_to_be_enrolled_holds_the_vaults_own_key_and_its_chain() {
    let dir = tempfile::tempdir().unwrap();
    let mut plain = vault(&dir.path().join("plain"));
    let path = dir.path().join("x.sharewell-enrolment");
    let none = agency::ask_to_be_enrolled(&mut plain, &path, at(1)).unwrap_err();
    assert!(matches!(none, Error::NotFound { what: "profile" }), "{none}");
    let (_dir, mut vault, _) = desk();
    agency::ask_to_be_enrolled(&mut vault, &path, at(3)).unwrap();
    let request = Request::read(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(request.key, PublicKey(vault.public_key().unwrap()));
    assert_eq!((request.origin, request.continues), (vault.origin(), None));
    assert_eq!((request.agency, request.name.as_str()), (uuid(9), "Nia Exampleton"));
    let page = agency::agency_page(&vault, at(4)).unwrap();
    assert_eq!(page.own_fingerprint, request.key.fingerprint(), "what they read out is what the file says");
}

#[test]
fn a_recovery_by_the_agency_loses_nothing_and_asks_for_two_people() {
    let (dir, mut vault, agency) = desk();
    let (case, _, _) = family(&mut vault);
    let before = vault.origin();
    vault.close().unwrap();
    let folder = dir.path().join("vault");
    let typed = start::RecoveryInput {
        by: "Owen Pretend".into(),
        why: "Nia Exampleton left.".into(),
        agreed: "Ada Mockford".into(),
        agreed_too: "Ines Sampleton".into(),
    };
    let new = secret("eleven blue lanterns beside a mill");
    let recover = |identity: &Identity, typed: &start::RecoveryInput| {
        start::recover_by_agency(&folder, identity, &new, typed, at(10))
    };
    let empty = recover(&agency.recovery, &start::RecoveryInput::default()).unwrap_err();
    let Error::Fields(faults) = empty else { panic!("{empty}") };
    assert_eq!(faults.len(), 4, "all at once: {faults:?}");
    let same = start::RecoveryInput { agreed_too: " ada MOCKFORD".into(), ..typed.clone() };
    assert!(matches!(recover(&agency.recovery, &same), Err(Error::Fields(_))));
    // Neither intake's key nor the officer's opens a vault.
    for other in [&agency.encryption, &agency.officer] {
        let error = recover(other, &typed).unwrap_err();
        assert!(matches!(error, Error::Exchange(sharewell_exchange::Error::NotForThisKey)), "{error}");
    }
    let (vault, recovered) = recover(&agency.recovery, &typed).unwrap();
    assert_eq!(recovered.before, before);
    assert_eq!((recovered.origin, recovered.key), (vault.origin(), PublicKey(vault.public_key().unwrap())));
    assert_ne!(recovered.origin, before);
    assert_eq!(children::file_head(&vault, case, at(11)).unwrap().child.person.name, "Ayla Sampleton");
    vault.close().unwrap();
    start::unlock(&folder, secret(PASSPHRASE), at(12)).unwrap_err();
    start::unlock(&folder, new.clone(), at(20)).unwrap().close().unwrap();
}
