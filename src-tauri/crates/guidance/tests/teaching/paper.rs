//! A teaching case in plain language: what a safeguarding lead reads.

use std::fmt::Write;

use sharewell_guidance::{Advice, Asked, Cite, Deadline, GroundField, NoticeKind, Pack, Round, Who};
use sharewell_records::{Answer, Heavier, OutcomeKind, StepId};

use super::{Case, Told};

/// The whole transcript, as Markdown.
pub fn plain(case: &Case, pack: &Pack, told: &Told) -> String {
    // In a file without a child a question is about any of them.
    let alone = case.known.get("no_child").and_then(toml::Value::as_bool) == Some(true);
    let first = case.child.split(' ').next().unwrap_or(&case.child);
    let paper = Paper { pack, child: if alone { "any child" } else { first } };
    let mut out = format!("# {}\n\n{}\n\n", case.title, case.story.trim());
    let _ = writeln!(
        out,
        "*{}, as it applied on {}. Everybody here is invented. Written by the program from `{}@{}`.*\n",
        paper.say("pack.title"),
        case.day,
        pack.id,
        pack.version
    );
    out.push_str("## Questions and answers\n\n");
    for skipped in &told.position.not_asked {
        let question = paper.say(&format!("step.{}.question", skipped.step));
        let _ = writeln!(out, "- *Not asked: {question}* {}", paper.say(&skipped.because));
    }
    if !told.position.not_asked.is_empty() {
        out.push('\n');
    }
    for (count, asked) in (1..).zip(&told.position.path) {
        paper.asked(asked, &mut out);
        if count == told.to_advice && told.to_advice < u32::try_from(told.position.path.len()).unwrap_or(0) {
            let title = paper.say(&format!("outcome.{}.title", told.advice.id));
            let _ = writeln!(
                out,
                "> After {} the advice stands: **{title}** What follows is the write-up.\n",
                questions(count)
            );
        }
    }
    paper.advice(told, &mut out);
    out
}

fn questions(count: u32) -> String {
    if count == 1 { "1 question".into() } else { format!("{count} questions") }
}

struct Paper<'a> {
    pack: &'a Pack,
    child: &'a str,
}

