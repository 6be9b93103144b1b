//! Reading steps: first what each is, then how they hang together, since they may name each other.

use sharewell_records::StepId;
use toml::de::DeValue;

use super::cites::{Citing, cites};
use super::parts::part_of;
use super::read::{Row, is_id};
use super::{MAX_STEPS, Names, when};
use crate::pack::{Branch, Cond, Kind, KnownAnswer, NotSure, Opt, Step, Target};
use crate::{Tag, What};

/// A step's ways, read once all names are known.
pub(super) struct Way {
    pub when: Option<Cond>,
    pub known: Vec<KnownAnswer>,
    pub next: Vec<Branch>,
}

const KINDS: [(&str, Kind); 11] = [
    ("yes_no", Kind::YesNo),
    ("one_of", Kind::OneOf),
    ("many_of", Kind::ManyOf),
    ("text", Kind::Text),
    ("date", Kind::Date),
    ("people", Kind::People),
    ("adviser", Kind::Adviser),
    ("items", Kind::Items),
    ("weighing", Kind::Weighing),
    ("each_person", Kind::EachPerson),
    ("checklist", Kind::Checklist),
];

/// What each step is. The rows are kept, one for each step, for [`second`].
pub(super) fn first<'a>(files: &[&Row<'a>], citing: &Citing<'_>, engine: u32) -> (Vec<Step>, Vec<Row<'a>>) {
    let (mut steps, mut kept): (Vec<Step>, Vec<Row<'a>>) = (Vec::new(), Vec::new());
    for file in files {
        for row in file.rows("step") {
            let Some(step) = step(&row, citing, engine) else { continue };
            if steps.iter().any(|other| other.id == step.id) {
                row.add("id", What::DuplicateId, format!("the step \"{}\" stands twice", step.id));
            } else if steps.len() == MAX_STEPS {
                row.add("id", What::TooLarge, format!("a pack has at most {MAX_STEPS} steps"));
                return (steps, kept);
            } else {
                steps.push(step);
                kept.push(row);
            }
        }
        file.finish();
    }
    (steps, kept)
}

fn step(row: &Row<'_>, citing: &Citing<'_>, engine: u32) -> Option<Step> {
    let id = row.own_id("id");
    let kind = row.required("kind", row.word("kind", &KINDS));
    let mut asks = Vec::new();
    for word in row.texts("asks") {
        match Tag::of(word) {
            Some(tag) => asks.push(tag),
            None => row.add("asks", What::NotAWord, format!("\"{}\" is not a tag", when::short(word))),
        }
    }
    let judgement = row.flag("judgement");
    let words = [("advice", NotSure::Advice), ("answer", NotSure::Answer), ("none", NotSure::None)];
    let not_sure = row.word("not_sure", &words);
    let optional = row.flag("optional").unwrap_or(false);
    let (id, kind) = (id?, kind?);
    if kind == Kind::Checklist && engine < 2 {
        row.add("kind", What::NotAWord, "a checklist needs engine 2");
    }
    // The judgement is a question of its own, after the list.
    let judgement = judgement.unwrap_or(kind != Kind::Checklist);
    if kind == Kind::Checklist && (judgement || row.has("not_sure")) {
        row.add("kind", What::Misplaced, "a checklist is no judgement, and offers not sure at each point");
    }
    let choice = matches!(kind, Kind::YesNo | Kind::OneOf | Kind::ManyOf);
    let detours = choice || kind == Kind::Weighing;
    if not_sure == Some(NotSure::Advice) && !detours {
        row.add("not_sure", What::Misplaced, "only yes_no, one_of, many_of and weighing make the detour");
    }
    if kind == Kind::Adviser && row.has("not_sure") {
        row.add("not_sure", What::Misplaced, "an adviser step has results of its own");
    }
    if optional && !matches!(kind, Kind::Text | Kind::People | Kind::Items | Kind::Date) {
        row.add("optional", What::Misplaced, "only text, people, items and date may be left empty");
    }
    let default = match kind {
        Kind::Adviser | Kind::Checklist => NotSure::None,
        _ if detours => NotSure::Advice,
        _ => NotSure::Answer,
    };
    let step = Step {
        options: options(row, kind, &asks),
        id: StepId(id),
        kind,
        not_sure: not_sure.unwrap_or(default),
        judgement,
        optional,
        applies_from: row.day("applies_from"),
        applies_until: row.day("applies_until"),
        unconfirmed: row.flag("unconfirmed").unwrap_or(false),
        after_advice: row.flag("after_advice").unwrap_or(false),
        sources: cites(row, citing),
        help: if engine < 2 {
            Vec::new()
        } else {
            row.texts("help").into_iter().map(str::to_owned).collect()
        },
        spot: row.spot(),
        asks,
        when: None,
        known: Vec::new(),
        next: Vec::new(),
    };
    Some(step)
}

fn options(row: &Row<'_>, kind: Kind, asks: &[Tag]) -> Vec<Opt> {
    let mut options: Vec<Opt> = Vec::new();
    for item in row.list("options") {
        let option = match (item.get_ref(), row.row(item)) {
            (DeValue::String(id), _) => Some(plain(id)),
            (_, Some(inner)) => option(&inner),
            (_, None) => {
                row.add("options", What::WrongType, "an option is an id or a table");
                None
            }
        };
        let Some(option) = option else { continue };
        if !is_id(&option.id) || option.id == "not_sure" {
            let message = format!("\"{}\" cannot be an option", when::short(&option.id));
            row.add("options", What::BadId, message);
        } else if options.iter().any(|other| other.id == option.id) {
            row.add("options", What::DuplicateId, format!("the option \"{}\" stands twice", option.id));
        } else {
            options.push(option);
        }
    }
    match kind {
        Kind::YesNo => {
            if options.iter().any(|option| option.id != "yes" && option.id != "no") {
                row.add("options", What::NotAWord, "a yes_no step has the options yes and no alone");
            }
            let take = |id: &str| options.iter().find(|o| o.id == id).cloned().unwrap_or_else(|| plain(id));
            options = vec![take("yes"), take("no")];
        }
        Kind::OneOf | Kind::ManyOf | Kind::EachPerson | Kind::Checklist => {
            if options.len() < 2 || options.len() > 40 {
                row.add("options", What::MissingField, "\"options\" must hold 2 to 40");
            }
        }
        Kind::Text | Kind::Date | Kind::People | Kind::Adviser | Kind::Items | Kind::Weighing => {
            if row.has("options") {
                row.add("options", What::Misplaced, "a step of this kind has no options");
            }
        }
    }
    for tag in asks.iter().filter(|tag| !tag.meanings().is_empty()) {
        for option in options.iter().filter(|option| !tag.meanings().contains(&option.means.as_str())) {
            let message =
                format!("the option \"{}\" must mean one of: {}", option.id, tag.meanings().join(", "));
            row.add("options", What::NotAWord, message);
        }
    }
    options
}

fn plain(id: &str) -> Opt {
    let (id, means) = (id.to_owned(), id.to_owned());
    Opt { id, means, reveals_words: false, requires_words: false, alone: false }
}

fn option(row: &Row<'_>) -> Option<Opt> {
    let id = row.required("id", row.text("id"))?.to_owned();
    let requires_words = row.flag("requires_words").unwrap_or(false);
    let option = Opt {
        means: row.text("means").unwrap_or(&id).to_owned(),
        reveals_words: row.flag("reveals_words").unwrap_or(false) || requires_words,
        requires_words,
        alone: row.flag("alone").unwrap_or(false),
        id,
    };
    row.finish();
    Some(option)
}

/// How the steps hang together.
pub(super) fn second(kept: &[Row<'_>], names: &Names<'_>) -> Vec<Way> {
    let mut ways = Vec::new();
    for (row, step) in kept.iter().zip(names.steps) {
        let when = when::field(row, "when", names);
        let known = known(row, step, names);
        let next = next(row, step, names);
        row.finish();
        ways.push(Way { when, known, next });
    }
    ways
}

fn known(row: &Row<'_>, step: &Step, names: &Names<'_>) -> Vec<KnownAnswer> {
    if row.has("known") {
        if let Some(tag) = step.asks.iter().find(|tag| tag.always_asked()) {
            row.add("known", What::Misplaced, format!("\"{}\" is asked every time", tag.word()));
        }
        if !matches!(step.kind, Kind::YesNo | Kind::OneOf) {
            row.add("known", What::Misplaced, "only yes_no and one_of can be answered by the file");
        }
    }
    let mut answers = Vec::new();
    for inner in row.rows("known") {
        let when = inner.required("when", when::field(&inner, "when", names));
        if when.as_ref().is_some_and(|when| !only_known(when)) {
            inner.add("when", What::Misplaced, "only known facts may stand here");
        }
        let answer = inner.required("answer", inner.text("answer")).unwrap_or_default().to_owned();
        if !step.options.iter().any(|option| option.id == answer) {
            inner.add("answer", What::Dangling, format!("there is no option \"{}\"", when::short(&answer)));
        }
        let because = inner.required("because", inner.text("because")).unwrap_or_default().to_owned();
        if !is_id(&because) {
            inner.add("because", What::BadId, "\"because\" is not an id");
        }
        inner.finish();
        if let Some(when) = when {
            answers.push(KnownAnswer { when, answer, because });
        }
    }
    answers
}

fn only_known(cond: &Cond) -> bool {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().all(only_known),
        Cond::Not(inner) => only_known(inner),
        Cond::Known { .. } => true,
        Cond::Answer { .. } | Cond::Asked(_) | Cond::Advised(_) => false,
    }
}

fn next(row: &Row<'_>, step: &Step, names: &Names<'_>) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    let list = row.list("next");
    let last = list.len().saturating_sub(1);
    for (at, item) in list.iter().enumerate() {
        let branch = match (item.get_ref().as_str(), row.row(item)) {
            (Some(target), _) => to(row, "next", target, None, names).map(|(to, advise)| Branch {
                when: None,
                advise,
                to,
                spot: row.spot_of("next"),
            }),
            (None, Some(inner)) => branch(&inner, step, names),
            (None, None) => {
                row.add("next", What::WrongType, "a branch is a target or a table with \"to\"");
                None
            }
        };
        let Some(branch) = branch else { continue };
        if (at == last) != branch.when.is_none() {
            let message = if at == last {
                "the last branch must have no condition"
            } else {
                "only the last branch may have no condition"
            };
            row.problems.add(&branch.spot, &step.id.0, What::Misplaced, message);
        }
        branches.push(branch);
    }
    branches
}

