//! A vault, a clock and a family, in one line each.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

pub mod agency;
pub mod allegation;
pub mod harmed;
pub mod pdf;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Error, Kdf, Secret, Vault, children, clock, decide, start, today};

pub const PASSPHRASE: &str = "seven tame otters juggle lanterns";

/// A moment on a Tuesday morning, some minutes later with each call's argument.
pub fn at(minutes: i64) -> Moment {
    let start = "2026-10-06T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    clock::now_from(start + chrono::TimeDelta::minutes(minutes))
}

/// A moment of another year, in UTC.
pub fn moment(at: &str) -> Moment {
    clock::now_from(at.parse::<chrono::DateTime<chrono::Utc>>().unwrap())
}

pub fn practitioner() -> NewPractitioner {
    NewPractitioner {
        name: "Nia Exampleton".into(),
        role: "Health visitor".into(),
        agency: "Fablewell Community Health".into(),
        team: String::new(),
        nation: Some(Nation::England),
        phone: "01632 960201".into(),
        lead_name: "Ada Mockford".into(),
        lead_phone: "01632 960202".into(),
        front_door_name: "Fablewell Front Door".into(),
        front_door_phone: "01632 960203".into(),
        out_of_hours_phone: "0808 157 0204".into(),
        officer_phone: "01632 960205".into(),
        body: None,
    }
}

pub fn secret(text: &str) -> Secret {
    text.to_owned().into()
}

/// A new vault whose recovery code was typed back.
pub fn vault(dir: &Path) -> Vault {
    let (mut vault, code) = unconfirmed(dir);
    start::confirm_recovery_code(&mut vault, &secret(&code.groups.join(" ")), at(0)).unwrap();
    vault
}

/// A new vault whose recovery code was not typed back yet.
pub fn unconfirmed(dir: &Path) -> (Vault, RecoveryCodeView) {
    start::create_vault_with(dir, practitioner(), secret(PASSPHRASE), Kdf::weak_for_tests(), at(0)).unwrap()
}

/// The settings in force, as a page sees them, and whether they are those that were chosen.
pub fn settings_of(vault: &Vault) -> (Settings, bool) {
    let view = start::session(vault.dir(), Some(vault), false, None, at(0)).unwrap();
    (view.settings, view.settings_lost)
}

pub fn person(name: &str, role: PersonRole) -> PersonInput {
    PersonInput {
        name: name.into(),
        also_known_as: vec![],
        role: Some(role),
        birth: Some(Birth::Unknown.into()),
        identifiers: vec![],
        address: String::new(),
        phone: String::new(),
        agency: String::new(),
        language: String::new(),
        needs: String::new(),
        no_fixed_address: None,
        unknown_numbers: Vec::new(),
        care: Care::default(),
        forget_earlier_names: false,
        another: vec![],
    }
}

pub fn day(y: i32, m: u32, d: u32) -> Day {
    Day(chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap())
}

/// A number that holds, another for each name: one number for two children is shown before it is saved.
pub fn number_of(name: &str) -> String {
    if name == "Ayla Sampleton" {
        return "943 476 5919".into();
    }
    let seed = name.bytes().fold(7_u64, |sum, byte| (sum * 31 + u64::from(byte)) % 90_000_000);
    // Neighbours are set far apart: a number that does not hold gives way to the next.
    (999_000_000_u64 + seed * 7_919 % 999_999..)
        .flat_map(|front| (0..10).map(move |last| format!("{front:09}{last}")))
        .find(|value| check_digit_holds(value))
        .unwrap()
}

pub fn new_case(name: &str, nation: Nation) -> NewCase {
    NewCase {
        child: PersonInput {
            birth: Some(Birth::Born { on: day(2019, 5, 4) }.into()),
            identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, number_of(name))],
            ..person(name, PersonRole::Child)
        },
        nation,
        reference: "FCH-1".into(),
        reason: "Mornings".into(),
    }
}

/// A child's file with the mother in it.
pub fn family(vault: &mut Vault) -> (CaseId, PersonId, PersonId) {
    let case = children::open_case(vault, new_case("Ayla Sampleton", Nation::England), at(1)).unwrap();
    let child = children::file_head(vault, case, at(2)).unwrap().child.person.id;
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Mother),
        parental_responsibility: Some(ParentalResponsibility::Holds),
        same_home: Some(true),
        note: String::new(),
    };
    let jo = person("Jo Sampleton", PersonRole::Parent);
    let mother = children::add_person(vault, case, jo, Some(tie), at(3)).unwrap();
    (case, child, mother)
}

