//! What happens to the fictional families. Names are filled in: `{child}`, `{mother}`, `{father}`.
//!
//! Nobody here lives. The stories are kept plain: enough to see how a worry becomes a decision, each way that a
//! decision can go, and a history that an adviser would recognise.

use sharewell_records::{Duty, FlagKind, ItemSource, Mark, Route, Trigger};

use super::answering::Said;

/// Whom a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Child,
    Mother,
    Father,
    Carer,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The file is opened, with the family in it.
    Open { reason: &'static str },
    /// A practitioner of another agency joins the file.
    Colleague { name: &'static str, agency: &'static str },
    /// A carer whose name and whereabouts are protected joins the file.
    ProtectedCarer { name: &'static str, address: &'static str },
    /// An information item.
    Item {
        mark: Mark,
        source: ItemSource,
        by: &'static str,
        about: Who,
        text: &'static str,
        label: &'static str,
    },
    /// The last item is corrected.
    Correct { text: &'static str, reason: &'static str },
    /// A safety flag.
    Flag { who: Who, kind: FlagKind, reason: &'static str },
    /// A guided decision, signed where `sign` says what was shared.
    Decide { trigger: Trigger, said: &'static [Said], sign: Option<Sign> },
    /// A duty of the last decision is closed.
    Settle { duty: Duty, note: &'static str },
    /// What left, on the ground of the last decision.
    Disclose {
        recipient: &'static str,
        role: &'static str,
        route: Route,
        what: &'static str,
        why: &'static str,
    },
    /// Told at once; three numbers were rung.
    Emergency { told: &'static str, others: &'static str },
    /// The emergency is written up.
    WriteUp { account: &'static str, urgent: &'static str, explained: &'static str },
}

/// What is typed when a decision is signed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub reasons: &'static str,
    pub what: &'static str,
    pub recipient: Option<(&'static str, &'static str, &'static str)>,
}

/// A story: what happens, and after which share of its length in hundredths.
pub(super) struct Story {
    pub unborn: bool,
    pub youngest: i64,
    pub oldest: i64,
    pub stepfather: bool,
    pub ends_days_ago: i64,
    pub steps: Vec<(i64, Step)>,
}

/// The story of the family of this number; they come round in turn.
pub(super) fn of(number: u32) -> Story {
    match number % 8 {
        0 => refusal_then_shared(),
        1 => neglect(),
        2 => early_help(),
        3 => request_without_purpose(),
        4 => emergency(),
        5 => not_shared_on_balance(),
        6 => unborn(),
        _ => protected_carer(),
    }
}

fn fact(source: ItemSource, about: Who, label: &'static str, text: &'static str) -> Step {
    Step::Item { mark: Mark::Fact, source, by: "", about, text, label }
}

fn opinion(about: Who, label: &'static str, text: &'static str) -> Step {
    Step::Item {
        mark: Mark::Opinion,
        source: ItemSource::Visit,
        by: "Nia Exampleton, health visitor",
        about,
        text,
        label,
    }
}

fn reported(
    source: ItemSource,
    by: &'static str,
    about: Who,
    label: &'static str,
    text: &'static str,
) -> Step {
    Step::Item { mark: Mark::Reported, source, by, about, text, label }
}

/// No danger, no harm; the usual gates are open.
const GATES: [Said; 6] = [
    ("danger", "no", ""),
    ("harm", "no", ""),
    ("others", "nobody", ""),
    ("identifiable", "yes", ""),
    ("confidential", "yes", ""),
    ("duty", "none", ""),
];

/// The usual gates, and what the story says after them.
macro_rules! with_gates {
    ($($said:expr),* $(,)?) => {{
        const SAID: &[Said] = &[GATES[0], GATES[1], GATES[2], GATES[3], GATES[4], GATES[5], $($said),*];
        SAID
    }};
}

const SCHOOL: (&str, &str, &str) = (
    "Mrs Fictley",
    "Deputy head, Imaginary Row Primary School",
    "01632 960310, from the school's own website",
);
const NURSERY: (&str, &str, &str) =
    ("Tom Pretendham", "Manager, Story Hill Nursery", "01632 960311, known from joint work");
const EARLY_HELP: (&str, &str, &str) =
    ("Early help desk", "Fablewell Council", "01632 960320, from the council's directory");

fn refusal_then_shared() -> Story {
    Story {
        unborn: false,
        youngest: 5,
        oldest: 9,
        stepfather: false,
        ends_days_ago: 4,
        steps: vec![
            (0, Step::Open { reason: "School asked about mornings; seen at home since." }),
            (
                5,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "mornings",
                    "{child} opened the door in yesterday's school clothes at 10:15. {mother} was asleep and could not be woken for ten minutes.",
                ),
            ),
            (
                18,
                reported(
                    ItemSource::Setting,
                    "Mrs Fictley, deputy head",
                    Who::Child,
                    "school",
                    "{child} has come in without breakfast on nine mornings this term and has been late on fourteen.",
                ),
            ),
            (
                30,
                reported(
                    ItemSource::Visit,
                    "{child}",
                    Who::Child,
                    "child's voice",
                    "I get myself up. I do the toast. Mum's not well in the mornings.",
                ),
            ),
            (
                38,
                opinion(
                    Who::Mother,
                    "mental health",
                    "{mother} seems low and very tired. She says her tablets were changed last month. I think the mornings slip because of that and not for want of care.",
                ),
            ),
            (
                45,
                Step::Correct {
                    text: "{mother} seems low and very tired. She says her tablets were changed six weeks ago. I think the mornings slip because of that and not for want of care.",
                    reason: "The surgery's letter gives the date.",
                },
            ),
            (
                52,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        (
                            "purpose",
                            "service",
                            "So that school can give breakfast and a quiet start, and see how mornings go."
                        ),
                        ("whose", "mother", ""),
                        ("new-duty", "outside", ""),
                        ("would-change", "not_sure", "She may agree when she is better."),
                        ("would-change@again", "yes", ""),
                        ("consent", "refused", "I don't want the school knowing my business."),
                        ("weighing", "share", ""),
                        (
                            "adviser",
                            "agrees",
                            "A small share that school can act on is in proportion. Tell {mother} first."
                        ),
                        ("body", "public", ""),
                    ],
                    sign: Some(Sign {
                        reasons: "{mother} said no, and her no counts for how I share: nothing of her health, only what school needs for the mornings. {child} gets up alone and goes without breakfast; that weighs more than the unease it causes. It is not harm as it stands, and it will be looked at again.",
                        what: "That mornings are hard at home at present, that {child} often comes without breakfast, and that a quiet start would help. Nothing about {mother}'s health.",
                        recipient: Some(SCHOOL),
                    }),
                },
            ),
            (56, Step::Settle { duty: Duty::Act, note: "Rang Mrs Fictley at school at 14:10." }),
            (
                57,
                Step::Disclose {
                    recipient: "Mrs Fictley",
                    role: "Deputy head, Imaginary Row Primary School",
                    route: Route::Telephone,
                    what: "That mornings are hard at home at present and {child} often comes without breakfast.",
                    why: "So that school can give breakfast and a quiet start.",
                },
            ),
            (58, Step::Settle { duty: Duty::RecordDisclosure, note: "In the sharing log." }),
            (
                70,
                fact(
                    ItemSource::Call,
                    Who::Child,
                    "school",
                    "Breakfast club began on Monday. {child} has been on time every day since.",
                ),
            ),
            (
                90,
                fact(
                    ItemSource::Visit,
                    Who::Mother,
                    "mornings",
                    "{mother} up and dressed at 09:00. She was angry about the call at first and said today that the breakfast club helps.",
                ),
            ),
        ],
    }
}

fn neglect() -> Story {
    Story {
        unborn: false,
        youngest: 2,
        oldest: 4,
        stepfather: true,
        ends_days_ago: 3,
        steps: vec![
            (0, Step::Open { reason: "Missed two-year check; neighbour's worry passed on by the surgery." }),
            (
                8,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "home",
                    "No bed in the bedroom. A bare mattress, wet. No heating on; the kitchen thermometer showed 11 degrees.",
                ),
            ),
            (
                14,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "growth",
                    "Weight on the second centile; it was on the twenty-fifth at one year.",
                ),
            ),
            (
                20,
                reported(
                    ItemSource::Visit,
                    "{mother}",
                    Who::Father,
                    "home",
                    "{father} says who comes into the house. I'm not to let you in when he's out.",
                ),
            ),
            (
                22,
                Step::Flag {
                    who: Who::Father,
                    kind: FlagKind::DoNotTell,
                    reason: "{mother} is afraid of his anger. Agree with social care before he hears of any worry.",
                },
            ),
            (
                23,
                Step::Flag {
                    who: Who::Mother,
                    kind: FlagKind::UnsafePhone,
                    reason: "{father} reads her messages. Ring only on clinic mornings, on the clinic's line.",
                },
            ),
            (
                24,
                opinion(
                    Who::Mother,
                    "safety",
                    "{mother} watched the door throughout and stopped talking when a car drew up. I think she is being controlled.",
                ),
            ),
            (
                25,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: &[
                        ("danger", "no", ""),
                        ("harm", "yes", ""),
                        ("others", "sibling", ""),
                        ("signs", "injury-neglect domestic", ""),
                        (
                            "asked",
                            "unsafe",
                            "Asking {mother} with {father} in the house could put her at risk.",
                        ),
                        ("also-required", "no", ""),
                        ("body", "public", ""),
                    ],
                    sign: Some(Sign {
                        reasons: "{child} is losing weight, sleeps on a wet mattress in an unheated room, and {mother} is afraid. That is significant harm or the likelihood of it. Asking first could put her in danger.",
                        what: "The visit of today: the bedroom, the cold, the weights since birth, what {mother} said and how she said it.",
                        recipient: None,
                    }),
                },
            ),
            (
                26,
                Step::Settle {
                    duty: Duty::Act,
                    note: "Rang the front door at 15:20, spoke to the duty social worker.",
                },
            ),
            (
                26,
                Step::Disclose {
                    recipient: "Duty social worker",
                    role: "Fablewell Family Front Door",
                    route: Route::Telephone,
                    what: "The state of the bedroom, the weights, what {mother} said and the fear she showed.",
                    why: "Significant harm is suspected.",
                },
            ),
            (
                28,
                Step::Settle {
                    duty: Duty::ConfirmInWriting,
                    note: "Form sent through the portal the next morning.",
                },
            ),
            (
                45,
                fact(
                    ItemSource::Meeting,
                    Who::Child,
                    "strategy",
                    "Strategy meeting. Social care lead. {mother} to be seen alone at the clinic before {father} is told.",
                ),
            ),
            (
                80,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "home",
                    "Joint visit. Beds delivered, heating on. Weight up by 400 grams.",
                ),
            ),
        ],
    }
}

