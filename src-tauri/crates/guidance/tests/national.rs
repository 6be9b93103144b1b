//! The same facts in four nations: they come out the same, but for the differences that are written down with
//! their reasons in `tests/fixtures/national_differences.toml`, and for no others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use proptest::prelude::*;
use sharewell_guidance::{Answers, Kind, Pack, Place, Step, outcome, place};
use sharewell_records::{
    AdviserResult, Answer, CheckRow, Day, Heavier, Known, KnownFacts, Likelihood, Nation, PersonChoice,
    PointAnswer, Severity, StepId, WeighingSide,
};

/// A day on which every nation's newest guidance applies, with every dated step.
const ON: &str = "2026-11-27";

/// The newest pack of each nation, in the order of [`Nation::ALL`].
static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let on = Day(ON.parse().unwrap());
    let all = teaching::packs();
    let newest = |nation: Nation| {
        all.iter()
            .filter(|pack| pack.nation == nation && pack.applies_on(on))
            .max_by_key(|pack| pack.applies_from)
    };
    Nation::ALL.into_iter().map(|nation| newest(nation).expect("each nation has guidance").clone()).collect()
});

/// What most facts are like, so that the long paths are walked as often as the short ones.
const USUAL: [(&str, &str); 8] = [
    ("danger", "no"),
    ("harm", "no"),
    ("next-with", "not-today"),
    ("purpose", "service"),
    ("duty", "none"),
    ("would-change", "yes"),
    ("consent", "given"),
    ("giver", "child"),
];

/// Facts that every nation meets alike: what the file knows, and what a practitioner would answer.
#[derive(Debug, Clone)]
struct Facts {
    known: KnownFacts,
    seed: u64,
}

