//! A share, open and encrypted, read back with tools that are not ours (poppler, qpdf).

use std::path::Path;
use std::process::{Command, Output};

use sharewell_records::{self as records, Circle, FlagKind, PersonRole, Protection};

use super::{holds, sheets, text_of, tool};
use crate::{Error, Keeping, Language, Share};

/// Six words. The tools of poppler cut what is given them on the command line after 32 letters.
const WORDS: &str = "acorn bagel cabin daisy eel fox";
/// Six words about as long as six can be: some readers have stumbled over long ones.
const LONG: &str = "broomstick jellyfish nightingale watermelon thunderbolt hedgehog";

fn run(name: &str, arguments: &[&str], folder: &Path) -> Output {
    let run = Command::new(name).args(arguments).current_dir(folder).output();
    run.unwrap_or_else(|error| panic!("{name}, which the tests need: {error}"))
}

/// A folder with the encrypted share in it.
fn encrypted(document: &Share) -> (tempfile::TempDir, Vec<u8>) {
    let pdf = crate::share_encrypted(document, &Protection::default(), WORDS).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("s.pdf"), &pdf).unwrap();
    (folder, pdf)
}

#[test]
fn page_one_says_what_is_asked_of_whom_about_which_child_and_who_must_not_be_told() {
    let pdf = crate::share(&sheets::share(), &Protection::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), &pdf).unwrap();
    let first = tool("pdftotext", &["-enc", "UTF-8", "-l", "1", "d.pdf", "-"], folder.path());
    let first = first.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let at = |phrase: &str| first.find(phrase).unwrap_or_else(|| panic!("{phrase} is missing: {first}"));
    for phrase in [
        "Ayla Sampleton, born 4 June 2018",
        "3 Notreal Street",
        "NHS 999 000 0018",
        "Check that it is your child",
        "This week",
        "Her brother, 4 years",
        "Must not be told",
        "None recorded. Ring us first.",
        "01632 960 140",
        "The mother’s permission of 12 March 2026.",
        "Child protection file, not pupil record or parent portal.",
        "0057-2, Page 1 of",
    ] {
        at(phrase);
    }
    assert!(at("See that Ayla has breakfast") < at("Who it is about"), "what is asked comes first");
    let text = text_of(&pdf);
    assert_eq!(text.matches("Historic: check before you rely on it").count(), 1, "{text}");
    assert!(!text.contains("Check value"), "nobody outside has anything to hold it against: {text}");
}

#[test]
fn each_page_says_at_its_foot_what_binds_its_reader_and_whose_it_is_without_a_name() {
    let mut document = sheets::share();
    document.items = document.items.iter().cycle().take(60).cloned().collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), crate::share(&document, &Protection::default()).unwrap())
        .unwrap();
    let pages = tool("pdftotext", &["-enc", "UTF-8", "d.pdf", "-"], folder.path());
    let pages: Vec<&str> = pages.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 2);
    for (at, page) in pages.iter().enumerate() {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let foot = format!("0057-2, Page {} of {}", at + 1, pages.len());
        let limits = page.rfind("For the safeguarding lead of Made-up Lane Primary only.");
        assert!(limits.is_some() && limits < page.find(&foot), "page {}: {page}", at + 1);
    }
    let info = tool("pdfinfo", &["d.pdf"], folder.path());
    assert!(!info.contains("Ayla"), "titles show in lists of files: {info}");
}

#[test]
fn a_school_and_a_doctor_are_told_where_to_keep_it_and_others_too() {
    let kept = |keeping| {
        let document = Share { keeping, ..sheets::share() };
        text_of(&crate::share(&document, &Protection::default()).unwrap())
    };
    assert!(kept(Keeping::School).contains("not pupil record or parent portal"));
    assert!(kept(Keeping::Doctor).contains("Hide it from online access, proxy access and the app."));
    assert!(kept(Keeping::WhoActs).contains("Only for those who have to act on it."));
}

