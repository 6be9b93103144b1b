//! A notice to whoever has something: that a note in it was corrected or taken out, or that the permission ended under
//! which they were told. It names nobody of the file; that it was sent and answered is written down.

use sharewell_records::{
    AccountNote, AccountNoteId, Became, CaseId, Disclosure, DisclosureId, EntryId, Item, ItemId, LogKind,
    ManifestItem, Moment, ObligationId, Payload, Route, Settlement, Sha256, london_day,
};
use sharewell_vault::ledger::Content;
use sharewell_vault::sharing_log::{self, Asked};
use sharewell_vault::{
    Access, Reader, Recorded, Vault, accounts, consents, disclosures, ledger, obligations, practitioner,
};

use super::corrected::limited_since;
use super::log::share_of;
use super::papers;
use crate::children::{breach_duties, goes_to};
use crate::consent::{self, Prompt, is_to};
use crate::copied::Copied;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::sharing::notices::{Notice, is_safe, notice_of, reads_otherwise};
use crate::sharing::shares::reference;
use crate::views::{HolderNotice, NoticeAnsweredInput, NoticeChange, NoticeHow, NoticeSentInput};
use crate::words::Words;
use crate::{flagged, language, store};

/// Of how many shares at most it is counted that nobody chose note by note.
const COUNTED: usize = 99;

/// A notice as it is drafted.
struct Draft {
    case: CaseId,
    family: Family,
    permission: bool,
    recipient: String,
    role: String,
    route: Option<Route>,
    /// What they have.
    of: Vec<DisclosureId>,
    changes: Vec<NoticeChange>,
    text: String,
    /// What became of it: sent, answered.
    account: Vec<AccountNote>,
    settled: bool,
    entry: EntryId,
}

impl Draft {
    fn of(r: &Reader<'_>, duty: ObligationId) -> Result<Self> {
        let row = obligations::get(r, duty)?;
        let case = row.case.ok_or(Error::NotFound { what: "file" })?;
        let family = Family::of(r, case)?;
        let words = Words::of(language::of(r)?);
        let begun = Self {
            case,
            family,
            permission: false,
            recipient: String::new(),
            role: String::new(),
            route: None,
            of: Vec::new(),
            changes: Vec::new(),
            text: String::new(),
            account: Vec::new(),
            settled: row.settled.is_some(),
            entry: row.entry,
        };
        let mut draft = match (notice_of(&row.obligation.key), consent::prompt_of(&row.obligation.key)) {
            (Some(Notice::Corrected(id)), _) => begun.corrected(r, id, duty, words)?,
            (None, Some(Prompt::Notice(event, at))) => begun.ended(r, event, at, words)?,
            _ => return Err(Error::NotFound { what: "notice" }),
        };
        let mut all: Vec<AccountNote> = Vec::new();
        for id in &draft.of {
            all.extend(accounts::of_disclosure(r, *id)?.into_iter().map(|one| one.record));
        }
        let about = |note: &AccountNote| match &note.became {
            Became::NoticeSent { notice, .. } | Became::NoticeAnswered { notice, .. } => *notice == duty,
            _ => false,
        };
        all.retain(about);
        all.sort_by_key(|note| note.id);
        all.dedup_by_key(|note| note.id);
        // What was sent stays as it was sent.
        let sent = all.iter().find_map(|note| match &note.became {
            Became::NoticeSent { words, .. } => Some(words.clone()),
            _ => None,
        });
        if let Some(sent) = sent {
            draft.text = sent;
        }
        draft.account = all;
        Ok(draft)
    }

