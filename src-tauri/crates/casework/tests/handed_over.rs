//! What was handed over, and what was not: counted for each recipient, by files that were written.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};

use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::{Long as _, at_once};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Result, Vault, Work, children, maintenance, start, today};
use sharewell_exchange::handover::{self as bags, Handover as Bag};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, PublicKey};
use sharewell_left_out::ground::{Ground, test_again};
use sharewell_left_out::left_out;
use support::*;

/// A vault with one child's file, and the keys of two agencies.
struct Desk {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    child: PersonId,
    first: Identity,
    second: Identity,
}

fn desk() -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    let (first, second) = (Identity::generate(), Identity::generate());
    for (identity, name) in [(&first, "Northmere records team"), (&second, "Eastvale records team")] {
        handover::import_recipient(&mut vault, &identity.recipient().to_string(), name, at(5)).unwrap();
    }
    Desk { dir, vault, case, child, first, second }
}

impl Desk {
    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("{name}.sharewell"))
    }

    fn note(&mut self, text: &str, minutes: i64) {
        children::add_item(&mut self.vault, self.case, item(text, vec![self.child]), at(minutes)).unwrap();
    }

    fn ask(&self, to: &Identity) -> HandoverAsk {
        HandoverAsk::of(&[self.case], &to.recipient().to_string())
    }

    fn hand(&mut self, ask: HandoverAsk, name: &str, minutes: i64) -> Result<HandoverView> {
        let path = self.out(name);
        at_once(HandOver::new(ask, path), &mut self.vault, at(minutes))
    }

    fn hand_to(&mut self, to: &Identity, name: &str, minutes: i64) -> HandoverView {
        let ask = self.ask(to);
        self.hand(ask, name, minutes).unwrap()
    }

    fn page(&self) -> HandoverPage {
        handover::handover_page(&self.vault).unwrap()
    }

    /// Entries of the file that wait for anybody at all, and for each of the two.
    fn waits(&self) -> [u32; 3] {
        let page = self.page();
        let file = &page.files[0];
        let of = |to: &Identity| {
            let to = to.recipient().to_string();
            file.waits.iter().find(|one| one.recipient == to).map_or(file.entries, |one| one.waiting)
        };
        let home = today::today(&self.vault, at(9_000)).unwrap().not_handed_over;
        assert_eq!(file.waiting, home, "the home page counts what nobody has");
        [file.waiting, of(&self.first), of(&self.second)]
    }

    fn opened(&self, name: &str, by: &Identity) -> Bag {
        opened(&self.vault, &self.out(name), by)
    }

    /// The same vault as one of its backups has it.
    fn restored(mut self, backup: &str, minutes: i64) -> Self {
        let to = self.dir.path().join(format!("restored-{minutes}"));
        self.vault =
            maintenance::restore_vault(Path::new(backup), &to, secret(PASSPHRASE), at(minutes)).unwrap();
        self
    }
}

fn opened(vault: &Vault, path: &Path, by: &Identity) -> Bag {
    let roster = [PublicKey(vault.public_key().unwrap())];
    bags::read(&std::fs::read(path).unwrap()[..], by, &roster, bags::Limits::default()).unwrap()
}

/// Where the entries of children's files stand in a list, by chain and place.
fn places(lines: &[EntryLine]) -> Vec<(OriginId, Seq)> {
    let place = |line: &EntryLine| match line {
        EntryLine::Whole { header, .. } => header.case.map(|_| (header.origin, header.sequence)),
        EntryLine::Disposed { .. } | EntryLine::Withheld { .. } => None,
    };
    lines.iter().filter_map(place).collect()
}

fn failure<T: std::fmt::Debug>(result: Result<T>) -> Failure {
    result.expect_err("it was to be refused").into()
}

/// Where the second process finds the small disk.
const DISK: &str = "SHAREWELL_SMALL_STICK";
/// What it prints once all of it held.
const HELD: &str = "what could not be written was not handed over";

#[test]
fn a_stick_that_is_really_full_hands_over_nothing_and_the_next_try_goes_on() {
    let disk = tempfile::tempdir().unwrap();
    if let Err(why) = test_again(Ground::Room("16k"), disk.path(), DISK, "child_with_a_small_stick", HELD) {
        left_out!("{why}");
    }
}

