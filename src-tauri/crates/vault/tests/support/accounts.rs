//! What was told to us, and what became of what left, at random.

use sharewell_records::*;
use sharewell_vault::new_uuid;

use super::super::*;
use super::{World, pick};

/// An act of those that begin here.
pub fn payload(
    world: &mut World,
    what: u8,
    which: usize,
    text: String,
    case: Option<CaseId>,
) -> Option<(Option<CaseId>, Payload)> {
    match what {
        0 => {
            let received = Received {
                id: ReceivedId(new_uuid()),
                items: world.items.iter().take(which).map(|item| item.id).collect(),
                source: SourceKind::ALL[which % SourceKind::ALL.len()],
                from: text.clone(),
                from_role: String::new(),
                named: which < 2,
                route: Route::Telephone,
                at: at(which as i64),
                limits: SendersLimits { ask_first: which == 1, not_to: vec![text], until: None },
                family_may_know: MayKnow::NotSaid,
                support: String::new(),
            };
            world.received.push(received.clone());
            Some((case, Payload::ReceivedRecorded { received }))
        }
        _ => {
            let left =
                world.disclosures.iter().map(|one| one.id).chain(world.shares.iter().map(|one| one.id));
            let all: Vec<DisclosureId> = left.collect();
            let first = all.get(which % all.len().max(1)).copied()?;
            let second = all.get((which + 1) % all.len()).copied().filter(|_| which == 3);
            let became = match which {
                0 => Became::Delivered { how: text },
                1 => Became::Returned { why: text },
                2 => Became::Answered { by: text, reply: String::new(), purpose: PurposeMet::Partly },
                3 => Became::Recalled { came: RecallEnd::Asked, words: text },
                _ => Became::WrongPerson { who: text, danger: MayBe::NotSure, aware: at(3) },
            };
            let of = std::iter::once(first).chain(second.filter(|one| *one != first)).collect();
            let note = AccountNote { id: AccountNoteId(new_uuid()), of, at: at(4), became };
            Some((case, Payload::AccountNoted { note }))
        }
    }
}

/// What came in is corrected, or taken back as written down in error; also in a file in which it does not stand.
pub fn corrected(
    world: &World,
    what: u8,
    which: usize,
    text: String,
    case: Option<CaseId>,
) -> Option<(Option<CaseId>, Payload)> {
    let came = pick(&world.received, which)?;
    let payload = match what {
        0 => Payload::ReceivedAmended {
            received: Received { from: text.clone(), at: at(which as i64 + 7), ..came },
            reason: text,
        },
        _ => Payload::ReceivedWithdrawn { id: came.id, reason: text },
    };
    Some((case, payload))
}
