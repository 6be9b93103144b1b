//! One payload of every kind, filled in every place, and the closed sets that stand in it.

use chrono::{DateTime, NaiveDate};
use serde::Serialize;
use serde_json::Value;
use sharewell_records::*;
use uuid::Uuid;
#[path = "attachments.rs"]
mod attachments;
#[path = "calls.rs"]
mod calls;
#[path = "consents.rs"]
mod consents;
#[path = "countersigned.rs"]
mod countersigned;
#[path = "extent.rs"]
mod extent;
#[path = "handover.rs"]
mod handover;
#[path = "of_the_vault.rs"]
mod of_the_vault;
#[path = "people.rs"]
mod people;
#[path = "shares.rs"]
mod shares;
#[path = "visit.rs"]
mod visit;

/// A closed set in a payload.
pub struct Set {
    /// Where, as a JSON pointer.
    pub at: &'static str,
    /// Every value that may stand there.
    pub values: Vec<Value>,
    /// The member that says which, where they are objects.
    pub tag: Option<&'static str>,
}

impl Set {
    /// The words that tell the values apart.
    pub fn words(&self) -> Vec<String> {
        let word = |value: &Value| {
            let word = self.tag.map_or(value, |tag| &value[tag]);
            format!("{:?}", word.as_str().expect("a word"))
        };
        self.values.iter().map(word).collect()
    }
}

fn words<T: Serialize>(at: &'static str, all: impl IntoIterator<Item = T>) -> Set {
    let values = all.into_iter().map(|one| serde_json::to_value(one).unwrap()).collect();
    Set { at, values, tag: None }
}

