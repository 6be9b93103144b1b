//! Whoever wrote an entry is named by its paper, also when somebody else prints it or hands it over.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, emergency, handover, paper};
use sharewell_exchange::keys::Identity;
use support::*;

/// Somebody else takes the vault over.
fn transfer(vault: &mut Vault, minutes: i64) {
    let before = vault.read(sharewell_vault::practitioner::current).unwrap().record;
    let id = PersonId(uuid::Uuid::from_u128(99));
    let practitioner = Practitioner { id, name: "Morgan Inventon".into(), ..before };
    let by = Stamp { author: id, at: at(minutes) };
    let taken = Payload::PractitionerRecorded { practitioner };
    vault.write(&by, |w| w.append(None, &taken, &[]).map(drop)).unwrap();
}

/// The line of a signature: its meaning and who it names.
fn signature(pages: &str, meaning: &str) -> String {
    let lines: Vec<&str> = pages.lines().collect();
    let at =
        lines.iter().position(|line| line.contains(meaning)).unwrap_or_else(|| panic!("{meaning}: {pages}"));
    lines[at].to_owned()
}

fn pages(pdf: &Path) -> String {
    pdf::everything_in(pdf).remove(0).1
}

#[test]
fn the_papers_of_a_handover_and_of_the_vault_name_who_wrote_each_entry() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let before = practitioner().name;
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let told = EmergencyInput {
        case: Some(case),
        child: String::new(),
        attempts: vec![],
        told: "A child alone at an open window.".into(),
        others_at_risk: String::new(),
        worker_safe: Some(true),
    };
    let told = emergency::record_emergency(&mut vault, None, told, at(81)).unwrap().id;
    transfer(&mut vault, 90);
    let write_up = WriteUpInput {
        case: Some(case),
        account: "Rang 999 and stayed below the window.".into(),
        why_urgent: "A small child alone.".into(),
        explained: "Jo was told on the spot.".into(),
        held_back: String::new(),
        staff: false,
        restricted_file: None,
    };
    emergency::write_up_emergency(&mut vault, told, write_up, at(91)).unwrap();

    let printed = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, outcome.decision, &printed, at(92)).unwrap();
    let emergency = dir.path().join("emergency.pdf");
    paper::save_emergency_pdf(&mut vault, told, &emergency, at(93)).unwrap();

    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(94)).unwrap();
    let bag = dir.path().join("handover.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &bag, at(95)).unwrap();
    let handed = allegation::opened(&vault, &bag, &identity);
    assert_eq!(handed.info.made_by, "Morgan Inventon", "who hands over");
    let take = |folder: &str| {
        let to = dir.path().join("taken.pdf");
        let found = handed.documents.iter().find(|one| one.path.starts_with(folder)).expect(folder);
        std::fs::write(&to, &found.bytes).unwrap();
        pages(&to)
    };

    for (how, decision, emergency) in [
        ("printed", pages(&printed), pages(&emergency)),
        ("handed over", take("decisions"), take("emergencies")),
    ] {
        let made = signature(&decision, "Made the decision");
        assert!(made.contains(&before) && !made.contains("Morgan"), "{how}: {made}");
        let recorded = signature(&emergency, "Recorded the  ");
        assert!(recorded.contains(&before) && !recorded.contains("Morgan"), "{how}: {recorded}");
        assert!(emergency.contains("Morgan Inventon"), "{how}: who wrote it up");
    }
}
