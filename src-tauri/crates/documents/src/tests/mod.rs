//! Every document, full, empty and hostile, read back with tools that are not ours (poppler).

mod referral;
mod samples;
mod share;
mod sheets;
mod slip;
mod statement;
mod words;

use std::path::Path;
use std::process::Command;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sharewell_documents::*;
use sharewell_records::{self as records, Circle, FlagKind, PersonRole, Protection};

/// One document of each kind, in a form that the tests below can go through.
struct Made {
    name: &'static str,
    pdf: Vec<u8>,
    values: Option<Value>,
}

fn made<T: Serialize>(name: &'static str, document: &T, pdf: Result<Vec<u8>>) -> Made {
    let pdf = pdf.unwrap_or_else(|error| panic!("{name}: {error}"));
    Made { name, pdf, values: serde_json::to_value(document).ok() }
}

/// All kinds, each changed by `shape`.
fn all(change: &dyn Fn(&str) -> String, keep_lists: bool) -> Vec<Made> {
    fn of<T: Serialize + DeserializeOwned>(full: &T, change: &dyn Fn(&str) -> String, keep_lists: bool) -> T {
        samples::reshape(full, change, keep_lists)
    }
    let decision = of(&samples::decision(), change, keep_lists);
    let emergency = of(&samples::emergency(), change, keep_lists);
    let file = of(&samples::file_summary(), change, keep_lists);
    let referred = of(&referral::referral(), change, keep_lists);
    let restricted = of(&sheets::restricted_sheet(), change, keep_lists);
    let shared = of(&sheets::share(), change, keep_lists);
    let slip = of(&slip::slip(), change, keep_lists);
    let draft = of(&statement::draft(), change, keep_lists);
    let copy = of(&statement::copy(), change, keep_lists);
    let chronology = of(&statement::chronology(), change, keep_lists);
    let mut kit = samples::recovery_kit();
    kit.owner = change(&kit.owner);
    kit.agency = change(&kit.agency);
    kit.code.0 = if keep_lists { kit.code.0.iter().map(|group| change(group)).collect() } else { vec![] };
    let kit_made = Made { values: None, ..made("recovery-kit", &kit, crate::recovery_kit(&kit)) };
    vec![
        made("decision", &decision, crate::decision(&decision, &Protection::default())),
        made("emergency", &emergency, crate::emergency(&emergency, &Protection::default())),
        made("file-summary", &file, crate::file_summary(&file, &Protection::default())),
        made("referral", &referred, crate::referral(&referred, &Protection::default())),
        made("restricted-sheet", &restricted, crate::restricted_sheet(&restricted)),
        made("share", &shared, crate::share(&shared, &Protection::default())),
        Made { values: None, ..made("slip", &slip, crate::slip(&slip, None, &Protection::default())) },
        made("statement", &draft, crate::statement(&draft, &Protection::default())),
        Made {
            values: None,
            ..made("family-copy", &copy, crate::family_copy(&copy, &Protection::default()))
        },
        made("chronology", &chronology, crate::chronology(&chronology, &Protection::default())),
        kit_made,
    ]
}

fn tool(name: &str, arguments: &[&str], folder: &Path) -> String {
    let run = Command::new(name)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{name} is part of poppler-utils, which the tests need: {error}"));
    assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), pdf).unwrap();
    let text = tool("pdftotext", &["-enc", "UTF-8", "d.pdf", "-"], folder.path());
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attached(pdf: &[u8], name: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), pdf).unwrap();
    tool("pdfdetach", &["-saveall", "-o", ".", "d.pdf"], folder.path());
    std::fs::read(folder.path().join(name)).ok()
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

