//! Fictional documents: full ones as a practitioner would print them, empty ones, and hostile ones.

use sharewell_documents::*;
use sharewell_records::{Mark, Moment};

/// The moment of printing.
pub fn moment() -> Moment {
    serde_json::from_str("\"2026-03-12T11:06:00+00:00\"").expect("a moment")
}

pub fn s(text: &str) -> String {
    text.to_owned()
}

pub fn sheet() -> Sheet {
    Sheet {
        language: Language::first(),
        number: s("0142"),
        limits: s(
            "For Children’s Services in Northmere only. Do not pass on to anyone in the child’s household. Ask the author before passing it to anyone else.",
        ),
        author: s("Nia Exampleton, health visitor"),
        printed: s("12 March 2026, 11:06"),
        printed_at: moment(),
        check: s("7f3a 91c2 04be"),
    }
}

pub fn child() -> Child {
    Child {
        about: s("Child"),
        name: s("Ayla Sampleton"),
        born: s("4 June 2018"),
        age: s("7 years on 12 March 2026"),
    }
}

pub fn practitioner() -> Practitioner {
    Practitioner {
        name: s("Nia Exampleton"),
        role: s("health visitor"),
        agency: s("Northmere Children’s Health"),
        reach: s("01632 960 140"),
    }
}

fn items() -> Vec<Item> {
    vec![
        Item {
            mark: Some(Mark::Fact),
            source: s("Seen by Nia Exampleton, 12 March 2026, 09:40"),
            text: s("Ayla opened the door. No adult was at home until 10:05."),
            ground: String::new(),
        },
        Item {
            mark: Some(Mark::Reported),
            source: s("Said by Ayla, 12 March 2026, 09:45"),
            text: s("“I make Kit’s tea when it gets dark.”"),
            ground: String::new(),
        },
        Item {
            mark: Some(Mark::Opinion),
            source: s("Of Nia Exampleton, health visitor, 12 March 2026"),
            text: s(
                "Jo seems more tired than in February. I think Ayla carries more than a child of seven can.",
            ),
            ground: s("public interest; Jo did not agree to this item"),
        },
        Item {
            mark: None,
            source: s("Note of 2 March 2026"),
            text: s("The clinic letter came back unopened."),
            ground: String::new(),
        },
    ]
}

fn obligations() -> Vec<Obligation> {
    vec![
        Obligation {
            what: s("Ring Northmere front door on 01632 960 101"),
            due: s("12 March 2026, 17:00"),
            state: ObligationState::Done,
            note: s("Rung at 11:20, spoke to Sam Mockford. Reference NF-2207."),
        },
        Obligation {
            what: s("Confirm the referral in writing"),
            due: s("13 March 2026, 17:00"),
            state: ObligationState::Outstanding,
            note: String::new(),
        },
        Obligation {
            what: s("Tell Dale Madeup that you are sharing, or say why not"),
            due: String::new(),
            state: ObligationState::NotNeeded,
            note: s("Telling him now could put Jo at risk. Social care will say when."),
        },
        Obligation {
            what: s("Look again at this decision"),
            due: s("26 March 2026"),
            state: ObligationState::Overdue,
            note: String::new(),
        },
    ]
}

fn question(asked: &str, answer: &str, said: &str, at: &str, sources: &str) -> Question {
    Question {
        asked: s(asked),
        answer: s(answer),
        said: s(said),
        at: s(at),
        sources: s(sources),
        not_asked: String::new(),
    }
}

pub fn check() -> CheckValues {
    CheckValues {
        entry: s("a31c 55e0 9b1d 7c42 0f6a 8812 3de9 b7c4 51f0 6aa3 94ce 2b18 d07f e6c5 1398 4a2b"),
        sequence: s("318"),
        head: s("7f3a 91c2 04be 6d15 c8e2 70b9 4f3d a126 95e7 0c8b 3f41 de62 b894 17a5 0e3c d96f"),
    }
}

