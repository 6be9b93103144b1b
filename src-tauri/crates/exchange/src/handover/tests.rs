mod broken;

use broken::broken;
use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use sharewell_records::Sha256;

use super::*;
use crate::keys::{Identity, Recipient};
use crate::sealed::taken_apart::{Member, archive, find, members, reseal};
use crate::{Error, Signer, support};

/// The agency's key in tests and fixtures; it protects nothing real.
const AGENCY: &str = include_str!("../../../../../tests/fixtures/handovers/agency-test-key.txt");

fn agency() -> Identity {
    Identity::parse(AGENCY).unwrap()
}

fn roster() -> Vec<PublicKey> {
    vec![PublicKey([1; 32]), Signer::public_key(&support::signer())]
}

fn written(contents: &Contents) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, contents, &[agency().recipient()], &support::signer()).unwrap();
    bytes
}

fn opened(bytes: &[u8]) -> Result<Handover, Error> {
    read(bytes, &agency(), &roster(), Limits::default())
}

/// The plain archive.
fn bag(contents: &Contents) -> Vec<u8> {
    let mut bytes = Vec::new();
    super::write::write_bag(&mut bytes, contents, &[agency().recipient()], &support::signer()).unwrap();
    bytes
}

fn opened_bag(bytes: &[u8]) -> Result<Handover, Error> {
    super::read::read_bag(bytes, &agency(), &roster(), Limits::default())
}

/// The broken archives that are kept as encrypted files, for every program that reads handovers.
const KEPT: [&str; 6] = [
    "chain_forked",
    "entry_altered",
    "jws_wrong_key",
    "jws_alg_none",
    "path_traversal",
    "version_from_the_future",
];

fn fixtures(below: &str) -> std::path::PathBuf {
    std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/handovers"))
        .join(below)
}

fn encrypted(plain: &[u8]) -> Vec<u8> {
    let recipient = agency().recipient();
    age::encrypt(recipient.age(), plain).unwrap()
}

#[test]
fn a_handover_comes_back_as_it_was_written() {
    let contents = support::contents();
    let handover = opened(&written(&contents)).unwrap();
    assert_eq!(handover.lines, contents.lines);
    assert_eq!(handover.tables, contents.tables, "the formula guard is undone on reading");
    assert_eq!(handover.documents, contents.documents);
    assert_eq!(handover.profile, contents.profile);
    assert_eq!(handover.others, vec![], "nothing is there that has no place");
    let info = handover.info;
    assert_eq!(
        (info.id, info.origin, info.from, info.to),
        (contents.id, contents.origin, contents.from, contents.to)
    );
    assert_eq!(
        (info.head, info.previous_link, info.made_at),
        (contents.head, contents.previous_link, contents.made_at)
    );
    assert_eq!((info.cases, info.signer), (contents.cases, contents.public_key));
    assert_eq!((info.made_by.as_str(), info.recipients), ("Noor Exampleton", vec![agency().recipient()]));
}

#[test]
fn a_handover_says_whose_profile_stands_behind_it_and_says_so_where_none_does() {
    let holds = |bytes: &[u8], text: &str| {
        let mut bag = Vec::new();
        let decryptor = age::Decryptor::new_buffered(bytes).unwrap();
        let mut stream = decryptor.decrypt(std::iter::once(agency().age() as &dyn age::Identity)).unwrap();
        std::io::Read::read_to_end(&mut stream, &mut bag).unwrap();
        bag.windows(text.len()).any(|some| some == text.as_bytes())
    };
    let none = written(&support::contents());
    assert!(holds(&none, "Sharewell-Agency-Profile: none") && holds(&none, "No agency stands behind"));
    let name = "Madeup Community Health".to_owned();
    let behind = Behind { agency: uuid::Uuid::from_u128(9), name, serial: 3 };
    let contents = Contents { agency: Some(behind), ..support::contents() };
    let some = written(&contents);
    assert!(holds(&some, &format!("Sharewell-Agency-Profile: {} 3", uuid::Uuid::from_u128(9))));
    assert!(holds(&some, "Madeup Community Health, profile 3.") && !holds(&some, "No agency stands behind"));
    assert_eq!(opened(&some).unwrap().tables, contents.tables, "it opens like any other");
}

