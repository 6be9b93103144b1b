//! What goes into a handover: the slice of the ledger, the tables and the documents, all as the chain stood
//! when it was frozen, so that a rebuild gives the same.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;

use sharewell_documents as documents;
use sharewell_exchange::handover::{Behind, Contents, Document, EarlierChain, Part};
use sharewell_exchange::profile::{AgencyProfile, Opened};
use sharewell_exchange::{EntryLine, PublicKey, tables};
use sharewell_records::{
    CaseId, ChainSlice, Countersigned, Decision, Disclosure, EntryId, GENESIS, HandoverPart, Moment,
    Obligation, OriginId, Payload, Practitioner, Protection, ReadPayload, Seq, Settlement, Sha256, Standing,
    Stands, Written,
};
use sharewell_vault::{Beside, Reader, Recorded, SliceLine, Work, decisions, handovers, ledger};

use super::{attached, beginning};
use crate::agency;
use crate::decide::Signed;
use crate::error::{Error, Result};
use crate::guidance::serving::kept_pack;
use crate::language;
use crate::paper::{Frame, Past, Told, decision_document, emergency_document, signature};
use crate::people::{self, Family};
use crate::words::Words;

/// The history of the chosen files up to the end of the range.
#[derive(Default)]
struct History {
    standing: Standing,
    /// The hash of every entry that goes along, for the documents.
    hashes: BTreeMap<EntryId, Sha256>,
    /// Earlier forms, for the documents.
    past: Past,
}

impl History {
    /// Reads the whole history of the chosen files in one origin, to its end or to `to`.
    fn read(
        &mut self,
        r: &Reader<'_>,
        origin: OriginId,
        cases: &[CaseId],
        to: Seq,
        work: &Work,
    ) -> Result<()> {
        ledger::slice_each(r, origin, cases, Seq(1), to, |line| {
            work.did(1)?;
            if let SliceLine::Open { header, entry_hash, payload: Some(sealed), .. } = &line
                && let ReadPayload::Known(payload) =
                    Payload::read(&header.kind, header.version, &sealed.bytes)?
            {
                self.standing.take(header, &payload);
                self.hashes.insert(header.id, *entry_hash);
                self.past.take(header, *payload);
            }
            Ok(())
        })
    }

    /// The hash of the entry that gave something its form.
    fn hash(&self, by: &Written) -> Result<Sha256> {
        self.hashes.get(&by.entry).copied().ok_or(Error::NotFound { what: "entry" })
    }

    /// Whoever wrote an entry, which need not be who hands over.
    fn author(&self, by: &Written) -> Option<Practitioner> {
        self.standing.practitioners.get(&by.author).map(|one| one.record.clone())
    }

    /// The practitioner as last recorded in the range.
    fn own(&self) -> Result<Practitioner> {
        self.standing.practitioner().cloned().ok_or(Error::NotFound { what: "practitioner" })
    }
}

