//! A teaching case: read, walked, and held to what must come of it.
#![allow(dead_code)]

mod answers;
mod paper;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;
use sharewell_guidance::{
    Advice, Answers, Files, NoticeKind, Pack, Place, Position, mount, notices, outcome, place,
};
use sharewell_records::{Day, Duty, Known, KnownFacts, StepId};

#[allow(unused_imports)]
pub use paper::plain;

/// What a case file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub title: String,
    pub story: String,
    pack: String,
    pub day: toml::value::Datetime,
    pub child: String,
    #[serde(default)]
    known: BTreeMap<String, toml::Value>,
    answers: BTreeMap<String, toml::Value>,
    expect: Expect,
}

/// What must come of it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    outcome: String,
    kind: String,
    questions_to_advice: Option<u32>,
    #[serde(default)]
    obligations: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    grounds: BTreeMap<String, String>,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    not_asked: Vec<String>,
}

/// A case that was walked to its end.
pub struct Told {
    pub position: Position,
    pub advice: Advice,
    /// Lines on it that nobody can tick off: id and kind.
    pub notices: Vec<(String, NoticeKind)>,
    /// Questions asked before the advice stood.
    pub to_advice: u32,
}

impl Case {
    /// A situation that is written down elsewhere, with the answers of whoever plays it.
    pub fn played(
        pack: &str,
        day: toml::value::Datetime,
        child: &str,
        known: BTreeMap<String, toml::Value>,
        answers: BTreeMap<String, toml::Value>,
    ) -> Self {
        let (title, story) = (String::new(), String::new());
        let expect = Expect::default();
        Self { title, story, pack: pack.to_owned(), day, child: child.to_owned(), known, answers, expect }
    }

    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    pub fn on(&self) -> Day {
        Day(self.day.to_string().parse().expect("the day is a date"))
    }