/// Runs only when started by the test above, with a small stick mounted.
#[test]
fn child_with_a_small_stick() {
    let Some(disk) = std::env::var_os(DISK).map(PathBuf::from) else { return };
    let mut desk = desk();
    desk.note("Breakfast was toast.", 10);
    let before = desk.waits();
    let ask = desk.ask(&desk.first);
    let tried = at_once(HandOver::new(ask, disk.join("full.sharewell")), &mut desk.vault, at(20));
    let told = failure(tried);
    assert_eq!(told.code, Code::DiskFull);
    let frozen = told.handover.expect("whoever is told that it failed is told what can be written again");
    assert_eq!(std::fs::read_dir(&disk).unwrap().count(), 0, "no half file is left");
    assert_eq!(desk.waits(), before, "nothing of it counts as handed over");
    let page = desk.page();
    assert_eq!((page.unwritten, page.made.len()), (Some(frozen), 1));
    assert_eq!((page.made[0].state, page.made[0].facts), (HandoverState::Frozen, FileFacts::NotWritten));
    let file = children::child_file(&mut desk.vault, desk.case, at(21)).unwrap();
    assert!(!handed(&file), "and the file tells of nothing that left");
    // Again on the full stick: still nothing, and still to be written.
    let again = handover::rebuild_handover(&mut desk.vault, frozen, &disk.join("full.sharewell"), at(22));
    assert_eq!((failure(again).code, desk.page().unwritten), (Code::DiskFull, Some(frozen)));

    // The same words again where there is room end in a file, and so does writing what is frozen.
    let first = desk.first.clone();
    let made = desk.hand_to(&first, "room", 30);
    assert_eq!(desk.waits(), [0, 0, before[2]]);
    let page = desk.page();
    let (newest, oldest) = (&page.made[0], &page.made[1]);
    assert_eq!((newest.id, newest.state), (made.id, HandoverState::Written));
    assert!(oldest.id == frozen && oldest.held, "what the second file holds needs no file of its own");
    assert_eq!(page.unwritten, None);
    let path = desk.out("frozen");
    handover::rebuild_handover(&mut desk.vault, frozen, &path, at(40)).unwrap();
    assert_eq!(desk.page().made[1].state, HandoverState::Written);
    let (two, one) = (desk.opened("room", &first), desk.opened("frozen", &first));
    assert_eq!(places(&one.lines), places(&two.lines), "both hold the same entries of the file");
    println!("\n{HELD}");
}

/// Whether a file's story says that it was handed over.
fn handed(file: &ChildFileView) -> bool {
    file.timeline
        .iter()
        .any(|line| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind == "handover_made"))
}

#[test]
fn a_file_that_was_lost_is_written_again_or_everything_goes_once_more_with_a_reason() {
    let mut desk = desk();
    let first = desk.first.clone();
    let made = desk.hand_to(&first, "lost", 10);
    std::fs::remove_file(desk.out("lost")).unwrap();

    let again = failure(desk.hand(desk.ask(&first), "again", 11));
    assert_eq!(
        (again.code, again.handover),
        (Code::NothingToHandOver, Some(made.id)),
        "it names what to write"
    );
    let path = desk.out("again");
    let written = handover::rebuild_handover(&mut desk.vault, made.id, &path, at(12)).unwrap();
    let file = std::fs::read(&path).unwrap();
    assert_eq!(written.file_hash, Sha256::of(&[&file]).to_string());
    assert_eq!(
        desk.page().made[0].file_hash,
        written.file_hash,
        "the list tells of the file that was written last"
    );

    // Somebody may have the first file after all: the second is another one, and names it.
    assert_eq!((desk.page().made.len(), written.replaces), (2, Some(made.id)));

    desk.note("Breakfast was toast.", 20);
    let everything = HandoverAsk { from_beginning: true, ..desk.ask(&first) };
    let offer = handover::handover_offer(&desk.vault, &everything).unwrap();
    let entries = desk.page().files[0].entries;
    assert_eq!((offer.on_purpose, offer.waiting, offer.has), (Some(OnPurpose::Again), entries, entries - 1));
    let refused = failure(desk.hand(everything.clone(), "all", 21));
    let needed =
        sharewell_casework::FieldFailure { field: "reason".into(), code: Code::ReasonMissing, length: None };
    assert_eq!(refused.fields, [needed]);
    assert!(!desk.out("all").exists() && desk.page().made.len() == 2, "and nothing is frozen");

    let reason = "The stick with the first file was lost.".to_owned();
    let all = desk.hand(HandoverAsk { reason: reason.clone(), ..everything }, "all", 22).unwrap();
    assert_eq!((all.from, all.reason.as_deref()), (1, Some(reason.as_str())));
    let bag = desk.opened("all", &first);
    assert_eq!(
        (bag.info.from, bag.info.not_here),
        (Seq(1), Some((0, 0))),
        "from the beginning, and it says so"
    );
    assert_eq!(places(&bag.lines).len() as u32, entries);
    assert!(readme(&desk.out("all"), &first).contains("At the beginning"));
    let file = children::child_file(&mut desk.vault, desk.case, at(23)).unwrap();
    let left: Vec<_> = file
        .timeline
        .iter()
        .filter_map(|line| match &line.what {
            TimelineWhat::Other { kind, name, reason } if kind == "handover_made" => Some((name, reason)),
            _ => None,
        })
        .map(|(name, reason)| (name.as_str(), reason.as_str()))
        .collect();
    let name = "Northmere records team";
    assert_eq!(
        left,
        [(name, reason.as_str()), (name, ""), (name, "")],
        "the file tells what left, to whom and why once more"
    );
    assert!(!String::from_utf8_lossy(&std::fs::read(desk.out("all")).unwrap()).contains("stick"));
}