fn branch(row: &Row<'_>, step: &Step, names: &Names<'_>) -> Option<Branch> {
    let own = when::test_if_any(row, step);
    let own = match own {
        Some(test) => Some(Cond::Answer { step: names.step(row, "is", &step.id.0)?, test }),
        None => None,
    };
    let other = when::field(row, "when", names);
    let when = match (own, other) {
        (Some(own), Some(other)) => Some(Cond::All(vec![own, other])),
        (own, other) => own.or(other),
    };
    let advise = row.text("advise").map(|id| names.outcome(row, "advise", id));
    let target = row.required("to", row.text("to"));
    let ends = target.and_then(|target| to(row, "to", target, advise, names));
    row.finish();
    let (to, advise) = ends?;
    Some(Branch { when, advise, to, spot: row.spot() })
}

/// Reads a target; `outcome:x` is advice of `x` and the end.
pub(super) fn to(
    row: &Row<'_>,
    field: &str,
    target: &str,
    advise: Option<Option<usize>>,
    names: &Names<'_>,
) -> Option<(Target, Option<usize>)> {
    let advise = match advise {
        Some(None) => return None,
        Some(found) => found,
        None => None,
    };
    let part = part_of(row.source.path);
    if let Some(part) = part {
        if let Some(exit) = target.strip_prefix("exit:") {
            let key = (part.to_owned(), exit.to_owned());
            let Some(found) = names.given.exits.get(&key) else {
                row.add(
                    field,
                    What::Dangling,
                    format!("the part declares no exit \"{}\"", when::short(exit)),
                );
                return None;
            };
            names.used_exits.borrow_mut().push(key);
            return *found;
        }
        if advise.is_some() || target == "end" || target.starts_with("outcome:") {
            row.add(
                field,
                What::Misplaced,
                "a shared part leads out by its exits, and advises nothing itself",
            );
            return None;
        }
    }
    if let Some(id) = target.strip_prefix("outcome:") {
        if advise.is_some() {
            row.add(field, What::Misplaced, "either \"advise\" or \"outcome:\", not both");
        }
        return names.outcome(row, field, id).map(|outcome| (Target::End, Some(outcome)));
    }
    if target == "end" {
        return Some((Target::End, advise));
    }
    let step = names.step(row, field, target)?;
    let of = names.step_at(step).and_then(|step| part_of(&step.spot.file));
    let entry =
        names.parts.iter().any(|one| one.entry.as_deref() == Some(target) && Some(one.id.as_str()) == of);
    if of != part && !(part.is_none() && entry) {
        row.add(field, What::Misplaced, "a shared part is entered at its entry, and left by its exits");
    }
    Some((Target::Step(step), advise))
}
