//! Packs are checked and shown; what is wrong with one is told with its file and line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod support;

use std::path::Path;

use support::{copy, england, replace, run, text};

#[test]
fn the_packs_that_are_carried_pass_and_their_counts_are_printed() {
    let back = run(&["pack", "check"]).exits(0);
    assert!(back.out.contains("england@2024-05 (built in"), "{}", back.out);
    for name in ["steps", "outcomes", "paths", "questions on a path", "findings"] {
        assert!(back.out.lines().any(|line| line.trim_start().starts_with(name)), "{name}:\n{}", back.out);
    }
    assert!(back.out.contains("0 findings."), "{}", back.out);
    let open = "fact duty-to-share: not confirmed, announced for 2026-09-30";
    assert!(back.out.lines().any(|line| line == open), "{}", back.out);

    let json = run(&["pack", "check", "--json"]).exits(0).json();
    assert_eq!(json["findings"], 0);
    let report = &json["packs"][0]["report"];
    assert!(report["steps"].as_u64() > Some(10), "steps are counted: {report}");
    assert!(report["paths"].as_u64() > Some(50), "paths are counted: {report}");
}

#[test]
fn bank_holidays_that_run_out_within_a_year_are_a_warning_and_no_finding() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    let check = |today: &str| run(&["pack", "check", text(&pack), "--today", today]).exits(0);
    let back = check("2027-12-31");
    assert!(!back.out.contains("warning"), "{}", back.out);
    let back = check("2028-01-01");
    let warned = back.out.lines().filter(|line| line.starts_with("warning:") && line.contains("2028-12-31"));
    assert_eq!(warned.count(), 1, "{}", back.out);
    assert!(back.out.contains("0 findings."), "{}", back.out);
}

#[test]
fn a_broken_pack_exits_1_and_each_finding_names_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    let file = pack.join("pack.toml");
    let line = replace(&file, "start = \"numbers-worry\"", "start = \"dangerous\"");

    let back = run(&["pack", "check", text(&pack)]).exits(1);
    let place = format!("{}:{line}:", file.display());
    assert!(back.out.lines().any(|found| found.starts_with(&place)), "{place}\n{}", back.out);

    let json = run(&["--json", "pack", "check", text(&pack)]).exits(1).json();
    let found = json["packs"][0]["report"]["findings"].as_array().unwrap();
    assert!(found.iter().any(|one| one["file"] == "pack.toml" && one["line"] == line), "{json}");

    let back = run(&["pack", "show", text(&pack)]).exits(1);
    assert!(back.err.contains(&format!("pack.toml:{line}:")), "{}", back.err);
}

#[test]
fn an_overlay_is_laid_over_the_carried_pack_that_it_names() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("fablewell");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/overlay/fablewell");
    copy(&example, &folder);
    let about = folder.join("overlay.toml");
    let zeros = "0".repeat(64);
    let shown = run(&["--json", "pack", "show", "england@2024-05"]).exits(0).json();
    let hash = shown["pack"]["hash"].as_str().unwrap().to_owned();
    let line = replace(&about, &zeros, &zeros);
    let back = run(&["pack", "check", text(&folder)]).exits(1);
    let place = format!("{}:{line}:", about.display());
    assert!(back.out.contains(&place) && back.out.contains(&hash), "which text is here: {}", back.out);

    replace(&about, &zeros, &hash);
    let back = run(&["pack", "check", text(&folder)]).exits(0);
    assert!(back.out.contains("england@2024-05+fablewell.2026-11"), "{}", back.out);
    let back = run(&["pack", "show", text(&folder)]).exits(0);
    assert!(back.out.contains("fablewell-reference"), "{}", back.out);

    let (key, out) = (dir.path().join("agency.key"), dir.path().join("out.sharewell-pack"));
    let made = run(&["--json", "pack", "keygen", "--out", text(&key)]).exits(0).json();
    let public = made["public_key"].as_str().unwrap();
    run(&["pack", "sign", text(&folder), "--key", text(&key), "--out", text(&out)]).exits(0);
    let read = run(&["--json", "pack", "verify", text(&out), "--key", public]).exits(0).json();
    assert_eq!(
        (read["kind"].as_str(), read["report"]["findings"].as_array().map(Vec::len)),
        (Some("overlay"), Some(0))
    );
    run(&["pack", "verify", text(&out)]).exits(1);
}

#[test]
fn a_pack_that_loads_and_is_not_safe_exits_1_with_the_condition_and_a_path() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    let safe = "is_any = [\"yes\", \"not_sure\"], advise = \"emergency\"";
    replace(&pack.join("steps.toml"), safe, "is = \"yes\", advise = \"emergency\"");

    let back = run(&["pack", "check", text(&pack)]).exits(1);
    assert!(back.out.contains("condition 2:"), "not sure of danger must reach emergency:\n{}", back.out);
    assert!(back.out.contains("danger=not_sure"), "the path is told:\n{}", back.out);
}

