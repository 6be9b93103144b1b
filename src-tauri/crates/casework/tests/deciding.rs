//! What the pages of a decision know: the flags, the numbers, the time, what follows the advice, and all that is missing.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, decide, emergency, settings, today};
use support::*;

fn flag(vault: &mut Vault, case: CaseId, person: PersonId, kind: FlagKind) {
    let flag = FlagInput {
        person: Some(person),
        kind: Some(kind),
        reason: "Her former partner looks for her.".into(),
        review: DayTyped::default(),
    };
    children::set_flag(vault, case, flag, at(4)).unwrap();
}

/// Harm is suspected, and somebody else may be at risk.
fn harm(risk: PersonId, sign: &str) -> Vec<(&'static str, Answer)> {
    vec![
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("next-with", choice("not-today")),
        ("behind", choices(&["stranger"])),
        ("signs", Answer::Choices { values: vec![sign.into()], words: String::new() }),
        ("others", Answer::People { people: vec![risk], words: String::new() }),
        ("asked", choice("no-time")),
        ("body", choice("public")),
    ]
}

#[test]
fn the_flags_stand_on_every_page_of_a_decision_and_of_its_file() {
    for kind in FlagKind::ALL {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (case, _, mother) = family(&mut vault);
        flag(&mut vault, case, mother, kind);
        let stands = |flags: &[FlagLine], page: &str| {
            let [one] = flags else { panic!("{page}: {flags:?}") };
            assert_eq!((one.person, one.kind, one.name.as_str()), (mother, kind, "Jo Sampleton"), "{page}");
        };
        let place =
            decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
        stands(&asked(&place).flags, "the first question");
        let outcome = answer_from(&mut vault, place, &harm(mother, "injury-neglect"), 10);
        stands(&outcome.flags, "the advice");
        let step = StepId("tell".into());
        stands(&decide::question(&vault, outcome.decision, &step, at(75)).unwrap().flags, "the write-up");
        stands(&decide::check(&vault, outcome.decision, at(75)).unwrap().outcome.flags, "the sign-off");
        let mut draft = signing(&outcome);
        draft.telling.iter_mut().for_each(|row| row.why = "agreed in the call".into());
        stands(&sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap().flags, "the sealed page");
        stands(&children::file_head(&vault, case, at(81)).unwrap().flags, "the record of a share");
    }
}

#[test]
fn a_line_that_names_somebody_under_a_flag_says_what_the_flag_binds() {
    for kind in FlagKind::ALL {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (case, _, mother) = family(&mut vault);
        let before = answer_all(&mut vault, case, &harm(mother, "injury-neglect"), 10);
        assert!(before.obligations.iter().all(|one| one.careful.is_empty()), "no flag stands");
        flag(&mut vault, case, mother, kind);
        let Place::Outcome { outcome } = decide::place(&vault, before.decision, at(75)).unwrap() else {
            panic!("the advice stands")
        };
        let names = |title: &str| title.contains("Jo Sampleton");
        let about: Vec<_> = outcome.obligations.iter().filter(|one| names(&one.title)).collect();
        assert!(!about.is_empty(), "she is mentioned in the call");
        assert!(about.iter().all(|one| !one.careful.is_empty()), "{kind:?}: {about:?}");
        // A flag on a home binds whoever lives there: the child is told with the same care.
        let theirs = |title: &str| names(title) || title.contains("Ayla Sampleton");
        assert!(
            outcome.obligations.iter().all(|one| one.careful.is_empty() || theirs(&one.title)),
            "{kind:?}: {:?}",
            outcome.obligations
        );
        if kind == FlagKind::ProtectedIdentity {
            let says = "Say “the mother”, not “Jo Sampleton”.";
            assert!(outcome.careful[0].starts_with(says), "the act says it too: {:?}", outcome.careful);
            assert!(about.iter().all(|one| one.careful[0].starts_with(says)), "{about:?}");
        } else {
            assert_eq!(outcome.careful, [""; 0]);
        }
        let mut draft = signing(&outcome);
        draft.telling.iter_mut().for_each(|row| row.why = "agreed in the call".into());
        let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
        let lines = today::today(&vault, at(81)).unwrap().to_do;
        let of_today = lines.iter().filter(|line| names(&line.title)).map(|line| &line.careful);
        let sealed = signed.obligations.iter().filter(|one| names(&one.title)).map(|one| &one.careful);
        let all: Vec<_> = of_today.chain(sealed).collect();
        assert!(all.len() >= 2 && all.iter().all(|careful| !careful.is_empty()), "{kind:?}: {all:?}");
    }
}

