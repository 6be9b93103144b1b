#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use ring::signature::Ed25519KeyPair;

use super::*;

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn key(pair: &Ed25519KeyPair) -> PublicKey {
    Signer::public_key(pair)
}

fn pack() -> BTreeMap<String, Vec<u8>> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    [file("pack.toml", "id = 1\n"), file("steps.toml", "#\n"), file("shared/who/1/part.toml", "a = 1\n")]
        .into_iter()
        .collect()
}

fn overlay() -> BTreeMap<String, Vec<u8>> {
    [("overlay.toml".to_owned(), b"id = 1\n".to_vec())].into_iter().collect()
}

/// A tar of the given members, as somebody else could make one.
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (path, bytes) in members {
        ustar::begin(&mut out, path, bytes.len() as u64, 0).unwrap();
        out.extend_from_slice(bytes);
        ustar::pad(&mut out, bytes.len() as u64).unwrap();
    }
    ustar::end(&mut out).unwrap();
    out
}

/// Signs a manifest of one's own making.
fn signed(manifest: &str, members: &[(&str, &[u8])], by: &Ed25519KeyPair) -> Vec<u8> {
    let jws = jws::sign(Kind::Pack.typ(), manifest.as_bytes(), by).unwrap();
    let mut all = vec![(bag::MANIFEST, manifest.as_bytes()), (SIGNATURE, jws.as_bytes())];
    all.extend_from_slice(members);
    tar(&all)
}

fn line(path: &str, bytes: &[u8]) -> String {
    format!("{}  {path}\n", Sha256::of(&[bytes]))
}

#[test]
fn a_pack_comes_back_as_it_was_signed_and_names_its_signer() {
    let publisher = pair(1);
    let bytes = write(&pack(), &publisher).unwrap();
    let keys = [key(&pair(9)), key(&publisher)];
    let opened = read(&bytes, Roster { publishers: &keys, agencies: &[] }).unwrap();
    assert_eq!((opened.kind, opened.signer), (Kind::Pack, key(&publisher)));
    assert_eq!(opened.files, pack());
    assert_eq!(write(&pack(), &publisher).unwrap(), bytes, "the same files give the same bytes");
}

#[test]
fn a_key_that_is_not_on_the_roster_signs_nothing() {
    let bytes = write(&pack(), &pair(2)).unwrap();
    let publishers = [key(&pair(1))];
    assert!(matches!(
        read(&bytes, Roster { publishers: &publishers, agencies: &[] }),
        Err(Error::UnknownSigner)
    ));
    assert!(matches!(read(&bytes, Roster::default()), Err(Error::UnknownSigner)));
}

#[test]
fn an_agency_never_signs_a_nations_pack_nor_a_publisher_an_agencys_overlay() {
    let (publisher, agency) = (pair(1), pair(2));
    let (publishers, agencies) = ([key(&publisher)], [key(&agency)]);
    let roster = Roster { publishers: &publishers, agencies: &agencies };
    assert_eq!(read(&write(&overlay(), &agency).unwrap(), roster).unwrap().kind, Kind::Overlay);
    assert!(matches!(read(&write(&pack(), &agency).unwrap(), roster), Err(Error::UnknownSigner)));
    assert!(matches!(read(&write(&overlay(), &publisher).unwrap(), roster), Err(Error::UnknownSigner)));
    // A signature made for an overlay does not count for a pack, even by a key that may sign both.
    let manifest = line("pack/pack.toml", b"id = 1\n");
    let jws = jws::sign(Kind::Overlay.typ(), manifest.as_bytes(), &publisher).unwrap();
    let bytes = tar(&[
        (bag::MANIFEST, manifest.as_bytes()),
        (SIGNATURE, jws.as_bytes()),
        ("pack/pack.toml", b"id = 1\n"),
    ]);
    assert!(matches!(read(&bytes, roster), Err(Error::SignatureHeader { .. })));
}