    /// Something in what they have was corrected or taken out.
    fn corrected(
        mut self,
        r: &Reader<'_>,
        id: DisclosureId,
        duty: ObligationId,
        words: &Words,
    ) -> Result<Self> {
        let said = &words.account;
        let left = disclosures::find(r, id)?.ok_or(Error::NotFound { what: "share" })?;
        self.changes = changes(r, (&self.family, self.case), &left, duty)?;
        let one = |change: &NoticeChange| {
            let pattern = match change.how {
                NoticeHow::Corrected => &said.corrected,
                NoticeHow::TakenOut => &said.taken_out,
                NoticeHow::Limited => &said.limited,
                NoticeHow::LimitedAgainst => &said.limited_against,
                NoticeHow::PaperCorrected => &said.paper_corrected,
                NoticeHow::PaperReplaced => &said.paper_replaced,
                NoticeHow::PaperTakenOut => &said.paper_taken_out,
                NoticeHow::PaperLimited => &said.paper_limited,
            };
            pattern.fill(&[("number", &change.number.to_string()), ("count", &change.count.to_string())])
        };
        let changed: Vec<String> = self.changes.iter().map(one).collect();
        let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
        let left = left.record;
        let own = practitioner::current(r)?.record;
        // Nothing that they have is wrong where a limit alone came to be known.
        let replaced = |one: &NoticeChange| !one.how.is_a_limit();
        let how = match self.changes.is_empty() || self.changes.iter().any(replaced) {
            true if left.route.is_spoken() => &said.notice_said,
            true => &said.notice,
            false => &said.notice_limits,
        };
        self.text = how.fill(&[
            ("day", &words.day(london_day(left.at))),
            ("reference", &reference(id)),
            ("changes", &words.series(&changed)),
            ("phone", &own.phone),
        ]);
        self.route = Some(left.route);
        (self.recipient, self.role) = (left.recipient, left.recipient_role);
        self.of = vec![id];
        Ok(self)
    }

    /// The permission ended under which they were told.
    fn ended(
        mut self,
        r: &Reader<'_>,
        event: sharewell_records::ConsentId,
        at: usize,
        words: &Words,
    ) -> Result<Self> {
        let event = consents::get(r, event)?.record;
        let cell = event.cells.get(at).ok_or(Error::NotFound { what: "consent" })?;
        let day = words.day(london_day(event.happened));
        self.text = consent::notice_text(&cell.recipient.name, &event.purpose.words, &day, words);
        (self.recipient, self.role) = (cell.recipient.name.clone(), cell.recipient.agency.clone());
        let left: Vec<Recorded<Disclosure>> = disclosures::of_case(r, self.case)?;
        let theirs = left.iter().filter(|one| is_to(&one.record, &cell.recipient));
        self.of = theirs.map(|one| one.record.id).collect();
        self.permission = true;
        Ok(self)
    }

    fn refused(&self) -> bool {
        let to = (self.recipient.as_str(), self.role.as_str());
        // By whichever way they are told now: what forbids one way is asked where it is sent.
        !is_safe(&self.family, to, self.route.unwrap_or(Route::InPerson))
    }
}

/// What changed in something since it left, and was not told yet. A note whose content is gone says nothing any more.
fn changes(
    r: &Reader<'_>,
    file: (&Family, CaseId),
    left: &Recorded<Disclosure>,
    duty: ObligationId,
) -> Result<Vec<NoticeChange>> {
    let (written, left) = (left.recorded_at, &left.record);
    let told = accounts::of_disclosure(r, left.id)?.into_iter().filter_map(|one| match one.record.became {
        Became::NoticeSent { notice, .. } if notice != duty => Some(one.recorded_at),
        _ => None,
    });
    let told = told.max();
    let carried = carried(r, left)?;
    let count = store::small(carried.len() as u64);
    let mut changes = Vec::new();
    for (number, (item, form)) in (1..).zip(&carried) {
        let mut add = |how| changes.push(NoticeChange { of: left.id, number, count, how });
        if let Some(withdrawn) = changed(r, *item, form, told)? {
            add(if withdrawn { NoticeHow::TakenOut } else { NoticeHow::Corrected });
        }
        let to = (left.recipient.as_str(), left.recipient_role.as_str());
        let since = since_told(told, written);
        if let Some(against) = limited_since(r, file, (*item, to), (left.at, since))? {
            add(if against { NoticeHow::LimitedAgainst } else { NoticeHow::Limited });
        }
    }
    for (number, count, how) in papers::changed(r, left.id, file.1, since_told(told, written))? {
        changes.push(NoticeChange { of: left.id, number, count, how });
    }
    Ok(changes)
}

