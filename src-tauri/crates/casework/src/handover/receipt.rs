//! The way back: what an agency answers to a handover closes it entry by entry.
//!
//! Only the receipts key of the profile that stands is believed, and of what it signed only what agrees with this
//! vault: an entry counts as received where the receipt names it with the hash that the vault has at that place. A pair
//! with another hash is kept with the receipt and told for good. What a receipt does not name is offered again.

use std::collections::BTreeMap;
use std::path::Path;

use sharewell_exchange::receipt::{self as file, OfOrigin, Receipt};
use sharewell_exchange::{Error as Exchange, PublicKey};
use sharewell_records::{
    CaseId, DisposedThere, ForkThere, Handover, HandoverId, HandoverState, HeldThere, Moment, NotTakenWhy,
    OriginId, Payload, QuarantinedStretch, ReceiptId, ReceiptOutcome, ReceivedStretch, Seq, Sha256,
    TakenReceipt,
};
use sharewell_vault::{Content, OutsideHead, Reader, Recorded, Vault, handovers, ledger, receipts, waiting};

use crate::error::{Error, ReceiptFault, Result};
use crate::views::{HandoverPage, NotTakenView, ReceiptView};
use crate::{keep, store};

/// Takes in a receipt from a file. The same one twice is taken once.
///
/// # Errors
/// [`Error::Receipt`] where it is not believed: no profile stands, it is no receipt, another key signed it, it was changed
/// since, a newer version wrote it, or it answers nothing that this vault handed over. Nothing is changed then.
/// [`Error::NotRead`] where the file cannot be read.
pub fn take_receipt(vault: &mut Vault, path: &Path, now: Moment) -> Result<ReceiptView> {
    let keys = store::read(vault, |r| Ok(waiting::agency(r)?))?;
    let keys = keys.ok_or(Error::Receipt(ReceiptFault::NoProfile))?;
    let key = PublicKey::from_hex(&keys.receipts)?;
    let read =
        Receipt::read(&keep::read(path, file::MOST_BYTES)?, &key).map_err(|error| not_believed(&error))?;
    let id = ReceiptId(read.id);
    if let Some(had) = store::read(vault, |r| Ok(receipts::get(r, id)?))? {
        return Ok(ReceiptView { again: true, ..view(&had) });
    }
    let (handover, receipt) = store::read(vault, |r| {
        let handover = answered(r, &read)?.ok_or(Error::Receipt(ReceiptFault::NotOurs))?;
        let receipt = understood(r, &handover.record, read, key.id())?;
        Ok((handover, receipt))
    })?;
    store::write(vault, now, |w| {
        w.append(None, &Payload::ReceiptTaken { receipt: Box::new(receipt) }, &[handover.entry])?;
        Ok(())
    })?;
    let taken = store::read(vault, |r| Ok(receipts::get(r, id)?))?;
    taken.as_ref().map(view).ok_or(Error::NotFound { what: "receipt" })
}

/// Drops a handover whose file was never written: nothing of it left, and what it holds is offered on.
///
/// # Errors
/// [`Error::HandoverOut`] where a file of it may be somewhere: it was written, a receipt answers it, or the vault was
/// brought back from an earlier state and does not know.
pub fn drop_handover(vault: &mut Vault, id: HandoverId, now: Moment) -> Result<HandoverPage> {
    let frozen = store::read(vault, |r| {
        let frozen = handovers::get(r, id)?;
        let stands = handovers::state(r, id)? == HandoverState::Frozen;
        let known = frozen.origin == ledger::tip(r)?.origin;
        if stands && known { Ok(frozen) } else { Err(Error::HandoverOut) }
    })?;
    store::write(vault, now, |w| {
        w.append(None, &Payload::HandoverDropped { handover: id }, &[frozen.entry])?;
        Ok(())
    })?;
    super::handover_page(vault)
}