/// Builds the contents of a frozen handover.
pub(super) fn build(beside: &Beside, frozen: &Recorded<handovers::Handover>) -> Result<Contents> {
    let handover = &frozen.record;
    let origin = frozen.origin;
    let work = beside.work();
    beside.read(|r| {
        let mut history = History::default();
        // What an earlier chain of this vault says of the files binds as well: a flag set long ago, a name.
        let earlier = ledger::before(r, origin)?;
        // Tables tell in every part how things stand at the end of all of them: what protects somebody by then protects
        // them in each.
        let until = handover.part.map_or(handover.to, |part| part.until);
        work.expect(steps(r, handover, until, earlier.iter().map(|old| old.last))?);
        for old in &earlier {
            history.read(r, old.origin, &handover.cases, old.last, work)?;
        }
        history.read(r, origin, &handover.cases, until, work)?;
        let (own, language) = (history.own()?, language::of(r)?);
        // One for the whole bag, so that tables and papers call a person the same.
        let here = |person| history.standing.people.contains_key(&person);
        let known = people::Beside::of(r, here, Some((origin, until)))?;
        let called = documents::called(language);
        let protection = history.standing.protection_beside(&called, &known.people, &known.answers);
        let frame = Frame {
            author: signature(&own, Words::of(language)),
            printed_at: frozen.recorded_at,
            head: handover.head,
            language,
        };
        let going = attached::going(r, &history.standing, frozen)?;
        let chain = |slice: &ChainSlice| -> Result<EarlierChain> {
            let ChainSlice { origin, from, to, head } = *slice;
            let previous_link = link_before(r, origin, from)?;
            let lines = lines(r, origin, &handover.cases, (from, to), work)?;
            Ok(EarlierChain { origin, from, to, head, previous_link, lines })
        };
        Ok(Contents {
            id: handover.id,
            made_at: frozen.recorded_at,
            origin,
            from: handover.from,
            to: handover.to,
            head: handover.head,
            previous_link: link_before(r, origin, handover.from)?,
            public_key: PublicKey(beside.public_key()?),
            practitioner: own.clone(),
            // As it stood when the handover was frozen, so that a file which is written again is the same.
            agency: agency::standing_before(r, frozen)?.map(behind),
            cases: handover.cases.clone(),
            lines: lines(r, origin, &handover.cases, (handover.from, handover.to), work)?,
            chains: handover.earlier.iter().map(chain).collect::<Result<_>>()?,
            beginning: beginning::of(r, frozen)?,
            part: handover.part.map(|HandoverPart { of, number, count, .. }| Part { of, number, count }),
            replaces: handover.replaces,
            tables: tables::build_with(&history.standing, &protection, &attached::salts(&going)),
            profile: handover.profile,
            documents: match handover.part {
                Some(part) if !part.is_last() => Vec::new(),
                Some(_) | None => papers(r, &history, &frame, &handover.cases, &protection, work)?,
            },
            attachments: attached::files(&going),
            words: Words::of(language).handover.clone(),
        })
    })
}

/// The agency that stands behind a handover.
fn behind(opened: Opened) -> Behind {
    let AgencyProfile { agency, name, serial, .. } = opened.profile;
    Behind { agency, name, serial }
}

/// The link before a place in a chain.
fn link_before(r: &Reader<'_>, origin: OriginId, from: Seq) -> Result<Sha256> {
    match from.0.saturating_sub(1) {
        0 => Ok(GENESIS),
        before => ledger::link_at(r, origin, Seq(before))?.ok_or(Error::NotFound { what: "entry" }),
    }
}

/// Steps that setting one document counts for beside reading one entry, which takes that much less time.
const DOCUMENT: u64 = 500;

/// How much there is to do: entries to be read, of the chains before this one and of this one to its end and once
/// more each stretch that goes along, and documents to be set.
fn steps(
    r: &Reader<'_>,
    handover: &handovers::Handover,
    until: Seq,
    earlier: impl Iterator<Item = Seq>,
) -> Result<u64> {
    let long = |from: Seq, to: Seq| to.0.saturating_sub(from.0) + 1;
    let slices = handover.earlier.iter().map(|slice| long(slice.from, slice.to)).sum::<u64>();
    let slice = long(handover.from, handover.to);
    let mut steps = earlier.map(|end| end.0).sum::<u64>() + until.0 + slice + slices;
    if handover.part.is_some_and(|part| !part.is_last()) {
        return Ok(steps);
    }
    for case in &handover.cases {
        steps += DOCUMENT * decisions::of_case(r, *case)?.len() as u64;
    }
    Ok(steps)
}

/// A slice as the file carries it.
fn lines(
    r: &Reader<'_>,
    origin: OriginId,
    cases: &[CaseId],
    (from, to): (Seq, Seq),
    work: &Work,
) -> Result<Vec<EntryLine>> {
    let mut lines = Vec::new();
    ledger::slice_each(r, origin, cases, from, to, |line| {
        work.did(1)?;
        lines.push(match line {
            SliceLine::Open { header, payload: Some(sealed), .. } => {
                EntryLine::Whole { header: *header, stored: sealed.bytes, salt: sealed.salt }
            }
            SliceLine::Open { header, payload: None, payload_hash, .. } => {
                EntryLine::Disposed { header: *header, payload_hash }
            }
            SliceLine::Closed { sequence, entry_hash } => EntryLine::Withheld { sequence, entry_hash },
        });
        Ok::<_, Error>(())
    })?;
    Ok(lines)
}

