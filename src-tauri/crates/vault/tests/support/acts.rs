//! Acts at random, whatever can be written: what a vault is played with in a property.

use proptest::prelude::*;
use sharewell_records::*;
use sharewell_vault::{Error, Vault, new_uuid};

use super::*;

#[path = "accounts.rs"]
mod accounts;
#[path = "attached.rs"]
pub mod attached;
#[path = "handing_over.rs"]
mod handing_over;
#[path = "second_person.rs"]
mod second_person;
#[path = "statements.rs"]
pub mod statements;

/// How many there are in [`World::payload`].
const KINDS_OF_ACT: u8 = 70;
/// Those by which a restricted file says again what a child's says, and sets it apart.
const SAID_AGAIN: std::ops::Range<u8> = 21..31;

/// One act, told by small numbers that pick among what is there. Acts that cannot be are refused, and a
/// refusal must leave nothing.
#[derive(Debug, Clone)]
pub struct Act {
    what: u8,
    which: usize,
    text: String,
    /// Seconds on the clock, which may be wrong.
    clock: i64,
}

/// Freezing a handover, writing its file, dropping it, and what the agency answers.
const HANDING_OVER: [u8; 4] = [38, 43, 63, 64];

/// Any act; what restricted files say again and set apart more often, and handing over, since much has to come
/// together for them.
pub fn any_act() -> impl Strategy<Value = Act> {
    let what =
        prop_oneof![6 => 0..KINDS_OF_ACT, 4 => SAID_AGAIN, 1 => prop::sample::select(&HANDING_OVER[..])];
    (what, 0..5usize, "[a-zé ]{0,12}", -50..50i64).prop_map(|(what, which, text, clock)| Act {
        what,
        which,
        text,
        clock,
    })
}

/// A child's file with something of everything in it, and a restricted one beside it.
pub fn something_of_everything() -> Vec<Act> {
    let kinds = [
        0, 2, 2, 5, 8, 53, 61, 62, 10, 13, 14, 45, 16, 19, 32, 20, 52, 57, 58, 59, 68, 60, 63, 64, 38, 43,
        66, 67,
    ];
    let act = |what| Act { what, which: 0, text: "first".into(), clock: 0 };
    kinds.into_iter().map(act).collect()
}

/// An agency's profile is taken in, with one of two keys.
pub fn profile_taken(which: usize) -> Act {
    Act { what: 67, which, text: "Northmere".into(), clock: 0 }
}

/// What was done so far, to be acted upon: kept also of acts that were refused or disposed of since.
#[derive(Default)]
pub struct World {
    pub cases: Vec<Case>,
    pub people: Vec<Person>,
    pub items: Vec<Item>,
    pub flags: Vec<Flag>,
    pub ties: Vec<Relationship>,
    pub decisions: Vec<DecisionId>,
    pub obligations: Vec<Obligation>,
    pub emergencies: Vec<Emergency>,
    pub advice: Vec<Advice>,
    pub disclosures: Vec<Disclosure>,
    pub contacts: Vec<Contact>,
    pub joins: Vec<JoinId>,
    pub consents: Vec<ConsentId>,
    pub leavings: Vec<PersonId>,
    pub shares: Vec<Share>,
    pub received: Vec<Received>,
    pub statements: Vec<Statement>,
    pub elsewhere: Vec<HeldElsewhere>,
    pub attachments: Vec<Attachment>,
    pub packs: Vec<PackRef>,
    pub handovers: Vec<HandoverId>,
    pub receipts: Vec<ReceiptId>,
    /// The chains that were written, the newest last.
    pub chains: Vec<OriginId>,
    /// Entries, and what stands where by them.
    pub entries: Vec<Done>,
}

/// An entry that was written.
#[derive(Clone)]
pub struct Done {
    pub id: EntryId,
    pub sequence: Seq,
    pub case: Option<CaseId>,
    pub thing: Option<uuid::Uuid>,
    pub states: bool,
}

fn pick<T: Clone>(from: &[T], which: usize) -> Option<T> {
    (!from.is_empty()).then(|| from[which % from.len()].clone())
}