/// How far agencies hold this vault's chains, by the receipts that were taken in: heads that are kept elsewhere. What they
/// hold beyond what is here is told by nobody: a vault that was brought back knows less than it handed over.
pub(crate) fn heads(r: &Reader<'_>) -> Result<Vec<OutsideHead>> {
    let mut heads = Vec::new();
    for one in receipts::all(r)? {
        for HeldThere { origin, at, link } in one.record.held {
            if ledger::link_at(r, origin, at)?.is_some() {
                heads.push(OutsideHead { origin, sequence: at, link });
            }
        }
    }
    Ok(heads)
}

/// The receipts that answer a handover, the one that was made last first.
pub(super) fn answers(r: &Reader<'_>, id: HandoverId) -> Result<Vec<ReceiptView>> {
    let mut all: Vec<ReceiptView> = receipts::of_handover(r, id)?.iter().map(view).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.made_at.0));
    Ok(all)
}

fn not_believed(error: &Exchange) -> Error {
    Error::Receipt(match error {
        Exchange::UnknownSigner => ReceiptFault::OtherKey,
        Exchange::BadSignature => ReceiptFault::Changed,
        Exchange::UnknownVersion { .. } => ReceiptFault::NewerVersion,
        _ => ReceiptFault::NotAReceipt,
    })
}

