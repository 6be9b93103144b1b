//! The rules of practice over every teaching case of every nation: whatever is advised and whatever is decided.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;
mod teaching;

use std::collections::BTreeSet;
use std::path::Path;

use sharewell_guidance::practice::{
    apart, caution, consent_given, emergency, may_decide, otherwise, telling,
};
use sharewell_guidance::{Advice, Deadline, Pack, Position};
use sharewell_records::{Answer, Duty, FlagKind, Moment, Nation, OutcomeKind, WhenTold};
use teaching::{Case, packs};

/// Every teaching case walked to its end.
fn walked(packs: &[Pack]) -> Vec<(String, &Pack, Position, Advice)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts");
    let mut all = Vec::new();
    for nation in Nation::ALL {
        for path in std::fs::read_dir(folder.join(nation.word())).unwrap().map(|one| one.unwrap().path()) {
            if path.extension().is_some_and(|ext| ext == "toml") {
                let case = Case::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let pack = case.pack(packs).unwrap();
                let told = case.walk(pack).unwrap();
                all.push((path.display().to_string(), pack, told.position, told.advice));
            }
        }
    }
    assert!(all.len() > 100, "the cases were read");
    all
}

fn duties(plans: &[sharewell_guidance::ObligationPlan]) -> BTreeSet<Duty> {
    plans.iter().map(|plan| plan.duty).collect()
}

#[test]
fn following_the_advice_brings_what_the_advice_says_and_nothing_else() {
    let packs = packs();
    for (name, pack, _, advice) in walked(&packs) {
        let follows = otherwise::follows(pack, &advice, advice.kind, false);
        assert_eq!(follows, advice.obligations, "{name}");
    }
}

#[test]
fn deciding_otherwise_brings_what_belongs_to_the_chosen_way_alone() {
    let packs = packs();
    for (name, pack, _, advice) in walked(&packs) {
        for decided in OutcomeKind::ALL.into_iter().filter(|kind| kind.shares() != advice.kind.shares()) {
            let follows = otherwise::follows(pack, &advice, decided, false);
            let duties = duties(&follows);
            let about = format!("{name}: {decided:?} against {:?}", advice.kind);
            if decided.shares() {
                assert!(otherwise::SHARING.iter().all(|duty| duties.contains(duty)), "{about}");
                assert!(!duties.iter().any(|duty| otherwise::belongs_to_not_sharing(*duty)), "{about}");
                assert!(!duties.contains(&Duty::Act), "{about}: the act advised was not to share");
                let each = |plan: &&sharewell_guidance::ObligationPlan| {
                    plan.duty == Duty::Explain && plan.each.is_some()
                };
                assert!(
                    follows.iter().any(|plan| each(&plan)),
                    "{about}: telling is decided for each person"
                );
            } else {
                assert!(otherwise::NOT_SHARING.iter().all(|duty| duties.contains(duty)), "{about}");
                assert!(!duties.iter().any(|duty| otherwise::belongs_to_sharing(*duty)), "{about}");
            }
            let keys: BTreeSet<&String> = follows.iter().map(|plan| &plan.key).collect();
            assert_eq!(keys.len(), follows.len(), "{about}: nothing follows twice");
        }
    }
}

#[test]
fn silence_against_harm_or_duty_is_countersigned_the_same_day_and_sharing_never_is() {
    let packs = packs();
    for (name, pack, _, advice) in walked(&packs) {
        let binds = matches!(advice.kind, OutcomeKind::MustShare | OutcomeKind::EmergencyShare);
        for decided in OutcomeKind::ALL {
            let follows = otherwise::follows(pack, &advice, decided, false);
            let countersign = follows.iter().find(|plan| plan.duty == Duty::Countersign);
            let wanted = !decided.shares() && decided != advice.kind && (binds || advice.harm_suspected);
            assert_eq!(countersign.is_some(), wanted, "{name}: {decided:?} against {:?}", advice.kind);
            assert!(countersign.is_none_or(|plan| plan.deadline.is_some_and(Deadline::same_day)));
        }
    }
}

#[test]
fn telling_at_once_is_written_up_whatever_was_advised() {
    let packs = packs();
    for (name, pack, _, advice) in walked(&packs) {
        let follows = otherwise::follows(pack, &advice, OutcomeKind::EmergencyShare, false);
        assert_eq!(follows.iter().filter(|plan| plan.duty == Duty::WriteUp).count(), 1, "{name}");
    }
}

#[test]
fn a_decision_signed_apart_brings_the_officer_and_the_look_through_the_childs_file() {
    let packs = packs();
    for (name, pack, _, advice) in walked(&packs) {
        for decided in OutcomeKind::ALL {
            let follows = otherwise::follows(pack, &advice, decided, true);
            for id in apart::IDS {
                // Where nothing is shared yet the officer hears of it in a talk, once.
                let brings = |key: &str| key == id || (id == apart::IDS[0] && key == apart::DOUBT);
                assert_eq!(
                    follows.iter().filter(|plan| brings(&plan.key)).count(),
                    1,
                    "{name}: {decided:?}: {id}"
                );
            }
        }
    }
    for pack in &packs {
        let ids: Vec<&str> = apart::duties(pack).map(|one| one.id.as_str()).collect();
        assert_eq!(ids, apart::IDS, "{}", pack.name());
    }
}

