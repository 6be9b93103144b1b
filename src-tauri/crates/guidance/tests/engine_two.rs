//! What engine version 2 adds: shared parts, checklists, requesters, the library and reviews.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod support;

use sharewell_guidance::{
    AnswerError, Answers, Error, Files, Pack, Problem, What, check_answer, check_files, mount, place,
    reviewed_hash,
};
use sharewell_records::{Answer, CheckRow, Known, KnownFacts, PointAnswer, StepId};
use support::{day, mini, on, replace};

const PART: &str = r#"
id = "closer-look"
version = "1"
entry = "able"
values = ["presumed_from"]
terms = ["rule"]
known = ["child_age"]
cites = ["competence"]
exits = ["sure", "ask"]
"#;

const PART_STEPS: &str = r#"
[[step]]
id = "able"
kind = "yes_no"
asks = "competence"
sources = ["pack:competence"]
known = [{ when = { known = "child_age", at_least = "value:presumed_from" }, answer = "yes", because = "old-enough" }]
next = [{ is = "yes", to = "exit:sure" }, { to = "points" }]

[[step]]
id = "points"
kind = "checklist"
options = [{ id = "what", requires_words = true }, { id = "why", reveals_words = true }]
sources = ["S36"]
next = [{ contains = "no", to = "exit:ask" }, { to = "judged" }]

[[step]]
id = "judged"
kind = "yes_no"
asks = "competence"
help = ["rules#second"]
sources = ["pack:competence", "S36"]
next = [{ is = "yes", to = "exit:sure" }, { to = "exit:ask" }]
"#;

const PART_TEXT: &str = r#"
[step.able]
question = "Does {child} understand? ({rule})"
short = "Understands"
why = "It counts only then."
[step.points]
question = "What shows it?"
short = "What shows it"
why = "So that it can be shown later."
option.what = "Knows what is shared"
option.why = "Knows why"
words = "What shows it"
[step.judged]
question = "So does {child} understand?"
short = "Judged"
why = "The judgement is yours."
"#;

const LIBRARY: &str = r#"
[[article]]
id = "rules"
kind = "rules"
points = ["first", "second"]
sources = ["S"]
[[article.point]]
id = "second"
sources = ["S30"]

[[article]]
id = "words"
kind = "glossary"
points = ["one"]
sources = ["S"]
"#;

const LIBRARY_TEXT: &str = r#"
[article.rules]
title = "Rules"
body = "Two of them."
point.first = "Think."
point.second = "Then act."
[article.words]
title = "Words"
body = "One of them."
term.one = "Front door"
point.one = "Where a worry is taken."
"#;

