//! What is known of a laptop that was lost: the same from either store, to each role no more than it may see.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/server.rs"]
mod server;
mod support;

use server::Server;
use sharewell_exchange::Signer as _;
use sharewell_exchange::receipt::{Outcome, Reason};
use sharewell_exchange::roster::Stands;
use sharewell_intake::Error;
use sharewell_intake::look::Sees;
use sharewell_intake::lost::{Asked, Report, Step, report};
use sharewell_intake::store::{Postgres, Store, sql};
use sharewell_left_out::left_out;
use sharewell_records::{
    Case, CaseKind, Continued, Day, Nation, OldOrigin, OriginId, Payload, PersonRole, Role, Seq, Sha256,
};
use support::family::{day, person};
use support::*;

const ALLEGATION: u64 = 52;
const ELSEWHERE: u64 = 53;
/// Words that only who may know who is protected may read.
const TELLING: [&str; 4] = ["Zoë Fablewell", "Zoe", "Nosuch", "07700"];

/// A practitioner who handed one of two files over, and an allegation; a colleague with a file of their own.
struct World {
    desk: Desk,
    book: Book,
}

fn world() -> World {
    let mut book = Book::new(3, 7);
    book.note("Zoe Fablewell has moved.");
    let about = person(120, "Quillon Mockery", PersonRole::OtherAdult);
    let allegation = Case {
        kind: CaseKind::Allegation,
        beside: Some(id(CASE)),
        reason: "Said to have shouted".into(),
        ..Case::family(id(ALLEGATION), id(101), Nation::England)
    };
    book.write(Some(ALLEGATION), Payload::CaseOpened { case: allegation });
    book.write(Some(ALLEGATION), Payload::PersonRecorded { person: about });
    let desk = Desk::with(vec![book.member(Role::Practitioner), colleague().member(Role::Practitioner)]);
    World { desk, book }
}

fn colleague() -> Book {
    let mut other = Book::new(4, 8);
    let case = Case { reason: "A worry".into(), ..Case::family(id(ELSEWHERE), id(140), Nation::England) };
    other.write(Some(ELSEWHERE), Payload::CaseOpened { case });
    other.write(
        Some(ELSEWHERE),
        Payload::PersonRecorded { person: person(140, "Rook Sampleby", PersonRole::Child) },
    );
    other
}

impl World {
    /// Everything that came: both files, the allegation, and one that has to wait for what lies before it.
    fn given(&self, store: &mut dyn Store) -> Book {
        let (desk, book, other) = (&self.desk, &self.book, colleague());
        let mut later = book.clone();
        later.note("One.");
        later.note("Two.");
        for path in [
            desk.handed(book, 700, 1, book.last(), &[CASE]),
            desk.handed(book, 701, 1, book.last(), &[ALLEGATION]),
            desk.handed(&other, 702, 1, other.last(), &[ELSEWHERE]),
            desk.handed(&later, 703, later.last(), later.last(), &[CASE]),
        ] {
            desk.intake(store).take(&path).unwrap();
        }
        later
    }

    fn asks(&self, store: &mut dyn Store, role: Role, lost_on: Option<Day>) -> Report {
        self.asks_of(store, &[self.book.origin], role, lost_on).unwrap()
    }

    fn asks_of(
        &self,
        store: &mut dyn Store,
        origins: &[OriginId],
        role: Role,
        lost_on: Option<Day>,
    ) -> sharewell_intake::Result<Report> {
        let receipts = self.desk.keys.receipts.public_key();
        let roster = &self.desk.keys.roster;
        let asked =
            Asked { roster, receipts: &receipts, sees: Sees::of(role), lost_on, today: day("2026-03-22") };
        report(store, origins, &asked)
    }
}

/// What the report says in one store, for the lead and without a day.
fn told(world: &World, store: &mut dyn Store) -> Vec<Report> {
    let later = world.given(store);
    let all = [None, Some(day("2026-03-20")), Some(day("2026-03-21"))]
        .map(|lost_on| world.asks(store, Role::Lead, lost_on));
    let chain = &all[0].chains[0];
    let held = chain.held.as_ref().unwrap();
    assert_eq!((all[0].chains.len(), chain.origin), (1, world.book.origin), "no colleague's");
    assert_eq!(held.to.sequence, Seq(world.book.last()), "what waits is not received");
    assert_eq!(held.to.link, world.book.head());
    let whole = world
        .book
        .entries
        .iter()
        .filter(|(header, _)| header.case.is_none_or(|case| [id(CASE), id(ALLEGATION)].contains(&case)))
        .count() as u64;
    assert_eq!((held.entries, held.gone), (whole, 0));
    assert_eq!(held.hashes, world.book.last() - whole, "of the other file the hashes alone came");
    assert!(held.hashes > 0);
    assert_eq!((held.first_came, held.last_came), (now(), now()));
    assert_eq!(held.newest, Some(world.book.entries.last().unwrap().0.recorded_at));
    assert_eq!(chain.stands, Some(Stands::Current));
    let outcomes: Vec<_> = all[0].given.iter().map(|one| (one.row.outcome, one.row.reason)).collect();
    assert_eq!(outcomes.len(), 3, "not the colleague's file: {outcomes:?}");
    assert!(outcomes.contains(&(Outcome::Quarantined, Some(Reason::Gap))));
    assert_eq!(later.last(), world.book.last() + 2);
    let cases: Vec<_> = all[0].files.iter().map(|line| line.case).collect();
    assert_eq!(cases, [id(CASE)], "what came as a hash alone belongs to nothing that can be named");
    // The same handover is encrypted otherwise each time.
    let alike = |mut report: Report| {
        report.given.iter_mut().for_each(|one| (one.row.sha256, one.row.bytes) = (Sha256([0; 32]), 0));
        report.given.sort_by_key(|one| one.row.handover);
        report
    };
    all.map(alike).into()
}