/// The handover that a receipt answers, by its id; where the agency could not read that, by the file that it names.
fn answered(r: &Reader<'_>, receipt: &Receipt) -> Result<Option<Recorded<Handover>>> {
    let Some(given) = receipt.handover else { return by_file(r, receipt.file.sha256) };
    match handovers::get(r, given.id) {
        Ok(found) => Ok(Some(found)),
        Err(sharewell_vault::Error::NoSuch { .. }) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn by_file(r: &Reader<'_>, hash: Sha256) -> Result<Option<Recorded<Handover>>> {
    let is_it = |content: &Content| match content {
        Content::Known(payload) => {
            matches!(&**payload, Payload::HandoverWritten { file, .. } if file.hash == hash)
        }
        Content::Newer { .. } | Content::Disposed | Content::Unreadable => false,
    };
    for one in handovers::all(r)? {
        if ledger::history(r, one.record.id)?.iter().any(|entry| is_it(&entry.content)) {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// What of a receipt this vault stands by.
fn understood(r: &Reader<'_>, handover: &Handover, receipt: Receipt, key: String) -> Result<TakenReceipt> {
    let mut taken = TakenReceipt {
        id: ReceiptId(receipt.id),
        agency: receipt.agency,
        made_at: receipt.made_at,
        key,
        file: receipt.file.sha256,
        handover: handover.id,
        outcome: match receipt.outcome {
            file::Outcome::Taken => ReceiptOutcome::Taken,
            file::Outcome::Had => ReceiptOutcome::Had,
            file::Outcome::Sealed => ReceiptOutcome::Sealed,
            file::Outcome::Quarantined => ReceiptOutcome::Quarantined,
        },
        reason: receipt.reason.map(why).transpose()?,
        received: vec![],
        quarantined: vec![],
        forks: vec![],
        held: vec![],
        disposals: vec![],
    };
    for chain in &receipt.origins {
        of_chain(r, &handover.cases, chain, &mut taken)?;
    }
    for one in receipt.disposals {
        let here = ledger::hashes(r, one.origin, one.sequence, one.sequence)?;
        if here.get(&one.sequence) == Some(&one.entry_hash) {
            let (origin, sequence, at, authority) = (one.origin, one.sequence, one.at, one.authority);
            taken.disposals.push(DisposedThere { origin, sequence, at, authority });
        }
    }
    Ok(taken)
}

/// The word of this vault for a reason of a receipt.
fn why(reason: file::Reason) -> Result<NotTakenWhy> {
    NotTakenWhy::of(reason.word()).ok_or(Error::Receipt(ReceiptFault::NewerVersion))
}

/// What became of an entry at the agency.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Became {
    Received,
    Quarantined(NotTakenWhy),
    NotNamed,
}

/// Takes what a receipt says of one chain.
fn of_chain(r: &Reader<'_>, cases: &[CaseId], chain: &OfOrigin, taken: &mut TakenReceipt) -> Result<()> {
    let OfOrigin { origin, from, to, .. } = *chain;
    let here = ledger::hashes(r, origin, from, to)?;
    let named: BTreeMap<Seq, Sha256> =
        chain.taken.iter().chain(&chain.had).map(|one| (one.sequence, one.entry_hash)).collect();
    let mut quarantined = BTreeMap::new();
    for one in &chain.quarantined {
        quarantined.insert(one.sequence, why(one.reason)?);
    }
    // The entries of the handover's files in their order: what stands between two of them is of no file that it holds.
    let mut runs: Vec<(Became, Seq, Seq, u64)> = Vec::new();
    for (at, hash) in waiting::places(r, cases, origin, (from, to))? {
        let became = match (named.get(&at), quarantined.get(&at)) {
            (Some(theirs), _) if *theirs == hash => Became::Received,
            (None, Some(why)) => Became::Quarantined(*why),
            (Some(_) | None, _) => Became::NotNamed,
        };
        match runs.last_mut() {
            Some((last, _, end, entries)) if *last == became => (*end, *entries) = (at, *entries + 1),
            Some(_) | None => runs.push((became, at, at, 1)),
        }
    }
    for (became, from, to, entries) in runs {
        match became {
            Became::Received => taken.received.push(ReceivedStretch { origin, from, to, entries }),
            Became::Quarantined(why) => {
                taken.quarantined.push(QuarantinedStretch { origin, from, to, entries, why });
            }
            Became::NotNamed => {}
        }
    }
    let differs = |(at, theirs): &(&Seq, &Sha256)| here.get(at).is_some_and(|ours| ours != *theirs);
    let mut other = named.iter().filter(differs).peekable();
    let first = other.peek().map(|(at, theirs)| (**at, **theirs));
    if let Some((at, theirs)) = first {
        taken.forks.push(ForkThere { origin, at, entries: other.count() as u64, theirs });
    }
    if let Some(held) = chain.held {
        let ours = ledger::link_at(r, origin, held.sequence)?;
        if first.is_none() && ours.is_some_and(|ours| ours != held.link) {
            taken.forks.push(ForkThere { origin, at: held.sequence, entries: 0, theirs: held.link });
        }
        if is_here(r, origin)? {
            taken.held.push(HeldThere { origin, at: held.sequence, link: held.link });
        }
    }
    Ok(())
}

/// Whether a chain is one of this vault's.
fn is_here(r: &Reader<'_>, origin: OriginId) -> Result<bool> {
    Ok(ledger::link_at(r, origin, Seq(1))?.is_some())
}

fn view(one: &Recorded<TakenReceipt>) -> ReceiptView {
    let receipt = &one.record;
    let mut not_taken: BTreeMap<NotTakenWhy, u64> = BTreeMap::new();
    for stretch in &receipt.quarantined {
        *not_taken.entry(stretch.why).or_default() += stretch.entries;
    }
    let reason = receipt.reason.filter(|_| not_taken.is_empty());
    ReceiptView {
        id: receipt.id,
        handover: receipt.handover,
        agency: receipt.agency.clone(),
        made_at: receipt.made_at,
        taken_at: one.recorded_at,
        outcome: receipt.outcome,
        reason,
        entries: store::small(receipt.received.iter().map(|stretch| stretch.entries).sum()),
        not_taken: not_taken
            .into_iter()
            .map(|(why, entries)| NotTakenView { why, entries: store::small(entries) })
            .collect(),
        forked: receipt.forks.iter().map(|fork| store::small(fork.at.0)).collect(),
        disposed: store::small(receipt.disposals.len() as u64),
        again: false,
    }
}