/// From when on a change was not told: since they were told of one, or since it left.
fn since_told(told: Option<Moment>, left: Moment) -> Moment {
    told.map_or(left, |told| told.max(left))
}

/// The form in which a note left.
enum Went {
    /// The entry that gave it.
    Entry(EntryId),
    /// The hash of that entry.
    Hash(Sha256),
}

/// The notes that left, in their order, each in its form.
fn carried(r: &Reader<'_>, left: &Disclosure) -> Result<Vec<(ItemId, Went)>> {
    if let Some(share) = share_of(r, left.id)? {
        let one = |item: &ManifestItem| (item.item, Went::Entry(item.entry));
        return Ok(share.record.manifest.items.iter().map(one).collect());
    }
    let leaving = left.extent.iter().flat_map(|extent| extent.leaving());
    Ok(leaving.map(|one| (one.item, Went::Hash(one.hash))).collect())
}

/// Whether a note reads otherwise now than in a form of it, by an entry after a moment; and whether it was taken out.
fn changed(r: &Reader<'_>, item: ItemId, form: &Went, after: Option<Moment>) -> Result<Option<bool>> {
    let (mut then, mut latest, mut last): (Option<Item>, Option<Item>, Option<Moment>) = (None, None, None);
    let mut withdrawn = false;
    for entry in ledger::history(r, item)? {
        let is_form = match form {
            Went::Entry(id) => entry.header.id == *id,
            Went::Hash(hash) => entry.entry_hash == *hash,
        };
        let Content::Known(payload) = entry.content else { continue };
        match *payload {
            Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } => {
                if latest.as_ref().is_some_and(|before| reads_otherwise(before, &item)) {
                    last = Some(entry.header.recorded_at);
                }
                if is_form {
                    then = Some(item.clone());
                }
                latest = Some(item);
            }
            Payload::ItemWithdrawn { .. } => (withdrawn, last) = (true, Some(entry.header.recorded_at)),
            _ => {}
        }
    }
    let otherwise = match (&then, &latest) {
        (Some(then), Some(latest)) => reads_otherwise(then, latest),
        // The form that left is gone: that it was corrected since is all that can be said.
        (None, Some(_)) => last.is_some(),
        (_, None) => false,
    };
    let new = last.is_some_and(|last| after.is_none_or(|after| last > after));
    Ok(((withdrawn || otherwise) && new).then_some(withdrawn))
}

/// A notice, as it is drafted or was sent.
///
/// # Errors
/// [`Error::NotFound`] where the duty is none to tell somebody what changed.
pub fn notice(vault: &Vault, duty: ObligationId, now: Moment) -> Result<HolderNotice> {
    store::read(vault, |r| {
        let draft = Draft::of(r, duty)?;
        let untraced = match draft.permission {
            true => 0,
            false => untraced(r, draft.case)?,
        };
        let sent_at = draft.account.iter().find_map(|note| match &note.became {
            Became::NoticeSent { .. } => Some(note.at),
            _ => None,
        });
        let answered = draft.account.iter().find_map(|note| match &note.became {
            Became::NoticeAnswered { by, reply, .. } => Some((by.clone(), reply.clone())),
            _ => None,
        });
        let words = Words::of(draft.family.language);
        Ok(HolderNotice {
            duty,
            now,
            case: draft.case,
            child: draft.family.child_name(),
            flags: flagged::lines(&draft.family),
            permission: draft.permission,
            refused: draft.refused(),
            recipient: draft.recipient,
            recipient_role: draft.role,
            route: draft.route,
            changes: draft.changes,
            text: draft.text,
            sent_at,
            answered: answered.map(|(by, reply)| words.said(&by, &reply)).unwrap_or_default(),
            untraced,
        })
    })
}

/// How many shares of a file say in words alone what left.
fn untraced(r: &Reader<'_>, case: CaseId) -> Result<u32> {
    let asked = Asked { case: Some(case), ..Asked::default() };
    let mut count = 0;
    for line in sharing_log::page(r, &asked, None, COUNTED)? {
        if line.kind == LogKind::Left {
            let id = DisclosureId(line.id);
            let chosen = disclosures::find(r, id)?.is_none_or(|one| one.record.extent.is_some());
            count += u32::from(!chosen && share_of(r, id)?.is_none());
        }
    }
    Ok(count)
}