#[test]
fn what_is_to_be_done_now_says_so_in_every_list_and_is_late_a_quarter_of_an_hour_after() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let step = StepId("danger".into());
    let place = decide::answer(&mut vault, decision, &step, choice("yes"), at(11)).unwrap();
    let outcome = advised(&place);
    let act = &outcome.obligations[0];
    assert!(outcome.due_now && !outcome.overdue && act.due_now && !act.overdue, "{act:?}");
    assert!(outcome.first_action.contains("01632 960203") || outcome.first_action.contains("0808 157 0204"));
    let late = decide::outcome(&vault, decision, at(27)).unwrap();
    assert!(late.overdue && !late.due_now && late.obligations[0].overdue);
    let draft = SignOffInput { decided: Some(OutcomeKind::EmergencyShare), ..SignOffInput::default() };
    sign_off(&mut vault, decision, draft, at(12)).unwrap();
    for (minute, now, overdue) in [(13, true, false), (26, true, false), (27, false, true)] {
        let lines = today::today(&vault, at(minute)).unwrap().to_do;
        let line = lines.iter().find(|line| line.duty == Duty::Act).unwrap();
        assert_eq!((line.due_now, line.overdue), (now, overdue), "today, {minute}");
        let file = children::child_file(&mut vault, case, at(minute)).unwrap().to_do;
        let line = file.iter().find(|line| line.duty == Duty::Act).unwrap();
        assert_eq!((line.due_now, line.overdue), (now, overdue), "the file, {minute}");
        let sealed = decide::decision(&vault, decision, at(minute)).unwrap();
        let line = sealed.obligations.iter().find(|one| one.duty == Duty::Act).unwrap();
        assert_eq!((line.due_now, line.overdue), (now, overdue), "the sealed page, {minute}");
    }
}

#[test]
fn to_follow_the_advice_on_telling_costs_no_reason_and_otherwise_costs_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    flag(&mut vault, case, mother, FlagKind::DoNotTell);
    let outcome = answer_all(&mut vault, case, &harm(mother, "injury-neglect"), 10);
    let step = StepId("tell".into());
    let question = decide::question(&vault, outcome.decision, &step, at(75)).unwrap();
    let row = |person: PersonId, value: &str| PersonChoice {
        person: Some(person),
        name: question.people.iter().find(|one| one.id == person).unwrap().name.clone(),
        value: value.into(),
        reason: String::new(),
    };
    for (of_child, of_mother, wrong) in [
        ("now", "later", vec![]),
        ("now", "not", vec![]),
        ("later", "later", vec![child]),
        ("now", "now", vec![mother]),
        ("not", "now", vec![child, mother]),
    ] {
        let rows = vec![row(child, of_child), row(mother, of_mother)];
        let said = decide::preview_change(
            &vault,
            outcome.decision,
            &step,
            Answer::EachPerson { rows: rows.clone() },
            at(76),
        );
        let told = said.err().map(|error| Failure::from(error).fields).unwrap_or_default();
        let needs: Vec<PersonId> = told
            .iter()
            .filter(|one| one.code == Code::ReasonMissing)
            .map(|one| rows[one.field.trim_start_matches("rows.").parse::<usize>().unwrap()].person.unwrap())
            .collect();
        assert_eq!(needs, wrong, "{of_child}, {of_mother}: {told:?}");
        for choice in &rows {
            let view = question.people.iter().find(|one| Some(one.id) == choice.person).unwrap();
            assert_eq!(view.reason_for.contains(&choice.value), wrong.contains(&view.id), "{view:?}");
        }
    }
    // The sign-off asks by the same rule.
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        row.when = if row.person == Some(mother) { WhenTold::Later } else { WhenTold::Now };
        row.why = String::new();
    }
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(77)).unwrap();
    let check = decide::check(&vault, outcome.decision, at(77)).unwrap();
    assert!(!check.missing.iter().any(|one| one.field.starts_with("telling")), "{:?}", check.missing);
    assert_eq!(check.tell.len(), 2);
    let view = check.tell.iter().find(|one| one.person == mother).unwrap();
    assert_eq!(view.reason_for, [WhenTold::Now, WhenTold::Told]);
    sign_off(&mut vault, outcome.decision, draft, at(78)).unwrap();
}

#[test]
fn all_that_is_missing_before_a_signature_is_told_from_the_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    for (minute, (step, answer)) in harm(mother, "injury-neglect").into_iter().take(5).enumerate() {
        let now = at(11 + i64::try_from(minute).unwrap());
        decide::answer(&mut vault, decision, &StepId(step.into()), answer, now).unwrap();
    }
    let first = decide::check(&vault, decision, at(30)).unwrap().missing;
    let fields: Vec<&str> = first.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(
        fields,
        ["decided", "others", "reasons", "what", &format!("telling:{child}"), &format!("telling:{mother}"),],
        "the page says at once what it would say after the choice"
    );
    let outcome = decide::outcome(&vault, decision, at(30)).unwrap();
    let chosen = SignOffInput { decided: Some(outcome.kind), ..outcome.draft };
    decide::save_sign_off(&mut vault, decision, chosen, at(31)).unwrap();
    let then = decide::check(&vault, decision, at(31)).unwrap().missing;
    assert_eq!(then.len() + 1, first.len(), "nothing comes in a second round: {then:?}");
}