#[test]
fn an_encrypted_share_opens_with_its_words_in_readers_that_are_not_ours() {
    let (folder, _) = encrypted(&sheets::share());
    let check = run("qpdf", &["--password-file=w", "--check", "s.pdf"], {
        std::fs::write(folder.path().join("w"), WORDS).unwrap();
        folder.path()
    });
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(check.status.success(), "{said} {}", String::from_utf8_lossy(&check.stderr));
    for line in [
        "PDF Version: 1.7 extension level 8",
        "R = 6",
        "extract for accessibility: allowed",
        "extract for any purpose: allowed",
        "print high resolution: allowed",
        "modify anything: not allowed",
        "stream encryption method: AESv3",
        "string encryption method: AESv3",
        "file encryption method: AESv3",
        "Supplied password is user password",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let text = tool("pdftotext", &["-upw", WORDS, "-enc", "UTF-8", "s.pdf", "-"], folder.path());
    assert!(text.contains("No adult was at home until 10:05."), "{text}");
    let info = tool("pdfinfo", &["-upw", WORDS, "s.pdf"], folder.path());
    assert!(info.contains("Tagged:          yes") && info.contains("algorithm:AES-256"), "{info}");
    let read = tool("pdfinfo", &["-upw", WORDS, "-struct-text", "s.pdf"], folder.path());
    assert!(read.contains("No adult was at home"), "what is read aloud stays readable: {read}");
    let meta = tool("pdfinfo", &["-upw", WORDS, "-meta", "s.pdf"], folder.path());
    assert!(meta.contains("pdfuaid:part") && !meta.contains("pdfaid:part"), "{meta}");
    tool("pdfdetach", &["-upw", WORDS, "-saveall", "-o", ".", "s.pdf"], folder.path());
    let attached = std::fs::read(folder.path().join("share.json")).unwrap();
    assert!(holds(&attached, "No adult was at home"));
}

#[test]
fn six_long_words_open_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = crate::share_encrypted(&sheets::share(), &Protection::default(), LONG).unwrap();
    std::fs::write(folder.path().join("s.pdf"), pdf).unwrap();
    let check = run("qpdf", &[&format!("--password={LONG}"), "--check", "s.pdf"], folder.path());
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn wrong_words_open_nothing() {
    let (folder, _) = encrypted(&sheets::share());
    for wrong in ["", "acorn", "Acorn bagel cabin daisy eel fox"] {
        let refused = run("pdftotext", &["-upw", wrong, "s.pdf", "-"], folder.path());
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{wrong:?}");
        let refused = run("qpdf", &[&format!("--password={wrong}"), "--check", "s.pdf"], folder.path());
        assert_eq!(refused.status.code(), Some(2), "{wrong:?}");
    }
    let refused = run("pdfdetach", &["-list", "s.pdf"], folder.path());
    assert!(!refused.status.success() && refused.stdout.is_empty());
}

#[test]
fn nothing_can_be_read_without_the_words() {
    let (_folder, pdf) = encrypted(&sheets::share());
    let folded = String::from_utf8_lossy(&pdf).to_lowercase();
    for part in
        ["ayla", "sampleton", "exampleton", "mockford", "0057-2", "information shared", "share.json", "acorn"]
    {
        assert!(!folded.contains(part), "{part} stands open");
    }
    for part in ["<x:xmpmeta", "pdfuaid", "/ObjStm", "/Type /XRef", "/Type/XRef"] {
        assert!(!holds(&pdf, part), "{part} stands open");
    }
    // Written as UTF-16, a name would stand between zeros.
    let wide: Vec<u8> = "Sampleton".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(!pdf.windows(wide.len()).any(|window| window == wide));
}

#[test]
fn the_same_share_is_never_the_same_file_twice() {
    assert_ne!(encrypted(&sheets::share()).1, encrypted(&sheets::share()).1);
}

#[test]
fn a_file_that_was_tampered_with_does_not_open_or_does_not_check() {
    let (folder, pdf) = encrypted(&sheets::share());
    let find = |part: &str| pdf.windows(part.len()).position(|window| window == part.as_bytes());
    // In what the words are held against, and in what is encrypted by them.
    let places = [find("/UE").unwrap() + 12, find("/OE").unwrap() + 12, find("stream").unwrap() + 40];
    let mut refused = 0;
    for place in places {
        let mut changed = pdf.clone();
        *changed.get_mut(place).unwrap() ^= 0x55;
        std::fs::write(folder.path().join("t.pdf"), changed).unwrap();
        let check = run("qpdf", &[&format!("--password={WORDS}"), "--check", "t.pdf"], folder.path());
        refused += usize::from(!check.status.success());
    }
    assert!(refused >= 2, "{refused} of {} were seen", places.len());
}

#[test]
fn words_that_readers_would_not_agree_about_encrypt_nothing() {
    for words in ["", "  ", "caf\u{e9} six words", &"word ".repeat(30)] {
        let refused = crate::share_encrypted(&sheets::share(), &Protection::default(), words);
        assert!(matches!(refused, Err(Error::Words)), "{words:?}");
    }
}

#[test]
fn a_protected_name_is_in_no_layer_of_a_share_for_whoever_has_the_words() {
    let dale = records::Person::named(
        "0192f0c1-2345-7abc-8def-000000000001".parse().unwrap(),
        "Dale O\u{2019}Madeup".into(),
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
    let mut document = sheets::share();
    document.items.first_mut().unwrap().text.push_str(" DALE O'MADEUP rang.");
    document.asked.what.push_str(" Ring Dale O\u{2019}Madeup.");
    document.sheet.limits.push_str(" Not for Dale O'Madeup.");
    let pdf = crate::share_encrypted(&document, &protection, WORDS).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("s.pdf"), pdf).unwrap();
    let open = run(
        "qpdf",
        &[&format!("--password={WORDS}"), "--decrypt", "--qdf", "--object-streams=disable", "s.pdf", "o.pdf"],
        folder.path(),
    );
    assert!(open.status.success(), "{}", String::from_utf8_lossy(&open.stderr));
    let raw = String::from_utf8_lossy(&std::fs::read(folder.path().join("o.pdf")).unwrap()).to_lowercase();
    let text =
        tool("pdftotext", &["-upw", WORDS, "-enc", "UTF-8", "s.pdf", "-"], folder.path()).to_lowercase();
    let read = tool("pdfinfo", &["-upw", WORDS, "-struct-text", "s.pdf"], folder.path()).to_lowercase();
    for layer in [&raw, &text, &read] {
        assert!(!layer.contains("dale") && !layer.contains("madeup rang"), "{layer}");
    }
    assert!(text.contains("[protected person 1"), "{text}");
}

/// Two pages as pictures, and a text; the second picture has a colour of its own.
fn with_papers() -> Share {
    let picture = |red: u8| {
        let dots = image::RgbImage::from_pixel(320, 450, image::Rgb([red, 20, 20]));
        let mut png = std::io::Cursor::new(Vec::new());
        dots.write_to(&mut png, image::ImageFormat::Png).unwrap();
        crate::paper::redrawn(png.get_ref()).unwrap().jpeg
    };
    let letter = crate::SharedPaper {
        name: "Attendance letter".into(),
        source: "Made-up Lane Primary, 5 March 2026".into(),
        pages: 2,
        text: String::new(),
        pictures: vec![picture(220), picture(120)],
    };
    let text = crate::SharedPaper {
        name: "Note of a call".into(),
        text: "Nobody fetched her.\nShe walked home.".into(),
        pages: 1,
        ..crate::SharedPaper::default()
    };
    Share { papers: vec![letter, text], ..sheets::share() }
}

#[test]
fn a_paper_goes_as_pictures_each_named_and_a_text_as_text() {
    let pdf = crate::share(&with_papers(), &Protection::default()).unwrap();
    let text = text_of(&pdf);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Paper: Attendance letter") && text.contains("Page 2 of 2"), "{text}");
    assert!(text.contains("Nobody fetched her. She walked home."), "{text}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.pdf"), &pdf).unwrap();
    let read = tool("pdfinfo", &["-struct", "d.pdf"], folder.path());
    assert_eq!(read.matches("Figure").count(), 2, "each picture stands in the structure: {read}");
    let listed = tool("pdfimages", &["-list", "d.pdf"], folder.path());
    let pictures = listed.lines().filter(|line| line.contains(" image ")).count();
    assert_eq!(pictures, 2, "{listed}");
    assert!(!holds(&pdf, "Exif"), "what a picture said of its maker is gone");
}

