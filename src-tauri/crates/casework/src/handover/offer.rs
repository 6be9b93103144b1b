//! What of some files somebody has not got yet, and freezing it: which entries, for whom, and why.

use std::collections::BTreeSet;
use std::path::Path;

use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Recipient;
use sharewell_records::{
    CaseId, ChainSlice, Door, EntryId, Handover, HandoverId, HandoverPart, Has, Made, Moment, OnPurpose,
    OriginId, Profile, Seq, begins, on_purpose,
};
use sharewell_vault::{Reader, Recorded, Vault, Writer, attachments, handovers, ledger, recipients, waiting};

use super::beginning::{self, Starts};
use super::parts::{self, Covers};
use super::{attached, wanted};
use crate::agency::{self, Officer};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::store;
use crate::views::{HandoverAsk, HandoverOffer};

/// The version of this program. Another one may draw a paper or write a table otherwise.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What is to be frozen.
struct Plan {
    /// The files, without doubles.
    cases: Vec<CaseId>,
    /// The key.
    key: Recorded<recipients::RecipientKey>,
    /// From where on each chain goes along.
    reach: Reach,
    /// How it goes: as one, or in parts.
    parts: Vec<Covers>,
    /// Why, where it is on purpose.
    reason: Option<String>,
}

/// From where on each chain goes along.
struct Reach {
    /// From where on in the own chain.
    from: Seq,
    /// What goes along of earlier chains.
    earlier: Vec<ChainSlice>,
    /// Where each chain begins.
    starts: Starts,
}

/// Freezes what is handed over: as one, or in parts, in the order in which they follow one another.
pub(super) fn freeze(
    vault: &mut Vault,
    ask: &HandoverAsk,
    profile: Profile,
    limits: &Limits,
    path: &Path,
    now: Moment,
) -> Result<Vec<HandoverId>> {
    let plan = store::read(vault, |r| plan(r, ask, limits))?;
    writable(path)?;
    let Plan { cases, key, reach, parts, reason } = plan;
    let (recipient, recipient_name) = (key.record.recipient, key.record.name);
    let whole = Whole { recipient, recipient_name, cases, profile, reason, replaces: None };
    let ids: Vec<HandoverId> = parts.iter().map(|_| HandoverId(store::new_id(now))).collect();
    store::write(vault, now, |w| append(w, &whole, &reach, &ids, &parts, key.entry))?;
    Ok(ids)
}

/// What all parts of a handover have in common.
struct Whole {
    recipient: String,
    recipient_name: String,
    cases: Vec<CaseId>,
    profile: Profile,
    reason: Option<String>,
    replaces: Option<HandoverId>,
}

/// Writes down what goes, as one or in parts, all in one transaction: so that all of them have one end.
fn append(
    w: &mut Writer<'_>,
    whole: &Whole,
    reach: &Reach,
    ids: &[HandoverId],
    parts: &[Covers],
    basis: EntryId,
) -> Result<()> {
    let before = beginning::finished_before(&w.reader(), &whole.recipient, &whole.cases, &reach.starts)?;
    let mut before: Vec<HandoverId> = before.iter().map(|one| one.record.id).collect();
    // The checkpoint goes along, so that whoever opens the file can compare it with any other head.
    w.sign_checkpoint()?;
    let tip = ledger::tip(&w.reader())?;
    let first = *ids.first().ok_or(Error::NotFound { what: "handover" })?;
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for ((number, id), covers) in (1..).zip(ids).zip(parts) {
        // One that goes on with earlier chains alone has the place from which the own one goes on, and the last one
        // all that was written until now.
        let (from, to) = covers.own.unwrap_or((reach.from, reach.from));
        let to = if number == count { tip.sequence } else { to };
        let link =
            |origin, at| ledger::link_at(&w.reader(), origin, at)?.ok_or(Error::NotFound { what: "entry" });
        let slice = |(origin, from, to): &(OriginId, Seq, Seq)| -> Result<ChainSlice> {
            Ok(ChainSlice { origin: *origin, from: *from, to: *to, head: link(*origin, *to)? })
        };
        let frozen = Handover {
            id: *id,
            recipient: whole.recipient.clone(),
            recipient_name: whole.recipient_name.clone(),
            cases: whole.cases.clone(),
            from,
            to,
            head: link(tip.origin, to)?,
            profile: whole.profile,
            earlier: covers.earlier.iter().map(slice).collect::<Result<_>>()?,
            before: Some(before.clone()),
            reason: whole.reason.clone(),
            version: Some(PROGRAM.to_owned()),
            replaces: whole.replaces,
            part: (count > 1).then_some(HandoverPart { of: first, number, count, until: tip.sequence }),
        };
        w.append(None, &frozen.into(), &[basis])?;
        // What the parts before hold is given with them.
        before.push(*id);
    }
    Ok(())
}

