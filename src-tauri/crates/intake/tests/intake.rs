//! Handovers in, receipts out: what is held, what was had, what is kept apart and why.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_exchange::handover::EarlierChain;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{Outcome, Reason};
use sharewell_intake::store::{Files, Store, Which};
use sharewell_intake::{By, Error, Given};
use sharewell_records::{CaseKind, Continued, KeptFrom, OldOrigin, Payload, Retention, Role, Seq};
use support::*;

#[test]
fn everything_that_was_handed_over_is_held_and_named_with_its_hash() {
    let book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let answer = desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    assert_eq!((answer.row.outcome, answer.row.reason), (Outcome::Taken, None));
    assert_eq!(answer.row.made_by, "Noor Exampleton");
    let contents = book.contents(700, 1, book.last(), &[CASE]);
    let one = &answer.receipt.origins[0];
    let wanted: Vec<_> = contents
        .lines
        .iter()
        .filter(|line| !matches!(line, sharewell_exchange::EntryLine::Withheld { .. }))
        .map(|line| (line.sequence(), line.hash().unwrap()))
        .collect();
    assert_eq!(one.taken.iter().map(|one| (one.sequence, one.entry_hash)).collect::<Vec<_>>(), wanted);
    assert_eq!(one.held.unwrap().link, book.head());
    let stored = desk.stored();
    assert_eq!(stored.len(), wanted.len());
    for (header, payload) in &book.entries {
        if let Some(bytes) = stored.get(&(header.origin, header.sequence)) {
            assert_eq!(bytes.as_deref(), Some(payload.to_bytes().unwrap().as_slice()), "byte for byte");
        }
    }
    assert_eq!(desk.store().papers(id(CASE)).unwrap().len(), 1, "the document came along");
}

#[test]
fn the_same_file_gets_the_same_receipt_and_the_same_handover_written_anew_was_had() {
    let book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let path = desk.handed(&book, 700, 1, book.last(), &[CASE]);
    let first = desk.taken(&path);
    let again = desk.taken(&path);
    assert!(again.again && again.row == first.row, "the very same answer");
    let anew = desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    assert_ne!(anew.row.sha256, first.row.sha256, "encrypted anew, it is another file");
    assert_eq!((anew.row.outcome, anew.row.contents_hash), (Outcome::Had, first.row.contents_hash));
    assert_eq!(places(&anew).1, places(&first).0);
}

#[test]
fn a_handover_and_the_one_that_takes_its_place_are_taken_once_in_whichever_order_they_come() {
    let book = Book::new(3, 7);
    for order in [[700, 701], [701, 700]] {
        let desk = Desk::of(&book);
        let file = |number: u64| {
            let mut contents = book.contents(number, 1, book.last(), &[CASE]);
            if number == 701 {
                contents.replaces = Some(id(700));
                // Another program may draw a paper otherwise.
                contents.documents[0].bytes = b"%PDF-1.7 drawn otherwise".to_vec();
            }
            desk.file(&format!("{number}.sharewell"), &book.sealed(&contents, &[desk.recipient()]))
        };
        let first = desk.taken(&file(order[0]));
        let (stored, papers) = (desk.stored(), desk.store().papers(id(CASE)).unwrap());
        let second = desk.taken(&file(order[1]));
        assert_eq!((first.row.outcome, second.row.outcome), (Outcome::Taken, Outcome::Had));
        assert_eq!(places(&second).1, places(&first).0, "each entry is named in both receipts");
        assert_eq!(second.receipt.handover.unwrap().id, id(order[1]), "each answers its own");
        assert_eq!(desk.stored(), stored);
        assert_eq!(desk.store().papers(id(CASE)).unwrap(), papers, "nothing lies there twice");
    }
}

