//! An agency's own protocol laid over England's guidance: what it may add, and what it may never do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_guidance::{
    Calendar, Deadline, Error, Files, FlowWords, Pack, Part, Place, Report, SideOf, check_files,
    content_hash, difference, lay, mount, outcome, overlay_base, place,
};
use sharewell_records::{Answer, Nation, Sha256};
use support::{answers, choice, day, nothing_known, people, read, replace, root};

fn england() -> Files {
    mount(read(&root("assets/guidance/england/2024-05")), &read(&root("assets/guidance/shared")))
}

/// The example, written for England's guidance as it is now.
fn fablewell() -> Files {
    let mut files = read(&root("tests/fixtures/overlay/fablewell"));
    let (zeros, now) = ("0".repeat(64), content_hash(&england()).to_string());
    replace(&mut files, "overlay.toml", &zeros, &now);
    files
}

/// The example with one text replaced by another.
fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = fablewell();
    replace(&mut files, path, from, to);
    files
}

fn added(path: &str, text: &str) -> Files {
    let mut files = fablewell();
    files.entry(path.to_owned()).or_default().extend(text.bytes());
    files
}

fn checked(overlay: &Files) -> Report {
    check_files(&lay(&england(), overlay))
}

/// What reading it says is wrong, each as one line.
fn refused(overlay: &Files) -> String {
    match Pack::load(&lay(&england(), overlay)) {
        Err(Error::Pack(problems)) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        _ => panic!("it was to be refused"),
    }
}

#[test]
fn the_example_is_laid_on_and_every_path_meets_the_twelve_conditions() {
    let report = checked(&fablewell());
    assert_eq!(report.findings, []);
    assert_eq!(report.pack, "england@2024-05+fablewell.2026-11");
    let pack = Pack::load(&lay(&england(), &fablewell())).unwrap();
    assert_eq!(pack.overlay.as_ref().unwrap().base, "england@2024-05");
    assert_ne!(pack.hash, content_hash(&england()), "a decision names what it was made under");
    assert_eq!(overlay_base(&fablewell()).unwrap(), ("england@2024-05".into(), content_hash(&england())));
}

#[test]
fn its_question_comes_in_the_write_up_and_its_duties_follow() {
    let pack = Pack::load(&lay(&england(), &fablewell())).unwrap();
    let on = day("2026-11-20");
    let signs = Answer::Choices { values: vec!["domestic".into()], words: String::new() };
    let begun = [("danger", choice("no")), ("harm", choice("yes")), ("next-with", choice("not-today"))];
    let mut given = answers(&begun);
    let behind = Answer::Choices { values: vec!["home".into()], words: String::new() };
    given.extend(answers(&[("behind", behind), ("signs", signs), ("others", people(""))]));
    let at = place(&pack, &nothing_known(), on, &given).unwrap();
    let Place::Advised { .. } = &at.place else {
        panic!("the advice stands before any local question: {at:?}")
    };
    let duties = |reference: &str| -> Vec<String> {
        let mut given = given.clone();
        given.extend(answers(&[("fablewell-reference", choice(reference))]));
        let advice = outcome(&pack, &nothing_known(), on, &given).unwrap();
        advice.obligations.iter().map(|plan| plan.key.clone()).collect()
    };
    assert!(duties("no").contains(&"fablewell-ring-again".to_owned()));
    assert!(duties("yes").contains(&"fablewell-note-reference".to_owned()));
    assert!(!duties("yes").contains(&"fablewell-ring-again".to_owned()));
    assert_eq!(duties("yes").first().unwrap(), "act-harm", "the act itself stays first");
}

#[test]
fn what_it_adds_and_tightens_is_all_that_differs() {
    let (before, after) =
        (Pack::load(&england()).unwrap(), Pack::load(&lay(&england(), &fablewell())).unwrap());
    let change = difference((&before, "en"), (&after, "en"), &FlowWords::default());
    let names = |all: &[sharewell_guidance::Named]| all.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    assert_eq!(names(&change.steps.added), ["fablewell-reference"]);
    assert_eq!(names(&change.obligations.added), ["fablewell-note-reference", "fablewell-ring-again"]);
    for changes in [&change.steps, &change.outcomes, &change.obligations, &change.words] {
        assert_eq!(names(&changes.removed), [""; 0], "nothing of the nation's is left out");
    }
    let sooner: Vec<_> = change.obligations.changed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(sooner, ["chase"]);
    let side = &change.obligations.changed[0].sides[0];
    assert_eq!(
        (side.what, side.after.as_slice()),
        (SideOf::Deadline, &[Part::Deadline(Deadline::WithinHours(4))][..])
    );
}