pub fn item(text: &str, about: Vec<PersonId>) -> ItemInput {
    ItemInput {
        mark: Some(Mark::Fact),
        source: Some(ItemSource::Visit),
        text: text.into(),
        by: String::new(),
        about,
        occurred: Some(Occurred::Day { on: day(2026, 10, 5) }.into()),
        labels: vec!["mornings".into()],
    }
}

pub fn choice(value: &str) -> Answer {
    Answer::Choice { value: value.into(), words: String::new() }
}

pub fn choices(values: &[&str]) -> Answer {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Answer::Choices { values, words: String::new() }
}

pub fn words(value: &str, words: &str) -> Answer {
    Answer::Choice { value: value.into(), words: words.into() }
}

/// The question at a place.
pub fn asked(place: &Place) -> &QuestionView {
    match place {
        Place::Question { question } => question,
        other => panic!("a question was expected, not {other:?}"),
    }
}

/// The advice at a place.
pub fn advised(place: &Place) -> &OutcomeView {
    match place {
        Place::Outcome { outcome } => outcome,
        other => panic!("advice was expected, not {other:?}"),
    }
}

/// An answer of the question's own form: what `said` gives for the key, else a plain one.
pub fn reply(question: &QuestionView, said: &[(&str, Answer)]) -> Answer {
    let key = question.step.id.0.as_str();
    if let Some((_, answer)) = said.iter().find(|(of, _)| *of == key) {
        return answer.clone();
    }
    let base = key.split('@').next().unwrap();
    if key.ends_with("@again")
        && let Some((_, answer)) = said.iter().find(|(of, _)| *of == base)
    {
        return answer.clone();
    }
    let first = question.step.options.first().map(|o| o.value.clone()).unwrap_or_default();
    match key {
        // Where nothing else is said there is time until tomorrow, and nobody of the family is behind it.
        "next-with" => return choice("not-today"),
        "behind" => return choices(&["stranger"]),
        _ => {}
    }
    match question.step.kind {
        StepKind::YesNoNotSure => choice("no"),
        StepKind::OneOf => words(&first, "as noted"),
        StepKind::ManyOf => Answer::Choices { values: vec![first], words: "as noted".into() },
        StepKind::Text => Answer::Text { text: "as noted".into() },
        StepKind::Date => Answer::Date { on: day(2026, 11, 1) },
        StepKind::People => {
            let first = question.people.first().map(|person| person.id);
            let people: Vec<_> = first.filter(|_| !question.step.optional).into_iter().collect();
            let words =
                if question.step.optional || !people.is_empty() { "" } else { "Somebody of the club" };
            Answer::People { people, words: words.into() }
        }
        StepKind::Adviser => adviser(AdviserResult::Agrees),
        StepKind::Items => {
            Answer::Items { items: question.items.iter().map(|i| i.id).collect(), words: String::new() }
        }
        StepKind::Weighing => weighing(Heavier::Share),
        StepKind::EachPerson => each(question, "now"),
        StepKind::Checklist => checklist(question, PointAnswer::Yes),
    }
}

pub fn adviser(result: AdviserResult) -> Answer {
    Answer::Adviser {
        who: "Ada Mockford, named nurse".into(),
        own_agency: true,
        named: false,
        result,
        said: "Talked it through without names.".into(),
    }
}

pub fn weighing(heavier: Heavier) -> Answer {
    let side = |what: &str| WeighingSide {
        what: what.into(),
        likelihood: Likelihood::Likely,
        severity: Severity::Serious,
    };
    Answer::Weighing {
        share: side("Jo may feel let down"),
        not_share: side("Ayla stays without breakfast"),
        heavier,
    }
}

pub fn checklist(question: &QuestionView, value: PointAnswer) -> Answer {
    let rows = question.step.options.iter().map(|point| CheckRow {
        point: point.value.clone(),
        value,
        words: "said it in her own words".into(),
    });
    Answer::Checklist { rows: rows.collect() }
}

pub fn each(question: &QuestionView, value: &str) -> Answer {
    let rows = question.people.iter().map(|person| PersonChoice {
        person: Some(person.id),
        name: person.name.clone(),
        value: value.into(),
        reason: "settled with social care".into(),
    });
    Answer::EachPerson { rows: rows.collect() }
}

/// Answers until everything is answered; returns the advice.
pub fn answer_all(vault: &mut Vault, case: CaseId, said: &[(&str, Answer)], from: i64) -> OutcomeView {
    let place = decide::begin_decision(vault, case, &BeginInput::of(Trigger::Worry), at(from)).unwrap();
    answer_from(vault, place, said, from)
}

