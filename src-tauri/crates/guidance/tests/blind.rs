//! The blind cases: written by people who had not read the packs, played by others, and scored.
//!
//! A case says in plain words what must stand on the advice (`must`) and what must never (`must_not`). Whoever plays it
//! answers as the reader in it would (`<case>.play.toml`) and says, for each `must`, where on the advice it stands. This
//! holds what they said: that it stands there, with those words. What they did not find stays a gap, in
//! `tests/transcripts/scores.md`, and a gap that closes or opens changes that file.
//!
//! `SHAREWELL_WRITE_TRANSCRIPTS=1` writes `scores.md` anew. `SHAREWELL_SHOW_BLIND=england/01` prints how the cases whose
//! path begins so were played, in the program's words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod teaching;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sharewell_guidance::Pack;
use sharewell_records::StepId;
use teaching::{Told, packs};

/// A case as it was written blind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Blind {
    title: String,
    role: String,
    nation: String,
    day: toml::value::Datetime,
    time: Option<String>,
    child: Option<String>,
    child_age: Option<u32>,
    /// To what the writer would expect it to lead, in their own words.
    outcome: Option<String>,
    story: String,
    facts: Vec<String>,
    must: Vec<String>,
    must_not: Vec<String>,
    sources: Vec<String>,
}

/// How somebody else played it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Play {
    #[serde(default)]
    known: BTreeMap<String, toml::Value>,
    answers: BTreeMap<String, toml::Value>,
    /// The outcome to which the answers lead.
    outcome: String,
    /// Whether its title and act are what the situation calls for.
    label: bool,
    /// Whether the advice names the facts that decided.
    deciding: bool,
    /// For each `must`, in order, where it stands; nothing where it does not.
    held: Vec<Held>,
    /// For each `must_not`, in order, what shows that it is kept.
    kept: Vec<Kept>,
    /// What the player says of it, where something is missing.
    #[serde(default)]
    said: String,
    /// How it was played first, where it was played anew after something was mended for it.
    first: Option<First>,
}

/// A first play, kept as it was: nobody can play the same case blind twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    outcome: String,
    label: bool,
    deciding: bool,
    dangerous: usize,
    /// The numbers of the `must`s that stood nowhere, from one.
    missing: Vec<usize>,
    said: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    /// `outcome`, `obligation:<id>`, `notice:<id>` or `step:<id>`; empty where it was not found.
    #[serde(default)]
    by: Vec<String>,
    /// Words that stand there, in any of them.
    #[serde(default)]
    says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// A line that says so, as in `held`.
    #[serde(default)]
    by: Vec<String>,
    #[serde(default)]
    says: Vec<String>,
    /// What is not on the advice.
    #[serde(default)]
    never: Vec<String>,
    /// Words that stand nowhere on it.
    #[serde(default)]
    unsaid: Vec<String>,
    /// Whether the advice says the dangerous thing after all.
    #[serde(default)]
    broken: bool,
}

struct Score {
    nation: String,
    name: String,
    title: String,
    musts: usize,
    /// The play that counts as blind: the first.
    played: Counted,
    /// The play after something was mended.
    anew: Option<Counted>,
}

struct Counted {
    label: bool,
    deciding: bool,
    dangerous: usize,
    missing: Vec<String>,
    said: String,
    /// Where it led, where it is told of a play that is over.
    led: Option<String>,
}

