//! The way back: an agency's receipt closes a handover entry by entry, and nothing else does.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use ring::signature::Ed25519KeyPair;
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::{Long as _, at_once};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Result, Vault, Work, children, maintenance, today};
use sharewell_exchange::handover::{self as bags, Handover as Bag};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{
    GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, QuarantinedEntry, Reason, Receipt,
};
use sharewell_exchange::{EntryLine, PublicKey, Signer};
use sharewell_vault::AgencyKeys;
use support::*;

/// A vault with one child's file, behind which an agency stands; and another recipient, who sends no receipts.
struct Desk {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    child: PersonId,
    agency: Identity,
    other: Identity,
}

fn receipts_key() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[21; 32]).unwrap()
}

/// What taking a profile in will do.
fn stand_behind(vault: &mut Vault, agency: &Identity) {
    let keys =
        AgencyKeys { encryption: agency.recipient().to_string(), receipts: receipts_key().public_key_text() };
    let by = vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    vault.write(&Stamp { author: by, at: at(6) }, |w| w.stand_behind(Some(&keys))).unwrap();
}

trait Text {
    fn public_key_text(&self) -> String;
}

impl Text for Ed25519KeyPair {
    fn public_key_text(&self) -> String {
        Signer::public_key(self).to_string()
    }
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    let (agency, other) = (Identity::generate(), Identity::generate());
    for (identity, name) in [(&agency, "Northmere records team"), (&other, "Eastvale records team")] {
        handover::import_recipient(&mut vault, &identity.recipient().to_string(), name, at(5)).unwrap();
    }
    stand_behind(&mut vault, &agency);
    Desk { dir, vault, case, child, agency, other }
}

impl Desk {
    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn note(&mut self, text: &str, minutes: i64) {
        children::add_item(&mut self.vault, self.case, item(text, vec![self.child]), at(minutes)).unwrap();
    }

    fn hand_to(&mut self, to: &Identity, name: &str, minutes: i64) -> HandoverView {
        let ask = HandoverAsk::of(&[self.case], &to.recipient().to_string());
        at_once(HandOver::new(ask, self.out(name)), &mut self.vault, at(minutes)).unwrap()
    }

    fn hand(&mut self, name: &str, minutes: i64) -> HandoverView {
        let to = self.agency.clone();
        self.hand_to(&to, name, minutes)
    }

    fn page(&self) -> HandoverPage {
        handover::handover_page(&self.vault).unwrap()
    }

    /// Entries of the file that wait: for anybody at all, for the agency, and for the other recipient.
    fn waits(&self) -> [u32; 3] {
        let file = &self.page().files[0];
        let of = |to: &Identity| {
            let to = to.recipient().to_string();
            file.waits.iter().find(|one| one.recipient == to).unwrap().waiting
        };
        let home = today::today(&self.vault, at(9_000)).unwrap().not_handed_over;
        assert_eq!(file.waiting, home, "the home page counts the same");
        [file.waiting, of(&self.agency), of(&self.other)]
    }

    fn made(&self, id: HandoverId) -> HandoverView {
        self.page().made.into_iter().find(|one| one.id == id).unwrap()
    }

    fn bag(&self, name: &str) -> Bag {
        let roster = [PublicKey(self.vault.public_key().unwrap())];
        let file = std::fs::read(self.out(name)).unwrap();
        bags::read(&file[..], &self.agency, &roster, bags::Limits::default()).unwrap()
    }

    /// What the agency answers to a file of which it takes everything.
    fn answer(&self, name: &str) -> Receipt {
        let (bag, file) = (self.bag(name), std::fs::read(self.out(name)).unwrap());
        let info = &bag.info;
        let chain = |origin, from, to, head, lines: &[EntryLine]| OfOrigin {
            origin,
            from,
            to,
            taken: lines.iter().filter_map(named).collect(),
            had: vec![],
            quarantined: vec![],
            held: Some(HeldTo { sequence: to, link: head }),
        };
        let mut origins = vec![chain(info.origin, info.from, info.to, info.head, &bag.lines)];
        origins
            .extend(bag.chains.iter().map(|one| chain(one.origin, one.from, one.to, one.head, &one.lines)));
        Receipt {
            id: sharewell_vault::new_uuid(),
            agency: "Madeup Community Health".into(),
            made_at: at(500),
            file: GivenFile { sha256: Sha256::of(&[&file]), bytes: file.len() as u64 },
            outcome: Outcome::Taken,
            reason: None,
            handover: Some(GivenHandover { id: info.id, contents_hash: info.contents_hash }),
            origins,
            disposals: vec![],
        }
    }

