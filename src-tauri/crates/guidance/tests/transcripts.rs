//! Teaching cases: invented situations walked through the guidance of their nation, held to what must come of
//! each, and kept in plain language for a safeguarding lead to review (`tests/transcripts/README.md`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sharewell_guidance::Pack;
use teaching::{Case, packs, plain};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts")
}

/// Every case, by nation and file name.
fn cases() -> BTreeMap<(String, String), PathBuf> {
    let mut found = BTreeMap::new();
    for nation in std::fs::read_dir(folder()).expect("tests/transcripts is there") {
        let nation = nation.expect("an entry").path();
        if !nation.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&nation).expect("a nation's folder") {
            let path = file.expect("an entry").path();
            if path.extension().is_some_and(|ext| ext == "toml") {
                let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
                found.insert((name(&nation), name(&path)), path);
            }
        }
    }
    found
}

#[test]
fn every_teaching_case_comes_out_as_its_nations_guidance_says() {
    let packs = packs();
    let write = std::env::var_os("SHAREWELL_WRITE_TRANSCRIPTS").is_some();
    let mut wrong: Vec<String> = Vec::new();
    for ((nation, name), path) in cases() {
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let mut say = |what: &str| wrong.push(format!("{nation}/{name}: {what}"));
        let walked = Case::read(&text).and_then(|case| {
            let pack = case.pack(&packs)?;
            let told = case.walk(pack)?;
            let missed = case.missed(&told);
            if missed.is_empty() { Ok(plain(&case, pack, &told)) } else { Err(missed.join("; ")) }
        });
        let transcript = match walked {
            Ok(transcript) => transcript,
            Err(why) => {
                say(&why);
                continue;
            }
        };
        let kept = path.with_extension("md");
        if write {
            std::fs::write(&kept, &transcript).expect("a transcript can be written");
        } else if std::fs::read_to_string(&kept).ok().as_deref() != Some(transcript.as_str()) {
            say(
                "its transcript is not what was kept. Look at what changed, then run with SHAREWELL_WRITE_TRANSCRIPTS=1",
            );
        }
    }
    assert!(wrong.is_empty(), "{} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_transcript_is_left_over_from_a_case_that_is_gone() {
    for (nation, _) in cases().into_keys() {
        for file in std::fs::read_dir(folder().join(nation)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "md") {
                assert!(path.with_extension("toml").is_file(), "{} has no case", path.display());
            }
        }
    }
}

#[test]
fn every_nation_that_has_guidance_has_at_least_twelve_teaching_cases() {
    let mut each: BTreeMap<String, usize> = BTreeMap::new();
    for (nation, _) in cases().into_keys() {
        *each.entry(nation).or_default() += 1;
    }
    let nations: std::collections::BTreeSet<&str> = packs().iter().map(nation).collect();
    for nation in nations {
        let count = each.get(nation).copied().unwrap_or_default();
        assert!(count >= 12, "{nation} has {count} teaching cases, 12 are asked for");
    }
}

fn nation(pack: &Pack) -> &'static str {
    pack.nation.word()
}