/// Which handovers are written where one is written again: itself, where that gives the bytes that it would have had, and
/// otherwise one that takes its place, in parts where that is too large for one file. Whoever gets both takes what is in
/// them once.
pub(super) fn again(
    vault: &mut Vault,
    id: HandoverId,
    limits: &Limits,
    path: &Path,
    now: Moment,
) -> Result<Vec<HandoverId>> {
    let (frozen, own, same) = store::read(vault, |r| {
        let frozen = handovers::get(r, id)?;
        let (origin, state, own) = (frozen.origin, handovers::state(r, id)?, ledger::tip(r)?.origin);
        let made = Made { handover: &frozen.record, origin, state };
        let same = made.is_written_as_frozen(PROGRAM, own) && !ledger::took_away_since(r, frozen.entry)?;
        Ok((frozen, own, same))
    })?;
    if same {
        return Ok(vec![id]);
    }
    writable(path)?;
    if frozen.origin == own {
        let new = HandoverId(store::new_id(now));
        let (version, replaces) = (Some(PROGRAM.to_owned()), Some(id));
        let replacing = Handover { id: new, version, replaces, ..frozen.record.clone() };
        store::write(vault, now, |w| {
            w.append(None, &replacing.into(), &[frozen.entry])?;
            Ok(())
        })?;
        return Ok(vec![new]);
    }
    let Handover { recipient, recipient_name, cases, profile, reason, .. } = frozen.record.clone();
    let (reach, parts) = store::read(vault, |r| {
        let reach = since(r, &frozen, own)?;
        let parts = split(r, &cases, &reach, limits)?;
        Ok((reach, parts))
    })?;
    let whole = Whole { recipient, recipient_name, cases, profile, reason, replaces: Some(id) };
    let ids: Vec<HandoverId> = parts.iter().map(|_| HandoverId(store::new_id(now))).collect();
    store::write(vault, now, |w| append(w, &whole, &reach, &ids, &parts, frozen.entry))?;
    Ok(ids)
}

/// The same entries for the same recipient, where the vault has gone on as another chain since: what was its own chain
/// goes along as an earlier one, and of the chains after it everything that the recipient has not.
fn since(r: &Reader<'_>, frozen: &Recorded<Handover>, own: OriginId) -> Result<Reach> {
    let old = &frozen.record;
    let (mut earlier, mut starts, mut after) = (Vec::new(), Vec::new(), false);
    for chain in ledger::before(r, own)? {
        let held = old.earlier.iter().find(|slice| slice.origin == chain.origin).map(|slice| slice.from);
        let from = match chain.origin == frozen.origin {
            true => Some(old.from),
            false => held.or(after.then_some(Seq(1))),
        };
        after |= chain.origin == frozen.origin;
        let slice = |from| ChainSlice { origin: chain.origin, from, to: chain.last, head: chain.link };
        earlier.extend(from.map(slice));
        starts.push((chain.origin, from.unwrap_or(Seq(chain.last.0.saturating_add(1)))));
    }
    let from = behind(r, &old.cases, own, &old.recipient)?;
    starts.push((own, from));
    Ok(Reach { from, earlier, starts })
}

/// Whether files can be handed over to somebody, asked before a place for the file is chosen.
///
/// # Errors
/// As [`super::make_handover`], but for the writing.
pub fn check_handover(vault: &Vault, ask: &HandoverAsk) -> Result<()> {
    store::read(vault, |r| plan(r, ask, &Limits::default())).map(|_| ())
}