    fn take_bytes(&mut self, bytes: &[u8], minutes: i64) -> Result<ReceiptView> {
        let path = self.out("a.sharewell-receipt");
        std::fs::write(&path, bytes).unwrap();
        handover::take_receipt(&mut self.vault, &path, at(minutes))
    }

    fn take(&mut self, receipt: &Receipt, minutes: i64) -> Result<ReceiptView> {
        self.take_bytes(&receipt.sign(&receipts_key()).unwrap(), minutes)
    }

    /// All that a refusal must leave as it was.
    fn as_it_is(&self) -> String {
        format!("{:?} {:?} {:?}", self.vault.tip(), self.waits(), self.page().made)
    }

    fn restored(mut self, backup: &str, minutes: i64) -> Self {
        let to = self.dir.path().join(format!("restored-{minutes}"));
        self.vault =
            maintenance::restore_vault(Path::new(backup), &to, secret(PASSPHRASE), at(minutes)).unwrap();
        self
    }
}

/// An entry as a receipt names it; none of those that are in a file by place and hash alone.
fn named(line: &EntryLine) -> Option<NamedEntry> {
    match line {
        EntryLine::Whole { .. } | EntryLine::Disposed { .. } => {
            Some(NamedEntry { sequence: line.sequence(), entry_hash: line.hash().unwrap() })
        }
        EntryLine::Withheld { .. } => None,
    }
}