#[test]
fn a_question_before_the_advice_where_harm_is_suspected_is_refused() {
    let early = changed("overlay.toml", "before = \"asked\"", "before = \"behind\"");
    let mut early = early;
    replace(&mut early, "steps.toml", "after_advice = true\n", "");
    let found = checked(&early).findings;
    assert!(found.iter().any(|one| one.condition == 1 && one.id == "fablewell-reference"), "{found:?}");
    assert!(found.iter().any(|one| one.message.contains("stands before the advice")), "{found:?}");
}

#[test]
fn a_question_between_danger_and_harm_is_refused() {
    let mut between = changed("overlay.toml", "before = \"asked\"", "before = \"harm\"");
    replace(&mut between, "steps.toml", "after_advice = true\n", "");
    let found = checked(&between).findings;
    assert!(found.iter().any(|one| one.condition == 2), "{found:?}");
}

#[test]
fn a_nineteenth_question_is_refused() {
    let mut long = changed("overlay.toml", "before = \"asked\"", "before = \"purpose\"");
    replace(&mut long, "steps.toml", "after_advice = true\n", "");
    // The longest path of the pack has 15: a fourth question of the agency's own is one too many.
    let own = long.clone();
    let only = |text: &str, from: &str| {
        text.split("\n[")
            .filter(|part| part.contains(from))
            .map(|part| format!("\n[{part}"))
            .collect::<String>()
    };
    for id in ["fablewell-second", "fablewell-third", "fablewell-fourth"] {
        let again =
            |path: &str| String::from_utf8(own[path].clone()).unwrap().replace("fablewell-reference", id);
        let insert = format!("\n[[insert]]\nstep = \"{id}\"\nbefore = \"purpose\"\n");
        let words = only(&format!("\n{}", again("text/en.toml")), &format!("step.{id}"));
        long.get_mut("overlay.toml").unwrap().extend(insert.bytes());
        long.get_mut("steps.toml").unwrap().extend(again("steps.toml").bytes());
        long.get_mut("text/en.toml").unwrap().extend(words.bytes());
    }
    let found = checked(&long).findings;
    assert!(found.iter().any(|one| one.condition == 1 && one.message.contains("19 questions")), "{found:?}");
}

#[test]
fn a_countersignature_before_a_share_is_refused() {
    let mut wait = changed("outcomes.toml", "duty = \"escalate\"", "duty = \"countersign\"");
    let to = "obligation = \"fablewell-ring-again\"\nto = [";
    replace(&mut wait, "overlay.toml", to, &format!("{to}\"must-share-order\", "));
    let found = checked(&wait).findings;
    assert!(found.iter().any(|one| one.condition == 12), "sharing never waits for the lead: {found:?}");
}

#[test]
fn a_deadline_is_never_made_later_and_nobody_is_told_because_a_protocol_says_so() {
    let later = refused(&changed("overlay.toml", "\"within_hours:4\"", "\"within_days:3\""));
    assert!(later.contains("earlier, never later"), "{later}");
    let tell = refused(&changed("overlay.toml", "obligation = \"chase\"", "obligation = \"tell-emergency\""));
    assert!(tell.contains("follows from their safety"), "{tell}");
    let own = refused(&changed("outcomes.toml", "duty = \"escalate\"", "duty = \"explain\""));
    assert!(own.contains("follows from their safety"), "{own}");
    let apart = refused(&changed("outcomes.toml", "duty = \"escalate\"", "duty = \"separate_file\""));
    assert!(apart.contains("cannot move it"), "{apart}");
}

#[test]
fn it_edits_nothing_of_the_nations_and_names_everything_as_its_own() {
    let next =
        changed("steps.toml", "kind = \"yes_no\"", "kind = \"yes_no\"\nnext = \"outcome:hold-advice\"");
    assert!(refused(&next).contains("is where it was inserted"));
    let tag = changed("steps.toml", "kind = \"yes_no\"", "kind = \"yes_no\"\nasks = \"recipient\"");
    assert!(refused(&tag).contains("an overlay has no tags"));
    let covers = changed("outcomes.toml", "duty = \"escalate\"", "duty = \"escalate\"\ncovers = [\"route\"]");
    assert!(refused(&covers).contains("an overlay has no tags"));
    let outcome = added("outcomes.toml", "\n[[outcome]]\nid = \"fablewell-wait\"\nkind = \"do-not-share\"\n");
    assert!(refused(&outcome).contains("the field \"outcome\" is not known here"));
    let ground =
        added("outcomes.toml", "\n[[ground]]\nid = \"fablewell-basis\"\nsources = [\"FABLEWELL\"]\n");
    assert!(refused(&ground).contains("the field \"ground\" is not known here"));
    let words = added("text/en.toml", "\n[step.harm]\nquestion = \"Are you quite certain?\"\n");
    assert!(refused(&words).contains("stands in the pack"));
    let theirs = added("overlay.toml", "\n[[attach]]\nobligation = \"chase\"\nto = [\"hold-advice\"]\n");
    assert!(refused(&theirs).contains("only a duty of the overlay is attached"));
    let moved = added("overlay.toml", "\n[[insert]]\nstep = \"weighing\"\nbefore = \"danger\"\n");
    assert!(refused(&moved).contains("only a question of the overlay is inserted"));
    let mut own = fablewell();
    for path in ["overlay.toml", "outcomes.toml"] {
        let text = String::from_utf8(own[path].clone()).unwrap();
        own.insert(path.into(), text.replace("fablewell-ring-again", "ring-again").into_bytes());
    }
    let text = String::from_utf8(own["text/en.toml"].clone()).unwrap();
    own.insert("text/en.toml".into(), text.replace("fablewell-ring-again", "ring-again").into_bytes());
    assert!(refused(&own).contains("begins with \"fablewell-\""));
}

