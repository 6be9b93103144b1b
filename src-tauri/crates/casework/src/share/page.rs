//! What the page of a share shows, and the message that goes with the file.

use sharewell_exchange::Signer as _;
use sharewell_records::{
    Choice, Contact, ContactRole, Day, DecisionId, DisclosureId, EntryId, Item, Leftovers, Moment,
    Protection, Route, Share, ShareState,
};
use sharewell_vault::{Reader, Vault, decisions, kept, practitioner, shares};

use super::basis::Basis;
use super::compose::shared;
use super::door::Door;
use super::inside::Inside;
use super::made;
use super::papers;
use super::typed::{self, ROUTES, may_go};
use crate::copied::Copied;
use crate::directory::fingerprint;
use crate::error::Result;
use crate::people::leftover_views;
use crate::sharing::extent::as_it_goes;
use crate::sharing::shares::reference;
use crate::signing::signer;
use crate::views::{
    ShareContact, ShareItem, ShareKeeping, ShareKey, ShareLine, ShareOffered, ShareRoute, ShareView, StayLine,
};
use crate::words::Words;
use crate::{clock, flagged, language, store};

/// The page of a share: what goes by what was signed, judged now, what stays after all, and what was made.
///
/// # Errors
/// [`crate::Error::NotFound`] where the decision shares nothing.
pub fn share(vault: &Vault, decision: DecisionId, now: Moment) -> Result<ShareView> {
    let signed_by = signer(vault)?.public_key().fingerprint();
    store::read(vault, |r| {
        let basis = Basis::of(r, decision)?;
        let words = Words::of(language::of(r)?);
        let protection = &basis.protection;
        let inside = Inside::of(r, &basis, now)?;
        let holding = inside.holding();
        let door = Door::of(&basis, &inside, &holding, None);
        let items = door.items(&inside)?;
        let mut leftovers = Leftovers::default();
        for text in items.iter().flat_map(|(_, item)| [&item.text, &item.by]) {
            protection.look_over(&protection.scrub(text), &mut leftovers);
        }
        Ok(ShareView {
            decision,
            case: basis.decision.case,
            child: basis.family.child_name(),
            decided: basis.decision.decided,
            recipient: basis.decision.recipient.clone(),
            flags: flagged::lines(&basis.family),
            contact: basis.contact.as_ref().map(|one| contact(one, clock::day_of(now))),
            items: goes(r, &basis, &door, &items, clock::day_of(now), words)?,
            held_back: door.held_back(&basis, &holding),
            count: door.leaving.count(),
            staying: door.leaving.staying().into_iter().map(StayLine::from).collect(),
            more: door.chooser.more_lines(&door.leaving),
            new_since: door.new_since(&basis),
            was_chosen: basis.decision.extent.is_some(),
            never_stops: door.never_stops,
            refused: door.chooser.refuses().is_some(),
            offered: ShareOffered {
                at_risk: at_risk(&basis, protection),
                ask: words.referral.answer.clone(),
                by: basis.answer_by(r, words)?,
                keeping: basis.contact.as_ref().and_then(|one| kept_by(one.role)),
            },
            routes: ROUTES
                .into_iter()
                .map(|route| ShareRoute {
                    route,
                    open: may_go(route, &basis),
                    channel: if route == Route::EncryptedFile {
                        String::new()
                    } else {
                        basis.channel().to_owned()
                    },
                })
                .collect(),
            key: key(&basis, clock::day_of(now), signed_by),
            leftovers: leftover_views(r, &leftovers)?,
            papers: papers::lines(r, &basis, &inside, words)?,
            made: made(r, &basis, &door, &inside)?,
        })
    })
}

/// What goes, as it leaves.
fn goes(
    r: &Reader<'_>,
    basis: &Basis,
    door: &Door<'_>,
    items: &[(EntryId, Item)],
    on: Day,
    words: &Words,
) -> Result<Vec<ShareItem>> {
    let (protection, nameless) = (&basis.protection, basis.family.nameless(r)?);
    let sent = basis.sent_before(r)?;
    let otherwise = |entry: EntryId, item: &Item| {
        let other =
            |one: &&Share| one.manifest.items.iter().any(|gone| gone.item == item.id && gone.entry != entry);
        sent.iter().rev().find(other).and_then(|one| Some(one.sent.as_ref()?.at))
    };
    let line = |(entry, item): &(EntryId, Item)| {
        let choice = door.leaving.choice_of(item.id);
        let shown = shared(&as_it_goes(item, choice, &nameless, words), on, words);
        ShareItem {
            item: item.id,
            mark: item.mark,
            text: protection.scrub(&shown.text),
            source: protection.scrub(&shown.source),
            age: shown.age,
            historic: shown.historic,
            nameless: choice == Choice::WithoutName,
            against: door.chooser.may(item.id).against().to_vec(),
            went_otherwise: otherwise(*entry, item),
        }
    };
    Ok(items.iter().map(line).collect())
}

