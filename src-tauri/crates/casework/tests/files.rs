//! A child's file: corrections that keep both forms, flags that bind, names that never leave.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::guidance::terms;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Result, Vault, children, decide, handover, maintenance, paper, search, settings, start,
    today,
};
use sharewell_exchange::PublicKey;
use sharewell_exchange::keys::Identity;
use sharewell_vault::{Access, access};
use support::*;

fn refused<T: std::fmt::Debug>(result: Result<T>) -> (Code, Option<String>) {
    let failure = Failure::from(result.unwrap_err());
    (failure.code, failure.field)
}

fn field(code: Code, field: &str) -> (Code, Option<String>) {
    (code, Some(field.to_owned()))
}

#[test]
fn a_correction_keeps_what_was_said_before_and_why_it_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let id = children::add_item(&mut vault, case, item("Tablets changed last month.", vec![mother]), at(5))
        .unwrap();
    let none = children::amend_item(&mut vault, case, id, item("x", vec![]), " ", at(6));
    assert_eq!(refused(none), field(Code::ReasonMissing, "reason"));
    let corrected = item("Tablets changed six weeks ago.", vec![child]);
    children::amend_item(&mut vault, case, id, corrected, "Letter", at(7)).unwrap();
    assert_eq!(children::item_of(&vault, case, id).unwrap().text, "Tablets changed six weeks ago.");
    let file = children::child_file(&mut vault, case, at(7)).unwrap();
    let TimelineWhat::Item { text, history, about, .. } = newest_item(&file).what else { panic!() };
    assert_eq!(
        (text.as_str(), about.as_slice()),
        ("Tablets changed six weeks ago.", ["Ayla Sampleton".to_owned()].as_slice())
    );
    assert_eq!(
        (history[0].was.as_str(), history[0].reason.as_str()),
        ("Tablets changed last month.", "Letter")
    );
    let paper = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &paper, at(7)).unwrap();
    let pages = pdf::everything_in(&paper).into_iter().find(|(place, _)| place == "pages").unwrap().1;
    let printed = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    for both in ["Tablets changed six weeks ago.", "Letter", "Tablets changed last month."] {
        assert!(printed.contains(both), "{both:?} stands on paper: {printed}");
    }
    children::withdraw_item(&mut vault, case, id, "Another family", at(8)).unwrap();
    assert_eq!(refused(children::item_of(&vault, case, id)).0, Code::NotFound, "there is nothing to correct");
    let file = children::child_file(&mut vault, case, at(8)).unwrap();
    let TimelineWhat::Item { withdrawn, .. } = newest_item(&file).what else { panic!() };
    assert_eq!(withdrawn.as_deref(), Some("Another family"), "it stays to be seen");
    let gone = children::amend_item(&mut vault, case, id, item("x", vec![]), "why", at(9));
    assert_eq!(refused(gone).0, Code::NotFound, "what was withdrawn is not corrected");
}

#[test]
fn one_look_at_a_file_is_one_viewed_in_the_access_log_and_a_form_about_it_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let viewed = |vault: &Vault| {
        let rows = vault.read(|r| access::list(r, Some(case), 100, None)).unwrap();
        rows.iter().filter(|row| matches!(row.access, Some(Access::CaseViewed { .. }))).count()
    };
    assert_eq!(viewed(&vault), 0, "to open a file is an entry of its own");
    children::child_file(&mut vault, case, at(5)).unwrap();
    assert_eq!(viewed(&vault), 1);

    // The forms that are reached from the page: each asks who is in the file, and writes.
    let head = children::file_head(&vault, case, at(6)).unwrap();
    assert_eq!((head.child.person.id, head.people[0].person.id, head.ties.len()), (child, mother, 1));
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::DoNotPost),
        reason: "Letters are opened".into(),
        review: DayTyped::default(),
    };
    let flag = children::set_flag(&mut vault, case, flag, at(7)).unwrap();
    let note = children::add_item(&mut vault, case, item("Home at ten.", vec![child]), at(8)).unwrap();
    children::item_of(&vault, case, note).unwrap();
    children::withdraw_item(&mut vault, case, note, "Another family", at(9)).unwrap();
    let head = children::file_head(&vault, case, at(10)).unwrap();
    assert_eq!(head.people[0].flags[0].flag.id, flag);
    assert_eq!(viewed(&vault), 1, "one look, however much is written after it");
    children::child_file(&mut vault, case, at(11)).unwrap();
    assert_eq!(viewed(&vault), 2);
}

