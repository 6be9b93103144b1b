//! Dated facts of law: not confirmed, confirmed by the pack, confirmed by an agency; and what a confirmation may never do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_guidance::{
    Error, Files, Notice, NoticeKind, Pack, Post, check_files, content_hash, lay, mount, notices, outcome,
};
use support::{answers, choice, day, nothing_known, read, replace, root};

/// England's guidance, with the line about the duty to share on the shortest way there is.
fn england() -> Files {
    let mut files =
        mount(read(&root("assets/guidance/england/2024-05")), &read(&root("assets/guidance/shared")));
    let first = "\"unborn-case\", \"emergency-quiet\",";
    let with = "\"unborn-case\", \"new-duty\", \"emergency-quiet\",";
    replace(&mut files, "outcomes.toml", first, with);
    files
}

const OPEN: &str = "announced_for = 2026-09-30\n";
const SETTLED: &str = "announced_for = 2026-09-30\nin_force_from = 2026-12-01\nconfirmed_on = 2026-11-28\nconfirmed_by = \"legislation.gov.uk\"\n";
const CITES: &str =
    "sources = [{ cite = \"CWSA4 s78\", unconfirmed = true }, { cite = \"ESSEX26\", unconfirmed = true }]";

/// The same, where whoever keeps the pack has confirmed it.
fn confirmed_by_the_pack() -> Files {
    let mut files = england();
    replace(&mut files, "pack.toml", OPEN, SETTLED);
    replace(&mut files, "pack.toml", CITES, "sources = [\"CWSA4 s78\"]");
    files
}

const CONFIRM: &str = r#"
[[confirm]]
fact = "duty-to-share"
from = 2026-12-01
sources = ["FABLEWELL section 9"]
confirmed_on = 2026-11-28
by = "Ada Mockford"
post = "lawyer"

[[attach]]
obligation = "fablewell-tell-council"
to = ["emergency"]
fact = "duty-to-share"
"#;

/// An agency's protocol that confirms it, and brings a duty with it.
fn fablewell(confirm: &str) -> Files {
    let mut files = read(&root("tests/fixtures/overlay/fablewell"));
    let now = content_hash(&england()).to_string();
    replace(&mut files, "overlay.toml", &"0".repeat(64), &now);
    replace(&mut files, "overlay.toml", "engine = 2", "engine = 5");
    files.get_mut("overlay.toml").unwrap().extend(confirm.bytes());
    if confirm.contains("fablewell-tell-council") {
        let duty = "\n[[obligation]]\nid = \"fablewell-tell-council\"\nduty = \"consult_front_door\"\ndeadline = \"end_of_today\"\nsources = [\"FABLEWELL\"]\n";
        files.get_mut("outcomes.toml").unwrap().extend(duty.bytes());
        let words =
            "\n[obligation.fablewell-tell-council]\nwhat = \"Tell the council today what may help it\"\n";
        files.get_mut("text/en.toml").unwrap().extend(words.bytes());
    }
    files
}

fn laid(confirm: &str) -> Pack {
    let files = lay(&england(), &fablewell(confirm));
    Pack::load(&files).unwrap_or_else(|why| panic!("{why:?}"))
}

fn refused(confirm: &str) -> String {
    match Pack::load(&lay(&england(), &fablewell(confirm))) {
        Err(Error::Pack(problems)) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        _ => panic!("it was to be refused:{confirm}"),
    }
}

/// The lines of law that are said on a day where somebody is in danger.
fn said<'p>(pack: &'p Pack, on: &str) -> Vec<&'p Notice> {
    let all = notices(pack, &nothing_known(), day(on), &answers(&[("danger", choice("yes"))]));
    all.into_iter().filter(|notice| notice.kind == NoticeKind::Law).collect()
}

fn duties(pack: &Pack, on: &str) -> Vec<String> {
    let advice = outcome(pack, &nothing_known(), day(on), &answers(&[("danger", choice("yes"))])).unwrap();
    advice.obligations.into_iter().map(|plan| plan.key).collect()
}

