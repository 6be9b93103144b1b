//! A statement at its last step, and a record that another agency holds.

use sharewell_records::*;

use super::super::{Set, day, moment, text, uuid, words};

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let line = StatementLine {
        line: uuid(32),
        kind: LogKind::Left,
        at: moment(),
        said: text(),
        goes: LineGoes::Reworded,
        words: text(),
        binds: vec![LineBind::Health],
        test: Some(CutTest::SeriousHarm),
        reason: text(),
    };
    let statement = Statement {
        id: StatementId(uuid(61)),
        nation: Nation::England,
        about: PersonId(uuid(2)),
        asker: StatementAsker { person: Some(PersonId(uuid(3))), name: text(), checked: text() },
        asked: day(),
        record: AskedRecord::Report,
        entitlement: Entitlement {
            stands_as: Some(GiverKind::ParentWith),
            responsibility: Some(ParentalResponsibility::Holds),
            able: AbleToDecide::NotAble,
            shows: text(),
            orders: text(),
        },
        lines: vec![line],
        instead_of: Some(StatementId(uuid(62))),
        sent: Some(StatementSent { at: moment(), officer: text(), how: text() }),
        answered: Some(OfficerAnswer { at: moment(), by: text(), said: OfficerSaid::Changed, words: text() }),
    };
    let sets = vec![
        words("/statement/nation", Nation::ALL),
        words("/statement/record", AskedRecord::ALL),
        words("/statement/entitlement/stands_as", GiverKind::ALL),
        words("/statement/entitlement/responsibility", ParentalResponsibility::ALL),
        words("/statement/entitlement/able", AbleToDecide::ALL),
        words("/statement/lines/0/kind", LogKind::ALL),
        words("/statement/lines/0/goes", LineGoes::ALL),
        words("/statement/lines/0/binds/0", LineBind::ALL),
        words("/statement/lines/0/test", CutTest::ALL),
        words("/statement/answered/said", OfficerSaid::ALL),
    ];
    let held = HeldElsewhere {
        id: HeldElsewhereId(uuid(63)),
        contact: Some(ContactId(uuid(64))),
        agency: text(),
        kind: ElsewhereKind::Health,
        words: text(),
        route: AskRoute::Agreement,
        how: text(),
        last_contact: Some(day()),
        ended: true,
        reason: text(),
    };
    let of_held = vec![words("/held/kind", ElsewhereKind::ALL), words("/held/route", AskRoute::ALL)];
    vec![
        (Payload::StatementRecorded { statement: Box::new(statement) }, sets),
        (Payload::ElsewhereRecorded { held }, of_held),
    ]
}