#[test]
fn a_second_agency_gets_everything_on_purpose_and_from_then_on_what_is_new() {
    let mut desk = desk();
    let (first, second) = (desk.first.clone(), desk.second.clone());
    let to_first = desk.hand_to(&first, "first", 10);
    let entries = desk.page().files[0].entries;
    assert_eq!(desk.waits(), [0, 0, entries], "the second one lacks all of it");

    // On purpose: the first one has it.
    let offer = handover::handover_offer(&desk.vault, &desk.ask(&second)).unwrap();
    assert_eq!((offer.on_purpose, offer.waiting, offer.has), (Some(OnPurpose::Another), entries, 0));
    let refused = failure(desk.hand(desk.ask(&second), "second", 11));
    assert_eq!(refused.fields[0].field, "reason");
    let reason = "The family moved to Eastvale.".to_owned();
    let moved = desk.hand(HandoverAsk { reason, ..desk.ask(&second) }, "second", 12).unwrap();
    assert_eq!(
        (moved.from, moved.entries),
        (1, to_first.entries + 1),
        "the beginning, with one more checkpoint"
    );
    assert_eq!(
        places(&desk.opened("second", &second).lines),
        places(&desk.opened("first", &first).lines),
        "it holds what the first one has"
    );
    assert_eq!(desk.waits(), [0, 0, 0]);

    // What is new goes to each as it comes, and links on to what they have.
    desk.note("Breakfast was toast.", 20);
    assert_eq!(desk.waits(), [1, 1, 1]);
    let more = desk.hand_to(&second, "second-more", 21);
    assert_eq!(desk.waits(), [0, 1, 0], "on this laptop alone it stands no more, and the first one lacks it");
    let before = more.beginning.clone().unwrap();
    assert_eq!((before.entries, before.never), (entries, 0));
    assert_eq!(before.given.iter().map(|one| one.id).collect::<Vec<_>>(), [moved.id]);
    let (had, bag) = (desk.opened("second", &second), desk.opened("second-more", &second));
    assert_eq!(bag.info.previous_link, had.info.head, "the chain goes on from where the first file ended");
    assert_eq!((places(&bag.lines).len(), bag.info.not_here), (1, Some((u64::from(entries), 0))));
    let says = readme(&desk.out("second-more"), &second);
    assert!(says.contains("NOT AT THE BEGINNING") && says.contains(&moved.id.to_string()), "{says}");
    assert!(!says.contains(&to_first.id.to_string()), "what somebody else got is not told");

    let more = desk.hand_to(&first, "first-more", 22);
    assert_eq!(more.beginning.unwrap().given[0].id, to_first.id, "each has a row of their own");
    assert_eq!(desk.waits(), [0, 0, 0]);
    // Written again, it says the same.
    let path = desk.out("first-more-again");
    handover::rebuild_handover(&mut desk.vault, more.id, &path, at(30)).unwrap();
    let (once, twice) = (desk.opened("first-more", &first), desk.opened("first-more-again", &first));
    assert_eq!((&once.lines, once.info.not_here), (&twice.lines, twice.info.not_here));
    assert_eq!(twice.info.replaces, Some(more.id));
    assert!(maintenance::verify_vault(&mut desk.vault, at(31)).unwrap().sound);
}

