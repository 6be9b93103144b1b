//! A protected person leaves by no door.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::io::Read as _;
use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Kdf, Vault, calls, children, countersign, decide, emergency, handover, paper as papers,
    search, share, start, today,
};
use sharewell_exchange::keys::Identity;
use support::*;

/// What somebody wrote of Mrs Zoë Madeup, once Formerly, and whether it is her name.
const TEXTS: &[(&str, bool)] = &[
    ("Zoë Madeup", true),
    ("Zoe", true),
    ("ZOE\u{308}", true),
    ("Madeup, Zoë", true),
    ("Mrs Madeup", true),
    ("Mrs. Z. Madeup", true),
    ("Zoe’s", true),
    ("the Madeups", false),
    ("Zo\u{ad}ë Made\u{200b}up", true),
    ("Zoë\u{a0}Madeup", true),
    ("Zoë Formerly", true),
    ("zoe.madeup@example.org", false),
    ("07700900461", false),
    ("+44 7700 900461", false),
    ("+44 (0)7700 900 461", false),
    ("999 000 0018", false),
    ("Nosuch House", false),
    ("27 Mock Terrace", false),
    ("mock terrace", false),
    ("AB12CD", false),
    ("ab1 2cd", false),
    ("88 Refuge Street", false),
];

/// What must stay as it is: others' names, and words that look like hers.
const STAYS: &[&str] = &["Mrs Fictley at school", "Ayla Sampleton", "Jo Sampleton", "made up", "Fablewell"];

/// What tells who or where she is, in letters and digits alone.
const TELLING: &[&str] = &[
    "zoe",
    "madeup",
    "formerly",
    "900461",
    "9990000018",
    "nosuchhouse",
    "mockterrace",
    "ab12cd",
    "refugestreet",
];

/// All that was written of her, and of others, in one text.
fn everything() -> String {
    let texts = TEXTS.iter().map(|(text, _)| *text).chain(STAYS.iter().copied());
    texts.collect::<Vec<_>>().join("; ")
}

fn bare(text: &str) -> String {
    // Words that must stay although, run together, they would tell.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("made up", "");
    fold(&text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[track_caller]
fn holds_nothing_of_her(place: &str, text: &str) {
    let bare = bare(text);
    for telling in TELLING {
        assert!(!bare.contains(telling), "{place}: {telling} in {text}");
    }
}

fn failure<T>(result: sharewell_casework::Result<T>) -> Failure {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.into(),
    }
}

fn carer(name: &str) -> PersonInput {
    PersonInput {
        birth: Some(Birth::Born { on: day(1990, 1, 2) }.into()),
        identifiers: vec![Identifier::of(IdentifierKind::NhsNumber, "9990000018".into())],
        address: "Nosuch House, 27 Mock Terrace, Fablewell AB1 2CD".into(),
        phone: "07700 900461".into(),
        ..person(name, PersonRole::Carer)
    }
}

/// A child's file with a protected carer who had another name and home before.
fn protected_file(vault: &mut Vault) -> (CaseId, PersonId) {
    let (case, child, _) = family(vault);
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Carer),
        parental_responsibility: Some(ParentalResponsibility::NotKnown),
        same_home: Some(true),
        note: everything(),
    };
    let before = PersonInput { address: "88 Refuge Street, Hiddenham".into(), ..carer("Zoë Formerly") };
    let zoe = children::add_person(vault, case, before, Some(tie), at(4)).unwrap();
    children::amend_person(vault, case, zoe, carer("Mrs Zoë Madeup"), "Married", at(5)).unwrap();
    let flag = FlagInput {
        person: Some(zoe),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: format!("Hidden: {}", everything()),
        review: DayTyped::default(),
    };
    children::set_flag(vault, case, flag, at(6)).unwrap();
    (case, zoe)
}

fn share() -> DisclosureInput {
    DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "School".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: everything(),
        route: Some(Route::Telephone),
        what: everything(),
        why: everything(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    }
}

/// A handover's members by path, without what is restricted.
fn members(path: &Path, identity: &Identity) -> Vec<(String, Vec<u8>)> {
    use secrecy::ExposeSecret as _;
    let key: age::x25519::Identity = identity.to_secret().expose_secret().parse().unwrap();
    let plain = age::decrypt(&key, &std::fs::read(path).unwrap()).unwrap();
    let mut archive = tar::Archive::new(&plain[..]);
    let mut all = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        all.push((name, bytes));
    }
    all.retain(|(name, _)| !name.contains("restricted/") && !name.ends_with("entries.ndjson"));
    all
}