#[test]
fn the_strict_profile_comes_back_as_well() {
    let contents = Contents { profile: Profile::Strict, ..support::contents() };
    assert_eq!(opened(&written(&contents)).unwrap().tables, contents.tables);
}

#[test]
fn the_same_contents_give_the_same_bytes_and_another_encryption() {
    let contents = support::contents();
    assert_eq!(bag(&contents), bag(&contents), "a receipt names the contents by their hash");
    assert_ne!(written(&contents), written(&contents), "every encryption has a key of its own");
}

#[test]
fn a_frozen_handover_opens_verifies_and_lists_the_same() {
    let kept = opened(&std::fs::read(fixtures("frozen/4d36c92/good.sharewell")).unwrap()).unwrap();
    let listing = std::fs::read_to_string(fixtures("frozen/4d36c92/good.json")).unwrap();
    let mut kinds = std::collections::BTreeMap::new();
    for line in &kept.lines {
        let kind = if let EntryLine::Whole { header, .. } = line { &header.kind } else { "left out" };
        *kinds.entry(kind.to_owned()).or_insert(0) += 1;
    }
    let tables: Vec<_> = kept.tables.iter().map(|table| (&table.name, table.rows.len())).collect();
    let documents: Vec<_> = kept.documents.iter().map(|one| (&one.path, Sha256::of(&[&one.bytes]))).collect();
    let held = serde_json::json!({
        "id": kept.info.id, "head": kept.info.head, "contents_hash": kept.info.contents_hash,
        "kinds": kinds, "tables": tables, "documents": documents, "others": kept.others.len(),
    });
    assert_eq!(held, serde_json::from_str::<serde_json::Value>(&listing).unwrap(), "{held:#}");
}

/// Entries of several megabytes: three long texts for each piece in which entries are rendered.
fn long() -> Contents {
    let mut contents = support::contents();
    contents.cases.clear();
    let mut at = contents.previous_link;
    contents.lines.clear();
    for sequence in contents.from.0..contents.from.0 + 60 {
        let header = sharewell_records::Header {
            id: support::id(9_000 + sequence),
            origin: contents.origin,
            sequence: Seq(sequence),
            case: None,
            author: support::id(1),
            kind: "note_of_a_later_version".into(),
            version: 9,
            recorded_at: contents.made_at,
            basis: vec![],
        };
        let stored = format!("{{\n \"text\": \"{}\"\n}}", "word ".repeat(9_000)).into_bytes();
        let salt = [sequence as u8; 32];
        let payload = sharewell_records::payload_hash(&salt, &stored);
        let hash = sharewell_records::entry_hash(&header, payload).unwrap();
        at = sharewell_records::link(at, Seq(sequence), hash);
        contents.to = Seq(sequence);
        contents.lines.push(EntryLine::Whole { header, stored, salt });
    }
    Contents { head: at, ..contents }
}

#[test]
fn entries_too_long_to_keep_give_the_same_bytes() {
    let contents = long();
    let mut bytes = Vec::new();
    super::write::write_bag_keeping(0, &mut bytes, &contents, &[agency().recipient()], &support::signer())
        .unwrap();
    assert!(bytes == bag(&contents), "rendered twice or kept, it is the same archive");
    assert_eq!(opened_bag(&bytes).unwrap().lines, contents.lines);
}

#[test]
fn a_disk_that_fills_up_ends_the_writing_with_its_own_error() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let contents = long();
    for most in [0, 64 << 20] {
        for room in [0, 10_000, 300_000, 1_000_000, 5_000_000] {
            let (recipients, signer) = ([agency().recipient()], support::signer());
            let result =
                super::write::write_bag_keeping(most, &mut Full(room), &contents, &recipients, &signer);
            let full = matches!(&result, Err(Error::Io(e)) if e.kind() == std::io::ErrorKind::StorageFull);
            assert!(full, "room for {room} bytes: {result:?}");
        }
    }
}

#[test]
fn the_summary_counts_what_left() {
    let mut out = Vec::new();
    let contents = support::contents();
    let summary = write(&mut out, &contents, &[agency().recipient()], &support::signer()).unwrap();
    assert_eq!((summary.entries, summary.withheld, summary.documents), (11, 2, 1));
    assert_eq!(summary.contents_hash, opened(&out).unwrap().info.contents_hash);
}

