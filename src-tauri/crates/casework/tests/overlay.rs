//! An agency's own protocol from a signed file: laid over the nation's guidance, and never in its way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sharewell_casework::guidance::{self, library, serving};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, PackFaultKind, PublicKey, Result, Vault, clock, decide};
use sharewell_exchange::{Signer as _, SigningKey, pack as signed};
use sharewell_guidance::{Files, content_hash};
use support::*;

/// The invented protocol, for England's guidance as it is now, from a day before these tests.
fn fablewell(changes: &[(&str, &str, &str)]) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/overlay/fablewell");
    let mut files = Files::new();
    for path in ["overlay.toml", "steps.toml", "outcomes.toml", "library.toml", "text/en.toml"] {
        files.insert(path.into(), std::fs::read(root.join(path)).unwrap());
    }
    let (zeros, now) = ("0".repeat(64), base().pack.hash.to_string());
    let usual =
        [("overlay.toml", zeros.as_str(), now.as_str()), ("overlay.toml", "2026-11-01", "2026-10-01")];
    for (path, from, to) in usual.iter().chain(changes) {
        let text = String::from_utf8(files[*path].clone()).unwrap();
        assert!(text.contains(from), "{path} holds {from}");
        files.insert((*path).into(), text.replacen(from, to, 1).into_bytes());
    }
    files
}

fn base() -> Arc<serving::Carried> {
    serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap()
}

struct Agency {
    dir: tempfile::TempDir,
    key: SigningKey,
    vault: Vault,
}

impl Agency {
    /// A vault, and an agency whose key it does not know yet.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = vault(&dir.path().join("vault"));
        Self { dir, key: SigningKey::generate().unwrap().0, vault }
    }

    fn known() -> Self {
        let mut agency = Self::new();
        let key = agency.key.public_key().to_string();
        guidance::import_agency_key(&mut agency.vault, &format!(" {key} "), "Fablewell", &[], at(4)).unwrap();
        agency
    }

    fn write(&self, files: &Files) -> PathBuf {
        let path = self.dir.path().join("protocol.sharewell-pack");
        std::fs::write(&path, signed::write(files, &self.key).unwrap()).unwrap();
        path
    }

    fn look(&self, files: &Files) -> Result<PackPreview> {
        guidance::preview_pack(&self.vault, &self.write(files), &[], at(5))
    }

    fn install(&mut self, files: &Files, minute: i64) -> Result<GuidancePage> {
        let path = self.write(files);
        let shown = guidance::preview_pack(&self.vault, &path, &[], at(minute))?.hash;
        guidance::install_pack(&mut self.vault, &path, &shown, &[], at(minute))
    }
}

fn code<T>(result: Result<T>) -> Code {
    Failure::from(result.err().expect("it was to be refused")).code
}

fn england(page: &GuidancePage) -> &NationGuidance {
    page.nations.iter().find(|one| one.nation == Nation::England).unwrap()
}

/// The advice where harm is suspected, everything written up.
fn harm(vault: &mut Vault, case: CaseId, from: i64) -> OutcomeView {
    let signs = Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() };
    answer_all(vault, case, &[("danger", choice("no")), ("harm", choice("yes")), ("signs", signs)], from)
}

