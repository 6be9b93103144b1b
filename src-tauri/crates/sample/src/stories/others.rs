//! Families about whom nothing was shared, or at once, or not yet, or with a name kept out.

use sharewell_records::{Duty, FlagKind, ItemSource, Trigger};

use super::{AGREES, GATES, Sign, Step, Story, Who, fact, opinion, reported, with_gates};
use crate::answering::Said;

const EARLY_HELP: (&str, &str, &str) =
    ("Early help desk", "Fablewell Council", "01632 960320, from the council's directory");

pub(super) fn request_without_purpose() -> Story {
    Story {
        unborn: false,
        youngest: 8,
        oldest: 12,
        stepfather: false,
        ends_days_ago: 8,
        steps: vec![
            (0, Step::Open { reason: "School nursing list; asthma plan." }),
            (
                20,
                fact(
                    ItemSource::Setting,
                    Who::Child,
                    "asthma",
                    "Inhaler technique checked at school. Plan signed by {mother}.",
                ),
            ),
            (
                78,
                reported(
                    ItemSource::Call,
                    "Caller who gave the name of a housing charity",
                    Who::Mother,
                    "request",
                    "Could you tell us how the family is getting on and whether the father is still about?",
                ),
            ),
            (
                80,
                Step::Decide {
                    trigger: Trigger::Request,
                    said: &[
                        ("danger", "no", ""),
                        ("harm", "no", ""),
                        ("others", "nobody", ""),
                        ("purpose", "none", ""),
                    ],
                    sign: Some(Sign {
                        reasons: "The caller gave no purpose that is part of anybody's work with {child}, and could not be verified. Nothing was confirmed, not even that there is a file.",
                        what: "How the family is getting on, and whether {father} lives there.",
                        recipient: None,
                    }),
                },
            ),
            (
                82,
                Step::Settle {
                    duty: Duty::WhatWouldChange,
                    note: "A named worker, a reason, and a number that I find myself.",
                },
            ),
            (
                90,
                fact(
                    ItemSource::Call,
                    Who::Child,
                    "asthma",
                    "Surgery confirms the yearly review is done. No admission this year.",
                ),
            ),
            (91, Step::TidyUp { keep: &[Duty::Review] }),
        ],
    }
}

pub(super) fn emergency() -> Story {
    Story {
        unborn: false,
        youngest: 1,
        oldest: 6,
        stepfather: false,
        ends_days_ago: 2,
        steps: vec![
            (0, Step::Open { reason: "Family moved into the area; transfer-in visit." }),
            (
                30,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "home",
                    "Flat on the second floor, window restrictors missing. Landlord written to.",
                ),
            ),
            (
                60,
                Step::Emergency {
                    told: "{child} alone in the flat, crying at the open window, nobody answers the door. Second floor.",
                    others: "Not known whether another child is inside.",
                },
            ),
            (
                61,
                Step::WriteUp {
                    account: "Arrived for a planned visit. {child} stood at the open window and called out. Nobody answered for five minutes. Rang 999, then the front door; stayed below the window until the police came. {mother} came back after twenty-five minutes: she had fallen on the stairs of the shop and been taken inside. {child} was unhurt. Nobody else was in the flat.",
                    urgent: "A small child alone at an open window on the second floor.",
                    explained: "{mother} was told by the police and by me on the spot, and understood. {father} is told by {mother}.",
                },
            ),
            (
                64,
                Step::Settle {
                    duty: Duty::DiscussWithAdviser,
                    note: "Ada Mockford heard of it by telephone the same day.",
                },
            ),
            (
                75,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "home",
                    "Restrictors fitted on all windows. {mother}'s sister now has a key.",
                ),
            ),
        ],
    }
}