/// Answers on from a place until everything is answered; returns the advice.
pub fn answer_from(vault: &mut Vault, mut place: Place, said: &[(&str, Answer)], from: i64) -> OutcomeView {
    for minute in from + 1..from + 60 {
        let question = match &place {
            Place::Question { question } => (**question).clone(),
            Place::Outcome { outcome } => match &outcome.write_up_next {
                Some(next) => decide::question(vault, outcome.decision, next, at(minute)).unwrap(),
                None => return (**outcome).clone(),
            },
            Place::Signed { .. } => panic!("nothing was signed"),
        };
        let answer = reply(&question, said);
        place = decide::answer(vault, question.decision, &question.step.id, answer, at(minute)).unwrap();
    }
    panic!("the questions do not end")
}

/// Every open duty, the most urgent first, by its parts.
pub fn all_to_do(vault: &Vault, now: Moment) -> Vec<ToDoLine> {
    let mut all: Vec<ToDoLine> = Vec::new();
    loop {
        let page = today::duties(vault, DutySpan::All, all.last().map(|line| line.id), now).unwrap();
        all.extend(page.lines);
        if !page.more {
            return all;
        }
    }
}

/// Signs, and shows what was signed.
pub fn sign_off(
    vault: &mut Vault,
    decision: DecisionId,
    typed: SignOffInput,
    now: Moment,
) -> sharewell_casework::Result<DecisionView> {
    let id = match decide::sign_off(vault, decision, typed.clone(), now) {
        // Nothing else is missing than what goes: it is left where it is.
        Err(Error::NotReady(missing)) if missing.iter().all(|(field, _)| field.0 == "extent") => {
            leave_the_rest(vault, decision, &typed, now);
            decide::sign_off(vault, decision, typed, now)?
        }
        signed => signed?,
    };
    decide::decision(vault, id, now)
}

/// Everything that is held stays: not needed for this.
pub fn leave_the_rest(vault: &mut Vault, decision: DecisionId, typed: &SignOffInput, now: Moment) {
    decide::save_sign_off(vault, decision, typed.clone(), now).unwrap();
    decide::move_extent(vault, decision, &ExtentMove::RestStays, 0, now).unwrap();
}

/// What is typed to sign the advice as it stands.
pub fn signing(outcome: &OutcomeView) -> SignOffInput {
    let mut draft = outcome.draft.clone();
    draft.decided = Some(outcome.kind);
    draft.reasons = "The mornings weigh more than the unease.".into();
    draft.what = "That Ayla comes without breakfast.".into();
    if draft.recipient.name.is_empty() {
        draft.recipient.name = "Mrs Fictley".into();
    }
    // What only the practitioner can say: the Act of their nation.
    if has_blank(&draft.grounds.power) {
        draft.grounds.power = "Our own functions under the Act of our board".into();
    }
    draft
}

/// No danger, no harm, and the gates as they usually stand.
pub fn gates(more: &[(&'static str, Answer)]) -> Vec<(&'static str, Answer)> {
    let mut all = vec![
        ("danger", choice("no")),
        ("harm", choice("no")),
        ("purpose", words("service", "breakfast and a quiet start")),
        ("whose", Answer::People { people: vec![], words: "as noted".into() }),
        ("duty", choice("none")),
        ("body", choice("public")),
    ];
    all.extend(more.iter().cloned());
    all
}

/// The answers of a refusal that is then weighed, with a *not sure* on the way.
pub fn refusal() -> Vec<(&'static str, Answer)> {
    gates(&[
        ("would-change", choice("not_sure")),
        ("would-change@again", choice("yes")),
        ("consent", words("refused", "I do not want the school to know.")),
        ("weighing", weighing(Heavier::Share)),
        ("adviser", adviser(AdviserResult::Agrees)),
    ])
}

/// The name of a pack of England.
pub fn pack_name(version: &str, overlay: Option<&str>) -> PackName {
    PackName { nation: Nation::England, version: version.to_owned(), overlay: overlay.map(str::to_owned) }
}

/// What a handover says of itself in plain words.
pub fn readme(path: &Path, by: &sharewell_exchange::keys::Identity) -> String {
    use secrecy::ExposeSecret as _;
    let key: age::x25519::Identity = by.to_secret().expose_secret().parse().unwrap();
    let plain = age::decrypt(&key, &std::fs::read(path).unwrap()).unwrap();
    let mut archive = tar::Archive::new(&plain[..]);
    for member in archive.entries().unwrap() {
        let mut member = member.unwrap();
        if member.path().unwrap().ends_with("data/README.txt") {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut member, &mut text).unwrap();
            return text;
        }
    }
    panic!("it holds no README.txt")
}
