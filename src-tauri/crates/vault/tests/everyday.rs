//! What a practitioner does every day, and that it is there the next time.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use secrecy::ExposeSecret;
use sharewell_records::*;
use sharewell_vault::{
    Content, Draft, Error, Finding, HeadState, Keep, OutsideHead, Secret, SliceLine, Vault, cases, decisions,
    drafts, flags, items, ledger, new_uuid, obligations, packs, people, practitioner, relationships, search,
    timeline, waiting,
};
use support::*;

#[test]
fn what_was_recorded_is_there_after_a_lock_and_nothing_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let duty = obligation(Duty::Explain, Some(at(5000)));
    let signed = decision(home.case, home.child.id, vec![duty.clone(), obligation(Duty::Review, None)]);
    vault
        .write(&stamp(20), |w| {
            w.append(
                Some(home.case),
                &Payload::ItemRecorded { item: item("A bruise on the left arm", &[home.child.id]) },
                &[],
            )?;
            w.append(Some(home.case), &Payload::DecisionSigned { decision: Box::new(signed.clone()) }, &[])?;
            w.sign_checkpoint()?;
            Ok::<_, Error>(())
        })
        .unwrap();
    vault.close().unwrap();
    let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(!files.iter().any(|f| f == "vault.db-wal"), "a closed vault leaves no log behind: {files:?}");

    let mut vault = unlock(dir.path(), 100);
    assert_eq!(vault.opening().head, HeadState::Agrees);
    vault
        .read(|r| {
            assert_eq!(cases::list(r)?[0].child.as_ref().unwrap(), &home.child);
            assert_eq!(people::of_case(r, home.case)?.len(), 2);
            assert_eq!(items::of_case(r, home.case)?[0].record.text, "A bruise on the left arm");
            assert_eq!(decisions::get(r, signed.id)?.record, signed);
            assert_eq!(
                obligations::outstanding(r)?[0].obligation,
                duty,
                "the one with a deadline comes first"
            );
            assert_eq!(practitioner::current(r)?.record, support::practitioner());
            assert_eq!(timeline::of_case(r, home.case, 50, None)?.len(), 5);
            Ok::<_, Error>(())
        })
        .unwrap();
    let settlement = Settlement::Done { note: "Told at home".into() };
    vault
        .write(&stamp(101), |w| {
            w.append(
                Some(home.case),
                &Payload::ObligationSettled { id: duty.id, settlement: settlement.clone() },
                &[],
            )
        })
        .unwrap();
    let row = vault.read(|r| obligations::get(r, duty.id)).unwrap();
    assert_eq!(row.settled.unwrap().how, Some(settlement));
    let report = vault.verify(&[]).unwrap();
    assert!(report.sound(), "{report:?}");
    assert_eq!((report.entries, report.checkpoints), (9, 1));
}

#[test]
fn an_act_that_fails_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let before = vault.tip();
    let failed = vault.write(&stamp(2), |w| {
        w.append(Some(home.case), &Payload::ItemRecorded { item: item("never kept", &[]) }, &[])?;
        w.save_draft(&Draft {
            key: "k".into(),
            kind: "item".into(),
            case: None,
            body: "{}".into(),
            updated: at(2),
        })?;
        w.append(
            Some(home.case),
            &Payload::FlagLifted { id: FlagId(new_uuid()), reason: String::new() },
            &[],
        )?;
        Ok::<(), Error>(())
    });
    assert!(matches!(failed, Err(Error::NoSuch { what: "flag" })), "{failed:?}");
    assert_eq!(vault.tip(), before);
    vault
        .read(|r| {
            assert!(items::of_case(r, home.case)?.is_empty());
            assert!(drafts::list(r)?.is_empty());
            assert!(search::search(r, "never", 10, None)?.is_empty());
            Ok::<_, Error>(())
        })
        .unwrap();
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn the_store_refuses_what_cannot_be() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let mut append = |case: Option<CaseId>, payload: Payload| {
        vault.write(&stamp(2), |w| w.append(case, &payload, &[])).map(|_| ())
    };
    let case = Some(home.case);
    let again = append(case, Payload::PersonRecorded { person: home.child.clone() });
    assert!(matches!(again, Err(Error::AlreadyRecorded { what: "person" })), "{again:?}");
    let elsewhere = append(Some(CaseId(new_uuid())), Payload::ItemRecorded { item: item("x", &[]) });
    assert!(matches!(elsewhere, Err(Error::NoSuch { what: "case" })), "{elsewhere:?}");
    let other = append(
        None,
        Payload::DecisionSigned { decision: Box::new(decision(home.case, home.child.id, vec![])) },
    );
    assert!(matches!(other, Err(Error::CaseMismatch { kind: "decision_signed" })), "{other:?}");
    let forged =
        append(None, Payload::CheckpointSigned { at: Seq(1), link: GENESIS, signature: String::new() });
    assert!(matches!(forged, Err(Error::NotAllowed { .. })), "{forged:?}");
    let duty = obligation(Duty::Explain, None);
    append(case, Payload::ObligationAdded { obligation: duty.clone() }).unwrap();
    let done =
        || Payload::ObligationSettled { id: duty.id, settlement: Settlement::Done { note: String::new() } };
    append(case, done()).unwrap();
    let twice = append(case, done());
    assert!(matches!(twice, Err(Error::AlreadyClosed { what: "obligation" })), "{twice:?}");
}