#[test]
fn whom_an_act_rings_is_the_nations_own() {
    let (before, after) =
        (Pack::load(&england()).unwrap(), Pack::load(&lay(&england(), &fablewell())).unwrap());
    for (was, is) in before.outcomes().iter().zip(after.outcomes()) {
        assert_eq!((was.act, &was.id), (is.act, &is.id));
        assert_eq!(before.act_words("en", &was.id), after.act_words("en", &is.id));
    }
    let sooner = added(
        "overlay.toml",
        "\n[[sooner]]\noutcome = \"share-harm\"\ndeadline = \"now\"\nring = \"adviser\"\n",
    );
    assert!(refused(&sooner).contains("the field \"ring\" is not known here"));
    let duty = changed("outcomes.toml", "duty = \"escalate\"", "duty = \"escalate\"\nring = \"adviser\"");
    assert!(refused(&duty).contains("the field \"ring\" is not known here"));
    let words = added("text/en.toml", "\n[outcome.share-harm]\nact = \"Ring your {adviser} first\"\n");
    assert!(refused(&words).contains("stands in the pack"));
    let term = added("text/en.toml", "\n[term]\nfront_door = \"the duty desk\"\n");
    assert!(refused(&term).contains("stands in the pack"));
}

#[test]
fn it_needs_no_newer_engine_than_the_pack_under_it() {
    for engine in ["6", "7"] {
        let of_its_pack = changed("overlay.toml", "engine = 2", &format!("engine = {engine}"));
        assert_eq!(checked(&of_its_pack).findings, []);
    }
    for engine in ["1", "8"] {
        let other = changed("overlay.toml", "engine = 2", &format!("engine = {engine}"));
        assert!(refused(&other).contains("an overlay needs engine 2"), "{engine}");
    }
}

#[test]
fn it_fits_the_text_that_it_was_written_for_and_no_other() {
    let other = changed("overlay.toml", "england@2024-05", "england@2015-03");
    assert!(refused(&other).contains("laid over england@2024-05"));
    let hash = Sha256([7; 32]).to_string();
    let stale = changed("overlay.toml", &content_hash(&england()).to_string(), &hash);
    let said = refused(&stale);
    assert!(said.contains("another text of this pack"), "{said}");
    assert!(said.contains(&content_hash(&england()).to_string()), "it says which one is here: {said}");
    let lost =
        changed("overlay.toml", "[[insert]]\nstep = \"fablewell-reference\"\nbefore = \"asked\"\n", "");
    assert!(refused(&lost).contains("no step leads here"));
    let file = added("pack.toml", "id = \"england\"\n");
    assert!(refused(&file).contains("a pack has no such file"));
}

#[test]
fn a_second_overlay_takes_the_place_of_the_first() {
    let once = lay(&england(), &fablewell());
    let again = lay(&once, &changed("overlay.toml", "version = \"2026-11\"", "version = \"2026-12\""));
    assert_eq!(Pack::load(&again).unwrap().overlay.unwrap().version, "2026-12");
    assert_eq!(lay(&again, &Files::new()), england(), "taken off, the nation's own is left");
}

#[test]
fn deadlines_are_compared_at_every_hour() {
    let earlier = |one: &str, other: &str| {
        let parse = |word| Deadline::parse(word).unwrap();
        parse(one).never_later_than(parse(other), &Calendar::first(Nation::England))
    };
    assert!(earlier("now", "within_hours:1"));
    assert!(earlier("end_of_today", "end_of_next_working_day"));
    assert!(earlier("end_of_next_working_day", "end_of_next_working_day"));
    assert!(!earlier("within_hours:24", "end_of_next_working_day"), "not at six on a Thursday evening");
    assert!(!earlier("within_working_days:2", "within_days:3"), "not over Christmas");
    assert!(!earlier("end_of_today", "within_hours:1"));
}
