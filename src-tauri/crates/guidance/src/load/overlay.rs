//! An agency's own protocol, laid over a nation's pack (M4; `docs/pack-format.md`, section 12).
//!
//! It lies under `overlay/` among the files of the pack that it was written for, so that what a decision used is
//! one set of files with one hash. It adds questions, duties, sources and articles under names of its own, and
//! makes deadlines earlier, and confirms a dated fact of law that the pack could not (`fact.rs`). It has no way to edit
//! a step, a way on, an outcome or a ground of the nation's; what comes of laying it on is held to the thirteen
//! conditions like any pack.

use sharewell_records::{Duty, Sha256};

use super::facts::{self, FACTS};
use super::meta::{Meta, deadline, source};
use super::read::{Problems, Row, is_id};
use super::{Files, Names, content_hash};
use crate::pack::{Branch, Kind, Obligation, Outcome, Overlay, Source, Step, Target};
use crate::{Calendar, Deadline, Fact, Settled, Spot, What};

/// Where its files lie in the pack.
const FOLDER: &str = "overlay/";
/// Its own `overlay.toml`, there.
pub(super) const FILE: &str = "overlay/overlay.toml";
/// Its duties.
pub(super) const OUTCOMES: &str = "overlay/outcomes.toml";

/// Whether a file belongs to the overlay.
pub(crate) fn holds(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// A path as it stands inside the overlay; none for a file of the pack.
pub(super) fn inside(path: &str) -> Option<&str> {
    path.strip_prefix(FOLDER)
}

/// The files of a pack with an overlay's laid over them. Any other overlay is taken off first.
#[must_use]
pub fn lay(pack: &Files, overlay: &Files) -> Files {
    let mut files = bare(pack);
    files.extend(overlay.iter().map(|(path, bytes)| (format!("{FOLDER}{path}"), bytes.clone())));
    files
}

/// The files of a pack without an overlay.
fn bare(files: &Files) -> Files {
    files.iter().filter(|(path, _)| !holds(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// What an overlay says of itself, before anything it names is looked for.
#[must_use]
pub fn overlay_base(overlay: &Files) -> Option<(String, Sha256)> {
    let text = overlay.get("overlay.toml").and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    let table = text.parse::<toml::Table>().ok()?;
    let base = table.get("base")?.as_str()?.to_owned();
    Some((base, table.get("base_hash")?.as_str()?.parse().ok()?))
}

/// `overlay.toml`, read; what it names is resolved by [`second`].
pub(super) struct Read<'a> {
    pub about: Overlay,
    pub sources: Vec<Source>,
    insert: Vec<Row<'a>>,
    attach: Vec<Row<'a>>,
    sooner: Vec<Row<'a>>,
    confirm: Vec<Row<'a>>,
    /// The engine that the overlay itself says it needs.
    engine: u32,
}

/// Reads `overlay.toml` and holds it to the pack under it.
pub(super) fn read<'a>(row: &Row<'a>, meta: &Meta, files: &Files) -> Option<Read<'a>> {
    let id = row.own_id("id");
    if id.as_ref().is_some_and(|id| id.len() > 24) {
        row.add("id", What::BadId, "the id of an overlay has at most 24 letters: its names begin with it");
    }
    let engine = row.required("engine", row.number("engine"));
    let read = engine.and_then(|engine| u32::try_from(engine).ok());
    if engine.is_some() && !read.is_some_and(|engine| (2..=meta.engine).contains(&engine)) {
        let message = format!("an overlay needs engine 2, or what its pack needs, which is {}", meta.engine);
        row.add("engine", What::WrongEngine, message);
    }
    let version = row.required_text("version");
    if version.contains(['@', '/', ' ', '\n', '+']) || version.len() > 24 {
        row.add(
            "version",
            What::BadId,
            "\"version\" may not hold @, /, +, spaces, or more than 24 characters",
        );
    }
    let base = row.required_text("base");
    let own = format!("{}@{}", meta.id, meta.version);
    if base != own {
        row.add("base", What::Dangling, format!("the overlay is laid over {own}"));
    }
    let base_hash: Option<Sha256> = row.required("base_hash", row.text("base_hash")).and_then(|text| {
        let hash = text.parse().ok();
        if hash.is_none() {
            row.add("base_hash", What::WrongType, "\"base_hash\" is a content hash: 64 hexadecimal digits");
        }
        hash
    });
    let here = content_hash(&bare(files));
    if base_hash.is_some_and(|hash| hash != here) {
        let message = format!("the overlay was written for another text of this pack, which is {here}");
        row.add("base_hash", What::Dangling, message);
    }
    let applies_from = row.required("applies_from", row.day("applies_from"));
    let applies_until = row.day("applies_until");
    if let (Some(from), Some(until)) = (applies_from, applies_until)
        && until < from
    {
        row.add("applies_until", What::BadDate, "\"applies_until\" lies before \"applies_from\"");
    }
    let engine = read.unwrap_or_default();
    let read = Read {
        engine,
        sources: row.rows("source").iter().filter_map(source).collect(),
        insert: row.rows("insert"),
        attach: row.rows("attach"),
        sooner: row.rows("sooner"),
        confirm: if engine >= FACTS { row.rows("confirm") } else { Vec::new() },
        about: Overlay {
            id: id?,
            version,
            base,
            base_hash: base_hash?,
            applies_from: applies_from?,
            applies_until,
        },
    };
    row.finish();
    Some(read)
}

/// Puts the overlay's sources beside the pack's own.
pub(super) fn sources(own: &mut Vec<Source>, read: &Read<'_>, problems: &Problems) {
    for source in &read.sources {
        if own.iter().any(|other| other.id == source.id) {
            let spot = Spot { file: FILE.to_owned(), line: 0 };
            let message = format!("the source \"{}\" stands in the pack already", source.id);
            problems.add(&spot, &source.id, What::DuplicateId, message);
        } else {
            own.push(source.clone());
        }
    }
}

/// Stands each question where it is asked, so that lists and maps show it there.
pub(super) fn order<'a>(steps: Vec<Step>, kept: Vec<Row<'a>>, read: &Read<'_>) -> (Vec<Step>, Vec<Row<'a>>) {
    let (own, mut all): (Vec<_>, Vec<_>) =
        steps.into_iter().zip(kept).partition(|(step, _)| holds(&step.spot.file));
    for (step, row) in own {
        let before = read.insert.iter().find(|insert| insert.text("step") == Some(step.id.0.as_str()));
        let before = before.and_then(|insert| insert.text("before"));
        let at = all.iter().position(|(other, _)| Some(other.id.0.as_str()) == before).unwrap_or(all.len());
        all.insert(at, (step, row));
    }
    all.into_iter().unzip()
}