/// What every PDF of ours must show, whatever stands in it.
fn is_sound(made: &Made) {
    let Made { name, pdf, values } = made;
    assert!(pdf.starts_with(b"%PDF-1.7"), "{name} is a PDF");
    for (element, value) in [("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")] {
        let element_holds = holds(pdf, &format!("<{element}>{value}</{element}>"));
        let attribute_holds = holds(pdf, &format!("{element}=\"{value}\""));
        assert!(element_holds || attribute_holds, "{name} declares {element} {value}");
    }
    let file = format!("{name}.json");
    match (values, attached(pdf, &file)) {
        (Some(values), Some(bytes)) => {
            assert!(
                holds(pdf, "/AFRelationship/Data") || holds(pdf, "/AFRelationship /Data"),
                "{name}: data relation"
            );
            let mut read: Value = serde_json::from_slice(&bytes).unwrap();
            let format = read.as_object_mut().unwrap().remove("format");
            assert_eq!(format, Some(Value::String(format!("sharewell-{name}-document/1"))));
            assert_eq!(&read, values, "{name}: what is attached is exactly what was given");
        }
        (None, None) => {}
        (values, found) => panic!("{name}: attached {} but expected {}", found.is_some(), values.is_some()),
    }
}

#[test]
fn a_full_document_is_sound_and_carries_its_own_values() {
    for made in all(&|text| text.to_owned(), true) {
        is_sound(&made);
    }
}

#[test]
fn an_empty_document_is_sound_and_says_that_nothing_is_recorded() {
    for made in all(&|_| String::new(), false) {
        is_sound(&made);
        let text = text_of(&made.pdf);
        assert!(text.contains("Not recorded") || text.contains("recorded"), "{}: {text}", made.name);
    }
}

#[test]
fn hostile_text_is_printed_and_never_run() {
    for made in all(&|_| samples::hostile(), true) {
        is_sound(&made);
        let text = text_of(&made.pdf);
        assert!(text.contains("#panic("), "{}: markup is shown as typed", made.name);
        assert!(text.contains("[U+202E]"), "{}: a sign that reorders text stands as a code", made.name);
        assert!(!text.contains("root:"), "{}: no file is read", made.name);
        assert!(text.contains("stand here as codes"), "{}: the page says so", made.name);
    }
}

#[test]
fn a_note_of_ten_thousand_letters_runs_over_pages_and_loses_nothing() {
    let mut decision = samples::decision();
    let note: Vec<String> = (0..1700).map(|at| format!("w{at}")).collect();
    decision.reasons = note.join(" ");
    decision.sheet.limits = note.join(" ");
    decision.sheet.author = note.join(" ");
    decision.sheet.number = note.join(" ");
    assert!(decision.reasons.len() > 9_000);
    let pdf = crate::decision(&decision, &Protection::default()).unwrap();
    let text = text_of(&pdf);
    for word in ["w0", "w850", "w1699"] {
        let found = text.split(' ').filter(|found| *found == word).count();
        assert!(found >= 2, "{word} stands in the reasons and in the limits");
    }
    assert!(text.contains("In full on page 1."), "the head of later pages shortens long limits and says so");
}

#[test]
fn a_decision_tells_all_that_it_rests_on() {
    let pdf = crate::decision(&samples::decision(), &Protection::default()).unwrap();
    let text = text_of(&pdf);
    for phrase in [
        "Decision 0142",
        "Page 1 of",
        "Decision about Ayla Sampleton",
        "7 years on 12 March 2026",
        "Share without permission",
        "by 17:00 today",
        "Assembled by Sharewell from",
        "Five separate grounds",
        "If it is shared",
        "If it is not shared",
        "Fact",
        "Opinion",
        "Reported",
        "Not marked yet",
        "“I make Kit’s tea when it gets dark.”",
        "Who looks after Kit on Fridays",
        "Not asked: the file says that Ayla is 7",
        "No adult was at home until 10:50.",
        "I misread my own note.",
        "Countersigned",
        "Nobody else knows of Kit yet.",
        "Section 47 enquiries were already under way",
        "I would have done the same.",
        "Check value 7f3a 91c2 04be",
        "Printed by Nia Exampleton, health visitor, 12 March 2026, 11:06",
        "Overdue",
        "Not needed",
    ] {
        assert!(text.contains(phrase), "{phrase} is missing in: {text}");
    }
    assert!(!text.contains("Why not as advised"), "no reason is asked for where the advice was followed");
}

#[test]
fn deciding_otherwise_stands_beside_the_advice_with_its_reason() {
    let mut decision = samples::decision();
    decision.decided = "Hold and seek advice".into();
    decision.otherwise = "Jo’s sister moves in tonight.".into();
    let text = text_of(&crate::decision(&decision, &Protection::default()).unwrap());
    assert!(text.contains("Why not as advised. Jo’s sister moves in tonight."), "{text}");
}

