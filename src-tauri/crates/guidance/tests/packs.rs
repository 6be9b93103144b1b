//! The packs that ship meet the thirteen conditions on every path.
#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::{Files, Kind, Pack, Report, Step, check_files, mount};
use sharewell_records::StepId;

fn read(root: &Path) -> Files {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inside: Vec<_> = path
                    .strip_prefix(root)
                    .expect("inside")
                    .iter()
                    .map(|part| part.to_string_lossy())
                    .collect();
                files.insert(inside.join("/"), std::fs::read(&path).expect("a readable file"));
            }
        }
    }
    files
}

/// Key presses from the question to the next one, without what is typed: to the first choice, to the one meant,
/// and on. Text and names count one press each, for getting there.
fn presses(step: &Step, answer: &str) -> usize {
    let at = |value: &str| step.options.iter().position(|one| one.id == value).unwrap_or(step.options.len());
    match step.kind {
        // Tab into the group, the number of the choice, Ctrl Enter.
        Kind::YesNo | Kind::OneOf => 3 + usize::from(needs_words(step, answer)),
        // Tab to each box up to the last, Space on each that is meant, Enter.
        Kind::ManyOf => {
            let values: Vec<&str> = answer.split('+').collect();
            let last = values.iter().map(|value| at(value)).max().unwrap_or_default();
            2 + last + values.len()
        }
        Kind::Text | Kind::Date | Kind::People | Kind::Items => 2,
        // Who, result, own agency, named, said.
        Kind::Adviser => 11,
        // Two texts with likelihood and severity each, and the judgement.
        Kind::Weighing => 15,
        // One person.
        Kind::EachPerson => 3,
        Kind::Checklist => 1 + 3 * step.options.len(),
    }
}

fn needs_words(step: &Step, answer: &str) -> bool {
    step.options.iter().any(|one| one.id == answer && one.requires_words)
}

fn keys(pack: &Pack, way: &[(StepId, String)]) -> usize {
    let step = |id: &StepId| pack.step(id).expect("a question of the pack");
    way.iter().map(|(id, answer)| presses(step(id), answer)).sum()
}

/// Words that are read on a way: each question with its hint, and the choices that it offers.
fn words(pack: &Pack, way: &[(StepId, String)]) -> usize {
    let count = |key: String| pack.text("en", &key).unwrap_or_default().split_whitespace().count();
    let of_step = |(id, _): &(StepId, String)| {
        let step = pack.step(id).expect("a question of the pack");
        let choices: usize =
            step.options.iter().map(|one| count(format!("step.{id}.option.{}", one.id))).sum();
        count(format!("step.{id}.question")) + count(format!("step.{id}.hint")) + choices
    };
    way.iter().map(of_step).sum()
}

/// The shape of a pack, on one line: what is pinned, so that a change of the flow is seen in review.
fn shape(name: &str, pack: &Pack, report: &Report) -> String {
    format!(
        "{name}: {} steps, {} outcomes, {} paths ({} variants), {} to {} questions, at most {} to the advice, {} with harm, {} to {} key presses, {} to {} words to read, at most {} cards, {} due today, {} duties",
        report.steps,
        report.outcomes,
        report.paths,
        report.variants,
        report.shortest,
        report.longest,
        report.longest_to_advice,
        report.longest_to_advice_with_harm,
        keys(pack, &report.shortest_way),
        keys(pack, &report.longest_way),
        words(pack, &report.shortest_way),
        words(pack, &report.longest_way),
        report.most_cards,
        report.most_today,
        report.most_duties
    )
}

#[test]
fn every_shipped_pack_meets_the_thirteen_conditions_on_every_path() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let guidance = root.join("assets/guidance");
    let shared = guidance.join("shared");
    let parts = read(&shared);
    let mut failed = Vec::new();
    let mut shapes = Vec::new();
    for nation in std::fs::read_dir(&guidance).expect("assets/guidance is there") {
        let nation = nation.expect("a nation").path();
        if nation == shared || !nation.is_dir() {
            continue;
        }
        for version in std::fs::read_dir(nation).expect("a nation's folder") {
            let pack = version.expect("a version").path();
            let files = mount(read(&pack), &parts);
            let report = check_files(&files);
            let name = pack.strip_prefix(&guidance).expect("inside").display().to_string();
            failed.extend(report.findings.iter().map(|finding| format!("{name}: {finding}")));
            if let Ok(pack) = Pack::load(&files) {
                shapes.push(shape(&name, &pack, &report));
            }
        }
    }
    assert!(failed.is_empty(), "{} findings:\n{}", failed.len(), failed.join("\n"));
    shapes.sort();
    let shapes = shapes.join("\n") + "\n";
    print!("{shapes}");
    // Whoever changes a flow looks at every new path, and then writes the counts anew.
    let kept = root.join("tests/fixtures/pack_paths.txt");
    if std::env::var_os("SHAREWELL_WRITE_PACK_PATHS").is_some() {
        std::fs::write(&kept, &shapes).expect("the counts can be written");
    }
    let pinned = std::fs::read_to_string(&kept).expect("tests/fixtures/pack_paths.txt is there");
    assert_eq!(
        shapes, pinned,
        "the shape of a pack has changed. Look at the new paths, then run with SHAREWELL_WRITE_PACK_PATHS=1"
    );
}