/// The documents: every decision and every emergency of the chosen files. Their names name nobody.
fn papers(
    r: &Reader<'_>,
    history: &History,
    frame: &Frame,
    cases: &[CaseId],
    protection: &Protection,
    work: &Work,
) -> Result<Vec<Document>> {
    let standing = &history.standing;
    let mut papers = Vec::new();
    for case in cases {
        let Some(family) = Family::folded(&history.standing, *case, frame.language) else { continue };
        let mut in_file: Vec<&Stands<Decision>> =
            standing.decisions.values().filter(|one| one.record.case == *case).collect();
        in_file.sort_by_key(|one| (one.by.at, one.by.sequence));
        for (number, one) in (1..).zip(in_file) {
            let decision = &one.record;
            let signed = Signed {
                decision,
                family: &family,
                items: standing.items.values().map(|one| one.record.clone()).collect(),
                carried: kept_pack(r, &decision.pack)?,
                standing: as_they_stood(standing, decision),
                number,
                signed_by: history.author(&one.by),
                signed_at: one.by.at,
                left: left(standing, decision),
                calls: standing
                    .calls
                    .values()
                    .map(|one| &one.record)
                    .filter(|call| call.decision == Some(decision.id))
                    .cloned()
                    .collect(),
                // A decision that follows it is told by its past; its own line has no place on paper.
                after: Vec::new(),
                said: said(standing, decision),
                sequence: one.by.sequence,
                entry_hash: history.hash(&one.by)?,
                restricted: None,
            };
            let bytes = documents::decision(&decision_document(&signed, &history.past, frame)?, protection)?;
            papers.push(Document { path: format!("decisions/{}.pdf", decision.id), bytes });
            work.did(DOCUMENT)?;
        }
    }
    for (id, one) in &standing.emergencies {
        if !one.case.is_some_and(|case| cases.contains(&case)) {
            continue;
        }
        let first = standing.first_told.get(id).unwrap_or(&one.by);
        let written_up = one.ended.as_ref().map(|ended| (ended.how.clone(), ended.by.at));
        let of_it = |duty: &&Stands<Obligation, Settlement>| duty.record.emergency == Some(*id);
        let told = Told {
            emergency: one.record.clone(),
            first_at: first.at,
            told_by: history.author(first),
            written_by: one.ended.as_ref().and_then(|ended| history.author(&ended.by)),
            write_up: written_up,
            duties: standing.obligations.values().filter(of_it).map(Stands::as_it_stands).collect(),
            family: one.case.and_then(|case| Family::folded(standing, case, frame.language)),
            sequence: one.by.sequence,
            entry_hash: history.hash(&one.by)?,
        };
        let bytes = documents::emergency(&emergency_document(&told, &history.past, frame), protection)?;
        papers.push(Document { path: format!("emergencies/{id}.pdf"), bytes });
        work.go_on()?;
    }
    Ok(papers)
}

/// A decision's obligations in their own order, as they stood at the end of the range.
fn as_they_stood(standing: &Standing, decision: &Decision) -> Vec<Obligation> {
    let as_it_stood = |one: &Obligation| {
        standing.obligations.get(&one.id).map_or_else(|| one.clone(), Stands::as_it_stands)
    };
    decision.obligations.iter().map(as_it_stood).collect()
}

/// What a second person said of a decision, the first first.
fn said(standing: &Standing, decision: &Decision) -> Vec<(Countersigned, Moment)> {
    let of_it = |one: &&Stands<Countersigned>| one.record.said.decision == decision.id;
    let mut said: Vec<_> = standing.countersignatures.values().filter(of_it).collect();
    said.sort_by_key(|one| (one.by.at, one.by.sequence));
    said.into_iter().map(|one| (one.record.clone(), one.by.at)).collect()
}

/// What left on a decision's ground, the first first.
fn left(standing: &Standing, decision: &Decision) -> Vec<Disclosure> {
    let on_it = |one: &&Stands<Disclosure>| one.record.decision == Some(decision.id);
    let mut on_it: Vec<_> = standing.disclosures.values().filter(on_it).collect();
    on_it.sort_by_key(|one| (one.by.at, one.by.sequence));
    on_it.into_iter().map(|one| one.record.clone()).collect()
}