#[test]
fn each_page_repeats_number_limits_and_check_value() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("d.pdf"),
        crate::decision(&samples::decision(), &Protection::default()).unwrap(),
    )
    .unwrap();
    let pages = tool("pdftotext", &["d.pdf", "-"], folder.path());
    let pages: Vec<&str> = pages.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 1, "a full decision is longer than a page");
    for (at, page) in pages.iter().enumerate() {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for phrase in [
            "Decision 0142",
            &format!("Page {} of {}", at + 1, pages.len()),
            "Do not pass on to anyone",
            "7f3a 91c2 04be",
        ] {
            assert!(page.contains(phrase), "page {} lacks {phrase}: {page}", at + 1);
        }
    }
}

#[test]
fn the_stored_record_is_attached_byte_for_byte() {
    let decision = samples::decision();
    let pdf = crate::decision(&decision, &Protection::default()).unwrap();
    assert_eq!(attached(&pdf, "record.json"), decision.record.map(|record| record.json.into_bytes()));
}

#[test]
fn a_protected_name_is_nowhere_but_on_the_restricted_sheet() {
    let dale = records::Person::named(
        "0192f0c1-2345-7abc-8def-000000000001".parse().unwrap(),
        "Dale Madeup".into(),
        PersonRole::OtherAdult,
    );
    let flag = records::Flag {
        id: "0192f0c1-2345-7abc-8def-000000000002".parse().unwrap(),
        person: dale.id,
        kind: FlagKind::ProtectedIdentity,
        reason: String::new(),
        review: None,
    };
    let circle = Circle { people: vec![&dale], flags: vec![&flag], ..Circle::default() };
    let protection = Protection::of(&circle, &crate::called(Language::first()));
    let mut decision = samples::decision();
    decision.record = Some(Record { json: "{\"who\":\"Dale Madeup\"}".into() });
    decision.reasons.push_str(" DALE  madeup rang.");
    let mut emergency = samples::emergency();
    emergency.told.push_str(" Dale is away.");
    let file = samples::file_summary();

    let pdf = crate::decision(&decision, &protection).unwrap();
    assert!(attached(&pdf, "record.json").is_none(), "a stored record with the name stays behind");
    assert!(text_of(&pdf).contains("is not attached, because it holds a protected name"));
    for (name, pdf) in [
        ("decision.json", pdf),
        ("emergency.json", crate::emergency(&emergency, &protection).unwrap()),
        ("file-summary.json", crate::file_summary(&file, &protection).unwrap()),
    ] {
        let text = text_of(&pdf).to_lowercase();
        let json = String::from_utf8(attached(&pdf, name).unwrap()).unwrap().to_lowercase();
        assert!(
            !text.contains("dale") && !json.contains("dale"),
            "{name}: the name is neither printed nor attached"
        );
        assert!(text.contains("[protected person 1, other adult]"), "{name}: the label stands in its place");
    }
    assert!(text_of(&crate::restricted_sheet(&sheets::restricted_sheet()).unwrap()).contains("Wren Nosuch"));
}

#[test]
fn the_recovery_kit_shows_the_code_on_one_page_and_attaches_nothing() {
    let kit = samples::recovery_kit();
    let pdf = crate::recovery_kit(&kit).unwrap();
    let text = text_of(&pdf);
    for group in &kit.code.0 {
        assert!(text.contains(group.as_str()), "{group} is on the page");
    }
    assert!(text.contains("Page 1 of 1") && text.contains(&kit.vault), "{text}");
    assert!(!format!("{kit:?}").contains("7QK2"), "a log never shows the code");
}

#[test]
fn an_emergency_keeps_what_was_done_apart_from_what_was_written_later() {
    let mut emergency = samples::emergency();
    let text = text_of(&crate::emergency(&emergency, &Protection::default()).unwrap());
    for phrase in [
        "No answer, tried next",
        "Still trying",
        "Written up later",
        "12 March 2026, 16:20, in time",
        "FR-118",
    ] {
        assert!(text.contains(phrase), "{phrase}: {text}");
    }
    emergency.write_up = None;
    let text = text_of(&crate::emergency(&emergency, &Protection::default()).unwrap());
    assert!(text.contains("Not written up yet.") && text.contains("13 March 2026, 17:00"), "{text}");
}