pub fn decision() -> DecisionDocument {
    DecisionDocument {
        sheet: sheet(),
        child: child(),
        practitioner: practitioner(),
        nation: s("England"),
        guidance: Guidance {
            title: s("Sharing information to keep children safe, England"),
            version: s("2024-05"),
            hash: s("41d7 a09c e2b3"),
            provenance: s(
                "Assembled by Sharewell from Information sharing advice for practitioners (Department for Education, May 2024), paragraphs on the seven rules and the steps to sharing. It is not an official chart.",
            ),
            unconfirmed: vec![s("Children Act 2004 section 16LA: commencement to be confirmed")],
        },
        trigger: s("Own worry after a home visit"),
        made: s("12 March 2026, started 10:12, signed 10:58"),
        advised: s("Share without permission"),
        decided: s("Share without permission"),
        otherwise: String::new(),
        deadline: s("by 17:00 today"),
        why: vec![
            Reason {
                text: s("Not sharing: serious harm, likely. Sharing: slight harm, possible."),
                sources: s("S48"),
            },
            Reason {
                text: s("Jo said no on 12 March. Her refusal and her reason are kept."),
                sources: s("S42, S43"),
            },
            Reason {
                text: s("Not yet known: what Dale thinks. It would not change this advice."),
                sources: s("S26"),
            },
        ],
        reasons: s(
            "Ayla is left alone with her brother most mornings. I have seen it twice.\nJo is worn out and has turned down help from the clinic. Waiting for the next visit in April leaves two small children without an adult.",
        ),
        alternatives: s(
            "A second visit this week, or early help with Jo’s agreement. Neither would be in time.",
        ),
        what: s(
            "That no adult was at home, what Ayla said, and how Jo seemed. Not the clinic’s notes on Jo’s own health.",
        ),
        items: items(),
        extent: s("3 of 5 notes go, 1 of them without a name"),
        stays: vec![s("2 stay: too old to bear on this")],
        rests_on: vec![s("about Ayla Sampleton, for Breakfast club, Mrs Fictley: school and learning")],
        recipient: Recipient {
            name: s("Northmere front door, duty desk"),
            role: s("Children’s Services"),
            reach: s("01632 960 101, from the partnership’s own page"),
            route: s("By telephone first, then secure mail"),
            verified: s("Rung back on the published number"),
        },
        checklists: vec![Checklist {
            title: s("One-off disclosure"),
            rows: vec![Checked {
                text: s("Do you think that you should share it?"),
                value: s("Yes"),
                words: s("Nobody else knows of Kit yet."),
            }],
        }],
        bans: vec![Notice {
            text: s("Tell nobody in the family yet"),
            hint: s("Agree first who tells whom."),
            confirmed: String::new(),
        }],
        law: vec![Notice {
            text: s("A duty to share is in force"),
            hint: s("An invented Act, section 1."),
            confirmed: s("In force from 1 December 2026. Confirmed by Ada Mockford"),
        }],
        at_once: vec![],
        points: vec![Notice {
            text: s("Choose only what they need for this"),
            hint: s("Leave the rest behind."),
            confirmed: String::new(),
        }],
        grounds: Some(Grounds {
            power: s("Children Act 1989 section 47, and the council’s duty to make enquiries"),
            lawful_basis: s("Public task, UK GDPR Article 6(1)(e)"),
            condition: s("Safeguarding of children, Data Protection Act 2018 Schedule 1 paragraph 18"),
            no_consent_limb: s("Asking further would harm the purpose"),
            confidence: s("Public interest outweighs Jo’s confidence"),
            proportionality: s("Only what shows that the children are alone; nothing on Jo’s health"),
            changed_because: s("Section 47 enquiries were already under way"),
        }),
        weighing: Some(Weighing {
            share: Side {
                what: s("Jo may trust me less and stop opening the door to the clinic."),
                likelihood: s("Possible"),
                severity: s("Slight"),
            },
            not_share: Side {
                what: s("Ayla and Kit stay alone in the mornings. A fire, a fall, or somebody at the door."),
                likelihood: s("Likely"),
                severity: s("Serious"),
            },
            heavier: s("Not sharing weighs more"),
        }),
        advice: vec![Advice {
            who: s("Robin Fablewell, named nurse, own agency"),
            when: s("12 March 2026, 10:30"),
            named: s("child not named"),
            result: s("Agrees"),
            said: s("Share today by telephone. Do not tell Dale until social care has spoken to Jo."),
        }],
        telling: vec![
            Telling {
                name: s("Jo Sampleton"),
                when: s("Told now"),
                why: s("She was told at the door at 10:10, and why."),
            },
            Telling {
                name: s("Dale Madeup"),
                when: s("Not now"),
                why: s("Telling him could put Jo at risk. Social care will say when it is safe."),
            },
        ],
        unknown: vec![s("Who looks after Kit on Fridays"), s("Whether the school has seen the same")],
        would_change: s("A grown-up who is there each morning, seen and confirmed."),
        review: s("26 March 2026"),
        obligations: obligations(),
        questions: vec![
            question("Is a child in danger right now?", "No", "", "10:12", "S29"),
            question(
                "Do you think a child is suffering, or likely to suffer, significant harm?",
                "Yes",
                "Two small children alone before school on at least two days.",
                "10:14",
                "S14, S48",
            ),
            question("Who else may be at risk?", "Kit Sampleton, brother, 3 years", "", "10:16", "S76"),
            Question {
                not_asked: s("the file says that Ayla is 7"),
                asked: s("Is the child old enough to decide for themself?"),
                ..Question::default()
            },
            question(
                "Is it safe to ask Jo for permission?",
                "Asked, and Jo refused",
                "She is afraid that the children will be taken.",
                "10:21",
                "S42, S43",
            ),
            question("What is likely to happen on each side?", "See both sides weighed", "", "10:27", "S48"),
            question(
                "Have you talked it over with an adviser?",
                "Yes",
                "Robin Fablewell, named nurse",
                "10:41",
                "S26, S49",
            ),
        ],
        history: vec![Change {
            when: s("12 March 2026, 15:30"),
            who: s("Nia Exampleton"),
            what: s("Time at which an adult came home"),
            before: s("No adult was at home until 10:50."),
            after: s("No adult was at home until 10:05."),
            why: s("I misread my own note."),
        }],
        signatures: vec![
            Signature {
                who: s("Nia Exampleton, health visitor"),
                meaning: s("Made the decision"),
                when: s("12 March 2026, 10:58"),
                said: s(""),
            },
            Signature {
                who: s("Robin Fablewell, named nurse"),
                meaning: s("Countersigned"),
                when: s("12 March 2026, 14:05"),
                said: s("I would have done the same."),
            },
        ],
        check: check(),
        record: Some(Record { json: s("{\"kind\":\"decision\",\"said\":\"no\"}") }),
    }
}

