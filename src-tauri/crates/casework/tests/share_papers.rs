//! Papers in a share, looked through page by page, and whose names are left out of the notes beside them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use sharewell_casework::attached::{
    AddPaper, ReadThroughPaper, amend_paper, keep_paper_back, let_page_go, withdraw_paper,
};
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::share::{
    SaveShare, SaveShareAgain, begin_share_form, save_share, save_share_again, share, share_sent, share_texts,
};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, account, children, decide, today};
use support::*;

const WORDS: &str = "acorn bagel cabin daisy eel fox";
/// What stands in a paper where nobody sees it, and leaves in nothing.
const CANARY: &str = "CANARY-tawny-plover-20411";

fn png(red: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(120, 160, image::Rgb([red, 10, 10]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

fn page(page: u32, pages: u32, red: u8) -> PageInput {
    PageInput { page, pages, drawn: data_encoding::BASE64.encode(&png(red)) }
}

fn said(about: Vec<PersonId>, limits: &str) -> PaperInput {
    PaperInput {
        what: "Letter of the school".into(),
        from: "Fablewell Primary School".into(),
        said_by: String::new(),
        came: Some(WhenTyped::Day { on: day(2026, 10, 5).into() }),
        limits: limits.into(),
        about,
        item: None,
        instead: None,
        why: String::new(),
    }
}

fn add(
    vault: &mut Vault,
    case: CaseId,
    dir: &Path,
    (name, bytes): (&str, &[u8]),
    typed: PaperInput,
) -> AttachmentId {
    let path = dir.join(name);
    fs::write(&path, bytes).unwrap();
    at_once(AddPaper::new(case, path, typed), vault, at(9)).unwrap()
}

/// A PDF with a script and a word that no page shows.
fn letter() -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction<</S/JavaScript/JS({CANARY})>>>>\nendobj\ntrailer\n<</Root 1 0 R/Info 2 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}

/// A photograph in which a word stands beside the picture.
fn photograph() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(90, 60, image::Rgb([10, 10, 200]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    let mut bytes = out.into_inner();
    bytes.extend(CANARY.as_bytes());
    bytes
}

/// A file with a note that names the mother, and a signed decision by which every note goes. `harm`: whether harm is
/// suspected.
fn decided(vault: &mut Vault, harm: bool) -> (CaseId, DecisionId, PersonId) {
    decided_by(vault, harm, true)
}

/// The same; `notes_go`: whether the notes go, or all stay.
fn decided_by(vault: &mut Vault, harm: bool, notes_go: bool) -> (CaseId, DecisionId, PersonId) {
    let (case, child, mother) = family(vault);
    let note = item("Jo Sampleton rang at nine. Jo was cross; Ayla was quiet.", vec![child]);
    children::add_item(vault, case, note, at(4)).unwrap();
    let noted = item("Ayla had no coat.", vec![child]);
    children::add_item(vault, case, noted, at(5)).unwrap();
    let said: Vec<(&str, Answer)> = match harm {
        true => vec![
            ("danger", choice("no")),
            ("harm", choice("yes")),
            ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
            ("asked", words("unsafe", "He would be told.")),
            ("body", choice("public")),
        ],
        false => refusal(),
    };
    let outcome = answer_all(vault, case, &said, 10);
    let mut draft = signing(&outcome);
    draft.what = "That she comes to school without a coat.".into();
    draft.reasons = "The school can help.".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When it is safe.".into();
    }
    decide::save_sign_off(vault, outcome.decision, draft.clone(), at(80)).unwrap();
    if notes_go {
        for line in decide::extent(vault, outcome.decision, 0, at(80)).unwrap().lines {
            let act = ExtentMove::Choose { item: line.item, choice: Choice::Goes };
            decide::move_extent(vault, outcome.decision, &act, 0, at(80)).unwrap();
        }
    } else {
        leave_the_rest(vault, outcome.decision, &draft, at(80));
    }
    let signed = sign_off(vault, outcome.decision, draft, at(80)).unwrap();
    (case, signed.id, mother)
}

fn typed(view: &ShareView, papers: &[AttachmentId], names: Vec<Named>) -> ShareInput {
    ShareInput {
        items: view.items.iter().map(|one| one.item).collect(),
        papers: papers.iter().map(|paper| SharePaperInput { paper: *paper, why: String::new() }).collect(),
        names,
        ask: "See that she has a coat.".into(),
        by: "today, 17:00".into(),
        urgency: String::new(),
        at_risk: view.offered.at_risk.clone(),
        keeping: Some(ShareKeeping::WhoActs),
        route: Some(Route::EncryptedFile),
        to_key: false,
        why_open: String::new(),
    }
}

fn saving(decision: DecisionId, typed: ShareInput, path: &Path) -> SaveShare {
    SaveShare { decision, typed, words: secret(WORDS), path: path.to_owned() }
}

/// Every layer of an encrypted file with its words: the text, the structure, what is attached, and every object unpacked.
fn layers(path: &Path) -> String {
    let dir = tempfile::tempdir().unwrap();
    let open = dir.path().join("open.pdf");
    let run = |name: &str, arguments: &[&str]| {
        let done = Command::new(name).args(arguments).current_dir(dir.path()).output().unwrap();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).replace('\u{200b}', "")
    };
    let (from, to) = (path.to_str().unwrap(), open.to_str().unwrap());
    run(
        "qpdf",
        &[&format!("--password={WORDS}"), "--decrypt", "--qdf", "--object-streams=disable", from, to],
    );
    let text = run("pdftotext", &["-enc", "UTF-8", to, "-"]);
    let read = run("pdfinfo", &["-struct-text", to]);
    let meta = run("pdfinfo", &["-meta", to]);
    run("pdfdetach", &["-saveall", "-o", ".", to]);
    let attached = fs::read_to_string(dir.path().join("share.json")).unwrap();
    let raw = String::from_utf8_lossy(&fs::read(&open).unwrap()).into_owned();
    [text, read, meta, attached, raw].join("\n")
}

fn code(result: std::result::Result<PaperLooked, sharewell_casework::Error>) -> (Code, Option<String>) {
    let failure = Failure::from(result.unwrap_err());
    (failure.code, failure.place)
}

#[test]
fn a_paper_is_not_checked_until_every_page_was_looked_at_and_goes_as_what_was_looked_at() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (case, decision, _) = decided(&mut vault, true);
    let letter = add(&mut vault, case, outside.path(), ("l.pdf", &letter()), said(vec![], ""));
    let photo = add(&mut vault, case, outside.path(), ("p.jpg", &photograph()), said(vec![], ""));
    let through = at_once(ReadThroughPaper::new(case, letter), &mut vault, at(81)).unwrap();
    assert_eq!(through.holds, [PaperHolds::Scripts, PaperHolds::Metadata]);
    assert!(through.is_drawn_here && !through.is_whole && through.looked.is_empty());
    let view = share(&vault, decision, at(82)).unwrap();
    assert_eq!(view.papers.len(), 2);
    assert!(view.papers.iter().all(|one| !one.is_whole), "nothing is checked beforehand");

    let path = outside.path().join("out.pdf");
    let refused = save_share(&mut vault, saving(decision, typed(&view, &[letter], vec![]), &path), at(83));
    let failure = Failure::from(refused.unwrap_err());
    assert_eq!((failure.fields[0].field.as_str(), failure.code), ("papers", Code::NotLookedAt));
    assert!(!path.exists());

    let half = let_page_go(&mut vault, case, letter, &page(1, 2, 200), at(84)).unwrap();
    assert!(!half.is_whole && half.looked == [1] && half.pages == 2);
    let whole = let_page_go(&mut vault, case, letter, &page(2, 2, 90), at(85)).unwrap();
    assert!(whole.is_whole);
    let at_once_whole = PageInput { page: 1, pages: 1, drawn: String::new() };
    assert!(let_page_go(&mut vault, case, photo, &at_once_whole, at(86)).unwrap().is_whole);

    let view = share(&vault, decision, at(87)).unwrap();
    let id = save_share(&mut vault, saving(decision, typed(&view, &[letter, photo], vec![]), &path), at(88))
        .unwrap();
    let all = layers(&path);
    assert!(all.contains("Letter of the school"), "each is named");
    assert!(
        !all.contains(CANARY) && !all.contains("JavaScript"),
        "nothing of the file but what was looked at"
    );
    let open =
        Command::new("pdfimages").args(["-upw", WORDS, "-list", path.to_str().unwrap()]).output().unwrap();
    let listed = String::from_utf8_lossy(&open.stdout).into_owned();
    assert_eq!(listed.lines().filter(|line| line.contains(" image ")).count(), 3, "{listed}");
    let made = &share(&vault, decision, at(89)).unwrap().made[0];
    assert_eq!((made.id, made.papers), (id, 2));

    // Lost words: the same papers; not where somebody keeps one back since.
    let again = outside.path().join("again.pdf");
    let once_more = |path: &Path| SaveShareAgain { share: id, words: secret(WORDS), path: path.to_owned() };
    save_share_again(&mut vault, once_more(&again), at(90)).unwrap();
    assert!(layers(&again).contains("Letter of the school"));
    keep_paper_back(&mut vault, case, photo, at(91)).unwrap();
    let third = outside.path().join("third.pdf");
    let failure = Failure::from(save_share_again(&mut vault, once_more(&third), at(92)).unwrap_err());
    assert_eq!(failure.code, Code::NotLookedAt);
    let sent = ShareSentInput {
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        how: "by e-mail to the desk".into(),
        reference: String::new(),
        had_left: false,
    };
    share_sent(&mut vault, id, &sent, at(93)).unwrap();
}

