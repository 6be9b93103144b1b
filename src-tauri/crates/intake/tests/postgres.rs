//! The same in PostgreSQL: what is held, who may do what, and two intakes at once of which one is killed.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/server.rs"]
mod server;
mod support;

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use server::Server;
use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::{Outcome, Reason, Receipt};
use sharewell_exchange::{Signer as _, SigningKey};
use sharewell_intake::look::{self, Sees};
use sharewell_intake::store::{Files, Postgres, Store, Without, sql};
use sharewell_intake::{By, Error, Intake, Keys, dispose};
use sharewell_left_out::left_out;
use sharewell_records::{Case, CaseKind, Nation, Payload, Role};
use support::*;

fn connect(server: &Server, login: &str, database: &str) -> Postgres {
    let address = server.address(login, database);
    Postgres::connect(&sharewell_intake::store::Server::parse(&address).unwrap()).unwrap()
}

/// What an agency lives through, in one store: each answer in a word.
fn lived_through(desk: &Desk, store: &mut dyn Store) -> Vec<(Outcome, Option<Reason>)> {
    let mut book = Book::new(3, 7);
    let mut other = book.clone();
    let first = book.last();
    book.note("One.");
    book.note("Two.");
    other.note("Another.");
    let mut replacing = book.contents(707, 1, book.last(), &[CASE]);
    replacing.replaces = Some(id(700));
    let paths = [
        desk.handed(&book, 702, first + 2, first + 2, &[CASE]),
        desk.handed(&book, 700, 1, first, &[CASE]),
        desk.handed(&book, 701, first + 1, first + 1, &[CASE]),
        desk.handed(&other, 703, first + 1, first + 1, &[CASE]),
        desk.handed(&book, 704, 1, book.last(), &[OTHER_CASE]),
        desk.file("705.sharewell", b"age-encryption.org/v1\nno"),
        desk.file(
            "706.sharewell",
            &book.sealed(&book.contents(706, 1, 3, &[]), &[Identity::generate().recipient()]),
        ),
        // It takes the place of another one, and everything in it was had.
        desk.file("707.sharewell", &book.sealed(&replacing, &[desk.recipient()])),
    ];
    let mut answers = Vec::new();
    for path in &paths {
        for answer in desk.intake(store).take(path).unwrap() {
            Receipt::read(&answer.row.receipt, &desk.keys.receipts.public_key()).unwrap();
            let kept = matches!(answer.row.outcome, Outcome::Quarantined | Outcome::Sealed);
            assert_eq!(store.piece(answer.row.sha256, 0).unwrap().is_some(), kept);
            answers.push((answer.row.outcome, answer.row.reason));
        }
    }
    let again = desk.intake(store).take(&paths[1]).unwrap();
    assert!(again[0].again);
    answers
}

fn held(store: &mut dyn Store) -> Vec<String> {
    let mut all: Vec<String> = stored(store).into_iter().map(|one| format!("{one:?}")).collect();
    all.extend(look::list(store, Sees::of(Role::Lead)).unwrap().into_iter().map(|one| format!("{one:?}")));
    all.extend(store.papers(id(CASE)).unwrap().into_iter().map(|one| format!("{one:?}")));
    all
}