fn newest_item(file: &ChildFileView) -> TimelineLine {
    let item = |line: &&TimelineLine| matches!(line.what, TimelineWhat::Item { .. });
    file.timeline.iter().find(item).unwrap().clone()
}

#[test]
fn what_is_typed_is_held_against_the_file_and_the_field_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let stranger = PersonId("0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap());
    let about = children::add_item(&mut vault, case, item("x", vec![stranger]), at(5));
    assert_eq!(refused(about), field(Code::NotAnOption, "about"));
    let unsaid = ItemInput { mark: Some(Mark::Reported), ..item("She said so", vec![child]) };
    assert_eq!(refused(children::add_item(&mut vault, case, unsaid, at(5))), field(Code::Missing, "by"));
    let tomorrow =
        ItemInput { occurred: Some(Occurred::Day { on: day(2026, 10, 7) }.into()), ..item("x", vec![]) };
    assert_eq!(
        refused(children::add_item(&mut vault, case, tomorrow, at(5))),
        field(Code::DayToCome, "occurred.day")
    );
    let long = item(&"a".repeat(20_001), vec![]);
    assert_eq!(refused(children::add_item(&mut vault, case, long, at(5))), field(Code::TooLong, "text"));
    let mut digits = new_case("Rhys Madeup", Nation::England);
    digits.child.identifiers[0].value = "9434765918".into();
    assert_eq!(
        refused(children::open_case(&mut vault, digits, at(5))),
        field(Code::BadIdentifier, "identifiers")
    );
    let adult = NewCase { child: person("Jo", PersonRole::Parent), ..new_case("x", Nation::England) };
    assert_eq!(refused(children::open_case(&mut vault, adult, at(5))), field(Code::NotAnOption, "role"));
    let tie = |to| TieInput {
        to: Some(to),
        kind: Some(RelationshipKind::Sibling),
        parental_responsibility: Some(ParentalResponsibility::NotKnown),
        same_home: Some(false),
        note: String::new(),
    };
    assert_eq!(
        refused(children::add_tie(&mut vault, case, mother, tie(mother), at(5))),
        field(Code::NotAnOption, "to")
    );
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::DoNotTell),
        reason: "Afraid".into(),
        review: Some(day(2026, 10, 1)).into(),
    };
    assert_eq!(
        refused(children::set_flag(&mut vault, case, flag, at(5))),
        field(Code::DayPassed, "review.day")
    );

    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let step = |id: &str| StepId(id.into());
    let strange = decide::answer(&mut vault, decision, &step("danger"), choice("perhaps"), at(11));
    assert_eq!(refused(strange), field(Code::NotAnOption, "danger"));
    let early = decide::answer(&mut vault, decision, &step("consent"), choice("given"), at(11));
    assert_eq!(refused(early), field(Code::NotFound, "consent"), "a question off the path takes no answer");
    decide::answer(&mut vault, decision, &step("danger"), choice("no"), at(12)).unwrap();
    decide::answer(&mut vault, decision, &step("harm"), choice("no"), at(13)).unwrap();
    let nobody = Answer::People { people: vec![], words: String::new() };
    decide::answer(&mut vault, decision, &step("others"), nobody, at(14)).unwrap();
    let bare = decide::answer(&mut vault, decision, &step("purpose"), choice("service"), at(15));
    assert_eq!(refused(bare), field(Code::WordsMissing, "words"));
    let draft = decide::check(&vault, decision, at(16));
    assert_eq!(refused(draft).0, Code::NotReady, "no advice stands yet");
    assert_eq!(
        refused(decide::discard_draft(&mut vault, decision, "", at(17))),
        field(Code::ReasonMissing, "reason")
    );
    decide::discard_draft(&mut vault, decision, "Begun in the wrong file", at(18)).unwrap();
    assert!(today::today(&vault, at(19)).unwrap().drafts.is_empty());
    assert_eq!(refused(decide::place(&vault, decision, at(19))).0, Code::NotFound);
}

