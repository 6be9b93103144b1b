//! What left and what came in: a share with a paper in all its steps and what became of it, something that was told to
//! us, what looked like a name, and two files that were shown as one child's and parted again.

use sharewell_casework::Vault;
use sharewell_casework::records::{
    AccountNote, AccountNoteId, Became, DisclosureId, Join, JoinId, LeftoverAnswer, LeftoverMeans, Manifest,
    ManifestItem, ManifestPaper, MayBe, MayKnow, Moment, Payload, PurposeMet, RecallEnd, Received,
    ReceivedId, Route, SendersLimits, Share, ShareAcknowledged, ShareSent, SharedFile, SourceKind, Stamp,
};
use sharewell_vault::{attachments, cases, decisions, items, ledger, new_uuid, practitioner};

use super::Anything;

/// Writes all of it into a file that holds a decision and an item.
pub fn account(vault: &mut Vault, now: Moment) -> Anything {
    let stamp = Stamp { author: vault.read(practitioner::current)?.record.id, at: now };
    vault.write(&stamp, |w| -> Anything {
        let r = w.reader();
        let listed = cases::list(&r)?;
        let mut found = None;
        for row in &listed {
            let id = row.case.record.id;
            let (decided, held) = (decisions::of_case(&r, id)?, items::of_case(&r, id)?);
            if let (Some(decision), Some(item)) = (decided.first(), held.first()) {
                found = Some((row.case.record.clone(), decision.record.id, item.clone()));
            }
        }
        let (file, decision, item) = found.ok_or("no file with a decision and an item")?;
        let other = listed.iter().map(|row| row.case.record.clone()).find(|one| one.id != file.id);
        let other = other.ok_or("no second file")?;
        let paper = listed.first().ok_or("no file")?.case.record.id;
        let paper = attachments::of_case(&r, paper)?.first().cloned().ok_or("no paper")?;
        let went = [item.entry, paper.entry].map(|entry| ledger::payload_hash(&r, entry));
        let [of_item, of_paper] = went;
        let (of_item, of_paper) = (of_item?, of_paper?);
        let mut append = |payload: Payload| w.append(Some(file.id), &payload, &[]);

        let mut share = Share {
            id: DisclosureId(new_uuid()),
            decision,
            route: Route::EncryptedFile,
            manifest: Manifest {
                items: vec![ManifestItem { item: item.record.id, entry: item.entry, payload: of_item }],
                papers: vec![ManifestPaper {
                    paper: paper.record.id,
                    entry: paper.entry,
                    payload: of_paper,
                    pages: 1,
                }],
                left_out: vec![file.child],
                file: SharedFile::of(b"as it was first written"),
            },
            again: Vec::new(),
            replaces: Vec::new(),
            sent: None,
            acknowledged: None,
        };
        append(Payload::ShareRecorded { share: share.clone() })?;
        share.again.push(SharedFile::of(b"under other words"));
        append(Payload::ShareRecorded { share: share.clone() })?;
        share.sent = Some(ShareSent { at: now, how: "Left at the desk".into(), reference: "FW-12".into() });
        append(Payload::ShareRecorded { share: share.clone() })?;
        share.acknowledged = Some(ShareAcknowledged {
            at: now,
            by: "Ms Mockford".into(),
            will_do: "She visits on Friday".into(),
        });
        append(Payload::ShareRecorded { share: share.clone() })?;
        let second = Share {
            id: DisclosureId(new_uuid()),
            replaces: vec![share.id],
            again: Vec::new(),
            sent: None,
            acknowledged: None,
            ..share.clone()
        };
        append(Payload::ShareRecorded { share: second.clone() })?;

        let words = || "For the frozen sample".to_owned();
        for (of, became) in [
            (vec![share.id], Became::Delivered { how: words() }),
            (vec![share.id, second.id], Became::Recalled { came: RecallEnd::Asked, words: words() }),
            (vec![share.id], Became::Answered { by: words(), reply: words(), purpose: PurposeMet::Partly }),
            (vec![second.id], Became::WrongPerson { who: words(), danger: MayBe::NotSure, aware: now }),
            (vec![second.id], Became::Returned { why: words() }),
        ] {
            let note = AccountNote { id: AccountNoteId(new_uuid()), of, at: now, became };
            append(Payload::AccountNoted { note })?;
        }
        append(Payload::ReceivedRecorded {
            received: Received {
                id: ReceivedId(new_uuid()),
                items: vec![item.record.id],
                source: SourceKind::Agency,
                from: "Fablewell Primary School".into(),
                from_role: "Head".into(),
                named: true,
                route: Route::Telephone,
                at: now,
                limits: SendersLimits { ask_first: true, not_to: vec!["The father".into()], until: None },
                family_may_know: MayKnow::NotSaid,
                support: "A quiet word before registration".into(),
            },
        })?;
        let (person, form) = (file.child, "fablewell".to_owned());
        let answer = LeftoverAnswer { person, form, means: LeftoverMeans::NotThem };
        append(Payload::LeftoverAnswered { answer })?;
        let id = JoinId(new_uuid());
        let join =
            Join { id, kept: file.id, other: other.id, child: file.child, same: other.child, shown: words() };
        append(Payload::FilesJoined { join })?;
        append(Payload::FilesParted { id, reason: words() })?;
        Ok(())
    })
}
