//! Statements, drafted and a step on, and records that other agencies hold, at random; and that the tables are what the fold
//! gives.

use std::collections::BTreeSet;

use sharewell_records::*;
use sharewell_vault::{Reader, Result, elsewhere, new_uuid, statements};

use super::super::at;
use super::World;

/// An act of those that begin here.
pub fn payload(world: &mut World, what: u8, which: usize, text: String) -> Option<Payload> {
    match what {
        63 => statement(world, which, text),
        _ => Some(held(world, which, text)),
    }
}

/// A record that another agency holds, or what changed of one.
fn held(world: &mut World, which: usize, text: String) -> Payload {
    let before = world.elsewhere.get(which).cloned();
    let reason = before.as_ref().map(|_| "Asked again".to_owned()).unwrap_or_default();
    let held = HeldElsewhere {
        id: before.as_ref().map_or_else(|| HeldElsewhereId(new_uuid()), |one| one.id),
        contact: None,
        agency: text,
        kind: ElsewhereKind::ALL[which % ElsewhereKind::ALL.len()],
        words: String::new(),
        route: AskRoute::ALL[which % AskRoute::ALL.len()],
        how: String::new(),
        last_contact: None,
        ended: before.is_some_and(|one| !one.ended),
        reason,
    };
    world.elsewhere.retain(|one| one.id != held.id);
    world.elsewhere.insert(0, held.clone());
    Payload::ElsewhereRecorded { held }
}

/// A statement that was just drafted, or one of those there a step on.
fn statement(world: &mut World, which: usize, text: String) -> Option<Payload> {
    let about = world.people.get(which % world.people.len().max(1))?.id;
    let statement = match world.statements.get(which / 2) {
        Some(before) if which.is_multiple_of(2) => next(before.clone(), which, text),
        before => draft(about, before.map(|one| one.id), text),
    };
    world.statements.retain(|one| one.id != statement.id);
    world.statements.insert(0, statement.clone());
    Some(Payload::StatementRecorded { statement: Box::new(statement) })
}

fn draft(about: PersonId, instead_of: Option<StatementId>, text: String) -> Statement {
    let line = StatementLine {
        line: new_uuid(),
        kind: LogKind::Left,
        at: at(2),
        said: text.clone(),
        goes: LineGoes::Cut,
        words: String::new(),
        binds: vec![LineBind::Others],
        test: Some(CutTest::OtherPeople),
        reason: "It names somebody else.".into(),
    };
    Statement {
        id: StatementId(new_uuid()),
        nation: Nation::Wales,
        about,
        asker: StatementAsker { person: None, name: text, checked: String::new() },
        asked: serde_json::from_value("2026-03-02".into()).unwrap(),
        record: AskedRecord::ProtectionFile,
        entitlement: Entitlement {
            stands_as: None,
            responsibility: None,
            able: AbleToDecide::NotSettled,
            shows: String::new(),
            orders: String::new(),
        },
        lines: vec![line],
        instead_of,
        sent: None,
        answered: None,
    }
}

fn next(mut statement: Statement, which: usize, text: String) -> Statement {
    match statement.state() {
        StatementState::Draft => {
            statement.sent = Some(StatementSent { at: at(3), officer: text, how: String::new() });
        }
        _ => {
            let said = OfficerSaid::ALL[which % OfficerSaid::ALL.len()];
            statement.answered = Some(OfficerAnswer { at: at(4), by: text, said, words: String::new() });
        }
    }
    statement
}

/// What stands in the tables is what the fold gives.
pub fn hold(r: &Reader<'_>, fold: &Standing, cases: &BTreeSet<CaseId>) -> Result<()> {
    let told = |one: &Statement, entry: EntryId| format!("{one:?} {entry:?}");
    for case in cases {
        let there = fold.statements.values().filter(|one| one.case == Some(*case));
        let there: BTreeSet<String> = there.map(|one| told(&one.record, one.by.entry)).collect();
        let found = statements::of_case(r, *case)?;
        let found: BTreeSet<String> = found.iter().map(|one| told(&one.record, one.entry)).collect();
        assert_eq!(found, there, "statements of a file");
        let there = fold.elsewhere.values().filter(|one| one.case == Some(*case));
        let there: BTreeSet<String> =
            there.map(|one| format!("{:?} {:?}", one.record, one.by.entry)).collect();
        let found = elsewhere::of_case(r, *case)?;
        let found: BTreeSet<String> =
            found.iter().map(|one| format!("{:?} {:?}", one.record, one.entry)).collect();
        assert_eq!(found, there, "who else holds a record");
    }
    Ok(())
}
