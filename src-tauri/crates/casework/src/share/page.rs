//! What the page of a share shows, and the message that goes with the file.

use sharewell_records::{DecisionId, DisclosureId, Leftovers, Moment, Protection, Route, ShareState};
use sharewell_vault::{Reader, Vault, items, kept, practitioner, shares};

use super::basis::Basis;
use super::compose::shared;
use super::papers::{self, Judging};
use super::typed::{self, ROUTES, may_go};
use crate::error::Result;
use crate::people::leftover_views;
use crate::sharing::shares::reference;
use crate::views::{ShareItem, ShareLine, ShareOffered, ShareRoute, ShareView};
use crate::words::Words;
use crate::{clock, flagged, language, store};

/// The page of a share: everything that may go, nothing chosen but what the decision rests on, and what was made.
///
/// # Errors
/// [`crate::Error::NotFound`] where the decision shares nothing.
pub fn share(vault: &Vault, decision: DecisionId, now: Moment) -> Result<ShareView> {
    store::read(vault, |r| {
        let basis = Basis::of(r, decision)?;
        let words = Words::of(language::of(r)?);
        let (chosen, on) = (basis.chosen(), clock::day_of(now));
        let protection = &basis.protection;
        let line = |item: &sharewell_records::Item| {
            let shown = shared(item, on, words);
            ShareItem {
                item: item.id,
                mark: item.mark,
                text: protection.scrub(&shown.text),
                source: protection.scrub(&shown.source),
                age: shown.age,
                historic: shown.historic,
                goes: chosen.contains(&item.id),
            }
        };
        let items: Vec<_> =
            items::of_case(r, basis.decision.case)?.into_iter().map(|one| one.record).collect();
        let by = basis.answer_by(r, words)?;
        let mut leftovers = Leftovers::default();
        for text in items.iter().flat_map(|one| [&one.text, &one.by]) {
            protection.look_over(&protection.scrub(text), &mut leftovers);
        }
        Ok(ShareView {
            decision,
            case: basis.decision.case,
            child: basis.family.child_name(),
            decided: basis.decision.decided,
            recipient: basis.decision.recipient.clone(),
            flags: flagged::lines(&basis.family),
            offered: ShareOffered {
                at_risk: at_risk(&basis, protection),
                ask: words.referral.answer.clone(),
                by,
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
            leftovers: leftover_views(r, &leftovers)?,
            papers: papers::lines(r, &basis, &Judging::of(r, &basis, decision, now)?, words)?,
            items: items.iter().map(line).collect(),
            made: made(r, decision)?,
        })
    })
}

/// The child, as they may be named.
fn at_risk(basis: &Basis, protection: &Protection) -> String {
    let Some(child) = basis.family.child() else { return String::new() };
    protection.label(child.id).map_or_else(|| child.name.clone(), |called| format!("[{called}]"))
}

fn made(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<ShareLine>> {
    let line = |one: sharewell_vault::Recorded<sharewell_records::Share>| {
        let (recorded_at, share) = (one.recorded_at, one.record);
        let noted = kept::get(r, &typed::key(share.id))?.is_some();
        let sent = share.sent.as_ref();
        let answered = share.acknowledged.as_ref();
        Ok(ShareLine {
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
            made_again: store::small(share.again.len() as u64),
            can_be_again: noted
                && share.route == Route::EncryptedFile
                && share.state() != ShareState::Acknowledged,
        })
    };
    shares::of_decision(r, decision)?.into_iter().map(line).collect()
}

/// The message that goes with the file, to be pasted into an e-mail. It names nobody of the file, and says neither what it
/// is about nor the words.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such share.
pub fn share_message(vault: &Vault, id: DisclosureId) -> Result<String> {
    store::read(vault, |r| {
        let share = shares::get(r, id)?.record;
        let (own, words) = (practitioner::current(r)?.record, Words::of(language::of(r)?));
        let values = [("reference", reference(id)), ("phone", own.phone.clone())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = &words.share;
        let pattern = if share.route == Route::EncryptedFile { &said.message } else { &said.message_open };
        Ok(pattern.fill(&values))
    })
}
