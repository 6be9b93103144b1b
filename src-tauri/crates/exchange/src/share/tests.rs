use proptest::prelude::*;

use super::*;
use crate::keys::Identity;
use crate::sealed::taken_apart::{Member, archive, find, members, replace, reseal, reseal_tags, root};
use crate::{Error, Signer, handover, support};

/// What is written on the page, and in the file's entries.
const SECRET: &str = "Otto Mockford was seen at the bus stop";

fn contents() -> Contents {
    Contents {
        id: support::id(700),
        made_at: support::moment("2026-03-14T09:30:00+00:00"),
        practitioner: support::contents().practitioner,
        agency: None,
        documents: vec![Document {
            path: "share-ab12cd34.pdf".into(),
            bytes: format!("%PDF-1.7 {SECRET}").into_bytes(),
        }],
        words: support::share_words(),
    }
}

fn written(to: &Recipient) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, &contents(), to, &support::signer()).unwrap();
    bytes
}

fn bag(contents: &Contents, to: &Recipient) -> Vec<u8> {
    let mut bytes = Vec::new();
    super::write::write_bag(&mut bytes, contents, to, &support::signer()).unwrap();
    bytes
}

fn opened(bytes: &[u8], identity: &Identity) -> Result<Share, Error> {
    read(bytes, identity, None, Limits::default())
}

fn opened_bag(bytes: &[u8], identity: &Identity) -> Result<Share, Error> {
    super::read::read_bag(bytes, identity, None, Limits::default())
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|some| some == text.as_bytes())
}

#[test]
fn a_share_comes_back_as_it_was_written_and_says_by_whom() {
    let identity = Identity::generate();
    let bytes = written(&identity.recipient());
    let share = opened(&bytes, &identity).unwrap();
    assert_eq!(share.documents, contents().documents);
    let Info { id, made_at, signer, made_by, recipient, .. } = share.info;
    assert_eq!((id, made_at), (contents().id, contents().made_at));
    assert_eq!((signer, recipient), (Signer::public_key(&support::signer()), identity.recipient()));
    assert_eq!(made_by, "Noor Exampleton");
}

#[test]
fn only_the_owner_of_the_key_opens_a_share() {
    let (owner, other) = (Identity::generate(), Identity::generate());
    let bytes = written(&owner.recipient());
    assert!(opened(&bytes, &owner).is_ok());
    assert!(matches!(opened(&bytes, &other), Err(Error::NotForThisKey)));
    for text in [SECRET, "Noor", "sharewell-share", "%PDF-", "README", "data/"] {
        assert!(!holds(&bytes, text), "{text} stands in the encrypted file");
    }
}

#[test]
fn whoever_opens_a_share_cannot_pass_it_on_as_meant_for_somebody_else() {
    let (owner, other) = (Identity::generate(), Identity::generate());
    let again = age::encrypt(other.recipient().age(), &bag(&contents(), &owner.recipient())).unwrap();
    assert!(matches!(opened(&again, &other), Err(Error::NotForThisKey)));
}

#[test]
fn a_share_holds_documents_and_nothing_of_the_ledger() {
    let identity = Identity::generate();
    let all = members(&bag(&contents(), &identity.recipient()));
    let root = root(&all);
    let names: Vec<&str> = all.iter().map(|(path, ..)| path.strip_prefix(&root).unwrap()).collect();
    let described = ["/bagit.txt", "/bag-info.txt", "/manifest-sha256.txt", "/tagmanifest-sha256.txt"];
    let held = ["/tagmanifest-sha256.txt.jws", "/data/README.txt", "/data/documents/share-ab12cd34.pdf"];
    assert_eq!(names, [&described[..], &held[..]].concat());
    let plain = bag(&contents(), &identity.recipient());
    for word in
        ["entry_hash", "payload_hash", "previous_link", "Sharewell-Origin", "Sharewell-Case", "ndjson"]
    {
        assert!(!holds(&plain, word), "{word}");
    }
}