#[test]
fn a_correction_shows_the_latest_and_keeps_the_history() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let first = item("The left arm", &[home.child.id]);
    let mut second = first.clone();
    second.text = "The right arm".into();
    vault
        .write(&stamp(2), |w| {
            let recorded = w.append(Some(home.case), &Payload::ItemRecorded { item: first.clone() }, &[])?;
            let amended =
                Payload::ItemAmended { item: second.clone(), reason: "I mixed up left and right".into() };
            w.append(Some(home.case), &amended, &[recorded.id])
        })
        .unwrap();
    vault
        .read(|r| {
            assert_eq!(items::get(r, first.id)?.record, second);
            let history = ledger::history(r, first.id)?;
            let forms: Vec<_> = history.iter().map(|entry| &entry.content).collect();
            assert!(matches!(forms[..], [Content::Known(_), Content::Known(_)]), "{forms:?}");
            assert!(search::search(r, "left", 10, None)?.is_empty(), "search finds the latest form");
            assert_eq!(search::search(r, "right arm", 10, None)?.len(), 1);
            Ok::<_, Error>(())
        })
        .unwrap();
}

#[test]
fn search_finds_names_without_accents_newest_first_and_shows_flags() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let other = family(&mut vault, 2, "Nosuch");
    let flag = Flag {
        id: FlagId(new_uuid()),
        person: home.mother.id,
        kind: FlagKind::ProtectedIdentity,
        reason: "Refuge".into(),
        review: None,
    };
    let number = Identifier::of(IdentifierKind::NhsNumber, "9434765919".into());
    let mut known = home.mother.clone();
    known.identifiers.push(number);
    known.address = "Lantern Cottage".into();
    vault
        .write(&stamp(3), |w| {
            w.append(
                Some(home.case),
                &Payload::PersonAmended { person: known, reason: "number".into() },
                &[],
            )?;
            w.append(Some(home.case), &Payload::FlagSet { flag: flag.clone() }, &[])
        })
        .unwrap();
    let find = |vault: &Vault, typed: &str| vault.read(|r| search::search(r, typed, 10, None)).unwrap();
    let zoe = find(&vault, "zoe");
    assert_eq!(
        zoe.iter().map(|h| h.title.as_str()).collect::<Vec<_>>(),
        ["Zoë Sampleton", "Zoë Nosuch"],
        "newest first"
    );
    assert!(zoe[0].protected && zoe[0].snippet.is_empty(), "protected, and nothing but the name");
    assert!(!zoe[1].protected);
    assert_eq!(find(&vault, "samp ayl").len(), 1, "parts of words in any order");
    assert_eq!(find(&vault, "943 476 5919").len(), 1, "a number in groups");
    assert_eq!(find(&vault, "lantern")[0].snippet, "", "whereabouts are found and not shown");
    for odd in ["\"", "*", "AND", "NEAR(", "title:", "a OR", "(", "x\0y", "-", "^", "ayla\""] {
        let _ = find(&vault, odd);
    }
    vault
        .write(&stamp(4), |w| {
            w.append(Some(home.case), &Payload::FlagLifted { id: flag.id, reason: "Moved".into() }, &[])
        })
        .unwrap();
    assert!(!find(&vault, "zoe")[0].protected, "a lifted flag no longer binds");
    assert!(vault.read(|r| flags::of_case(r, home.case)).unwrap().is_empty());
    let page = vault.read(|r| search::search(r, "zoe", 1, None)).unwrap();
    let rest = vault.read(|r| search::search(r, "zoe", 10, Some(page[0].place))).unwrap();
    assert_eq!((page.len(), rest.len()), (1, 1), "paging goes on where it stopped");
    assert_eq!(other.case, rest[0].case.unwrap());
}