#[test]
fn what_comes_later_goes_on_and_another_file_brings_what_had_come_as_a_hash() {
    let mut book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let before = book.last();
    desk.taken(&desk.handed(&book, 700, 1, before, &[CASE]));
    book.note("The door was mended.");
    let next = desk.taken(&desk.handed(&book, 701, before + 1, before + 1, &[CASE]));
    assert_eq!((next.row.outcome, places(&next).0), (Outcome::Taken, vec![before + 1]));
    // The other family's file, from the beginning: its entries stood there as hashes.
    let other = desk.taken(&desk.handed(&book, 702, 1, book.last(), &[OTHER_CASE]));
    assert_eq!((other.row.outcome, places(&other).0), (Outcome::Taken, vec![6, 7]));
    assert_eq!(desk.store().cases().unwrap().len(), 2);
}

#[test]
fn what_comes_before_its_turn_waits_and_is_taken_by_itself_once_the_rest_has_come() {
    let mut book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let first = book.last();
    book.note("One.");
    book.note("Two.");
    let third = desk.handed(&book, 703, first + 2, first + 2, &[CASE]);
    let second = desk.handed(&book, 702, first + 1, first + 1, &[CASE]);
    for path in [&third, &second] {
        let early = desk.taken(path);
        assert_eq!((early.row.outcome, early.row.reason), (Outcome::Quarantined, Some(Reason::Gap)));
        assert_eq!(early.receipt.origins[0].held, None);
    }
    assert!(desk.stored().is_empty());
    let answers = desk.take(&desk.handed(&book, 701, 1, first, &[CASE]));
    let outcomes: Vec<_> = answers.iter().map(|one| (one.row.handover.unwrap(), one.row.outcome)).collect();
    let taken = Outcome::Taken;
    assert_eq!(outcomes, [(id(701), taken), (id(702), taken), (id(703), taken)], "in the order of the chain");
    let held = answers[2].receipt.origins[0].held.unwrap();
    assert_eq!((held.sequence.0, held.link), (book.last(), book.head()));
    for row in desk.store().files(Files::All).unwrap() {
        assert_eq!(row.outcome, Outcome::Taken);
        assert_eq!(
            desk.store().piece(row.sha256, 0).unwrap(),
            None,
            "what was taken is kept no more as it came"
        );
    }
}

#[test]
fn another_entry_at_a_place_and_a_fork_are_kept_apart_and_overwrite_nothing() {
    let mut book = Book::new(3, 7);
    let mut copied = book.clone();
    let desk = Desk::of(&book);
    let before = book.last();
    book.note("As it was.");
    copied.note("As somebody else has it.");
    copied.note("And on.");
    desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    let stored = desk.stored();
    let other = desk.taken(&desk.handed(&copied, 701, before + 1, before + 2, &[CASE]));
    let told: Vec<_> = other.receipt.origins[0].quarantined.iter().map(|one| one.reason).collect();
    assert_eq!((other.row.outcome, told), (Outcome::Quarantined, vec![Reason::OtherHash, Reason::Fork]));
    let fork = desk.taken(&desk.handed(&copied, 702, before + 2, before + 2, &[CASE]));
    assert_eq!(fork.row.reason, Some(Reason::Fork));
    assert_eq!(desk.stored(), stored, "nothing of what is held was touched");
    let piece = desk.store().piece(other.row.sha256, 0).unwrap().unwrap();
    assert_eq!(piece, std::fs::read(desk.dir.path().join("701.sharewell")).unwrap(), "it is kept as it came");
}

