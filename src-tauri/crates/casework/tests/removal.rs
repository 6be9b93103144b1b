//! Copies leave the laptop only after a receipt that names every entry by its hash, by the agency's own time for copies, by
//! a person's act, as a logged disposal; and whatever is in doubt stays (G7).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::PathBuf;

use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::at_once;
use sharewell_casework::maintenance::{self, BackUp};
use sharewell_casework::records::*;
use sharewell_casework::removal::{RemoveCopies, removal_page};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Result, Vault, account, children, search, today};
use sharewell_exchange::handover::{self as bags, Handover as Bag};
use sharewell_exchange::profile::AgencyProfile;
use sharewell_exchange::receipt::{GivenFile, GivenHandover, HeldTo, NamedEntry, OfOrigin, Outcome, Receipt};
use sharewell_exchange::{EntryLine, PublicKey};
use support::agency::{Agency, take};
use support::*;

/// How long this agency lets copies stay.
const DAYS: u16 = 30;
/// A moment after that time, in minutes.
const LATER: i64 = 45 * 24 * 60;

struct Desk {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    child: PersonId,
    agency: Agency,
    serial: u32,
}

/// A vault with one child's file, behind which an agency stands that has said how long copies stay.
fn desk() -> Desk {
    let mut desk = without_profile();
    desk.profile(|_| {});
    desk
}

fn without_profile() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    Desk { dir, vault, case, child, agency: Agency::new(7), serial: 0 }
}

impl Desk {
    /// The next profile of the agency, with something otherwise.
    fn profile(&mut self, change: impl FnOnce(&mut AgencyProfile)) {
        self.serial += 1;
        let mut profile = self.agency.profile(self.serial);
        (profile.issued, profile.expires) = (day(2026, 1, 1), day(2030, 1, 1));
        profile.copies = Some(CopiesKept { days: DAYS, source: "Schedule, line 7".into() });
        change(&mut profile);
        let path = self.agency.write(self.dir.path(), &profile);
        take(&mut self.vault, &path);
    }

    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn hand(&mut self, name: &str, cases: &[CaseId], minutes: i64) -> HandoverView {
        let ask = HandoverAsk::of(cases, &self.agency.encryption.recipient().to_string());
        at_once(HandOver::new(ask, self.out(name)), &mut self.vault, at(minutes)).unwrap()
    }

    fn bag(&self, name: &str) -> Bag {
        let roster = [PublicKey(self.vault.public_key().unwrap())];
        let file = std::fs::read(self.out(name)).unwrap();
        bags::read(&file[..], &self.agency.encryption, &roster, bags::Limits::default()).unwrap()
    }

    /// What the agency answers to a file of which it takes everything.
    fn answer(&self, name: &str) -> Receipt {
        let (bag, file) = (self.bag(name), std::fs::read(self.out(name)).unwrap());
        let info = &bag.info;
        let own = OfOrigin {
            origin: info.origin,
            from: info.from,
            to: info.to,
            taken: bag.lines.iter().filter_map(named).collect(),
            had: vec![],
            quarantined: vec![],
            held: Some(HeldTo { sequence: info.to, link: info.head }),
        };
        Receipt {
            id: sharewell_vault::new_uuid(),
            agency: "Fablewell Community Health".into(),
            made_at: at(500),
            file: GivenFile { sha256: Sha256::of(&[&file]), bytes: file.len() as u64 },
            outcome: Outcome::Taken,
            reason: None,
            handover: Some(GivenHandover { id: info.id, contents_hash: info.contents_hash }),
            origins: vec![own],
            disposals: vec![],
        }
    }

    fn take(&mut self, receipt: &Receipt, minutes: i64) {
        let path = self.out("a.sharewell-receipt");
        std::fs::write(&path, receipt.sign(&self.agency.receipts).unwrap()).unwrap();
        handover::take_receipt(&mut self.vault, &path, at(minutes)).unwrap();
    }

    /// Handed over, and received whole.
    fn received(&mut self, cases: &[CaseId], minutes: i64) {
        let name = format!("{minutes}.sharewell");
        self.hand(&name, cases, minutes);
        let receipt = self.answer(&name);
        self.take(&receipt, minutes + 1);
    }

    fn page(&self, minutes: i64) -> RemovalPage {
        removal_page(&self.vault, at(minutes)).unwrap()
    }

    fn file(&self, case: CaseId, minutes: i64) -> RemovalFile {
        self.page(minutes).files.into_iter().find(|file| file.case == case).unwrap()
    }