#[test]
fn what_cannot_go_is_told_by_its_page() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (case, ..) = family(&mut vault);
    let letter = add(&mut vault, case, outside.path(), ("l.pdf", &letter()), said(vec![], ""));
    let mut go = |page: PageInput| code(let_page_go(&mut vault, case, letter, &page, at(20)));
    let at_page = |page: u32| Some(page.to_string());
    assert_eq!(go(page(3, 10_000, 9)), (Code::PagesTooMany, at_page(3)));
    assert_eq!(go(page(3, 2, 9)), (Code::NotFound, at_page(3)));
    assert_eq!(go(page(0, 2, 9)), (Code::NotFound, at_page(0)));
    let drawn = |bytes: &[u8]| PageInput { page: 2, pages: 2, drawn: data_encoding::BASE64.encode(bytes) };
    assert_eq!(go(drawn(b"no picture")), (Code::PageNoPicture, at_page(2)));
    assert_eq!(go(drawn(&png(1)[..70])), (Code::PageDamaged, at_page(2)));
    assert_eq!(go(PageInput { drawn: "?".into(), ..page(1, 2, 9) }), (Code::PageNoPicture, at_page(1)));
    let broken = add(&mut vault, case, outside.path(), ("b.png", &png(1)[..70]), said(vec![], ""));
    let only = PageInput { page: 1, pages: 1, drawn: String::new() };
    assert_eq!(code(let_page_go(&mut vault, case, broken, &only, at(21))), (Code::PageDamaged, at_page(1)));
    let long =
        add(&mut vault, case, outside.path(), ("t.txt", "word ".repeat(30_000).as_bytes()), said(vec![], ""));
    assert_eq!(code(let_page_go(&mut vault, case, long, &only, at(22))), (Code::PageTooLarge, at_page(1)));
    let through = at_once(ReadThroughPaper::new(case, letter), &mut vault, at(23)).unwrap();
    assert!(through.looked.is_empty(), "nothing of what failed counts as looked at");
}