#[test]
fn nothing_of_another_family_leaves() {
    let plain = bag(&support::contents());
    for word in [&b"Mockford"[..], b"Otto"] {
        assert!(
            !plain.windows(word.len()).any(|window| window == word),
            "the other file's child is not in the bag"
        );
    }
}

#[test]
fn an_entry_of_a_file_that_was_not_chosen_is_refused_before_a_byte_leaves() {
    let contents = Contents { cases: vec![], ..support::contents() };
    let mut out = Vec::new();
    let error = super::write::write_bag(&mut out, &contents, &[agency().recipient()], &support::signer())
        .unwrap_err();
    assert!(matches!(error, Error::Contents { .. }), "{error}");
    assert_eq!(out, Vec::<u8>::new());
}

#[test]
fn contents_that_do_not_hold_together_do_not_leave() {
    let good = support::contents();
    let mut gap = good.clone();
    gap.lines.remove(2);
    let mut twice = good.clone();
    twice.documents.push(twice.documents[0].clone());
    let mut path = good.clone();
    path.documents[0].path = "../x.pdf".into();
    let head = Contents { head: Sha256([9; 32]), ..good.clone() };
    let key = Contents { public_key: PublicKey([9; 32]), ..good };
    for (name, contents) in [("gap", gap), ("twice", twice), ("path", path), ("head", head), ("key", key)] {
        let result = write(std::io::sink(), &contents, &[agency().recipient()], &support::signer());
        assert!(
            matches!(result, Err(Error::Contents { .. } | Error::Twice { .. } | Error::BadPath { .. })),
            "{name}: {result:?}"
        );
    }
    let nobody = write(std::io::sink(), &support::contents(), &[], &support::signer());
    assert!(matches!(nobody, Err(Error::NoRecipient)), "{nobody:?}");
}

#[test]
fn every_broken_handover_is_refused_for_what_is_broken() {
    opened_bag(&archive(&members(&bag(&support::contents()))))
        .expect("the archive that the others are made of is good");
    for (name, bytes, says) in broken() {
        let error = opened_bag(&bytes).expect_err(name);
        assert!(says(&error), "{name}: {error:?}");
    }
}

#[test]
fn what_is_wrong_with_the_encryption_is_said() {
    let good = written(&support::contents());
    let stranger = read(&good[..], &Identity::generate(), &roster(), Limits::default());
    assert!(matches!(stranger, Err(Error::NotForThisKey)), "{stranger:?}");
    let mut mac_bad = good.clone();
    let at = good.windows(4).position(|w| w == b"--- ").unwrap() + 6;
    mac_bad[at] = if mac_bad[at] == b'A' { b'B' } else { b'A' };
    assert!(matches!(opened(&mac_bad), Err(Error::NotAge)), "mac_bad");
    let mut flipped = good.clone();
    let end = flipped.len() - 5;
    flipped[end] ^= 1;
    assert!(matches!(opened(&flipped), Err(Error::Damaged)), "the last byte counts too");
    assert!(matches!(opened(&good[..good.len() - 100]), Err(Error::Damaged)), "age_truncated");
    assert!(matches!(opened(b""), Err(Error::NotAge)), "empty");
    assert!(matches!(opened(b"%PDF-1.7"), Err(Error::NotAge)), "not age at all");
    let endless = [b"age-encryption.org/v1\n".to_vec(), b"-> X25519 x\n".repeat(20_000)].concat();
    assert!(matches!(opened(&endless), Err(Error::NotAge)), "endless header");
}

#[test]
fn bomb_size_nothing_over_a_limit_is_taken_in() {
    let good = written(&support::contents());
    let with = |limits| read(&good[..], &agency(), &roster(), limits).unwrap_err();
    let limits = Limits::default();
    assert!(matches!(with(Limits { total: 2000, ..limits }), Error::TooLarge { limit: 2000, .. }));
    assert!(matches!(with(Limits { file: 100, ..limits }), Error::TooLarge { limit: 100, .. }));
    assert!(matches!(with(Limits { files: 6, ..limits }), Error::TooLarge { limit: 6, .. }));
    assert!(matches!(with(Limits { line: 300, ..limits }), Error::TooLarge { limit: 300, .. }));
    let mut members = members(&bag(&support::contents()));
    let mut bomb = archive(&members.split_off(5));
    bomb.truncate(512);
    let header = tar::Header::from_byte_slice(&bomb);
    let mut header = header.clone();
    header.set_size(8 << 30);
    header.set_cksum();
    let mut bytes = archive(&members);
    bytes.truncate(bytes.len() - 1024);
    bytes.extend_from_slice(header.as_bytes());
    let error = opened_bag(&bytes).unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { .. }),
        "a size that is only claimed is refused unread: {error:?}"
    );
}