#[test]
fn a_share_that_holds_entries_of_a_ledger_is_refused_and_so_is_anything_else_beside_documents() {
    let identity = Identity::generate();
    let good = members(&bag(&contents(), &identity.recipient()));
    let root = root(&good);
    let others = [
        "data/entries.ndjson",
        "data/Entries.NDJSON",
        "data/documents/entries.ndjson",
        "data/earlier/0192f0c1.ndjson",
        "data/tables/people.csv",
        "data/tables/tables.json",
        "data/attachments/1",
        "data/documents/run.exe",
        "data/documents/x.pdf.lnk",
        "data/documents/deep/x.pdf",
        "data/documents/X.PDF",
        "data/x.pdf",
    ];
    for path in others {
        let mut with = good.clone();
        with.push((format!("{root}/{path}"), b'0', b"%PDF-1.7 {}".to_vec()));
        reseal(&mut with, SIGNATURE_TYPE);
        let refused = opened_bag(&archive(&with), &identity).expect_err(path);
        assert!(matches!(&refused, Error::NotOfAShare { path: said } if said == path), "{path}: {refused:?}");
        // Its own name is not believed either, where nothing vouches for it.
        let mut unlisted = good.clone();
        unlisted.push((format!("{root}/{path}"), b'0', vec![]));
        assert!(matches!(opened_bag(&archive(&unlisted), &identity), Err(Error::NotListed { .. })), "{path}");
    }
    for path in ["con.pdf", "NUL.pdf", "com1.pdf", "lpt9.x.pdf", "aux..pdf"] {
        let mut with = good.clone();
        with.push((format!("{root}/data/documents/{path}"), b'0', b"%PDF-1.7".to_vec()));
        reseal(&mut with, SIGNATURE_TYPE);
        assert!(matches!(opened_bag(&archive(&with), &identity), Err(Error::BadPath { .. })), "{path}");
    }
    let mut with = good;
    with.push((format!("{root}/data/documents/x.pdf"), b'0', b"MZ no document".to_vec()));
    reseal(&mut with, SIGNATURE_TYPE);
    assert!(matches!(opened_bag(&archive(&with), &identity), Err(Error::Malformed { .. })));
}

#[test]
fn what_a_reader_would_refuse_is_never_written() {
    let (identity, signer) = (Identity::generate(), support::signer());
    let of = |documents: Vec<(&str, &[u8])>| {
        let document = |(path, bytes): (&str, &[u8])| Document { path: path.into(), bytes: bytes.to_vec() };
        let documents = documents.into_iter().map(document).collect();
        let mut out = Vec::new();
        let contents = Contents { documents, ..contents() };
        let error = super::write::write_bag(&mut out, &contents, &identity.recipient(), &signer).unwrap_err();
        assert_eq!(out, Vec::<u8>::new(), "not a byte left");
        error
    };
    let pdf: &[u8] = b"%PDF-1.7";
    assert!(matches!(of(vec![]), Error::Contents { .. }));
    assert!(matches!(of(vec![("x.pdf", b"text")]), Error::Contents { .. }));
    assert!(matches!(of(vec![("entries.ndjson", pdf)]), Error::NotOfAShare { .. }));
    assert!(matches!(of(vec![("../x.pdf", pdf)]), Error::BadPath { .. }));
    assert!(matches!(of(vec![("x.pdf", pdf), ("X.pdf", pdf)]), Error::Twice { .. }));
}

#[test]
fn a_handover_is_never_taken_for_a_share_nor_a_share_for_a_handover() {
    let identity = Identity::generate();
    let roster = [Signer::public_key(&support::signer())];
    let mut other = Vec::new();
    handover::write(&mut other, &support::contents(), &[identity.recipient()], &support::signer()).unwrap();
    let share = written(&identity.recipient());
    let as_share = [opened(&other, &identity), read(&other[..], &identity, Some(&roster), Limits::default())];
    for refused in as_share {
        let kind = Error::OtherKind { is: "a handover", wanted: "a share" }.to_string();
        assert_eq!(refused.unwrap_err().to_string(), kind);
    }
    let as_handover = handover::read(&share[..], &identity, &roster, handover::Limits::default());
    assert!(matches!(as_handover, Err(Error::OtherKind { is: "a share", wanted: "a handover" })));

    // The whole contents of one under the other's signature are refused as well: each holds what the other must not.
    let mut plain = Vec::new();
    let to = [identity.recipient()];
    handover::write(&mut plain, &support::contents(), &to, &support::signer()).unwrap();
    let decrypted = age::decrypt(identity.age(), &plain).unwrap();
    let mut signed_anew = members(&decrypted);
    for (path, ..) in &mut signed_anew {
        *path = path.replacen("sharewell-", "sharewell-share-", 1);
    }
    reseal(&mut signed_anew, SIGNATURE_TYPE);
    let refused = opened_bag(&archive(&signed_anew), &identity).unwrap_err();
    assert!(matches!(refused, Error::NotOfAShare { .. }), "{refused:?}");
    let mut share = members(&bag(&contents(), &identity.recipient()));
    for (path, ..) in &mut share {
        *path = path.replacen("sharewell-share-", "sharewell-", 1);
    }
    reseal(&mut share, handover::SIGNATURE_TYPE);
    let again = age::encrypt(identity.recipient().age(), &archive(&share)).unwrap();
    let refused = handover::read(&again[..], &identity, &roster, handover::Limits::default()).unwrap_err();
    assert!(matches!(refused, Error::Malformed { .. }), "{refused:?}");
}