#[test]
fn pages_that_are_counted_otherwise_are_looked_at_from_the_start() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (case, ..) = family(&mut vault);
    let letter = add(&mut vault, case, outside.path(), ("l.pdf", &letter()), said(vec![], ""));
    let_page_go(&mut vault, case, letter, &page(1, 2, 9), at(20)).unwrap();
    let looked = let_page_go(&mut vault, case, letter, &page(2, 3, 9), at(21)).unwrap();
    assert_eq!((looked.looked, looked.pages), (vec![2], 3));
    assert!(keep_paper_back(&mut vault, case, letter, at(22)).unwrap().looked.is_empty());
}

#[test]
fn a_paper_about_somebody_protected_stays_unless_a_child_is_not_safe() {
    for harm in [false, true] {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut vault = vault(&dir.path().join("vault"));
        let (case, decision, mother) = decided(&mut vault, harm);
        let text = add(
            &mut vault,
            case,
            outside.path(),
            ("t.txt", b"Nothing is said here."),
            said(vec![mother], ""),
        );
        let only = PageInput { page: 1, pages: 1, drawn: String::new() };
        let_page_go(&mut vault, case, text, &only, at(81)).unwrap();
        let flag = FlagInput {
            person: Some(mother),
            kind: Some(FlagKind::ProtectedIdentity),
            reason: "A court said so.".into(),
            review: DayTyped::default(),
        };
        children::set_flag(&mut vault, case, flag, at(82)).unwrap();
        let view = share(&vault, decision, at(83)).unwrap();
        assert_eq!(view.papers[0].verdict.may(), harm, "{:?}", view.papers[0].verdict);
        assert!(view.papers[0].verdict.against().contains(&Against::NamesProtected));
        let path = outside.path().join("o.pdf");
        let made = save_share(&mut vault, saving(decision, typed(&view, &[text], vec![]), &path), at(84));
        match harm {
            true => drop(made.unwrap()),
            false => {
                let failure = Failure::from(made.unwrap_err());
                assert!(failure.fields.iter().any(|one| one.field == "papers"), "{failure:?}");
            }
        }
    }
}