/// What would be handed over as things are chosen so far. Nothing chosen, nothing offered.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn handover_offer(vault: &Vault, ask: &HandoverAsk) -> Result<HandoverOffer> {
    store::read(vault, |r| {
        let cases = distinct(&ask.cases);
        let known = key(r, &ask.recipient)?.map(|key| key.record.recipient);
        let Some(recipient) = known.filter(|_| !cases.is_empty()) else {
            return Ok(HandoverOffer::default());
        };
        let (mut entries, mut waits) = (0, 0);
        for case in &cases {
            let all = waiting::of_case(r, *case)?.0;
            let given = waiting::given(r, *case)?.into_iter().find(|(to, _)| *to == recipient);
            entries += all;
            waits += all.saturating_sub(given.map_or(0, |(_, count)| count));
        }
        let papers = papers(r, &cases, &recipient, ask.from_beginning)?;
        let goes = if ask.from_beginning { entries } else { waits };
        Ok(HandoverOffer {
            waiting: store::small(goes),
            has: store::small(entries.saturating_sub(waits)),
            on_purpose: purpose(r, &cases, &recipient, ask.from_beginning)?,
            papers_kib: store::small(papers.div_ceil(1024)),
            parts: if goes == 0 { 0 } else { parts_of(r, &cases, &recipient, ask.from_beginning)? },
            lacks: wanted::lacking(r, &cases)?,
        })
    })
}

/// As how many files it would go. What no part can hold is told when it is asked for.
fn parts_of(r: &Reader<'_>, cases: &[CaseId], recipient: &str, from_beginning: bool) -> Result<u32> {
    let limits = Limits::default();
    if parts::is_small(r, cases, &limits)? {
        return Ok(1);
    }
    let Some(reach) = reach(r, cases, recipient, from_beginning)? else { return Ok(0) };
    match split(r, cases, &reach, &limits) {
        Ok(parts) => Ok(store::small(parts.len() as u64)),
        Err(Error::TooLargeToHandOver { .. }) => Ok(1),
        Err(other) => Err(other),
    }
}

fn split(r: &Reader<'_>, cases: &[CaseId], reach: &Reach, limits: &Limits) -> Result<Vec<Covers>> {
    let tip = ledger::tip(r)?;
    parts::split(r, cases, &reach.earlier, (tip.origin, reach.from, tip.sequence), limits)
}

/// How many bytes of papers would go along.
fn papers(r: &Reader<'_>, cases: &[CaseId], recipient: &str, from_beginning: bool) -> Result<u64> {
    let own = ledger::tip(r)?.origin;
    let mut starts = Vec::new();
    for origin in ledger::before(r, own)?.into_iter().map(|old| old.origin).chain([own]) {
        if let Some(from) = start(r, cases, origin, recipient, from_beginning)? {
            starts.push((origin, from));
        }
    }
    let mut bytes = 0;
    for case in cases {
        for one in attachments::of_case(r, *case)? {
            let places = attached::added_at(r, cases, one.record.id)?;
            let goes =
                |(origin, at): &(OriginId, Seq)| starts.iter().any(|(of, from)| of == origin && at >= from);
            if places.iter().any(goes) {
                bytes += one.record.size;
            }
        }
    }
    Ok(bytes)
}