/// What is laid over what, by index.
#[derive(Default)]
pub(super) struct Plan {
    insert: Vec<(usize, usize, Spot)>,
    attach: Vec<(usize, Vec<usize>, Option<usize>)>,
    sooner: Vec<(Sooner, Deadline, Spot)>,
    confirm: Vec<(usize, Settled)>,
}

enum Sooner {
    Obligation(usize),
    Outcome(usize),
}

/// Resolves what the overlay names, and refuses what it may not do.
pub(super) fn second(read: &Read<'_>, kept: &[Row<'_>], names: &Names<'_>) -> Plan {
    for (step, row) in names.steps.iter().zip(kept).filter(|(step, _)| holds(&step.spot.file)) {
        question(step, row, &read.about);
    }
    let confirm = facts::confirmed(&read.confirm, &read.sources, names);
    let mut plan = Plan { confirm, ..Plan::default() };
    for row in &read.insert {
        let step = row.required("step", row.text("step")).and_then(|id| names.step(row, "step", id));
        let before = row.required("before", row.text("before")).and_then(|id| names.step(row, "before", id));
        let of = |ix: usize| names.step_at(ix).is_some_and(|step| holds(&step.spot.file));
        if step.is_some_and(|ix| !of(ix)) {
            row.add("step", What::Misplaced, "only a question of the overlay is inserted");
        }
        if before.is_some_and(of) {
            row.add("before", What::Misplaced, "a question is inserted before one of the pack");
        }
        if plan.insert.iter().any(|(other, ..)| Some(*other) == step) {
            row.add("step", What::DuplicateId, "the question is inserted twice");
        }
        row.finish();
        if let (Some(step), Some(before)) = (step, before) {
            plan.insert.push((step, before, row.spot()));
        }
    }
    for row in &read.attach {
        let id = row.required("obligation", row.text("obligation"));
        let obligation = id.and_then(|id| names.obligation(row, "obligation", id));
        if id.is_some_and(|id| !named(id, &read.about)) {
            row.add("obligation", What::Misplaced, "only a duty of the overlay is attached");
        }
        let to = row.texts("to");
        if to.is_empty() {
            row.add("to", What::MissingField, "\"to\" names no outcome");
        }
        let to = to.into_iter().filter_map(|id| names.outcome(row, "to", id)).collect();
        let with = if read.engine >= FACTS { row.text("fact") } else { None };
        let with = with.and_then(|id| names.fact(row, "fact", id));
        let confirms = |at: usize| plan.confirm.iter().any(|(fact, _)| *fact == at);
        if with.is_some_and(|at| !confirms(at) && !names.facts.get(at).is_some_and(|(_, settled)| *settled)) {
            row.add(
                "fact",
                What::Misplaced,
                "a duty comes with a fact that is confirmed, here or in the pack",
            );
        }
        row.finish();
        if let Some(obligation) = obligation {
            plan.attach.push((obligation, to, with));
        }
    }
    for row in &read.sooner {
        let sooner = match (row.text("obligation"), row.text("outcome")) {
            (Some(id), None) if named(id, &read.about) => {
                row.add(
                    "obligation",
                    What::Misplaced,
                    "a duty of the overlay has its deadline where it stands",
                );
                None
            }
            (Some(id), None) => names.obligation(row, "obligation", id).map(Sooner::Obligation),
            (None, Some(id)) => names.outcome(row, "outcome", id).map(Sooner::Outcome),
            (_, _) => {
                row.add("obligation", What::MissingField, "name either \"obligation\" or \"outcome\"");
                None
            }
        };
        let deadline = deadline(row, "deadline", true);
        row.finish();
        if let (Some(sooner), Some(deadline)) = (sooner, deadline) {
            plan.sooner.push((sooner, deadline, row.spot()));
        }
    }
    plan
}