#[test]
fn whoever_is_named_is_asked_about_once_and_what_is_left_out_is_in_no_layer() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision, mother) = decided(&mut vault, false);
    let view = share(&vault, decision, at(82)).unwrap();
    let items: Vec<ItemId> = view.items.iter().map(|one| one.item).collect();
    let texts = share_texts(&vault, decision, &items, &[], at(83)).unwrap();
    assert!(texts.must_be_said);
    let named: Vec<_> = texts.people.iter().map(|one| (one.person, one.count, one.goes)).collect();
    assert_eq!(named, [(mother, 1, NameGoes::Blank)], "one press for all that are alike");
    assert!(texts.texts.iter().all(|one| !one.is_changed), "it is offered, and never cut by itself");

    let path = outside.path().join("o.pdf");
    let failure =
        save_share(&mut vault, saving(decision, typed(&view, &[], vec![]), &path), at(84)).unwrap_err();
    assert_eq!(Failure::from(failure).fields[0].field, "names");

    let out = vec![Named { person: mother, goes: NameGoes::LeftOut }];
    let texts = share_texts(&vault, decision, &items, &out, at(85)).unwrap();
    let changed: Vec<_> = texts.texts.iter().filter(|one| one.is_changed).collect();
    assert_eq!(changed.len(), 1);
    let of = |stretch: Stretch| {
        let pieces = changed[0].text.iter().filter(|one| one.stretch == stretch);
        pieces.map(|one| one.text.as_str()).collect::<String>()
    };
    assert!(
        of(Stretch::Gone).contains("Sampleton") && !of(Stretch::Put).contains("Jo"),
        "{:?}",
        changed[0].text
    );
    let leaves: String = changed[0]
        .text
        .iter()
        .filter(|one| one.stretch != Stretch::Gone)
        .map(|one| one.text.as_str())
        .collect();
    save_share(&mut vault, saving(decision, typed(&view, &[], out), &path), at(86)).unwrap();
    let all = layers(&path);
    let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(&leaves.split_whitespace().collect::<Vec<_>>().join(" ")),
        "it holds exactly that: {leaves}"
    );
    assert!(!flat.contains("Jo Sampleton") && !flat.contains("Jo was"), "true removal");
    let stays = vec![Named { person: mother, goes: NameGoes::Stays }];
    let second = outside.path().join("p.pdf");
    save_share(&mut vault, saving(decision, typed(&view, &[], stays), &second), at(87)).unwrap();
    assert!(layers(&second).contains("Jo Sampleton"));
}

