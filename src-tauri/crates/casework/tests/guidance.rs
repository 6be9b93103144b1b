//! Guidance from signed files: what is taken, what is refused and why, what serves afterwards, and that
//! nothing of it ever changes a decision that was signed before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::guidance::{self, serving, terms};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, PackFaultKind, PublicKey, Result, Vault, clock, decide, start};
use sharewell_exchange::{Signer as _, SigningKey, pack as signed};
use sharewell_guidance::{Files, content_hash};
use support::*;

/// A publisher of this test's own: the shipped program knows one key, and nobody holds its other half.
fn publisher() -> (SigningKey, Vec<PublicKey>) {
    let (key, _) = SigningKey::generate().unwrap();
    let public = key.public_key();
    (key, vec![public])
}

/// England's pack that serves today.
fn base() -> std::sync::Arc<serving::Carried> {
    serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap()
}

/// England's pack with a version of its own that supersedes the one that serves, and other lines changed.
fn newer(version: &str, changes: &[(&str, &str, &str)]) -> Files {
    let base = base();
    let mut files = base.files.clone();
    files.remove("reviews.toml");
    let pack = &base.pack;
    let mut toml = String::from_utf8(files["pack.toml"].clone()).unwrap();
    let without: Vec<&str> = toml
        .lines()
        .filter(|line| !line.starts_with("supersedes =") && !line.starts_with("applies_until ="))
        .collect();
    toml = without.join("\n") + "\n";
    let line = format!("version = \"{}\"", pack.version);
    assert!(toml.contains(&line));
    let lines = format!("version = \"{version}\"\nsupersedes = \"{}@{}\"", pack.id, pack.version);
    files.insert("pack.toml".into(), toml.replacen(&line, &lines, 1).into_bytes());
    for (path, from, to) in changes {
        let text = String::from_utf8(files[*path].clone()).unwrap();
        assert!(text.contains(from), "{path} holds {from}");
        files.insert((*path).into(), text.replacen(from, to, 1).into_bytes());
    }
    files
}

/// A line of the pack that every pack has, to add others behind it.
const NATION: &str = "nation = \"england\"\n";

