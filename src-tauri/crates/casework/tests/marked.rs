//! A language is a set of files: with one in which every word is marked, installed as a translator would bring it,
//! no paper says a word without the mark but what somebody typed, names and codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use sharewell_casework::guidance::{self, library, marked, serving};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Vault, children, clock, decide, emergency, handover, paper, settings, start, today,
};
use sharewell_documents::marked::{MARK, unmarked};
use sharewell_documents::{Language, MARKED};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{Signer as _, SigningKey, pack as signed};
use sharewell_guidance::Files;
use support::*;

/// England's pack of today with the marked language beside its own, as a newer edition.
fn pack() -> Files {
    let base = serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap();
    let mut files = marked::spoken_too(base.files.clone());
    let mut about: toml::Table = std::str::from_utf8(&files["pack.toml"]).unwrap().parse().unwrap();
    about.insert("version".into(), format!("{}.1", base.pack.version).into());
    about.insert("supersedes".into(), format!("england@{}", base.pack.version).into());
    files.insert("pack.toml".into(), toml::to_string(&about).unwrap().into_bytes());
    files
}

/// A vault that speaks the marked language, with its pack in use.
fn speaking(dir: &Path) -> (Vault, RecoveryCodeView) {
    let (mut vault, code) = unconfirmed(dir);
    start::confirm_recovery_code(&mut vault, &secret(&code.groups.join(" ")), at(0)).unwrap();
    let chosen = Settings { language: MARKED.tag().into(), ..settings::current(&vault).unwrap() };
    settings::save_settings(&mut vault, &chosen, at(0)).unwrap();
    let (key, _) = SigningKey::generate().unwrap();
    let keys = [key.public_key()];
    let path = dir.join("marked.sharewell-pack");
    std::fs::write(&path, signed::write(&pack(), &key).unwrap()).unwrap();
    let shown = guidance::preview_pack(&vault, &path, &keys, at(0)).unwrap();
    assert!(shown.title.starts_with(MARK), "the preview speaks it too: {}", shown.title);
    guidance::install_pack(&mut vault, &path, &shown.hash, &keys, at(0)).unwrap();
    (vault, code)
}

/// Everything that was typed below, and the names and codes that no language changes.
const TYPED: &[&str] = &[
    "Nia Exampleton Health visitor Fablewell Community Health Ada Mockford Fablewell Front Door",
    "Ada Mockford, named nurse Talked it through without names.",
    "Ayla Sampleton Jo Sampleton Mornings mornings FCH Mrs Fictley",
    "The mornings weigh more than the unease. That Ayla comes without breakfast.",
    "breakfast and a quiet start as noted I do not want the school to know.",
    "Jo may feel let down Ayla stays without breakfast settled with social care",
    "said it in her own words Came without breakfast.",
    "Police A child alone at an open window on the second floor.",
    "Rang 999 and stayed below the window. A small child alone at an open window.",
    "Jo was told on the spot. They hit at home Teacher School Court Order",
    "Sharewell england",
];

/// Sources keep the titles that their publishers gave them, and what is cited of them its name.
fn sources() -> Vec<String> {
    let base = serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap();
    let pack = &base.pack;
    let named = pack.sources.iter().map(|one| format!("{} {} {}", one.id, one.title, one.publisher));
    let of_steps = pack.steps().iter().flat_map(|one| &one.sources);
    let of_outcomes = pack.outcomes().iter().flat_map(|one| &one.sources);
    let of_duties = pack.obligations().iter().flat_map(|one| &one.sources);
    let cited = of_steps.chain(of_outcomes).chain(of_duties);
    named.chain(cited.map(|cite| cite.place.clone())).collect()
}

fn allowed() -> BTreeSet<String> {
    let sources = sources();
    let all = TYPED.iter().copied().chain(sources.iter().map(String::as_str));
    all.flat_map(|line| line.split(|sign: char| !sign.is_alphabetic())).map(str::to_owned).collect()
}

/// No word of a text is unmarked but what is allowed, and the text is no empty one.
fn speaks(what: &str, read: &str) {
    let allowed = allowed();
    // A hash is no word; nor is the id of a vault.
    let code = |word: &str| word.len() <= 8 && word.chars().all(|sign| sign.is_ascii_hexdigit());
    let plain = unmarked(read, |word| allowed.contains(word) || code(word));
    let words = read.split(MARK).count();
    assert!(plain.is_empty(), "{what} says in no language: {plain:?}\n{read}");
    assert!(words > 20, "{what} says something: {words}");
}

fn pages(pdf: &Path) -> String {
    let done =
        Command::new("pdftotext").args(["-enc", "UTF-8", pdf.to_str().unwrap(), "-"]).output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap().replace('\u{200b}', "")
}

