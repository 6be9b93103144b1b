//! What goes into a handover: the slice of the ledger, the tables and the documents, all as the chain stood
//! when it was frozen, so that a rebuild gives the same.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;

use sharewell_documents as documents;
use sharewell_exchange::handover::{Contents, Document};
use sharewell_exchange::{EntryLine, Profile, PublicKey, Records, tables};
use sharewell_records::{
    CaseId, Countersigned, Decision, DecisionId, Disclosure, EmergencyId, GENESIS, Header, Moment,
    Obligation, OriginId, Payload, Practitioner, Protection, ReadPayload, Seq, Sha256,
};
use sharewell_vault::{Beside, Reader, Recorded, SliceLine, Work, decisions, handovers, ledger};

use crate::decide::Signed;
use crate::error::{Error, Result};
use crate::guidance::serving::kept_pack;
use crate::language;
use crate::paper::{Frame, Told, decision_document, emergency_document, signature};
use crate::people::Family;
use crate::words::Words;

/// Where a record of the slice stands, for its document.
#[derive(Debug, Clone, Copy)]
struct Spot {
    sequence: Seq,
    entry_hash: Sha256,
    at: Moment,
}

/// The history of the chosen files up to the end of the range.
#[derive(Default)]
struct History {
    records: Records,
    decisions: BTreeMap<DecisionId, Spot>,
    emergencies: BTreeMap<EmergencyId, Spot>,
    first_told: BTreeMap<EmergencyId, Moment>,
    written_up: BTreeMap<EmergencyId, Moment>,
    authors: BTreeMap<sharewell_records::PersonId, String>,
}

impl History {
    fn take(&mut self, header: &Header, entry_hash: Sha256, payload: &Payload) {
        self.records.take(header, payload);
        let spot = Spot { sequence: header.sequence, entry_hash, at: header.recorded_at };
        match payload {
            Payload::DecisionSigned { decision } => {
                self.decisions.insert(decision.id, spot);
            }
            Payload::EmergencyRecorded { emergency } => {
                self.emergencies.insert(emergency.id, spot);
                self.first_told.entry(emergency.id).or_insert(header.recorded_at);
            }
            Payload::EmergencyWrittenUp { write_up } => {
                self.written_up.insert(write_up.emergency, header.recorded_at);
            }
            Payload::PractitionerRecorded { practitioner } => {
                self.authors.insert(practitioner.id, practitioner.name.clone());
            }
            // They stand in the tables and have no document of their own.
            Payload::OriginStarted { .. }
            | Payload::RecoveryConfirmed {}
            | Payload::CaseOpened { .. }
            | Payload::CaseAmended { .. }
            | Payload::PersonRecorded { .. }
            | Payload::PersonAmended { .. }
            | Payload::RelationshipRecorded { .. }
            | Payload::RelationshipAmended { .. }
            | Payload::RelationshipEnded { .. }
            | Payload::FlagSet { .. }
            | Payload::FlagLifted { .. }
            | Payload::ItemRecorded { .. }
            | Payload::ItemAmended { .. }
            | Payload::ItemWithdrawn { .. }
            | Payload::SetApart { .. }
            | Payload::AdviceRecorded { .. }
            | Payload::DecisionCountersigned { .. }
            | Payload::ObligationAdded { .. }
            | Payload::ObligationSettled { .. }
            | Payload::DisclosureRecorded { .. }
            | Payload::PackKept { .. }
            | Payload::PackInstalled { .. }
            | Payload::PackRemoved { .. }
            | Payload::PackKeyImported { .. }
            | Payload::HandoverMade { .. }
            | Payload::RecipientKeyImported { .. }
            | Payload::CheckpointSigned { .. }
            | Payload::Disposed { .. } => {}
        }
    }

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
                self.take(header, *entry_hash, &payload);
            }
            Ok(())
        })
    }

    /// The practitioner as last recorded in the range.
    fn own(&self) -> Result<Practitioner> {
        let latest = self.records.practitioners.values().max_by_key(|one| one.sequence);
        latest.map(|one| one.record.clone()).ok_or(Error::NotFound { what: "practitioner" })
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
        let earlier: Vec<_> = ledger::tips(r)?.into_iter().filter(|tip| tip.origin != origin).collect();
        work.expect(steps(r, handover, earlier.iter().map(|tip| tip.sequence))?);
        for tip in earlier {
            history.read(r, tip.origin, &handover.cases, tip.sequence, work)?;
        }
        history.read(r, origin, &handover.cases, handover.to, work)?;
        let (own, language) = (history.own()?, language::of(r)?);
        // One for the whole bag, so that tables and papers call a person the same.
        let protection = history.records.protection(&documents::called(language));
        let frame = Frame {
            author: signature(&own, Words::of(language)),
            printed_at: frozen.recorded_at,
            head: handover.head,
            language,
        };
        let before = Seq(handover.from.0.saturating_sub(1));
        let previous_link = match before.0 {
            0 => GENESIS,
            _ => ledger::link_at(r, origin, before)?.ok_or(Error::NotFound { what: "entry" })?,
        };
        Ok(Contents {
            id: handover.id,
            made_at: frozen.recorded_at,
            origin,
            from: handover.from,
            to: handover.to,
            head: handover.head,
            previous_link,
            public_key: PublicKey(beside.public_key()?),
            practitioner: own.clone(),
            cases: handover.cases.clone(),
            lines: lines(r, origin, handover, work)?,
            tables: tables::build(&history.records, &protection),
            profile: Profile::default(),
            documents: papers(r, &history, &own, &frame, &handover.cases, &protection, work)?,
        })
    })
}