#[test]
fn a_database_comes_to_what_the_embedded_store_comes_to_whatever_its_engine_leaves_out() {
    let server = match Server::start() {
        Ok(server) => server,
        Err(why) => return left_out!("{why}"),
    };
    let desk = Desk::of(&Book::new(3, 7));
    let mut embedded = desk.store();
    let wanted = lived_through(&desk, &mut embedded);
    assert!(
        wanted.contains(&(Outcome::Taken, None))
            && wanted.contains(&(Outcome::Quarantined, Some(Reason::OtherHash)))
    );
    let rule = By { authority: Some("Retention schedule, line 12"), retention: &[], legal_hold: "" };
    let before = held(&mut embedded);
    let gone = dispose(&mut embedded, id(CASE), &rule, now()).unwrap();
    let after = held(&mut embedded);
    for (name, without) in [("whole", &[][..]), ("plain", &[Without::Partitions, Without::RowSecurity][..])] {
        server.database(name, &sql(without));
        let mut store = connect(&server, "desk_intake", name);
        assert_eq!(lived_through(&desk, &mut store), wanted, "{name}");
        assert_eq!(held(&mut store), before, "{name}");
        drop(store);
        let mut disposal = connect(&server, "desk_disposal", name);
        assert_eq!(dispose(&mut disposal, id(CASE), &rule, now()).unwrap(), gone, "{name}");
        let mut store = connect(&server, "desk_intake", name);
        assert_eq!(held(&mut store), after, "{name}");
        let book = Book::new(3, 7);
        let anew = desk.handed(&book, 700, 1, book.last(), &[CASE]);
        let answers = desk.intake(&mut store).take(&anew).unwrap();
        assert_eq!(answers[0].row.outcome, Outcome::Had);
        assert_eq!(
            answers[0].receipt.disposals.len() as u64,
            gone,
            "the role that takes in tells what was disposed of"
        );
        assert_eq!(held(&mut store), after, "{name}: nothing comes back");
    }
}

#[test]
fn each_role_may_do_what_it_needs_and_no_more() {
    let server = match Server::start() {
        Ok(server) => server,
        Err(why) => return left_out!("{why}"),
    };
    server.database("agency", &sql(&[]));
    let mut book = Book::new(3, 7);
    let allegation = Case { kind: CaseKind::Allegation, ..Case::family(id(52), id(101), Nation::England) };
    book.write(Some(52), Payload::CaseOpened { case: allegation });
    let desk = Desk::of(&book);
    let mut store = connect(&server, "desk_intake", "agency");
    for (number, cases) in [(700, &[CASE][..]), (701, &[52][..])] {
        let path = desk.handed(&book, number, 1, book.last(), cases);
        assert_eq!(desk.intake(&mut store).take(&path).unwrap()[0].row.outcome, Outcome::Taken);
    }
    for (login, forbidden) in [
        (
            "desk_intake",
            &[
                "UPDATE sharewell.entries SET stored = NULL",
                "DELETE FROM sharewell.entries",
                "UPDATE sharewell.seen SET entry_hash = ''",
                "DELETE FROM sharewell.papers",
                "DELETE FROM sharewell.files",
                "INSERT INTO sharewell.disposals VALUES ('a', 1, '', 'b', 'c', 'd', NULL)",
                "CREATE TABLE sharewell.mine (a int)",
            ][..],
        ),
        (
            "desk_reader",
            &[
                "INSERT INTO sharewell.cases VALUES ('a', false)",
                "UPDATE sharewell.cases SET restricted = false",
                "SELECT * FROM sharewell.kept",
                "DELETE FROM sharewell.entries",
            ],
        ),
        (
            "desk_disposal",
            &[
                "DELETE FROM sharewell.entries",
                "DELETE FROM sharewell.disposals",
                "UPDATE sharewell.disposals SET authority = 'another'",
                "UPDATE sharewell.entries SET header = ''",
                "UPDATE sharewell.entries SET stored = 'otherwise'",
            ],
        ),
    ] {
        for statement in forbidden {
            let failed = server.client(login, "agency").batch_execute(statement).unwrap_err();
            let state = failed.code().unwrap().code().to_owned();
            assert_eq!(state, "42501", "{login}: {statement}");
        }
    }
    // What the reader's connection gives, whatever program asks: no restricted file.
    let officer = Sees::of(Role::DesignatedOfficer);
    let mut reader = connect(&server, "desk_reader", "agency");
    assert_eq!(look::list(&mut reader, officer).unwrap().len(), 1);
    let mut theirs = connect(&server, "desk_officer", "agency");
    assert_eq!(look::list(&mut theirs, officer).unwrap().len(), 2);
    assert!(matches!(look::show(&mut theirs, id(52), Sees::of(Role::Lead)), Err(Error::NotFound)));
    // Sixteen parts, and the index of places in none of them.
    let mut admin = server.client("admin", "agency");
    let parts: i64 = admin
        .query_one("SELECT count(*) FROM pg_inherits WHERE inhparent = 'sharewell.entries'::regclass", &[])
        .unwrap()
        .get(0);
    assert_eq!(parts, 16);
}