#[test]
fn what_is_protected_is_hidden_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, zoe) = protected_file(&mut vault);

    // Everything that a person can write, written into everything that can be written.
    children::add_item(&mut vault, case, item(&format!("Visit. {}", everything()), vec![]), at(7)).unwrap();
    children::record_disclosure(&mut vault, case, share(), at(8)).unwrap();
    let told = EmergencyInput {
        case: Some(case),
        child: "Ayla".into(),
        attempts: vec![AttemptInput {
            who: format!("Police, {}", everything().chars().take(60).collect::<String>()),
            number: "999".into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        }],
        told: everything(),
        others_at_risk: everything(),
        worker_safe: Some(true),
    };
    // Told otherwise at first, so that the earlier form stands on its paper too.
    let otherwise = EmergencyInput {
        told: format!("First: {}", everything()),
        others_at_risk: format!("First: {}", everything()),
        ..told.clone()
    };
    let first = emergency::record_emergency(&mut vault, None, otherwise, at(8)).unwrap();
    let told = emergency::record_emergency(&mut vault, Some(first.id), told, at(9)).unwrap();
    let written_up = WriteUpInput {
        case: Some(case),
        account: everything(),
        why_urgent: everything(),
        explained: everything(),
        held_back: everything(),
        staff: false,
        restricted_file: None,
    };
    emergency::write_up_emergency(&mut vault, told.id, written_up, at(10)).unwrap();
    let said = Answer::Adviser {
        who: "Ada Mockford, named nurse".into(),
        own_agency: true,
        named: false,
        result: AdviserResult::Agrees,
        said: everything(),
    };
    let answers = gates(&[
        ("would-change", words("yes", &everything())),
        ("consent", words("refused", &everything())),
        ("weighing", weighing(Heavier::Share)),
        ("adviser", said),
    ]);
    let outcome = answer_all(&mut vault, case, &answers, 20);
    let mut draft = signing(&outcome);
    draft.reasons = everything();
    draft.what = everything();
    draft.alternatives = everything();
    draft.recipient.reach = "01632 960199".into();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(91)).unwrap();
    // What came after the signature, in both forms.
    let left = DisclosureInput { decision: Some(signed.id), ..share() };
    children::record_disclosure(&mut vault, case, left, at(92)).unwrap();
    let since = decide::decision(&vault, signed.id, at(92)).unwrap();
    for duty in since.obligations.iter().filter(|one| one.state == DutyState::Outstanding) {
        let done = Settlement::Done { note: everything() };
        today::settle_obligation(&mut vault, duty.id.unwrap(), done, at(92)).unwrap();
    }
    let renamed = carer("Mrs Zoë Madeup Formerly");
    children::amend_person(&mut vault, case, zoe, renamed, &everything(), at(92)).unwrap();

    // Paper: pages, metadata and attachments.
    let paper = |name: &str| dir.path().join(name);
    papers::save_file_summary(&mut vault, case, &paper("file.pdf"), at(92)).unwrap();
    papers::save_decision_pdf(&mut vault, signed.id, &paper("decision.pdf"), at(92)).unwrap();
    papers::save_emergency_pdf(&mut vault, told.id, &paper("emergency.pdf"), at(92)).unwrap();
    for name in ["file.pdf", "decision.pdf", "emergency.pdf"] {
        let found = pdf::everything_in(&paper(name));
        for (place, text) in &found {
            holds_nothing_of_her(&format!("{name}, {place}"), text);
        }
        let read: String = found.iter().map(|(_, text)| text.as_str()).collect();
        let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(read.contains("[Protected person 1, carer]"), "{name}: called as in the tables");
        for stays in STAYS {
            assert!(read.contains(stays), "{name}: {stays} is gone");
        }
        let history = found.iter().find(|(_, text)| text.contains("\"history\": ["));
        assert_eq!(history.is_none(), name == "file.pdf", "{name}: what came later stands on it");
    }

    // The one exempt door, by its name: the separate sheet, on which her names and whereabouts stand, and nothing else.
    papers::save_restricted_sheet(&mut vault, case, &paper("sheet.pdf"), at(92)).unwrap();
    let found = pdf::everything_in(&paper("sheet.pdf"));
    let (_, pages) = found.iter().find(|(place, _)| place == "pages").unwrap();
    for telling in ["Mrs Zoë Madeup", "27 Mock Terrace", "07700 900461", "Protected person 1, carer"] {
        assert!(pages.contains(telling), "sheet.pdf: {telling} in {pages}");
    }
    for (place, text) in &found {
        // Neither the child's name nor what the file tells: whoever finds it learns of no family.
        for others in ["Ayla", "Sampleton", "Visit.", "without breakfast"] {
            let typed = everything().contains(others);
            assert!(typed || !text.contains(others), "sheet.pdf, {place}: {others} in {text}");
        }
    }
    for (place, text) in found.iter().filter(|(place, _)| place == "information" || place == "metadata") {
        holds_nothing_of_her(&format!("sheet.pdf, {place}"), text);
    }

    // The handover: tables, papers, what it says of itself, and the names of its files.
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &key, "Council", at(93)).unwrap();
    handover::make_handover(&mut vault, &[case], &key, &paper("x.sharewell"), at(94)).unwrap();
    let members = members(&paper("x.sharewell"), &identity);
    assert!(members.iter().any(|(name, _)| name.ends_with("README.txt")), "its words are read too");
    let mut papers = 0;
    for (name, bytes) in members {
        holds_nothing_of_her("a file's name", &name);
        if name.ends_with(".pdf") {
            papers += 1;
            std::fs::write(paper("one.pdf"), bytes).unwrap();
            for (place, text) in pdf::everything_in(&paper("one.pdf")) {
                holds_nothing_of_her(&format!("{name}, {place}"), &text);
            }
        } else {
            let text = String::from_utf8(bytes).unwrap();
            holds_nothing_of_her(&name, &text);
            if name.ends_with("tables/items.csv") {
                assert!(text.contains("[Protected person 1, carer]"), "one label on paper and in tables");
                assert!(STAYS.iter().all(|stays| text.contains(stays)), "{text}");
            }
        }
    }
    assert_eq!(papers, 2, "the decision and the emergency");

    // Search, which shows rows and no words of a file that protects somebody.
    let found = search::search(&mut vault, "visit", at(95)).unwrap();
    assert!(!found.hits.is_empty());
    for hit in &found.hits {
        assert!(hit.flagged);
        holds_nothing_of_her("search", &hit.pieces.concat());
    }

    // What a colleague reads who countersigns.
    let ask = countersign::ask_countersignature(&mut vault, signed.id, &paper("ask"), at(96)).unwrap();
    let lead = NewPractitioner { name: "Ada Mockford".into(), ..practitioner() };
    let elsewhere = dir.path().join("lead");
    let (mut lead, code) =
        start::create_vault_with(&elsewhere, lead, secret(PASSPHRASE), Kdf::weak_for_tests(), at(0)).unwrap();
    start::confirm_recovery_code(&mut lead, &secret(&code.groups.join(" ")), at(0)).unwrap();
    let code = ask.asked.unwrap().code.join(" ");
    let shown = countersign::open_ask(&lead, &paper("ask"), &code, at(97)).unwrap();
    holds_nothing_of_her("countersign", &serde_json::to_string(&shown).unwrap());
    assert!(shown.decision.reasons.contains("Mrs Fictley at school"));

    what_goes_to_somebody(&mut vault, case, dir.path());
}