/// The small pack in engine 2, with everything that it adds, and the parts that it shares.
fn mini2() -> (Files, Files) {
    let mut files = mini();
    let mut add = |path: &str, text: &str| {
        files.entry(path.to_owned()).or_default().extend_from_slice(text.as_bytes());
    };
    for id in sharewell_guidance::REQUESTERS {
        add("pack.toml", &format!("[[requester]]\nid = \"{id}\"\nsources = [\"S\"]\n"));
        let words = format!("name = \"{id}\"\nfirst = \"Ask what for.\"\nverify = \"Ring back.\"\n");
        add("text/en.toml", &format!("[requester.{id}]\n{words}"));
    }
    add("pack.toml", "[values]\npresumed_from = 12\n[cites]\ncompetence = [\"S36\", \"S35\"]\n");
    add("pack.toml", "[exits.closer-look]\nsure = \"free\"\nask = \"outcome:hold\"\n");
    add("pack.toml", "[[known]]\nname = \"requester\"\nkind = \"word\"\nwords = [\"police\", \"court\"]\n");
    add("library.toml", LIBRARY);
    add("text/en.toml", LIBRARY_TEXT);
    replace(&mut files, "pack.toml", "engine = 1", "engine = 2\nshares = [\"closer-look@1\"]");
    replace(&mut files, "pack.toml", "terms = [\"front_door\"]", "terms = [\"front_door\", \"rule\"]");
    replace(&mut files, "text/en.toml", "known.sixteen", "term.rule = \"the rule here\"\nknown.old-enough");
    replace(&mut files, "steps.toml", "next = \"competent\"", "next = \"able\"");
    let from = String::from_utf8(files["steps.toml"].clone()).unwrap();
    let start = from.find("id = \"competent\"").unwrap();
    let end = start + from[start..].find("[[step]]").unwrap();
    let free = "id = \"free\"\nkind = \"yes_no\"\nasks = \"freely_given\"\nsources = [\"S36\"]\n\
                next = [{ is = \"yes\", to = \"outcome:share-consent\" }, { to = \"outcome:hold\" }]\n\n";
    files.insert("steps.toml".into(), format!("{}{free}{}", &from[..start], &from[end..]).into_bytes());
    for path in ["text/en.toml", "outcomes.toml"] {
        let text = String::from_utf8(files[path].clone()).unwrap().replace("competent", "free");
        files.insert(path.into(), text.into_bytes());
    }
    let shared = [
        ("closer-look/1/part.toml", PART),
        ("closer-look/1/steps.toml", PART_STEPS),
        ("closer-look/1/text/en.toml", PART_TEXT),
    ];
    let shared: Files =
        shared.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    (files, shared)
}

fn whole() -> Files {
    let (files, shared) = mini2();
    mount(files, &shared)
}

fn problems(files: &Files) -> Vec<Problem> {
    match Pack::load(files) {
        Err(Error::Pack(problems)) => problems,
        other => panic!("the pack must be refused: {other:?}"),
    }
}

#[test]
fn a_pack_with_a_shared_part_reads_as_one_and_passes_every_condition() {
    let files = whole();
    let report = check_files(&files);
    assert!(report.passes(), "{:#?}", report.findings);
    let pack = Pack::load(&files).unwrap();
    assert_eq!(pack.parts, ["closer-look@1"]);
    let able = pack.step(&StepId("able".into())).unwrap();
    let cites: Vec<&str> = able.sources.iter().map(|cite| cite.place.as_str()).collect();
    assert_eq!(cites, ["S36", "S35"], "a part's citation is the nation's own");
    assert_eq!(pack.text("en", "step.able.question").unwrap(), "Does {child} understand? (the rule here)");
    assert!(
        files.contains_key("shared/closer-look/1/steps.toml")
            || files.contains_key("shared/closer-look/steps.toml")
    );
}

#[test]
fn the_nations_age_decides_in_a_shared_part() {
    let pack = Pack::load(&whole()).unwrap();
    let asked = |age: i32| {
        let known = KnownFacts::from([("child_age".to_owned(), Known::Number(age))]);
        let mut answers = Answers::new();
        for (step, value) in [
            ("danger", "no"),
            ("harm", "no"),
            ("purpose", "yes"),
            ("identifiable", "yes"),
            ("confidential", "yes"),
            ("duty", "no"),
            ("new-duty", "no"),
            ("changes", "yes"),
            ("consent", "given"),
        ] {
            answers.insert(StepId(step.into()), support::choice(value));
        }
        answers.insert(StepId("others".into()), support::people(""));
        answers.insert(StepId("whose".into()), support::people("the child"));
        let at = place(&pack, &known, on(), &answers).unwrap();
        assert_eq!(at.path.len(), 8, "every answer is on the path: {:?}", at.place);
        (at.place, at.not_asked.len())
    };
    assert_ne!(asked(11), asked(12), "12 is presumed able here, 11 is not");
}