fn write(dir: &Path, files: &Files, key: &SigningKey) -> PathBuf {
    let path = dir.join("new.sharewell-pack");
    std::fs::write(&path, signed::write(files, key).unwrap()).unwrap();
    path
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> Code {
    Failure::from(result.unwrap_err()).code
}

fn england(page: &GuidancePage) -> &NationGuidance {
    page.nations.iter().find(|one| one.nation == Nation::England).unwrap()
}

fn install(vault: &mut Vault, path: &Path, keys: &[PublicKey], minute: i64) -> Result<GuidancePage> {
    let shown = guidance::preview_pack(vault, path, keys, at(minute))?.hash;
    guidance::install_pack(vault, path, &shown, keys, at(minute))
}

#[test]
fn a_signed_pack_is_previewed_installed_and_serves_until_it_is_taken_out() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let page = guidance::page(&vault, &keys, at(5)).unwrap();
    assert!(page.nations[0].own && page.nations[0].nation == Nation::England, "one's own nation comes first");
    let before = england(&page).current.clone().unwrap();
    assert_eq!((before.trust, before.installed_at, before.expired), (PackTrust::BuiltIn, None, false));
    assert!(before.sources.original + before.sources.secondary > 0 && before.steps > 10);

    let question = "question = ";
    let text = String::from_utf8(base().files["text/en.toml"].clone()).unwrap();
    let old = text.lines().find(|line| line.starts_with(question)).unwrap().to_owned();
    let files = newer("2099-01", &[("text/en.toml", &old, "question = \"Has the wording changed?\"")]);
    let path = write(dir.path(), &files, &key);
    let preview = guidance::preview_pack(&vault, &path, &keys, at(6)).unwrap();
    assert_eq!((preview.what, preview.compared_with.as_str()), (PackKind::Pack, before.name.as_str()));
    assert_eq!(preview.hash, content_hash(&files).to_string());
    let [changed] = preview.change.steps.changed.as_slice() else { panic!("{:?}", preview.change.steps) };
    assert_eq!(changed.text, "Has the wording changed?");
    let side = &changed.sides[0];
    let Some(SidePart::Text { text: was }) = side.before.first() else { panic!("{side:?}") };
    assert!(side.what == SideKind::Wording && old.contains(was.lines().next().unwrap()), "{side:?}");
    assert!(preview.change.outcomes == ChangesView::default() && preview.change.steps.removed.is_empty());
    assert_eq!(guidance::page(&vault, &keys, at(6)).unwrap().nations.len(), page.nations.len());
    assert_eq!(
        england(&guidance::page(&vault, &keys, at(6)).unwrap()).current.as_ref().unwrap().hash,
        before.hash,
        "looking at a file installs nothing"
    );

    let page = guidance::install_pack(&mut vault, &path, &preview.hash, &keys, at(7)).unwrap();
    let now = england(&page).current.clone().unwrap();
    assert_eq!((now.hash.as_str(), now.trust), (preview.hash.as_str(), PackTrust::Publisher));
    assert_eq!(now.signer.as_deref(), Some(keys[0].fingerprint().as_str()));
    assert!(england(&page).others.iter().any(|other| other.hash == before.hash), "the earlier one is listed");
    let former = guidance::page(&vault, &[], at(7)).unwrap();
    assert_eq!(england(&former).current.as_ref().unwrap().trust, PackTrust::FormerPublisher);

    // A decision under it replays when it serves no more.
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &gates(&[]), 10);
    let draft = signing(&outcome);
    let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    assert_eq!(signed.pack_hash, preview.hash);
    let none = guidance::remove_pack(&mut vault, &preview.hash, "  ", &keys, at(81));
    assert_eq!(code(none), Code::ReasonMissing);
    let page =
        guidance::remove_pack(&mut vault, &preview.hash, "A wrong number in it", &keys, at(82)).unwrap();
    assert_eq!(england(&page).current.as_ref().unwrap().hash, before.hash, "the one before serves again");
    let [gone] = england(&page).removed.as_slice() else { panic!() };
    assert_eq!((gone.reason.as_str(), gone.removed_at), ("A wrong number in it", at(82)));
    let again = decide::decision(&vault, signed.id, at(83)).unwrap();
    assert_eq!((again.pack_hash, again.answers.len()), (signed.pack_hash, signed.answers.len()));

    // And can be installed again, also after the vault was closed.
    start::close(vault, at(84)).unwrap();
    let mut vault = start::unlock(&dir.path().join("vault"), secret(PASSPHRASE), at(85)).unwrap();
    let page = install(&mut vault, &path, &keys, 86).unwrap();
    assert_eq!(england(&page).current.as_ref().unwrap().hash, preview.hash);
    assert!(england(&page).removed.is_empty());
}