/// A recipient, as the directory has them.
fn contact(one: &Contact, on: Day) -> ShareContact {
    let verified = one.verified.as_ref();
    ShareContact {
        contact: one.id,
        phone: one.phone.clone(),
        safe_channel: one.safe_channel.clone(),
        state: one.state(on),
        verified_on: verified.map(|one| one.on),
        verified_how: verified.map(|one| one.how.clone()).unwrap_or_default(),
        source: verified.map(|one| one.source.clone()).unwrap_or_default(),
    }
}

/// The recipient's key, as the directory has it.
fn key(basis: &Basis, on: Day, signed_by: String) -> Option<ShareKey> {
    let fingerprint = fingerprint(&basis.contact.as_ref()?.key);
    let open = basis.key(on).is_some();
    Some(ShareKey { fingerprint, open, signed_by }).filter(|one| !one.fingerprint.is_empty())
}

/// How a share is kept by whoever has a post.
fn kept_by(role: ContactRole) -> Option<ShareKeeping> {
    match role {
        ContactRole::School | ContactRole::EarlyYears => Some(ShareKeeping::School),
        ContactRole::Gp
        | ContactRole::HealthVisitor
        | ContactRole::SchoolNurse
        | ContactRole::Midwife
        | ContactRole::Hospital
        | ContactRole::MentalHealth => Some(ShareKeeping::Doctor),
        ContactRole::FrontDoor
        | ContactRole::Lead
        | ContactRole::DesignatedOfficer
        | ContactRole::Police
        | ContactRole::SocialWorker
        | ContactRole::FamilySupport
        | ContactRole::DomesticAbuse
        | ContactRole::Housing
        | ContactRole::Youth
        | ContactRole::DataProtection
        | ContactRole::Legal => Some(ShareKeeping::WhoActs),
        ContactRole::Other => None,
    }
}

/// The child, as they may be named.
fn at_risk(basis: &Basis, protection: &Protection) -> String {
    let Some(child) = basis.family.child() else { return String::new() };
    protection.label(child.id).map_or_else(|| child.name.clone(), |called| format!("[{called}]"))
}

fn made(r: &Reader<'_>, basis: &Basis, door: &Door<'_>, inside: &Inside) -> Result<Vec<ShareLine>> {
    let line = |one: sharewell_vault::Recorded<sharewell_records::Share>| {
        let (recorded_at, share) = (one.recorded_at, one.record);
        let noted = kept::get(r, &typed::key(share.id))?.is_some();
        let sent = share.sent.as_ref();
        let answered = share.acknowledged.as_ref();
        let bars = match share.state() {
            ShareState::Made => door.bars(basis, &share, inside),
            ShareState::Sent | ShareState::Acknowledged => Vec::new(),
        };
        let in_form = made::of(r, share.id)?.is_some_and(|one| one.sections.is_some());
        Ok(ShareLine {
            bars,
            in_form,
            id: share.id,
            reference: reference(share.id),
            state: share.state(),
            route: share.route,
            count: store::small(share.manifest.items.len() as u64),
            papers: store::small(share.manifest.papers.len() as u64),
            recorded_at,
            sent_at: sent.map(|one| one.at),
            sent_how: sent.map(|one| one.how.clone()).unwrap_or_default(),
            acknowledged_by: answered.map(|one| one.by.clone()).unwrap_or_default(),
            will_do: answered.map(|one| one.will_do.clone()).unwrap_or_default(),
            to_key: share.file().key.is_some(),
            made_again: store::small(share.again.len() as u64),
            can_be_again: noted
                && share.route == Route::EncryptedFile
                && share.state() != ShareState::Acknowledged,
        })
    };
    shares::of_decision(r, basis.decision.id)?.into_iter().map(line).collect()
}

/// The message that goes with the file, to be pasted into an e-mail. It names nobody of the file, and says neither what it
/// is about nor the words.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such share, or the vault is only looked at.
pub fn share_message(vault: &mut Vault, id: DisclosureId, now: Moment) -> Result<Copied> {
    let (case, text) = store::read(vault, |r| {
        let share = shares::get(r, id)?.record;
        let case = decisions::get(r, share.decision)?.record.case;
        let (own, words) = (practitioner::current(r)?.record, Words::of(language::of(r)?));
        let values = [("reference", reference(id)), ("phone", own.phone.clone())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = &words.share;
        let pattern = match (share.route, share.file().key) {
            (Route::EncryptedFile, Some(_)) => &said.message_key,
            (Route::EncryptedFile, None) => &said.message,
            _ => &said.message_open,
        };
        Ok((case, pattern.fill(&values)))
    })?;
    Copied::of(vault, Some(case), now, format!("share:{id}"), text)
}