#[test]
fn errors_do_not_repeat_what_people_wrote() {
    for (name, bytes, _) in broken() {
        let text = format!("{:?}", opened_bag(&bytes).unwrap_err());
        for word in ["Sampleton", "Fablewell", "Nosuch"] {
            assert!(!text.contains(word), "{name}: {text}");
        }
    }
}

#[test]
fn every_kept_broken_file_is_refused_for_what_is_broken() {
    let mut kept = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(fixtures("broken")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (_, _, says) =
            broken().into_iter().find(|(known, ..)| *known == name).expect("a way of breaking");
        let error = opened(&std::fs::read(&path).unwrap()).expect_err(&name);
        assert!(says(&error), "{name}: {error:?}");
        kept.insert(name);
    }
    assert_eq!(kept, KEPT.map(str::to_owned).into(), "each is there, and nothing else");
}

/// Makes the kept broken files anew, where the format has a new version. See `tests/fixtures/README.md`.
#[test]
#[ignore = "writes into tests/fixtures/handovers/broken"]
fn write_the_broken_files() {
    for (name, bytes, _) in broken().into_iter().filter(|(name, ..)| KEPT.contains(name)) {
        std::fs::write(fixtures("broken").join(format!("{name}.sharewell")), encrypted(&bytes)).unwrap();
    }
}

#[test]
fn an_earlier_chain_goes_along_and_is_verified_like_the_own_one() {
    let contents = support::restored();
    let handover = opened(&written(&contents)).unwrap();
    assert_eq!((&handover.lines, &handover.chains), (&contents.lines, &contents.chains));
    assert_eq!(handover.info.not_here, Some((2, 1)));
    assert_eq!(handover.others, vec![]);

    let of = |change: &dyn Fn(&mut Contents)| {
        let mut contents = support::restored();
        change(&mut contents);
        let mut nowhere = Vec::new();
        write(&mut nowhere, &contents, &[agency().recipient()], &support::signer())
    };
    let missing = of(&|contents| drop(contents.chains[0].lines.pop()));
    assert!(matches!(missing, Err(Error::Contents { .. })), "{missing:?}");
    let stranger = of(&|contents| contents.cases.clear());
    assert!(matches!(stranger, Err(Error::Contents { .. })), "an entry of no chosen file: {stranger:?}");
    // A chain under another one's name, signed by whoever holds the key.
    let mut kept = members(&bag(&contents));
    let name = format!("{}.ndjson", contents.chains[0].origin);
    let chain = find(&mut kept, &name);
    chain.0 = chain.0.replace(&name, "another.ndjson");
    reseal(&mut kept, SIGNATURE_TYPE);
    let plain = archive(&kept);
    assert!(matches!(opened_bag(&plain), Err(Error::Malformed { .. })), "{:?}", opened_bag(&plain));
}

#[test]
fn a_handover_that_starts_in_the_middle_says_so_on_its_first_page_and_in_its_labels() {
    let text = |contents: &Contents| crate::readme::text(contents);
    let says = text(&support::restored());
    for words in ["NOT AT THE BEGINNING", "The same recipient got 1 of them before", "never got 1 of them"] {
        assert!(says.contains(words), "{words}: {says}");
    }
    assert!(says.contains(&support::id::<HandoverId>(701).to_string()) && says.contains("earlier/*.ndjson"));
    assert!(says.lines().all(|line| line.chars().count() <= 88), "it fits a window: {says}");
    let whole = text(&Contents { beginning: Beginning::default(), chains: vec![], ..support::restored() });
    assert!(whole.contains("At the beginning") && !whole.contains("NOT AT") && !whole.contains("earlier/"));
    let labels = String::from_utf8_lossy(&bag(&support::restored())).into_owned();
    for label in
        ["Sharewell-Earlier-Entries: 2\n", "Sharewell-Never-Given: 1\n", "Sharewell-Earlier-Handover: "]
    {
        assert!(labels.contains(label), "{label}");
    }
    let older = std::fs::read(fixtures("frozen/4d36c92/good.sharewell")).unwrap();
    assert_eq!(opened(&older).unwrap().info.not_here, None, "an earlier version did not say");
}

