//! A vault, a clock and a family, in a line each.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod acts;
pub mod log_folded;

use std::path::Path;

use secrecy::SecretString;
use sharewell_records::*;
use sharewell_vault::{
    Error, Kdf, NewVault, Reader, RecoveryCode, Result, Secret, SliceLine, Vault, Work, ledger, new_uuid,
};

pub const PASSPHRASE: &str = "seven quiet otters cross the lane";

pub fn at(second: i64) -> Moment {
    Moment(chrono::DateTime::from_timestamp(1_780_000_000 + second, 0).unwrap().fixed_offset())
}

pub fn day(y: i32, m: u32, d: u32) -> Day {
    Day(chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap())
}

pub fn secret() -> Secret {
    Secret::Passphrase(PASSPHRASE.into())
}

pub fn practitioner() -> Practitioner {
    Practitioner {
        id: PersonId(uuid::Uuid::from_u128(7)),
        name: "Robin Fablewell".into(),
        role: "Health visitor".into(),
        agency: "Exampleton Community Health".into(),
        team: "North".into(),
        nation: Nation::England,
        phone: "01632 960111".into(),
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: None,
    }
}

pub fn stamp(second: i64) -> Stamp {
    Stamp { author: practitioner().id, at: at(second) }
}

pub fn create(dir: &Path) -> (Vault, RecoveryCode) {
    try_to_create(dir).unwrap()
}

pub fn try_to_create(dir: &Path) -> sharewell_vault::Result<(Vault, RecoveryCode)> {
    let new = NewVault {
        passphrase: PASSPHRASE.into(),
        practitioner: practitioner(),
        stamp: stamp(0),
        kdf: Kdf::weak_for_tests(),
    };
    Vault::create(dir, new)
}

pub fn unlock(dir: &Path, second: i64) -> Vault {
    Vault::unlock(dir, secret(), at(second)).unwrap()
}

pub fn person(name: &str, role: PersonRole) -> Person {
    Person::named(PersonId(new_uuid()), name.into(), role)
}

pub fn item(text: &str, about: &[PersonId]) -> Item {
    Item {
        id: ItemId(new_uuid()),
        mark: Mark::Fact,
        source: ItemSource::Visit,
        text: text.into(),
        by: String::new(),
        about: about.to_vec(),
        occurred: Occurred::Day { on: day(2026, 3, 2) },
        labels: vec![],
        visit: None,
    }
}

pub fn obligation(duty: Duty, due: Option<Moment>) -> Obligation {
    Obligation {
        id: ObligationId(new_uuid()),
        decision: None,
        emergency: None,
        duty,
        key: "tell".into(),
        person: None,
        due,
        settled: None,
    }
}

pub fn decision(case: CaseId, child: PersonId, obligations: Vec<Obligation>) -> Decision {
    Decision {
        id: DecisionId(new_uuid()),
        case,
        child,
        nation: Nation::England,
        pack: PackRef { id: "england".into(), version: "2024-05".into(), hash: Sha256([3; 32]) },
        trigger: Trigger::Worry,
        follows: None,
        started: at(10),
        on: day(2026, 5, 30),
        known: KnownFacts::new(),
        answers: vec![Answered {
            step: StepId("why".into()),
            answer: Answer::Text { text: "A neighbour heard shouting".into() },
            at: at(11),
        }],
        path: vec![StepId("why".into())],
        outcome: "share".into(),
        advised: OutcomeKind::ShareWithoutConsent,
        decided: OutcomeKind::ShareWithoutConsent,
        otherwise: String::new(),
        reasons: "Harm is likely".into(),
        alternatives: String::new(),
        what: "The bruising seen".into(),
        recipient: Recipient::default(),
        grounds: Grounds::default(),
        telling: vec![],
        unknown: vec![],
        obligations,
        review: day(2026, 6, 30),
        expired_confirmed: None,
        request: None,
        checklists: Vec::new(),
        also: Vec::new(),
        extent: None,
        rests_on: Vec::new(),
    }
}