#[test]
fn a_question_for_advice_knows_whom_it_means_and_a_lead_is_not_sent_to_themselves() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let outcome = answer_from(&mut vault, place, &refusal(), 10);
    let ask = |vault: &Vault| {
        decide::question(vault, outcome.decision, &StepId("adviser".into()), at(75)).unwrap().advisers
    };
    let meant = |all: &[KnownAdviser]| all.iter().find(|one| one.meant).map(|one| one.name.clone());
    let all = ask(&vault);
    assert_eq!(meant(&all).as_deref(), Some("Ada Mockford"));
    assert_eq!(all[0].number, "01632 960202");
    let lead = NewPractitioner { name: "ADA Mockford".into(), ..practitioner() };
    settings::save_practitioner(&mut vault, lead, "A new post", at(76)).unwrap();
    assert_eq!(meant(&ask(&vault)), None, "a lead asks the next rung");
    let consent = decide::question(&vault, outcome.decision, &StepId("consent".into()), at(77)).unwrap();
    assert_eq!(consent.whose.len(), 1, "whose confidence it is, by name: {:?}", consent.whose);
}

#[test]
fn a_written_share_that_names_somebody_protected_is_asked_about_once_and_a_spoken_one_never() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, mother) = family(&mut vault);
    let moved = PersonInput { address: "4 Weir Lane".into(), ..person("Jo Sampleton", PersonRole::Parent) };
    children::amend_person(&mut vault, case, mother, moved, "Moved", at(3)).unwrap();
    let share = |what: &str, route, names_meant| DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: "Northmere school".into(),
        recipient_role: String::new(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(route),
        what: what.into(),
        why: "So that they keep her safe".into(),
        limits: String::new(),
        happened: false,
        names_meant,
        as_decided: false,
    };
    let record = |vault: &mut Vault, typed| {
        children::record_disclosure(vault, case, typed, at(7)).map_err(|error| Failure::from(error).fields)
    };
    let told = "Jo Sampleton came in on Monday";
    record(&mut vault, share(told, Route::Post, false)).expect("nobody is protected yet");
    flag(&mut vault, case, mother, FlagKind::ProtectedIdentity);
    for what in [told, "She is at 4 Weir Lane", "the house in Weir Lane"] {
        let asked = record(&mut vault, share(what, Route::SecureEmail, false)).unwrap_err();
        let [one] = &asked[..] else { panic!("{what}: {asked:?}") };
        assert_eq!((one.field.as_str(), one.code), ("names_meant", Code::NamesProtected), "{what}");
        record(&mut vault, share(what, Route::SecureEmail, true)).expect("asked once");
        for route in [Route::Telephone, Route::InPerson] {
            record(&mut vault, share(what, route, false)).expect("what was said aloud is said");
        }
    }
    let near = share("Sampelton came in", Route::Portal, false);
    let found = children::leftovers_in_share(&vault, case, &near).unwrap();
    assert!(found.iter().any(|one| one.person == mother), "a slip is asked about: {found:?}");
    let spoken = DisclosureInput { route: Some(Route::Telephone), ..near };
    assert!(children::leftovers_in_share(&vault, case, &spoken).unwrap().is_empty());
}

#[test]
fn at_night_and_on_days_off_the_number_that_is_answered_then_comes_first() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(dir.path());
    use NumberKind as N;
    for (when, order) in [
        ("2026-11-26T11:00:00Z", [N::Police, N::FrontDoor, N::OutOfHours, N::Lead]),
        ("2026-11-26T21:00:00Z", [N::Police, N::OutOfHours, N::FrontDoor, N::Lead]),
        ("2026-11-29T11:00:00Z", [N::Police, N::OutOfHours, N::FrontDoor, N::Lead]),
    ] {
        for open in [Some(&vault), None] {
            let numbers = emergency::emergency_numbers(dir.path(), open, moment(when)).unwrap().numbers;
            let kinds: Vec<N> = numbers.iter().map(|one| one.kind).collect();
            assert_eq!(kinds, order, "{when}, open: {}", open.is_some());
        }
    }
}

#[test]
fn who_is_told_is_what_was_answered_last_wherever_that_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let mut typed = signing(&outcome);
    for row in &mut typed.telling {
        row.when = WhenTold::Now;
    }
    decide::save_sign_off(&mut vault, outcome.decision, typed, at(80)).unwrap();
    let tell = StepId("tell".into());
    let question = decide::question(&vault, outcome.decision, &tell, at(81)).unwrap();
    decide::answer(&mut vault, outcome.decision, &tell, each(&question, "later"), at(82)).unwrap();
    let shown = decide::outcome(&vault, outcome.decision, at(83)).unwrap().draft.telling;
    assert!(!shown.is_empty() && shown.iter().all(|row| row.when == WhenTold::Later), "{shown:?}");
}