#[test]
fn where_harm_is_suspected_nobody_is_asked_and_nothing_waits() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision, _) = decided(&mut vault, true);
    let view = share(&vault, decision, at(82)).unwrap();
    let path = outside.path().join("o.pdf");
    save_share(&mut vault, saving(decision, typed(&view, &[], vec![]), &path), at(84)).unwrap();
    assert!(layers(&path).contains("Jo Sampleton"));
}

#[test]
fn papers_go_alone_and_are_judged_again_before_they_are_sent_and_do_not_go_into_a_form() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (case, decision, mother) = decided_by(&mut vault, false, false);
    let about = said(vec![mother], "");
    let text = add(&mut vault, case, outside.path(), ("t.txt", b"Nothing is said here."), about);
    let only = PageInput { page: 1, pages: 1, drawn: String::new() };
    let_page_go(&mut vault, case, text, &only, at(81)).unwrap();
    let view = share(&vault, decision, at(82)).unwrap();
    assert!(view.items.is_empty());
    let path = outside.path().join("o.pdf");
    let nothing = save_share(&mut vault, saving(decision, typed(&view, &[], vec![]), &path), at(83));
    assert_eq!(Failure::from(nothing.unwrap_err()).fields[0].field, "items");
    let in_form = begin_share_form(&mut vault, decision, typed(&view, &[text], vec![]), at(83));
    assert_eq!(Failure::from(in_form.unwrap_err()).fields[0].field, "papers_in_form");
    let id = save_share(&mut vault, saving(decision, typed(&view, &[text], vec![]), &path), at(84)).unwrap();
    let made = share(&vault, decision, at(85)).unwrap().made.remove(0);
    assert_eq!((made.count, made.papers, made.bars), (0, 1, vec![]));

    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "A court said so.".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(86)).unwrap();
    let made = share(&vault, decision, at(87)).unwrap().made.remove(0);
    assert!(made.bars.contains(&Against::NamesProtected), "{:?}", made.bars);
    let sent = ShareSentInput {
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        how: "by e-mail to the desk".into(),
        reference: String::new(),
        had_left: false,
    };
    let failure = Failure::from(share_sent(&mut vault, id, &sent, at(88)).unwrap_err());
    assert_eq!(failure.fields[0].field, "had_left");
}

