//! Statements, drafted and a step on, at random; and that the table is what the fold gives.

use std::collections::BTreeSet;

use sharewell_records::*;
use sharewell_vault::{Reader, Result, new_uuid, statements};

use super::super::at;
use super::World;

/// A statement that was just drafted, or one of those there a step on.
pub fn payload(world: &mut World, which: usize, text: String) -> Option<Payload> {
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

/// The statements in the tables are those of the fold.
pub fn hold(r: &Reader<'_>, fold: &Standing, cases: &BTreeSet<CaseId>) -> Result<()> {
    let told = |one: &Statement, entry: EntryId| format!("{one:?} {entry:?}");
    for case in cases {
        let there = fold.statements.values().filter(|one| one.case == Some(*case));
        let there: BTreeSet<String> = there.map(|one| told(&one.record, one.by.entry)).collect();
        let found = statements::of_case(r, *case)?;
        let found: BTreeSet<String> = found.iter().map(|one| told(&one.record, one.entry)).collect();
        assert_eq!(found, there, "statements of a file");
    }
    Ok(())
}