impl World {
    /// The payload of an act and the file it stands in; none where there is nothing to act upon yet.
    fn payload(&mut self, act: &Act) -> Option<(Option<CaseId>, Payload)> {
        let Act { what, which, text, .. } = act.clone();
        let reason = text.clone();
        let file = pick(&self.cases, which);
        let case = file.as_ref().map(|case| case.id);
        let beside: Vec<CaseId> =
            self.cases.iter().filter(|case| case.kind.is_restricted()).map(|case| case.id).collect();
        let restricted = pick(&beside, which);
        let about: Vec<PersonId> = pick(&self.people, which).map(|p| p.id).into_iter().collect();
        Some(match what {
            0 => {
                let id = CaseId(new_uuid());
                let child = PersonId(new_uuid());
                let opened = match which % 5 {
                    3 => Case::adult(id, child, Nation::Wales),
                    4 => Case::numbers(id, child, Nation::Wales, text.clone()),
                    _ => Case::family(id, child, Nation::Wales),
                };
                let case = Case { reference: text, reason, ..opened };
                self.cases.push(case.clone());
                (Some(id), Payload::CaseOpened { case })
            }
            1 => {
                let child = about.first().copied()?;
                let case = Case { child, reference: text, reason: reason.clone(), ..file? };
                (Some(case.id), Payload::CaseAmended { case, reason })
            }
            2 => {
                let new = person(&text, PersonRole::Child);
                self.people.push(new.clone());
                (case, Payload::PersonRecorded { person: new })
            }
            // The same person in another file, or once more in the same one.
            3 => (case, Payload::PersonRecorded { person: pick(&self.people, which)? }),
            4 => {
                let mut changed = pick(&self.people, which)?;
                changed.name = text;
                self.people.push(changed.clone());
                (case, Payload::PersonAmended { person: changed, reason })
            }
            5 => {
                let (from, to) = (pick(&self.people, which)?.id, pick(&self.people, which + 1)?.id);
                let relationship = Relationship {
                    id: RelationshipId(new_uuid()),
                    from,
                    to,
                    kind: RelationshipKind::Sibling,
                    parental_responsibility: ParentalResponsibility::NotKnown,
                    same_home: Some(false),
                    note: text,
                };
                self.ties.push(relationship.clone());
                (case, Payload::RelationshipRecorded { relationship })
            }
            6 => {
                let mut relationship = pick(&self.ties, which)?;
                relationship.note = text;
                self.ties.push(relationship.clone());
                (case, Payload::RelationshipAmended { relationship, reason })
            }
            7 => (case, Payload::RelationshipEnded { id: pick(&self.ties, which)?.id, reason }),
            8 => {
                let flag = Flag {
                    id: FlagId(new_uuid()),
                    person: *about.first()?,
                    kind: FlagKind::ProtectedIdentity,
                    reason,
                    review: None,
                };
                self.flags.push(flag.clone());
                (case, Payload::FlagSet { flag })
            }
            9 => (case, Payload::FlagLifted { id: pick(&self.flags, which)?.id, reason }),
            10 => {
                let new = item(&text, &about);
                self.items.push(new.clone());
                (case, Payload::ItemRecorded { item: new })
            }
            11 => {
                let mut changed = pick(&self.items, which)?;
                changed.text = text;
                changed.about = about;
                self.items.push(changed.clone());
                (case, Payload::ItemAmended { item: changed, reason })
            }
            12 => (case, Payload::ItemWithdrawn { id: pick(&self.items, which)?.id, reason }),
            13 => {
                let mut duty = obligation(Duty::Explain, Some(at(i64::from(what) * 100)));
                duty.settled = (which == 0).then_some(Settlement::Done { note: text });
                let mut signed =
                    decision(case?, *about.first()?, vec![duty.clone(), obligation(Duty::Review, None)]);
                // As the program signs them; the other one does not say from what it follows.
                duty.decision = Some(signed.id);
                signed.obligations[0] = duty.clone();
                signed.follows = pick(&self.decisions, which);
                self.obligations.push(duty.clone());
                self.decisions.push(signed.id);
                (case, Payload::DecisionSigned { decision: Box::new(signed) })
            }
            14 => {
                let duty = obligation(Duty::Escalate, None);
                self.obligations.push(duty.clone());
                (case, Payload::ObligationAdded { obligation: duty })
            }
            15 => {
                let id = pick(&self.obligations, which)?.id;
                (case, Payload::ObligationSettled { id, settlement: Settlement::NotNeeded { reason } })
            }
            16 => {
                let attempt = Attempt {
                    who: text.clone(),
                    number: String::new(),
                    result: AttemptResult::Told,
                    said: String::new(),
                    at: at(1),
                };
                let emergency = Emergency {
                    id: EmergencyId(new_uuid()),
                    case: None,
                    child: text,
                    attempts: vec![attempt],
                    told: reason,
                    others_at_risk: String::new(),
                    worker_safe: None,
                };
                self.emergencies.push(emergency.clone());
                (None, Payload::EmergencyRecorded { emergency })
            }
            17 => {
                let mut emergency = pick(&self.emergencies, which)?;
                emergency.told = text;
                (None, Payload::EmergencyRecorded { emergency })
            }
            18 => {
                let write_up = EmergencyWriteUp {
                    emergency: pick(&self.emergencies, which)?.id,
                    case: case?,
                    account: text,
                    why_urgent: reason,
                    explained: String::new(),
                    held_back: String::new(),
                };
                (case, Payload::EmergencyWrittenUp { write_up })
            }
            19 => {
                let mut advice = pick(&self.advice, which).unwrap_or_else(|| Advice {
                    id: AdviceId(new_uuid()),
                    decision: None,
                    adviser: "Kim Madeup".into(),
                    own_agency: true,
                    named: false,
                    question: String::new(),
                    answer: String::new(),
                    followed: Followed::NotYet,
                    at: Occurred::Unknown { words: "today".into() },
                });
                advice.answer = text;
                self.advice.push(advice.clone());
                (case, Payload::AdviceRecorded { advice })
            }
            20 => {
                let (id, beside) = (CaseId(new_uuid()), case?);
                let opened = Case {
                    kind: CaseKind::Allegation,
                    beside: Some(beside),
                    ..Case::family(id, *about.first()?, Nation::Wales)
                };
                self.cases.push(opened.clone());
                (Some(id), Payload::CaseOpened { case: opened })
            }
            // In a restricted file, what another file says may be said once more.
            21 => (restricted, Payload::ItemRecorded { item: pick(&self.items, which)? }),
            22 => (restricted, Payload::RelationshipRecorded { relationship: pick(&self.ties, which)? }),
            23 => (restricted, Payload::FlagSet { flag: pick(&self.flags, which)? }),
            24 => (restricted, Payload::AdviceRecorded { advice: pick(&self.advice, which)? }),
            25 => (restricted, Payload::DisclosureRecorded { disclosure: pick(&self.disclosures, which)? }),
            26 => (restricted, Payload::ObligationAdded { obligation: pick(&self.obligations, which)? }),
            27 => {
                let emergency = Emergency { case: restricted, ..pick(&self.emergencies, which)? };
                self.emergencies.push(emergency.clone());
                (restricted, Payload::EmergencyRecorded { emergency })
            }
            28 => (restricted, Payload::PersonRecorded { person: pick(&self.people, which)? }),
            // What was stated there is set apart from the child's file; or anything from anywhere.
            29 | 30 => self.set_apart(restricted?, which)?,
            31 => {
                let apart = Payload::SetApart {
                    thing: pick(&self.items, which)?.id.0,
                    from: pick(&self.cases, which + 1)?.id,
                    stated: self.entries.last()?.id,
                    entries: pick(&self.entries, which).into_iter().map(|done| done.id).collect(),
                    first_recorded: at(1),
                };
                (case, apart)
            }
            32 => {
                let disclosure = Disclosure {
                    id: DisclosureId(new_uuid()),
                    decision: pick(&self.decisions, which).filter(|_| which > 2),
                    recipient: text,
                    recipient_role: String::new(),
                    check: None,
                    checked: String::new(),
                    route: Route::Post,
                    what: reason,
                    why: String::new(),
                    limits: String::new(),
                    at: at(2),
                    extent: None,
                };
                self.disclosures.push(disclosure.clone());
                (case, Payload::DisclosureRecorded { disclosure })
            }
            33 => {
                let decision = pick(&self.decisions, which)?;
                let case = case.filter(|_| which != 1);
                let countersigned = Box::new(self.countersigned(decision, text));
                (case, Payload::DecisionCountersigned { countersigned })
            }
            34 => (None, Payload::RecoveryConfirmed {}),
            35 => {
                let id = if which == 0 { PersonId(uuid::Uuid::from_u128(8)) } else { practitioner().id };
                let practitioner = Practitioner { id, name: text, ..practitioner() };
                (None, Payload::PractitionerRecorded { practitioner })
            }
            36 => (None, Payload::RecipientKeyImported { recipient: format!("age1{which}"), name: text }),
            37 => (None, Payload::PackKeyImported { key: format!("{which:064}"), name: text }),
            38 => (None, handing_over::frozen(self, which, text, reason)?),
            // Its bytes are kept first: see `play`.
            39 => {
                let hash = Sha256([u8::try_from(which).unwrap(); 32]);
                let pack = PackRef { id: "wales".into(), version: "2026-01".into(), hash };
                self.packs.push(pack.clone());
                let (what, nation, base) = (PackKind::Pack, Nation::Wales, None);
                (None, Payload::PackInstalled { pack, what, nation, base, signer: text })
            }
            40 => (None, Payload::PackRemoved { pack: pick(&self.packs, which)?.hash, reason }),
            41 => (
                None,
                Payload::Disposed {
                    entries: pick(&self.entries, which * 7).into_iter().map(|done| done.id).collect(),
                    authority: text,
                    reason,
                },
            ),
            42 => (
                None,
                Payload::Disposed {
                    entries: self.entries.iter().rev().nth(which).into_iter().map(|done| done.id).collect(),
                    authority: text,
                    reason,
                },
            ),
            43 => {
                let file = WrittenFile {
                    name: text,
                    hash: Sha256([9; 32]),
                    bytes: which as u64,
                    entries: 1,
                    documents: 0,
                    contents_hash: Sha256([8; 32]),
                };
                (None, Payload::HandoverWritten { handover: pick(&self.handovers, which)?, file })
            }
            44 => {
                let means = LeftoverMeans::ALL[which % LeftoverMeans::ALL.len()];
                let answer = LeftoverAnswer { person: *about.first()?, form: text, means };
                (case, Payload::LeftoverAnswered { answer })
            }
            // In a child's file there is none.
            45 => {
                let contact = Contact {
                    id: ContactId(new_uuid()),
                    name: text,
                    role: ContactRole::ALL[which],
                    agency: reason,
                    phone: String::new(),
                    out_of_hours: String::new(),
                    email: String::new(),
                    address: String::new(),
                    safe_channel: String::new(),
                    key: String::new(),
                    verified: None,
                    changed_since: false,
                };
                self.contacts.push(contact.clone());
                (case.filter(|_| which == 4), Payload::ContactAdded { contact })
            }
            46 => {
                let contact = Contact { name: text, ..pick(&self.contacts, which)? };
                (None, Payload::ContactChanged { contact, reason })
            }
            47 => (None, Payload::ContactRemoved { id: pick(&self.contacts, which)?.id, reason }),
            48 => (case, Payload::ObligationReopened { id: pick(&self.obligations, which)?.id }),
            49 => {
                let call = call(pick(&self.decisions, which), which, text, reason);
                (case, Payload::CallMade { call })
            }
            50 => (case, self.asked(pick(&self.people, which)?.id, text, None)),
            51 => (case, self.asked(pick(&self.people, which)?.id, text, pick(&self.consents, which))),
            52 => (case, self.shared(which, text)?),
            57 => {
                let (kept, other) = (file?, pick(&self.cases, which + 1)?);
                let id = JoinId(new_uuid());
                self.joins.push(id);
                let (child, same) = (kept.child, other.child);
                let join = Join { id, kept: kept.id, other: other.id, child, same, shown: text };
                (Some(kept.id), Payload::FilesJoined { join })
            }
            58 => (case, Payload::FilesParted { id: pick(&self.joins, which)?, reason }),
            53..57 => attached::payload(self, what, which, text, (case, restricted))?,
            59 | 60 => accounts::payload(self, what - 59, which, text, case)?,
            68 | 69 => accounts::corrected(self, what - 68, which, text, case)?,
            61 => (case, self.slip(pick(&self.people, which)?.id, text)),
            62 => (case, self.leaving(pick(&self.people, which)?.id, which, text)),
            63 | 64 => (case, statements::payload(self, what, which, text)?),
            65 => (None, Payload::HandoverDropped { handover: pick(&self.handovers, which)? }),
            66 => (None, handing_over::answered(self, which, text, reason)?),
            67 => (None, second_person::profile(which, text)),
            other => unreachable!("there is no act {other}"),
        })
    }
}