#[test]
fn an_encrypted_share_carries_papers_and_readers_draw_them() {
    let (folder, pdf) = encrypted(&with_papers());
    let check = run("qpdf", &[&format!("--password={WORDS}"), "--check", "s.pdf"], folder.path());
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    tool("pdfimages", &["-upw", WORDS, "-png", "s.pdf", "page"], folder.path());
    let drawn = |name: &str| image::open(folder.path().join(name)).unwrap().to_rgb8().get_pixel(90, 90).0;
    let (first, second) = (drawn("page-000.png"), drawn("page-001.png"));
    assert!(first[0].abs_diff(220) < 12 && second[0].abs_diff(120) < 12, "{first:?} {second:?}");
    tool("pdfdetach", &["-upw", WORDS, "-saveall", "-o", ".", "s.pdf"], folder.path());
    let attached = std::fs::read(folder.path().join("share.json")).unwrap();
    assert!(holds(&attached, "Attendance letter") && !holds(&attached, "pictures"));
    assert!(!holds(&pdf, "JFIF"), "the pictures are encrypted too");
}

#[test]
fn sixty_pages_of_papers_are_told_page_by_page() {
    let mut document = with_papers();
    let paper = document.papers.first_mut().unwrap();
    let page = paper.pictures.first().unwrap().clone();
    paper.pictures = vec![page; 60];
    let pdf = crate::share(&document, &Protection::default()).unwrap();
    let text = text_of(&pdf);
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("Page 60 of 60"), "{text}");
}