    /// Why the file stays.
    fn stays(&self, case: CaseId) -> Vec<CopyStays> {
        self.file(case, LATER).stays.iter().map(|one| one.why).collect()
    }

    fn remove(&mut self, cases: &[CaseId], minutes: i64) -> Result<RemovalDone> {
        let shown = self.page(minutes).shown;
        self.remove_as(&RemoveTyped { cases: cases.to_vec(), shown, sure: true }, minutes)
    }

    fn remove_as(&mut self, typed: &RemoveTyped, minutes: i64) -> Result<RemovalDone> {
        at_once(RemoveCopies::new(typed.clone(), BackUp::here()), &mut self.vault, at(minutes))
    }
}

fn second_child(vault: &mut Vault, minutes: i64) -> CaseId {
    children::open_case(vault, new_case("Ben Otherton", Nation::England), at(minutes)).unwrap()
}

/// A decision about the child, signed.
fn signed(desk: &mut Desk) -> DecisionId {
    let outcome = answer_all(&mut desk.vault, desk.case, &[], 20);
    let typed = signing(&outcome);
    sign_off(&mut desk.vault, outcome.decision, typed, at(150)).unwrap().id
}

/// Everything that is to be done is done.
fn settle_all(desk: &mut Desk) {
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let open = desk.vault.read(|r| sharewell_vault::obligations::of_case(r, desk.case)).unwrap();
    let stamp = Stamp { author: by, at: at(250) };
    for duty in open.into_iter().filter(|one| one.settled.is_none()) {
        let settlement = Settlement::Done { note: "Done.".into() };
        let closed = Payload::ObligationSettled { id: duty.obligation.id, settlement };
        let case = Some(desk.case);
        desk.vault.write(&stamp, |w| w.append(case, &closed, &[]).map(|_| ())).unwrap();
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

fn code<T: std::fmt::Debug>(result: Result<T>) -> Code {
    Failure::from(result.expect_err("it was to be refused")).code
}

fn fields<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    let failure = Failure::from(result.expect_err("it was to be refused"));
    failure.fields.into_iter().map(|one| one.field).collect()
}

#[test]
fn a_copy_goes_after_its_receipt_and_time_and_what_stays_still_verifies() {
    let mut desk = desk();
    children::add_item(&mut desk.vault, desk.case, item("Toast again.", vec![desk.child]), at(8)).unwrap();
    assert_eq!(desk.page(9).none_goes, Some(NoneGoes::NoReceipt));
    desk.received(&[desk.case], 10);
    let early = desk.file(desk.case, 20);
    assert_eq!(early.stays.iter().map(|one| one.why).collect::<Vec<_>>(), [CopyStays::TooEarly]);
    assert!(early.from.is_some() && early.received_at == Some(at(11)));
    assert_eq!(code(desk.remove(&[desk.case], 20)), Code::CopiesChanged);

    let page = desk.page(LATER);
    assert_eq!((page.none_goes, page.days, page.source.as_str()), (None, Some(DAYS), "Schedule, line 7"));
    assert_eq!(desk.stays(desk.case), []);
    let entries = desk.file(desk.case, LATER).entries;
    let old = maintenance::backup_now(&mut desk.vault, at(LATER)).unwrap();
    let done = desk.remove(&[desk.case], LATER + 5).unwrap();
    assert_eq!((done.files, done.removed.entries, done.removed.receipts), (1, entries, 1));
    assert_eq!(done.removed.authority, "Schedule, line 7");
    assert!(done.removed.reason.contains("Fablewell Community Health"), "{}", done.removed.reason);
    assert!(done.page.files.is_empty());
    // Its own backup takes the place of those that hold what went.
    assert!(done.backup.is_some() && done.no_backup.is_none());
    assert!(!PathBuf::from(&old.folder).exists());

    let vault = &mut desk.vault;
    let checked = maintenance::verify_vault(vault, at(LATER + 6)).unwrap();
    assert!(checked.sound, "{:?}", checked.findings);
    assert!(children::children(vault, "", None, at(LATER + 6)).unwrap().lines.is_empty());
    assert_eq!(today::today(vault, at(LATER + 6)).unwrap().not_handed_over, 0);
    let found = search::search(vault, "toast", at(LATER + 6)).unwrap();
    assert!(found.hits.is_empty() && found.children.is_empty());
    assert_eq!(code(children::child_file(vault, desk.case, at(LATER + 6))), Code::NotFound);
    // The handover, which names the file, is told as before, and needs no name of a child.
    let page = handover::handover_page(vault).unwrap();
    let made = &page.made[0];
    assert_eq!((made.state, made.gone, made.children.len()), (HandoverState::Received, 1, 0));
    assert!(page.files.is_empty());
}

#[test]
fn nothing_goes_without_a_profile_a_setting_or_a_receipt_and_it_says_why() {
    let mut desk = without_profile();
    assert_eq!(desk.page(LATER).none_goes, Some(NoneGoes::NoProfile));
    desk.profile(|profile| profile.copies = None);
    desk.received(&[desk.case], 10);
    assert_eq!(desk.page(LATER).none_goes, Some(NoneGoes::NoSetting));
    desk.profile(|profile| profile.legal_hold = "The inquiry of May".into());
    let held = desk.page(LATER);
    assert_eq!((held.none_goes, held.hold.as_str()), (Some(NoneGoes::LegalHold), "The inquiry of May"));
    desk.profile(|profile| profile.expires = day(2026, 10, 20));
    assert_eq!(desk.page(LATER).none_goes, Some(NoneGoes::RunOut), "a newer one may hold everything");
    assert_eq!(code(desk.remove(&[desk.case], LATER)), Code::CopiesChanged);
    desk.profile(|_| {});
    assert_eq!(desk.page(LATER).none_goes, None, "whatever stood meanwhile");
}

#[test]
fn a_file_goes_whole_or_stays_whole() {
    let mut desk = desk();
    desk.received(&[desk.case], 10);
    assert_eq!(desk.stays(desk.case), []);
    children::add_item(&mut desk.vault, desk.case, item("Since then.", vec![desk.child]), at(30)).unwrap();
    let stays = &desk.file(desk.case, LATER).stays;
    assert_eq!(
        stays.iter().map(|one| (one.why, one.count)).collect::<Vec<_>>(),
        [(CopyStays::NotReceived, 1)]
    );
    assert_eq!(code(desk.remove(&[desk.case], LATER)), Code::CopiesChanged);
    desk.received(&[desk.case], 40);
    assert_eq!(desk.stays(desk.case), []);
}

#[test]
fn what_the_receipt_does_not_name_or_names_with_another_hash_keeps_the_file() {
    let mut desk = desk();
    desk.hand("a.sharewell", &[desk.case], 10);
    let mut receipt = desk.answer("a.sharewell");
    let of_file =
        |line: &&EntryLine| matches!(line, EntryLine::Whole { header, .. } if header.case.is_some());
    let last = desk.bag("a.sharewell").lines.iter().filter(of_file).map(EntryLine::sequence).max().unwrap();
    for one in &mut receipt.origins[0].taken {
        if one.sequence == last {
            one.entry_hash = Sha256([9; 32]);
        }
    }
    desk.take(&receipt, 20);
    let stays = desk.stays(desk.case);
    assert!(stays.contains(&CopyStays::NotReceived) && stays.contains(&CopyStays::Forked), "{stays:?}");
}

#[test]
fn a_flag_an_open_duty_and_something_begun_each_keep_the_file() {
    let mut desk = desk();
    let flag = Flag {
        id: FlagId(uuid::Uuid::from_u128(77)),
        person: desk.child,
        kind: FlagKind::ProtectedIdentity,
        reason: "In a refuge.".into(),
        review: None,
    };
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let (case, stamp) = (desk.case, Stamp { author: by, at: at(7) });
    desk.vault.write(&stamp, |w| w.append(Some(case), &Payload::FlagSet { flag }, &[]).map(|_| ())).unwrap();
    desk.received(&[case], 10);
    assert_eq!(desk.stays(case), [CopyStays::FlagStands]);
    let draft = sharewell_vault::Draft {
        key: format!("item:{case}"),
        kind: "note".into(),
        case: None,
        body: "{}".into(),
        updated: at(12),
    };
    desk.vault.save_draft(&draft).unwrap();
    assert_eq!(desk.stays(case), [CopyStays::DraftOpen, CopyStays::FlagStands]);
    let none: Vec<CaseId> = vec![];
    assert_eq!(
        fields(desk.remove_as(&RemoveTyped { cases: none, ..Default::default() }, LATER)),
        ["cases", "sure"]
    );
}

#[test]
fn files_in_which_the_same_person_stands_go_together_or_stay_together() {
    let mut desk = desk();
    let (first, second) = (desk.case, second_child(&mut desk.vault, 6));
    let shared = desk.vault.read(|r| sharewell_vault::people::of_case(r, first)).unwrap();
    let shared = shared.into_iter().find(|one| one.record.id != desk.child).unwrap().record;
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let both = Payload::PersonRecorded { person: shared };
    let stamp = Stamp { author: by, at: at(8) };
    desk.vault.write(&stamp, |w| w.append(Some(second), &both, &[]).map(|_| ())).unwrap();
    desk.received(&[first], 10);
    assert_eq!(desk.stays(first), [CopyStays::Together], "the other was not handed over");
    assert_eq!(desk.file(first, LATER).stays[0].files.len(), 1);
    desk.received(&[second], 20);
    assert_eq!((desk.stays(first), desk.stays(second)), (vec![], vec![]));
    assert_eq!(desk.file(first, LATER).with.len(), 1);
    // One is chosen, and both go, as it was shown.
    assert_eq!(desk.remove(&[first], LATER).unwrap().files, 2);
    assert!(maintenance::verify_vault(&mut desk.vault, at(LATER)).unwrap().sound);
}

#[test]
fn the_log_of_what_left_stays_when_the_copy_of_its_file_goes() {
    let mut desk = desk();
    let (case, decision) = (desk.case, signed(&mut desk));
    let share = |answered: bool| Share {
        id: DisclosureId(uuid::Uuid::from_u128(31)),
        decision,
        route: Route::EncryptedFile,
        manifest: Manifest {
            items: vec![],
            papers: vec![],
            left_out: vec![],
            file: SharedFile::of(b"the file that went"),
        },
        again: vec![],
        replaces: vec![],
        sent: Some(ShareSent { at: at(200), how: "by e-mail".into(), reference: String::new() }),
        acknowledged: answered.then(|| ShareAcknowledged {
            at: at(210),
            by: "Pat Mockford".into(),
            will_do: "see Ayla".into(),
        }),
    };
    let by = desk.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let stamp = Stamp { author: by, at: at(210) };
    desk.vault
        .write(&stamp, |w| {
            let made = Share { sent: None, ..share(false) };
            for share in [made, share(false), share(true)] {
                w.append(Some(case), &Payload::ShareRecorded { share }, &[])?;
            }
            Ok::<_, sharewell_vault::Error>(())
        })
        .unwrap();
    settle_all(&mut desk);
    desk.received(&[case], 300);
    assert_eq!(desk.file(case, LATER).left, 2, "made and sent; what was answered goes");
    desk.remove(&[case], LATER).unwrap();
    let ask = LogAsk { case: None, with: String::new(), show: LogShow::All, span: LogSpan::All, after: None };
    let log = account::sharing_log(&desk.vault, &ask, at(LATER)).unwrap();
    let [line] = &log.lines[..] else { panic!("{:?}", log.lines) };
    assert_eq!(line.state, LogState::Sent);
    assert!(line.file.as_ref().unwrap().gone && !line.can_go_on && line.account.is_empty());
    assert!(!format!("{line:?}").contains("Ayla"), "no word of the file is left");
    let left = desk.vault.read(|r| sharewell_vault::shares::of_case(r, case)).unwrap();
    assert_eq!(left[0].record.manifest.file, SharedFile::of(b"the file that went"));
    // And nothing takes it away later.
    let take = Payload::Disposed { entries: vec![left[0].entry], authority: "x".into(), reason: "y".into() };
    let refused = desk.vault.write(&stamp, |w| w.append(None, &take, &[]).map(|_| ()));
    assert!(matches!(refused, Err(sharewell_vault::Error::NotAllowed { .. })), "{refused:?}");
    assert!(maintenance::verify_vault(&mut desk.vault, at(LATER)).unwrap().sound);
}

#[test]
fn the_next_profile_and_handover_stand_on_a_ledger_in_which_copies_were_removed() {
    let mut desk = desk();
    desk.received(&[desk.case], 10);
    desk.remove(&[desk.case], LATER).unwrap();
    let second = second_child(&mut desk.vault, LATER + 10);
    desk.profile(|_| {});
    assert!(maintenance::verify_vault(&mut desk.vault, at(LATER + 20)).unwrap().sound);
    desk.received(&[second], LATER + 30);
    assert!(maintenance::verify_vault(&mut desk.vault, at(LATER + 40)).unwrap().sound);
    assert_eq!(today::today(&desk.vault, at(LATER + 50)).unwrap().not_handed_over, 0);
}