fn early_help() -> Story {
    Story {
        unborn: false,
        youngest: 3,
        oldest: 5,
        stepfather: false,
        ends_days_ago: 6,
        steps: vec![
            (0, Step::Open { reason: "Speech and language; both parents asked for help." }),
            (
                15,
                fact(
                    ItemSource::Visit,
                    Who::Child,
                    "speech",
                    "{child} uses about thirty words and points for the rest. Hearing test arranged.",
                ),
            ),
            (
                25,
                reported(
                    ItemSource::Visit,
                    "{mother}",
                    Who::Child,
                    "speech",
                    "He understands everything. He just won't say it. I'd take any help going.",
                ),
            ),
            (
                40,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        ("purpose", "service", "A place in the talking group at nursery."),
                        ("whose", "mother", ""),
                        ("new-duty", "outside", ""),
                        ("would-change", "yes", ""),
                        ("consent", "given", ""),
                        ("giver", "parent", ""),
                        ("responsibility", "yes", ""),
                        ("free", "yes", ""),
                        ("body", "public", ""),
                    ],
                    sign: Some(Sign {
                        reasons: "{mother} asked for it, understood who would see it and could have said no. The nursery can only plan with the hearing result and the word count.",
                        what: "The word count, the date of the hearing test, and that both parents want the group.",
                        recipient: Some(NURSERY),
                    }),
                },
            ),
            (42, Step::Settle { duty: Duty::Act, note: "Wrote to the nursery through secure e-mail." }),
            (
                43,
                Step::Disclose {
                    recipient: "Tom Pretendham",
                    role: "Manager, Story Hill Nursery",
                    route: Route::SecureEmail,
                    what: "Word count, hearing test date, parents' wish for the talking group.",
                    why: "To plan a place in the talking group.",
                },
            ),
            (
                85,
                fact(
                    ItemSource::Setting,
                    Who::Child,
                    "speech",
                    "Nursery: two-word sentences since half term. Hearing is normal.",
                ),
            ),
        ],
    }
}

