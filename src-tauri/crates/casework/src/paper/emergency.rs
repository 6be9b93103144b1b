//! An emergency as a document's values.

use sharewell_documents as documents;
use sharewell_records::{
    AttemptResult, CaseId, Duty, Emergency, EmergencyId, EmergencyWriteUp, Moment, Obligation, Practitioner,
    Seq, Sha256,
};
use sharewell_vault::{Reader, emergencies, ledger, obligations};

use super::decision::bare;
use super::{Frame, Past, changes, child_of, practitioner_of, signature};
use crate::clock;
use crate::error::Result;
use crate::people::{self, Family};
use crate::words::grouped;

/// An emergency with all that its document needs, from the vault or from a handover's entries.
pub(crate) struct Told {
    pub emergency: Emergency,
    pub first_at: Moment,
    /// Who told it; none where the record of them is gone.
    pub told_by: Option<Practitioner>,
    pub write_up: Option<(EmergencyWriteUp, Moment)>,
    /// Who wrote it up.
    pub written_by: Option<Practitioner>,
    pub duties: Vec<Obligation>,
    pub family: Option<Family>,
    pub sequence: Seq,
    pub entry_hash: Sha256,
}

impl Told {
    /// Reads an emergency.
    pub(crate) fn read(r: &Reader<'_>, id: EmergencyId) -> Result<Self> {
        let row = emergencies::get(r, id)?;
        let first = ledger::history(r, id)?;
        let case = row.written_up.as_ref().map(|one| one.record.case).or(row.emergency.record.case);
        let standing = |one: obligations::ObligationRow| {
            let settled = one.settled.map(|settled| {
                settled.how.unwrap_or(sharewell_records::Settlement::Done { note: String::new() })
            });
            Obligation { settled, ..one.obligation }
        };
        let told = first.first().map(|entry| (entry.header.recorded_at, entry.header.author));
        let (first_at, told_by) = told.unwrap_or((row.emergency.recorded_at, row.emergency.author));
        let written_by = row.written_up.as_ref().map(|one| people::author(r, one.author)).transpose()?;
        Ok(Self {
            first_at,
            told_by: people::author(r, told_by)?,
            written_by: written_by.flatten(),
            write_up: row.written_up.map(|one| (one.record, one.recorded_at)),
            duties: obligations::of_emergency(r, id)?.into_iter().map(standing).collect(),
            family: case.map(|case| Family::of(r, case)).transpose()?,
            sequence: row.emergency.sequence,
            entry_hash: ledger::get(r, row.emergency.entry)?.entry_hash,
            emergency: row.emergency.record,
        })
    }

    /// The file it belongs to, where it has one.
    pub(crate) fn case(&self) -> Option<CaseId> {
        self.write_up.as_ref().map(|(write_up, _)| write_up.case).or(self.emergency.case)
    }
}

/// The values of an emergency's document. `past` tells what was told otherwise before.
pub(crate) fn document(told: &Told, past: &Past, frame: &Frame) -> documents::EmergencyDocument {
    let (emergency, words) = (&told.emergency, frame.words());
    let day = clock::day_of(told.first_at);
    let about = |family: &Family| child_of(family, day, words);
    let mut child = told.family.as_ref().map(about).unwrap_or_default();
    if child.name.is_empty() {
        child.name.clone_from(&emergency.child);
    }
    let due = told.duties.iter().find(|one| one.duty == Duty::WriteUp).and_then(|one| one.due);
    documents::EmergencyDocument {
        sheet: frame.sheet(String::new(), told.family.as_ref()),
        child,
        place: String::new(),
        practitioner: told.told_by.as_ref().map(practitioner_of).unwrap_or_default(),
        opened: words.moment(told.first_at),
        danger: told.write_up.as_ref().map(|(one, _)| one.why_urgent.clone()).unwrap_or_default(),
        attempts: emergency
            .attempts
            .iter()
            .map(|attempt| documents::Attempt {
                when: words.moment(attempt.at),
                who: attempt.who.clone(),
                reach: attempt.number.clone(),
                result: match attempt.result {
                    AttemptResult::Told => documents::AttemptResult::Told,
                    AttemptResult::NoAnswer => documents::AttemptResult::NoAnswer,
                    AttemptResult::StillTrying => documents::AttemptResult::StillTrying,
                    AttemptResult::Refused => documents::AttemptResult::Refused,
                },
                note: attempt.said.clone(),
            })
            .collect(),
        told: emergency.told.clone(),
        others_at_risk: emergency.others_at_risk.clone(),
        own_safety: match emergency.worker_safe {
            Some(true) => words.emergency.safe.clone(),
            Some(false) => words.emergency.not_safe.clone(),
            None => String::new(),
        },
        write_up_due: words.moment_or_none(due),
        write_up: told.write_up.as_ref().map(|(write_up, at)| documents::WriteUp {
            when: match due {
                Some(due) if *at > due => words.time.late.fill(&[("moment", &words.moment(*at))]),
                Some(_) | None => words.moment(*at),
            },
            who: told.written_by.as_ref().map(|own| signature(own, words)).unwrap_or_default(),
            account: write_up.account.clone(),
            reasons: write_up.why_urgent.clone(),
            items: Vec::new(),
            explained: write_up.explained.clone(),
        }),
        obligations: told.duties.iter().map(|one| bare(one, frame)).collect(),
        history: changes::of_emergency(emergency, &told.duties, told.family.as_ref(), past, frame),
        signatures: vec![documents::Signature {
            who: told.told_by.as_ref().map(|own| signature(own, words)).unwrap_or_default(),
            meaning: words.emergency.recorded.clone(),
            when: words.moment(told.first_at),
            said: String::new(),
        }],
        check: documents::CheckValues {
            entry: grouped(&told.entry_hash, 64),
            sequence: told.sequence.to_string(),
            head: grouped(&frame.head, 64),
        },
        record: None,
    }
}
