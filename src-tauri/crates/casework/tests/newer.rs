//! What a newer version of the program wrote, met by this one: told as newer, and never as damage.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Kdf, children, countersign, handover, start};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{PublicKey, handover as bags};
use support::*;

#[test]
fn a_newer_entry_stands_in_the_file_and_leaves_in_a_handover_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    as_a_later_version(1, || {
        children::add_item(&mut vault, case, item("later", vec![child]), at(5)).unwrap()
    });

    let file = children::child_file(&mut vault, case, at(6)).unwrap();
    let newer = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Unknown { kind } if kind == "item_recorded");
    assert_eq!(file.timeline.iter().filter(newer).count(), 1, "it is told that there is something");
    children::add_item(&mut vault, case, item("on we go", vec![child]), at(7)).unwrap();

    let identity = Identity::generate();
    let recipient = handover::ensure_recipient(&mut vault, &identity.recipient().to_string(), at(8)).unwrap();
    let path = dir.path().join("out.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &path, at(9)).unwrap();
    let roster = [PublicKey(vault.public_key().unwrap())];
    let bytes = std::fs::read(&path).unwrap();
    let opened = bags::read(&bytes[..], &identity, &roster, bags::Limits::default()).unwrap();
    let newer = opened.lines.iter().filter(
        |line| matches!(line, sharewell_exchange::EntryLine::Whole { header, .. } if header.version == 2 && header.kind == "item_recorded"),
    );
    assert_eq!(newer.count(), 1, "kept byte for byte for whoever can read it");
}

#[test]
fn a_lead_one_version_behind_is_told_that_the_file_is_newer() {
    let dir = tempfile::tempdir().unwrap();
    let ask = dir.path().join("ask");
    let code = as_a_later_version(1, || {
        let mut vault = vault(&dir.path().join("asker"));
        let (case, ..) = family(&mut vault);
        let outcome = answer_all(&mut vault, case, &refusal(), 10);
        let mut draft = signing(&outcome);
        draft.decided = Some(OutcomeKind::HoldAndSeekAdvice);
        draft.otherwise = "The school asked us to wait.".into();
        let signed = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
        let view = countersign::ask_countersignature(&mut vault, signed.id, &ask, at(90)).unwrap();
        view.asked.unwrap().code.concat()
    });
    let lead = dir.path().join("lead");
    let (lead, _) =
        start::create_vault_with(&lead, practitioner(), secret(PASSPHRASE), Kdf::weak_for_tests(), at(0))
            .unwrap();
    let failure = Failure::from(countersign::open_ask(&lead, &ask, &code, at(95)).unwrap_err());
    assert_eq!(failure.code, Code::FileTooNew, "{failure:?}");
}