/// What leaves for one recipient: said in a call, confirmed in writing, and as a file.
fn what_goes_to_somebody(vault: &mut Vault, case: CaseId, dir: &Path) {
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: everything() }),
        ("asked", words("unsafe", &everything())),
        ("body", choice("public")),
    ];
    let outcome = answer_all(vault, case, &said, 100);
    let mut draft = signing(&outcome);
    draft.reasons = everything();
    draft.what = everything();
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = everything();
    }
    let signed = sign_off(vault, outcome.decision, draft, at(180)).unwrap();
    let paper = |name: &str| dir.join(name);

    // What was confirmed in writing, section by section as it is copied and on paper, and what is said in a call.
    let written = signed.obligations.iter().find(|one| one.duty == Duty::ConfirmInWriting).unwrap();
    let referral = papers::referral(vault, written.id.unwrap(), at(181)).unwrap();
    assert!(referral.leftovers.is_empty() && referral.sections.len() > 5);
    for section in &referral.sections {
        holds_nothing_of_her(&section.title, &section.text);
        for line in &section.lines {
            holds_nothing_of_her(&section.title, &[&*line.text, &*line.speaker, &*line.when].join(" "));
        }
    }
    let save = papers::SaveReferral { duty: written.id.unwrap(), path: paper("referral.pdf") };
    papers::save_referral_pdf(vault, save, at(181)).unwrap();
    for (place, text) in pdf::all_of(&paper("referral.pdf")) {
        holds_nothing_of_her(&format!("referral.pdf, {place}"), &text);
    }

    let act = signed.obligations.iter().find(|one| one.duty == Duty::Act).unwrap();
    let card = calls::call(vault, signed.id, &act.key, at(181)).unwrap();
    assert!(card.say.iter().any(|line| line.text.contains("Mrs Fictley at school")), "{:?}", card.say);
    for line in &card.say {
        holds_nothing_of_her("what is said in a call", &format!("{} {}", line.text, line.source));
    }

    // A share, once its words open it, and the message that goes with it.
    for line in share::extent_of_share(vault, signed.id, 0, at(181)).unwrap().lines {
        let goes = ExtentMove::Choose { item: line.item, choice: Choice::Goes };
        share::move_extent_of_share(vault, signed.id, &goes, 0, at(181)).unwrap();
    }
    let page = share::share(vault, signed.id, at(181)).unwrap();
    assert!(!page.items.is_empty() && page.leftovers.is_empty());
    holds_nothing_of_her("what a share offers", &serde_json::to_string(&page.offered).unwrap());
    for one in &page.items {
        holds_nothing_of_her("a note that a share offers", &format!("{} {}", one.text, one.source));
    }
    let items: Vec<ItemId> = page.items.iter().map(|one| one.item).collect();
    let texts = share::share_texts(vault, signed.id, &items, &[], at(180)).unwrap();
    let named = texts.people.iter().map(|one| Named { person: one.person, goes: NameGoes::Stays });
    let typed = ShareInput {
        papers: vec![],
        names: named.collect(),
        items,
        ask: everything(),
        by: String::new(),
        urgency: String::new(),
        at_risk: everything(),
        keeping: Some(ShareKeeping::WhoActs),
        route: Some(Route::EncryptedFile),
        to_key: false,
        why_open: String::new(),
    };
    let words = "broomstick jellyfish nightingale watermelon thunderbolt hedgehog";
    let save =
        share::SaveShare { decision: signed.id, typed, words: secret(words), path: paper("share.pdf") };
    let made = share::save_share(vault, save, at(181)).unwrap();
    pdf::decrypted(&paper("share.pdf"), words, &paper("open.pdf"));
    let found = pdf::all_of(&paper("open.pdf"));
    for (place, text) in &found {
        holds_nothing_of_her(&format!("share.pdf, {place}"), text);
    }
    let (_, pages) = found.first().unwrap();
    for stays in STAYS {
        let pages = pages.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(pages.contains(stays), "share.pdf: {stays} is gone: {pages}");
    }
    holds_nothing_of_her("the message", &share::share_message(vault, made, at(182)).unwrap());
}

