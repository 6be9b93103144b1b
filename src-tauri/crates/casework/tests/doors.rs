//! What brings somebody to a decision: each door begun, kept, changed and signed; and the files that stand without a
//! child, an adult's and one about numbers, through everything that a file goes through.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Vault, children, decide, handover, maintenance, paper, restricted, search, today,
};
use sharewell_exchange::keys::Identity;
use support::allegation::{opened, refused, words_of};
use support::*;

const ADULT: &str = "The coach at the Fablewell swimming club";
const NUMBERS: &str = "Children seen in the north team";

fn without(door: WayIn, name: &str, place: &str) -> WithoutChildInput {
    WithoutChildInput { door: Some(door), name: name.into(), place: place.into() }
}

fn decision_at(place: &Place) -> DecisionId {
    asked(place).decision
}

/// Nothing that names anybody: as far as today's packs lead on any door.
fn nobody_named() -> Vec<(&'static str, Answer)> {
    gates(&[("identifiable", choice("no")), ("bears", choice("no"))])
        .into_iter()
        .filter(|(key, answer)| *key != "identifiable" || *answer == choice("no"))
        .collect()
}

fn signed(vault: &mut Vault, place: Place, from: i64) -> DecisionView {
    let outcome = answer_from(vault, place, &nobody_named(), from);
    let mut draft = signing(&outcome);
    draft.what = "What was asked for.".into();
    let row = |one: TellView| Telling {
        person: Some(one.person),
        name: one.name,
        when: WhenTold::Later,
        why: "not safe yet".into(),
    };
    let tell = decide::check(vault, outcome.decision, at(from + 69)).unwrap().tell;
    draft.telling = tell.into_iter().map(row).collect();
    sign_off(vault, outcome.decision, draft, at(from + 70)).unwrap()
}

#[test]
fn each_door_of_a_childs_file_is_begun_kept_and_signed() {
    for door in WayIn::ALL.into_iter().filter(|door| door.fits(CaseKind::Family) && *door != WayIn::Request) {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (case, ..) = family(&mut vault);
        let place = decide::begin_decision(&mut vault, case, &BeginInput::through(door), at(10)).unwrap();
        let question = asked(&place);
        assert_eq!(
            (question.door, question.step.id.0.as_str()),
            (Some(door), "danger"),
            "danger comes first"
        );
        let line = &today::today(&vault, at(11)).unwrap().drafts[0];
        assert_eq!((line.door, line.trigger), (Some(door), Trigger::Worry));
        let view = signed(&mut vault, place, 12);
        assert_eq!(view.door, Some(door));
        let line = &children::child_file(&mut vault, view.case, at(90)).unwrap().decisions[0];
        assert_eq!(line.door, Some(door), "and in the file");
        let out = dir.path().join("decision.pdf");
        paper::save_decision_pdf(&mut vault, view.id, &out, at(91)).unwrap();
        let pages = &pdf::everything_in(&out)[0].1;
        let words = if door == WayIn::Moves { "The child moves" } else { "brought it about" };
        assert!(pages.contains(words) && !pages.contains("Own worry"), "{door:?}: {pages}");
    }
}

#[test]
fn a_recorded_request_is_a_door_and_a_decision_without_one_is_told_of_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let request = Request {
        from: RequesterKind::Police,
        name: "PC Madeup".into(),
        organisation: "Northmere Police".into(),
        reach: String::new(),
        received: day(2026, 10, 6),
        verified: false,
        how_verified: String::new(),
        what: "Everything that you hold.".into(),
        specific: false,
        purpose: String::new(),
        authority: String::new(),
        order: OrderSeen::None,
        deadline: None,
        keeping: String::new(),
    };
    // A door that says otherwise gives way to what was written down.
    let begin = BeginInput { request: Some(request.clone().into()), ..BeginInput::through(WayIn::Moves) };
    let place = decide::begin_decision(&mut vault, case, &begin, at(10)).unwrap();
    assert_eq!(asked(&place).door, Some(WayIn::Request));

    // As an earlier program left it: no door, and it goes on.
    let other =
        children::open_case(&mut vault, new_case("Ben Placeholder", Nation::England), at(12)).unwrap();
    let place = decide::begin_decision(&mut vault, other, &BeginInput::of(Trigger::Worry), at(13)).unwrap();
    let id = decision_at(&place);
    assert_eq!(asked(&place).door, None);
    assert_eq!(decide::door(&vault, id, at(14)).unwrap().door, None);
    let place = decide::amend_request(&mut vault, id, &request.into(), at(15)).unwrap();
    assert_eq!(asked(&place).door, Some(WayIn::Request), "a request is written down later");
    let file = children::child_file(&mut vault, other, at(16)).unwrap();
    assert!(format!("{:?}", file.timeline).contains("Everything that you hold."));
}