impl Counted {
    fn whole(&self) -> bool {
        self.label && self.deciding && self.missing.is_empty() && self.dangerous == 0
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts")
}

/// Every blind case, by its path without the ending.
fn cases() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for nation in std::fs::read_dir(folder().join("blind")).expect("the blind cases are there") {
        for file in std::fs::read_dir(nation.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".toml") && !name.ends_with(".play.toml") {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}

fn read_blind(path: &Path) -> Blind {
    let text = std::fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_blind_case_says_at_least_six_things_that_must_stand_and_one_that_never_may() {
    let mut of_nation: BTreeMap<String, usize> = BTreeMap::new();
    for path in cases() {
        let case = read_blind(&path);
        assert!(case.must.len() >= 6, "{}: {} musts", path.display(), case.must.len());
        assert!(!case.must_not.is_empty(), "{}", path.display());
        let folder = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(folder, case.nation, "{}", path.display());
        *of_nation.entry(case.nation).or_default() += 1;
    }
    for nation in ["england", "scotland", "wales", "northern_ireland"] {
        let count = of_nation.get(nation).copied().unwrap_or_default();
        assert!(count >= 8, "{nation} has {count} blind cases");
    }
}

#[test]
fn what_a_player_found_on_the_advice_stands_there() {
    let packs = packs();
    let mut wrong = Vec::new();
    let mut scores = Vec::new();
    let mut unplayed = Vec::new();
    for path in cases() {
        let played = path.with_extension("play.toml");
        if !played.exists() {
            unplayed.push(read_blind(&path).title);
            continue;
        }
        match score(&path, &played, &packs) {
            Ok(score) => scores.push(score),
            Err(why) => wrong.extend(why.into_iter().map(|why| format!("{}: {why}", path.display()))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let paper = paper(&scores, &unplayed);
    let place = folder().join("scores.md");
    if std::env::var_os("SHAREWELL_WRITE_TRANSCRIPTS").is_some() {
        std::fs::write(&place, &paper).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(kept == paper, "{} is not what the cases score now", place.display());
}

fn score(path: &Path, played: &Path, packs: &[Pack]) -> Result<Score, Vec<String>> {
    let blind = read_blind(path);
    let text = std::fs::read_to_string(played).unwrap();
    let play: Play = toml::from_str(&text).map_err(|error| vec![format!("as played: {error}")])?;
    let one = |why: String| vec![why];
    let (pack, told, case) = walked(&blind, &play, packs).map_err(one)?;
    let shown = std::env::var("SHAREWELL_SHOW_BLIND").unwrap_or_default();
    if !shown.is_empty() && path.to_string_lossy().contains(&format!("/blind/{shown}")) {
        println!("{}", teaching::plain(&case, pack, &told));
    }
    let page = Page { pack, told: &told };
    let mut wrong = Vec::new();
    if told.advice.id != play.outcome {
        wrong.push(format!("it leads to {}, not to {}", told.advice.id, play.outcome));
    }
    if play.held.len() != blind.must.len() || play.kept.len() != blind.must_not.len() {
        wrong.push("each must, and each must_not, is answered once, in its order".to_owned());
        return Err(wrong);
    }
    let mut missing = Vec::new();
    for (must, held) in blind.must.iter().zip(&play.held) {
        if held.by.is_empty() {
            missing.push(must.clone());
            continue;
        }
        wrong.extend(page.lacks(&held.by, &held.says).map(|why| format!("\"{must}\": {why}")));
    }
    for (never, kept) in blind.must_not.iter().zip(&play.kept) {
        if kept.broken {
            continue;
        }
        let shown = !kept.by.is_empty() || !kept.never.is_empty() || !kept.unsaid.is_empty();
        if !shown {
            wrong.push(format!("\"{never}\": nothing shows that it is kept"));
        }
        if !kept.by.is_empty() {
            wrong.extend(page.lacks(&kept.by, &kept.says).map(|why| format!("\"{never}\": {why}")));
        }
        for id in kept.never.iter().filter(|id| page.words_at(id).is_some()) {
            wrong.push(format!("\"{never}\": {id} stands on the advice"));
        }
        let whole = page.whole();
        for words in kept.unsaid.iter().filter(|words| whole.contains(&words.to_lowercase())) {
            wrong.push(format!("\"{never}\": the advice says \"{words}\""));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let now = Counted {
        label: play.label,
        deciding: play.deciding,
        dangerous: play.kept.iter().filter(|kept| kept.broken).count(),
        missing,
        said: play.said,
        led: None,
    };
    let musts = blind.must.len();
    let (played, anew) = match play.first {
        None => (now, None),
        Some(first) => (counted(first, &blind.must).map_err(one)?, Some(now)),
    };
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    Ok(Score { nation: blind.nation, name, title: blind.title, musts, played, anew })
}

fn counted(first: First, musts: &[String]) -> Result<Counted, String> {
    let must = |at: &usize| at.checked_sub(1).and_then(|at| musts.get(at)).cloned();
    let missing = first.missing.iter().map(|at| must(at).ok_or(format!("no must is the number {at}")));
    Ok(Counted {
        label: first.label,
        deciding: first.deciding,
        dangerous: first.dangerous,
        missing: missing.collect::<Result<_, _>>()?,
        said: first.said,
        led: Some(first.outcome),
    })
}

fn walked<'p>(
    blind: &Blind,
    play: &Play,
    packs: &'p [Pack],
) -> Result<(&'p Pack, Told, teaching::Case), String> {
    let case = teaching::Case::played(
        &blind.nation,
        blind.day,
        blind.child.as_deref().unwrap_or("The child"),
        play.known.clone(),
        play.answers.clone(),
    );
    let pack = case.pack(packs)?;
    let told = case.walk(pack)?;
    Ok((pack, told, case))
}

/// What a person sees of an advice, and of the questions on the way to it.
struct Page<'a> {
    pack: &'a Pack,
    told: &'a Told,
}

impl Page<'_> {
    /// Why a thing does not stand where the player found it.
    fn lacks(&self, by: &[String], says: &[String]) -> Option<String> {
        let mut all = String::new();
        for id in by {
            match self.words_at(id) {
                Some(words) => all.push_str(&words),
                None => return Some(format!("{id} is not there")),
            }
        }
        let all = all.to_lowercase();
        let lost = says.iter().find(|words| !all.contains(&words.to_lowercase()))?;
        Some(format!("\"{lost}\" is not said at {}", by.join(", ")))
    }

    /// The words at a place of the advice; none where it is not there.
    fn words_at(&self, id: &str) -> Option<String> {
        let advice = &self.told.advice;
        let (kind, name) = id.split_once(':').unwrap_or((id, ""));
        let parts: &[&str] = match kind {
            "outcome" => return Some(self.words("outcome", &advice.id, &["title", "act", "why", "hint"])),
            "obligation" if advice.obligations.iter().any(|plan| plan.key == name) => &["what", "hint"],
            "notice" if self.told.notices.iter().any(|(id, _)| id == name) => &["what", "hint", "confirmed"],
            "step" if self.told.position.path.iter().any(|asked| asked.step.0 == name) => {
                let step = self.pack.step(&StepId(name.to_owned()))?;
                let mut words = self.words("step", name, &["question", "hint", "why"]);
                for option in &step.options {
                    let key = format!("step.{name}.option_hint.{}", option.id);
                    words.push_str(self.pack.text("en", &key).unwrap_or_default());
                }
                return Some(words);
            }
            _ => return None,
        };
        Some(self.words(kind, name, parts))
    }

    fn words(&self, kind: &str, name: &str, parts: &[&str]) -> String {
        let text = |part: &&str| self.pack.text("en", &format!("{kind}.{name}.{part}"));
        parts.iter().filter_map(text).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// All that the advice says.
    fn whole(&self) -> String {
        let advice = &self.told.advice;
        let duties = advice.obligations.iter().map(|plan| format!("obligation:{}", plan.key));
        let lines = self.told.notices.iter().map(|(id, _)| format!("notice:{id}"));
        let all = std::iter::once("outcome".to_owned()).chain(duties).chain(lines);
        all.filter_map(|id| self.words_at(&id)).collect::<String>().to_lowercase()
    }
}

const NATIONS: [&str; 4] = ["england", "scotland", "wales", "northern_ireland"];

fn paper(scores: &[Score], unplayed: &[String]) -> String {
    let mut out = String::from(
        "# How the blind cases score\n\nWritten by `cargo test -p sharewell-guidance --test blind`. A case is *whole* where its label \
         is right, the deciding facts are named, everything that must be there is there, and nothing that must not.\n\n",
    );
    out.push_str(&table(scores.iter().map(|score| (score, &score.played))));
    let anew = || scores.iter().filter_map(|score| score.anew.as_ref().map(|anew| (score, anew)));
    if anew().next().is_some() {
        out.push_str(
            "\nThe table above counts each case as it was played first where it was played twice. Those were played anew \
             by whoever mended the packs for them, who knew what was missing: it shows that a gap is closed, and measures nothing.\n\n",
        );
        out.push_str(&table(anew()));
    }
    if !unplayed.is_empty() {
        out.push_str("\n## Not played yet\n\n");
        for title in unplayed {
            let _ = writeln!(out, "- {title}");
        }
    }
    for nation in NATIONS {
        let _ = writeln!(out, "\n## {nation}\n");
        for score in scores.iter().filter(|score| score.nation == nation) {
            let _ = writeln!(out, "- {} *{}*: {}", score.name, score.title, line(score.musts, &score.played));
            notes(&mut out, "  ", &score.played);
            if let Some(anew) = &score.anew {
                let _ = writeln!(out, "  - played anew: {}", line(score.musts, anew));
                notes(&mut out, "    ", anew);
            }
        }
    }
    out
}

fn table<'a>(plays: impl Iterator<Item = (&'a Score, &'a Counted)>) -> String {
    let plays: Vec<_> = plays.collect();
    let mut out = String::from(
        "| nation | cases | whole | label | deciding | musts found | dangerous |\n|---|---|---|---|---|---|---|\n",
    );
    for nation in NATIONS {
        let of: Vec<_> = plays.iter().filter(|(score, _)| score.nation == nation).collect();
        let count = |test: &dyn Fn(&Counted) -> bool| of.iter().filter(|(_, play)| test(play)).count();
        let musts: usize = of.iter().map(|(score, _)| score.musts).sum();
        let missing: usize = of.iter().map(|(_, play)| play.missing.len()).sum();
        let _ = writeln!(
            out,
            "| {nation} | {} | {} | {} | {} | {} of {musts} | {} |",
            of.len(),
            count(&Counted::whole),
            count(&|play| play.label),
            count(&|play| play.deciding),
            musts - missing,
            of.iter().map(|(_, play)| play.dangerous).sum::<usize>(),
        );
    }
    out
}

fn line(musts: usize, play: &Counted) -> String {
    let mark = |yes: bool| if yes { "yes" } else { "**no**" };
    let (label, deciding) = (mark(play.label), mark(play.deciding));
    let led = play.led.as_ref().map(|led| format!("{led}, ")).unwrap_or_default();
    let dangerous = if play.dangerous > 0 { ", **dangerous**" } else { "" };
    let found = musts - play.missing.len();
    format!("{led}label {label}, deciding {deciding}, {found} of {musts}{dangerous}")
}

fn notes(out: &mut String, inward: &str, play: &Counted) {
    for missing in &play.missing {
        let _ = writeln!(out, "{inward}- missing: {missing}");
    }
    if !play.said.is_empty() {
        let _ = writeln!(out, "{inward}- said: {}", play.said);
    }
}