/// Whether an id is one of the overlay's own.
fn named(id: &str, about: &Overlay) -> bool {
    id.strip_prefix(about.id.as_str()).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_id)
}

/// What a question of an overlay may not have.
fn question(step: &Step, row: &Row<'_>, about: &Overlay) {
    if !named(&step.id.0, about) {
        row.add("id", What::BadId, format!("a name of this overlay begins with \"{}-\"", about.id));
    }
    if row.has("next") {
        row.add("next", What::Misplaced, "where a question of an overlay leads is where it was inserted");
    }
    if !step.asks.is_empty() {
        row.add("asks", What::Misplaced, "the pack covers its safeguards itself: an overlay has no tags");
    }
    if step.kind == Kind::Weighing {
        row.add("kind", What::Misplaced, "the balance is the pack's own: an overlay weighs nothing");
    }
}

/// Holds the overlay's duties to what they may be.
pub(super) fn duties(obligations: &[Obligation], about: &Overlay, problems: &Problems) {
    for one in obligations.iter().filter(|one| holds(&one.spot.file)) {
        let add = |what, message: String| problems.add(&one.spot, &one.id, what, message);
        if !named(&one.id, about) {
            add(What::BadId, format!("a name of this overlay begins with \"{}-\"", about.id));
        }
        if !one.covers.is_empty() {
            add(What::Misplaced, "the pack covers its safeguards itself: an overlay has no tags".to_owned());
        }
        if one.duty == Duty::Explain {
            let message = "whether and when somebody is told follows from their safety, not from a protocol";
            add(What::Misplaced, message.to_owned());
        }
        // It decides in which file a decision is signed, and with that who can find it.
        if one.duty == Duty::SeparateFile {
            let message =
                "into which file a decision is signed is the nation's own: an overlay cannot move it";
            add(What::Misplaced, message.to_owned());
        }
    }
}

/// Names of articles.
pub(super) fn articles(articles: &[crate::pack::Article], about: &Overlay, problems: &Problems) {
    for one in articles.iter().filter(|one| holds(&one.spot.file) && !named(&one.id, about)) {
        let message = format!("a name of this overlay begins with \"{}-\"", about.id);
        problems.add(&one.spot, &one.id, What::BadId, message);
    }
}

/// What an overlay is laid on.
pub(super) struct Laid<'l> {
    pub steps: &'l mut [Step],
    pub outcomes: &'l mut [Outcome],
    pub obligations: &'l mut [Obligation],
    pub facts: &'l mut [Fact],
}

/// Lays it on: facts confirmed, questions between the others, duties at the end of their outcomes, deadlines earlier.
pub(super) fn apply(plan: Plan, calendar: &Calendar, laid: Laid<'_>, problems: &Problems) {
    let Laid { steps, outcomes, obligations, facts } = laid;
    for (at, settled) in plan.confirm {
        if let Some(fact) = facts.get_mut(at).filter(|fact| fact.settled.is_none()) {
            fact.settled = Some(settled);
        }
    }
    for (step, before, spot) in plan.insert {
        for branch in steps.iter_mut().flat_map(|step| &mut step.next) {
            if branch.to == Target::Step(before) {
                branch.to = Target::Step(step);
            }
        }
        if let Some(step) = steps.get_mut(step) {
            step.next = vec![Branch { when: None, advise: None, to: Target::Step(before), spot }];
        }
    }
    for (obligation, to, with) in plan.attach {
        let from = with.and_then(|at| facts.get(at)?.settled.as_ref()).map(|settled| settled.in_force_from);
        if let (Some(from), Some(one)) = (from, obligations.get_mut(obligation)) {
            one.from = Some(from);
        }
        for outcome in to {
            if let Some(outcome) = outcomes.get_mut(outcome)
                && !outcome.obligations.contains(&obligation)
            {
                outcome.obligations.push(obligation);
            }
        }
    }
    for (what, deadline, spot) in plan.sooner {
        let (id, duty, stands) = match what {
            Sooner::Obligation(ix) => match obligations.get_mut(ix) {
                Some(one) => (one.id.clone(), Some(one.duty), &mut one.deadline),
                None => continue,
            },
            Sooner::Outcome(ix) => match outcomes.get_mut(ix) {
                Some(one) => (one.id.clone(), None, &mut one.deadline),
                None => continue,
            },
        };
        if duty == Some(Duty::Explain) {
            let message = "whether and when somebody is told follows from their safety, not from a protocol";
            problems.add(&spot, &id, What::Misplaced, message);
        } else if stands.is_some_and(|now| !deadline.never_later_than(now, calendar)) {
            problems.add(&spot, &id, What::Misplaced, "an overlay makes a deadline earlier, never later");
        } else {
            *stands = Some(deadline);
        }
    }
}