fn distinct(chosen: &[CaseId]) -> Vec<CaseId> {
    chosen.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

/// An imported key.
fn key(r: &Reader<'_>, recipient: &str) -> Result<Option<Recorded<recipients::RecipientKey>>> {
    let parsed = Recipient::parse(recipient).ok().map(|key| key.to_string());
    Ok(recipients::all(r)?.into_iter().find(|key| Some(&key.record.recipient) == parsed.as_ref()))
}

/// Whether it is done on purpose only.
fn purpose(
    r: &Reader<'_>,
    cases: &[CaseId],
    recipient: &str,
    from_beginning: bool,
) -> Result<Option<OnPurpose>> {
    let mut files = Vec::new();
    for case in cases {
        let mut has = Has::default();
        for (to, _) in waiting::given(r, *case)? {
            if to == recipient { has.recipient = true } else { has.others = true }
        }
        files.push(has);
    }
    Ok(on_purpose(from_beginning, &files))
}

/// What is to be handed over, or everything that stands in the way.
fn plan(r: &Reader<'_>, ask: &HandoverAsk, limits: &Limits) -> Result<Plan> {
    let cases = distinct(&ask.cases);
    let mut form = Form::new();
    let key = key(r, &ask.recipient)?;
    form.fault_if(key.is_none(), "recipient", Problem::NoRecipient);
    form.fault_if(cases.is_empty(), "cases", Problem::NothingChosen);
    let purpose = match &key {
        Some(key) => purpose(r, &cases, &key.record.recipient, ask.from_beginning)?,
        None => None,
    };
    // What nobody had before needs none; one that is given all the same is kept.
    let reason = match purpose {
        Some(_) => form.reason("reason", &ask.reason),
        None => form.text("reason", &ask.reason),
    };
    let key = form.end(|| key)?;
    alone(r, &cases, &key.record)?;
    let recipient = &key.record.recipient;
    let Some(reach) = reach(r, &cases, recipient, ask.from_beginning)? else {
        return Err(nothing(r, &cases, recipient)?);
    };
    let parts = split(r, &cases, &reach, limits)?;
    let reason = (!reason.is_empty()).then_some(reason);
    Ok(Plan { cases, key, reach, parts, reason })
}

/// From where on each chain goes along; none where nothing waits for the recipient.
fn reach(r: &Reader<'_>, cases: &[CaseId], recipient: &str, from_beginning: bool) -> Result<Option<Reach>> {
    let own = ledger::tip(r)?.origin;
    let (mut earlier, mut starts) = (Vec::new(), Vec::new());
    for old in ledger::before(r, own)? {
        let start = start(r, cases, old.origin, recipient, from_beginning)?;
        let slice = |from| ChainSlice { origin: old.origin, from, to: old.last, head: old.link };
        earlier.extend(start.map(slice));
        starts.push((old.origin, start.unwrap_or(Seq(old.last.0.saturating_add(1)))));
    }
    let from = match start(r, cases, own, recipient, from_beginning)? {
        Some(from) => from,
        None if earlier.is_empty() => return Ok(None),
        // The own chain goes along from behind what the recipient has of it, so that the next slice links on.
        None => behind(r, cases, own, recipient)?,
    };
    starts.push((own, from));
    Ok(Some(Reach { from, earlier, starts }))
}

/// From where on a chain goes along; none where nothing of it waits for the recipient.
fn start(
    r: &Reader<'_>,
    cases: &[CaseId],
    origin: OriginId,
    recipient: &str,
    from_beginning: bool,
) -> Result<Option<Seq>> {
    let mut start: Option<Seq> = None;
    for case in cases {
        let begin = match waiting::first_for(r, *case, origin, recipient)? {
            _ if from_beginning => waiting::last_of(r, *case, origin)?.map(|_| Seq(1)),
            Some(first) => Some(begins(first, waiting::ends(r, *case, origin, recipient)?)),
            None => None,
        };
        start = [start, begin].into_iter().flatten().min();
    }
    Ok(start)
}

/// The place behind the last stretch of some files that a recipient has of a chain.
fn behind(r: &Reader<'_>, cases: &[CaseId], origin: OriginId, recipient: &str) -> Result<Seq> {
    let mut last = Seq(0);
    for case in cases {
        last = waiting::ends(r, *case, origin, recipient)?.into_iter().fold(last, Seq::max);
    }
    Ok(Seq(last.0.saturating_add(1)))
}

/// Nothing waits: with the handover by which the recipient got some of these files last, should its file be lost.
fn nothing(r: &Reader<'_>, cases: &[CaseId], recipient: &str) -> Result<Error> {
    let of_these = |one: &Recorded<Handover>| {
        one.record.recipient == recipient && one.record.cases.iter().any(|case| cases.contains(case))
    };
    let last = handovers::all(r)?.into_iter().find(of_these);
    Ok(Error::NothingToHandOver { last: last.map(|one| one.record.id) })
}

/// A restricted file goes with no other, never to whom it is kept from, and where an agency stands behind the vault to
/// its designated officer alone.
fn alone(r: &Reader<'_>, chosen: &[CaseId], to: &recipients::RecipientKey) -> Result<()> {
    for case in chosen {
        let family = Family::of(r, *case)?;
        if family.case.kind.is_restricted() && chosen.len() > 1 {
            return Err(Error::RestrictedAlone);
        }
        if family.case.kind.is_restricted() {
            match agency::officer(r)? {
                Officer::Anybody => {}
                Officer::NotNamed => return Err(Error::NoOfficer),
                Officer::Only(officer) if officer.to_string() == to.recipient => {}
                Officer::Only(_) => return Err(Error::field("recipient", Problem::OfficerAlone)),
            }
        }
        family.may_receive(Door::Share, &to.name).map_err(|why| Error::field("recipient", why.into()))?;
    }
    Ok(())
}

/// A path that cannot take a file is told before anything is frozen.
fn writable(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let about = std::fs::metadata(folder).map_err(|error| Error::NotWritten(error.kind()))?;
    if about.is_dir() && path.file_name().is_some() && !path.is_dir() {
        Ok(())
    } else {
        Err(Error::NotWritten(std::io::ErrorKind::NotADirectory))
    }
}
