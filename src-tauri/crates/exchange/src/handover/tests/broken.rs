//! One good handover, broken in every way that somebody could break it, each named after what is broken.

use sharewell_records::{Seq, Sha256};

use super::{agency, bag};
use crate::handover::SIGNATURE_TYPE;
use crate::keys::Identity;
use crate::sealed::taken_apart::{Member, archive, find, members, replace, reseal, reseal_tags, root};
use crate::{Error, Signer, support};

/// Every way of breaking the archive, by name, and what the reader must say about it.
#[allow(clippy::type_complexity, clippy::too_many_lines)]
pub(super) fn broken() -> Vec<(&'static str, Vec<u8>, fn(&Error) -> bool)> {
    let good = bag(&support::contents());
    let base = members(&good);
    let root = root(&base);
    let mut cases: Vec<(&'static str, Vec<u8>, fn(&Error) -> bool)> = Vec::new();
    let mut add = |name, change: &dyn Fn(&mut Vec<Member>), says: fn(&Error) -> bool| {
        let mut members = base.clone();
        change(&mut members);
        cases.push((name, archive(&members), says));
    };
    let entries = "data/entries.ndjson";
    add(
        "manifest_missing_file",
        &|m| m.retain(|(p, ..)| !p.ends_with("decision-1.pdf")),
        |e| matches!(e, Error::Missing { path } if path == "data/documents/decision-1.pdf"),
    );
    add(
        "payload_altered",
        &|m| find(m, "decision-1.pdf").2[0] ^= 1,
        |e| matches!(e, Error::Altered { path } if path == "data/documents/decision-1.pdf"),
    );
    add(
        "extra_file",
        &|m| m.push((format!("{root}/data/extra.txt"), b'0', b"x".to_vec())),
        |e| matches!(e, Error::NotListed { path } if path == "data/extra.txt"),
    );
    add("file_twice", &|m| m.push(m.last().unwrap().clone()), |e| matches!(e, Error::Twice { .. }));
    add("path_traversal", &|m| m.push((format!("{root}/data/../../x"), b'0', vec![])), |e| {
        matches!(e, Error::BadPath { .. })
    });
    add("path_absolute", &|m| m.push(("/etc/x".into(), b'0', vec![])), |e| {
        matches!(e, Error::BadPath { .. })
    });
    add("path_backslash", &|m| m.push((format!("{root}/data\\x"), b'0', vec![])), |e| {
        matches!(e, Error::BadPath { .. })
    });
    add("path_other_root", &|m| m.push(("other/data/x".into(), b'0', vec![])), |e| {
        matches!(e, Error::BadPath { .. })
    });
    // One name in the two forms of Unicode, which some systems take for one file.
    for (name, path) in [("name_nfc", "data/Zo\u{eb}.txt"), ("name_nfd", "data/Zoe\u{308}.txt")] {
        add(name, &|m| m.push((format!("{root}/{path}"), b'0', vec![])), |e| {
            matches!(e, Error::BadPath { .. })
        });
    }
    add("symlink", &|m| m.push((format!("{root}/data/x"), b'2', vec![])), |e| {
        matches!(e, Error::NotAFile { .. })
    });
    add("hard_link", &|m| m.push((format!("{root}/data/x"), b'1', vec![])), |e| {
        matches!(e, Error::NotAFile { .. })
    });
    add("device", &|m| m.push((format!("{root}/data/x"), b'3', vec![])), |e| {
        matches!(e, Error::NotAFile { .. })
    });
    add("pax_header", &|m| m.push((format!("{root}/data/x"), b'x', vec![])), |e| {
        matches!(e, Error::NotAFile { .. })
    });
    add("data_before_signature", &|m| m.rotate_right(1), |e| matches!(e, Error::OutOfOrder { .. }));
    add("tag_manifest_altered", &|m| find(m, "/tagmanifest-sha256.txt").2[0] ^= 1, |e| {
        matches!(e, Error::BadSignature)
    });
    add(
        "manifest_altered",
        &|m| find(m, "/manifest-sha256.txt").2[0] ^= 1,
        |e| matches!(e, Error::Altered { path } if path == "manifest-sha256.txt"),
    );
    add(
        "bag_info_altered",
        &|m| replace(&mut find(m, "/bag-info.txt").2, "Noor", "Nora"),
        |e| matches!(e, Error::Altered { path } if path == "bag-info.txt"),
    );
    add(
        "jws_alg_none",
        &|m| {
            let jws = &mut find(m, ".jws").2;
            let kid = Signer::public_key(&support::signer()).id();
            let header = format!(r#"{{"alg":"none","kid":"{kid}","typ":"{SIGNATURE_TYPE}"}}"#);
            *jws = format!("{}..", data_encoding::BASE64URL_NOPAD.encode(header.as_bytes())).into_bytes();
        },
        |e| matches!(e, Error::SignatureHeader { why } if why.contains("EdDSA")),
    );
    add(
        "jws_carries_its_own_key",
        &|m| {
            let header = format!(r#"{{"alg":"EdDSA","jwk":{{}},"kid":"x","typ":"{SIGNATURE_TYPE}"}}"#);
            find(m, ".jws").2 =
                format!("{}..AAAA", data_encoding::BASE64URL_NOPAD.encode(header.as_bytes())).into_bytes();
        },
        |e| matches!(e, Error::SignatureHeader { .. }),
    );
    add("jws_not_detached", &|m| replace(&mut find(m, ".jws").2, "..", ".AAAA."), |e| {
        matches!(e, Error::SignatureHeader { .. })
    });
    add(
        "jws_wrong_key",
        &|m| {
            let tag_manifest = find(m, "/tagmanifest-sha256.txt").2.clone();
            let stranger = ring::signature::Ed25519KeyPair::from_seed_unchecked(&[8; 32]).unwrap();
            find(m, ".jws").2 =
                crate::jws::sign(SIGNATURE_TYPE, &tag_manifest, &stranger).unwrap().into_bytes();
        },
        |e| matches!(e, Error::UnknownSigner),
    );
    add(
        "jws_of_another_kind",
        &|m| {
            let tag_manifest = find(m, "/tagmanifest-sha256.txt").2.clone();
            find(m, ".jws").2 = crate::jws::sign("sharewell-receipt+jws", &tag_manifest, &support::signer())
                .unwrap()
                .into_bytes();
        },
        |e| matches!(e, Error::SignatureHeader { .. }),
    );
    add("jws_missing", &|m| m.retain(|(p, ..)| !p.ends_with(".jws")), |e| {
        matches!(e, Error::OutOfOrder { .. })
    });
    // From here on the files are sealed again: only what is inside is wrong.
    let mut sealed = |name, change: &dyn Fn(&mut Vec<Member>), says: fn(&Error) -> bool| {
        add(
            name,
            &|m| {
                change(m);
                reseal(m, SIGNATURE_TYPE);
            },
            says,
        );
    };
    sealed(
        "entry_altered",
        &|m| {
            replace(
                &mut find(m, entries).2,
                "\"version\":3,\"recorded_at\":\"2026-03-12T10:03",
                "\"version\":3,\"recorded_at\":\"2026-03-12T11:03",
            )
        },
        |e| matches!(e, Error::Entry { sequence: Seq(4), at, .. } if at.line == Some(3)),
    );
    sealed(
        "payload_swapped",
        &|m| {
            let text = String::from_utf8(find(m, entries).2.clone()).unwrap();
            let payload = |line: &str| {
                line.split("\"payload\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
            };
            let lines: Vec<&str> = text.lines().collect();
            let (one, other) = (payload(lines[1]), payload(lines[2]));
            replace(&mut find(m, entries).2, &one, &other);
        },
        |e| matches!(e, Error::Entry { sequence: Seq(3), why, .. } if why.contains("payload")),
    );
    sealed(
        "content_differs",
        &|m| {
            replace(
                &mut find(m, entries).2,
                "\"content\":{\"kind\":\"case_opened\",\"case\":{\"id\"",
                "\"content\":{\"kind\":\"case_opened\",\"case\":{\"Id\"",
            )
        },
        |e| matches!(e, Error::Entry { sequence: Seq(3), why, .. } if why.contains("readable")),
    );
    sealed(
        "entry_removed",
        &|m| {
            let text = String::from_utf8(find(m, entries).2.clone()).unwrap();
            let kept: Vec<&str> =
                text.lines().enumerate().filter(|(at, _)| *at != 3).map(|(_, line)| line).collect();
            find(m, entries).2 = format!("{}\n", kept.join("\n")).into_bytes();
        },
        |e| matches!(e, Error::Chain { at, .. } if at.line == Some(4)),
    );
    sealed(
        "entries_reordered",
        &|m| {
            let text = String::from_utf8(find(m, entries).2.clone()).unwrap();
            let mut lines: Vec<&str> = text.lines().collect();
            lines.swap(2, 3);
            find(m, entries).2 = format!("{}\n", lines.join("\n")).into_bytes();
        },
        |e| matches!(e, Error::Chain { at, .. } if at.line == Some(3)),
    );
    sealed(
        "entries_cut_short",
        &|m| {
            let text = String::from_utf8(find(m, entries).2.clone()).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            find(m, entries).2 = format!("{}\n", lines[..lines.len() - 1].join("\n")).into_bytes();
        },
        |e| matches!(e, Error::Chain { why, .. } if why.contains("missing")),
    );
    sealed(
        "chain_forked",
        &|m| {
            let text = String::from_utf8(find(m, entries).2.clone()).unwrap();
            let at = text.find("{\"sequence\":6,\"entry_hash\":\"").unwrap() + 28;
            let mut other = text.into_bytes();
            other[at] = if other[at] == b'0' { b'1' } else { b'0' };
            find(m, entries).2 = other;
        },
        |e| matches!(e, Error::Chain { why, .. } if why.contains("link")),
    );
    sealed(
        "head_differs",
        &|m| {
            let head = support::contents().head.to_string();
            replace(&mut find(m, entries).2, &head, &Sha256([9; 32]).to_string());
        },
        |e| matches!(e, Error::Chain { why, .. } if why.contains("head")),
    );
    sealed(
        "range_differs",
        &|m| replace(&mut find(m, "/bag-info.txt").2, "Sharewell-Range: 3-", "Sharewell-Range: 2-"),
        |e| matches!(e, Error::Malformed { why, .. } if why.contains("slice")),
    );
    sealed(
        "case_not_chosen",
        &|m| {
            let case =
                format!("Sharewell-Case: {}\n", support::id::<sharewell_records::CaseId>(support::CASE));
            replace(&mut find(m, "/bag-info.txt").2, &case, "");
        },
        |e| matches!(e, Error::Entry { why, .. } if why.contains("not handed over")),
    );
    sealed(
        "version_from_the_future",
        &|m| replace(&mut find(m, "/bag-info.txt").2, "Format-Version: 1", "Format-Version: 2"),
        |e| matches!(e, Error::UnknownVersion { version, .. } if version == "2"),
    );
    sealed(
        "entries_version_from_the_future",
        &|m| replace(&mut find(m, entries).2, "\"version\":1", "\"version\":9"),
        |e| matches!(e, Error::UnknownVersion { version, .. } if version == "9"),
    );
    sealed(
        "meant_for_somebody_else",
        &|m| {
            let other = Identity::generate().recipient().to_string();
            replace(&mut find(m, "/bag-info.txt").2, &agency().recipient().to_string(), &other);
        },
        |e| matches!(e, Error::NotForThisKey),
    );
    sealed(
        "other_bag_name",
        &|m| {
            for (path, ..) in m.iter_mut() {
                *path = path.replacen("sharewell-0192", "sharewell-0193", 1);
            }
        },
        |e| matches!(e, Error::BadPath { .. }),
    );
    sealed(
        "table_row_short",
        &|m| {
            let people = &mut find(m, "/people.csv").2;
            people.extend_from_slice(b"x,y\r\n");
        },
        |e| matches!(e, Error::Table { at, .. } if at.line.is_some()),
    );
    sealed(
        "table_header_renamed",
        &|m| replace(&mut find(m, "/people.csv").2, "person_id", "person"),
        |e| matches!(e, Error::Table { why, .. } if why.contains("header")),
    );
    sealed(
        "table_without_contract",
        &|m| m.push((format!("{root}/data/tables/x.csv"), b'0', b"a\r\n".to_vec())),
        |e| matches!(e, Error::NotListed { path } if path == "data/tables/x.csv"),
    );
    sealed("line_not_json", &|m| find(m, entries).2.extend_from_slice(b"{\n"), |e| {
        matches!(e, Error::Chain { .. } | Error::Malformed { .. })
    });
    add(
        "manifest_lists_twice",
        &|m| {
            let manifest = &mut find(m, "/manifest-sha256.txt").2;
            let first = manifest.split_inclusive(|b| *b == b'\n').next().unwrap().to_vec();
            manifest.extend_from_slice(&first);
            reseal_tags(m, SIGNATURE_TYPE);
        },
        |e| matches!(e, Error::Twice { .. }),
    );
    add(
        "manifest_lists_names_that_differ_in_case_alone",
        &|m| {
            let manifest = &mut find(m, "/manifest-sha256.txt").2;
            let first = String::from_utf8(manifest.clone()).unwrap();
            let line = first.lines().find(|line| line.ends_with("data/README.txt")).unwrap();
            manifest.extend_from_slice(line.replace("README", "readme").as_bytes());
            manifest.push(b'\n');
            reseal_tags(m, SIGNATURE_TYPE);
        },
        |e| matches!(e, Error::Twice { .. }),
    );
    add(
        "manifest_ends_its_lines_like_windows_under_the_old_signature",
        &|m| {
            let manifest = &mut find(m, "/manifest-sha256.txt").2;
            *manifest = String::from_utf8(manifest.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        },
        |e| matches!(e, Error::Altered { path } if path == "manifest-sha256.txt"),
    );
    let mut cut = good.clone();
    cut.truncate(good.len() - 1024);
    cases.push(("tar_truncated_at_its_end", cut, |e| matches!(e, Error::Tar { .. })));
    let mut cut = good.clone();
    cut.truncate(good.len() / 2);
    cases.push(("tar_truncated", cut, |e| matches!(e, Error::Tar { .. })));
    let mut more = good.clone();
    more.extend_from_slice(b"more");
    cases.push(("tar_has_a_tail", more, |e| matches!(e, Error::Tar { .. })));
    let mut sum = good;
    sum[150] ^= 1;
    cases.push(("tar_checksum_wrong", sum, |e| matches!(e, Error::Tar { .. })));
    cases
}
