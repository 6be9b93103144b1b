//! What is wrong with a pack is told with its place; no input brings the loader down.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use proptest::prelude::*;
use sharewell_guidance::{Error, Files, Pack, Problem, What, check_files, content_hash, outline};
use support::{broken, mini, pack, replace};

fn problems(files: &Files) -> Vec<Problem> {
    match Pack::load(files) {
        Err(Error::Pack(problems)) => problems,
        other => panic!("the pack is broken, and loading says {other:?}"),
    }
}

fn line_of(path: &str, text: &str) -> u32 {
    let files = mini();
    let whole = String::from_utf8(files[path].clone()).unwrap();
    let at = whole.lines().position(|line| line.contains(text)).unwrap();
    u32::try_from(at).unwrap() + 1
}

#[test]
fn every_kind_of_problem_names_its_file_line_and_id() {
    let cases = [
        ("steps.toml", "kind = \"weighing\"", "kind = \"guessing\"", What::NotAWord, "weighing"),
        ("steps.toml", "asks = \"weighing\"", "asks = \"balance\"", What::NotAWord, "weighing"),
        ("steps.toml", "after_advice = true", "after_lunch = true", What::UnknownField, "tell"),
        ("steps.toml", "next = \"competent\"", "next = \"compotent\"", What::Dangling, "whose"),
        ("steps.toml", "sources = [\"S48\"]", "sources = [\"HMG99 rule 1\"]", What::Dangling, "weighing"),
        ("steps.toml", "sources = [\"S48\"]", "sources = []", What::NoSource, "weighing"),
        (
            "steps.toml",
            "applies_from = 2026-09-30",
            "applies_from = \"2026-13-30\"",
            What::BadDate,
            "new-duty",
        ),
        ("steps.toml", "optional = true", "optional = \"true\"", What::WrongType, "others"),
        ("steps.toml", "id = \"whose\"", "id = \"Whose\"", What::BadId, "Whose"),
        ("steps.toml", "id = \"endanger\"", "id = \"exception\"", What::DuplicateId, "exception"),
        ("outcomes.toml", "duty = \"act\"", "duty = \"dance\"", What::NotAWord, "act"),
        ("outcomes.toml", "review = \"within_days:14\"", "review = \"soon\"", What::NotAWord, "emergency"),
        ("pack.toml", "engine = 1", "engine = 8", What::WrongEngine, ""),
    ];
    for (path, from, to, what, id) in cases {
        let line = line_of(path, from);
        let found = problems(&broken(path, from, to));
        let named =
            found.iter().find(|problem| problem.what == what).unwrap_or_else(|| panic!("{to}: {found:?}"));
        assert_eq!((named.file.as_str(), named.id.as_str()), (path, id), "{named}");
        assert!(named.line.abs_diff(line) <= 2, "{to} stands in line {line}, told was {named}");
        assert!(named.to_string().len() > named.message.len() + 5, "what to do is told as well");
    }
}

#[test]
fn all_problems_are_told_not_only_the_first() {
    let mut files = broken("steps.toml", "next = \"competent\"", "next = \"gone\"");
    replace(&mut files, "outcomes.toml", "duty = \"act\"", "duty = \"dance\"");
    replace(&mut files, "pack.toml", "covers = \"evidence\"", "covers = \"nothing\"");
    let found: Vec<_> = problems(&files).iter().map(|problem| problem.file.clone()).collect();
    for file in ["steps.toml", "outcomes.toml", "pack.toml"] {
        assert!(found.iter().any(|found| found == file), "{file} in {found:?}");
    }
}

#[test]
fn steps_that_lead_in_circles_or_nowhere_are_refused() {
    let circle = problems(&broken("steps.toml", "next = \"competent\"", "next = \"consent\""));
    assert!(circle.iter().any(|problem| problem.what == What::Cycle), "{circle:?}");
    assert!(circle.iter().any(|problem| problem.what == What::Unreachable && problem.id == "competent"));
    let early = broken(
        "steps.toml",
        "{ is = \"no\", to = \"outcome:do-not-share\" }",
        "{ when = { asked = \"adviser\" }, to = \"outcome:do-not-share\" }",
    );
    assert!(
        problems(&early).iter().any(|problem| problem.what == What::Misplaced),
        "no answer from the future"
    );
}

#[test]
fn risk_is_never_answered_by_the_file() {
    let known = "optional = true\nknown = [{ when = { known = \"child_age\" }, answer = \"no\", because = \"sixteen\" }]";
    let found = problems(&broken("steps.toml", "optional = true", known));
    assert!(
        found.iter().any(|problem| problem.what == What::Misplaced && problem.id == "others"),
        "{found:?}"
    );
}