pub(super) fn not_shared_on_balance() -> Story {
    Story {
        unborn: false,
        youngest: 13,
        oldest: 15,
        stepfather: true,
        ends_days_ago: 5,
        steps: vec![
            (
                0,
                Step::Open {
                    reason: "Drop-in at school; young person asked for the conversation to stay private.",
                },
            ),
            (
                20,
                reported(
                    ItemSource::Setting,
                    "{child}",
                    Who::Child,
                    "child's voice",
                    "“I've been really down since they split up. I don't want Mum to get a letter.”",
                ),
            ),
            (
                28,
                fact(
                    ItemSource::Setting,
                    Who::Child,
                    "mood",
                    "No thoughts of self-harm on direct question. Sleeping and eating. Sees friends at weekends.",
                ),
            ),
            (
                34,
                opinion(
                    Who::Child,
                    "competence",
                    "{child} understood what would be passed on, to whom and what might follow, and could weigh it. I judge {child} competent for this decision.",
                ),
            ),
            // Somebody who volunteers with children: a restricted file of its own.
            (
                44,
                reported(
                    ItemSource::Setting,
                    "{child}",
                    Who::Child,
                    "child's voice",
                    "“Mr Nosuch from running club texts me at night. He says it's our secret.”",
                ),
            ),
            (
                45,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: &[
                        ("danger", "no", ""),
                        ("harm", "yes", ""),
                        ("next-with", "not-today", ""),
                        ("behind", "works-with-children", ""),
                        ("signs", "sexual", ""),
                        ("asked", "unsafe", "He could delete the messages, and other children run with him."),
                    ],
                    sign: Some(Sign {
                        reasons: "Secret messages at night from an adult who volunteers with children. Others run with him too.",
                        what: "What {child} said about the messages, in {child}'s own words.",
                        recipient: None,
                    }),
                },
            ),
            (46, Step::SetApart { about: "Gwil Nosuch", post: "Volunteer, Fablewell running club" }),
            (52, Step::TidyUp { keep: &[] }),
            (
                76,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        ("purpose", "service", "A counselling place that school arranges."),
                        ("whose", "mother", "{child}, who spoke to me in confidence."),
                        ("would-change", "yes", ""),
                        ("consent", "refused", "Not yet. Ask me again after half term."),
                        ("weighing", "not_share", ""),
                        (
                            "adviser",
                            AGREES,
                            "Keep seeing {child} every week, and ask again. Any sign of harm changes it at once."
                        ),
                    ],
                    sign: Some(Sign {
                        reasons: "{child} is low and not at risk, understands the offer and said not yet. Going against that would cost the trust that keeps {child} talking. I see {child} weekly.",
                        what: "That {child} has been low since the separation.",
                        recipient: None,
                    }),
                },
            ),
            (
                80,
                Step::Settle {
                    duty: Duty::WhatWouldChange,
                    note: "Any thought of self-harm, or not being seen for two weeks.",
                },
            ),
            (
                85,
                reported(
                    ItemSource::Setting,
                    "{child}",
                    Who::Child,
                    "child's voice",
                    "“You can tell Mrs Fictley now. Just her.”",
                ),
            ),
            (86, Step::TidyUp { keep: &[Duty::KeepWorkingWithFamily, Duty::Review] }),
        ],
    }
}

pub(super) fn unborn() -> Story {
    Story {
        unborn: true,
        youngest: 0,
        oldest: 0,
        stepfather: false,
        ends_days_ago: 1,
        steps: vec![
            (0, Step::Open { reason: "Booked at twelve weeks; an older child was in care in another area." }),
            (
                30,
                reported(
                    ItemSource::Message,
                    "Midwife, by letter",
                    Who::Mother,
                    "antenatal",
                    "Two scans missed. {mother} came to the third with {father}, who answered for her.",
                ),
            ),
            (
                60,
                fact(
                    ItemSource::Visit,
                    Who::Mother,
                    "antenatal",
                    "{mother} seen at home. Cot and clothes ready. She asked that letters do not mention the older child.",
                ),
            ),
            (
                62,
                Step::Flag {
                    who: Who::Mother,
                    kind: FlagKind::DoNotPost,
                    reason: "{father} opens the post. Hand letters over at clinic.",
                },
            ),
            (80, Step::Colleague { name: "Bronwen Storyman", agency: "Midwife, Fablewell Maternity" }),
            // A draft: stopped where asking is to be thought over.
            (
                95,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        ("purpose", "service", "A joint plan with the midwife before the birth."),
                        ("whose", "mother", ""),
                        ("would-change", "yes", ""),
                        ("consent", "not-asked", ""),
                    ],
                    sign: None,
                },
            ),
        ],
    }
}

pub(super) fn protected_carer() -> Story {
    Story {
        unborn: false,
        youngest: 3,
        oldest: 7,
        stepfather: false,
        ends_days_ago: 7,
        steps: vec![
            (0, Step::Open { reason: "Placed with a foster carer after an order; health plan." }),
            (4, Step::ProtectedCarer { name: "Wren Inventwood", address: "27 Mock Terrace, Fablewell" }),
            (
                5,
                Step::Flag {
                    who: Who::Carer,
                    kind: FlagKind::ProtectedIdentity,
                    reason: "The placement is not known to {father}. Neither name nor address on anything that leaves.",
                },
            ),
            (
                6,
                Step::Flag {
                    who: Who::Father,
                    kind: FlagKind::NoContact,
                    reason: "The order forbids contact. Only through the social worker.",
                },
            ),
            (
                25,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "placement",
                    "{child} showed me the bedroom and the cat. Wren has the health plan on the fridge.",
                ),
            ),
            (
                45,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "growth",
                    "Height and weight on the fiftieth centile. Immunisations now complete.",
                ),
            ),
            (
                60,
                Step::Decide {
                    trigger: Trigger::Request,
                    said: with_gates![
                        ("purpose", "reply", "The social worker asks for the health plan for the review."),
                        ("whose", "mother", ""),
                        ("would-change", "no", ""),
                        ("weighing", "share", ""),
                        ("adviser", AGREES, "The review needs it. Leave the placement out."),
                    ],
                    sign: Some(Sign {
                        reasons: "The review cannot plan without the health summary, and {mother} knows that it goes. Nothing in it says where {child} lives.",
                        what: "Growth, immunisations and the health plan. Nothing about the placement.",
                        recipient: Some(EARLY_HELP),
                    }),
                },
            ),
            (63, Step::Settle { duty: Duty::Act, note: "Sent through the council's portal." }),
            (
                64,
                Step::Settle {
                    duty: Duty::ProtectIdentities,
                    note: "Read again by Ada Mockford before it went.",
                },
            ),
            (80, Step::TidyUp { keep: &[] }),
        ],
    }
}