impl Facts {
    /// One of several, always the same for the same question.
    fn pick<'a, T>(&self, about: &str, of: &'a [T]) -> &'a T {
        // Asked as a presumption in one nation and point by point in another, it is the same fact.
        let about = about.replace("presumption", "understands");
        let mut hasher = DefaultHasher::new();
        (self.seed, about).hash(&mut hasher);
        &of[usize::try_from(hasher.finish() % of.len() as u64).unwrap()]
    }

    /// The values of a question that every nation which asks it offers.
    fn values(step: &Step, own: &Pack) -> Vec<String> {
        let mut values: Vec<String> =
            step.values().into_iter().map(str::to_owned).filter(|value| value != "not_sure").collect();
        for pack in PACKS.iter().filter(|pack| pack.id != own.id) {
            if let Some(other) = pack.step(&step.id) {
                values.retain(|value| other.values().contains(&value.as_str()));
            }
        }
        // What only one nation asks about does not arise.
        let everywhere = PACKS.iter().all(|pack| pack.step(&step.id).is_some());
        match (everywhere, step.id.0.as_str()) {
            (true, _) => values,
            (false, "offence") => vec!["no".into()],
            (false, other) => panic!("say here what {other} means where it does not arise"),
        }
    }

    fn answer(&self, key: &StepId, step: &Step, pack: &Pack) -> Answer {
        let key = key.0.as_str();
        let words = || "Said so.".to_owned();
        let values = Self::values(step, pack);
        let not_sure = step.values().contains(&"not_sure")
            && !["danger", "offence"].contains(&step.id.0.as_str())
            && *self.pick(key, &[true, false, false, false, false, false, false, false]);
        if not_sure && !matches!(step.kind, Kind::Weighing | Kind::Adviser | Kind::Checklist) {
            return Answer::Choice { value: "not_sure".into(), words: String::new() };
        }
        let usual =
            USUAL.iter().find(|(about, value)| *about == key && values.iter().any(|one| one == value));
        let one = || match usual {
            Some((_, value)) if *self.pick(&format!("{key}!"), &[true, true, true, false]) => {
                (*value).to_owned()
            }
            _ => self.pick(&format!("{key}?"), &values).clone(),
        };
        match step.kind {
            Kind::YesNo | Kind::OneOf => Answer::Choice { value: one(), words: words() },
            Kind::ManyOf => Answer::Choices { values: vec![one()], words: words() },
            Kind::Text => Answer::Text { text: words() },
            Kind::Date => Answer::Date { on: Day(ON.parse().unwrap()) },
            Kind::People => {
                let some = !step.optional || *self.pick(key, &[true, false]);
                Answer::People { people: Vec::new(), words: if some { words() } else { String::new() } }
            }
            Kind::Items => Answer::Items { items: Vec::new(), words: words() },
            Kind::Adviser => Answer::Adviser {
                who: words(),
                own_agency: true,
                named: false,
                result: *self.pick(key, &AdviserResult::OFFERED),
                said: words(),
            },
            Kind::Weighing => {
                let side = || WeighingSide {
                    what: words(),
                    likelihood: Likelihood::Likely,
                    severity: Severity::Moderate,
                };
                let heavier = *self.pick(key, &[Heavier::Share, Heavier::NotShare, Heavier::NotSure]);
                Answer::Weighing { share: side(), not_share: side(), heavier }
            }
            Kind::EachPerson => {
                let row = PersonChoice { person: None, name: "Mother".into(), value: one(), reason: words() };
                Answer::EachPerson { rows: vec![row] }
            }
            Kind::Checklist => {
                let row = |point: &String| CheckRow {
                    point: point.clone(),
                    value: *self.pick(point, &PointAnswer::OFFERED),
                    words: words(),
                };
                let points: Vec<String> = step.options.iter().map(|point| point.id.clone()).collect();
                Answer::Checklist { rows: points.iter().map(row).collect() }
            }
        }
    }

    /// Everything that comes of the facts in a nation, as short lines.
    fn come_to(&self, pack: &Pack) -> BTreeSet<String> {
        let on = Day(ON.parse().unwrap());
        let mut answers = Answers::new();
        for _ in 0..60 {
            let position = place(pack, &self.known, on, &answers).expect("the pack can be followed");
            let next = match &position.place {
                Place::Asking { next } | Place::Advised { next, .. } => next.clone(),
                Place::Done { .. } => {
                    let mut came: BTreeSet<String> =
                        position.path.iter().map(|asked| format!("asks {}", asked.step)).collect();
                    let advice = outcome(pack, &self.known, on, &answers).expect("there is advice");
                    came.insert(format!("advises {}", advice.id));
                    came.insert(format!("is {}", advice.kind.word()));
                    came.insert(format!("acts {:?}", advice.deadline));
                    let rings = advice.act.recipient.map(sharewell_guidance::Ring::word);
                    came.insert(format!("rings {} at {}", rings.unwrap_or_default(), advice.id));
                    came.insert(format!("looks again {:?}", advice.review));
                    came.extend(advice.obligations.iter().map(|plan| format!("brings {}", plan.key)));
                    let by =
                        advice.obligations.iter().map(|plan| format!("{} by {:?}", plan.key, plan.deadline));
                    came.extend(by);
                    let ground =
                        advice.grounds.iter().map(|(field, one)| format!("{} {}", field.word(), one.code));
                    came.extend(ground);
                    return came;
                }
            };
            let step = pack.step(&next.key).expect("the question is there");
            answers.insert(next.key.clone(), self.answer(&next.key, step, pack));
        }
        panic!("{} does not end", pack.name());
    }

    /// What some nations have and others have not: each with the nations that have it.
    fn differences(&self) -> BTreeMap<String, BTreeSet<&'static str>> {
        let mut told: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for pack in PACKS.iter() {
            for line in self.come_to(pack) {
                told.entry(line).or_default().insert(pack.nation.word());
            }
        }
        told.retain(|_, nations| nations.len() < PACKS.len());
        // By when an obligation is due says nothing more where only some nations bring it.
        let some: Vec<String> = told
            .keys()
            .filter_map(|line| line.strip_prefix("brings "))
            .map(|key| format!("{key} by "))
            .collect();
        told.retain(|line, _| !some.iter().any(|key| line.starts_with(key)));
        told
    }
}

/// What only some nations ask, offer or can advise, whatever the facts: what a random walk answers as if it did not
/// arise, and what it never offers, is in here.
fn made_of() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut told: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for pack in PACKS.iter() {
        let mut has = BTreeSet::new();
        for step in pack.steps() {
            has.insert(format!("has the question {}", step.id));
            has.extend(step.options.iter().map(|option| format!("offers {} {}", step.id, option.id)));
        }
        has.extend(pack.outcomes().iter().map(|outcome| format!("can advise {}", outcome.id)));
        has.extend(pack.notices().iter().map(|notice| format!("can say {}", notice.id)));
        for line in has {
            told.entry(line).or_default().insert(pack.nation.word());
        }
    }
    told.retain(|_, nations| nations.len() < PACKS.len());
    told
}

/// What is written down: each difference, the nations that have it, and why.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Documented {
    only: BTreeSet<String>,
    why: String,
}

static DOCUMENTED: LazyLock<BTreeMap<String, Documented>> = LazyLock::new(|| {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/national_differences.toml");
    toml::from_str(&std::fs::read_to_string(path).expect("the differences are written down"))
        .expect("as TOML")
});