#[test]
fn what_is_not_to_be_trusted_is_refused_with_its_own_reason_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let look = |vault: &Vault, files: &Files, key: &SigningKey, keys: &[PublicKey]| {
        code(guidance::preview_pack(vault, &write(dir.path(), files, key), keys, at(5)))
    };
    let good = newer("2099-01", &[]);

    assert_eq!(look(&vault, &good, &publisher().0, &keys), Code::PackNotTrusted, "somebody else's key");
    assert_eq!(look(&vault, &good, &key, &serving::publishers()), Code::PackNotTrusted, "the built-in key");
    assert_eq!(look(&vault, &base().files, &key, &keys), Code::PackAlreadyThere);
    assert_eq!(look(&vault, &newer("1999-01", &[]), &key, &keys), Code::PackOlder, "a downgrade");
    let superseding = format!("supersedes = \"{}@{}\"\n", base().pack.id, base().pack.version);
    let unknown = newer("2099-01", &[("pack.toml", &superseding, "supersedes = \"england@1066-10\"\n")]);
    assert_eq!(look(&vault, &unknown, &key, &keys), Code::PackUnknownLine);
    let nothing = newer("2099-01", &[("pack.toml", &superseding, "")]);
    assert_eq!(look(&vault, &nothing, &key, &keys), Code::PackUnknownLine, "it must supersede something");
    let other = newer("2099-01", &[("pack.toml", "id = \"england\"", "id = \"atlantis\"")]);
    assert_eq!(look(&vault, &other, &key, &keys), Code::PackUnknownLine);
    let engine = String::from_utf8(good["pack.toml"].clone()).unwrap();
    let engine = engine.lines().find(|line| line.starts_with("engine =")).unwrap().to_owned();
    let tomorrow = newer("2099-01", &[("pack.toml", &engine, "engine = 99")]);
    assert_eq!(look(&vault, &tomorrow, &key, &keys), Code::PackTooNew);
    let broken = newer("2099-01", &[("pack.toml", "start = \"numbers-worry\"", "start = \"nowhere\"")]);
    let refused = guidance::preview_pack(&vault, &write(dir.path(), &broken, &key), &keys, at(5));
    let failure = Failure::from(refused.unwrap_err());
    assert_eq!(failure.code, Code::PackUnsafe);
    let fault = failure.fault.unwrap();
    assert!(fault.place.contains("pack.toml:") && fault.condition.is_none(), "the place is told: {fault:?}");

    // A pack that is well formed and unsafe: a signature does not make it safe.
    let steps = good.keys().find(|path| {
        path.starts_with("steps") && String::from_utf8_lossy(&good[*path]).contains("advise = \"emergency\"")
    });
    let danger = "is_any = [\"yes\", \"not_sure\"], advise = \"emergency\"";
    let unsafe_ = newer("2099-01", &[(steps.unwrap(), danger, "is = \"yes\", advise = \"emergency\"")]);
    let refused = guidance::preview_pack(&vault, &write(dir.path(), &unsafe_, &key), &keys, at(5));
    let failure = Failure::from(refused.unwrap_err());
    assert_eq!(failure.code, Code::PackUnsafe);
    let fault = failure.fault.unwrap();
    assert_eq!(fault.what, PackFaultKind::Condition);
    assert!(fault.condition.is_some_and(|number| (1..=12).contains(&number)), "which one is told: {fault:?}");

    // Another file under the same name after it was shown.
    let path = write(dir.path(), &good, &key);
    let shown = guidance::preview_pack(&vault, &path, &keys, at(6)).unwrap().hash;
    write(dir.path(), &newer("2099-02", &[]), &key);
    assert_eq!(code(guidance::install_pack(&mut vault, &path, &shown, &keys, at(7))), Code::PackFileChanged);

    // Files that are no packs.
    let junk = dir.path().join("junk.sharewell-pack");
    for bytes in [&b""[..], b"hello", &[0; 4096], &std::fs::read(&path).unwrap()[..2000]] {
        std::fs::write(&junk, bytes).unwrap();
        assert_eq!(code(guidance::preview_pack(&vault, &junk, &keys, at(8))), Code::FileUnreadable);
    }
    assert_eq!(code(guidance::preview_pack(&vault, dir.path(), &keys, at(8))), Code::FileUnreadable);
    let missing = dir.path().join("missing.sharewell-pack");
    assert_eq!(code(guidance::preview_pack(&vault, &missing, &keys, at(8))), Code::FileUnreadable);
    let page = guidance::page(&vault, &keys, at(9)).unwrap();
    assert_eq!(england(&page).current.as_ref().unwrap().hash, base().pack.hash.to_string());
}

#[test]
fn a_draft_keeps_the_pack_that_it_began_under() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let (case, ..) = family(&mut vault);
    let begun = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(5)).unwrap();
    let decision = asked(&begun).decision;
    let path = write(dir.path(), &newer("2099-01", &[]), &key);
    install(&mut vault, &path, &keys, 6).unwrap();
    let outcome = answer_all(&mut vault, case, &gates(&[]), 10);
    assert_eq!(outcome.decision, decision);
    let signed = sign_off(&mut vault, decision, signing(&outcome), at(80)).unwrap();
    assert_eq!(signed.pack_hash, base().pack.hash.to_string(), "what was begun ends as it began");
}