#[test]
fn a_server_that_is_vouched_for_is_reached_over_tls_and_another_is_not() {
    let made = Server::start_with(|server| {
        certificates(server.folder());
        let file = |name: &str| server.folder().join(name).display().to_string();
        // The server reads its key only where it is its own and nobody else's.
        server.own("server.key");
        Ok(vec![
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", file("server.crt")),
            format!("ssl_key_file={}", file("server.key")),
        ])
    });
    let server = match made {
        Ok(server) => server,
        Err(why) => return left_out!("{why}"),
    };
    server.database("agency", &sql(&[]));
    let at = |host: &str, authority: &str| {
        let address = format!("postgres://desk_intake@{host}:{}/agency", server.port);
        let address = sharewell_intake::store::Server::parse(&address).unwrap();
        Postgres::connect(&address.vouched_by(&server.folder().join(authority)))
    };
    at("localhost", "authority.crt").unwrap().files(Files::All).unwrap();
    assert!(at("127.0.0.1", "authority.crt").is_err(), "its certificate is another host's");
    assert!(at("localhost", "stranger.crt").is_err(), "nobody vouches for it");
    let missing = at("localhost", "nothing.crt").err().unwrap();
    assert!(matches!(missing, Error::BadAuthority { .. }));
}

/// An authority, a server's certificate for `localhost` by it, and another authority.
fn certificates(folder: &Path) {
    use openssl::asn1::Asn1Time;
    use openssl::bn::BigNum;
    use openssl::hash::MessageDigest;
    use openssl::pkey::{PKey, Private};
    use openssl::rsa::Rsa;
    use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
    use openssl::x509::{X509, X509NameBuilder};
    type Pair = (X509, PKey<Private>);
    let make = |name: &str, by: Option<&Pair>| -> Pair {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let mut called = X509NameBuilder::new().unwrap();
        called.append_entry_by_text("CN", name).unwrap();
        let called = called.build();
        let mut builder = X509::builder().unwrap();
        builder.set_version(2).unwrap();
        let number = BigNum::from_u32(if by.is_some() { 2 } else { 1 }).unwrap();
        builder.set_serial_number(&number.to_asn1_integer().unwrap()).unwrap();
        builder.set_subject_name(&called).unwrap();
        builder.set_issuer_name(by.map_or(&called, |(cert, _)| cert.subject_name())).unwrap();
        builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::days_from_now(2).unwrap()).unwrap();
        builder.set_pubkey(&key).unwrap();
        if by.is_none() {
            builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
        } else {
            let context = builder.x509v3_context(None, None);
            let names = SubjectAlternativeName::new().dns(name).build(&context).unwrap();
            builder.append_extension(names).unwrap();
        }
        builder.sign(by.map_or(&key, |(_, key)| key), MessageDigest::sha256()).unwrap();
        (builder.build(), key)
    };
    let authority = make("Madeup Authority", None);
    let stranger = make("Another Authority", None);
    let server = make("localhost", Some(&authority));
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(folder.join(name), bytes).unwrap();
    write("authority.crt", authority.0.to_pem().unwrap());
    write("stranger.crt", stranger.0.to_pem().unwrap());
    write("server.crt", server.0.to_pem().unwrap());
    write("server.key", server.1.private_key_to_pem_pkcs8().unwrap());
}

/// Says to the child process that it is one: its folder, and the address of the database.
const FOLDER: &str = "SHAREWELL_INTAKE_BESIDE_ANOTHER";
const ADDRESS: &str = "SHAREWELL_INTAKE_DATABASE";
/// So often two intakes are started and struck, at most.
const ROUNDS: usize = 14;