fn tagged<T: Serialize>(at: &'static str, tag: &'static str, all: impl IntoIterator<Item = T>) -> Set {
    Set { tag: Some(tag), ..words(at, all) }
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn moment() -> Moment {
    Moment(DateTime::parse_from_rfc3339("2026-03-12T10:42:00+00:00").unwrap())
}

fn day() -> Day {
    Day(NaiveDate::from_ymd_opt(2026, 3, 12).unwrap())
}

fn hash() -> Sha256 {
    Sha256([7; 32])
}

fn text() -> String {
    "words".to_owned()
}

fn births() -> [Birth; 4] {
    let all = [
        Birth::Born { on: day() },
        Birth::Expected { on: day() },
        Birth::About { years: 3, on: day() },
        Birth::Unknown,
    ];
    for one in &all {
        // A new form is added above as well.
        match one {
            Birth::Born { .. } | Birth::Expected { .. } | Birth::About { .. } | Birth::Unknown => {}
        }
    }
    all
}

fn times() -> [Occurred; 4] {
    let all = [
        Occurred::Day { on: day() },
        Occurred::Moment { at: moment() },
        Occurred::Month { year: 2026, month: 3 },
        Occurred::Unknown { words: text() },
    ];
    for one in &all {
        match one {
            Occurred::Day { .. }
            | Occurred::Moment { .. }
            | Occurred::Month { .. }
            | Occurred::Unknown { .. } => {}
        }
    }
    all
}

fn settlements() -> [Settlement; 2] {
    let all = [Settlement::Done { note: text() }, Settlement::NotNeeded { reason: text() }];
    for one in &all {
        match one {
            Settlement::Done { .. } | Settlement::NotNeeded { .. } => {}
        }
    }
    all
}

fn followed() -> [Followed; 3] {
    let all = [Followed::Yes, Followed::No { reason: text() }, Followed::NotYet];
    for one in &all {
        match one {
            Followed::Yes | Followed::No { .. } | Followed::NotYet => {}
        }
    }
    all
}

fn answers() -> Vec<Answer> {
    let side = || WeighingSide { what: text(), likelihood: Likelihood::Possible, severity: Severity::Slight };
    let all = vec![
        Answer::Choice { value: text(), words: text() },
        Answer::Choices { values: vec![text()], words: text() },
        Answer::Text { text: text() },
        Answer::Date { on: day() },
        Answer::People { people: vec![PersonId(uuid(2))], words: text() },
        Answer::Adviser {
            who: text(),
            own_agency: true,
            named: false,
            result: AdviserResult::Agrees,
            said: text(),
        },
        Answer::Items { items: vec![ItemId(uuid(3))], words: text() },
        Answer::Weighing { share: side(), not_share: side(), heavier: Heavier::Share },
        Answer::EachPerson {
            rows: vec![PersonChoice { person: None, name: text(), value: text(), reason: text() }],
        },
        Answer::Checklist { rows: vec![CheckRow { point: text(), value: PointAnswer::Yes, words: text() }] },
    ];
    for one in &all {
        match one {
            Answer::Choice { .. }
            | Answer::Choices { .. }
            | Answer::Text { .. }
            | Answer::Date { .. }
            | Answer::People { .. }
            | Answer::Adviser { .. }
            | Answer::Items { .. }
            | Answer::Weighing { .. }
            | Answer::EachPerson { .. }
            | Answer::Checklist { .. } => {}
        }
    }
    all
}

fn case() -> Case {
    Case {
        reference: text(),
        reason: text(),
        kind: CaseKind::Allegation,
        beside: Some(CaseId(uuid(4))),
        kept_from: vec![PersonId(uuid(2))],
        title: text(),
        ..Case::family(CaseId(uuid(1)), PersonId(uuid(2)), Nation::England)
    }
}

fn case_sets() -> Vec<Set> {
    vec![words("/case/nation", Nation::ALL), words("/case/kind", CaseKind::ALL)]
}

fn join() -> Join {
    Join {
        id: JoinId(uuid(61)),
        kept: CaseId(uuid(1)),
        other: CaseId(uuid(62)),
        child: PersonId(uuid(2)),
        same: PersonId(uuid(63)),
        shown: text(),
    }
}

fn item() -> Item {
    Item {
        id: ItemId(uuid(6)),
        mark: Mark::Fact,
        source: ItemSource::Visit,
        text: text(),
        by: text(),
        about: vec![PersonId(uuid(2))],
        occurred: Occurred::Day { on: day() },
        labels: vec![text()],
        visit: Some(visit::visit(uuid(60), PersonId(uuid(2)), &text())),
    }
}

fn item_sets() -> Vec<Set> {
    vec![
        words("/item/mark", Mark::ALL),
        words("/item/source", ItemSource::ALL),
        tagged("/item/occurred", "known", times()),
    ]
}

fn obligation() -> Obligation {
    Obligation {
        id: ObligationId(uuid(7)),
        decision: Some(DecisionId(uuid(8))),
        emergency: Some(EmergencyId(uuid(9))),
        duty: Duty::Act,
        key: text(),
        person: Some(PersonId(uuid(2))),
        due: Some(moment()),
        settled: Some(Settlement::Done { note: text() }),
    }
}

fn pack() -> PackRef {
    PackRef { id: text(), version: text(), hash: hash() }
}

fn request() -> Request {
    Request {
        from: RequesterKind::Police,
        name: text(),
        organisation: text(),
        reach: text(),
        received: day(),
        verified: true,
        how_verified: text(),
        what: text(),
        specific: true,
        purpose: text(),
        authority: text(),
        order: OrderSeen::Seen,
        deadline: Some(day()),
        keeping: text(),
    }
}

fn decision() -> Decision {
    let at = |answer| Answered { step: StepId(text()), answer, at: moment() };
    Decision {
        id: DecisionId(uuid(8)),
        case: CaseId(uuid(1)),
        child: PersonId(uuid(2)),
        nation: Nation::Wales,
        pack: pack(),
        trigger: Trigger::Worry,
        follows: Some(DecisionId(uuid(10))),
        started: moment(),
        on: day(),
        known: KnownFacts::from([
            ("flag".to_owned(), Known::Flag(true)),
            ("age".to_owned(), Known::Number(7)),
            ("word".to_owned(), Known::Word(text())),
        ]),
        answers: answers().into_iter().map(at).collect(),
        path: vec![StepId(text())],
        outcome: text(),
        advised: OutcomeKind::MustShare,
        decided: OutcomeKind::DoNotShare,
        otherwise: text(),
        reasons: text(),
        alternatives: text(),
        what: text(),
        recipient: Recipient { name: text(), role: text(), reach: text() },
        grounds: Grounds { power: text(), changed_because: text(), ..Grounds::default() },
        telling: vec![Telling { person: None, name: text(), when: WhenTold::Later, why: text() }],
        unknown: vec![StepId(text())],
        obligations: vec![obligation()],
        review: day(),
        expired_confirmed: Some(moment()),
        request: Some(request()),
        checklists: vec![CheckedList {
            article: text(),
            rows: vec![CheckRow { point: text(), value: PointAnswer::No, words: text() }],
        }],
        also: vec![Nation::Scotland],
        extent: Some(extent::extent()),
        rests_on: vec![consents::rests_on()],
    }
}

fn decision_sets() -> Vec<Set> {
    let sets = vec![
        words("/decision/nation", Nation::ALL),
        words("/decision/trigger", Trigger::ALL),
        words("/decision/advised", OutcomeKind::ALL),
        words("/decision/decided", OutcomeKind::ALL),
        words("/decision/also/0", Nation::ALL),
        words("/decision/telling/0/when", WhenTold::ALL),
        words("/decision/request/from", RequesterKind::ALL),
        words("/decision/request/order", OrderSeen::ALL),
        words("/decision/obligations/0/duty", Duty::ALL),
        tagged("/decision/obligations/0/settled", "how", settlements()),
        tagged("/decision/answers/0/answer", "is", answers()),
        words("/decision/answers/5/answer/result", AdviserResult::ALL),
        words("/decision/answers/7/answer/heavier", Heavier::ALL),
        words("/decision/answers/7/answer/share/likelihood", Likelihood::ALL),
        words("/decision/answers/7/answer/share/severity", Severity::ALL),
        words("/decision/answers/9/answer/rows/0/value", PointAnswer::ALL),
        words("/decision/checklists/0/rows/0/value", PointAnswer::ALL),
    ];
    sets.into_iter().chain(extent::of_a_decision()).chain(consents::of_a_decision()).collect()
}

fn practitioner() -> Practitioner {
    Practitioner {
        id: PersonId(uuid(11)),
        name: text(),
        role: text(),
        agency: text(),
        team: text(),
        nation: Nation::NorthernIreland,
        phone: text(),
        lead_name: text(),
        lead_phone: text(),
        front_door_name: text(),
        front_door_phone: text(),
        out_of_hours_phone: text(),
        officer_phone: text(),
        body: Some(AgencyBody::Public),
    }
}

/// Every kind, with the closed sets in it.
#[allow(clippy::too_many_lines)]
pub fn every() -> Vec<(Payload, Vec<Set>)> {
    let (reason, entry) = (text, EntryId(uuid(13)));
    let advice = Advice {
        id: AdviceId(uuid(15)),
        decision: None,
        adviser: text(),
        own_agency: true,
        named: true,
        question: text(),
        answer: text(),
        followed: Followed::Yes,
        at: Occurred::Day { on: day() },
    };
    let disclosure = Disclosure {
        id: DisclosureId(uuid(16)),
        decision: None,
        recipient: text(),
        recipient_role: text(),
        check: Some(CheckedBy::RangBack),
        checked: text(),
        route: Route::Post,
        what: text(),
        why: text(),
        limits: text(),
        at: moment(),
        extent: Some(extent::extent()),
    };
    let attempt =
        Attempt { who: text(), number: text(), result: AttemptResult::Told, said: text(), at: moment() };
    let emergency = Emergency {
        id: EmergencyId(uuid(9)),
        case: Some(CaseId(uuid(1))),
        child: text(),
        attempts: vec![attempt],
        told: text(),
        others_at_risk: text(),
        worker_safe: Some(true),
    };
    let write_up = EmergencyWriteUp {
        emergency: EmergencyId(uuid(9)),
        case: CaseId(uuid(1)),
        account: text(),
        why_urgent: text(),
        explained: text(),
        held_back: text(),
    };
    let flag = Flag {
        id: FlagId(uuid(17)),
        person: PersonId(uuid(2)),
        kind: FlagKind::DoNotTell,
        reason: text(),
        review: Some(day()),
    };
    let answer = LeftoverAnswer { person: PersonId(uuid(2)), form: text(), means: LeftoverMeans::Them };
    let old = OldOrigin { origin: OriginId(uuid(14)), last: Seq(3), link: hash(), how: Continued::Restore };
    let mut all = vec![
        (
            Payload::OriginStarted { vault: VaultId(uuid(18)), public_key: text(), continues: Some(old) },
            vec![words("/continues/how", Continued::ALL)],
        ),
        (
            Payload::PractitionerRecorded { practitioner: practitioner() },
            vec![words("/practitioner/nation", Nation::ALL), words("/practitioner/body", AgencyBody::ALL)],
        ),
        (Payload::RecoveryConfirmed {}, vec![]),
        (Payload::CaseOpened { case: case() }, case_sets()),
        (Payload::CaseAmended { case: case(), reason: reason() }, case_sets()),
        (Payload::PersonRecorded { person: people::person() }, people::person_sets()),
        (Payload::PersonAmended { person: people::person(), reason: reason() }, people::person_sets()),
        (Payload::RelationshipRecorded { relationship: people::tie() }, people::tie_sets()),
        (Payload::RelationshipAmended { relationship: people::tie(), reason: reason() }, people::tie_sets()),
        (Payload::RelationshipEnded { id: RelationshipId(uuid(5)), reason: reason() }, vec![]),
        (Payload::FlagSet { flag }, vec![words("/flag/kind", FlagKind::ALL)]),
        (Payload::FlagLifted { id: FlagId(uuid(17)), reason: reason() }, vec![]),
        (Payload::LeftoverAnswered { answer }, vec![words("/answer/means", LeftoverMeans::ALL)]),
        (Payload::ItemRecorded { item: item() }, item_sets()),
        (Payload::ItemAmended { item: item(), reason: reason() }, item_sets()),
        (Payload::ItemWithdrawn { id: ItemId(uuid(6)), reason: reason() }, vec![]),
        (Payload::FilesJoined { join: join() }, vec![]),
        (Payload::FilesParted { id: JoinId(uuid(61)), reason: reason() }, vec![]),
        (
            Payload::SetApart {
                thing: uuid(6),
                from: CaseId(uuid(1)),
                stated: entry,
                entries: vec![entry],
                first_recorded: moment(),
            },
            vec![],
        ),
        (
            Payload::AdviceRecorded { advice },
            vec![tagged("/advice/followed", "how", followed()), tagged("/advice/at", "known", times())],
        ),
        (Payload::DecisionSigned { decision: Box::new(decision()) }, decision_sets()),
        (
            Payload::DecisionCountersigned { countersigned: Box::new(countersigned::countersigned()) },
            vec![words("/countersigned/said/verdict", Verdict::ALL)],
        ),
        (
            Payload::ObligationAdded { obligation: obligation() },
            vec![words("/obligation/duty", Duty::ALL), tagged("/obligation/settled", "how", settlements())],
        ),
        (
            Payload::ObligationSettled {
                id: ObligationId(uuid(7)),
                settlement: Settlement::Done { note: text() },
            },
            vec![tagged("/settlement", "how", settlements())],
        ),
        (Payload::ObligationReopened { id: ObligationId(uuid(7)) }, vec![]),
        (Payload::DisclosureRecorded { disclosure }, extent::of_a_disclosure()),
        (
            Payload::EmergencyRecorded { emergency },
            vec![words("/emergency/attempts/0/result", AttemptResult::ALL)],
        ),
        (Payload::EmergencyWrittenUp { write_up }, vec![]),
        (
            Payload::PackInstalled {
                pack: pack(),
                what: PackKind::Overlay,
                nation: Nation::England,
                base: Some(hash()),
                signer: text(),
            },
            vec![words("/what", PackKind::ALL), words("/nation", Nation::ALL)],
        ),
        (handover::made(), vec![words("/profile", Profile::ALL)]),
        (handover::written(), vec![]),
        (handover::dropped(), vec![]),
        (
            handover::receipt(),
            vec![
                words("/receipt/outcome", ReceiptOutcome::ALL),
                words("/receipt/reason", NotTakenWhy::ALL),
                words("/receipt/quarantined/0/why", NotTakenWhy::ALL),
            ],
        ),
        (Payload::Disposed { entries: vec![entry], authority: text(), reason: reason() }, vec![]),
    ];
    let more = [attachments::all(), calls::all(), consents::all(), shares::all(), of_the_vault::all()];
    all.extend(more.into_iter().flatten());
    all
}
