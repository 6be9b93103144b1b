//! On what a share rests: a signed decision that shares, its file, and the recipient as the directory has them.

use std::collections::BTreeMap;

use sharewell_exchange::keys::Recipient;
use sharewell_guidance::practice::consent_given;
use sharewell_records::{
    AttachmentId, Contact, Day, Decision, DecisionId, Duty, EntryId, Manifest, Protection, Route, Share,
    ShareGround, Sharing, folded_words,
};
use sharewell_vault::contacts::{self, Sought};
use sharewell_vault::{Reader, decisions, obligations, shares};

use crate::decide::read_signed;
use crate::error::{Error, Result};
use crate::people::Family;
use crate::words::Words;

/// A signed decision that shares, with its file.
pub(super) struct Basis {
    pub decision: Decision,
    pub entry: EntryId,
    pub family: Family,
    pub protection: Protection,
    /// Whether harm is suspected, or could not be ruled out.
    pub harm: bool,
    /// Whether whoever is owed the confidence agreed, as its answers say.
    pub agreed: bool,
    /// The recipient as the directory has them, where it names exactly one.
    pub contact: Option<Contact>,
}

impl Basis {
    pub(super) fn of(r: &Reader<'_>, id: DecisionId) -> Result<Self> {
        let signed = decisions::get(r, id)?;
        if !signed.record.decided.shares() {
            return Err(Error::NotFound { what: "share" });
        }
        let family = Family::of(r, signed.record.case)?;
        let protection = family.protection(r)?;
        let contact = contact_of(r, &signed.record.recipient.name)?;
        let (harm, agreed) = read_signed(r, id, |signed| {
            let replay = signed.replay()?;
            let agreed = consent_given(&signed.carried.pack, &replay.position);
            Ok((replay.advice.harm_suspected, agreed))
        })?;
        let (decision, entry) = (signed.record, signed.entry);
        Ok(Self { decision, entry, family, protection, harm, agreed, contact })
    }

    /// It as it is judged. `route`: by which way it goes, where that is known.
    pub(super) fn sharing(&self, route: Option<Route>) -> Sharing<'_> {
        let family = &self.family;
        Sharing {
            decided: self.decision.decided,
            harm: self.harm,
            names_consent: !self.decision.rests_on.is_empty(),
            recipient: &self.decision.recipient.name,
            recipient_role: &self.decision.recipient.role,
            route,
            case: &family.case,
            people: &family.people,
            ties: &family.ties,
            flags: &family.flags,
        }
    }

    /// The ground on which it rests.
    pub(super) fn ground(&self) -> Option<ShareGround> {
        self.sharing(None).ground()
    }

    /// The way for whoever is in the directory by which something reaches them unencrypted and safe all the same.
    pub(super) fn channel(&self) -> &str {
        self.contact.as_ref().map_or("", |one| one.safe_channel.trim())
    }

    /// Their key, where somebody made sure of it and it is as it was then.
    pub(super) fn key(&self, on: Day) -> Option<Recipient> {
        let key = self.contact.as_ref().and_then(|one| one.sure_key(on))?;
        Recipient::parse(key).ok()
    }

    /// What was sent to the same recipient before, the first first.
    pub(super) fn sent_before(&self, r: &Reader<'_>) -> Result<Vec<Share>> {
        let mut sent = Vec::new();
        for earlier in shares::of_case(r, self.decision.case)?.into_iter().map(|one| one.record) {
            let to = decisions::get(r, earlier.decision)?.record.recipient;
            let mine = &self.decision.recipient;
            let same = |one: &str, other: &str| folded_words(one).eq(folded_words(other));
            let theirs = same(&to.name, &mine.name) && same(&to.role, &mine.role);
            if theirs && earlier.sent.is_some() {
                sent.push(earlier);
            }
        }
        Ok(sent)
    }

    /// What of it said otherwise what goes now. `older`: each paper of the file that stands in the place of another.
    pub(super) fn corrected(
        &self,
        r: &Reader<'_>,
        goes: &Manifest,
        older: &BTreeMap<AttachmentId, AttachmentId>,
    ) -> Result<Vec<Share>> {
        let replaced = |paper| older.get(&paper).copied();
        let earlier = self.sent_before(r)?;
        Ok(earlier.into_iter().filter(|one| goes.corrects(&one.manifest, replaced)).collect())
    }

    /// By when an answer is chased; empty where nothing says so.
    pub(super) fn answer_by(&self, r: &Reader<'_>, words: &Words) -> Result<String> {
        let duties = obligations::of_decision(r, self.decision.id)?;
        let chase = duties.iter().find(|row| row.obligation.duty == Duty::Escalate && row.settled.is_none());
        Ok(words.moment_or_none(chase.and_then(|row| row.obligation.due)))
    }
}

/// The one contact of a name; none where nobody, or more than one, is called so.
fn contact_of(r: &Reader<'_>, name: &str) -> Result<Option<Contact>> {
    const LOOKED_AT: usize = 20;
    let sought: Vec<Sought> = folded_words(name).map(|word| Sought { word, roles: Vec::new() }).collect();
    if sought.is_empty() {
        return Ok(None);
    }
    let same = |one: &Contact| folded_words(&one.name).eq(folded_words(name));
    let found = contacts::page(r, &sought, None, LOOKED_AT)?.into_iter().map(|one| one.record);
    let mut found = found.filter(same);
    let first = found.next();
    Ok(first.filter(|_| found.next().is_none()))
}