/// The words of a notice, to be copied.
///
/// # Errors
/// As [`notice`].
pub fn notice_text(vault: &mut Vault, duty: ObligationId, now: Moment) -> Result<Copied> {
    let draft = store::read(vault, |r| Draft::of(r, duty))?;
    Copied::of(vault, Some(draft.case), now, format!("notice:{duty}"), draft.text)
}

/// Writes down that a notice was sent. That closes the duty; an answer is another thing.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be, and where a flag keeps anything from whoever it goes to
/// until it is said that it has happened; [`Error::AlreadySettled`].
pub fn notice_sent(
    vault: &mut Vault,
    duty: ObligationId,
    typed: &NoticeSentInput,
    now: Moment,
) -> Result<()> {
    let draft = store::read(vault, |r| Draft::of(r, duty))?;
    if draft.settled {
        return Err(Error::AlreadySettled);
    }
    let words = Words::of(draft.family.language);
    let mut form = Form::of_past_days(vault, now)?;
    let at = form.left("when", typed.when.as_ref(), now);
    let how = form.required("how", &typed.how);
    let to = (draft.recipient.as_str(), draft.role.as_str());
    let against_a_flag = form.take(goes_to(&draft.family, to, draft.route, "happened", typed.happened));
    let (at, against_a_flag) = form.end(|| Some((at?, against_a_flag?)))?;
    let note = AccountNote {
        id: AccountNoteId(store::new_id(now)),
        of: draft.of.clone(),
        at,
        became: Became::NoticeSent { notice: duty, how: how.clone(), words: draft.text.clone() },
    };
    let done = words.referral.sent.fill(&[("when", &words.moment(at)), ("how", &how)]);
    let by = store::read(vault, |r| Ok(practitioner::current(r)?))?.record.id;
    let case = draft.case;
    store::write(vault, now, |w| {
        // Nobody was told anything by that permission: there is nothing whose account it would be.
        let noted = match note.of.is_empty() {
            true => None,
            false => Some(w.append(Some(case), &Payload::AccountNoted { note }, &[draft.entry])?.id),
        };
        let basis: Vec<EntryId> = std::iter::once(draft.entry).chain(noted).collect();
        let settlement = Settlement::Done { note: done };
        w.append(Some(case), &Payload::ObligationSettled { id: duty, settlement }, &basis)?;
        if against_a_flag {
            for duty in breach_duties(draft.family.case.nation, now, now) {
                w.append(Some(case), &duty, &basis)?;
            }
            w.log(now, Some(case), &Access::Overridden { by, what: format!("notice:{duty}") })?;
        }
        Ok(())
    })
}

/// Writes down that a notice was answered.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::NotFound`] where it was not sent,
/// [`Error::AlreadySettled`] where it was answered.
pub fn notice_answered(
    vault: &mut Vault,
    duty: ObligationId,
    typed: &NoticeAnsweredInput,
    now: Moment,
) -> Result<()> {
    let draft = store::read(vault, |r| Draft::of(r, duty))?;
    let sent = draft.account.iter().find_map(|note| match &note.became {
        Became::NoticeSent { .. } => Some(note.at),
        _ => None,
    });
    let sent = sent.ok_or(Error::NotFound { what: "notice" })?;
    if draft.account.iter().any(|note| matches!(note.became, Became::NoticeAnswered { .. })) {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::of_past_days(vault, now)?;
    let at = form.left("when", typed.when.as_ref(), now);
    form.fault_if(at.is_some_and(|at| at < sent), "when.day", Problem::BadDate);
    let by = form.required_name("by", &typed.by);
    let reply = form.required("reply", &typed.reply);
    let note = form.end(|| {
        Some(AccountNote {
            id: AccountNoteId(store::new_id(now)),
            of: draft.of.clone(),
            at: at?,
            became: Became::NoticeAnswered { notice: duty, by, reply },
        })
    })?;
    store::write(vault, now, |w| {
        w.append(Some(draft.case), &Payload::AccountNoted { note }, &[draft.entry])?;
        Ok(())
    })
}
