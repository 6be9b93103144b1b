//! What is frozen for an agency, and what it answers, at random.

use sharewell_records::*;
use sharewell_vault::new_uuid;

use super::super::*;
use super::{World, pick};

/// A handover of some files from somewhere on, to one of two recipients.
pub fn frozen(world: &mut World, which: usize, recipient_name: String, reason: String) -> Option<Payload> {
    let cases = world.cases.iter().skip(which).map(|case| case.id).take(2).collect();
    let to = world.entries.iter().rev().nth(which)?.sequence;
    let (id, head) = (HandoverId(new_uuid()), Sha256([7; 32]));
    let chains = world.chains.iter().rev().skip(1);
    let earlier = chains
        .map(|origin| ChainSlice { origin: *origin, from: Seq(1 + which as u64 * 2), to, head })
        .collect();
    let (before, reason) = (Some(world.handovers.clone()), (which > 2).then_some(reason));
    world.handovers.push(id);
    let made = Handover {
        id,
        recipient: format!("age1{}", which % 2),
        recipient_name,
        cases,
        from: Seq(1 + which as u64 * 2),
        to,
        head,
        profile: Profile::ALL[which % Profile::ALL.len()],
        earlier,
        before,
        reason,
        part: None,
        version: which.is_multiple_of(2).then(|| "0.1.0".to_owned()),
        replaces: world.handovers.iter().rev().nth(1).copied().filter(|_| which.is_multiple_of(3)),
    };
    Some(made.into())
}

/// A receipt for any handover that names stretches of every chain, also where that handover has no file in them.
pub fn answered(world: &mut World, which: usize, agency: String, key: String) -> Option<Payload> {
    // Now and then the same one again.
    let id = pick(&world.receipts, which).filter(|_| which == 3);
    let id = id.unwrap_or(ReceiptId(new_uuid()));
    world.receipts.push(id);
    let last = world.entries.iter().rev().nth(which)?.sequence;
    let stretch = |(back, origin): (usize, &OriginId)| {
        let from = Seq(1 + (which as u64 * 3 + back as u64) % last.0);
        ReceivedStretch { origin: *origin, from, to: last, entries: 1 }
    };
    let receipt = TakenReceipt {
        id,
        agency,
        made_at: at(3),
        key,
        file: Sha256([9; 32]),
        handover: pick(&world.handovers, which)?,
        outcome: ReceiptOutcome::ALL[which % ReceiptOutcome::ALL.len()],
        reason: None,
        received: world.chains.iter().rev().enumerate().map(stretch).collect(),
        quarantined: vec![],
        forks: vec![],
        held: vec![],
        disposals: vec![],
    };
    Some(Payload::ReceiptTaken { receipt: Box::new(receipt) })
}