#[test]
fn wording_is_whole_and_none_is_left_over() {
    let missing = problems(&broken("text/en.toml", "act = \"Do it\"\n", ""));
    assert_eq!(
        (missing.len(), missing[0].what, missing[0].id.as_str()),
        (1, What::MissingText, "outcome.emergency.act")
    );
    let unused = problems(&broken("text/en.toml", "act = \"Do it\"\n", "act = \"Do it\"\nacts = \"?\"\n"));
    assert_eq!((unused.len(), unused[0].what), (1, What::UnusedText));
    let brace = problems(&broken("text/en.toml", "act = \"Do it\"", "act = \"Ring {someone}\""));
    assert_eq!((brace.len(), brace[0].what), (1, What::BadPlaceholder));
    assert_eq!(pack().text("en", "pack.advice"), Some("Ask the front door."), "terms are filled in");
    assert_eq!(pack().text("cy", "pack.advice"), None);
}

#[test]
fn files_are_plain_small_and_known() {
    let mut files = mini();
    files.insert("run.sh".into(), Vec::new());
    files.insert("../escape.toml".into(), Vec::new());
    assert_eq!(problems(&files).iter().filter(|problem| problem.what == What::UnknownFile).count(), 2);
    let crlf = problems(&broken("pack.toml", "engine = 1\n", "engine = 1\r\n"));
    assert_eq!((crlf[0].what, crlf[0].line), (What::LineEnds, line_of("pack.toml", "engine = 1")));
    let mut large = mini();
    large.insert("notes.md".into(), vec![b' '; 600 * 1024]);
    assert_eq!(problems(&large)[0].what, What::TooLarge);
    let mut latin = mini();
    latin.insert("notes.md".into(), vec![0xe9]);
    assert_eq!(problems(&latin)[0].what, What::Encoding);
    assert!(!check_files(&Files::new()).passes(), "nothing is not a pack");
}

#[test]
fn the_hash_is_sha_256_over_sorted_paths_and_hashes() {
    let files = Files::from([("b".to_owned(), b"2".to_vec()), ("a".to_owned(), b"1".to_vec())]);
    // printf 'a %s\nb %s\n' $(printf 1 | sha256sum | cut -d' ' -f1) $(printf 2 | sha256sum | cut -d' ' -f1) | sha256sum
    assert_eq!(
        content_hash(&files).to_string(),
        "dab6fe8597331abab6970673e8e26830441ff8da812a685f36c51bc656fc54a2"
    );
    assert_eq!(pack().hash, content_hash(&mini()));
    let changed = broken("pack.toml", "title = \"Things to know\"", "title = \"Things to Know\"");
    assert_ne!(Pack::load(&changed).unwrap().hash, pack().hash, "one letter is another pack");
}

#[test]
fn an_outline_shows_every_question_way_and_source() {
    let pack = pack();
    let shown = outline(&pack);
    assert_eq!((shown.nodes.len(), shown.outcomes.len()), (17, 7));
    let text = shown.to_string();
    for line in [
        "danger is yes or not_sure: advise emergency, end",
        "new-duty (unconfirmed)",
        "asked from 2026-09-30",
        "[S59; S60]",
        "adviser is agrees and weighing is share",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

proptest! {
    #[test]
    fn no_mutation_of_a_good_pack_brings_the_loader_down(
        file in 0usize..4,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..40, any::<Vec<u8>>()), 1..4),
    ) {
        let mut files = mini();
        let path = files.keys().nth(file).unwrap().clone();
        let bytes = files.get_mut(&path).unwrap();
        for (at, length, put) in cuts {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, put.into_iter().take(20));
        }
        if let Err(Error::Pack(problems)) = Pack::load(&files) {
            prop_assert!(!problems.is_empty(), "what is refused is refused with a reason");
        }
    }

    #[test]
    fn no_shuffling_of_words_brings_the_loader_or_the_check_down(
        file in 0usize..4,
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        // Swaps one quoted word for another of the same file: mostly good TOML with a broken meaning.
        let mut files = mini();
        let path = files.keys().nth(file).unwrap().clone();
        let text = String::from_utf8(files[&path].clone()).unwrap();
        let mut parts: Vec<&str> = text.split('"').collect();
        let odd = parts.len() / 2;
        let (from, to) = (from.index(odd) * 2 + 1, to.index(odd) * 2 + 1);
        parts[to] = parts[from];
        files.insert(path, parts.join("\"").into_bytes());
        let _ = check_files(&files);
    }
}