/// Does each act that can be done. What cannot is refused and leaves nothing.
pub fn play(vault: &mut Vault, world: &mut World, acts: &[Act]) {
    if world.chains.last() != Some(&vault.origin()) {
        world.chains.push(vault.origin());
    }
    for act in acts {
        let Some((case, payload)) = world.payload(act) else { continue };
        let payload = attached::taken_in(vault, world, payload);
        let before = vault.tip();
        // Somebody else writes now and then: whoever took the vault over.
        let author = PersonId(uuid::Uuid::from_u128(if act.which == 4 { 8 } else { 7 }));
        let by = Stamp { author, ..stamp(1000 + act.clock) };
        let done = vault.write(&by, |w| {
            if let Payload::PackInstalled { pack, .. } = &payload {
                w.keep_pack(pack, &[("pack.toml".into(), b"bytes".to_vec())])?;
                w.sign_checkpoint()?;
            }
            let basis: Vec<EntryId> = match &payload {
                Payload::SetApart { stated, .. } => vec![*stated],
                _ => world.entries.last().map(|done| done.id).into_iter().collect(),
            };
            w.append(case, &payload, &basis)
        });
        match done {
            Ok(appended) => world.entries.push(Done {
                id: appended.id,
                sequence: appended.sequence,
                case,
                thing: payload.thing(),
                states: payload.states().is_some(),
            }),
            Err(
                Error::NoSuch { .. }
                | Error::AlreadyRecorded { .. }
                | Error::AlreadyClosed { .. }
                | Error::NotAllowed { .. }
                | Error::CaseMismatch { .. },
            ) => {
                assert_eq!(vault.tip(), before, "a refusal leaves nothing");
                attached::given_up(vault, &payload);
            }
            Err(other) => panic!("{payload:?}: {other:?}"),
        }
    }
}