/// A file with a child and a mother.
pub struct Family {
    pub case: CaseId,
    pub child: Person,
    pub mother: Person,
}

pub fn family(vault: &mut Vault, second: i64, surname: &str) -> Family {
    let child = person(&format!("Ayla {surname}"), PersonRole::Child);
    let mother = person(&format!("Zoë {surname}"), PersonRole::Parent);
    let case = CaseId(new_uuid());
    vault
        .write(&stamp(second), |w| {
            let opened = Case::family(case, child.id, Nation::England);
            w.append(Some(case), &Payload::CaseOpened { case: opened }, &[])?;
            w.append(Some(case), &Payload::PersonRecorded { person: child.clone() }, &[])?;
            w.append(Some(case), &Payload::PersonRecorded { person: mother.clone() }, &[])?;
            Ok::<_, Error>(())
        })
        .unwrap();
    Family { case, child, mother }
}

/// Brings a backup back, all at once.
pub fn restore(from: &Path, to: &Path, with: &Secret, stamp: &Stamp) -> Result<Vault> {
    sharewell_vault::restore(from, to, with, stamp, &Work::new())
}

/// A slice of the vault's own chain, `from` and `to` included, as one list.
pub fn slice(r: &Reader<'_>, cases: &[CaseId], from: Seq, to: Seq) -> Result<Vec<SliceLine>> {
    let mut lines = Vec::new();
    ledger::slice_each(r, ledger::tip(r)?.origin, cases, from, to, |line| {
        lines.push(line);
        Ok::<_, Error>(())
    })?;
    Ok(lines)
}

/// Changes the passphrase as a use case does: beside the vault, then in it.
pub fn change_passphrase(vault: &mut Vault, old: SecretString, new: SecretString, now: Moment) -> Result<()> {
    let keys = vault.beside(&Work::new())?.new_passphrase(old, &new)?;
    vault.take_keys(keys, now)
}

/// The same for a new recovery code.
pub fn new_recovery_code(vault: &mut Vault, passphrase: SecretString, now: Moment) -> Result<RecoveryCode> {
    let (keys, fresh) = vault.beside(&Work::new())?.new_recovery_code(passphrase)?;
    vault.take_keys(keys, now)?;
    Ok(fresh)
}

/// Copies a vault's files as they are, open or not: what another machine or a power cut would see.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// A call about a decision, told or not by the number.
pub fn call(decision: Option<DecisionId>, which: usize, who: String, reference: String) -> Call {
    let (job, will_do, by_when) = (String::new(), String::new(), String::new());
    let told = CallEnd::Told { who, job, reference, will_do, by_when };
    Call {
        id: CallId(sharewell_vault::new_uuid()),
        decision,
        key: "act".into(),
        person: None,
        recipient: "The duty desk".into(),
        number: "01632 960101".into(),
        found: NumberFound::ALL[which],
        end: if which == 1 { CallEnd::NoAnswer } else { told },
        said: vec![],
        items: Vec::new(),
        at: at(1),
    }
}