#[test]
fn a_half_filled_weighing_names_the_empty_side() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let Answer::Weighing { share, not_share, heavier } = weighing(Heavier::Share) else { panic!() };
    let step = StepId("weighing".into());
    let half =
        Answer::Weighing { share: WeighingSide { what: " ".into(), ..share.clone() }, not_share, heavier };
    let answered = decide::answer(&mut vault, outcome.decision, &step, half, at(80));
    assert_eq!(refused(answered), field(Code::WeighingSideMissing, "share"));
}

#[test]
fn a_protected_name_never_leaves_in_limits_documents_or_tables() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let carer = PersonInput {
        address: "27 Mock Terrace, Fablewell".into(),
        phone: "07700 900123".into(),
        ..person("Wren Inventwood", PersonRole::Carer)
    };
    let wren = children::add_person(&mut vault, case, carer, None, at(5)).unwrap();
    let flag = FlagInput {
        person: Some(wren),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Placement".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    children::add_item(
        &mut vault,
        case,
        item("WREN has the plan on the fridge at 27 Mock Terrace.", vec![child]),
        at(7),
    )
    .unwrap();
    let named = DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "School".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(Route::Telephone),
        what: "Breakfast".into(),
        why: "A quiet start".into(),
        limits: "Do not tell wren.".into(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    let limits = children::record_disclosure(&mut vault, case, named.clone(), at(8));
    assert_eq!(refused(limits), field(Code::NamesProtected, "limits"), "limits name roles");
    let by_role = DisclosureInput { limits: "Do not tell the carer.".into(), ..named };
    children::record_disclosure(&mut vault, case, by_role, at(9)).unwrap();

    let mut outcome = answer_all(&mut vault, case, &refusal(), 20);
    outcome.draft.what = "That Wren has the plan.".into();
    let mut draft = signing(&outcome);
    draft.what = "That Wren has the plan.".into();
    draft.recipient.name = "Wren Inventwood".into();
    let to_wren = sign_off(&mut vault, outcome.decision, draft.clone(), at(90));
    assert_eq!(refused(to_wren), field(Code::NamesProtected, "recipient"));
    draft.recipient.name = "Mrs Fictley".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(91)).unwrap();

    for (name, made) in [("decision.pdf", true), ("file.pdf", false)] {
        let path = dir.path().join(name);
        if made {
            paper::save_decision_pdf(&mut vault, signed.id, &path, at(92)).unwrap();
        } else {
            paper::save_file_summary(&mut vault, case, &path, at(92)).unwrap();
        }
        let found = support::pdf::everything_in(&path);
        let named = found.iter().filter(|(_, text)| text.contains("Ayla"));
        assert!(named.count() > 1, "{name}: pages and record both speak of the child");
        for (place, text) in found {
            let lower = text.to_lowercase();
            assert!(!lower.contains("wren") && !lower.contains("mock terrace"), "{name}, {place}: {text}");
            assert!(!lower.contains("900123"), "{name}, {place}: the number of a protected person");
        }
    }
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(93)).unwrap();
    let path = dir.path().join("x.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &path, at(94)).unwrap();
    let roster = [PublicKey(vault.public_key().unwrap())];
    let bytes = std::fs::read(&path).unwrap();
    let opened =
        sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap();
    for table in opened.tables.iter().filter(|table| !table.name.starts_with("restricted/")) {
        for cell in table.rows.iter().flatten() {
            let lower = cell.to_lowercase();
            assert!(!lower.contains("wren") && !lower.contains("mock terrace"), "{}: {cell}", table.name);
        }
    }
}