#[test]
fn a_file_that_joins_a_handover_later_is_in_it_from_its_beginning() {
    let mut desk = desk();
    let first = desk.first.clone();
    desk.hand_to(&first, "one", 10);
    let other =
        children::open_case(&mut desk.vault, new_case("Corey Notreal", Nation::England), at(11)).unwrap();
    desk.note("Breakfast was toast.", 12);
    let ask = HandoverAsk { cases: vec![desk.case, other], ..desk.ask(&first) };
    let both = desk.hand(ask, "both", 13).unwrap();
    let page = desk.page();
    let to = first.recipient().to_string();
    let theirs = |file: &HandoverFile| file.waits.iter().find(|one| one.recipient == to).unwrap().waiting;
    assert!(page.files.iter().all(|file| file.waiting == 0 && theirs(file) == 0));
    let bag = desk.opened("both", &first);
    let held = |case: CaseId| {
        let of =
            |line: &&EntryLine| matches!(line, EntryLine::Whole { header, .. } if header.case == Some(case));
        bag.lines.iter().filter(of).count()
    };
    let of = |case: CaseId| page.files.iter().find(|file| file.case == case).unwrap().entries as usize;
    // A slice is one stretch of a chain: where one file begins at the beginning, so do all.
    assert_eq!((held(desk.case), held(other)), (of(desk.case), of(other)));
    assert_eq!(both.beginning.unwrap().entries, 0);
}

#[test]
fn a_backup_made_after_the_writing_knows_of_it() {
    let mut desk = desk();
    let first = desk.first.clone();
    let made = desk.hand_to(&first, "first", 10);
    let backup = maintenance::backup_now(&mut desk.vault, at(11)).unwrap();
    let before = desk.waits();
    let mut desk = desk.restored(&backup.folder, 20);
    let page = desk.page();
    assert_eq!(desk.waits(), before);
    assert!(page.since.is_none(), "nothing waits again, so that nothing is to be explained");
    let kept = &page.made[0];
    assert_eq!((kept.id, kept.state, kept.facts), (made.id, HandoverState::Written, FileFacts::Known));
    assert_eq!((&kept.file_hash, &kept.file_name), (&made.file_hash, &made.file_name));

    // What is new after that goes in the new chain alone, and says where the rest is.
    desk.note("Breakfast was toast.", 30);
    let more = desk.hand_to(&first, "more", 31);
    let bag = desk.opened("more", &first);
    assert_eq!((bag.chains.len(), places(&bag.lines).len()), (0, 1));
    let before = more.beginning.unwrap();
    assert_eq!((before.never, before.given[0].id), (0, made.id));
    assert_eq!(desk.waits()[..2], [0, 0]);
}

#[test]
fn a_backup_made_before_the_writing_says_why_entries_wait_again_and_the_next_file_ends_it() {
    let mut desk = desk();
    let first = desk.first.clone();
    let backup = maintenance::backup_now(&mut desk.vault, at(9)).unwrap();
    let waited = desk.waits();
    desk.hand_to(&first, "first", 10);
    let had = places(&desk.opened("first", &first).lines);
    let mut desk = desk.restored(&backup.folder, 20);
    assert_eq!(desk.waits(), waited, "what is not known to have left waits");
    let since = desk.page().since.expect("and the page says why");
    assert_eq!((since.how, since.at), (Continued::Restore, at(20)));
    assert_eq!(since.reaches_to, at(9), "when the backup was made");

    desk.note("Breakfast was toast.", 30);
    let ask = desk.ask(&first);
    assert!(handover::handover_offer(&desk.vault, &ask).unwrap().on_purpose.is_none());
    let made = desk.hand(ask, "all", 31).unwrap();
    assert_eq!(desk.waits()[..2], [0, 0], "both chains are in it, and nothing waits any more");
    assert!(desk.page().since.is_none());
    let bag = desk.opened("all", &first);
    assert_eq!(bag.chains.iter().flat_map(|chain| places(&chain.lines)).collect::<Vec<_>>(), had);
    assert_eq!((places(&bag.lines).len(), bag.info.not_here), (1, Some((0, 0))));
    assert_eq!(made.beginning.unwrap().entries, 0);
    let items = bag.tables.iter().find(|table| table.name == "items").unwrap();
    assert_eq!(items.rows.len(), 1);
    let path = desk.out("all-again");
    handover::rebuild_handover(&mut desk.vault, made.id, &path, at(32)).unwrap();
    let again = desk.opened("all-again", &first);
    assert_eq!((&again.lines, &again.chains), (&bag.lines, &bag.chains));
    let nothing = failure(desk.hand(desk.ask(&first), "more", 33));
    assert_eq!((nothing.code, nothing.handover), (Code::NothingToHandOver, Some(again.info.id)));
    assert_eq!(again.info.replaces, Some(made.id));
}

