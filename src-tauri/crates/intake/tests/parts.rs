//! Parts of a handover that was too large for one file: taken in in any order, each once, each with its own receipt.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_exchange::handover::Part;
use sharewell_exchange::receipt::{Outcome, Reason};
use sharewell_records::Role;
use std::path::PathBuf;
use support::*;

const COUNT: u32 = 3;

/// The files of three parts of one book.
fn parts(desk: &Desk, book: &Book) -> Vec<PathBuf> {
    let cut = |number: u64| book.last() * number / u64::from(COUNT);
    let part = |number: u32| {
        let (from, to) = (cut(u64::from(number) - 1) + 1, cut(u64::from(number)));
        let mut contents = book.contents(699 + u64::from(number), from, to, &[CASE]);
        contents.part = Some(Part { of: id(700), number, count: COUNT });
        desk.file(&format!("{number}.sharewell"), &book.sealed(&contents, &[desk.recipient()]))
    };
    (1..=COUNT).map(part).collect()
}

fn book() -> Book {
    let mut book = Book::new(3, 7);
    for number in 0..6 {
        book.note(&format!("Note {number}."));
    }
    book
}

#[test]
fn parts_are_taken_in_any_order_and_come_to_what_the_whole_would() {
    let book = book();
    let whole = {
        let desk = Desk::with(vec![book.member(Role::Practitioner)]);
        desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE]));
        desk.stored()
    };
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let desk = Desk::with(vec![book.member(Role::Practitioner)]);
        let files = parts(&desk, &book);
        let mut settled = 0;
        for (turn, which) in order.iter().enumerate() {
            let answers = desk.take(&files[*which]);
            let before = order[..turn].iter().filter(|one| *one < which).count() == *which;
            assert_eq!(answers[0].row.outcome == Outcome::Taken, before, "{order:?}, turn {turn}");
            assert!(before || answers[0].row.reason == Some(Reason::Gap));
            settled += answers.iter().filter(|answer| answer.row.outcome == Outcome::Taken).count();
        }
        assert_eq!(settled, 3, "{order:?}: the last one lets in what had waited");
        assert_eq!(desk.stored(), whole, "{order:?}");
        // Given in once more, nothing is taken twice and each gets the answer that it had.
        for file in &files {
            let again = desk.take(file);
            assert!(again[0].again && again[0].row.outcome == Outcome::Taken);
        }
        assert_eq!(desk.stored(), whole);
    }
}

#[test]
fn each_part_has_a_receipt_of_its_own_that_names_its_entries_alone() {
    let book = book();
    let desk = Desk::with(vec![book.member(Role::Practitioner)]);
    let mut named = Vec::new();
    for (number, file) in (700..).zip(parts(&desk, &book)) {
        let answer = desk.taken(&file);
        assert_eq!(answer.receipt.handover.unwrap().id, id(number));
        let of = &answer.receipt.origins[0];
        let (taken, ..) = places(&answer);
        assert!(taken.iter().all(|at| (of.from.0..=of.to.0).contains(at)));
        named.extend(taken);
    }
    let whole: Vec<u64> = desk.stored().keys().map(|(_, at)| at.0).collect();
    assert_eq!(named, whole, "together they name everything once");
}