#[test]
fn a_draft_is_kept_as_it_was_and_bounded() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let mut draft = Draft {
        key: "d1".into(),
        kind: "decision".into(),
        case: None,
        body: "{\"a\":1}".into(),
        updated: at(5),
    };
    vault.save_draft(&draft).unwrap();
    draft.body = "{\"a\":2}".into();
    draft.updated = at(6);
    vault.save_draft(&draft).unwrap();
    drop(vault);
    let mut vault = unlock(dir.path(), 7);
    assert_eq!(vault.drafts().unwrap(), [draft.clone()]);
    draft.body = "x".repeat(drafts::MOST_BYTES + 1);
    assert!(matches!(vault.save_draft(&draft), Err(Error::TooLarge { what: "draft" })));
    assert!(vault.write(&stamp(8), |w| w.delete_draft("d1")).unwrap());
    let none = vault.write(&stamp(8), |w| w.delete_draft("d1"));
    assert!(!none.unwrap(), "what is written with it does not fail where nobody began one");
    assert!(vault.drafts().unwrap().is_empty());
    assert!(matches!(vault.delete_draft("d1"), Err(Error::NoSuch { what: "draft" })));
    vault.close().unwrap();
    assert_eq!(unlock(dir.path(), 9).opening().head, HeadState::Agrees, "a removed draft is no lost draft");
}

#[test]
fn a_slice_verifies_and_tells_nothing_of_other_families() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let mine = family(&mut vault, 1, "Sampleton");
    let other = family(&mut vault, 2, "Nosuch");
    vault.write(&stamp(3), |w| w.sign_checkpoint()).unwrap();
    let tip = vault.tip();
    let lines = vault.read(|r| slice(r, &[mine.case], Seq(1), tip.sequence)).unwrap();
    assert_eq!(lines.len() as u64, tip.sequence.0, "no gaps");
    let mut so_far = GENESIS;
    for (at, line) in lines.iter().enumerate() {
        let (sequence, hash) = match line {
            SliceLine::Open { header, payload_hash: hash, entry_hash: said, payload, .. } => {
                let sealed = payload.as_ref().unwrap();
                assert_eq!(payload_hash(&sealed.salt, &sealed.bytes), *hash);
                assert_eq!(entry_hash(header, *hash).unwrap(), *said);
                assert_ne!(header.case, Some(other.case), "nothing of another family");
                (header.sequence, *said)
            }
            SliceLine::Closed { sequence, entry_hash } => (*sequence, *entry_hash),
        };
        assert_eq!(sequence, Seq(at as u64 + 1));
        so_far = link(so_far, sequence, hash);
    }
    assert_eq!(so_far, tip.link, "the chain verifies across what is left out");
    let closed = lines.iter().filter(|l| matches!(l, SliceLine::Closed { .. })).count();
    assert_eq!(closed, 3, "the other family's entries");
    let id = HandoverId(new_uuid());
    let made = Handover {
        id,
        recipient: "age1example".into(),
        recipient_name: "Exampleton".into(),
        cases: vec![mine.case],
        from: Seq(1),
        to: tip.sequence,
        head: tip.link,
        profile: Profile::Strict,
        earlier: vec![],
        before: Some(vec![]),
        reason: None,
        part: None,
        version: None,
        replaces: None,
    };
    vault.write(&stamp(4), |w| w.append(None, &made.clone().into(), &[])).unwrap();
    let has = |vault: &Vault| {
        vault
            .read(|r| Ok::<_, Error>([waiting::given(r, mine.case)?, waiting::given(r, other.case)?]))
            .unwrap()
    };
    assert_eq!(has(&vault), [vec![], vec![]], "what is only frozen, nobody has");
    let file = WrittenFile {
        name: "march.sharewell".into(),
        hash: Sha256([1; 32]),
        bytes: 4096,
        entries: 4,
        documents: 0,
        contents_hash: Sha256([2; 32]),
    };
    let written = Payload::HandoverWritten { handover: id, file };
    vault.write(&stamp(5), |w| w.append(None, &written, &[])).unwrap();
    let (all, _) = vault.read(|r| waiting::of_case(r, mine.case)).unwrap();
    assert_eq!(has(&vault), [vec![("age1example".to_owned(), all)], vec![]]);
    let nothing = Payload::HandoverWritten {
        handover: HandoverId(new_uuid()),
        file: match written {
            Payload::HandoverWritten { file, .. } => file,
            other => panic!("{other:?}"),
        },
    };
    let refused = vault.write(&stamp(6), |w| w.append(None, &nothing, &[]));
    assert!(
        matches!(refused, Err(Error::NoSuch { what: "handover" })),
        "of none that was frozen: {refused:?}"
    );
}