#[test]
fn either_store_tells_the_same_of_a_lost_laptop() {
    let world = world();
    let embedded = told(&world, &mut world.desk.store());
    let server = match Server::start() {
        Ok(server) => server,
        Err(why) => return left_out!("{why}"),
    };
    server.database("agency", &sql(&[]));
    let address = server.address("desk_intake", "agency");
    let mut postgres = Postgres::connect(&sharewell_intake::store::Server::parse(&address).unwrap()).unwrap();
    assert_eq!(told(&world, &mut postgres), embedded);
}

#[test]
fn what_came_on_the_day_of_the_loss_or_later_is_told_apart_from_what_came_before() {
    let world = world();
    let mut store = world.desk.store();
    let all = told(&world, &mut store);
    assert!(all[0].given.iter().all(|one| !one.after_loss) && all[0].chains[0].before_loss.is_none());
    assert!(all[1].given.iter().all(|one| one.after_loss), "it came on that very day");
    assert_eq!(all[1].chains[0].before_loss, None);
    assert!(all[1].steps.contains(&Step::LookAtLater { files: 3 }));
    assert!(all[2].given.iter().all(|one| !one.after_loss));
    assert_eq!(all[2].chains[0].before_loss, Some(Seq(world.book.last())));
    assert!(!all[2].steps.iter().any(|step| matches!(step, Step::LookAtLater { .. })));
}

#[test]
fn what_to_do_begins_with_the_key_until_it_is_taken_back_and_ends_with_the_officer() {
    let mut world = world();
    let mut store = world.desk.store();
    world.given(&mut store);
    let key = world.desk.keys.roster.members[0].key.to_string();
    let lost_on = Some(day("2026-03-21"));
    let wanted = [
        Step::Revoke { key, from: lost_on },
        Step::LookAtWaiting { files: 1 },
        Step::BringBackup,
        Step::TellOfficer,
    ];
    assert_eq!(world.asks(&mut store, Role::Intake, lost_on).steps, wanted);
    // Taken back from a later day on than it was lost: the day has to be moved back.
    world.desk.keys.roster.members[0].revoked = Some(day("2026-03-22"));
    assert_eq!(world.asks(&mut store, Role::Intake, lost_on).steps, wanted);
    world.desk.keys.roster.members[0].revoked = lost_on;
    let told = world.asks(&mut store, Role::Intake, lost_on);
    assert_eq!(told.steps, wanted[1..]);
    assert_eq!(told.chains[0].stands, Some(Stands::Revoked { on: day("2026-03-21") }));
}

#[test]
fn each_role_reads_of_the_files_what_it_may_and_no_more() {
    let world = world();
    let mut store = world.desk.store();
    world.given(&mut store);
    for role in [Role::Practitioner, Role::Intake, Role::Lead, Role::DesignatedOfficer] {
        let report = world.asks(&mut store, role, None);
        let text = format!("{report:?}");
        assert!(text.contains("Ayla Sampleton"), "{text}");
        let restricted = report.files.iter().filter(|line| line.restricted).count();
        assert_eq!(restricted, usize::from(role == Role::DesignatedOfficer), "{role:?}");
        if !matches!(role, Role::Lead | Role::DesignatedOfficer) {
            for word in TELLING {
                assert!(!text.contains(word), "the report tells {role:?} {word}");
            }
        }
        assert!(!text.contains("Rook Sampleby"), "a colleague's file was not on it");
    }
}

#[test]
fn the_chains_before_a_restored_vault_were_on_the_laptop_too() {
    let mut world = world();
    let mut store = world.desk.store();
    world.given(&mut store);
    let mut again = Book { origin: id(5), seed: 9, entries: vec![] };
    let old = OldOrigin {
        origin: world.book.origin,
        last: Seq(world.book.last()),
        link: world.book.head(),
        how: Continued::Restore,
    };
    let (_, first) = &world.book.entries[0];
    let Payload::OriginStarted { vault, .. } = first else { panic!("{first:?}") };
    let public_key = sharewell_exchange::Signer::public_key(&again.signer()).to_string();
    again.write(None, Payload::OriginStarted { vault: *vault, public_key, continues: Some(old) });
    let mut member = again.member(Role::Practitioner);
    member.continues = Some(world.book.origin);
    world.desk.keys.roster.members.push(member);
    let report = world.asks_of(&mut store, &[again.origin], Role::Lead, None).unwrap();
    let chains: Vec<_> = report.chains.iter().map(|chain| (chain.origin, chain.held.is_some())).collect();
    assert_eq!(chains, [(again.origin, false), (world.book.origin, true)], "nothing of the new one came yet");
    let revoked = report.steps.iter().filter(|step| matches!(step, Step::Revoke { .. })).count();
    assert_eq!(revoked, 2, "both keys lay on it");
}

#[test]
fn a_chain_that_nobody_knows_is_no_report() {
    let world = world();
    let mut store = world.desk.store();
    let told = world.asks_of(&mut store, &[id(99)], Role::Lead, None);
    assert!(matches!(told, Err(Error::NotFound)));
    // Enrolled, and nothing ever came: that is the news.
    let told = world.asks(&mut store, Role::Lead, None);
    assert!(told.chains[0].held.is_none() && told.files.is_empty() && told.given.is_empty());
}
