//! Written again: the same bytes by the same program while nothing was written, and otherwise a handover of its own that
//! names the one whose place it takes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::PathBuf;

use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::Long as _;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, Work, children, maintenance};
use sharewell_exchange::PublicKey;
use sharewell_exchange::handover::{self as bags, Handover as Bag};
use sharewell_exchange::keys::Identity;
use support::*;

struct Desk {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    agency: Identity,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    children::add_item(&mut vault, case, item("Toast.", vec![child]), at(4)).unwrap();
    let agency = Identity::generate();
    handover::import_recipient(&mut vault, &agency.recipient().to_string(), "Northmere", at(5)).unwrap();
    Desk { dir, vault, case, agency }
}

impl Desk {
    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Freezes, writes the file, and ends there: the power goes before an entry says that it was written.
    fn cut_off(&mut self, name: &str) -> HandoverId {
        let ask = HandoverAsk::of(&[self.case], &self.agency.recipient().to_string());
        let mut work = HandOver::new(ask, self.out(name));
        work.start(&mut self.vault, at(10)).unwrap();
        drop(work.run(self.vault.beside(&Work::new()).unwrap(), at(11)).unwrap());
        self.made()[0].id
    }

    fn made(&self) -> Vec<HandoverView> {
        handover::handover_page(&self.vault).unwrap().made
    }

    fn again(&mut self, id: HandoverId, name: &str, minutes: i64) -> HandoverView {
        let path = self.out(name);
        handover::rebuild_handover(&mut self.vault, id, &path, at(minutes)).unwrap()
    }

    fn bag(&self, name: &str) -> Bag {
        let roster = [PublicKey(self.vault.public_key().unwrap())];
        let file = std::fs::read(self.out(name)).unwrap();
        bags::read(&file[..], &self.agency, &roster, bags::Limits::default()).unwrap()
    }
}

#[test]
fn a_stop_between_the_file_and_its_entry_gives_the_same_bytes_once_more() {
    let mut desk = desk();
    let id = desk.cut_off("first");
    assert_eq!(desk.made()[0].state, HandoverState::Frozen);
    let written = desk.again(id, "second", 12);
    assert_eq!((written.id, written.replaces, written.state), (id, None, HandoverState::Written));
    let (first, second) = (desk.bag("first"), desk.bag("second"));
    assert_eq!(first.info, second.info, "the tag manifest included, which stands for every byte");
    assert_eq!(first, second);
    assert_eq!(desk.made().len(), 1);
}

#[test]
fn another_program_and_a_second_writing_each_make_a_handover_that_names_the_one_before() {
    let mut desk = desk();
    let id = desk.cut_off("first");
    // An older program froze the same, and never wrote it.
    let frozen = desk.vault.read(|r| sharewell_vault::handovers::get(r, id)).unwrap().record;
    assert!(frozen.version.is_some() && frozen.replaces.is_none());
    let older = HandoverId(sharewell_vault::new_uuid());
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let made: Payload = Handover { id: older, version: Some("0.0.1".into()), ..frozen }.into();
    desk.vault.write(&Stamp { author: by, at: at(12) }, |w| w.append(None, &made, &[]).map(|_| ())).unwrap();

    let written = desk.again(older, "second", 13);
    assert_eq!((written.replaces, written.state), (Some(older), HandoverState::Written));
    let page = handover::handover_page(&desk.vault).unwrap();
    assert_eq!(page.unwritten, None, "what it replaces needs no file any more");
    assert!(page.made.iter().filter(|one| one.id != written.id).all(|one| one.held));
    let (first, second) = (desk.bag("first"), desk.bag("second"));
    assert_eq!((&first.lines, &first.tables), (&second.lines, &second.tables));
    assert_eq!((second.info.id, second.info.replaces), (written.id, Some(older)));

    // Written once, it is never written under the same id again.
    let third = desk.again(written.id, "third", 20);
    assert_eq!(third.replaces, Some(written.id));
    assert_ne!(desk.bag("third").info.contents_hash, second.info.contents_hash);
    assert!(maintenance::verify_vault(&mut desk.vault, at(30)).unwrap().sound);
}