#[test]
fn a_door_is_changed_with_every_answer_kept_and_never_to_one_that_does_not_fit() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let begin = BeginInput::through(WayIn::Service);
    let mut place = decide::begin_decision(&mut vault, case, &begin, at(10)).unwrap();
    let id = decision_at(&place);
    for (minute, key) in [(11, "danger"), (12, "harm")] {
        place = decide::answer(&mut vault, id, &StepId(key.into()), choice("no"), at(minute)).unwrap();
    }
    let view = decide::door(&vault, id, at(13)).unwrap();
    assert_eq!(view.door, Some(WayIn::Service));
    let offered: Vec<WayIn> = view.doors.iter().map(|one| one.door).collect();
    assert!(!offered.contains(&WayIn::Service) && !offered.contains(&WayIn::Numbers), "{offered:?}");
    assert!(offered.contains(&WayIn::WorksWithChildren) && offered.contains(&WayIn::Moves));
    for other in &view.doors {
        let told = other.change.stay.len() + other.change.fall_away.len();
        assert!(told >= 2, "every answer is told of: {other:?}");
        assert_eq!(other.asks_request, other.door == WayIn::Request);
    }
    let before = asked(&place).answers.len();
    let place = decide::change_door(&mut vault, id, WayIn::Worried, at(14)).unwrap();
    assert_eq!((asked(&place).door, asked(&place).answers.len()), (Some(WayIn::Worried), before));
    for wrong in [WayIn::Numbers, WayIn::Request] {
        let refused = refused(decide::change_door(&mut vault, id, wrong, at(15)));
        assert_eq!(refused, (Code::NotAnOption, Some("door".into())), "{wrong:?}");
    }
    let elsewhere =
        decide::begin_decision(&mut vault, case, &BeginInput::through(WayIn::Moves), at(16)).unwrap();
    assert_eq!(decision_at(&elsewhere), id, "one decision at a time: what is begun goes on");
    let view = signed(&mut vault, elsewhere, 20);
    assert_eq!(view.door, Some(WayIn::Worried), "as it was changed");
}

#[test]
fn the_first_page_offers_what_fits_and_says_whom_to_ring_and_what_waits() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let page = decide::doors(&vault, None, at(10)).unwrap();
    assert_eq!(page.doors.iter().map(|one| one.door).collect::<Vec<_>>(), WayIn::ALL);
    let opens: Vec<_> = page.doors.iter().filter_map(|one| Some((one.door, one.opens?))).collect();
    assert_eq!(
        opens,
        [
            (WayIn::WorksWithChildren, CaseKind::Adult),
            (WayIn::RiskyAdult, CaseKind::Adult),
            (WayIn::Numbers, CaseKind::Numbers)
        ]
    );
    let ring = page.unsure.unwrap();
    assert_eq!((ring.lead, ring.name.as_str(), ring.number.as_str()), (true, "Ada Mockford", "01632 960202"));
    assert!(page.waiting.is_empty());

    let of_child = decide::doors(&vault, Some(case), at(10)).unwrap();
    let opens: Vec<_> = of_child.doors.iter().filter(|one| one.opens.is_some()).map(|one| one.door).collect();
    assert_eq!(opens, [WayIn::Numbers], "the child is chosen; numbers are about nobody");

    decide::begin_decision(&mut vault, case, &BeginInput::through(WayIn::Moves), at(11)).unwrap();
    let place =
        children::begin_without_child(&mut vault, &without(WayIn::RiskyAdult, ADULT, ""), at(12)).unwrap();
    let waiting = decide::doors(&vault, None, at(13)).unwrap().waiting;
    let lines: Vec<_> = waiting.iter().map(|one| (one.child.as_str(), one.restricted)).collect();
    assert_eq!(
        lines,
        [("", Some(1)), ("Ayla Sampleton", None)],
        "the last first, and no name of a restricted one"
    );
    let adult = asked(&place).case;
    let doors = decide::doors(&vault, Some(adult), at(13)).unwrap().doors;
    assert!(doors.iter().all(|one| one.door.fits(CaseKind::Adult)) && doors.len() == 3, "{doors:?}");
}