pub fn emergency() -> EmergencyDocument {
    EmergencyDocument {
        sheet: Sheet { number: s("0007"), ..sheet() },
        child: child(),
        place: s("14 Nosuch Lane, Northmere, in the kitchen"),
        practitioner: practitioner(),
        opened: s("12 March 2026, 09:41"),
        danger: s("Ayla and Kit alone, a pan left on the lit stove, smoke in the hall."),
        attempts: vec![
            Attempt {
                when: s("09:42"),
                who: s("Front door, Northmere"),
                reach: s("01632 960 101"),
                result: AttemptResult::NoAnswer,
                note: s("Rang for two minutes."),
            },
            Attempt {
                when: s("09:45"),
                who: s("Fire and rescue"),
                reach: s("999"),
                result: AttemptResult::Told,
                note: s("Reference FR-118."),
            },
            Attempt {
                when: s("09:52"),
                who: s("Jo Sampleton"),
                reach: s("07700 900 118"),
                result: AttemptResult::StillTrying,
                note: String::new(),
            },
        ],
        told: s("Two children alone, aged 7 and 3, address, smoke."),
        others_at_risk: s("Kit Sampleton, 3 years. The neighbours above."),
        own_safety: s("Yes, outside with both children."),
        write_up_due: s("13 March 2026, 17:00"),
        write_up: Some(WriteUp {
            when: s("12 March 2026, 16:20, in time"),
            who: s("Nia Exampleton"),
            account: s(
                "I came for the planned visit. Ayla opened. I saw smoke, turned the stove off and took both children out.",
            ),
            reasons: s("There was no time to ask, and no adult to ask."),
            items: items().into_iter().take(2).collect(),
            explained: s("Jo, at 10:20, at the door. She was relieved."),
        }),
        obligations: obligations(),
        history: vec![],
        signatures: vec![Signature {
            who: s("Nia Exampleton, health visitor"),
            meaning: s("Recorded"),
            when: s("12 March 2026, 16:24"),
            said: s(""),
        }],
        check: check(),
        record: None,
    }
}