#[test]
fn whoever_signs_is_looked_up_in_the_roster_and_a_new_roster_lets_it_in() {
    let book = Book::new(3, 7);
    type Change = fn(&mut sharewell_exchange::roster::Member);
    let cases: [(&str, Change, Reason); 4] = [
        ("the key of another role", |one| one.role = Role::Intake, Reason::OtherRole),
        ("not yet enrolled", |one| one.from = support::family::day("2026-03-15"), Reason::NotInForce),
        (
            "a clock in the past",
            |one| one.until = Some(support::family::day("2026-03-13")),
            Reason::NotInForce,
        ),
        ("another chain's key", |one| one.origin = id(99), Reason::OtherOrigin),
    ];
    for (name, change, reason) in cases {
        let mut desk = Desk::of(&book);
        change(&mut desk.keys.roster.members[0]);
        let path = desk.handed(&book, 700, 1, book.last(), &[CASE]);
        let answer = desk.taken(&path);
        assert_eq!((answer.row.outcome, answer.row.reason), (Outcome::Quarantined, Some(reason)), "{name}");
        assert!(desk.stored().is_empty(), "{name}");
        assert_eq!(desk.taken(&path).row.reason, Some(reason), "{name}: given again it is the same");
        desk.keys.roster.members = vec![book.member(Role::Practitioner)];
        let mut store = desk.store();
        let answers = desk.intake(&mut store).again().unwrap();
        assert_eq!(answers.len(), 1, "{name}");
        assert_eq!(answers[0].row.outcome, Outcome::Taken, "{name}: once the roster says so");
    }
    let mut desk = Desk::of(&Book::new(4, 8));
    let answer = desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    assert_eq!((answer.row.reason, answer.receipt.handover), (Some(Reason::UnknownSigner), None));
    assert_eq!(answer.row.made_by, "", "a name that nobody vouches for is not repeated");
    desk.keys.roster.members.push(book.member(Role::Lead));
    let mut store = desk.store();
    assert_eq!(desk.intake(&mut store).again().unwrap()[0].row.outcome, Outcome::Taken);
}

#[test]
fn after_a_revocation_only_what_stands_under_a_checkpoint_received_before_is_taken() {
    let mut book = Book::new(3, 7);
    let mut desk = Desk::of(&book);
    let before = book.last();
    desk.taken(&desk.handed(&book, 700, 1, before, &[CASE]));
    book.note("Written by whoever has the laptop now.");
    desk.keys.roster.members[0].revoked = Some(support::family::day("2026-03-21"));
    desk.now = || moment("2026-03-22T09:00:00+00:00");
    let new = desk.taken(&desk.handed(&book, 701, before + 1, before + 1, &[CASE]));
    assert_eq!((new.row.outcome, new.row.reason), (Outcome::Quarantined, Some(Reason::Revoked)));
    // The other file's entries were covered by the checkpoint that was received before, as hashes.
    let other = desk.taken(&desk.handed(&book, 702, 1, before, &[OTHER_CASE]));
    assert_eq!((other.row.outcome, places(&other).0), (Outcome::Taken, vec![6, 7]));
    let stranger = Book::new(5, 9);
    desk.keys.roster.members.push({
        let mut member = stranger.member(Role::Practitioner);
        member.revoked = Some(support::family::day("2026-03-21"));
        member
    });
    let never = desk.taken(&desk.handed(&stranger, 703, 1, 5, &[CASE]));
    assert_eq!((never.row.reason, places(&never).0.len()), (Some(Reason::Revoked), 0));
}

#[test]
fn a_clock_that_is_behind_takes_nothing_in() {
    let book = Book::new(3, 7);
    let mut desk = Desk::of(&book);
    desk.taken(&desk.handed(&book, 700, 1, 5, &[CASE]));
    let next = desk.handed(&book, 701, 1, book.last(), &[CASE]);
    desk.now = || moment("2026-03-20T07:00:00+00:00");
    assert!(matches!(desk.try_take(&next), Err(Error::ClockBehind { .. })));
    // The clock was ahead when the first came, and somebody says that it is right now.
    let mut store = desk.store();
    desk.intake(&mut store).trust_clock().unwrap();
    drop(store);
    assert_eq!(desk.taken(&next).row.outcome, Outcome::Taken);
    desk.now = || moment("2026-02-01T09:00:00+00:00");
    let fresh = Desk { dir: tempfile::tempdir().unwrap(), ..desk };
    let next = fresh.handed(&book, 701, 1, book.last(), &[CASE]);
    assert!(matches!(fresh.try_take(&next), Err(Error::ClockBehindRoster { .. })));
    assert!(fresh.store().files(Files::All).unwrap().is_empty(), "nothing of it was written");
}