#[test]
fn a_file_without_a_child_asks_for_the_least_and_for_that() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for (door, field) in [(Some(WayIn::Worried), "door"), (None, "door"), (Some(WayIn::Numbers), "name")] {
        let typed = WithoutChildInput {
            door,
            name: if field == "name" { " " } else { "x y" }.into(),
            place: String::new(),
        };
        assert_eq!(
            refused(children::begin_without_child(&mut vault, &typed, at(5))).1.as_deref(),
            Some(field)
        );
    }
    assert_eq!(restricted::restricted_files(&vault, None, at(6)).unwrap().len(), 0, "nothing was opened");
    let (unconfirmed, _) = unconfirmed(&dir.path().join("other"));
    let mut unconfirmed = unconfirmed;
    let early = children::begin_without_child(&mut unconfirmed, &without(WayIn::Numbers, NUMBERS, ""), at(1));
    assert_eq!(refused(early).0, Code::RecoveryNotConfirmed);
}

#[test]
fn an_adults_file_is_restricted_from_the_start_and_nobody_may_glance_a_name() {
    for door in [WayIn::WorksWithChildren, WayIn::RiskyAdult] {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let typed = without(door, ADULT, "Fablewell swimming club");
        let place = children::begin_without_child(&mut vault, &typed, at(10)).unwrap();
        let question = asked(&place);
        let case = question.case;
        assert_eq!((question.step.id.0.as_str(), question.file_kind), ("danger", CaseKind::Adult));
        assert!(
            !question.step.question.contains("coach"),
            "the question is about a child: {}",
            question.step.question
        );
        assert!(question.step.question.contains("a child"), "{}", question.step.question);
        // In no list, no search, and on no page that somebody may glance at.
        assert!(children::children(&vault, "", None, at(11)).unwrap().lines.is_empty());
        assert!(search::search(&mut vault, "coach", at(11)).unwrap().hits.is_empty());
        let home = today::today(&vault, at(11)).unwrap();
        let line = &home.drafts[0];
        assert_eq!(
            (line.child.as_str(), line.restricted, line.door, line.asks.as_str()),
            ("", Some(1), None, "")
        );
        let view = signed(&mut vault, place, 12);
        assert_eq!((view.restricted, view.child.as_str(), view.age), (Some(1), ADULT, None));
        for line in all_to_do(&vault, at(100)) {
            let said = format!("{} {} {} {}", line.child, line.title, line.plain, line.hint);
            assert!(line.restricted == Some(1) && !said.contains("coach"), "{said}");
            assert!(!matches!(line.duty, Duty::HearViews | Duty::SeparateFile), "{line:?}");
        }
        let file = children::child_file(&mut vault, case, at(101)).unwrap();
        let about = file.restricted.as_ref().unwrap();
        assert_eq!((about.number, about.beside, about.to_set_apart), (1, None, 0));
        assert_eq!(about.kept_from, [file.child.person.id], "nothing goes to whom it is about");
        assert_eq!(file.child.person.agency, "Fablewell swimming club");
        let out = dir.path().join("decision.pdf");
        paper::save_decision_pdf(&mut vault, view.id, &out, at(102)).unwrap();
        let pages = &pdf::everything_in(&out)[0].1;
        assert!(
            pages.contains("Adult") && pages.contains("coach") && pages.contains("may be a risk"),
            "{pages}"
        );
        paper::save_file_summary(&mut vault, case, &out, at(103)).unwrap();
    }
}

#[test]
fn nothing_of_an_adults_file_goes_to_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let typed = without(WayIn::WorksWithChildren, "Dan Marlow", "Fablewell swimming club");
    let place = children::begin_without_child(&mut vault, &typed, at(10)).unwrap();
    let outcome = answer_from(&mut vault, place, &nobody_named(), 11);
    let mut draft = signing(&outcome);
    draft.recipient.name = "Dan Marlow".into();
    assert!(decide::sign_off(&mut vault, outcome.decision, draft, at(90)).is_err());
}

