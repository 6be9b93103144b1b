//! A slip, open and signed, read back with tools that are not ours (poppler).

use super::samples::sheet;
use super::{holds, text_of, tool};
use crate::{Sheet, Slip, SlipPart, SlipRow, SlipThing};
use sharewell_records::Protection;

fn s(text: &str) -> String {
    text.to_owned()
}

pub fn slip() -> Slip {
    let part = |heading: &str, line: &str| SlipPart { heading: s(heading), lines: vec![s(line)] };
    let row = |who: &str| SlipRow { who: s(who), answer: String::new() };
    Slip {
        sheet: Sheet { number: s("0032"), ..sheet() },
        title: s("You choose"),
        large: true,
        before: vec![part("What is this about?", "We would like to tell some people things about you.")],
        things: vec![
            SlipThing {
                what: s("School and learning"),
                rows: vec![row("The breakfast club"), row("The doctor")],
            },
            SlipThing { what: s("Health"), rows: vec![row("The breakfast club"), row("The doctor")] },
        ],
        answers: ["Yes", "No", "Not this one", "I want to think"].map(s).to_vec(),
        after: vec![part("It is okay to say no", "You will still get help with other things.")],
        fill: vec![s("Your name"), s("Day")],
        signed: Vec::new(),
        signature: String::new(),
    }
}

/// A picture of a line, as a window draws one.
fn signature() -> Vec<u8> {
    let drawn = "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAGCAYAAAD37n+BAAAAE0lEQVR42mNgYGD4D8UkgxGjEQDMrgv1MMovLwAAAABJRU5ErkJggg==";
    data_encoding::BASE64.decode(drawn.as_bytes()).unwrap()
}

#[test]
fn a_slip_says_what_is_asked_and_not_who_made_it_or_in_which_program() {
    let pdf = crate::slip(&slip(), None, &Protection::default()).unwrap();
    let text = text_of(&pdf);
    for phrase in ["You choose", "School and learning", "The breakfast club", "I want to think", "Your name"]
    {
        assert!(text.contains(phrase), "{phrase} is missing: {text}");
    }
    let Sheet { author, printed, limits, check, .. } = sheet();
    for kept in [&author, &printed, &limits, &check, &s("0032"), &s("Sharewell")] {
        assert!(!kept.is_empty() && !text.contains(kept.as_str()), "{kept} stands on a slip: {text}");
    }
    assert!(!holds(&pdf, author.as_str()), "nor is its author told by the file");
    assert!(!holds(&pdf, "/EmbeddedFile"), "no twin for a machine goes home");
}

#[test]
fn a_signed_slip_has_its_answers_crossed_and_the_signature_with_words_for_it() {
    let mut signed = slip();
    if let Some(row) = signed.things.get_mut(1).and_then(|thing| thing.rows.get_mut(1)) {
        row.answer = s("Not this one");
    }
    signed.signed = vec![s("Signed on the screen: Ayla Sampleton")];
    signed.signature = s("The signature of Ayla Sampleton");
    let pdf = crate::slip(&signed, Some(&signature()), &Protection::default()).unwrap();
    let text = text_of(&pdf);
    assert_eq!(text.matches(" X").count(), 1, "one answer was given: {text}");
    assert!(text.contains("Signed on the screen: Ayla Sampleton"));
    assert!(!text.contains("Your name"), "nothing is left to fill in");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), &pdf).unwrap();
    let pictures = tool("pdfimages", &["-list", "d.pdf"], folder.path());
    assert_eq!(
        pictures.lines().filter(|line| line.split_whitespace().nth(2) == Some("image")).count(),
        1,
        "{pictures}"
    );
}

#[test]
fn what_is_no_picture_is_refused_and_no_page_is_made_without_it() {
    let mut signed = slip();
    signed.signed = vec![s("Signed")];
    signed.signature = s("The signature");
    assert!(crate::slip(&signed, Some(b"no picture"), &Protection::default()).is_err());
}