#[test]
fn a_disposal_removes_the_content_and_the_chain_still_verifies() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let gone = item("Marmalade wallpaper", &[]);
    let entry = vault
        .write(&stamp(2), |w| w.append(Some(home.case), &Payload::ItemRecorded { item: gone.clone() }, &[]))
        .unwrap();
    let older = vault.backup(&stamp(3), Keep::default()).unwrap();
    let dispose = |entries| Payload::Disposed {
        entries,
        authority: "Retention rule".into(),
        reason: "Recorded of the wrong child".into(),
    };
    vault.write(&stamp(4), |w| w.append(Some(home.case), &dispose(vec![entry.id]), &[])).unwrap();
    vault
        .read(|r| {
            assert!(items::of_case(r, home.case)?.is_empty());
            assert!(search::search(r, "marmalade", 10, None)?.is_empty());
            assert_eq!(ledger::get(r, entry.id)?.content, Content::Disposed);
            Ok::<_, Error>(())
        })
        .unwrap();
    let report = vault.verify(&[]).unwrap();
    assert!(report.sound(), "{report:?}");
    let first = vault.write(&stamp(5), |w| w.append(None, &dispose(vec![vault_start(w)]), &[]));
    assert!(matches!(first, Err(Error::NotAllowed { .. })), "what holds the chain together stays: {first:?}");
    let newer = vault.backup(&stamp(6), Keep::default()).unwrap();
    assert!(!older.path.exists() && newer.path.exists(), "a backup that still holds it goes");
}

fn vault_start(w: &sharewell_vault::Writer<'_>) -> EntryId {
    let mut first = None;
    let origin = ledger::tip(&w.reader()).unwrap().origin;
    ledger::slice_each(&w.reader(), origin, &[], Seq(1), Seq(1), |line| {
        if let SliceLine::Open { header, .. } = line {
            first = Some(header.id);
        }
        Ok::<_, Error>(())
    })
    .unwrap();
    first.unwrap()
}

#[test]
fn ties_packs_and_keys_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let tie = Relationship {
        id: RelationshipId(new_uuid()),
        from: home.mother.id,
        to: home.child.id,
        kind: RelationshipKind::Mother,
        parental_responsibility: ParentalResponsibility::Holds,
        same_home: Some(true),
        note: String::new(),
    };
    let pack = PackRef { id: "england".into(), version: "2024-05".into(), hash: Sha256([5; 32]) };
    let files = vec![("pack.toml".to_owned(), b"id = \"england\"\n".to_vec())];
    vault
        .write(&stamp(2), |w| {
            w.append(Some(home.case), &Payload::RelationshipRecorded { relationship: tie.clone() }, &[])?;
            w.keep_pack(&pack, &files)?;
            w.keep_pack(&pack, &files)?;
            Ok::<_, Error>(())
        })
        .unwrap();
    vault
        .read(|r| {
            assert_eq!(relationships::of_case(r, home.case)?[0].record, tie);
            assert_eq!(packs::files(r, pack.hash)?, files);
            assert_eq!(packs::all(r)?.len(), 1, "kept once");
            Ok::<_, Error>(())
        })
        .unwrap();
    vault
        .write(&stamp(3), |w| {
            let ended = Payload::RelationshipEnded { id: tie.id, reason: "Wrong person".into() };
            w.append(Some(home.case), &ended, &[])
        })
        .unwrap();
    assert!(vault.read(|r| relationships::of_case(r, home.case)).unwrap().is_empty());
}