#[test]
fn a_restored_vault_brings_its_earlier_chain_and_nobody_brings_another_persons() {
    let old = Book::new(3, 7);
    let restored = |continues: sharewell_records::OriginId| {
        let mut new = Book { origin: id(77), seed: 11, entries: Vec::new() };
        let old_origin =
            OldOrigin { origin: continues, last: Seq(old.last()), link: old.head(), how: Continued::Restore };
        let public_key = sharewell_exchange::Signer::public_key(&new.signer()).to_string();
        new.write(None, Payload::OriginStarted { vault: id(2), public_key, continues: Some(old_origin) });
        for (case, payload) in support::family::history().into_iter().skip(1) {
            new.write(case, payload);
        }
        new
    };
    let new = restored(old.origin);
    let with_earlier = |number: u64| {
        let earlier = old.contents(1, 1, old.last(), &[CASE]);
        let mut contents = new.contents(number, 1, new.last(), &[CASE]);
        contents.chains = vec![EarlierChain {
            origin: old.origin,
            from: earlier.from,
            to: earlier.to,
            head: earlier.head,
            previous_link: earlier.previous_link,
            lines: earlier.lines,
        }];
        contents
    };
    let desk = Desk::with(vec![old.member(Role::Practitioner), new.member(Role::Practitioner)]);
    let path = desk.file("a.sharewell", &new.sealed(&with_earlier(700), &[desk.recipient()]));
    let answer = desk.taken(&path);
    assert_eq!((answer.row.outcome, answer.receipt.origins.len()), (Outcome::Taken, 2));

    // The chain that it names is somebody else's.
    let mut theirs = old.member(Role::Practitioner);
    theirs.name = "Carys Fictional".into();
    let desk = Desk::with(vec![theirs, new.member(Role::Practitioner)]);
    let path = desk.file("a.sharewell", &new.sealed(&with_earlier(700), &[desk.recipient()]));
    let answer = desk.taken(&path);
    assert_eq!(answer.row.reason, Some(Reason::OtherOrigin));
    let of = |origin| answer.receipt.origins.iter().find(|one| one.origin == origin).unwrap();
    assert!(of(old.origin).taken.is_empty() && of(old.origin).held.is_none());
    assert!(!of(new.origin).taken.is_empty(), "their own chain is taken");
}

#[test]
fn what_is_sealed_to_the_designated_officer_is_kept_as_it_came_and_no_other_key_opens_it() {
    let book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let officer = Identity::generate();
    let bytes = book.sealed(&book.contents(700, 1, book.last(), &[CASE]), &[officer.recipient()]);
    let path = desk.file("a.sharewell", &bytes);
    let answer = desk.taken(&path);
    assert_eq!((answer.row.outcome, answer.row.reason), (Outcome::Sealed, None));
    assert_eq!(
        (answer.receipt.handover, answer.receipt.origins.len()),
        (None, 0),
        "nothing counts as received"
    );
    assert!(desk.stored().is_empty());
    let kept = desk.store().piece(answer.row.sha256, 0).unwrap().unwrap();
    assert_eq!(kept, bytes);
    let (lead, agency) = (Identity::generate(), Identity::generate());
    let roster = desk.keys.roster.keys();
    for (whose, key) in [("intake", &desk.keys.identities[0]), ("lead", &lead), ("agency", &agency)] {
        let opened = sharewell_exchange::handover::read(kept.as_slice(), key, &roster, desk.limits);
        assert!(matches!(opened, Err(sharewell_exchange::Error::NotForThisKey)), "the {whose}'s key");
    }
    assert!(sharewell_exchange::handover::read(kept.as_slice(), &officer, &roster, desk.limits).is_ok());
}

