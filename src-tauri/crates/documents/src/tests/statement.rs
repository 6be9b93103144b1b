//! A statement for somebody and a chronology, read back with tools that are not ours (poppler).

use sharewell_records::{Mark, Protection};

use super::samples::{check, child, practitioner, sheet};
use super::{holds, text_of, tool};
use crate::{Chronology, ChronologyRow, FamilyCopy, LabelledValue, Sheet, StatementDraft, StatementReason};

fn s(text: &str) -> String {
    text.to_owned()
}

pub fn draft() -> StatementDraft {
    let row = |label: &str, value: &str| LabelledValue { label: s(label), value: s(value) };
    StatementDraft {
        sheet: sheet(),
        about: s("Ayla Sampleton"),
        practitioner: practitioner(),
        asked: vec![row("Who asks", "Jo Sampleton")],
        entitlement: vec![row("Parental responsibility", "Holds")],
        law: vec![s("Not confirmed: within one month.")],
        going: vec![s("On 3 March 2026 we told the school.")],
        lines: vec![StatementReason {
            said: s("On 4 March 2026 we told the council."),
            outcome: s("Cut: likely to do serious harm"),
            words: s("We told somebody."),
            binds: vec![s("names somebody else")],
            reason: s("He would know who told."),
        }],
        check: check(),
    }
}

pub fn copy() -> FamilyCopy {
    FamilyCopy {
        sheet: sheet(),
        about: s("Ayla Sampleton"),
        from: s("Northmere Children’s Health, 01632 960 140"),
        lines: (1..=60)
            .map(|at| format!("On day {at} we told the school about the mornings of that week."))
            .collect(),
    }
}

pub fn chronology() -> Chronology {
    let row = |happened: &str, mark| ChronologyRow {
        happened: s(happened),
        written: s("14 March 2026, 09:00"),
        source: s("Visit"),
        by: s("Nia Exampleton"),
        mark,
        text: s("No adult was at home until 10:50."),
        speaker: s("(Coz)"),
        notes: vec![s("Corrected on 15 March 2026.")],
    };
    Chronology {
        sheet: sheet(),
        child: child(),
        practitioner: practitioner(),
        rows: vec![row("12 March 2026", Some(Mark::Fact)), row("13 March 2026", None)],
        check: check(),
    }
}

#[test]
fn a_copy_for_home_counts_no_pages_and_tells_nothing_of_its_record() {
    let copy = copy();
    let pdf = crate::family_copy(&copy, &Protection::default()).unwrap();
    let text = text_of(&pdf);
    assert!(text.contains("Page 1") && text.contains("Page 2"), "it runs over pages: {text}");
    assert!(!text.contains("Page 1 of") && !text.contains("Page 2 of"), "and does not say how many: {text}");
    for number in ["1", "60"] {
        assert!(text.split(' ').any(|word| word == number), "its lines are numbered: {text}");
    }
    let Sheet { author, printed, limits, check, number, .. } = sheet();
    for kept in [&author, &printed, &limits, &check, &number, &s("Sharewell")] {
        assert!(!kept.is_empty() && !text.contains(kept.as_str()), "{kept} goes home: {text}");
    }
    assert!(!holds(&pdf, author.as_str()) && !holds(&pdf, "/EmbeddedFile"), "nor within the file");
}

#[test]
fn the_reasons_of_a_draft_begin_on_a_page_of_their_own() {
    let pdf = crate::statement(&draft(), &Protection::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), &pdf).unwrap();
    let first = tool("pdftotext", &["-l", "1", "d.pdf", "-"], folder.path());
    assert!(first.contains("On 3 March 2026 we told the school."));
    for kept in ["council", "serious harm", "He would know"] {
        assert!(!first.contains(kept), "{kept} stands on the first page: {first}");
        assert!(text_of(&pdf).contains(kept), "{kept} stands behind it");
    }
}

#[test]
fn a_chronology_has_what_happened_apart_from_what_was_written() {
    let text = text_of(&crate::chronology(&chronology(), &Protection::default()).unwrap());
    for phrase in
        ["Happened", "Written down", "12 March 2026", "14 March 2026, 09:00", "Fact", "(Coz)", "Corrected on"]
    {
        assert!(text.contains(phrase), "{phrase} is missing: {text}");
    }
}