#[test]
fn a_backup_made_between_the_freezing_and_the_writing_is_not_sure_and_offers_the_file() {
    let mut desk = desk();
    let first = desk.first.clone();
    let mut work = HandOver::new(desk.ask(&first), desk.out("first"));
    work.start(&mut desk.vault, at(10)).unwrap();
    let backup = maintenance::backup_now(&mut desk.vault, at(11)).unwrap();
    let made = work.run(desk.vault.beside(&Work::new()).unwrap(), at(12)).unwrap();
    let made = work.end(&mut desk.vault, made, at(13)).unwrap();
    let mut desk = desk.restored(&backup.folder, 20);
    let page = desk.page();
    assert_eq!((page.made[0].facts, page.made[0].state), (FileFacts::NotKnown, HandoverState::Frozen));
    assert!(page.since.is_some() && page.unwritten == Some(made.id));
    let path = desk.out("again");
    let again = handover::rebuild_handover(&mut desk.vault, made.id, &path, at(21)).unwrap();
    // Whether a file of it is somewhere is not known here, so another one takes its place and holds all of it.
    assert_eq!((again.state, again.replaces), (HandoverState::Written, Some(made.id)));
    let bag = desk.opened("again", &first);
    assert_eq!((bag.chains[0].from, bag.info.replaces), (Seq(u64::from(made.from)), Some(made.id)));
    assert_eq!(desk.waits()[..2], [0, 0]);
    assert!(desk.page().since.is_none());
    start::close(desk.vault, at(22)).unwrap();
}

#[test]
fn of_many_files_those_that_wait_stand_first_and_no_more_are_shown_than_are_asked_for() {
    let mut desk = desk();
    let first = desk.case;
    let open = |vault: &mut Vault, name: &str, minutes| {
        children::open_case(vault, new_case(name, Nation::England), at(minutes)).unwrap()
    };
    let others: Vec<CaseId> = (10..)
        .zip(["Bo Placeholder", "Cy Otherton", "Di Madeupson"])
        .map(|(minutes, name)| open(&mut desk.vault, name, minutes))
        .collect();
    for (minutes, case) in (20..).zip(&others) {
        let to = desk.first.recipient().to_string();
        let ask = HandoverAsk::of(&[*case], &to);
        desk.hand(ask, &format!("of-{minutes}"), minutes).unwrap();
    }
    let look = |recipient: Option<&Identity>, files, made| {
        let recipient = recipient.map(|one| one.recipient().to_string());
        handover::handover_page_at(&desk.vault, &HandoverLook { recipient, files, made }).unwrap()
    };

    let page = look(None, 1, 2);
    assert_eq!(page.files.iter().map(|file| file.case).collect::<Vec<_>>(), [first], "the one that waits");
    assert_eq!((page.of_files, page.files_waiting), (4, 1));
    assert_eq!((page.made.len(), page.of_made), (2, 3));

    // What one agency has, the other lacks.
    let (theirs, others) = (look(Some(&desk.first), 1, 0), look(Some(&desk.second), 0, 0));
    assert_eq!((theirs.files_waiting, theirs.files[0].case), (1, first));
    assert_eq!((others.files_waiting, others.files.len(), others.made.len()), (4, 4, 3));
}