    /// The pack that it names, or the newest of its nation on its day.
    pub fn pack<'p>(&self, packs: &'p [Pack]) -> Result<&'p Pack, String> {
        let (id, version) = match self.pack.split_once('@') {
            Some((id, version)) => (id, Some(version)),
            None => (self.pack.as_str(), None),
        };
        let fits = |pack: &&Pack| {
            pack.id == id && version.is_none_or(|v| pack.version == v) && pack.applies_on(self.on())
        };
        packs
            .iter()
            .filter(fits)
            .max_by_key(|pack| pack.applies_from)
            .ok_or_else(|| format!("no pack \"{}\" applies on {}", self.pack, self.on()))
    }

    pub fn known(&self, pack: &Pack) -> Result<KnownFacts, String> {
        let mut facts = KnownFacts::new();
        for (name, value) in &self.known {
            if !pack.known.iter().any(|fact| fact.name == *name) {
                return Err(format!("the pack declares no known fact \"{name}\""));
            }
            let known = match value {
                toml::Value::Boolean(flag) => Known::Flag(*flag),
                toml::Value::Integer(number) => Known::Number(i32::try_from(*number).unwrap()),
                toml::Value::String(word) => Known::Word(word.clone()),
                _ => return Err(format!("the known fact \"{name}\" is no flag, number or word")),
            };
            facts.insert(name.clone(), known);
        }
        Ok(facts)
    }

    /// Walks the case to its end.
    pub fn walk(&self, pack: &Pack) -> Result<Told, String> {
        let known = self.known(pack)?;
        let mut answers = Answers::new();
        for (key, value) in &self.answers {
            let key = StepId(key.clone());
            let step = pack.step(&key).ok_or_else(|| format!("the pack has no question \"{key}\""))?;
            answers.insert(key.clone(), answers::read(step, value).map_err(|why| format!("{key}: {why}"))?);
        }
        let position = place(pack, &known, self.on(), &answers).map_err(|error| error.to_string())?;
        let open = match &position.place {
            Place::Asking { next } | Place::Advised { next, .. } => Some(next),
            Place::Done { .. } => None,
        };
        if let Some(next) = open {
            let path: Vec<&str> = position.path.iter().map(|asked| asked.key.0.as_str()).collect();
            let why = next.incomplete.as_ref().map(ToString::to_string);
            let why = why.unwrap_or_else(|| "it is not answered".to_owned());
            return Err(format!("it stops at \"{}\": {why} (after {})", next.key, path.join(", ")));
        }
        if !position.off_path.is_empty() {
            let off: Vec<&str> = position.off_path.iter().map(|key| key.0.as_str()).collect();
            return Err(format!("it answers what is never asked: {}", off.join(", ")));
        }
        let advice = outcome(pack, &known, self.on(), &answers).map_err(|error| error.to_string())?;
        let to_advice = questions_to_advice(pack, &known, self.on(), &position);
        let lines = notices(pack, &known, self.on(), &answers);
        let notices = lines.into_iter().map(|one| (one.id.clone(), one.kind)).collect();
        Ok(Told { position, advice, notices, to_advice })
    }

    /// Each expectation that is not met.
    pub fn missed(&self, told: &Told) -> Vec<String> {
        let (expect, advice) = (&self.expect, &told.advice);
        let mut missed = Vec::new();
        if advice.id != expect.outcome {
            missed.push(format!("the outcome is {}, not {}", advice.id, expect.outcome));
        }
        if advice.kind.word() != expect.kind {
            missed.push(format!("its kind is {}, not {}", advice.kind.word(), expect.kind));
        }
        if let Some(questions) = expect.questions_to_advice.filter(|wanted| *wanted != told.to_advice) {
            missed.push(format!("it takes {} questions to the advice, not {questions}", told.to_advice));
        }
        let attached = |key: &&String| advice.obligations.iter().any(|plan| plan.key == **key);
        let all: Vec<&str> = advice.obligations.iter().map(|plan| plan.key.as_str()).collect();
        for key in expect.obligations.iter().filter(|key| !attached(key)) {
            missed.push(format!("the obligation {key} is not attached (there are: {})", all.join(", ")));
        }
        // An allegation about staff is signed into a restricted file, in every nation; one without a child is one.
        let restricted = self.known.get("no_child").and_then(toml::Value::as_bool) == Some(true);
        let staff = advice.id.starts_with("share-harm-staff") && !restricted;
        if staff && !advice.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile) {
            missed.push("it is not kept apart from the child's file".to_owned());
        }
        for key in expect.notices.iter().filter(|key| !told.notices.iter().any(|(id, _)| id == *key)) {
            missed.push(format!("the line {key} does not stand on the advice"));
        }
        for key in expect.never.iter().filter(|key| told.notices.iter().any(|(id, _)| id == *key)) {
            missed.push(format!("the line {key} stands on the advice and must not"));
        }
        for key in expect.never.iter().filter(attached) {
            missed.push(format!("the obligation {key} is attached and must not be"));
        }
        for (field, code) in &expect.grounds {
            let found = advice.grounds.iter().find(|(known, _)| known.word() == field);
            let found = found.map(|(_, suggested)| suggested.code.as_str());
            if found != Some(code.as_str()) {
                missed.push(format!("the ground {field} is {found:?}, not {code}"));
            }
        }
        let skipped = |key: &&String| told.position.not_asked.iter().any(|one| one.step.0 == **key);
        for key in expect.not_asked.iter().filter(|key| !skipped(key)) {
            missed.push(format!("{key} is not answered from the file"));
        }
        missed
    }
}

/// How many questions were answered when the advice first stood.
fn questions_to_advice(pack: &Pack, known: &KnownFacts, on: Day, position: &Position) -> u32 {
    let mut answers = Answers::new();
    for (count, asked) in (1..).zip(&position.path) {
        answers.insert(asked.key.clone(), asked.answer.clone());
        if place(pack, known, on, &answers).is_ok_and(|at| at.advised().is_some()) {
            return count;
        }
    }
    0
}

/// Every pack that ships, with the parts that it shares. They are read once for all tests of a program.
pub fn packs() -> Vec<Pack> {
    static READ: OnceLock<Vec<Pack>> = OnceLock::new();
    let read = || packs_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guidance"));
    READ.get_or_init(read).clone()
}

/// Every pack of a folder laid out as `assets/guidance` is.
pub fn packs_in(guidance: &Path) -> Vec<Pack> {
    let shared = guidance.join("shared");
    let parts = if shared.is_dir() { files(&shared) } else { Files::new() };
    let mut packs = Vec::new();
    for nation in std::fs::read_dir(guidance).unwrap().map(|entry| entry.unwrap().path()) {
        if nation == shared || !nation.is_dir() {
            continue;
        }
        for version in std::fs::read_dir(nation).unwrap() {
            packs.push(Pack::load(&mount(files(&version.unwrap().path()), &parts)).expect("the pack loads"));
        }
    }
    packs.sort_by(|one, other| (&one.id, one.applies_from).cmp(&(&other.id, other.applies_from)));
    packs
}

pub fn files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside: Vec<_> =
                path.strip_prefix(root).unwrap().iter().map(|part| part.to_string_lossy()).collect();
            files.insert(inside.join("/"), std::fs::read(&path).unwrap());
        }
    }
    files
}
