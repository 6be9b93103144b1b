//! Families about whom something was shared: over a refusal, because of harm, with consent.

use sharewell_records::{Duty, FlagKind, ItemSource, Mark, Route, Trigger};

use super::{AGREES, GATES, Sign, Step, Story, Who, fact, opinion, reported, with_gates};
use crate::answering::Said;

const SCHOOL: (&str, &str, &str) = (
    "Mrs Fictley",
    "Deputy head, Imaginary Row Primary School",
    "01632 960310, from the school's own website",
);
const NURSERY: (&str, &str, &str) =
    ("Tom Pretendham", "Manager, Story Hill Nursery", "01632 960311, known from joint work");

pub(super) fn refusal_then_shared() -> Story {
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
                    "“I get myself up. I do the toast. Mum's not well in the mornings.”",
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
                        ("would-change", "not_sure", "She may agree when she is better."),
                        ("would-change@again", "yes", ""),
                        ("consent", "refused", "I don't want the school knowing my business."),
                        ("weighing", "share", ""),
                        (
                            "adviser",
                            AGREES,
                            "A small share that school can act on is in proportion. Tell {mother} first."
                        ),
                    ],
                    sign: Some(Sign {
                        reasons: "{mother} said no, and her no counts for how I share: nothing of her health, only what school needs for the mornings. {child} gets up alone and goes without breakfast; that weighs more than the unease it causes. It is not harm as it stands, and it will be looked at again.",
                        what: "That mornings are hard at home at present, that {child} often comes without breakfast, and that a quiet start would help. Nothing about {mother}'s health.",
                        recipient: Some(SCHOOL),
                    }),
                },
            ),
            (56, Step::Settle { duty: Duty::Act, note: "Rang Mrs Fictley on the school's own number." }),
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
            (92, Step::TidyUp { keep: &[Duty::KeepWorkingWithFamily, Duty::HearViews] }),
        ],
    }
}

pub(super) fn neglect() -> Story {
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
                    "“{father} says who comes into the house. I'm not to let you in when he's out.”",
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
                        ("next-with", "later-today", ""),
                        ("behind", "home", ""),
                        ("signs", "injury-neglect domestic", ""),
                        ("others", "sibling", ""),
                        (
                            "asked",
                            "unsafe",
                            "Asking {mother} with {father} in the house could put her at risk.",
                        ),
                        ("also-required", "no", ""),
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
                    note: "Rang from the car, straight after the visit. Spoke to the duty social worker.",
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
            (28, Step::Settle { duty: Duty::ConfirmInWriting, note: "Form sent through the portal." }),
            (
                29,
                Step::Again {
                    duty: Duty::ConfirmInWriting,
                    note: "The portal had not taken it. Sent again, and its number noted.",
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
            (82, Step::TidyUp { keep: &[] }),
        ],
    }
}

pub(super) fn early_help() -> Story {
    Story {
        unborn: false,
        youngest: 3,
        oldest: 5,
        stepfather: false,
        ends_days_ago: 6,
        steps: vec![
            (0, Step::Open { reason: "Speech and language; both parents asked for help." }),
            (
                20,
                Step::Visit {
                    place: "At home",
                    lines: &[
                        (Mark::Fact, "{child} put the animals in a row and named two of them.", ""),
                        (
                            Mark::Opinion,
                            "{child} follows more than is spoken.",
                            "Nia Exampleton, health visitor",
                        ),
                        (Mark::Reported, "That {child} sleeps well since the move.", "{mother}"),
                    ],
                },
            ),
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
                    "“Understands everything. Just won't say it. I'd take any help going.”",
                ),
            ),
            (
                40,
                Step::Decide {
                    trigger: Trigger::Worry,
                    said: with_gates![
                        ("purpose", "service", "A place in the talking group at nursery."),
                        ("whose", "mother", ""),
                        ("would-change", "yes", ""),
                        ("consent", "given", ""),
                        ("giver", "parent", ""),
                        ("responsibility", "mother", ""),
                        ("holders", "agree", ""),
                        ("free", "yes", ""),
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
            (86, Step::TidyUp { keep: &[Duty::KeepWorkingWithFamily, Duty::Review] }),
        ],
    }
}