fn request_without_purpose() -> Story {
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
                50,
                reported(
                    ItemSource::Call,
                    "Caller who gave the name of a housing charity",
                    Who::Mother,
                    "request",
                    "Could you tell us how the family is getting on and whether the father is still about?",
                ),
            ),
            (
                52,
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
                54,
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
        ],
    }
}

fn emergency() -> Story {
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
                    note: "Rang Ada Mockford at 16:40 the same day.",
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

fn not_shared_on_balance() -> Story {
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
                    "I've been really down since they split up. I don't want Mum to get a letter.",
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
            (
                40,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        ("purpose", "service", "A counselling place that school arranges."),
                        ("whose", "mother", "{child}, who spoke to me in confidence."),
                        ("new-duty", "outside", ""),
                        ("would-change", "yes", ""),
                        ("consent", "refused", "Not yet. Ask me again after half term."),
                        ("weighing", "not_share", ""),
                        (
                            "adviser",
                            "agrees",
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
                60,
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
                    "You can tell Mrs Fictley now. Just her.",
                ),
            ),
        ],
    }
}

fn unborn() -> Story {
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
                        ("new-duty", "outside", ""),
                        ("would-change", "yes", ""),
                        ("consent", "not-asked", ""),
                    ],
                    sign: None,
                },
            ),
        ],
    }
}

fn protected_carer() -> Story {
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
                        ("new-duty", "outside", ""),
                        ("would-change", "no", ""),
                        ("weighing", "share", ""),
                        ("adviser", "agrees", "The review needs it. Leave the placement out."),
                        ("body", "public", ""),
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
        ],
    }
}