#[test]
fn a_newer_paper_takes_the_place_of_the_older_and_whoever_got_that_is_told() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(&dir.path().join("vault"));
    let (case, decision, _) = decided(&mut vault, true);
    let old = add(&mut vault, case, outside.path(), ("l.pdf", &letter()), said(vec![], ""));
    let_page_go(&mut vault, case, old, &page(1, 1, 200), at(81)).unwrap();
    let share_it = |vault: &mut Vault, paper, name: &str, minute| {
        let view = share(vault, decision, at(minute)).unwrap();
        let path = outside.path().join(name);
        let id =
            save_share(vault, saving(decision, typed(&view, &[paper], vec![]), &path), at(minute)).unwrap();
        let sent = ShareSentInput {
            when: Some(LeftTyped::Now),
            check: Some(CheckedBy::RangBack),
            checked: String::new(),
            how: "by e-mail to the desk".into(),
            reference: String::new(),
            had_left: false,
        };
        share_sent(vault, id, &sent, at(minute)).unwrap();
        (id, layers(&path))
    };
    let (first, _) = share_it(&mut vault, old, "first.pdf", 83);
    let line = |vault: &Vault, minute| share(vault, decision, at(minute)).unwrap().papers.remove(0);
    assert_eq!(line(&vault, 84).before, None);

    // Without a reason nothing comes in, and the older one stands.
    let newer = |why: &str| PaperInput {
        what: "Letter of the school, corrected".into(),
        instead: Some(old),
        why: why.into(),
        ..said(vec![], "")
    };
    let path = outside.path().join("new.pdf");
    fs::write(&path, letter()).unwrap();
    let refused = at_once(AddPaper::new(case, path.clone(), newer(" ")), &mut vault, at(85)).unwrap_err();
    assert_eq!(Failure::from(refused).fields[0].field, "reason");
    assert_eq!(line(&vault, 85).paper, old);
    let new = at_once(AddPaper::new(case, path, newer("They sent it again.")), &mut vault, at(86)).unwrap();
    let view = share(&vault, decision, at(87)).unwrap();
    assert_eq!(view.papers.len(), 1, "the older one is offered no more");
    assert_eq!(view.papers[0].paper, new);
    let before = view.papers[0].before.clone().unwrap();
    assert_eq!((before.what.as_str(), before.replaced), ("Letter of the school", true));
    assert_eq!(before.sent_at, Some(at(83)));
    // Whoever has it is named, with the notice drafted.
    let notices = |vault: &Vault, minute| -> Vec<ToDoLine> {
        let lines = today::duties_of(vault, case, None, at(minute)).unwrap().lines;
        lines.into_iter().filter(|line| line.notice).collect()
    };
    let open = notices(&vault, 87);
    assert_eq!(open.len(), 1, "{open:?}");
    let notice = account::notice(&vault, open[0].id, at(88)).unwrap();
    let how: Vec<_> = notice.changes.iter().map(|one| (one.of, one.number, one.count, one.how)).collect();
    assert_eq!(how, [(first, 1, 1, NoticeHow::PaperReplaced)]);
    assert!(!notice.text.contains("school"), "{}", notice.text);
    // What goes now says which share it replaces, so that the other side can tell which one counts.
    let_page_go(&mut vault, case, new, &page(1, 1, 90), at(89)).unwrap();
    let (second, pages) = share_it(&mut vault, new, "second.pdf", 90);
    let made = share(&vault, decision, at(91)).unwrap().made;
    let reference = &made.iter().find(|one| one.id == first).unwrap().reference;
    assert!(pages.contains(reference.as_str()), "{reference}: {pages}");
    // A paper that is corrected or taken out is told to whoever has it as well.
    let corrected = PaperInput { from: "Fablewell Nursery".into(), ..said(vec![], "") };
    amend_paper(&mut vault, case, new, &corrected, "It was the nursery.", at(92)).unwrap();
    let of_second = |vault: &Vault, minute| -> Vec<NoticeHow> {
        let all = notices(vault, minute).into_iter();
        let all = all.flat_map(|one| account::notice(vault, one.id, at(minute)).unwrap().changes);
        all.filter(|one| one.of == second).map(|one| one.how).collect()
    };
    assert_eq!(of_second(&vault, 93), [NoticeHow::PaperCorrected]);
    withdraw_paper(&mut vault, case, new, "Another child's.", at(94)).unwrap();
    assert_eq!(of_second(&vault, 95), [NoticeHow::PaperTakenOut]);
    assert_eq!(notices(&vault, 95).len(), 2, "one duty for each share, however often it changes");
}