#[test]
fn a_protocol_is_shown_taken_into_use_followed_and_taken_out_again() {
    let mut agency = Agency::known();
    let preview = agency.look(&fablewell(&[])).unwrap();
    assert_eq!((preview.what, preview.nation), (PackKind::Overlay, Nation::England));
    assert_eq!(preview.name, "fablewell@2026-11");
    assert_eq!(preview.title, "Fablewell's own protocol");
    assert_eq!(preview.compared_with, "england@2024-05");
    assert_eq!(preview.hash, content_hash(&fablewell(&[])).to_string());
    assert_eq!((preview.sources.local, preview.sources.original), (1, 0), "its own sources alone");
    assert_eq!(
        preview.change.steps.added,
        ["Did the children's social care (the MASH) give you a reference number?"]
    );
    assert_eq!(preview.change.obligations.changed.len(), 1, "one deadline is made sooner");

    let page = agency.install(&fablewell(&[]), 6).unwrap();
    let nation = england(&page);
    assert_eq!(
        nation.current.as_ref().unwrap().hash,
        base().pack.hash.to_string(),
        "the nation's is the same"
    );
    let [laid] = nation.overlays.as_slice() else { panic!("{:?}", nation.overlays) };
    assert!(laid.serves && laid.unreadable.is_none());
    assert_eq!((laid.agency.as_str(), laid.name.as_str()), ("Fablewell", "fablewell@2026-11"));
    assert_eq!(laid.signer, page.agencies[0].fingerprint);

    let (case, ..) = family(&mut agency.vault);
    let outcome = harm(&mut agency.vault, case, 10);
    let wording =
        |view: &DecisionView| view.obligations.iter().map(|one| one.title.clone()).collect::<Vec<_>>();
    let signed = sign_off(&mut agency.vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    assert_eq!(signed.pack, support::pack_name("2024-05", Some("fablewell 2026-11")));
    assert!(wording(&signed).iter().any(|title| title.contains("ask for a reference number")), "{signed:?}");
    assert!(signed.obligations[0].duty == Duty::Act, "the act itself stays first");
    let article = library::article(&agency.vault, Nation::England, "fablewell-contacts", at(81)).unwrap();
    assert!(format!("{article:?}").contains("01632 960702"), "its numbers stand in the library");

    let page = guidance::remove_pack(&mut agency.vault, &laid.hash, "A new one comes", &[], at(82)).unwrap();
    assert!(england(&page).overlays.is_empty());
    assert_eq!(england(&page).removed[0].name, "fablewell@2026-11");
    let again = decide::decision(&agency.vault, signed.id, at(83)).unwrap();
    assert_eq!(wording(&again), wording(&signed), "it replays from the bytes that were kept");
    let outcome = harm(&mut agency.vault, case, 90);
    let alone = sign_off(&mut agency.vault, outcome.decision, signing(&outcome), at(190)).unwrap();
    assert_eq!(alone.pack, support::pack_name("2024-05", None));
}

#[test]
fn only_a_known_agency_lays_its_protocol_and_never_vouches_for_a_nation() {
    let mut agency = Agency::new();
    assert_eq!(code(agency.look(&fablewell(&[]))), Code::PackNotTrusted);
    let junk = guidance::import_agency_key(&mut agency.vault, "age1notakey", "Fablewell", &[], at(3));
    assert_eq!(code(junk), Code::BadSigningKey);
    let key = agency.key.public_key().to_string();
    let nameless = guidance::import_agency_key(&mut agency.vault, &key, " ", &[], at(3));
    assert_eq!(code(nameless), Code::Missing);
    guidance::import_agency_key(&mut agency.vault, &key, "Fablewell", &[], at(4)).unwrap();
    assert!(agency.look(&fablewell(&[])).is_ok());
    // The agency's key signs what calls itself England's guidance.
    let mut files = base().files.clone();
    let toml = String::from_utf8(files["pack.toml"].clone()).unwrap();
    files.insert("pack.toml".into(), toml.replacen("2024-05", "2099-01", 1).into_bytes());
    assert_eq!(code(agency.look(&files)), Code::PackNotTrusted);
    // And the publisher's signs an overlay.
    let publisher: Vec<PublicKey> = vec![agency.key.public_key()];
    let path = agency.write(&fablewell(&[]));
    let fresh = vault(&agency.dir.path().join("another"));
    assert_eq!(code(guidance::preview_pack(&fresh, &path, &publisher, at(5))), Code::PackNotTrusted);
}

#[test]
fn a_protocol_that_weakens_a_safeguard_is_refused_with_the_condition_that_it_breaks() {
    let agency = Agency::known();
    let fault = |changes: &[(&str, &str, &str)]| {
        let failure = Failure::from(agency.look(&fablewell(changes)).unwrap_err());
        assert_eq!(failure.code, Code::PackUnsafe);
        *failure.fault.unwrap()
    };
    let after = ("steps.toml", "after_advice = true\n", "");
    let between = fault(&[("overlay.toml", "before = \"asked\"", "before = \"harm\""), after]);
    assert!(matches!(between.condition, Some(1 | 2)), "{between:?}");
    let early = fault(&[("overlay.toml", "before = \"asked\"", "before = \"signs\""), after]);
    assert_eq!((early.what, early.condition), (PackFaultKind::Condition, Some(1)), "{early:?}");
    let later = fault(&[("overlay.toml", "within_hours:4", "within_days:9")]);
    assert_eq!(later.what, PackFaultKind::Misplaced, "{later:?}");
    assert!(later.place.starts_with("overlay/overlay.toml:"), "{later:?}");
    let stale = fault(&[("overlay.toml", &base().pack.hash.to_string(), &"7".repeat(64))]);
    assert_eq!(stale.what, PackFaultKind::Dangling, "{stale:?}");
    let elsewhere = ("overlay.toml", "england@2024-05", "atlantis@2024-05");
    let hash = ("overlay.toml", &*base().pack.hash.to_string(), &*"7".repeat(64));
    assert_eq!(code(agency.look(&fablewell(&[elsewhere, hash]))), Code::PackUnknownLine);
}

#[test]
fn a_newer_protocol_takes_over_on_its_day_an_older_one_never_and_another_agencys_at_once() {
    let mut agency = Agency::known();
    agency.install(&fablewell(&[]), 6).unwrap();
    assert_eq!(code(agency.look(&fablewell(&[]))), Code::PackAlreadyThere);
    let version = |to: &'static str| ("overlay.toml", "version = \"2026-11\"", to);
    assert_eq!(code(agency.look(&fablewell(&[version("version = \"2026-09\"")]))), Code::PackOlder);
    let to_come = ("overlay.toml", "2026-10-01", "2026-12-01");
    let page = agency.install(&fablewell(&[version("version = \"2026-12\""), to_come]), 7).unwrap();
    let serving: Vec<_> = england(&page).overlays.iter().map(|one| (one.name.as_str(), one.serves)).collect();
    assert_eq!(serving, [("fablewell@2026-12", false), ("fablewell@2026-11", true)]);
    let later = guidance::page(&agency.vault, &[], moment("2026-12-02T09:00:00Z")).unwrap();
    assert!(england(&later).overlays[0].serves && !england(&later).overlays[1].serves);

    let mut other = fablewell(&[]);
    for bytes in other.values_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap().replace("fablewell", "otherwell");
        *bytes = text.replace("FABLEWELL", "OTHERWELL").into_bytes();
    }
    let page = agency.install(&other, 8).unwrap();
    let left: Vec<_> = england(&page).overlays.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(left, ["otherwell@2026-11"], "one agency's protocol at a time");
    assert_eq!(england(&page).removed.len(), 2);
}

