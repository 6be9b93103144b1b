//! After any decision there are few cards, and what protects somebody is never one of the things that is only said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::path::Path;

use sharewell_guidance::practice::cards::{Card, MOST_CARDS, MOST_TODAY, may_be_point};
use sharewell_guidance::{Files, Obligation, Pack, check_files, mount};
use sharewell_records::{Duty, OutcomeKind};
use teaching::packs;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/guidance");

/// England's newest pack with texts changed, each of which must have been there.
fn changed(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = mount(
        teaching::files(&Path::new(ROOT).join("england/2024-05")),
        &teaching::files(&Path::new(ROOT).join("shared")),
    );
    for (path, from, to) in changes {
        let text = String::from_utf8(files[*path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        files.insert((*path).to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    files
}

/// The findings of condition 13, each with its place; nothing else may be found.
#[track_caller]
fn found(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let report = check_files(&changed(changes));
    for finding in &report.findings {
        assert_eq!(finding.condition, 13, "{finding}");
        assert!(finding.line > 0 && finding.file == "outcomes.toml", "it says where: {finding}");
    }
    report.findings.iter().map(|finding| format!("{}: {}", finding.id, finding.message)).collect()
}

#[test]
fn a_chase_that_nobody_ticks_is_refused() {
    let from = "id = \"chase\"\nduty = \"escalate\"\ndeadline = \"end_of_next_working_day\"\n";
    let found = found(&[("outcomes.toml", from, "id = \"chase\"\nduty = \"escalate\"\npoint = true\n")]);
    assert_eq!(found, ["chase: what protects somebody is done and ticked: it can be no point"]);
}

#[test]
fn an_eighth_card_is_refused() {
    let changes =
        [("outcomes.toml", "\"act-harm\", \"notify-police\",", "\"act-harm\", \"reasons-balance\",")];
    let found = found(&changes);
    assert!(found.contains(&"share-harm: it leaves 8 cards, more than 7".to_owned()), "{found:?}");
}

#[test]
fn a_fourth_card_for_today_is_refused() {
    let from =
        "id = \"confirm-writing\"\nduty = \"confirm_in_writing\"\ndeadline = \"end_of_next_working_day\"";
    let to = "id = \"confirm-writing\"\nduty = \"confirm_in_writing\"\ndeadline = \"end_of_today\"";
    let found = found(&[("outcomes.toml", from, to)]);
    assert!(found.contains(&"share-harm: 4 cards are due today, more than 3".to_owned()), "{found:?}");
}

#[test]
fn a_point_does_not_stand_first() {
    let from = "\"ring-front-door-harm\", \"linked-today\", \"find-others\", \"who-acted\",";
    let to = "\"who-acted\", \"ring-front-door-harm\", \"linked-today\", \"find-others\",";
    let found = found(&[("outcomes.toml", from, to)]);
    assert_eq!(found, ["hold-harm: nothing is to be done first"]);
}

#[test]
fn a_second_call_that_reads_as_the_first_is_refused() {
    let from = "what = \"Ring the {allegations_officer} today\"";
    let found = found(&[("text/en.toml", from, "what = \"Ring {front_door} today\"")]);
    assert_eq!(found, ["share-harm-staff: allegations reads as act-staff on the same card"]);
}

#[test]
fn a_point_has_no_deadline_and_no_earlier_engine_knows_it() {
    let dated = "duty = \"how_much\"\npoint = true\n";
    let files =
        changed(&[("outcomes.toml", dated, "duty = \"how_much\"\npoint = true\ndeadline = \"now\"\n")]);
    assert!(Pack::load(&files).is_err(), "nobody is late with what nobody ticks");
    let files = changed(&[("pack.toml", "engine = 7", "engine = 4")]);
    assert!(Pack::load(&files).is_err(), "an earlier engine would make a duty of it");
}

#[test]
fn what_protects_somebody_is_a_line_of_its_own_in_every_nation() {
    for pack in packs() {
        let one = |id: &str| pack.obligations().iter().find(|one| one.id == id);
        let lines = [
            "act-harm",
            "act-staff",
            "allegations",
            "notify-police",
            "act-fgm",
            "act-offence",
            "act-order",
            "legal-also",
            "others-now",
            "linked-today",
            "linked",
            "find-others",
            "tell-now",
            "tell-emergency",
            "chase",
            "chase-now",
            "record-share",
            "write-up",
            "confirm-writing",
            "look-again",
        ];
        for line in lines.iter().filter_map(|id| one(id)) {
            assert!(!line.point && !may_be_point(line.duty), "{}: {}", pack.name(), line.id);
        }
        for id in
            ["right-person", "how-much", "mark-items", "limits", "say-only", "own-code", "bonds", "who-acted"]
        {
            assert!(one(id).is_some_and(|one| one.point && one.deadline.is_none()), "{}: {id}", pack.name());
        }
        let calls = ["act-staff", "allegations", "notify-police", "linked-today", "legal-also"];
        for call in calls.iter().filter_map(|id| one(id)) {
            assert_eq!(call.card(), Card::Ring, "{}: {} is a line of the same call", pack.name(), call.id);
        }
    }
}

#[test]
fn nobody_is_sent_to_ask_around_where_nothing_leaves() {
    let asks_around = |one: &Obligation| {
        one.duty == Duty::WhoElseActed || ["bonds", "who-acted"].contains(&one.id.as_str())
    };
    for pack in packs() {
        for outcome in pack.outcomes() {
            let kept =
                ["hold-verify", "hold-access", "hold-ask", "hold-advice"].contains(&outcome.id.as_str());
            if !kept && outcome.kind != OutcomeKind::DoNotShare {
                continue;
            }
            let brings: Vec<&str> = pack.brings(outcome).collect();
            let wrong =
                pack.obligations().iter().find(|one| brings.contains(&one.id.as_str()) && asks_around(one));
            assert!(wrong.is_none(), "{}: {wrong:?} under {}", pack.name(), outcome.id);
        }
    }
}

#[test]
fn no_outcome_of_any_nation_can_bring_more_cards_than_people_carry() {
    for pack in packs() {
        for outcome in pack.outcomes() {
            let brings: Vec<&str> = pack.brings(outcome).collect();
            let lines: Vec<&Obligation> = pack
                .obligations()
                .iter()
                .filter(|one| !one.point && brings.contains(&one.id.as_str()))
                .collect();
            let cards = |today: bool| {
                let of =
                    |card: &Card| lines.iter().any(|one| one.card() == *card && (!today || one.is_today()));
                Card::ALL.iter().filter(|card| of(card)).count()
            };
            assert!(cards(false) <= MOST_CARDS, "{}: {}", pack.name(), outcome.id);
            assert!(cards(true) <= MOST_TODAY, "{}: {}", pack.name(), outcome.id);
        }
    }
}