impl Paper<'_> {
    fn say(&self, key: &str) -> String {
        self.pack.text("en", key).unwrap_or_default().replace("{child}", self.child)
    }

    fn option(&self, step: &StepId, value: &str) -> String {
        self.say(&self.pack.option_key(step, value))
    }

    fn asked(&self, asked: &Asked, out: &mut String) {
        let question = self.say(&format!("step.{}.question", asked.step));
        let again = if asked.round == Round::Again { " (asked again, after advice)" } else { "" };
        let _ = writeln!(out, "{}. **{question}**{again}\n", asked.number);
        for line in self.answer(asked) {
            let _ = writeln!(out, "   {line}");
        }
        let step = self.pack.step(&asked.key).map(|step| self.cites(&step.sources)).unwrap_or_default();
        let _ = writeln!(out, "   <sub>{step}</sub>\n");
    }

    fn answer(&self, asked: &Asked) -> Vec<String> {
        let step = &asked.step;
        let beside = |label: String, words: &str| {
            if words.trim().is_empty() { label } else { format!("{label} – “{}”", words.trim()) }
        };
        let empty =
            |words: &str| if words.is_empty() { "Nobody, nothing".to_owned() } else { words.to_owned() };
        match &asked.answer {
            Answer::Choice { value, words } => vec![beside(self.option(step, value), words)],
            Answer::Choices { values, words } => {
                let all: Vec<_> = values.iter().map(|value| self.option(step, value)).collect();
                vec![beside(all.join("; "), words)]
            }
            Answer::Text { text } => vec![empty(text)],
            Answer::Date { on } => vec![on.to_string()],
            Answer::People { words, .. } | Answer::Items { words, .. } => vec![empty(words)],
            Answer::Adviser { who, result, said, .. } => {
                let who = if who.is_empty() { "Nobody" } else { who };
                vec![beside(format!("{who}: {}", result.word().replace('_', " ")), said)]
            }
            Answer::Weighing { share, not_share, heavier } => {
                let side = |name: &str, side: &sharewell_records::WeighingSide| {
                    format!("- {name}: {} ({}, {})", side.what, side.likelihood.word(), side.severity.word())
                        .replace('_', " ")
                };
                let heavier = match heavier {
                    Heavier::Share => "sharing weighs more",
                    Heavier::NotShare => "not sharing weighs more",
                    Heavier::NotSure | Heavier::Blank => "not sure",
                };
                vec![
                    side("If it is shared", share),
                    side("If it is not", not_share),
                    format!("- The judgement: {heavier}"),
                ]
            }
            Answer::EachPerson { rows } => rows
                .iter()
                .map(|row| format!("- {}: {}", row.name, beside(self.option(step, &row.value), &row.reason)))
                .collect(),
            Answer::Checklist { rows } => rows
                .iter()
                .map(|row| {
                    let value = self.say(&format!("option.{}", row.value.word()));
                    format!("- {}: {}", self.option(step, &row.point), beside(value, &row.words))
                })
                .collect(),
        }
    }

    fn advice(&self, told: &Told, out: &mut String) {
        let advice = &told.advice;
        let own = |part: &str| self.say(&format!("outcome.{}.{part}", advice.id));
        let _ = writeln!(out, "## The advice: {}\n", own("title"));
        let _ = writeln!(out, "**{}**{}\n", own("act"), by(advice.deadline));
        let _ =
            writeln!(out, "{} ({}, after {}.)\n", own("why"), kind(advice.kind), questions(told.to_advice));
        for (id, kind) in &told.notices {
            let mark = match kind {
                NoticeKind::Ban => "Careful",
                NoticeKind::Do => "At once",
                NoticeKind::Law => "Not confirmed",
            };
            let hint = self.say(&format!("notice.{id}.hint"));
            let _ = writeln!(out, "> **{mark}:** {}. {hint}\n", self.say(&format!("notice.{id}.what")));
        }
        out.push_str("Because:\n\n");
        for deciding in &advice.deciding {
            for because in &deciding.because {
                let _ = writeln!(out, "- {} <sub>{}</sub>", self.say(because), self.cites(&deciding.sources));
            }
        }
        out.push_str("\n### What follows\n\n");
        for plan in advice.obligations.iter().filter(|plan| !plan.point) {
            let what = self.say(&format!("obligation.{}.what", plan.key));
            let each = match &plan.each {
                Some(Who::Affected) => " For each person affected.".to_owned(),
                Some(Who::Named { words, .. }) => format!(" For: {words}."),
                None => String::new(),
            };
            let met = if plan.met { " *(already answered)*" } else { "" };
            let unconfirmed = if plan.unconfirmed { " *(unconfirmed: check the original)*" } else { "" };
            let cites = self.cites(&plan.sources);
            let _ = writeln!(out, "- {what}{}{each}{met}{unconfirmed} <sub>{cites}</sub>", by(plan.deadline));
        }
        let points: Vec<_> = advice.obligations.iter().filter(|plan| plan.point).collect();
        if !points.is_empty() {
            out.push_str("\n### How it is done\n\n");
        }
        for plan in points {
            let what = self.say(&format!("obligation.{}.what", plan.key));
            let _ = writeln!(out, "- {what} <sub>{}</sub>", self.cites(&plan.sources));
        }
        let _ = writeln!(out, "\nLook again: {}.\n", when(advice.review));
        self.grounds(advice, out);
    }

    fn grounds(&self, advice: &Advice, out: &mut String) {
        if advice.grounds.is_empty() {
            return;
        }
        out.push_str("### Suggested grounds\n\n");
        for (field, suggested) in &advice.grounds {
            let name = match field {
                GroundField::Power => "Power or duty",
                GroundField::LawfulBasis => "Lawful basis (Article 6)",
                GroundField::Condition => "Condition (Article 9, Schedule 1)",
                GroundField::NoConsentLimb => "Why there is no consent",
                GroundField::Confidence => "The duty of confidence",
                GroundField::Proportionality => "Proportion",
            };
            let unconfirmed = if suggested.unconfirmed { " *(unconfirmed: check the original)*" } else { "" };
            let _ = writeln!(out, "- {name}: {}{unconfirmed}", self.say(&suggested.key));
        }
    }

    fn cites(&self, cites: &[Cite]) -> String {
        let one = |cite: &Cite| {
            let place = match (cite.source.as_str(), cite.place.as_str()) {
                ("S", place) if !place.is_empty() => place.to_owned(),
                (source, "") => source.to_owned(),
                (source, place) => format!("{source} {place}"),
            };
            if cite.unconfirmed { format!("{place} (unconfirmed)") } else { place }
        };
        cites.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn by(deadline: Option<Deadline>) -> String {
    deadline.map(|deadline| format!(" – {}", when(deadline))).unwrap_or_default()
}

fn when(deadline: Deadline) -> String {
    let plural =
        |count: u32, unit: &str| format!("within {count} {unit}{}", if count == 1 { "" } else { "s" });
    match deadline {
        Deadline::Now => "now".into(),
        Deadline::WithinHours(hours) => plural(u32::from(hours), "hour"),
        Deadline::EndOfToday => "by the end of today".into(),
        Deadline::EndOfNextWorkingDay => "by the end of the next working day".into(),
        Deadline::WithinDays(days) => plural(u32::from(days), "day"),
        Deadline::WithinWorkingDays(days) => plural(u32::from(days), "working day"),
    }
}

fn kind(kind: OutcomeKind) -> String {
    kind.word().replace('-', " ")
}
