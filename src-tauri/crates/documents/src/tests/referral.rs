//! A referral to test with.

use sharewell_records::Mark;

use super::samples::{check, child, practitioner, sheet};
use crate::{Line, Referral, Section, Sheet};

fn s(text: &str) -> String {
    text.to_owned()
}

pub fn referral() -> Referral {
    let line = |mark, text: &str, speaker: &str| Line {
        mark,
        text: s(text),
        speaker: s(speaker),
        when: s("12 March 2026"),
    };
    Referral {
        sheet: Sheet { number: s("0031"), ..sheet() },
        to: s("Duty desk, Fablewell Front Door"),
        child: child(),
        practitioner: practitioner(),
        sections: vec![
            Section { title: s("What was seen"), lines: vec![line(Some(Mark::Fact), "No bed.", "")] },
            Section {
                title: s("What others said"),
                lines: vec![
                    line(Some(Mark::Reported), "“Coz gets cross when I spill things”", "(Ayla)"),
                    line(Some(Mark::Reported), "That she is often alone", "(the school)"),
                ],
            },
            Section {
                title: s("What was said in the call"),
                lines: vec![line(None, "That she is cold.", "")],
            },
        ],
        check: check(),
    }
}