#[test]
fn what_nobody_confirmed_says_so_from_the_day_for_which_it_was_announced() {
    let pack = Pack::load(&england()).unwrap();
    assert_eq!(said(&pack, "2026-09-29"), Vec::<&Notice>::new());
    let lines = said(&pack, "2026-09-30");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].settled(&pack), None);
    let (what, _) = lines[0].keys(&pack);
    assert!(pack.text("en", &what).unwrap().contains("We could not confirm that it has started"));
    assert!(lines[0].cited(&pack).iter().all(|cite| cite.unconfirmed), "it decides nothing");
    for fact in &pack.facts {
        assert_eq!(fact.settled, None, "{}: nobody has seen that it started", fact.id);
        assert!(pack.text("en", &format!("fact.{}.about", fact.id)).is_some());
    }
    assert_eq!(pack.facts.len(), 2);
}

#[test]
fn what_the_pack_confirms_is_said_as_law_from_the_day_on_which_it_is_in_force() {
    let files = confirmed_by_the_pack();
    assert_eq!(check_files(&files).findings, []);
    let pack = Pack::load(&files).unwrap();
    assert_eq!(said(&pack, "2026-11-30"), Vec::<&Notice>::new(), "it is known that it has not started");
    let lines = said(&pack, "2026-12-01");
    let settled = lines[0].settled(&pack).unwrap();
    assert_eq!(
        (settled.by.as_str(), settled.on, settled.post),
        ("legislation.gov.uk", day("2026-11-28"), None)
    );
    let (what, more) = lines[0].keys(&pack);
    assert_eq!(
        (what.as_str(), more.as_str()),
        ("notice.new-duty.confirmed", "notice.new-duty.confirmed_hint")
    );
    assert!(pack.text("en", &what).unwrap().contains("is in force"));
    assert!(lines[0].cited(&pack).iter().all(|cite| !cite.unconfirmed));
}

#[test]
fn an_agency_confirms_it_with_name_post_day_and_source_and_may_add_a_duty_from_that_day_on() {
    let files = lay(&england(), &fablewell(CONFIRM));
    assert_eq!(check_files(&files).findings, []);
    let pack = laid(CONFIRM);
    let lines = said(&pack, "2026-12-01");
    let settled = lines[0].settled(&pack).unwrap();
    assert_eq!((settled.by.as_str(), settled.post), ("Ada Mockford", Some(Post::Lawyer)));
    assert_eq!(settled.sources[0].source, "FABLEWELL");
    assert!(said(&pack, "2026-11-30").is_empty());
    let added = |on: &str| duties(&pack, on).contains(&"fablewell-tell-council".to_owned());
    assert!(!added("2026-11-30") && added("2026-12-01"), "the duty comes with the law");
    let bare = Pack::load(&england()).unwrap();
    let kept: Vec<String> =
        duties(&pack, "2026-12-01").into_iter().filter(|key| key != "fablewell-tell-council").collect();
    assert_eq!(kept, duties(&bare, "2026-12-01"), "nothing of the nation's is taken away");
    assert_ne!(pack.hash, bare.hash, "a decision keeps under which of the two it was made");
}

