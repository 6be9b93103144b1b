//! A fictional restricted sheet, and a share.

use sharewell_documents::*;

use sharewell_records::Mark;

use super::samples::{check, child, practitioner, s, sheet};

pub fn restricted_sheet() -> RestrictedSheet {
    RestrictedSheet {
        sheet: Sheet {
            number: s("0142-R"),
            limits: s("For the duty desk of Children’s Services only."),
            ..sheet()
        },
        belongs_to: s("Decision 0142"),
        readers: s("Duty social worker and team manager"),
        reason: s("A court has ordered that whereabouts stay secret."),
        people: vec![ProtectedPerson {
            role: s("Ayla’s foster carer"),
            name: s("Wren Nosuch"),
            whereabouts: s("4 Notreal Row, Fablewell"),
            reach: s("07700 900 742, any time"),
            keep_from: s("Everyone in the child’s household"),
            why: s("12 March 2026, Nia Exampleton: placed by order"),
        }],
        check: check(),
    }
}

pub fn share() -> Share {
    let told = |who: &str, knows: &str, reach: &str| Told { who: s(who), knows: s(knows), reach: s(reach) };
    let item = |mark, source: &str, age: &str, text: &str| Shared {
        mark: Some(mark),
        source: s(source),
        age: s(age),
        historic: false,
        text: s(text),
    };
    Share {
        sheet: Sheet {
            number: s("0057-2"),
            limits: s(
                "For the safeguarding lead of Made-up Lane Primary only. Not for anybody in the child’s household. Ask the author before you pass on any of it.",
            ),
            ..sheet()
        },
        to: s("Pat Mockford, safeguarding lead, Made-up Lane Primary"),
        child: child(),
        address: s("3 Notreal Street, Fablewell"),
        numbers: vec![s("NHS 999 000 0018"), s("UPN A000000000001")],
        practitioner: practitioner(),
        asked: Asked {
            what: s("See that Ayla has breakfast, and ring us on any day on which nobody fetches her."),
            by: s("Thursday 19 March 2026"),
            urgency: s("This week"),
        },
        at_risk: vec![s("Ayla Sampleton"), s("Her brother, 4 years")],
        told: vec![
            told("Mother", "Told", "Her own mobile number, in the morning"),
            told("Mother’s partner", "Must not be told", ""),
            told("Ayla", "Told", "At school"),
        ],
        ground: s("The mother’s permission of 12 March 2026."),
        keeping: Keeping::School,
        papers: Vec::new(),
        replaces: vec!["What we sent on 2 March 2026 with the reference 4F2A-77C1".into()],
        items: vec![
            item(
                Mark::Fact,
                "Seen by Nia Exampleton, 12 March 2026, 09:40",
                "today",
                "Ayla opened the door. No adult was at home until 10:05.",
            ),
            item(
                Mark::Reported,
                "Said by Ayla, 12 March 2026, 09:45",
                "today",
                "“I make Kit’s tea when it gets dark.”",
            ),
            item(
                Mark::Opinion,
                "Of Nia Exampleton, health visitor, 12 March 2026",
                "today",
                "The mother seems more tired than in February and would accept help.",
            ),
            Shared {
                historic: true,
                ..item(
                    Mark::Fact,
                    "On record, 2 February 2024",
                    "2 years old",
                    "Ayla came to nursery in clothes for summer.",
                )
            },
        ],
    }
}