fn child(folder: &Path, address: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["child_that_takes_in_beside_another", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(ADDRESS, address)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn of_two_intakes_at_once_one_is_killed_and_nothing_is_lost_or_there_twice() {
    let server = match Server::start() {
        Ok(server) => server,
        Err(why) => return left_out!("{why}"),
    };
    server.database("agency", &sql(&[]));
    let mut books = [Book::new(3, 7), Book::new(4, 8), Book::new(5, 9)];
    let (receipts_key, pem) = SigningKey::generate().unwrap();
    let mut desk = Desk::with(books.iter().map(|book| book.member(Role::Practitioner)).collect());
    desk.keys.receipts = receipts_key;
    let dir = desk.dir.path().to_owned();
    std::fs::create_dir(dir.join("in")).unwrap();
    let mut number = 0;
    for book in &mut books {
        let mut from = 1;
        for _ in 0..4 {
            let to = book.last();
            let bytes = book.sealed(&book.contents(7_000 + number, from, to, &[CASE]), &[desk.recipient()]);
            // The second of each comes first.
            let name = if number % 2 == 0 { number + 1 } else { number - 1 };
            desk.file(&format!("in/{name:03}.sharewell"), &bytes);
            number += 1;
            from = to + 1;
            (0..4).for_each(|note| book.note(&format!("Note {note}.")));
        }
    }
    std::fs::write(dir.join("receipts.key"), pem.expose_secret()).unwrap();
    std::fs::write(dir.join("intake.key"), desk.keys.identities[0].to_secret().expose_secret()).unwrap();
    std::fs::write(dir.join("roster.json"), serde_json::to_vec(&desk.keys.roster).unwrap()).unwrap();

    let address = server.address("desk_intake", "agency");
    let mut wait = Duration::from_millis(5);
    let mut kills = 0;
    // Bounded by what there is to take in and not by a number of kills, which a quick machine never comes to.
    for _ in 0..ROUNDS {
        let (mut one, mut other) = (child(&dir, &address), child(&dir, &address));
        let mut both_ended = true;
        // The other goes on for as long again, beside what the first one's end left half done.
        for struck in [&mut one, &mut other] {
            std::thread::sleep(wait);
            if struck.try_wait().unwrap().is_none() {
                struck.kill().unwrap();
                kills += 1;
                both_ended = false;
            }
            let status = struck.wait().unwrap();
            assert!(status.success() || status.signal() == Some(9), "who is not killed ends well: {status}");
        }
        if both_ended {
            break;
        }
        // A step that is no multiple of anything, so that each kill strikes somewhere else.
        wait += Duration::from_micros(23_700);
    }
    assert!(kills > 0, "nobody was killed");
    let (mut one, mut other) = (child(&dir, &address), child(&dir, &address));
    assert!(one.wait().unwrap().success() && other.wait().unwrap().success());

    let calm = Desk { dir: tempfile::tempdir().unwrap(), ..desk };
    for path in given(&dir) {
        calm.take(&path);
    }
    let mut store = connect(&server, "desk_intake", "agency");
    assert_eq!(stored(&mut store), calm.stored());
    let rows = store.files(Files::All).unwrap();
    assert_eq!(rows.len(), number as usize);
    let mut taken: Vec<_> = rows
        .iter()
        .map(|row| Receipt::read(&row.receipt, &calm.keys.receipts.public_key()).unwrap())
        .flat_map(|receipt| receipt.origins)
        .flat_map(|of| of.taken.into_iter().map(move |one| (of.origin, one.sequence)))
        .collect();
    let all = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), all, "no two receipts say of one entry that they took it");
    assert_eq!(taken.len(), calm.stored().len());
    assert!(rows.iter().all(|row| row.outcome == Outcome::Taken), "{rows:?}");
}

fn given(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir.join("in")).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Runs only when started by the test above.
#[test]
fn child_that_takes_in_beside_another() {
    let Some(dir) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    let keys = Keys {
        identities: vec![Identity::parse(&read("intake.key")).unwrap()],
        receipts: SigningKey::parse(&read("receipts.key")).unwrap(),
        roster: serde_json::from_str(&read("roster.json")).unwrap(),
    };
    let address = std::env::var(ADDRESS).unwrap();
    let server = sharewell_intake::store::Server::parse(&address).unwrap();
    let mut store = Postgres::connect(&server).unwrap();
    for path in given(&dir) {
        let mut intake = Intake { store: &mut store, keys: &keys, limits: Limits::default(), now };
        intake.take(&path).unwrap();
    }
}