#[test]
fn where_the_nations_guidance_moves_on_the_protocol_rests_and_decisions_go_on() {
    let mut agency = Agency::known();
    agency.install(&fablewell(&[]), 6).unwrap();
    // A newer pack of England: the protocol was not written for it.
    let publisher = SigningKey::generate().unwrap().0;
    let mut files = base().files.clone();
    files.remove("reviews.toml");
    let toml = String::from_utf8(files["pack.toml"].clone()).unwrap();
    let toml = toml.replacen("version = \"2024-05\"", "version = \"2026-10\"", 1);
    let toml = toml.replacen("england@2015-03", "england@2024-05", 1);
    files.insert("pack.toml".into(), toml.replacen("2024-04-19", "2026-10-02", 1).into_bytes());
    let path = agency.dir.path().join("england.sharewell-pack");
    std::fs::write(&path, signed::write(&files, &publisher).unwrap()).unwrap();
    let keys = [publisher.public_key()];
    let shown = guidance::preview_pack(&agency.vault, &path, &keys, at(7)).unwrap().hash;
    let page = guidance::install_pack(&mut agency.vault, &path, &shown, &keys, at(7)).unwrap();
    let [rests] = england(&page).overlays.as_slice() else { panic!() };
    assert!(!rests.serves && rests.unreadable.is_none(), "it stays, for decisions of earlier days");
    let (case, ..) = family(&mut agency.vault);
    let outcome = harm(&mut agency.vault, case, 10);
    let signed = sign_off(&mut agency.vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    assert_eq!(signed.pack, support::pack_name("2026-10", None));
}

#[test]
fn law_that_the_agencys_lawyer_confirmed_is_said_as_law_where_the_decision_is_read() {
    const CONFIRM: &str = "[[confirm]]\nfact = \"duty-to-share\"\nfrom = 2026-09-30\nsources = [\"FABLEWELL\"]\n\
        confirmed_on = 2026-09-29\nby = \"Ada Mockford\"\npost = \"lawyer\"\n\n# The nation's guidance says";
    let said = |agency: &mut Agency| {
        let (case, ..) = family(&mut agency.vault);
        let no = [
            ("danger", choice("no")),
            ("harm", choice("no")),
            ("purpose", choice("none")),
            ("welfare", choice("no")),
        ];
        answer_all(&mut agency.vault, case, &no, 10)
    };
    let law = |of: &[NoticeView]| {
        of.iter().find(|one| one.kind == NoticeSort::Law).cloned().expect("the law is told")
    };
    let open = law(&said(&mut Agency::known()).notices);
    assert!(open.confirmed.is_none(), "nobody has confirmed it");
    assert!(open.title.contains("could not confirm"), "{}", open.title);

    let files = fablewell(&[
        ("overlay.toml", "engine = 2", "engine = 5"),
        ("overlay.toml", "# The nation's guidance says", CONFIRM),
    ]);
    let mut agency = Agency::known();
    let shown = agency.look(&files).unwrap().confirms;
    assert_eq!(shown.len(), 1, "whoever takes it into use sees what it confirms");
    assert!(shown[0].about.starts_with("The duty to share"), "{}", shown[0].about);
    agency.install(&files, 6).unwrap();
    let outcome = said(&mut agency);
    let line = law(&outcome.notices);
    let confirmed = line.confirmed.as_ref().expect("the lawyer has confirmed it");
    assert_eq!((confirmed.by.as_str(), confirmed.post), ("Ada Mockford", Some(ConfirmedIn::Lawyer)));
    assert!(line.title.contains("is in force"), "{}", line.title);
    assert_eq!(line.sources.len(), 1, "what was read for it");
    let signed = sign_off(&mut agency.vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let kept = law(&signed.notices);
    assert_eq!(kept.confirmed.as_ref().expect("it is frozen into the decision").on, confirmed.on);
}