#[test]
fn an_outside_head_anchors_the_chain_up_to_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let tip = vault.tip();
    let printed = OutsideHead { origin: tip.origin, sequence: tip.sequence, link: tip.link };
    family(&mut vault, 2, "Nosuch");
    let report = vault.verify(&[printed]).unwrap();
    assert!(report.sound(), "{report:?}");
    assert_eq!(report.chains[0].anchored, Some(printed.sequence), "and unanchored after");
    assert!(report.chains[0].last > printed.sequence);
    let wrong = OutsideHead { link: GENESIS, ..printed };
    let beyond = OutsideHead { sequence: Seq(999), ..printed };
    let report = vault.verify(&[wrong, beyond]).unwrap();
    assert_eq!(report.findings, [Finding::OutsideHeadDisagrees(wrong), Finding::OutsideHeadMissing(beyond)]);
    assert_eq!(report.chains[0].anchored, None);
}

#[test]
fn a_backup_opens_on_another_machine_and_goes_on_as_a_new_origin() {
    let (home, away, third) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut vault, code) = create(home.path());
    let known = family(&mut vault, 1, "Sampleton");
    let backup = vault.backup(&stamp(2), Keep::default()).unwrap();
    let old = vault.tip();
    vault.close().unwrap();
    let carried = third.path().join("stick");
    copy(&backup.path, &carried);
    drop(home);

    let by_code = Secret::RecoveryCode(code.shown().expose_secret().into());
    for (at_second, with) in [(10, secret()), (20, by_code)] {
        let to = away.path().join(at_second.to_string());
        let vault = restore(&carried, &to, &with, &stamp(at_second)).unwrap();
        assert_ne!(vault.origin(), old.origin);
        vault.read(|r| cases::get(r, known.case)).unwrap();
        let report = vault
            .verify(&[OutsideHead { origin: old.origin, sequence: old.sequence, link: old.link }])
            .unwrap();
        assert!(report.sound(), "{report:?}");
        assert_eq!(report.chains.len(), 2);
        let start = vault.read(|r| slice(r, &[], Seq(1), Seq(1))).unwrap();
        let SliceLine::Open { payload: Some(sealed), header, .. } = &start[0] else { panic!("{start:?}") };
        let Payload::OriginStarted { continues: Some(before), .. } =
            serde_json::from_slice(&sealed.bytes).unwrap()
        else {
            panic!("{header:?}")
        };
        assert_eq!((before.origin, before.last, before.link), (old.origin, old.sequence, old.link));
        vault.close().unwrap();
        assert_eq!(unlock(&to, at_second + 1).opening().head, HeadState::Agrees);
        let over = restore(&carried, &to, &secret(), &stamp(30));
        assert!(matches!(over, Err(Error::AlreadyExists)), "nothing is restored over a vault");
    }
    let wrong = Secret::Passphrase("a different passphrase entirely".into());
    let refused = restore(&carried, &away.path().join("no"), &wrong, &stamp(40));
    assert!(matches!(refused, Err(Error::WrongPassphrase { .. })), "{refused:?}");
    assert!(!Vault::exists(&away.path().join("no")), "and nothing was made");
}

#[test]
fn old_backups_make_room_and_a_broken_one_never_counts() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    for second in 1..6 {
        vault.backup(&stamp(second), Keep { newest: 3, ..Keep::default() }).unwrap();
    }
    let kept = sharewell_vault::backups(dir.path()).unwrap();
    assert_eq!(kept.iter().map(|b| b.made).collect::<Vec<_>>(), [at(5), at(4), at(3)]);
    assert!(sharewell_vault::rehearse(&kept[0].path, &secret()).unwrap() > 2);
}