#[test]
fn nothing_goes_to_a_protected_person_by_name_and_everybody_says_so_alike() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _) = protected_file(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 20);
    for (text, is_name) in TEXTS.iter().filter(|(text, _)| !text.contains(['’', '\u{ad}'])) {
        // Limits name nobody at all, by no form.
        let limits = DisclosureInput { limits: format!("Not to {text}."), ..share() };
        let refused = failure(children::record_disclosure(&mut vault, case, limits, at(30)));
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::NamesProtected, Some("limits")),
            "{text}"
        );
        if !is_name || text.contains("Formerly") {
            continue;
        }
        let to_her = DisclosureInput { recipient: (*text).to_owned(), ..share() };
        let refused = failure(children::record_disclosure(&mut vault, case, to_her, at(30)));
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::NamesProtected, Some("recipient")),
            "{text}"
        );
        let mut draft = signing(&outcome);
        draft.recipient.name = (*text).to_owned();
        decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(31)).unwrap();
        let told: Vec<(String, Code)> = decide::check(&vault, outcome.decision, at(31))
            .unwrap()
            .missing
            .into_iter()
            .map(|one| (one.field, one.code))
            .collect();
        assert_eq!(told, [("recipient".into(), Code::NamesProtected)], "told before signing: {text}");
        let refused = failure(sign_off(&mut vault, outcome.decision, draft, at(32)));
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::NamesProtected, Some("recipient")),
            "{text}"
        );
        let identity = Identity::generate().recipient().to_string();
        handover::import_recipient(&mut vault, &identity, text, at(33)).unwrap();
        let refused =
            failure(handover::make_handover(&mut vault, &[case], &identity, &dir.path().join("h"), at(34)));
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::NamesProtected, Some("recipient")),
            "{text}"
        );
        let advice = AdviceInput {
            adviser: (*text).to_owned(),
            own_agency: Some(true),
            named: Some(false),
            question: "May I?".into(),
            answer: "Yes".into(),
            followed: Some(FollowedChoice::Yes),
            reason: String::new(),
            at: Some(Occurred::Day { on: day(2026, 10, 5) }.into()),
        };
        let refused = failure(children::record_advice(&mut vault, case, &advice, at(35)));
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::NamesProtected, Some("adviser")),
            "{text}"
        );
    }
    // A worker who shares a name with her is told all the same.
    for who in ["Zoe Tan, MASH", "PC Madeup 1234", "Children’s social care"] {
        let to = DisclosureInput { recipient: who.into(), ..share() };
        children::record_disclosure(&mut vault, case, to, at(40)).unwrap();
    }
}