#[test]
fn search_shows_nothing_of_a_protected_person_and_says_where_a_flag_binds() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, mother) = family(&mut vault);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Hidden".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(5)).unwrap();
    children::add_item(&mut vault, case, item("Jo keeps the red door locked.", vec![mother]), at(6)).unwrap();
    let found = search::search(&mut vault, "red door", at(7)).unwrap();
    assert_eq!(found.hits.len(), 1);
    assert!(found.hits[0].flagged);
    assert!(found.hits[0].pieces.concat().is_empty(), "no words around it: {:?}", found.hits[0].pieces);
}

#[test]
fn a_forgotten_passphrase_is_no_end_and_a_new_code_must_be_typed_back() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = unconfirmed(dir.path());
    start::close(vault, at(1)).unwrap();
    let mistyped = start::recover(dir.path(), secret("ABCD"), secret("four cobalt kettles whisper"), at(2));
    assert_eq!(refused(mistyped.map(|_| ())).0, Code::MistypedRecoveryCode);
    let typed = secret(&code.groups.join("-"));
    let weak = start::recover(dir.path(), typed.clone(), secret("password"), at(3));
    assert_eq!(refused(weak.map(|_| ())), field(Code::WeakPassphrase, "passphrase"));
    let (mut vault, fresh) =
        start::recover(dir.path(), typed.clone(), secret("four cobalt kettles whisper"), at(4)).unwrap();
    assert_ne!(fresh.groups, code.groups, "the old code no longer opens anything");
    assert_eq!(refused(start::confirm_recovery_code(&mut vault, &typed, at(5))).0, Code::WrongRecoveryCode);
    assert_eq!(today::today(&vault, at(6)).unwrap().notices, [Notice::RecoveryNotConfirmed]);
    start::confirm_recovery_code(&mut vault, &secret(&fresh.groups.join("-")), at(7)).unwrap();
    let another = start::new_recovery_code(&mut vault, secret("four cobalt kettles whisper"), at(8)).unwrap();
    let view = start::session(dir.path(), Some(&vault), false, None, at(9)).unwrap();
    assert!(!view.recovery_confirmed, "a new code is not confirmed by the old one");
    let path = dir.path().join("kit.pdf");
    paper::save_recovery_kit(&mut vault, &path, &secret(&another.groups.join("-")), at(10)).unwrap();
    assert!(std::fs::read(path).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_vault_is_backed_up_once_a_day_verified_and_brought_back_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    assert!(!maintenance::backup_due(&vault, at(1)).unwrap(), "nothing was recorded yet");
    let (case, ..) = family(&mut vault);
    assert!(maintenance::backup_due(&vault, at(10)).unwrap(), "the day's backup");
    let made = maintenance::backup_now(&mut vault, at(10)).unwrap();
    assert!(!maintenance::backup_due(&vault, at(60)).unwrap(), "once a day");
    children::add_item(&mut vault, case, item("x", vec![]), at(61)).unwrap();
    assert!(!maintenance::backup_due(&vault, at(62)).unwrap());
    assert!(maintenance::backup_due(&vault, at(60 * 25)).unwrap(), "the next day, with something new");
    maintenance::backup_now(&mut vault, at(60 * 25)).unwrap();
    assert_eq!(maintenance::backups(&vault).unwrap().len(), 2);
    let elsewhere = tempfile::tempdir().unwrap();
    let to = elsewhere.path().join("restored");
    let from = std::path::Path::new(&made.folder);
    let wrong = maintenance::restore_vault(from, &to, secret("not it at all, not it"), at(1600));
    assert_eq!(refused(wrong.map(|_| ())).0, Code::WrongPassphrase);
    let mut restored = maintenance::restore_vault(from, &to, secret(PASSPHRASE), at(1600)).unwrap();
    assert_ne!(restored.origin(), vault.origin(), "a copy goes on as a new origin");
    assert_eq!(children::children(&restored, "zoe", None, at(1601)).unwrap().lines.len(), 0);
    assert_eq!(children::children(&restored, "AYLA", None, at(1601)).unwrap().lines.len(), 1);
    assert!(maintenance::verify_vault(&mut restored, at(1602)).unwrap().sound);
    children::add_item(&mut restored, case, item("after the restore", vec![]), at(1603)).unwrap();
    let onto =
        |minute| maintenance::restore_vault(from, dir.path(), secret(PASSPHRASE), at(minute)).map(|_| ());
    assert_eq!(refused(onto(1604)).0, Code::VaultInUse, "never over an open vault");
    start::close(vault, at(1605)).unwrap();
    assert_eq!(refused(onto(1606)).0, Code::VaultExists, "nor over a sound one");
}