#[test]
fn a_part_that_is_not_whole_or_not_fed_is_refused_with_its_place() {
    let cases: [(&str, &str, &str, What); 13] = [
        ("pack.toml", "presumed_from = 12", "", What::MissingField),
        ("pack.toml", "presumed_from = 12", "presumed_from = 12.5", What::WrongType),
        ("pack.toml", "competence = [\"S36\", \"S35\"]", "competence = [\"NOBODY 3\"]", What::Dangling),
        ("pack.toml", "sure = \"free\"", "", What::MissingField),
        ("pack.toml", "sure = \"free\"", "sure = \"gone\"", What::Dangling),
        ("pack.toml", "sure = \"free\"", "sure = \"free\"\nsideways = \"free\"", What::Dangling),
        ("pack.toml", "closer-look@1", "closer-look@2", What::Misplaced),
        ("shared/closer-look/part.toml", "exits = [\"sure\", \"ask\"]", "exits = [\"sure\"]", What::Dangling),
        ("shared/closer-look/part.toml", "entry = \"able\"", "entry = \"nowhere\"", What::Dangling),
        ("shared/closer-look/part.toml", "terms = [\"rule\"]", "terms = [\"rules\"]", What::MissingField),
        (
            "shared/closer-look/steps.toml",
            "to = \"exit:ask\" }, { to = \"judged\"",
            "to = \"outcome:hold\" }, { to = \"judged\"",
            What::Misplaced,
        ),
        ("shared/closer-look/steps.toml", "value:presumed_from", "value:other", What::Dangling),
        ("steps.toml", "next = \"able\"", "next = \"judged\"", What::Misplaced),
    ];
    for (path, from, to, what) in cases {
        let mut files = whole();
        replace(&mut files, path, from, to);
        let found = problems(&files);
        assert!(found.iter().any(|problem| problem.what == what), "{path}: {to}: {found:#?}");
        assert!(found.iter().all(|problem| !problem.file.is_empty()), "{found:#?}");
    }
}

#[test]
fn a_pack_that_shares_a_part_is_refused_without_it() {
    let (files, _) = mini2();
    let found = problems(&files);
    assert!(found.iter().any(|problem| problem.message.contains("closer-look@1")), "{found:#?}");
}

#[test]
fn engine_one_knows_nothing_of_engine_two() {
    let mut files = whole();
    replace(&mut files, "pack.toml", "engine = 2", "engine = 1");
    let found = problems(&files);
    for file in ["library.toml", "shared/closer-look/part.toml"] {
        let here = |problem: &&Problem| problem.file == file && problem.what == What::UnknownFile;
        assert!(found.iter().any(|problem| here(&problem)), "{file}: {found:#?}");
    }
    let field = |problem: &Problem| problem.what == What::UnknownField && problem.message.contains("shares");
    assert!(found.iter().any(field), "{found:#?}");
}

#[test]
fn every_kind_of_requester_has_its_rules() {
    let mut files = whole();
    replace(&mut files, "pack.toml", "[[requester]]\nid = \"court\"\nsources = [\"S\"]\n", "");
    let found = problems(&files);
    assert!(found.iter().any(|one| one.message.contains("court")), "{found:#?}");
    let mut files = whole();
    replace(&mut files, "text/en.toml", "[requester.police]\nname = \"police\"", "[requester.police]");
    let found = problems(&files);
    let missing = |one: &&Problem| one.id == "requester.police.name" && one.what == What::MissingText;
    assert!(found.iter().any(|one| missing(&one)), "{found:#?}");
}

#[test]
fn help_opens_at_a_paragraph_that_is_there() {
    let mut files = whole();
    replace(&mut files, "shared/closer-look/steps.toml", "rules#second", "rules#third");
    let found = problems(&files);
    let named = found.iter().find(|one| one.what == What::Dangling).expect("it is found");
    assert_eq!((named.file.as_str(), named.id.as_str()), ("shared/closer-look/steps.toml", "judged"));
    let pack = Pack::load(&whole()).unwrap();
    assert_eq!(pack.article("rules").unwrap().points[1].sources[0].place, "S30");
}