/// What comes after a signature, for the paper to tell.
fn later_acts(vault: &mut Vault, case: CaseId, mother: PersonId, decision: &DecisionView) {
    let left = DisclosureInput {
        decision: Some(decision.id),
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "Teacher".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(Route::Telephone),
        what: "Came without breakfast.".into(),
        why: "The mornings weigh more than the unease.".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    children::record_disclosure(vault, case, left, at(71)).unwrap();
    let decision = decide::decision(vault, decision.id, at(71)).unwrap();
    let open = |one: &&ObligationView| one.state == DutyState::Outstanding;
    for (number, duty) in decision.obligations.iter().filter(open).enumerate() {
        let how = match number {
            0 => Settlement::NotNeeded { reason: "as noted".into() },
            _ => Settlement::Done { note: "as noted".into() },
        };
        today::settle_obligation(vault, duty.id.unwrap(), how, at(71)).unwrap();
    }
    let jo = person("Jo Court Sampleton", PersonRole::Parent);
    children::amend_person(vault, case, mother, jo, "as noted", at(71)).unwrap();
    let begin = BeginInput { follows: Some(decision.id), ..BeginInput::of(Trigger::NewFacts) };
    let place = decide::begin_decision(vault, case, &begin, at(71)).unwrap();
    let outcome = answer_from(vault, place, &refusal(), 71);
    sign_off(vault, outcome.decision, signing(&outcome), at(140)).unwrap();
}

#[test]
fn a_language_that_comes_as_files_leaves_no_word_of_ours_on_any_paper() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = speaking(dir.path());
    let paper_at = |name: &str| dir.path().join(name);
    let (case, child, mother) = family(&mut vault);
    let seen = item("Came without breakfast.", vec![child]);
    children::add_item(&mut vault, case, seen, at(4)).unwrap();
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::UnsafePhone),
        reason: "They hit at home".into(),
        review: None.into(),
    };
    children::set_flag(&mut vault, case, flag, at(5)).unwrap();

    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    assert!(outcome.heading.starts_with(MARK), "the advice speaks it: {}", outcome.heading);
    let decision = sign_off(&mut vault, outcome.decision, signing(&outcome), at(70)).unwrap();
    later_acts(&mut vault, case, mother, &decision);
    paper::save_decision_pdf(&mut vault, decision.id, &paper_at("decision.pdf"), at(141)).unwrap();
    speaks("a decision", &pages(&paper_at("decision.pdf")));

    let typed = EmergencyInput {
        case: Some(case),
        child: "Ayla".into(),
        attempts: vec![AttemptInput {
            who: "Police".into(),
            number: "999".into(),
            result: AttemptResult::Told,
            said: String::new(),
            at: None,
        }],
        told: "A child alone at an open window on the second floor.".into(),
        others_at_risk: String::new(),
        worker_safe: Some(true),
    };
    let mut first = EmergencyInput { told: String::new(), worker_safe: Some(false), ..typed.clone() };
    first.attempts[0].result = AttemptResult::NoAnswer;
    first.attempts[0].at = Some(at(79));
    let told = emergency::record_emergency(&mut vault, None, first, at(79)).unwrap();
    let told = emergency::record_emergency(&mut vault, Some(told.id), typed, at(80)).unwrap();
    let written = WriteUpInput {
        case: Some(case),
        account: "Rang 999 and stayed below the window.".into(),
        why_urgent: "A small child alone at an open window.".into(),
        explained: "Jo was told on the spot.".into(),
        held_back: String::new(),
        staff: false,
        restricted_file: None,
    };
    emergency::write_up_emergency(&mut vault, told.id, written, at(90)).unwrap();
    paper::save_emergency_pdf(&mut vault, told.id, &paper_at("emergency.pdf"), at(91)).unwrap();
    speaks("an emergency", &pages(&paper_at("emergency.pdf")));

    paper::save_file_summary(&mut vault, case, &paper_at("file.pdf"), at(92)).unwrap();
    speaks("a child's file", &pages(&paper_at("file.pdf")));

    paper::save_recovery_kit(&mut vault, &paper_at("kit.pdf"), &secret(&code.groups.join("-")), at(93))
        .unwrap();
    let kit = code.groups.iter().fold(pages(&paper_at("kit.pdf")), |kit, group| kit.replace(group, ""));
    speaks("a recovery kit", &kit);

    library::save_flow_map(&mut vault, Nation::England, Some(decision.id), &paper_at("map.svg"), at(94))
        .unwrap();
    let map = std::fs::read_to_string(paper_at("map.svg")).unwrap();
    let said = map.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, said)| said);
    let said = said.collect::<Vec<_>>().join("\n").replace("&amp;", "&").replace("&quot;", "\"");
    speaks("a flow map", &said);

    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(95)).unwrap();
    let bag = paper_at("handover.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &bag, at(96)).unwrap();
    // A path of the bag is no word, and a moment has its `T`.
    let said = readme(&bag, &identity);
    let first_page = said.lines().filter(|line| !line.starts_with("  tables/"));
    speaks(
        "the first page of a handover",
        &first_page.collect::<Vec<_>>().join("\n").replace("T0", " 0").replace("T1", " 1"),
    );
    let handed = allegation::opened(&vault, &bag, &identity);
    assert_eq!(handed.documents.len(), 3, "two decisions and the emergency");
    for document in handed.documents {
        std::fs::write(paper_at("handed.pdf"), &document.bytes).unwrap();
        speaks("a paper of a handover", &pages(&paper_at("handed.pdf")));
    }

    let protect = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "They hit at home".into(),
        review: None.into(),
    };
    children::set_flag(&mut vault, case, protect, at(97)).unwrap();
    paper::save_restricted_sheet(&mut vault, case, &paper_at("sheet.pdf"), at(98)).unwrap();
    speaks("a sheet of protected names", &pages(&paper_at("sheet.pdf")));
}

#[test]
fn a_vault_that_chose_no_language_speaks_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    assert_eq!(
        (settings::current(&vault).unwrap().language.as_str(), Language::default()),
        ("", Language::first())
    );
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(10)).unwrap();
    let read = pages(&path);
    assert!(read.contains("File of Ayla Sampleton") && !read.contains(MARK), "{read}");
}
