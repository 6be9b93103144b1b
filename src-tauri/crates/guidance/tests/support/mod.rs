//! The small good pack, ways to break it, and answers.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::{Answers, Files, Pack};
use sharewell_records::{
    AdviserResult, Answer, Day, Heavier, KnownFacts, Likelihood, PersonChoice, Severity, StepId, WeighingSide,
};

/// A place of the repository.
pub fn root(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join(inside)
}

/// Every file of a folder, by its path in it.
pub fn read(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(root).expect("it lies in there").iter();
            let inside: Vec<_> = inside.map(|part| part.to_string_lossy()).collect();
            files.insert(inside.join("/"), std::fs::read(&path).expect("a readable file"));
        }
    }
    files
}

/// The files of the small good pack.
pub fn mini() -> Files {
    let files: [(&str, &str); 4] = [
        ("pack.toml", include_str!("../packs/mini/pack.toml")),
        ("steps.toml", include_str!("../packs/mini/steps.toml")),
        ("outcomes.toml", include_str!("../packs/mini/outcomes.toml")),
        ("text/en.toml", include_str!("../packs/mini/text/en.toml")),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

pub fn pack() -> Pack {
    Pack::load(&mini()).expect("the small pack is good")
}

/// The small pack with one text replaced by another, which must have been there.
pub fn broken(path: &str, from: &str, to: &str) -> Files {
    let mut files = mini();
    replace(&mut files, path, from, to);
    files
}

pub fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "the fixture holds what is to be broken: {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

pub fn day(text: &str) -> Day {
    Day(text.parse().unwrap())
}

/// A day before the unconfirmed law.
pub fn on() -> Day {
    day("2026-03-12")
}

pub fn choice(value: &str) -> Answer {
    Answer::Choice { value: value.into(), words: "because".into() }
}

pub fn people(words: &str) -> Answer {
    Answer::People { people: Vec::new(), words: words.into() }
}

pub fn adviser(result: AdviserResult) -> Answer {
    let (who, said) = ("Pat Mockford".into(), "go on".into());
    Answer::Adviser { who, own_agency: true, named: false, result, said }
}

pub fn weighing(heavier: Heavier) -> Answer {
    let side =
        WeighingSide { what: "harm".into(), likelihood: Likelihood::Likely, severity: Severity::Serious };
    Answer::Weighing { share: side.clone(), not_share: side, heavier }
}

pub fn tell(value: &str) -> Answer {
    let (name, value, reason) = ("Jo Sampleton".into(), value.into(), "not safe yet".into());
    Answer::EachPerson { rows: vec![PersonChoice { person: None, name, value, reason }] }
}

pub fn answers(given: &[(&str, Answer)]) -> Answers {
    given.iter().map(|(step, answer)| (StepId((*step).into()), answer.clone())).collect()
}

pub fn nothing_known() -> KnownFacts {
    BTreeMap::new()
}
