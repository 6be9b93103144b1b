//! A bag taken apart, changed and put together again, for tests of what a reader refuses.

use std::io::Read as _;

use sharewell_records::Sha256;

use crate::support;

/// A member of an archive, with its type flag.
pub(crate) type Member = (String, u8, Vec<u8>);

pub(crate) fn members(tar: &[u8]) -> Vec<Member> {
    let mut archive = tar::Archive::new(tar);
    archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (path, b'0', bytes)
        })
        .collect()
}

pub(crate) fn archive(members: &[Member]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, kind, content) in members {
        let mut header = tar::Header::new_ustar();
        let name = &mut header.as_old_mut().name;
        name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(if *kind == b'0' { content.len() as u64 } else { 0 });
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_entry_type(tar::EntryType::new(*kind));
        if *kind != b'0' {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        bytes.extend_from_slice(header.as_bytes());
        if *kind == b'0' {
            bytes.extend_from_slice(content);
            bytes.resize(bytes.len().next_multiple_of(512), 0);
        }
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

pub(crate) fn find<'a>(members: &'a mut [Member], name: &str) -> &'a mut Member {
    members.iter_mut().find(|(path, _, _)| path.ends_with(name)).unwrap()
}

pub(crate) fn root(members: &[Member]) -> String {
    members[0].0.split('/').next().unwrap().to_owned()
}

/// Makes the manifests, the sizes and the signature right again, as somebody with the signing key could.
pub(crate) fn reseal(members: &mut [Member], typ: &str) {
    let root = root(members);
    let inside = |path: &str| path.strip_prefix(&format!("{root}/")).unwrap_or(path).to_owned();
    let payload: Vec<(String, Vec<u8>)> = members
        .iter()
        .filter(|(path, kind, _)| inside(path).starts_with("data/") && *kind == b'0')
        .map(|(path, _, bytes)| (inside(path), bytes.clone()))
        .collect();
    let octets: usize = payload.iter().map(|(_, bytes)| bytes.len()).sum();
    let info = String::from_utf8(find(members, "/bag-info.txt").2.clone()).unwrap();
    let info: String = info
        .lines()
        .map(|line| match line.starts_with("Payload-Oxum") {
            true => format!("Payload-Oxum: {octets}.{}\n", payload.len()),
            false => format!("{line}\n"),
        })
        .collect();
    find(members, "/bag-info.txt").2 = info.into_bytes();
    let lines =
        crate::bag::manifest(payload.iter().map(|(path, bytes)| (path.as_str(), Sha256::of(&[bytes]))));
    find(members, "/manifest-sha256.txt").2 = lines.into_bytes();
    reseal_tags(members, typ);
}

pub(crate) fn reseal_tags(members: &mut [Member], typ: &str) {
    let hash = |members: &mut [Member], name: &str| Sha256::of(&[&find(members, &format!("/{name}")).2]);
    let tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"].map(|name| (name, hash(members, name)));
    let tag_manifest = crate::bag::manifest(tags.into_iter());
    let jws = crate::jws::sign(typ, tag_manifest.as_bytes(), &support::signer()).unwrap();
    find(members, "/tagmanifest-sha256.txt").2 = tag_manifest.into_bytes();
    find(members, ".jws").2 = jws.into_bytes();
}

/// Puts one text in the place of another.
pub(crate) fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "the good file holds {from}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}
