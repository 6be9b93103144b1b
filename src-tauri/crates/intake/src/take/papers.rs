//! Papers and documents that came along, each with the file that it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_exchange::handover::Handover;
use sharewell_exchange::{EntryLine, Table};
use sharewell_records::{CaseId, Payload, ReadPayload};

use crate::Result;
use crate::compare::{Compared, Slice};
use crate::store::{Paper, Tx};

/// Stores what belongs to entries that are held. What the agency disposed of does not come back with a file that is
/// given in once more; what is new in a file of which something was disposed of is stored all the same.
pub(super) fn store(
    tx: &mut dyn Tx,
    handover: &Handover,
    chains: &[Slice<'_>],
    compared: &[Compared],
) -> Result<()> {
    if handover.documents.is_empty() && handover.attachments.is_empty() {
        return Ok(());
    }
    let mut new = BTreeSet::new();
    for (chain, one) in chains.iter().zip(compared) {
        let taken = one.take.iter().filter_map(|at| chain.lines.get(*at));
        new.extend(taken.filter_map(|hashed| brings(hashed.line)));
    }
    let brings_nothing = compared.iter().all(|one| one.take.is_empty());
    let of = by_case(handover);
    let mut disposed: BTreeMap<CaseId, bool> = BTreeMap::new();
    let files = handover
        .documents
        .iter()
        .map(|document| ("documents", document))
        .chain(handover.attachments.iter().map(|paper| ("attachments", paper)));
    for (folder, file) in files {
        let id = stem(&file.path);
        let case = of.get(id).copied();
        let gone = match case {
            Some(case) if !disposed.contains_key(&case) => {
                *disposed.entry(case).or_insert(tx.is_disposed(case)?)
            }
            Some(case) => disposed.get(&case).copied().unwrap_or_default(),
            None => false,
        };
        let path = format!("{folder}/{}", file.path);
        // A handover that brings nothing new takes the place of another: its papers are those that are there.
        let had = brings_nothing && tx.has_paper(&path)?;
        if (!gone || new.contains(id)) && !had {
            let handover = handover.info.id;
            tx.put_paper(&Paper { handover, path, case, bytes: file.bytes.clone() })?;
        }
    }
    Ok(())
}

/// The kinds of entries that add what has a paper of its own.
const BRING: [&str; 3] = ["attachment_added", "decision_signed", "emergency_recorded"];

/// The id of what an entry adds that has a paper of its own.
fn brings(line: &EntryLine) -> Option<String> {
    let EntryLine::Whole { header, stored, .. } = line else { return None };
    if !BRING.contains(&header.kind.as_str()) {
        return None;
    }
    match Payload::read(&header.kind, header.version, stored) {
        Ok(ReadPayload::Known(payload)) => match *payload {
            Payload::AttachmentAdded { attachment } => Some(attachment.id.to_string()),
            Payload::DecisionSigned { decision } => Some(decision.id.to_string()),
            Payload::EmergencyRecorded { emergency } => Some(emergency.id.to_string()),
            _ => None,
        },
        Ok(ReadPayload::Unknown { .. }) | Err(_) => None,
    }
}

/// The id in a paper's path: its last part without the ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// By the id of a paper, a decision or an emergency, the file in which it stands.
fn by_case(handover: &Handover) -> BTreeMap<String, CaseId> {
    let mut of = BTreeMap::new();
    for (table, key) in
        [("attachments", "attachment_id"), ("decisions", "decision_id"), ("emergencies", "emergency_id")]
    {
        let found = handover.tables.iter().find(|one| one.name == table);
        if let Some(table) = found {
            rows(table, key, &mut of);
        }
    }
    of
}

fn rows(table: &Table, key: &str, of: &mut BTreeMap<String, CaseId>) {
    let column = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (Some(key), Some(case)) = (column(key), column("case_id")) else { return };
    for row in &table.rows {
        if let (Some(id), Some(case)) = (row.get(key), row.get(case).and_then(|case| case.parse().ok())) {
            of.insert(id.clone(), case);
        }
    }
}