#[test]
fn a_file_about_numbers_goes_by_its_title_and_names_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    family(&mut vault);
    let place =
        children::begin_without_child(&mut vault, &without(WayIn::Numbers, NUMBERS, ""), at(10)).unwrap();
    let case = asked(&place).case;
    assert_eq!((asked(&place).child.as_str(), asked(&place).file_kind), (NUMBERS, CaseKind::Numbers));
    let list = children::children(&vault, "", None, at(11)).unwrap();
    let lines: Vec<_> = list.lines.iter().map(|one| (one.name.as_str(), one.kind)).collect();
    assert_eq!(lines, [(NUMBERS, CaseKind::Numbers), ("Ayla Sampleton", CaseKind::Family)]);
    assert_eq!(list.in_all, 2);
    children::order_children(&mut vault, ChildrenOrder::ByName, at(11)).unwrap();
    let list = children::children(&vault, "", None, at(11)).unwrap();
    assert_eq!(list.lines[0].name, "Ayla Sampleton", "by its title among the names");
    let found = search::search(&mut vault, "north team", at(12)).unwrap();
    assert_eq!(found.children.iter().map(|one| one.case).collect::<Vec<_>>(), [case]);

    let view = signed(&mut vault, place, 13);
    assert_eq!((view.child.as_str(), view.age, view.restricted), (NUMBERS, None, None));
    let to_do = all_to_do(&vault, at(100));
    assert!(
        !to_do.is_empty() && to_do.iter().all(|line| line.child == NUMBERS && line.duty != Duty::HearViews)
    );
    let file = children::child_file(&mut vault, case, at(101)).unwrap();
    assert_eq!((file.kind, file.child.person.name.as_str()), (CaseKind::Numbers, NUMBERS));
    assert!(file.people.is_empty() && file.restricted.is_none());
    let opened = file.timeline.iter().any(|line| matches!(&line.what, TimelineWhat::Other { kind, name, .. } if kind == "case_opened" && name == NUMBERS));
    assert!(opened, "the story says what was opened: {:?}", file.timeline);
    let out = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, view.id, &out, at(102)).unwrap();
    let pages = &pdf::everything_in(&out)[0].1;
    assert!(
        pages.contains("Numbers") && pages.contains(NUMBERS) && pages.contains("asks for numbers"),
        "{pages}"
    );
    paper::save_file_summary(&mut vault, case, &out, at(103)).unwrap();
    // Nobody can be made to stand apart in it.
    let mut draft = signing(&answer_all(&mut vault, case, &nobody_named(), 110));
    let id = today::today(&vault, at(200)).unwrap().drafts[0].id;
    (draft.apart, draft.what) = (true, "x".into());
    assert_eq!(refused(decide::sign_off(&mut vault, id, draft, at(201))).0, Code::NotAnOption);
}

#[test]
fn files_without_a_child_are_handed_over_verified_and_restored() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let adult =
        children::begin_without_child(&mut vault, &without(WayIn::RiskyAdult, ADULT, "a gym"), at(10))
            .unwrap();
    let adult = signed(&mut vault, adult, 11).case;
    let numbers =
        children::begin_without_child(&mut vault, &without(WayIn::Numbers, NUMBERS, ""), at(100)).unwrap();
    let numbers = signed(&mut vault, numbers, 101).case;
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(200)).unwrap();
    let page = handover::handover_page(&vault).unwrap();
    assert_eq!(page.files.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), [NUMBERS]);
    assert_eq!(
        page.restricted.iter().map(|one| (one.name.as_str(), one.restricted)).collect::<Vec<_>>(),
        [("", Some(1))]
    );
    let together = handover::make_handover(
        &mut vault,
        &[adult, numbers],
        &recipient,
        &dir.path().join("both.sharewell"),
        at(201),
    );
    assert!(together.is_err(), "a restricted file goes by itself");
    for (case, says, kind) in [(adult, ADULT, "adult"), (numbers, NUMBERS, "numbers")] {
        let path = dir.path().join(format!("{kind}.sharewell"));
        handover::make_handover(&mut vault, &[case], &recipient, &path, at(202)).unwrap();
        let bag = opened(&vault, &path, &identity);
        let words = words_of(&bag);
        assert!(words.iter().any(|word| word.contains(says)), "{kind}");
        let cases = bag.tables.iter().find(|table| table.name == "cases").unwrap();
        let cell = |name: &str| {
            let at = cases.columns.iter().position(|column| column.name == name).unwrap();
            cases.rows[0][at].clone()
        };
        assert_eq!(cell("kind"), kind);
        assert_eq!(
            (cell("child_id").is_empty(), cell("title").is_empty()),
            (kind == "numbers", kind == "adult")
        );
    }
    assert!(maintenance::verify_vault(&mut vault, at(210)).unwrap().sound);
    let backup = maintenance::backup_now(&mut vault, at(211)).unwrap();
    let to = dir.path().join("restored");
    let mut back =
        maintenance::restore_vault(std::path::Path::new(&backup.folder), &to, secret(PASSPHRASE), at(212))
            .unwrap();
    assert!(maintenance::verify_vault(&mut back, at(213)).unwrap().sound);
    assert_eq!(children::children(&back, "", None, at(214)).unwrap().lines[0].name, NUMBERS);
    assert_eq!(restricted::restricted_files(&back, None, at(214)).unwrap()[0].case, adult);
    // A decision about a child who is found later is a linked one, in the child's own file.
    let (child, ..) = family(&mut back);
    let begin = BeginInput { door: Some(WayIn::Worried), ..BeginInput::of(Trigger::Linked) };
    let place = decide::begin_decision(&mut back, child, &begin, at(220)).unwrap();
    assert_eq!(asked(&place).child, "Ayla Sampleton");
}