#[test]
fn what_is_typed_for_an_earlier_day_is_kept_also_where_a_newer_edition_dropped_the_question() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let (case, ..) = family(&mut vault);
    let in_2019 = BeginInput { on: Some(day(2019, 3, 12)).into(), ..BeginInput::of(Trigger::Worry) };
    let place = decide::begin_decision(&mut vault, case, &in_2019, at(5)).unwrap();
    let decision = asked(&place).decision;

    let changes = [
        ("steps.toml", "to = \"endanger\"", "to = \"somebody\""),
        ("steps.toml", "id = \"endanger\"", "id = \"somebody\""),
        ("text/en.toml", "[step.endanger]", "[step.somebody]"),
    ];
    let mut files = newer("2099-01", &changes);
    let outcomes = String::from_utf8(files["outcomes.toml"].clone()).unwrap();
    files.insert("outcomes.toml".into(), outcomes.replace("\"endanger\"", "\"somebody\"").into_bytes());
    let path = write(dir.path(), &files, &key);
    install(&mut vault, &path, &keys, 6).unwrap();

    let step = StepId("endanger".into());
    let typed = choice("yes");
    decide::save_typing(&mut vault, decision, &step, typed.clone(), at(7)).expect("asked in 2019");
    let new = StepId("welfare-2099".into());
    let refused = decide::save_typing(&mut vault, decision, &new, typed, at(8));
    assert_eq!(code(refused), Code::NotFound, "nobody asked that in 2019");
}

#[test]
fn an_expired_pack_serves_with_a_banner_and_is_signed_only_after_it_was_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let until = format!("{NATION}applies_until = 2026-09-30\n");
    let path = write(dir.path(), &newer("2099-01", &[("pack.toml", NATION, &until)]), &key);
    install(&mut vault, &path, &keys, 5).unwrap();
    let page = guidance::page(&vault, &keys, at(6)).unwrap();
    let current = england(&page).current.as_ref().unwrap();
    assert!(current.expired && current.name.ends_with("2099-01"), "what it superseded does not come back");
    assert!(!terms::pack_terms(&vault, Nation::England, at(6)).unwrap().is_empty(), "terms are still told");

    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &gates(&[]), 10);
    let expired = outcome.expired.expect("the banner is shown at the advice");
    assert_eq!((expired.until, expired.confirmed_at), (day(2026, 9, 30), None));
    let question = decide::question(&vault, outcome.decision, &StepId("harm".into()), at(70)).unwrap();
    assert_eq!(question.expired, Some(expired), "and at every question");
    let draft = signing(&outcome);
    let unconfirmed = sign_off(&mut vault, outcome.decision, draft.clone(), at(71)).unwrap_err();
    let unconfirmed = Failure::from(unconfirmed);
    assert_eq!((unconfirmed.code, unconfirmed.field.as_deref()), (Code::NotReady, Some("expired")));
    decide::confirm_expired(&mut vault, outcome.decision, at(72)).unwrap();
    decide::confirm_expired(&mut vault, outcome.decision, at(73)).unwrap();
    let signed = sign_off(&mut vault, outcome.decision, draft, at(74)).unwrap();
    assert_eq!(signed.expired_confirmed, Some(at(72)), "the confirmation is kept in the record");
}

#[test]
fn an_expired_pack_never_stops_an_emergency() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (key, keys) = publisher();
    let until = format!("{NATION}applies_until = 2026-09-30\n");
    let path = write(dir.path(), &newer("2099-01", &[("pack.toml", NATION, &until)]), &key);
    install(&mut vault, &path, &keys, 5).unwrap();
    let (case, ..) = family(&mut vault);
    let begun = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(6)).unwrap();
    let decision = asked(&begun).decision;
    let place = decide::answer(&mut vault, decision, &StepId("danger".into()), choice("yes"), at(7)).unwrap();
    let outcome = advised(&place).clone();
    assert_eq!(outcome.kind, OutcomeKind::EmergencyShare);
    assert!(outcome.expired.is_some());
    let mut draft = outcome.draft.clone();
    draft.decided = Some(OutcomeKind::EmergencyShare);
    let signed = sign_off(&mut vault, decision, draft, at(8)).unwrap();
    assert_eq!((signed.decided, signed.expired_confirmed), (OutcomeKind::EmergencyShare, None));
}