/// Moves the last entries of a child's file out of what was taken, and says why.
fn quarantine_last(receipt: &mut Receipt, bag: &Bag, why: Reason) -> Seq {
    let of_file =
        |line: &&EntryLine| matches!(line, EntryLine::Whole { header, .. } if header.case.is_some());
    let last = bag.lines.iter().filter(of_file).map(EntryLine::sequence).max().unwrap();
    let chain = &mut receipt.origins[0];
    for one in chain.taken.extract_if(.., |one| one.sequence >= last) {
        chain.quarantined.push(QuarantinedEntry {
            sequence: one.sequence,
            entry_hash: one.entry_hash,
            reason: why,
        });
    }
    let end = chain.taken.last().unwrap().sequence;
    chain.held = Some(HeldTo { sequence: end, link: Sha256([1; 32]) });
    (receipt.outcome, receipt.reason) = (Outcome::Quarantined, Some(why));
    last
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> Code {
    Failure::from(result.expect_err("it was to be refused")).code
}

#[test]
fn a_receipt_closes_what_it_names_and_nothing_else() {
    let mut desk = desk();
    let entries = desk.page().files[0].entries;
    assert!(desk.page().has_profile);
    let made = desk.hand("march.sharewell", 10);
    assert_eq!(made.state, HandoverState::Written);
    assert_eq!(desk.waits(), [entries; 3], "a written file ends no offer to whoever sends receipts");

    let receipt = desk.answer("march.sharewell");
    // What came after the file is in no receipt for it.
    desk.note("Breakfast was toast.", 20);
    let taken = desk.take(&receipt, 30).unwrap();
    assert_eq!((taken.handover, taken.entries, taken.again), (made.id, entries, false));
    assert_eq!((taken.not_taken.len(), taken.forked.len(), taken.outcome), (0, 0, ReceiptOutcome::Taken));
    assert_eq!(desk.waits(), [1, 1, entries + 1], "for its recipient, and nobody else");
    let told = desk.made(made.id);
    assert_eq!(told.state, HandoverState::Received);
    let answer = &told.receipts[0];
    assert_eq!(
        (answer.agency.as_str(), answer.made_at, answer.taken_at),
        ("Madeup Community Health", at(500), at(30))
    );
    assert!(maintenance::verify_vault(&mut desk.vault, at(31)).unwrap().sound);

    // What is new goes on from where the receipt ended.
    let more = desk.hand("april.sharewell", 40);
    let bag = desk.bag("april.sharewell");
    let whole = bag
        .lines
        .iter()
        .filter(|line| matches!(line, EntryLine::Whole { header, .. } if header.case == Some(desk.case)));
    assert_eq!(whole.count(), 1);
    assert_eq!(more.beginning.unwrap().never, 0, "what comes before, they have");
    assert_eq!(desk.waits()[1], 1, "until the receipt for that one comes");
    let receipt = desk.answer("april.sharewell");
    desk.take(&receipt, 50).unwrap();
    assert_eq!(desk.waits(), [0, 0, entries + 1]);
}

#[test]
fn to_whoever_sends_no_receipts_the_written_file_still_ends_the_offer() {
    let mut desk = desk();
    let (entries, other) = (desk.page().files[0].entries, desk.other.clone());
    desk.hand_to(&other, "theirs.sharewell", 10);
    assert_eq!(desk.waits(), [0, entries, 0]);
}

#[test]
fn what_is_quarantined_is_told_with_its_reason_and_offered_again() {
    let mut desk = desk();
    desk.note("Breakfast was toast.", 8);
    let entries = desk.page().files[0].entries;
    let made = desk.hand("march.sharewell", 10);
    let (mut receipt, bag) = (desk.answer("march.sharewell"), desk.bag("march.sharewell"));
    let last = quarantine_last(&mut receipt, &bag, Reason::Revoked);
    // The vault compares what it has at that place with what is held there.
    receipt.origins[0].held = held_at(&desk, receipt.origins[0].taken.last().unwrap().sequence);
    let taken = desk.take(&receipt, 20).unwrap();
    assert_eq!(taken.not_taken, [NotTakenView { why: NotTakenWhy::Revoked, entries: 1 }]);
    assert_eq!((taken.entries, taken.reason), (entries - 1, None));
    assert_eq!(desk.waits()[1], 1);
    assert_eq!(desk.made(made.id).state, HandoverState::Written, "not all of it is received");
    // The next file begins with it, and links on to what they have.
    let again = desk.hand("again.sharewell", 30);
    assert!(u64::from(again.from) <= last.0);
    let receipt = desk.answer("again.sharewell");
    desk.take(&receipt, 40).unwrap();
    assert_eq!(desk.waits()[..2], [0, 0]);
    assert_eq!(desk.made(made.id).state, HandoverState::Received, "whichever receipt names it");
}

/// What the agency holds at a place, where it holds what the vault has.
fn held_at(desk: &Desk, at: Seq) -> Option<HeldTo> {
    let origin = desk.vault.origin();
    let link = desk.vault.read(|r| sharewell_vault::ledger::link_at(r, origin, at)).unwrap().unwrap();
    Some(HeldTo { sequence: at, link })
}

#[test]
fn a_file_that_could_not_be_opened_or_read_is_told_by_its_hash_and_closes_nothing() {
    let mut desk = desk();
    let made = desk.hand("march.sharewell", 10);
    let before = desk.waits();
    let whole = desk.answer("march.sharewell");
    let unread = |outcome, reason| Receipt {
        id: sharewell_vault::new_uuid(),
        outcome,
        reason,
        handover: None,
        origins: vec![],
        ..whole.clone()
    };
    let sealed = desk.take(&unread(Outcome::Sealed, None), 20).unwrap();
    assert_eq!((sealed.handover, sealed.outcome, sealed.entries), (made.id, ReceiptOutcome::Sealed, 0));
    let damaged = desk.take(&unread(Outcome::Quarantined, Some(Reason::Damaged)), 21).unwrap();
    assert_eq!((damaged.handover, damaged.reason), (made.id, Some(NotTakenWhy::Damaged)));
    assert_eq!((desk.waits(), desk.made(made.id).state), (before, HandoverState::Written));
    assert_eq!(desk.made(made.id).receipts.len(), 2);
}

#[test]
fn a_receipt_for_a_file_that_was_written_again_counts_the_same() {
    let mut desk = desk();
    let made = desk.hand("first.sharewell", 10);
    let path = desk.out("second.sharewell");
    handover::rebuild_handover(&mut desk.vault, made.id, &path, at(11)).unwrap();
    let (one, two) = (desk.answer("first.sharewell"), desk.answer("second.sharewell"));
    assert_ne!(one.file.sha256, two.file.sha256);
    desk.take(&one, 20).unwrap();
    assert_eq!(desk.made(made.id).state, HandoverState::Received);
    let mut had = two;
    for chain in &mut had.origins {
        chain.had = std::mem::take(&mut chain.taken);
    }
    had.outcome = Outcome::Had;
    assert_eq!(desk.take(&had, 21).unwrap().outcome, ReceiptOutcome::Had);
    assert_eq!((desk.made(made.id).state, desk.waits()[1]), (HandoverState::Received, 0));
}

#[test]
fn another_vaults_receipt_changes_nothing() {
    let (mut here, mut there) = (desk(), desk());
    here.hand("here.sharewell", 10);
    there.hand("there.sharewell", 10);
    let receipt = there.answer("there.sharewell");
    let before = here.as_it_is();
    assert_eq!(code(here.take(&receipt, 20)), Code::ReceiptNotOurs);
    // Nor one that speaks of another vault's chain under the name of a handover of this one.
    let mut mixed = receipt;
    mixed.handover = here.answer("here.sharewell").handover;
    let waits = here.waits();
    assert_eq!(here.as_it_is(), before);
    let taken = here.take(&mixed, 21).unwrap();
    assert_eq!((taken.entries, here.waits()), (0, waits));
}

#[test]
fn a_receipt_that_is_forged_cut_short_or_signed_by_another_key_changes_nothing() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    let receipt = desk.answer("march.sharewell");
    let (good, before) = (receipt.sign(&receipts_key()).unwrap(), desk.as_it_is());
    let other = Ed25519KeyPair::from_seed_unchecked(&[22; 32]).unwrap();
    assert_eq!(code(desk.take_bytes(&receipt.sign(&other).unwrap(), 20)), Code::ReceiptOtherKey);
    // Another body under the same signature.
    let mut changed = receipt;
    changed.agency = "Somebody Else".into();
    let changed = String::from_utf8(changed.sign(&receipts_key()).unwrap()).unwrap();
    let good = String::from_utf8(good).unwrap();
    let (mut parts, changed): (Vec<&str>, Vec<&str>) =
        (good.split('.').collect(), changed.split('.').collect());
    parts[1] = changed[1];
    assert_eq!(code(desk.take_bytes(parts.join(".").as_bytes(), 21)), Code::ReceiptChanged);
    for cut in [0, 1, good.len() / 3, good.len() / 2, good.len() - 1] {
        let refused = code(desk.take_bytes(&good.as_bytes()[..cut], 22));
        assert!(matches!(refused, Code::ReceiptUnreadable | Code::ReceiptChanged), "{cut}: {refused:?}");
    }
    assert_eq!(code(desk.take_bytes(b"Dear colleague, we got your file.", 23)), Code::ReceiptUnreadable);
    assert_eq!(desk.as_it_is(), before);
}