#[test]
fn consent_counts_where_the_answers_gave_it_and_the_practitioner_may_always_share_at_once() {
    let packs = packs();
    let mut given = 0;
    for (name, pack, position, advice) in walked(&packs) {
        let consent = consent_given(pack, &position);
        given += u32::from(consent);
        if advice.kind == OutcomeKind::ShareWithConsent {
            assert!(consent, "{name}");
        }
        assert!(may_decide(advice.kind, consent, advice.kind), "{name}: the advice may be followed");
        assert!(may_decide(advice.kind, consent, OutcomeKind::EmergencyShare), "{name}");
    }
    assert!(given > 5, "cases with consent were among them");
}

#[test]
fn an_emergency_is_written_up_and_told_to_the_lead_with_or_without_guidance() {
    let packs = packs();
    let at = Moment("2026-03-13T18:00:00+00:00".parse().unwrap());
    let of = |pack: Option<&Pack>| emergency::duties(pack, Nation::England, at);
    let wanted = [
        (Duty::WriteUp, "write-up", "2026-03-16T17:00:00+00:00"),
        (Duty::DiscussWithAdviser, "alert-lead", "2026-03-13T23:59:00+00:00"),
    ];
    for pack in packs.iter().map(Some).chain([None]) {
        let found = of(pack);
        for (one, (duty, key, due)) in found.iter().zip(wanted) {
            assert_eq!((one.duty, one.key.as_str()), (duty, key));
            assert_eq!(one.due.unwrap().0.to_rfc3339(), due, "the weekend is not counted");
            let known = pack.is_none_or(|pack| pack.obligations().iter().any(|own| own.id == key));
            assert!(known, "the pack has words for it");
        }
        assert_eq!(found.len(), wanted.len());
    }
    let mini = support::pack();
    let keys: Vec<String> = of(Some(&mini)).into_iter().map(|one| one.key).collect();
    assert_eq!(
        keys,
        ["write-up", "ask"],
        "a pack's own obligation of the duty serves where the id is another"
    );
}

#[test]
fn telling_later_is_suggested_where_a_flag_or_the_answers_say_so_and_telling_now_never() {
    let packs = packs();
    let flags = |all: &[FlagKind]| all.iter().copied().collect::<BTreeSet<_>>();
    for pack in &packs {
        for step in pack.steps() {
            let asks = caution::asks_about_telling(step);
            assert!(!asks || step.option(caution::LATER).is_some(), "{}: {}", pack.name(), step.id);
            let found = |all: &[FlagKind], coercion| caution::suggested(step, &flags(all), coercion);
            let where_asked = |one| asks.then_some(one);
            let told = [FlagKind::DoNotTell, FlagKind::NoContact];
            assert_eq!(found(&told, true), where_asked(caution::Caution::FlagDoNotTell));
            assert_eq!(found(&[FlagKind::NoContact], true), where_asked(caution::Caution::FlagNoContact));
            assert_eq!(found(&[], true), where_asked(caution::Caution::CoercionPossible));
            let others = [FlagKind::DoNotPost, FlagKind::UnsafePhone, FlagKind::ProtectedIdentity];
            assert_eq!(found(&others, false), None);
        }
    }
}

#[test]
fn coercion_is_possible_where_asking_was_unsafe_and_at_every_careful_question() {
    let packs = packs();
    let (mut careful, mut safe, mut not_safe) = (0, 0, 0);
    for (name, pack, position, _) in walked(&packs) {
        for step in pack.steps().iter().filter(|step| caution::asks_about_telling(step)) {
            let possible = caution::coercion_possible(pack, &position, step);
            let said = |id: &str| position.path.iter().find(|asked| asked.key.0 == id).map(|one| &one.answer);
            let value = |id: &str| match said(id) {
                Some(Answer::Choice { value, .. }) => value.clone(),
                _ => String::new(),
            };
            let asked_unsafe = value("consent") == "unsafe"
                || ["no", "not_sure"].contains(&value("safe-to-ask").as_str())
                || said("why-unsafe").is_some();
            if step.asks(sharewell_guidance::Tag::ContactSafety) {
                careful += 1;
                assert!(possible, "{name}: {}", step.id);
            } else {
                assert_eq!(possible, asked_unsafe, "{name}: {}", step.id);
                *(if possible { &mut not_safe } else { &mut safe }) += 1;
            }
        }
    }
    assert!(careful > 50 && safe > 20 && not_safe > 0, "{careful}, {safe}, {not_safe}");
}

#[test]
fn rows_of_telling_are_those_that_were_answered() {
    let packs = packs();
    let mut some = 0;
    for (name, pack, position, _) in walked(&packs) {
        let rows = telling::of_answers(pack, &position);
        let answered = position.path.iter().any(|asked| {
            matches!(&asked.answer, Answer::EachPerson { .. })
                && pack.step(&asked.key).is_some_and(caution::asks_about_telling)
        });
        assert_eq!(!rows.is_empty(), answered, "{name}");
        assert!(rows.iter().all(|row| row.when != WhenTold::Blank), "{name}: {rows:?}");
        some += rows.len();
    }
    assert!(some > 5, "people were told in some");
}
