//! The packs that ship meet the twelve conditions on every path.
#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::{Files, Report, check_files, mount};

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

fn print(name: &str, report: &Report) {
    println!(
        "{name}: {} steps, {} outcomes, {} paths ({} variants), {} to {} questions, at most {} to the advice, {} with harm",
        report.steps,
        report.outcomes,
        report.paths,
        report.variants,
        report.shortest,
        report.longest,
        report.longest_to_advice,
        report.longest_to_advice_with_harm
    );
    for finding in &report.findings {
        println!("  {finding}");
    }
}

#[test]
fn every_shipped_pack_meets_the_twelve_conditions_on_every_path() {
    let guidance = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guidance");
    let mut failed = Vec::new();
    let mut checked = 0;
    let shared = guidance.join("shared");
    let parts = if shared.is_dir() { read(&shared) } else { Files::new() };
    for nation in std::fs::read_dir(&guidance).expect("assets/guidance is there") {
        let nation = nation.expect("a nation").path();
        if nation == shared {
            continue;
        }
        for version in std::fs::read_dir(nation).expect("a nation's folder") {
            let root = version.expect("a version").path();
            let report = check_files(&mount(read(&root), &parts));
            let name = root.strip_prefix(&guidance).expect("inside").display().to_string();
            print(&name, &report);
            checked += 1;
            if name == "england/2024-05" {
                // Whoever changes the flow looks at every new path, and then corrects these counts.
                let counts = (report.steps, report.outcomes, report.paths, report.longest);
                assert_eq!(counts, (30, 19, 152, 18), "the shape of England's pack has changed");
            }
            if !report.passes() {
                failed.push(format!("{name}: {} findings", report.findings.len()));
            }
        }
    }
    assert!(checked > 0, "there is at least one pack to check");
    assert!(failed.is_empty(), "run with --nocapture to see the findings: {failed:?}");
}