#[test]
fn without_a_profile_no_receipt_is_believed() {
    let mut desk = desk();
    desk.hand("march.sharewell", 10);
    let receipt = desk.answer("march.sharewell");
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    desk.vault.write(&Stamp { author: by, at: at(11) }, |w| w.stand_behind(None)).unwrap();
    let before = desk.as_it_is();
    assert_eq!(desk.waits()[1], 0, "and the written file ends the offer again");
    assert_eq!(code(desk.take(&receipt, 20)), Code::ReceiptNoProfile);
    assert_eq!(desk.as_it_is(), before);
}

#[test]
fn a_pair_with_another_hash_is_a_fork_that_is_told_for_good_and_not_believed() {
    let mut desk = desk();
    let entries = desk.page().files[0].entries;
    let made = desk.hand("march.sharewell", 10);
    let (mut receipt, bag) = (desk.answer("march.sharewell"), desk.bag("march.sharewell"));
    let of_file =
        |line: &&EntryLine| matches!(line, EntryLine::Whole { header, .. } if header.case.is_some());
    let first = bag.lines.iter().find(of_file).unwrap().sequence();
    let chain = &mut receipt.origins[0];
    chain.taken.iter_mut().find(|one| one.sequence == first).unwrap().entry_hash = Sha256([6; 32]);
    chain.held.as_mut().unwrap().link = Sha256([7; 32]);
    let taken = desk.take(&receipt, 20).unwrap();
    assert_eq!((taken.entries, taken.forked), (entries - 1, vec![u32::try_from(first.0).unwrap()]));
    assert_eq!(desk.waits()[1], 1, "what they hold there is not this entry");
    let told = desk.made(made.id);
    assert_eq!((told.state, told.receipts[0].forked.len()), (HandoverState::Written, 1));
    let checked = maintenance::verify_vault(&mut desk.vault, at(30)).unwrap();
    assert!(!checked.sound, "every check from now on finds that the chains differ");
    assert!(!maintenance::verify_vault(&mut desk.vault, at(90)).unwrap().sound);
}