#[test]
fn every_way_in_which_a_file_can_be_made_wrong_has_its_own_error() {
    let by = pair(1);
    let keys = [key(&by)];
    let roster = Roster { publishers: &keys, agencies: &[] };
    let toml: &[u8] = b"id = 1\n";
    let good = line("pack/pack.toml", toml);

    let altered = signed(&good, &[("pack/pack.toml", b"id = 2\n")], &by);
    assert!(matches!(read(&altered, roster), Err(Error::Altered { .. })));
    let more = signed(&good, &[("pack/pack.toml", toml), ("pack/steps.toml", b"")], &by);
    assert!(matches!(read(&more, roster), Err(Error::NotListed { .. })));
    let less = signed(&format!("{good}{}", line("pack/steps.toml", b"")), &[("pack/pack.toml", toml)], &by);
    assert!(matches!(read(&less, roster), Err(Error::Missing { .. })));
    let twice = signed(&good, &[("pack/pack.toml", toml), ("pack/pack.toml", toml)], &by);
    assert!(matches!(read(&twice, roster), Err(Error::Twice { .. })));
    let outside = signed(&format!("{good}{}", line("evil.toml", toml)), &[], &by);
    assert!(matches!(read(&outside, roster), Err(Error::Malformed { .. })));
    let climbing = signed(&format!("{good}{}", line("pack/../evil", toml)), &[], &by);
    assert!(matches!(read(&climbing, roster), Err(Error::BadPath { .. })));
    let both = signed(&format!("{good}{}", line("pack/overlay.toml", toml)), &[], &by);
    assert!(matches!(read(&both, roster), Err(Error::Malformed { .. })));
    let unsigned = tar(&[(bag::MANIFEST, good.as_bytes()), ("pack/pack.toml", toml)]);
    assert!(matches!(read(&unsigned, roster), Err(Error::OutOfOrder { .. })));
    let first = tar(&[("pack/pack.toml", toml)]);
    assert!(matches!(read(&first, roster), Err(Error::OutOfOrder { .. })));
    let large = vec![b'#'; 512 * 1024 + 1];
    let large = signed(&line("pack/pack.toml", &large), &[("pack/pack.toml", &large)], &by);
    assert!(matches!(read(&large, roster), Err(Error::TooLarge { .. })));
    assert!(matches!(read(&vec![0; 8 * 1024 * 1024 + 1], roster), Err(Error::TooLarge { .. })));
    assert!(matches!(read(b"hello", roster), Err(Error::Tar { .. })));
    assert!(matches!(read(b"", roster), Err(Error::Tar { .. })));

    let mut linked = signed(&good, &[("pack/pack.toml", toml)], &by);
    // The third header of the archive: type `2` is a symbolic link.
    let at = linked.windows(15).rposition(|name| name.starts_with(b"pack/pack.toml\0")).unwrap();
    linked[at + 156] = b'2';
    let mut header = tar::Header::new_old();
    header.as_mut_bytes().copy_from_slice(&linked[at..at + 512]);
    header.set_cksum();
    linked[at..at + 512].copy_from_slice(header.as_bytes());
    assert!(matches!(read(&linked, roster), Err(Error::NotAFile { .. })));
}

#[test]
fn what_is_neither_a_pack_nor_an_overlay_is_not_signed() {
    let neither = [("a.toml".to_owned(), Vec::new())].into_iter().collect();
    assert!(matches!(write(&neither, &pair(1)), Err(Error::Contents { .. })));
    let mut both = pack();
    both.extend(overlay());
    assert!(matches!(write(&both, &pair(1)), Err(Error::Contents { .. })));
    let mut hidden = pack();
    hidden.insert(".git/config".into(), Vec::new());
    assert!(matches!(write(&hidden, &pair(1)), Err(Error::BadPath { .. })));
}

proptest! {
    /// One changed byte is never taken for the file that was signed, and nothing makes the reader panic.
    #[test]
    fn a_changed_byte_is_found(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let by = pair(1);
        let keys = [key(&by)];
        let mut bytes = write(&pack(), &by).unwrap();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        // Owner, mode and time of a member are no part of a pack.
        if let Ok(opened) = read(&bytes, Roster { publishers: &keys, agencies: &[] }) {
            prop_assert_eq!(opened.files, pack());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let keys = [key(&pair(1))];
        let roster = Roster { publishers: &keys, agencies: &[] };
        prop_assert!(read(&bytes, roster).is_err());
    }

    #[test]
    fn a_file_that_is_cut_short_is_refused(cut in any::<prop::sample::Index>()) {
        let by = pair(1);
        let keys = [key(&by)];
        let bytes = write(&pack(), &by).unwrap();
        let roster = Roster { publishers: &keys, agencies: &[] };
        let whole = cut.index(bytes.len() - 512);
        prop_assert!(read(&bytes[..whole], roster).is_err());
    }
}