/// Differences that are not written down, or not for these nations.
fn undocumented(told: &BTreeMap<String, BTreeSet<&'static str>>) -> Vec<String> {
    let known = |line: &String, nations: &BTreeSet<&'static str>| {
        DOCUMENTED.get(line).is_some_and(|one| nations.iter().all(|nation| one.only.contains(*nation)))
    };
    told.iter()
        .filter(|(line, nations)| !known(line, nations))
        .map(|(line, nations)| format!("{line} | {nations:?}"))
        .collect()
}

fn facts() -> impl Strategy<Value = Facts> {
    let age =
        prop::sample::select(vec![None, Some(1), Some(7), Some(11), Some(12), Some(14), Some(16), Some(17)]);
    let body = prop::sample::select(vec![None, Some("public"), Some("private")]);
    let asks = prop::sample::select(vec![
        None,
        None,
        None,
        None,
        Some("agency"),
        Some("police"),
        Some("court"),
        Some("solicitor"),
        Some("parent"),
        Some("person"),
        Some("member"),
        Some("journalist"),
    ]);
    (age, body, asks, any::<Option<bool>>(), any::<Option<bool>>(), any::<u64>()).prop_map(
        |(age, body, asks, verified, specific, seed)| {
            let mut known = KnownFacts::new();
            if let Some(age) = age {
                known.insert("child_age".into(), Known::Number(age));
            }
            if let Some(body) = body {
                known.insert("agency_body".into(), Known::Word(body.into()));
            }
            if let Some(asks) = asks {
                known.insert("requester".into(), Known::Word(asks.into()));
                known.extend(verified.map(|flag| ("requester_verified".to_owned(), Known::Flag(flag))));
                known.extend(specific.map(|flag| ("request_specific".to_owned(), Known::Flag(flag))));
            }
            Facts { known, seed }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_same_facts_come_out_the_same_but_for_what_is_written_down(facts in facts()) {
        let found = undocumented(&facts.differences());
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn the_nations_are_made_of_the_same_but_for_what_is_written_down() {
    let told = made_of();
    let found = undocumented(&told);
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (line, nations) in &told {
        let only: BTreeSet<&str> = DOCUMENTED[line].only.iter().map(String::as_str).collect();
        assert_eq!(nations.iter().copied().collect::<BTreeSet<&str>>(), only, "{line}");
    }
}

#[test]
fn every_difference_that_is_written_down_is_one() {
    let mut open: BTreeMap<&str, BTreeSet<&str>> = DOCUMENTED
        .iter()
        .map(|(line, one)| (line.as_str(), one.only.iter().map(String::as_str).collect()))
        .collect();
    assert!(DOCUMENTED.values().all(|one| !one.why.trim().is_empty()), "each has its reason");
    for (line, nations) in made_of() {
        if let Some(left) = open.get_mut(line.as_str()) {
            left.retain(|nation| !nations.contains(nation));
        }
    }
    let ages = [None, Some(7), Some(13), Some(16)];
    for seed in 0..6000u64 {
        let mut known = KnownFacts::new();
        known.extend(
            ages[usize::try_from(seed % 4).unwrap()].map(|age| ("child_age".to_owned(), Known::Number(age))),
        );
        if seed % 3 > 0 {
            let body = if seed % 3 == 1 { "public" } else { "private" };
            known.insert("agency_body".into(), Known::Word(body.into()));
        }
        for (line, nations) in (Facts { known, seed }).differences() {
            if let Some(left) = open.get_mut(line.as_str()) {
                left.retain(|nation| !nations.contains(nation));
            }
        }
        open.retain(|_, left| !left.is_empty());
        if open.is_empty() {
            return;
        }
    }
    panic!("no facts show these: {open:?}");
}

/// Prints what is there, for whoever writes the differences down: `cargo test … -- --ignored --nocapture`.
#[test]
#[ignore = "prints"]
fn print_the_differences() {
    let mut all = made_of();
    for seed in 0..20000u64 {
        let mut known = KnownFacts::new();
        if let Some(age) = [None, Some(7), Some(13), Some(16)][usize::try_from(seed % 4).unwrap()] {
            known.insert("child_age".to_owned(), Known::Number(age));
        }
        if seed % 3 > 0 {
            let body = if seed % 3 == 1 { "public" } else { "private" };
            known.insert("agency_body".into(), Known::Word(body.into()));
        }
        for (line, nations) in (Facts { known, seed }).differences() {
            all.entry(line).or_default().extend(nations);
        }
    }
    for (line, nations) in all {
        println!("DIFF {line} | {nations:?}");
    }
}