#[test]
fn a_backup_that_a_wrong_clock_dates_ahead_does_not_end_the_daily_ones() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    maintenance::backup_now(&mut vault, at(60 * 24 * 365 * 80)).unwrap();
    children::add_item(&mut vault, case, item("x", vec![]), at(20)).unwrap();
    assert!(maintenance::backup_due(&vault, at(21)).unwrap(), "the right clock is back");
    maintenance::backup_now(&mut vault, at(22)).unwrap();
    children::add_item(&mut vault, case, item("y", vec![]), at(23)).unwrap();
    assert!(!maintenance::backup_due(&vault, at(24)).unwrap(), "once a day");
    assert!(!maintenance::backup_due(&vault, at(10)).unwrap(), "a clock that is put right by minutes");
}

#[test]
fn a_clock_that_was_set_back_is_noted_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    children::add_item(
        &mut vault,
        case,
        ItemInput {
            occurred: Some(Occurred::Unknown { words: "earlier".into() }.into()),
            ..item("x", vec![])
        },
        at(-600),
    )
    .unwrap();
    assert!(today::today(&vault, at(-599)).unwrap().notices.contains(&Notice::ClockChanged));
}

#[test]
fn settings_and_numbers_are_kept_and_the_lock_screen_knows_the_look() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let wanted = Settings {
        lock_minutes: 10,
        theme: Theme::Dark,
        shortcuts: false,
        language: "en".into(),
        ..Settings::default()
    };
    settings::save_settings(&mut vault, &wanted, at(1)).unwrap();
    let unknown = Settings { language: "tlh".into(), ..wanted.clone() };
    assert!(settings::save_settings(&mut vault, &unknown, at(9)).is_err(), "a language that nobody listed");
    let never = Settings { lock_minutes: 0, ..wanted.clone() };
    assert_eq!(
        refused(settings::save_settings(&mut vault, &never, at(2))),
        field(Code::NotAnOption, "lock_minutes")
    );
    assert_eq!(settings_of(&vault), (wanted, false));
    let moved = NewPractitioner { lead_phone: "01632 960299".into(), ..practitioner() };
    settings::save_practitioner(&mut vault, moved, "New lead", at(3)).unwrap();
    start::close(vault, at(4)).unwrap();
    let locked = start::session(dir.path(), None, false, None, at(5)).unwrap();
    assert_eq!((locked.settings.theme, locked.settings.lock_minutes), (Theme::Dark, 5));
    settings::keep_text_size(dir.path(), None, 200).unwrap();
    let locked = start::session(dir.path(), None, false, None, at(5)).unwrap();
    assert_eq!((locked.settings.theme, locked.settings.text_size), (Theme::Dark, 200), "larger while locked");
    assert!(locked.numbers.numbers.iter().any(|one| one.number == "01632 960299"));
}