#[test]
fn a_confirmation_that_is_not_whole_or_does_anything_else_is_refused() {
    let with = |from: &str, to: &str| {
        assert!(CONFIRM.contains(from), "{from}");
        refused(&CONFIRM.replacen(from, to, 1))
    };
    let one = |said: String, says: &str| assert!(said.contains(says), "{says}: {said}");
    for field in [
        "from = 2026-12-01\n",
        "confirmed_on = 2026-11-28\n",
        "by = \"Ada Mockford\"\n",
        "post = \"lawyer\"\n",
    ] {
        one(with(field, ""), "is missing");
    }
    one(with("sources = [\"FABLEWELL section 9\"]\n", ""), "no source is cited");
    one(with("\"FABLEWELL section 9\"", "\"CWSA4 s78\""), "what the agency itself has read");
    let doubtful = "{ cite = \"FABLEWELL\", unconfirmed = true }";
    one(with("\"FABLEWELL section 9\"", doubtful), "what the agency itself has read");
    one(with("post = \"lawyer\"", "post = \"manager\""), "must be one of: lawyer, data_protection_officer");
    one(with("fact = \"duty-to-share\"\nfrom", "fact = \"right-to-silence\"\nfrom"), "there is no fact");
    let twice = format!("{CONFIRM}{}", CONFIRM.split("\n[[attach]]").next().unwrap());
    one(refused(&twice), "confirmed twice");
    for more in [
        "removes = [\"act-emergency\"]\n",
        "outcome = \"emergency\"\n",
        "question = \"danger\"\n",
        "deadline = \"within_days:9\"\n",
        "obligation = \"act-emergency\"\n",
    ] {
        one(with("post = \"lawyer\"\n", &format!("post = \"lawyer\"\n{more}")), "is not known here");
    }
    let nations = with("obligation = \"fablewell-tell-council\"", "obligation = \"act-emergency\"");
    one(nations, "only a duty of the overlay is attached");
    let without = CONFIRM.split("[[attach]]").nth(1).map(|rest| format!("\n[[attach]]{rest}")).unwrap();
    one(refused(&without), "a duty comes with a fact that is confirmed");
}

#[test]
fn an_agency_cannot_confirm_again_what_the_pack_has_confirmed() {
    let pack = confirmed_by_the_pack();
    let mut overlay = fablewell(CONFIRM);
    let (was, now) = (content_hash(&england()).to_string(), content_hash(&pack).to_string());
    replace(&mut overlay, "overlay.toml", &was, &now);
    match Pack::load(&lay(&pack, &overlay)) {
        Err(Error::Pack(problems)) => {
            assert!(
                problems.iter().any(|one| one.message.contains("confirmed this already")),
                "{problems:?}"
            );
        }
        other => panic!("it was to be refused: {other:?}"),
    }
}

#[test]
fn a_fact_of_a_pack_is_whole_and_only_of_engine_five() {
    let broken = |from: &str, to: &str| {
        let mut files = confirmed_by_the_pack();
        replace(&mut files, "pack.toml", from, to);
        let found: Vec<String> = check_files(&files).findings.iter().map(ToString::to_string).collect();
        found.join("\n")
    };
    let one = |said: String, says: &str| assert!(said.contains(says), "{says}: {said}");
    one(broken("confirmed_by = \"legislation.gov.uk\"\n", ""), "\"confirmed_by\" is missing");
    one(broken("in_force_from = 2026-12-01\n", ""), "\"in_force_from\" is missing");
    one(broken("sources = [\"CWSA4 s78\"]", CITES), "cites something that is confirmed");
    let doubtful = format!("{OPEN}sources = [\"CWSA4 s78\"]");
    one(broken(&format!("{SETTLED}sources = [\"CWSA4 s78\"]"), &doubtful), "cites what is not confirmed");
    one(broken("engine = 7", "engine = 4"), "\"fact\" is not known here");
    let mut overlay = fablewell(CONFIRM);
    replace(&mut overlay, "overlay.toml", "engine = 5", "engine = 2");
    let said = check_files(&lay(&england(), &overlay)).findings;
    assert!(said.iter().any(|one| one.message.contains("\"confirm\" is not known here")), "{said:?}");
    let mut idle = england();
    for line in ["new-duty", "new-duty-no"] {
        let from = format!("id = \"{line}\"\nkind = \"law\"\nfact = \"duty-to-share\"\n");
        replace(&mut idle, "outcomes.toml", &from, &format!("id = \"{line}\"\nkind = \"law\"\n"));
    }
    let said = check_files(&idle).findings;
    assert!(said.iter().any(|one| one.message.contains("no line refers to this fact")), "{said:?}");
}