/// Steps that setting one document counts for beside reading one entry, which takes that much less time.
const DOCUMENT: u64 = 500;

/// How much there is to do: entries to be read, of the chains before this one and of this one to its end and once
/// more from where the handover begins, and documents to be set.
fn steps(r: &Reader<'_>, handover: &handovers::Handover, earlier: impl Iterator<Item = Seq>) -> Result<u64> {
    let slice = handover.to.0.saturating_sub(handover.from.0) + 1;
    let mut steps = earlier.map(|end| end.0).sum::<u64>() + handover.to.0 + slice;
    for case in &handover.cases {
        steps += DOCUMENT * decisions::of_case(r, *case)?.len() as u64;
    }
    Ok(steps)
}

/// The slice as the file carries it.
fn lines(
    r: &Reader<'_>,
    origin: OriginId,
    handover: &handovers::Handover,
    work: &Work,
) -> Result<Vec<EntryLine>> {
    let mut lines = Vec::new();
    ledger::slice_each(r, origin, &handover.cases, handover.from, handover.to, |line| {
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
    own: &Practitioner,
    frame: &Frame,
    cases: &[CaseId],
    protection: &Protection,
    work: &Work,
) -> Result<Vec<Document>> {
    let mut papers = Vec::new();
    for case in cases {
        let Some(family) = Family::folded(&history.records, *case, frame.language) else { continue };
        let in_file =
            history.records.decisions.values().map(|one| &one.record).filter(|one| one.case == *case);
        let mut in_file: Vec<(&Decision, Spot)> =
            in_file.filter_map(|one| history.decisions.get(&one.id).map(|spot| (one, *spot))).collect();
        in_file.sort_by_key(|(_, spot)| spot.sequence);
        for (number, (decision, spot)) in (1..).zip(in_file) {
            let signed = Signed {
                decision,
                family: &family,
                items: history.records.items.values().map(|one| one.record.0.clone()).collect(),
                carried: kept_pack(r, &decision.pack)?,
                standing: standing(history, decision),
                number,
                signed_by: own.name.clone(),
                signed_at: spot.at,
                left: left(history, decision),
                // The document of one decision says nothing of those that follow it.
                after: Vec::new(),
                said: said(history, decision),
                sequence: spot.sequence,
                entry_hash: spot.entry_hash,
                restricted: None,
            };
            let bytes = documents::decision(&decision_document(&signed, own, frame)?, protection)?;
            papers.push(Document { path: format!("decisions/{}.pdf", decision.id), bytes });
            work.did(DOCUMENT)?;
        }
    }
    for (id, spot) in &history.emergencies {
        let Some(one) = history.records.emergencies.get(id) else { continue };
        let (emergency, write_up) = &one.record;
        let case = write_up.as_ref().map(|write_up| write_up.case).or(emergency.case).or(one.case);
        if !case.is_some_and(|case| cases.contains(&case)) {
            continue;
        }
        let told = Told {
            emergency: emergency.clone(),
            first_at: history.first_told.get(id).copied().unwrap_or(spot.at),
            write_up: write_up.clone().zip(history.written_up.get(id).copied()),
            duties: history
                .records
                .obligations
                .values()
                .map(|one| &one.record)
                .filter(|duty| duty.emergency == Some(*id))
                .cloned()
                .collect(),
            family: case.and_then(|case| Family::folded(&history.records, case, frame.language)),
            own: own.clone(),
            sequence: spot.sequence,
            entry_hash: spot.entry_hash,
        };
        let bytes = documents::emergency(&emergency_document(&told, frame), protection)?;
        papers.push(Document { path: format!("emergencies/{id}.pdf"), bytes });
        work.go_on()?;
    }
    Ok(papers)
}

/// A decision's obligations in their own order, as they stood at the end of the range.
fn standing(history: &History, decision: &Decision) -> Vec<Obligation> {
    let as_it_stood = |one: &Obligation| {
        history.records.obligations.get(&one.id).map_or_else(|| one.clone(), |stood| stood.record.clone())
    };
    decision.obligations.iter().map(as_it_stood).collect()
}

/// What a second person said of a decision, the first first.
fn said(history: &History, decision: &Decision) -> Vec<(Countersigned, Moment)> {
    let of_it = |one: &&sharewell_exchange::Recorded<Countersigned>| one.record.said.decision == decision.id;
    let mut said: Vec<_> = history.records.countersignatures.values().filter(of_it).collect();
    said.sort_by_key(|one| one.sequence);
    said.into_iter().map(|one| (one.record.clone(), one.at)).collect()
}

/// What left on a decision's ground, the first first.
fn left(history: &History, decision: &Decision) -> Vec<Disclosure> {
    let mut on_it: Vec<_> =
        history.records.disclosures.values().filter(|one| one.record.decision == Some(decision.id)).collect();
    on_it.sort_by_key(|one| one.sequence);
    on_it.into_iter().map(|one| one.record.clone()).collect()
}