#[test]
fn what_the_program_noted_for_itself_and_cannot_read_is_told_and_never_made_up() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let chosen = Settings { lock_minutes: 10, theme: Theme::Dark, shortcuts: false, ..Settings::default() };
    settings::save_settings(&mut vault, &chosen, at(1)).unwrap();
    let noted: Vec<String> =
        vault.read(sharewell_vault::kept::list).unwrap().into_iter().map(|one| one.key).collect();
    assert_eq!(noted, ["state:settings"]);
    for key in &noted {
        let torn = sharewell_vault::Kept { key: key.clone(), body: "{\"entries\":".into(), updated: at(4) };
        vault.keep(&torn).unwrap();
    }
    let (settings, lost) = settings_of(&vault);
    assert!(lost && settings.lock_minutes == 5, "the window says that it is not what was chosen");
    settings::save_settings(&mut vault, &chosen, at(5)).unwrap();
    assert_eq!(settings_of(&vault), (chosen, false), "choosing again is enough");
}

#[test]
fn help_names_a_nations_own_terms_and_sources() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(dir.path());
    let terms = terms::pack_terms(&vault, Nation::England, at(0)).unwrap();
    assert!(terms.iter().any(|term| term.key == "front_door" && !term.text.is_empty()));
    assert!(terms.iter().any(|term| term.key == "pack.advice" && !term.text.contains('{')));
    for nation in [Nation::England, Nation::Scotland, Nation::Wales, Nation::NorthernIreland] {
        let sources = terms::sources(&vault, nation, at(0)).unwrap();
        assert!(!sources.is_empty() && sources.iter().all(|source| !source.title.is_empty()), "{nation:?}");
        let terms = terms::pack_terms(&vault, nation, at(0)).unwrap();
        assert!(terms.iter().any(|term| term.key == "board"), "{nation:?}");
    }
    let long_ago = moment("1990-01-01T09:00:00Z");
    assert_eq!(refused(terms::pack_terms(&vault, Nation::Wales, long_ago).map(|_| ())).0, Code::NoPack);
    assert!(terms::licences().len() > 100);
}

#[test]
fn a_passphrase_is_judged_with_advice_that_fits() {
    let judged = |text: &str| start::passphrase_strength(&secret(text), &["Exampleton".into()]);
    assert_eq!(judged("qwertyuiop").advice, StrengthAdvice::Common);
    assert_eq!(judged("aaaaaaaaaa").advice, StrengthAdvice::Repeats);
    assert!(!judged("Exampleton1").enough);
    assert_eq!(judged("Exampleton 2026 2027").advice, StrengthAdvice::Names);
    assert_eq!(judged("one two three four").advice, StrengthAdvice::OneKind);
    assert_eq!(judged("correct horse battery staple").advice, StrengthAdvice::Common);
    let good = judged(PASSPHRASE);
    assert!(good.enough && good.advice == StrengthAdvice::Good, "{good:?}");
}

#[test]
fn advice_taken_outside_a_decision_stands_in_the_story_and_whoever_outside_heard_a_name_was_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let advice = |own_agency, named| AdviceInput {
        adviser: "Ada Mockford, named nurse".into(),
        own_agency: Some(own_agency),
        named: Some(named),
        question: "Is this for early help?".into(),
        answer: "Yes, with their agreement.".into(),
        followed: Some(FollowedChoice::No),
        reason: "They move away on Friday.".into(),
        at: Some(Occurred::Day { on: day(2026, 10, 5) }.into()),
    };
    let told = |vault: &mut Vault| children::child_file(vault, case, at(50)).unwrap().disclosures.len();
    for (own_agency, named, left) in [(true, true, 0), (false, false, 0), (false, true, 1)] {
        let before = told(&mut vault);
        children::record_advice(&mut vault, case, &advice(own_agency, named), at(20)).unwrap();
        assert_eq!(told(&mut vault) - before, left, "own agency {own_agency}, named {named}");
    }
    let file = children::child_file(&mut vault, case, at(51)).unwrap();
    let said = file.timeline.iter().filter(|line| {
        matches!(&line.what, TimelineWhat::Advice { adviser, text }
            if adviser.starts_with("Ada Mockford") && text.starts_with("Yes, with"))
    });
    assert_eq!(said.count(), 3);
}