#[test]
fn the_same_receipt_twice_is_one_and_an_older_one_takes_nothing_back() {
    let mut desk = desk();
    let made = desk.hand("march.sharewell", 10);
    let mut older = desk.answer("march.sharewell");
    let bag = desk.bag("march.sharewell");
    let newer = desk.answer("march.sharewell");
    quarantine_last(&mut older, &bag, Reason::Gap);
    older.origins[0].held = held_at(&desk, older.origins[0].taken.last().unwrap().sequence);
    older.made_at = at(400);
    desk.take(&newer, 20).unwrap();
    let before = desk.as_it_is();
    assert!(desk.take(&newer, 21).unwrap().again);
    assert_eq!(desk.as_it_is(), before, "no second entry");
    desk.take(&older, 22).unwrap();
    assert_eq!((desk.waits()[1], desk.made(made.id).state), (0, HandoverState::Received));
    let told = desk.made(made.id).receipts;
    assert_eq!(
        told.iter().map(|one| one.made_at).collect::<Vec<_>>(),
        [at(500), at(400)],
        "the latest first"
    );
}

#[test]
fn a_backup_brought_back_keeps_what_was_received_and_offers_the_rest_again() {
    let mut desk = desk();
    let entries = desk.page().files[0].entries;
    let made = desk.hand("march.sharewell", 10);
    let before = maintenance::backup_now(&mut desk.vault, at(11)).unwrap();
    let receipt = desk.answer("march.sharewell");
    desk.take(&receipt, 20).unwrap();
    let after = maintenance::backup_now(&mut desk.vault, at(21)).unwrap();

    // What the backup knows of, stays.
    let kept = desk.restored(&after.folder, 30);
    assert_eq!((kept.waits(), kept.made(made.id).state), ([0, 0, entries], HandoverState::Received));
    // What it does not know of is offered again, and the same receipt closes it again.
    let mut lost = kept.restored(&before.folder, 40);
    assert_eq!((lost.waits()[1], lost.made(made.id).state), (entries, HandoverState::Written));
    lost.take(&receipt, 50).unwrap();
    assert_eq!((lost.waits(), lost.made(made.id).state), ([0, 0, entries], HandoverState::Received));
    assert!(maintenance::verify_vault(&mut lost.vault, at(51)).unwrap().sound);
}

#[test]
fn a_receipt_for_a_file_of_which_no_entry_says_that_it_was_written_counts() {
    let mut desk = desk();
    let ask = HandoverAsk::of(&[desk.case], &desk.agency.recipient().to_string());
    let mut work = HandOver::new(ask, desk.out("march.sharewell"));
    work.start(&mut desk.vault, at(10)).unwrap();
    // The power goes before the entry is written.
    drop(work.run(desk.vault.beside(&Work::new()).unwrap(), at(12)).unwrap());
    let frozen = desk.page().made[0].id;
    assert_eq!(desk.made(frozen).state, HandoverState::Frozen);
    let receipt = desk.answer("march.sharewell");
    desk.take(&receipt, 20).unwrap();
    let told = desk.made(frozen);
    assert_eq!(
        (told.state, told.facts, desk.page().unwritten),
        (HandoverState::Received, FileFacts::NotKnown, None)
    );
    assert_eq!(code(handover::drop_handover(&mut desk.vault, frozen, at(30))), Code::HandoverOut);
}

#[test]
fn what_was_never_written_can_be_dropped_and_what_was_cannot() {
    let mut desk = desk();
    let before = desk.waits();
    let ask = HandoverAsk::of(&[desk.case], &desk.agency.recipient().to_string());
    let mut work = HandOver::new(ask, desk.out("never.sharewell"));
    work.start(&mut desk.vault, at(10)).unwrap();
    let frozen = desk.page().unwritten.unwrap();
    let page = handover::drop_handover(&mut desk.vault, frozen, at(11)).unwrap();
    assert_eq!((page.unwritten, page.made[0].state), (None, HandoverState::Dropped));
    assert_eq!(desk.waits(), before, "nothing was handed over");
    assert_eq!(code(handover::drop_handover(&mut desk.vault, frozen, at(12))), Code::HandoverOut);

    let made = desk.hand("march.sharewell", 20);
    assert_eq!(code(handover::drop_handover(&mut desk.vault, made.id, at(21))), Code::HandoverOut);
    assert_eq!(desk.made(made.id).state, HandoverState::Written);
}

#[test]
fn every_reason_of_a_receipt_has_a_word_here() {
    let theirs: Vec<&str> = Reason::ALL.iter().map(|one| one.word()).collect();
    let ours: Vec<&str> = NotTakenWhy::ALL.iter().map(|one| one.word()).collect();
    assert_eq!(ours, theirs);
}