#[test]
fn the_same_contents_give_the_same_bytes_and_another_encryption() {
    let to = Identity::generate().recipient();
    assert_eq!(bag(&contents(), &to), bag(&contents(), &to));
    assert_ne!(written(&to), written(&to));
}

#[test]
fn a_share_of_somebody_else_than_was_expected_is_refused() {
    let identity = Identity::generate();
    let bytes = written(&identity.recipient());
    let own = Signer::public_key(&support::signer());
    let by = |signers: &[PublicKey]| read(&bytes[..], &identity, Some(signers), Limits::default());
    assert_eq!(by(&[PublicKey([1; 32]), own]).unwrap().info.signer, own);
    assert!(matches!(by(&[PublicKey([1; 32])]), Err(Error::UnknownSigner)));
    assert!(matches!(by(&[]), Err(Error::UnknownSigner)));
}

#[test]
fn every_broken_share_is_refused_for_what_is_broken() {
    let identity = Identity::generate();
    let good = bag(&contents(), &identity.recipient());
    let base = members(&good);
    let root = root(&base);
    assert!(opened_bag(&archive(&base), &identity).is_ok(), "what the others are made of is good");
    let says = |name: &str, sealed: bool, change: &dyn Fn(&mut Vec<Member>), so: fn(&Error) -> bool| {
        let mut members = base.clone();
        change(&mut members);
        if sealed {
            reseal(&mut members, SIGNATURE_TYPE);
        }
        let error = opened_bag(&archive(&members), &identity).expect_err(name);
        assert!(so(&error), "{name}: {error:?}");
        assert!(!format!("{error:?}").contains("Otto"), "{name}: an error repeats what stands in it");
    };
    let is = |name: &str, change: &dyn Fn(&mut Vec<Member>), so| says(name, false, change, so);
    let sealed = |name: &str, change: &dyn Fn(&mut Vec<Member>), so| says(name, true, change, so);
    is("document altered", &|m| find(m, ".pdf").2[7] ^= 1, |e| matches!(e, Error::Altered { .. }));
    is("document missing", &|m| m.retain(|(p, ..)| !p.ends_with(".pdf")), |e| {
        matches!(e, Error::Missing { .. })
    });
    is("file twice", &|m| m.push(m.last().unwrap().clone()), |e| matches!(e, Error::Twice { .. }));
    for path in [
        "data/../../x.pdf",
        "data/documents/..\\x.pdf",
        "data/documents/.x.pdf",
        "data/documents/Zo\u{eb}.pdf",
    ] {
        is(path, &|m| m.push((format!("{root}/{path}"), b'0', vec![])), |e| {
            matches!(e, Error::BadPath { .. })
        });
    }
    is("absolute", &|m| m.push(("/etc/x.pdf".into(), b'0', vec![])), |e| matches!(e, Error::BadPath { .. }));
    for kind in *b"123x" {
        is("no file", &|m| m.push((format!("{root}/data/documents/x.pdf"), kind, vec![])), |e| {
            matches!(e, Error::NotAFile { .. })
        });
    }
    is("data first", &|m| m.rotate_right(1), |e| matches!(e, Error::OutOfOrder { .. }));
    is("list altered", &|m| find(m, "/manifest-sha256.txt").2[0] ^= 1, |e| {
        matches!(e, Error::Altered { .. })
    });
    is("signed list altered", &|m| find(m, "/tagmanifest-sha256.txt").2[0] ^= 1, |e| {
        matches!(e, Error::BadSignature)
    });
    is("signature missing", &|m| m.retain(|(p, ..)| !p.ends_with(".jws")), |e| {
        matches!(e, Error::OutOfOrder { .. })
    });
    is(
        "another signs and names the key of the one before",
        &|m| {
            let list = find(m, "/tagmanifest-sha256.txt").2.clone();
            let stranger = ring::signature::Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
            find(m, ".jws").2 = crate::jws::sign(SIGNATURE_TYPE, &list, &stranger).unwrap().into_bytes();
        },
        |e| matches!(e, Error::UnknownSigner),
    );
    is(
        "no algorithm",
        &|m| {
            let kid = Signer::public_key(&support::signer()).id();
            let header = format!(r#"{{"alg":"none","kid":"{kid}","typ":"{SIGNATURE_TYPE}"}}"#);
            find(m, ".jws").2 =
                format!("{}..", data_encoding::BASE64URL_NOPAD.encode(header.as_bytes())).into_bytes();
        },
        |e| matches!(e, Error::SignatureHeader { .. }),
    );
    is(
        "names that differ in case alone",
        &|m| {
            let list = &mut find(m, "/manifest-sha256.txt").2;
            let text = String::from_utf8(list.clone()).unwrap();
            let line = text.lines().find(|line| line.ends_with(".pdf")).unwrap().to_owned();
            list.extend_from_slice(line.replace("share-ab", "SHARE-ab").as_bytes());
            list.push(b'\n');
            reseal_tags(m, SIGNATURE_TYPE);
        },
        |e| matches!(e, Error::Twice { .. }),
    );
    sealed("no README", &|m| m.retain(|(p, ..)| !p.ends_with("README.txt")), |e| {
        matches!(e, Error::Missing { .. })
    });
    sealed("no document", &|m| m.retain(|(p, ..)| !p.ends_with(".pdf")), |e| {
        matches!(e, Error::Missing { .. })
    });
    sealed(
        "newer version",
        &|m| replace(&mut find(m, "/bag-info.txt").2, "Format-Version: 1", "Format-Version: 2"),
        |e| matches!(e, Error::UnknownVersion { version, .. } if version == "2"),
    );
    sealed(
        "another recipient",
        &|m| {
            let other = Identity::generate().recipient().to_string();
            replace(&mut find(m, "/bag-info.txt").2, &identity.recipient().to_string(), &other);
        },
        |e| matches!(e, Error::NotForThisKey),
    );
    sealed(
        "two recipients",
        &|m| {
            let other = format!("Sharewell-Recipient-Key: {}\n", Identity::generate().recipient());
            find(m, "/bag-info.txt").2.extend_from_slice(other.as_bytes());
        },
        |e| matches!(e, Error::Malformed { .. }),
    );
    sealed(
        "another id",
        &|m| replace(&mut find(m, "/bag-info.txt").2, "Identifier: 0192", "Identifier: 0193"),
        |e| matches!(e, Error::BadPath { .. }),
    );
    for (from, to) in [
        ("Signing-Key: ", "Signing-Key: 00"),
        ("External-Identifier", "External"),
        ("Made-At: 2", "Made-At: x"),
    ] {
        sealed(from, &|m| replace(&mut find(m, "/bag-info.txt").2, from, to), |e| {
            matches!(e, Error::Malformed { .. } | Error::NotASigningKey)
        });
    }
    for cut in [good.len() - 1024, good.len() / 2, 600, 1] {
        assert!(matches!(opened_bag(&good[..cut], &identity), Err(Error::Tar { .. })), "cut at {cut}");
    }
    let more = [&good[..], b"more"].concat();
    assert!(matches!(opened_bag(&more, &identity), Err(Error::Tar { .. })));
}

#[test]
fn what_is_wrong_with_the_encryption_is_said() {
    let identity = Identity::generate();
    let good = written(&identity.recipient());
    let mut flipped = good.clone();
    let end = flipped.len() - 5;
    flipped[end] ^= 1;
    assert!(matches!(opened(&flipped, &identity), Err(Error::Damaged)));
    assert!(matches!(opened(&good[..good.len() - 100], &identity), Err(Error::Damaged)));
    for no_age in [&b""[..], b"%PDF-1.7", b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n"]
    {
        assert!(matches!(opened(no_age, &identity), Err(Error::NotAge)));
    }
}

#[test]
fn nothing_over_a_limit_is_taken_in_however_large_it_says_that_it_is() {
    let identity = Identity::generate();
    let good = written(&identity.recipient());
    let limits = Limits::default();
    let with = |limits| read(&good[..], &identity, None, limits).unwrap_err();
    assert!(matches!(with(Limits { total: 900, ..limits }), Error::TooLarge { limit: 900, .. }));
    assert!(matches!(with(Limits { file: 20, ..limits }), Error::TooLarge { limit: 20, .. }));
    assert!(matches!(with(Limits { files: 5, ..limits }), Error::TooLarge { limit: 5, .. }));
    let base = members(&bag(&contents(), &identity.recipient()));
    let mut bytes = archive(&base[..6]);
    bytes.truncate(bytes.len() - 1024);
    let mut header = tar::Header::new_ustar();
    header.set_path(&base[6].0).unwrap();
    header.set_size(8 << 30);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    bytes.extend_from_slice(header.as_bytes());
    assert!(matches!(opened_bag(&bytes, &identity), Err(Error::TooLarge { .. })), "refused unread");
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
    let to = Identity::generate().recipient();
    // From behind the header of age on, which says nothing of why it could not be written.
    for room in [2_000, 4_000] {
        let result = write(Full(room), &contents(), &to, &support::signer());
        let full = matches!(&result, Err(Error::Io(e)) if e.kind() == std::io::ErrorKind::StorageFull);
        assert!(full, "room for {room} bytes: {result:?}");
    }
}

#[test]
fn the_page_on_the_format_says_what_a_reader_refuses() {
    let page = include_str!("../../../../../docs/share-format.md");
    for says in [
        SIGNATURE_TYPE,
        sealed::SHARE.root,
        "`Sharewell-Recipient-Key`",
        "`data/entries.ndjson`",
        "256 MiB",
        "192 MiB",
        "64 files",
    ] {
        assert!(page.contains(says), "docs/share-format.md does not say {says}");
    }
    assert_eq!(Limits::default(), Limits { total: 256 << 20, file: 192 << 20, files: 64 });
    // Every refusal of the page's table is one that the program says in these words.
    let told: Vec<String> = [
        Error::NotAge,
        Error::NotForThisKey,
        Error::Damaged,
        Error::OtherKind { is: "a handover", wanted: "a share" },
        Error::UnknownSigner,
        Error::BadSignature,
        Error::NotOfAShare { path: "data/entries.ndjson".into() },
        Error::BadPath { path: "data/../x".into() },
        Error::Twice { path: "data/README.txt".into() },
        Error::NotListed { path: "data/x".into() },
        Error::Missing { path: "data/README.txt".into() },
        Error::Altered { path: "data/README.txt".into() },
        Error::OutOfOrder { path: "data/README.txt".into() },
        Error::NotAFile { path: "data/x".into() },
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    for words in told {
        assert!(page.contains(&format!("`{words}`")), "docs/share-format.md does not name: {words}");
    }
}

/// A bag and its reader, made once.
static GOOD: std::sync::LazyLock<(Identity, Vec<u8>)> = std::sync::LazyLock::new(|| {
    let identity = Identity::generate();
    let bag = bag(&contents(), &identity.recipient());
    (identity, bag)
});

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = opened(&bytes, &GOOD.0);
        let _ = opened_bag(&bytes, &GOOD.0);
    }

    #[test]
    fn no_changed_byte_of_a_share_is_taken_for_another_content(at in 0usize..20_000, flip in 1u8..) {
        let (identity, good) = &*GOOD;
        let mut changed = good.clone();
        let at = at % changed.len();
        changed[at] ^= flip;
        // It is refused, or lies where a header of the archive says nothing that anybody reads.
        if let Ok(share) = opened_bag(&changed, identity) {
            prop_assert_eq!(share.documents, contents().documents);
        }
    }
}