#[test]
fn what_may_still_be_copied_is_not_judged_and_judged_once_it_stays_so() {
    let book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let whole = std::fs::read(desk.handed(&book, 700, 1, book.last(), &[CASE])).unwrap();
    let stranger = book.sealed(&book.contents(701, 1, 5, &[CASE]), &[Identity::generate().recipient()]);
    let mut store = desk.store();
    for (name, bytes) in
        [("half", &whole[..whole.len() / 2]), ("none", &[]), ("head", &whole[..90]), ("sealed", &stranger)]
    {
        let path = desk.file(&format!("{name}.sharewell"), bytes);
        let mut intake = desk.intake(&mut store);
        assert_eq!(intake.give(&path, true).unwrap(), Given::NotYet, "{name}");
        let Given::Answered(answers) = intake.give(&path, false).unwrap() else { panic!("{name}") };
        assert_ne!(answers[0].row.outcome, Outcome::Taken, "{name}");
    }
    let path = desk.file("half.sharewell", &whole);
    let Given::Answered(answers) = desk.intake(&mut store).give(&path, true).unwrap() else { panic!() };
    assert_eq!(answers[0].row.outcome, Outcome::Taken, "once it is whole it is taken at once");
}

#[test]
fn what_the_agency_disposed_of_is_gone_told_once_and_does_not_come_back() {
    let mut book = Book::new(3, 7);
    let desk = Desk::of(&book);
    let first = desk.handed(&book, 700, 1, book.last(), &[CASE]);
    desk.taken(&first);
    let mut store = desk.store();
    let rule = "Retention schedule 2026, line 12";
    let retention =
        [Retention { of: CaseKind::Family, years: 25, from: KeptFrom::Birth, source: rule.to_owned() }];
    let by = By { authority: None, retention: &retention, legal_hold: "" };
    let mut dispose = |by: &By<'_>, on: &str| sharewell_intake::dispose(&mut store, id(CASE), by, moment(on));
    let (early, due) = ("2044-04-04T12:00:00+01:00", "2044-04-05T12:00:00+01:00");
    assert!(matches!(dispose(&by, early), Err(Error::NotDue { until: Some(_) })), "born on 5 April 2019");
    assert!(matches!(dispose(&By { retention: &[], ..by }, due), Err(Error::NotDue { until: None })));
    let held = By { legal_hold: "The inquiry goes on.", authority: Some("Order"), ..by };
    assert!(matches!(dispose(&held, due), Err(Error::LegalHold { .. })), "a hold goes before every rule");
    assert!(matches!(dispose(&By { authority: Some(" "), ..by }, due), Err(Error::NoAuthority)));
    let gone = dispose(&by, due).unwrap();
    assert!(gone > 5);
    assert!(matches!(dispose(&By { authority: Some("Order"), ..by }, due), Err(Error::NotFound)));
    assert!(store.papers(id(CASE)).unwrap().is_empty());
    let mut left = 0;
    store
        .entries(Which::Case(id(CASE)), &mut |row| {
            left += usize::from(row.header.case.is_some() && row.stored.is_some());
            Ok(())
        })
        .unwrap();
    assert_eq!(left, 0);
    drop(store);

    // Written anew and given in once more: it was had, and the receipt tells what was disposed of.
    let again = desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
    assert_eq!(again.row.outcome, Outcome::Had);
    assert_eq!(again.receipt.disposals.len() as u64, gone);
    assert!(again.receipt.disposals.iter().all(|one| one.authority == rule));
    assert!(desk.stored().iter().all(|(at, bytes)| bytes.is_none() || at.1.0 < 3), "it does not come back");
    book.note("Something new.");
    let next = desk.taken(&desk.handed(&book, 701, book.last(), book.last(), &[CASE]));
    assert_eq!((next.row.outcome, next.receipt.disposals.len()), (Outcome::Taken, 0), "told once");
    assert!(desk.store().papers(id(CASE)).unwrap().is_empty(), "no paper of what was disposed of comes back");
}