#[test]
fn a_handover_names_the_one_whose_place_it_takes_and_one_that_takes_none_says_nothing_of_it() {
    let replaces = Some(support::id::<HandoverId>(702));
    let contents = Contents { replaces, ..support::contents() };
    let labels = String::from_utf8_lossy(&bag(&contents)).into_owned();
    assert!(labels.contains(&format!("Sharewell-Replaces: {}\n", support::id::<HandoverId>(702))));
    assert!(!String::from_utf8_lossy(&bag(&support::contents())).contains("Sharewell-Replaces"));
    for contents in [contents, support::contents()] {
        let (mut bytes, signer) = (Vec::new(), support::signer());
        write(&mut bytes, &contents, &[agency().recipient()], &signer).unwrap();
        assert_eq!(opened(&bytes).unwrap().info.replaces, contents.replaces);
    }
}

#[test]
fn several_recipients_can_each_open_it() {
    let other = Identity::generate();
    let recipients: Vec<Recipient> = vec![other.recipient(), agency().recipient()];
    let mut bytes = Vec::new();
    write(&mut bytes, &support::contents(), &recipients, &support::signer()).unwrap();
    for identity in [other, agency()] {
        assert_eq!(
            read(&bytes[..], &identity, &roster(), Limits::default()).unwrap().info.recipients,
            recipients
        );
    }
    assert!(!AGENCY.contains(Identity::generate().to_secret().expose_secret()), "a new key is new");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_change_of_the_archive_makes_the_reader_panic_or_goes_unseen(at in any::<prop::sample::Index>(), to: u8) {
        thread_local!(static GOOD: Vec<u8> = bag(&support::contents()));
        GOOD.with(|good| {
            let mut bytes = good.clone();
            let at = at.index(bytes.len());
            bytes[at] = to;
            let result = opened_bag(&bytes);
            // A header's checksum can be written in several ways that mean the same number.
            let checksum = (148..156).contains(&(at % 512));
            prop_assert!(result.is_err() || bytes == *good || checksum, "byte {} went unseen", at);
            Ok(())
        })?;
    }

    #[test]
    fn no_bytes_in_a_sealed_ndjson_make_the_reader_panic(
        line in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in "[\\x00-\\x7f]{0,6}",
    ) {
        thread_local!(static GOOD: Vec<Member> = members(&bag(&support::contents())));
        GOOD.with(|good| {
            let mut members = good.clone();
            let text = String::from_utf8(find(&mut members, "entries.ndjson").2.clone()).unwrap();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let line = line.index(lines.len());
            let place = at.index(lines[line].len());
            if lines[line].is_char_boundary(place) {
                lines[line].insert_str(place, &with);
            }
            find(&mut members, "entries.ndjson").2 = format!("{}\n", lines.join("\n")).into_bytes();
            reseal(&mut members, SIGNATURE_TYPE);
            let _ = opened_bag(&archive(&members));
        });
    }
}

#[test]
fn a_part_says_which_it_is_and_verifies_alone_and_a_whole_handover_says_nothing_of_parts() {
    let of = support::contents().id;
    let part = Part { of, number: 2, count: 3 };
    let contents = Contents { part: Some(part), ..support::contents() };
    let bytes = written(&contents);
    assert_eq!(opened(&bytes).unwrap().info.part, Some(part));
    assert!(crate::readme::text(&contents).contains("PART 2 OF 3"));
    assert_eq!(opened(&written(&support::contents())).unwrap().info.part, None);
    assert!(!crate::readme::text(&support::contents()).contains("PART "));
    for (number, count) in [(0, 3), (4, 3), (1, 1), (0, 0)] {
        let wrong = Contents { part: Some(Part { of, number, count }), ..support::contents() };
        let refused = opened(&written(&wrong)).unwrap_err();
        assert!(matches!(refused, Error::Malformed { .. }), "{number} of {count}: {refused}");
    }
}