#[test]
fn a_file_on_paper_shows_flags_before_people_and_numbers() {
    let text = text_of(&crate::file_summary(&samples::file_summary(), &Protection::default()).unwrap());
    let at = |phrase: &str| text.find(phrase).unwrap_or_else(|| panic!("{phrase}: {text}"));
    assert!(at("Do not ring the home number") < at("01632 960 140"));
    assert!(at("Do not ring the home number") < at("07700 900 118"));
}

/// From where on the line a word of the first page that holds it stands, in points.
fn stands_at(pdf: &[u8], word: &str) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), pdf).unwrap();
    let boxes = tool("pdftotext", &["-bbox", "-enc", "UTF-8", "d.pdf", "-"], folder.path());
    let text = |line: &str| line.split('>').nth(1).unwrap_or_default().to_owned();
    let line = boxes.lines().find(|line| text(line).contains(word));
    let line = line.unwrap_or_else(|| panic!("{word} is on no page: {boxes}"));
    let from = line.split("xMin=\"").nth(1).and_then(|rest| rest.split('"').next());
    from.and_then(|number| number.parse().ok()).unwrap()
}

#[test]
fn what_follows_a_name_that_is_read_from_the_right_stands_behind_it() {
    // Of a word that is read from the right the boxes have the letters as they are drawn: one letter finds it.
    for (letter, whole) in [("د", "محمد"), ("א", "אלון כהן-לוי"), ("א", "אלון (Elm)")] {
        let mut document = samples::file_summary();
        document.practitioner.name = whole.into();
        document.practitioner.role = "2222".into();
        document.practitioner.agency = "3333".into();
        let pdf = crate::file_summary(&document, &Protection::default()).unwrap();
        let at = |word: &str| stands_at(&pdf, word);
        assert!(at(letter) < at("2222"), "{whole}: what stands behind a name is behind it");
        assert!(at("2222") < at("3333"), "{whole}: in its order");
        let text: String = text_of(&pdf).chars().filter(|c| !('\u{200e}'..='\u{202e}').contains(c)).collect();
        assert!(text.contains("2222, 3333, 01632 960 140"), "{whole}: a number keeps its digits: {text}");
    }
}

#[test]
fn only_words_typed_in_quotation_marks_stand_in_them_and_the_speaker_stands_after() {
    let pdf = crate::referral(&referral::referral(), &Protection::default()).unwrap();
    let text = text_of(&pdf);
    assert!(text.contains("“Coz gets cross when I spill things” (Ayla)"), "{text}");
    assert!(text.contains("That she is often alone (the school)") && !text.contains("“That"), "{text}");
    let mut file = samples::file_summary();
    file.timeline.truncate(1);
    if let Some(event) = file.timeline.first_mut() {
        event.mark = Some(sharewell_records::Mark::Reported);
        event.text = "That Coz gets cross".into();
        event.speaker = "(Ayla)".into();
    }
    let text = text_of(&crate::file_summary(&file, &Protection::default()).unwrap());
    assert!(text.contains("That Coz gets cross (Ayla)") && !text.contains("“That"), "{text}");
    assert!(text.contains("Corrected on 14 March 2026"), "{text}");
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let decision = samples::decision();
    assert_eq!(
        crate::decision(&decision, &Protection::default()).unwrap(),
        crate::decision(&decision, &Protection::default()).unwrap()
    );
}

#[test]
fn a_title_names_no_child() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("d.pdf"),
        crate::decision(&samples::decision(), &Protection::default()).unwrap(),
    )
    .unwrap();
    let info = tool("pdfinfo", &["d.pdf"], folder.path());
    assert!(info.contains("Decision 0142"), "{info}");
    assert!(!info.contains("Ayla"), "titles show in lists of files and on locked screens: {info}");
}

#[test]
fn a_year_that_a_pdf_cannot_hold_is_an_error() {
    let mut sheet = sheets::restricted_sheet();
    sheet.sheet.printed_at.0 = chrono::DateTime::<chrono::Utc>::MAX_UTC.fixed_offset();
    assert!(matches!(crate::restricted_sheet(&sheet), Err(Error::Time)));
}
