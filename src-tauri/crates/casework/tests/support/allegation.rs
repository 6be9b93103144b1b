//! A child's file with a note about a coach, and the decision about him, signed.

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Result, Vault, children, handover, restricted};
use sharewell_exchange::handover::Handover;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, PublicKey};

use super::*;

/// What gives the allegation away, wherever it may stand.
pub const TELLING: [&str; 5] = ["marlow", "secret messages", "coach", "allegation", "restricted"];

pub fn refused<T: std::fmt::Debug>(result: Result<T>) -> (Code, Option<String>) {
    let failure = Failure::from(result.unwrap_err());
    (failure.code, failure.field)
}

pub fn said() -> Vec<(&'static str, Answer)> {
    vec![
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("behind", Answer::Choices { values: vec!["works-with-children".into()], words: "the coach".into() }),
        ("signs", choices(&["sexual"])),
        ("asked", words("unsafe", "Dan Marlow works beside us.")),
        ("body", choice("public")),
    ]
}

/// A decision about staff in the child's file, signed.
pub fn signed(vault: &mut Vault, case: CaseId, into: Option<CaseId>, from: i64) -> DecisionView {
    let outcome = answer_all(vault, case, &said(), from);
    assert!(outcome.apart, "the page says beforehand where it is signed");
    let mut draft = signing(&outcome);
    draft.reasons = "Secret messages at night from Dan Marlow.".into();
    draft.what = "The messages of the coach.".into();
    draft.restricted_file = into;
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When social care say it is safe.".into();
    }
    sign_off(vault, outcome.decision, draft, at(from + 70)).unwrap()
}

pub struct Told {
    pub dir: tempfile::TempDir,
    pub vault: Vault,
    pub child: CaseId,
    pub child_id: PersonId,
    pub mother: PersonId,
    pub apart: CaseId,
    pub decision: DecisionView,
    pub item: ItemId,
}

/// A child's file with a note about the coach and one about mornings, and the decision about the coach.
pub fn told() -> Told {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (child, child_id, mother) = family(&mut vault);
    children::add_item(&mut vault, child, item("Ayla comes without breakfast.", vec![child_id]), at(4))
        .unwrap();
    let secret = item("Coach Marlow sends Ayla secret messages.", vec![child_id]);
    let item = children::add_item(&mut vault, child, secret, at(5)).unwrap();
    let decision = signed(&mut vault, child, None, 10);
    let apart = decision.case;
    Told { dir, vault, child, child_id, mother, apart, decision, item }
}

impl Told {
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    pub fn set_apart(&mut self, from: i64) -> ChildFileView {
        restricted::set_apart(&mut self.vault, self.apart, &[self.item.to_string()], at(from)).unwrap();
        children::child_file(&mut self.vault, self.apart, at(from)).unwrap()
    }

    pub fn hand_over(&mut self, cases: &[CaseId], from: i64) -> Handover {
        let identity = Identity::generate();
        let recipient = identity.recipient().to_string();
        handover::import_recipient(&mut self.vault, &recipient, "Council", at(from)).unwrap();
        let path = self.path("handover.sharewell");
        handover::make_handover(&mut self.vault, cases, &recipient, &path, at(from + 1)).unwrap();
        opened(&self.vault, &path, &identity)
    }
}

pub fn opened(vault: &Vault, path: &Path, identity: &Identity) -> Handover {
    let roster = [PublicKey(vault.public_key().unwrap())];
    let bytes = std::fs::read(path).unwrap();
    sharewell_exchange::handover::read(&bytes[..], identity, &roster, Default::default()).unwrap()
}

/// Everything that a handover says, entry by entry and cell by cell.
pub fn words_of(handover: &Handover) -> Vec<String> {
    let entries = handover.lines.iter().filter_map(|line| match line {
        EntryLine::Whole { stored, .. } => Some(String::from_utf8(stored.clone()).unwrap()),
        EntryLine::Disposed { .. } | EntryLine::Withheld { .. } => None,
    });
    entries.chain(handover.tables.iter().flat_map(|table| table.rows.iter().flatten().cloned())).collect()
}

pub fn gives_away(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    TELLING.into_iter().find(|word| lower.contains(word))
}
