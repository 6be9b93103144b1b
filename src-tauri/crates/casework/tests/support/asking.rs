//! What somebody says of a consent, as it is typed, and what stands after it.
#![allow(dead_code)]

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, consent, today};

use crate::support::*;

pub fn faults<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Vec<(String, Code)> {
    let failure = Failure::from(done.unwrap_err());
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

pub fn said(what: &str) -> ConsentMethodInput {
    ConsentMethodInput {
        how: Some(ConsentHow::Spoken),
        said: what.into(),
        no_witness: "On the telephone".into(),
        ..ConsentMethodInput::default()
    }
}

/// The mother says yes to the school about health, and no to the surgery.
pub fn answered(child: PersonId, mother: PersonId) -> ConsentInput {
    let to = |name: &str| ConsentRecipientInput { name: name.into(), ..ConsentRecipientInput::default() };
    let answer = |recipient, answer| ConsentAnswerInput {
        what: ConsentThing::Kind { kind: InfoKind::Health },
        recipient,
        answer,
    };
    ConsentInput {
        act: Some(ConsentActKind::Answered),
        owed: Some(child),
        sense: Some(ConsentSense::Confidence),
        purpose_kind: Some(PurposeKind::Support),
        purpose: "Breakfast club".into(),
        giver: Some(mother),
        giver_name: String::new(),
        stands_as: None,
        able: Some(AbleToDecide::NotAble),
        shows: "She is seven".into(),
        powers: String::new(),
        powers_until: DayTyped::default(),
        kinds: vec![InfoKind::Health],
        items: vec![],
        item_kinds: vec![],
        recipients: vec![to("Madeup Primary"), to("Madeup Surgery")],
        answers: vec![answer(0, ConsentAnswer::Yes), answer(1, ConsentAnswer::No)],
        method: said("The school yes, the doctor no"),
        when: Some(LeftTyped::Now),
        from: DayTyped::default(),
        until: DayTyped::from(day(2027, 3, 1)),
        review: DayTyped::default(),
        not_sought: None,
        tries: String::new(),
        wording_used: true,
        replaces: vec![],
        note: String::new(),
    }
}

pub fn states(vault: &Vault, case: CaseId, now: Moment) -> Vec<ConsentState> {
    let page = consent::consent_page(vault, case, now).unwrap();
    let rows = page.matters.iter().flat_map(|matter| &matter.rows);
    rows.flat_map(|row| row.cells.iter().map(|cell| cell.state)).collect()
}

pub fn titles(vault: &Vault, case: CaseId, now: Moment) -> Vec<String> {
    let duties = today::duties_of(vault, case, None, now).unwrap();
    duties.lines.into_iter().map(|line| line.title).collect()
}

pub fn withdrawn(child: PersonId, mother: PersonId) -> WithdrawalInput {
    WithdrawalInput {
        of: WithdrawalOf {
            owed: child,
            sense: ConsentSense::Confidence,
            purpose: ConsentPurpose { kind: PurposeKind::Support, words: "breakfast CLUB".into() },
            giver: Some(mother),
            giver_name: String::new(),
        },
        recipients: vec![0],
        method: said("I changed my mind"),
        when: Some(LeftTyped::Now),
        pressed: Some(PressedToWithdraw::No),
        harm: Some(HarmAskedAgain::No),
        note: String::new(),
    }
}
