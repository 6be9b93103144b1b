//! What a line needs before it goes, and how a statement goes on.

use super::*;

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u8) -> T {
    format!("0192f0c1-2345-7abc-8def-0000000000{number:02x}").parse().unwrap()
}

fn moment() -> Moment {
    Moment("2026-03-12T12:34:00+00:00".parse().unwrap())
}

fn line(goes: LineGoes) -> StatementLine {
    StatementLine {
        line: id(9),
        kind: LogKind::Left,
        at: moment(),
        said: "We told the school that Ayla moved.".into(),
        goes,
        words: String::new(),
        binds: Vec::new(),
        test: None,
        reason: String::new(),
    }
}

fn statement() -> Statement {
    Statement {
        id: id(1),
        nation: Nation::England,
        about: id(2),
        asker: StatementAsker { person: Some(id(3)), name: "Mina Sampleton".into(), checked: String::new() },
        asked: Day("2026-03-10".parse().unwrap()),
        record: AskedRecord::WhoWasTold,
        entitlement: Entitlement {
            stands_as: Some(GiverKind::ParentWith),
            responsibility: Some(ParentalResponsibility::Holds),
            able: AbleToDecide::NotAble,
            shows: String::new(),
            orders: String::new(),
        },
        lines: vec![line(LineGoes::Goes)],
        instead_of: None,
        sent: None,
        answered: None,
    }
}

fn sent(before: &Statement) -> Statement {
    let sent = StatementSent { at: moment(), officer: "Sam Pretend".into(), how: "by hand".into() };
    Statement { sent: Some(sent), ..before.clone() }
}

fn answered(before: &Statement, said: OfficerSaid) -> Statement {
    let answer = OfficerAnswer { at: moment(), by: "Sam Pretend".into(), said, words: String::new() };
    Statement { answered: Some(answer), ..before.clone() }
}

#[test]
fn a_draft_goes_to_the_officer_who_answers_it_and_in_no_other_order() {
    let draft = statement();
    let there = sent(&draft);
    assert!(draft.is_new() && draft.state() == StatementState::Draft);
    assert!(there.follows(&draft) && there.state() == StatementState::Sent);
    for (said, state) in [
        (OfficerSaid::Released, StatementState::Released),
        (OfficerSaid::Changed, StatementState::Changed),
        (OfficerSaid::Refused, StatementState::Refused),
    ] {
        let end = answered(&there, said);
        assert!(end.follows(&there) && end.state() == state);
        assert!(!answered(&draft, said).follows(&draft), "nobody answers what they do not have");
        assert!(!end.follows(&draft), "one step at a time");
        assert!(!there.follows(&end) && !end.follows(&end), "nothing is taken back or said twice");
    }
}

#[test]
fn what_was_reviewed_never_changes_at_a_later_step() {
    let draft = statement();
    let mut next = sent(&draft);
    next.lines[0].goes = LineGoes::Cut;
    assert!(!next.follows(&draft));
    let mut next = sent(&draft);
    next.entitlement.orders = "a residence order".into();
    assert!(!next.follows(&draft));
}

#[test]
fn a_line_that_anything_binds_does_not_go_by_a_tick_alone() {
    for bind in LineBind::ALL {
        let mut bound = line(LineGoes::Goes);
        bound.binds = vec![bind];
        assert!(!bound.lacks(Nation::England, false).is_empty(), "{bind:?}");
        bound.reason = "The officer of the trust agreed on 3 March.".into();
        let lacks = bound.lacks(Nation::England, false);
        match bind {
            LineBind::Protected => assert_eq!(lacks, [LineLacks::OtherWords], "no reason names somebody"),
            LineBind::Flagged
            | LineBind::Reporter
            | LineBind::Limits
            | LineBind::NotTold
            | LineBind::Health
            | LineBind::Others => assert!(lacks.is_empty(), "{bind:?}"),
        }
    }
}

#[test]
fn a_cut_has_a_test_and_a_reason_and_what_is_reworded_its_words_too() {
    let cut = line(LineGoes::Cut);
    assert_eq!(cut.lacks(Nation::Wales, false), [LineLacks::Test, LineLacks::Reason]);
    assert_eq!(cut.going(), None);
    let reworded = line(LineGoes::Reworded);
    let all = [LineLacks::Words, LineLacks::Test, LineLacks::Reason];
    assert_eq!(reworded.lacks(Nation::Wales, false), all);
    let whole = StatementLine {
        words: "We told a teacher.".into(),
        test: Some(CutTest::OtherPeople),
        reason: "It named a neighbour.".into(),
        ..reworded
    };
    assert!(whole.lacks(Nation::Wales, false).is_empty());
    assert_eq!(whole.going(), Some("We told a teacher."));
}

#[test]
fn child_abuse_data_is_no_test_in_scotland_nor_against_the_person_themself() {
    for nation in Nation::ALL {
        for own in [true, false] {
            let there = CutTest::ChildAbuse.is_there(nation, own);
            assert_eq!(there, nation != Nation::Scotland && !own, "{nation:?}, {own}");
            let others = CutTest::ALL.into_iter().filter(|test| *test != CutTest::ChildAbuse);
            assert!(others.into_iter().all(|test| test.is_there(nation, own)));
        }
    }
}

#[test]
fn what_goes_home_is_only_what_goes_and_every_line_is_reviewed_once() {
    let mut draft = statement();
    let cut = StatementLine {
        line: id(8),
        test: Some(CutTest::SeriousHarm),
        reason: "He would know who told.".into(),
        ..line(LineGoes::Cut)
    };
    draft.lines.insert(0, cut.clone());
    assert!(draft.is_reviewed());
    assert_eq!(draft.going().collect::<Vec<_>>(), ["We told the school that Ayla moved."]);
    draft.lines.push(cut);
    assert!(!draft.is_reviewed(), "a line is there once");
}

#[test]
fn whoever_else_is_named_is_found_by_any_part_of_their_own_name() {
    let named = |n: u8, name: &str| Person::named(id(n), name.into(), crate::PersonRole::OtherAdult);
    let people = [
        named(2, "Ayla Sampleton"),
        named(3, "Mina Sampleton"),
        named(4, "Kim Sampleton"),
        named(5, "Bo Example"),
    ];
    let found = |text: &str| {
        let found = names_others(text, &people, &[id(2), id(3)]);
        found.into_iter().map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("We told the school that Kim hit Ayla."), ["Kim Sampleton"]);
    assert_eq!(found("Mr Example rang; Ms Sampleton agreed."), ["Bo Example"]);
    assert!(
        found("Ayla Sampleton lives with Mina Sampleton.").is_empty(),
        "a name that they share tells nobody"
    );
    assert!(found("Bo").is_empty(), "too short to be looked for");
}

#[test]
fn only_the_educational_record_has_a_clock_of_its_own() {
    let with: Vec<_> = AskedRecord::ALL.into_iter().filter(|one| one.has_a_school_clock()).collect();
    assert_eq!(with, [AskedRecord::EducationalRecord]);
}