impl acts::World {
    /// Somebody was asked, or that was never true.
    pub fn asked(&mut self, owed: PersonId, words: String, struck: Option<ConsentId>) -> Payload {
        let id = ConsentId(sharewell_vault::new_uuid());
        self.consents.push(id);
        let wording = ConsentWording::of(words.clone(), "1".into(), "en".into());
        let recipient = ConsentRecipient { contact: None, name: "The school".into(), agency: String::new() };
        let what = ConsentThing::Kind { kind: InfoKind::Health };
        let act = match struck {
            Some(event) => ConsentAct::InError { event, why: words },
            None => ConsentAct::Asked,
        };
        let consent = Box::new(ConsentEvent {
            id,
            owed,
            sense: ConsentSense::Confidence,
            purpose: ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() },
            giver: None,
            act,
            cells: vec![ConsentCell { what, recipient, answer: ConsentAnswer::Blank }],
            from: None,
            until: None,
            review: None,
            wording: Some(wording),
            slip: None,
            happened: at(1),
            note: String::new(),
        });
        Payload::ConsentRecorded { consent }
    }
}
impl acts::World {
    /// A slip for somebody, with its words.
    pub fn slip(&mut self, owed: PersonId, words: String) -> Payload {
        let recipient = ConsentRecipient { contact: None, name: "The school".into(), agency: String::new() };
        let what = ConsentThing::Kind { kind: InfoKind::Health };
        let text = SlipText {
            title: words,
            things: vec!["Health".into()],
            recipients: vec!["The school".into()],
            ..SlipText::default()
        };
        let giver = ConsentGiver {
            person: Some(owed),
            name: "Somebody".into(),
            capacity: GiverCapacity::Child,
            able: AbleToDecide::Able,
            shows: String::new(),
            powers: String::new(),
            until: None,
        };
        let slip = Box::new(Slip {
            id: SlipId(sharewell_vault::new_uuid()),
            paper: SlipPaper::Choose,
            tone: SlipTone::Child,
            neutral: false,
            owed,
            sense: ConsentSense::Confidence,
            purpose: ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() },
            giver,
            cells: vec![ConsentCell { what, recipient, answer: ConsentAnswer::Blank }],
            until: None,
            review: None,
            version: "1".into(),
            language: "en".into(),
            hash: text.hash(),
            text,
        });
        Payload::SlipMade { slip }
    }

    /// What may be left with somebody.
    pub fn leaving(&mut self, person: PersonId, which: usize, reason: String) -> Payload {
        self.leavings.push(person);
        let leaving = Leaving {
            id: LeavingId(sharewell_vault::new_uuid()),
            person,
            sees: WhoSees::ALL[which % WhoSees::ALL.len()],
            may: MayLeave::ALL[which % MayLeave::ALL.len()],
            reason,
            asked: serde_json::from_value("2026-03-02".into()).unwrap(),
        };
        Payload::LeavingSaid { leaving }
    }

    /// A share that was just made, or one of those there a step on.
    pub fn shared(&mut self, which: usize, text: String) -> Option<Payload> {
        let at = |len: usize| which % len.max(1);
        let decision = *self.decisions.get(at(self.decisions.len()))?;
        let item = self.items.get(at(self.items.len()))?.id;
        let share = match self.shares.get(which / 2) {
            Some(share) if which.is_multiple_of(2) => next_step(share.clone(), which, text),
            _ => made_share(decision, item),
        };
        self.shares.retain(|one| one.id != share.id);
        self.shares.insert(0, share.clone());
        Some(Payload::ShareRecorded { share })
    }
}

/// A share that was just made.
fn made_share(decision: DecisionId, item: ItemId) -> Share {
    let items = vec![ManifestItem { item, entry: EntryId(new_uuid()), payload: Sha256([3; 32]) }];
    Share {
        id: DisclosureId(new_uuid()),
        decision,
        route: Route::EncryptedFile,
        manifest: Manifest { items, papers: Vec::new(), left_out: Vec::new(), file: SharedFile::of(b"file") },
        again: Vec::new(),
        replaces: Vec::new(),
        sent: None,
        acknowledged: None,
    }
}

/// A share one step on: sent or, where it is, answered; or made again.
fn next_step(mut share: Share, which: usize, text: String) -> Share {
    match (share.state(), which) {
        (ShareState::Made, 0) => {
            share.sent = Some(ShareSent { at: at(4), how: text, reference: String::new() });
        }
        (ShareState::Sent, 0) => {
            share.acknowledged = Some(ShareAcknowledged { at: at(5), by: text, will_do: String::new() });
        }
        _ => share.again.push(SharedFile::of(text.as_bytes())),
    }
    share
}