#[test]
fn every_pack_below_a_folder_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let good = england(dir.path());
    support::copy(&good, &dir.path().join("deeper/second"));
    let back = run(&["pack", "check", text(dir.path())]).exits(0);
    assert!(back.out.contains("2 packs checked, 0 findings."), "{}", back.out);
}

#[test]
fn a_folder_that_is_not_there_cannot_run_and_an_empty_one_is_a_finding() {
    let dir = tempfile::tempdir().unwrap();
    let back = run(&["pack", "check", text(&dir.path().join("nowhere"))]).exits(2);
    assert!(back.err.contains("nowhere cannot be read (there is no such file or folder)"), "{}", back.err);
    let back = run(&["pack", "check", text(dir.path())]).exits(1);
    assert!(back.out.contains("pack.toml"), "{}", back.out);
}

#[test]
fn a_pack_is_shown_from_its_first_question_to_its_sources() {
    let back = run(&["pack", "show", "england"]).exits(0);
    for phrase in [
        "england@2024-05 begins at numbers-worry",
        "advise share-harm",
        "emergency: emergency-share",
        "Sources",
        "HMG24",
    ] {
        assert!(back.out.contains(phrase), "{phrase}:\n{}", back.out);
    }
    let json = run(&["pack", "show", "england@2024-05", "--json"]).exits(0).json();
    assert_eq!(json["outline"]["start"], "numbers-worry");
    assert_eq!(json["pack"]["hash"].as_str().map(str::len), Some(64));
}

#[test]
fn a_pack_that_is_not_carried_is_answered_with_those_that_are() {
    for name in ["atlantis", "england@1066-10"] {
        let back = run(&["pack", "show", name]).exits(2);
        assert!(back.err.contains(name) && back.err.contains("england@2024-05"), "{}", back.err);
        let json = run(&["pack", "show", name, "--json"]).exits(2).json();
        assert_eq!(json["error"]["code"], "no_such_pack");
    }
}

#[test]
fn the_flow_map_is_printed_as_a_drawing_and_as_a_list() {
    let drawing = run(&["pack", "show", "wales", "--as", "svg"]).exits(0);
    assert!(drawing.out.starts_with("<svg ") && drawing.out.trim_end().ends_with("</svg>"));
    let list = run(&["pack", "show", "wales", "--as", "text"]).exits(0);
    assert!(
        list.out.contains("2. Is anyone in danger right now: the child or someone else?"),
        "{}",
        list.out
    );
    assert!(list.out.contains("Yes / Not sure → Ring now"), "{}", list.out);
    assert!(list.out.contains("Nobody has reviewed this text yet."), "{}", list.out);
}

#[test]
fn a_review_is_kept_with_the_text_that_it_speaks_of() {
    let dir = tempfile::tempdir().unwrap();
    let pack = england(dir.path());
    let review = |on: &str| {
        let args = ["pack", "review", text(&pack), "--by", "Pat Mockford", "--role", "Safeguarding lead"];
        run(&[&args[..], &["--says", "Terms \"agreed\".", "--on", on]].concat())
    };
    review("2026-11-26").exits(0);
    let shown = run(&["pack", "show", text(&pack), "--as", "text"]).exits(0);
    let line = "Reviewed (this text) by Pat Mockford, Safeguarding lead, on 2026-11-26: Terms \"agreed\".";
    assert!(shown.out.contains(line), "{}", shown.out);
    replace(&pack.join("text/en.toml"), "England: should I share?", "England: may I share?");
    review("2026-11-27").exits(0);
    let shown = run(&["pack", "show", text(&pack), "--as", "text"]).exits(0);
    assert!(shown.out.contains("Reviewed (an earlier text) by Pat Mockford"), "{}", shown.out);
    assert!(shown.out.contains("Reviewed (this text) by Pat Mockford, Safeguarding lead, on 2026-11-27"));
    let nobody = ["pack", "review", text(&pack), "--by", " ", "--role", "x"];
    assert!(run(&nobody).exits(2).err.contains("--by is empty"));
    replace(&pack.join("pack.toml"), "start = \"numbers-worry\"", "start = \"dangerous\"");
    let before = std::fs::read_to_string(pack.join("reviews.toml")).unwrap();
    review("2026-11-28").exits(1);
    assert_eq!(std::fs::read_to_string(pack.join("reviews.toml")).unwrap(), before, "nothing is written");
}