pub fn file_summary() -> FileSummary {
    let event = |when: &str, kind: &str, mark, text: &str| Event {
        when: s(when),
        kind: s(kind),
        by: s("Nia Exampleton"),
        mark,
        text: s(text),
        speaker: s("(Coz)"),
        notes: vec![s("Corrected on 14 March 2026: a slip. Before that it said: Monday.")],
    };
    FileSummary {
        sheet: Sheet { number: s("0031"), ..sheet() },
        child: child(),
        about: s("Lives with Jo and Kit. Year 2 at Made-up Lane Primary."),
        practitioner: practitioner(),
        flags: vec![Flag {
            what: s("Do not ring the home number. Dale may answer."),
            since: s("Since 2 March 2026, Nia Exampleton"),
        }],
        people: vec![
            Person {
                name: s("Jo Sampleton"),
                relation: s("Mother"),
                born: s("9 May 1994"),
                responsibility: s("Holds"),
                reach: s("Mobile, mornings only: 07700 900 118"),
            },
            Person {
                name: s("Dale Madeup"),
                relation: s("Jo’s partner"),
                born: String::new(),
                responsibility: s("Does not hold"),
                reach: s("Do not contact"),
            },
            Person {
                name: s("Kit Sampleton"),
                relation: s("Brother"),
                born: s("20 January 2023"),
                responsibility: String::new(),
                reach: String::new(),
            },
        ],
        timeline: vec![
            event(
                "12 March 2026, 09:40",
                "Visit",
                Some(Mark::Fact),
                "Ayla opened the door. No adult was at home until 10:05.",
            ),
            event(
                "12 March 2026, 09:45",
                "Said",
                Some(Mark::Reported),
                "“I make Kit’s tea when it gets dark.”",
            ),
            event(
                "12 March 2026, 10:58",
                "Decision 0142",
                None,
                "Share without permission. Signed by Nia Exampleton.",
            ),
            event("March 2026", "Opinion", Some(Mark::Opinion), "Jo seems more tired than in February."),
        ],
        obligations: obligations(),
        check: check(),
    }
}

pub fn recovery_kit() -> RecoveryKit {
    RecoveryKit {
        sheet: Sheet { number: String::new(), check: String::new(), limits: String::new(), ..sheet() },
        owner: s("Nia Exampleton"),
        agency: s("Northmere Children’s Health"),
        vault: s("0195c1de-7c40-7d3a-9f21-5b0c6a1e8842"),
        made: s("12 March 2026, 11:06"),
        code: RecoveryCode(["7QK2", "M9XD", "0VTB", "4RWH", "EJ6N", "3ZPC", "8YGA"].map(s).to_vec()),
    }
}

/// Text that tries to be markup, to break out of a string, to mislead the eye or to overrun the page.
pub fn hostile() -> String {
    let mut text = String::from(
        "#panic(\"x\") \\ ] } ) \" ' $x$ `raw` *b* _i_ <label> @ref // /* #import \"sheet.typ\" #read(\"/etc/passwd\") \\u{41}\n",
    );
    text.push_str("\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069} \u{0}\u{7}\u{1b}[31m\u{feff}\u{fffe}\u{e000}\u{10ffff}\u{ad}\u{2028}\r\n\t");
    text.push_str("שלום עולם مرحبا بالعالم Привіт Ελλάδα 中文 日本語 ไทย हिन्दी 👩‍👩‍👧‍👦🦄🇬🇧 e\u{301}\u{302}\u{303} ŵŷ fi ffl ");
    text.push_str(&"Llanfairpwllgwyngyll".repeat(6));
    text
}

/// A value of the same shape with each text changed by `change`, and each list by `lists`.
pub fn reshape<T: serde::Serialize + serde::de::DeserializeOwned>(
    full: &T,
    change: &dyn Fn(&str) -> String,
    keep_lists: bool,
) -> T {
    fn walk(value: &mut serde_json::Value, change: &dyn Fn(&str) -> String, keep_lists: bool) {
        match value {
            serde_json::Value::String(text) => *text = change(text),
            serde_json::Value::Array(values) if !keep_lists => values.clear(),
            serde_json::Value::Array(values) => {
                values.iter_mut().for_each(|value| walk(value, change, keep_lists))
            }
            serde_json::Value::Object(values) => {
                for (key, value) in values {
                    // Closed sets and the moment of printing are not free text.
                    if !matches!(
                        key.as_str(),
                        "language" | "printed_at" | "mark" | "state" | "result" | "keeping"
                    ) || (key == "result" && value.as_str() == Some("Agrees"))
                    {
                        walk(value, change, keep_lists);
                    }
                }
            }
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
        }
    }
    let mut value = serde_json::to_value(full).expect("a value");
    walk(&mut value, change, keep_lists);
    serde_json::from_value(value).expect("the same shape")
}