#[test]
fn a_glossary_explains_words_and_a_missing_one_is_told() {
    let mut files = whole();
    replace(&mut files, "text/en.toml", "term.one = \"Front door\"\n", "");
    let found = problems(&files);
    assert_eq!(found[0].id, "article.words.term.one", "{found:#?}");
}

#[test]
fn a_review_names_the_text_that_was_read() {
    let mut files = whole();
    let before = Pack::load(&files).unwrap();
    let review = format!(
        "[[review]]\nof = \"{}\"\nby = \"Lee Madeupson\"\nrole = \"Safeguarding lead\"\non = 2026-11-26\nsays = \"\"\n",
        before.reviewed_hash
    );
    files.insert("reviews.toml".into(), review.into_bytes());
    let after = Pack::load(&files).unwrap();
    assert_eq!(after.reviews[0].of, after.reviewed_hash, "a review does not make itself out of date");
    assert_ne!(after.hash, before.hash, "and it is part of what is signed");
    assert_eq!(reviewed_hash(&files), before.reviewed_hash);
    assert_eq!(after.reviews[0].on, day("2026-11-26"));
    replace(&mut files, "reviews.toml", "of = \"", "of = \"x");
    assert!(problems(&files).iter().any(|one| one.file == "reviews.toml"));
}

#[test]
fn a_checklist_is_whole_when_every_point_is_answered_and_a_yes_is_shown() {
    let pack = Pack::load(&whole()).unwrap();
    let step = pack.step(&StepId("points".into())).unwrap();
    let row = |point: &str, value: &str, words: &str| CheckRow {
        point: point.into(),
        value: PointAnswer::of(value).unwrap_or_default(),
        words: words.into(),
    };
    let given = |rows: Vec<CheckRow>| check_answer(step, &Answer::Checklist { rows });
    assert_eq!(given(vec![row("what", "yes", "Said it back."), row("why", "yes", "")]), Ok(()));
    assert_eq!(given(vec![row("what", "not_sure", ""), row("why", "no", "")]), Ok(()));
    let evidence = AnswerError::EvidenceMissing { point: "what".into() };
    assert_eq!(given(vec![row("what", "yes", " "), row("why", "yes", "")]), Err(evidence));
    let missing = |point: &str| Err(AnswerError::PointMissing { point: point.into() });
    assert_eq!(given(vec![row("what", "no", "")]), missing("why"));
    assert_eq!(given(vec![row("what", "no", ""), row("why", "perhaps", "")]), missing("why"));
    let twice = vec![row("what", "no", ""), row("what", "yes", "x"), row("why", "no", "")];
    assert_eq!(given(twice), missing("what"));
    let strange = vec![row("what", "no", ""), row("else", "no", ""), row("why", "no", "")];
    assert_eq!(given(strange), Err(AnswerError::ChoiceMissing { row: 1 }));
    assert_eq!(check_answer(step, &support::choice("not_sure")), Err(AnswerError::NotAnOption));
}

#[test]
fn no_condition_counts_or_names_a_point() {
    for test in ["contains = \"what\"", "is = \"no\"", "less_than = 2"] {
        let mut files = whole();
        replace(&mut files, "shared/closer-look/steps.toml", "contains = \"no\"", test);
        assert!(!problems(&files).is_empty(), "{test}");
    }
}

#[test]
fn a_known_word_may_be_one_of_several() {
    let mut files = whole();
    let plain = "next = \"able\"";
    let by_word = "next = [{ when = { known = \"requester\", is_any = [\"police\", \"court\"] }, to = \"able\" }, { to = \"able\" }]";
    replace(&mut files, "steps.toml", plain, by_word);
    Pack::load(&files).expect("is_any takes several words");
    replace(&mut files, "steps.toml", "\"police\", \"court\"", "\"police\", \"nobody\"");
    assert!(problems(&files).iter().any(|one| one.what == What::WrongType));
}
