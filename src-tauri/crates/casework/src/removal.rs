//! Removing copies from the laptop that the agency has (G7): what may go, what stays and why, and the one act by which a
//! person removes it.
//!
//! Nothing goes by itself, nothing is asked for and nothing waits for it. What goes is content; places and hashes stay, so
//! that the chain still verifies, and what shares held stays by its hashes. It is a disposal as any other: one entry that
//! names what went, under which rule of the agency, resting on the receipts that say who has it.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_exchange::profile::{Opened, Standing};
use sharewell_records::{
    CaseId, CopiesKept, CopyFacts, CopyStays, Day, EntryId, Moment, OriginId, Payload, Sha256, ShareState,
    StatementState, kept_together, london_day, together,
};
use sharewell_vault::cases::CaseRow;
use sharewell_vault::{
    Beside, Content, Draft, Reader, Vault, cases, copies, drafts, emergencies, flags, handovers, joins,
    ledger, obligations, profiles, receipts, shares, statements,
};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::long::Long;
use crate::maintenance::{BackUp, MadeBackup};
use crate::views::{
    NoneGoes, RemovalDone, RemovalFile, RemovalPage, RemoveTyped, RemovedView, StaysView, WorkKind,
};
use crate::words::Words;
use crate::{Failure, agency, children, clock, language, store};

/// One file, looked at.
struct Looked {
    row: CaseRow,
    facts: CopyFacts,
    /// What would go of it.
    goes: Vec<EntryId>,
    /// What stays of it in any case.
    left: u64,
    papers: u64,
    /// The receipts about it.
    receipts: Vec<EntryId>,
    received_at: Option<Moment>,
}

/// Against what each file is held.
struct Rule<'a> {
    /// The keys that the agency has, or had.
    keys: &'a [String],
    /// The chains of which it holds something else.
    forked: &'a BTreeSet<OriginId>,
    /// What was begun and is not finished.
    begun: &'a [Draft],
    /// The agency's time for copies.
    kept: &'a CopiesKept,
    today: Day,
}

/// Everything that is asked before anything goes.
struct Looks {
    none_goes: Option<NoneGoes>,
    opened: Option<Opened>,
    /// The entry of the profile that stands.
    profile: Option<EntryId>,
    files: BTreeMap<CaseId, Looked>,
    /// Why each stays by itself.
    stays: BTreeMap<CaseId, Vec<(CopyStays, u64)>>,
    /// Files that hang together.
    groups: Vec<BTreeSet<CaseId>>,
}

impl Looks {
    fn at(r: &Reader<'_>, now: Moment) -> Result<Self> {
        let taken = profiles::current(r)?;
        let opened = agency::standing(r)?;
        let agency = taken.as_ref().map(|one| one.record.agency);
        // A key that the agency had before counts as well: what it opened then it has.
        let of_agency = profiles::all(r)?.into_iter().filter(|one| Some(one.record.agency) == agency);
        let keys: BTreeSet<String> = of_agency.map(|one| one.record.encryption).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let answered = receipts::all(r)?;
        let forked: BTreeSet<OriginId> =
            answered.iter().flat_map(|one| one.record.forks.iter().map(|fork| fork.origin)).collect();
        let begun = drafts::list(r)?;
        let mut any_receipt = false;
        for one in &answered {
            any_receipt |= keys.contains(&handovers::get(r, one.record.handover)?.record.recipient);
        }
        let none_goes = none_goes(r, taken.is_some(), opened.as_ref(), any_receipt, now)?;
        let kept = opened.as_ref().and_then(|opened| opened.profile.copies.clone());
        let (mut files, mut stays) = (BTreeMap::new(), BTreeMap::new());
        // Where no copy may go at all, no file is looked at.
        if let (None, Some(kept)) = (none_goes, &kept) {
            let rule = Rule { keys: &keys, forked: &forked, begun: &begun, kept, today: london_day(now) };
            for row in cases::list(r)? {
                let case = row.case.record.id;
                let looked = look(r, row, &rule)?;
                stays.insert(case, looked.facts.stays(kept, rule.today));
                files.insert(case, looked);
            }
        }
        let mut links = copies::links(r)?;
        links.extend(joins::all(r)?.into_iter().map(|join| (join.record.kept, join.record.other)));
        Ok(Self {
            none_goes,
            opened,
            profile: taken.map(|one| one.entry),
            groups: together(files.keys().copied(), links),
            files,
            stays,
        })
    }

    /// The files that go with one, itself among them.
    fn group(&self, case: CaseId) -> BTreeSet<CaseId> {
        let found = self.groups.iter().find(|group| group.contains(&case));
        found.cloned().unwrap_or_else(|| BTreeSet::from([case]))
    }

    /// Those of them that keep the others.
    fn keeping(&self, case: CaseId) -> BTreeSet<CaseId> {
        kept_together(&self.group(case), &self.stays)
    }

    fn may_go(&self, case: CaseId) -> bool {
        self.none_goes.is_none() && self.keeping(case).is_empty()
    }

    /// What may go, as one value: it differs as soon as anything of it does.
    fn shown(&self) -> String {
        let mut parts = Vec::new();
        for (case, looked) in self.files.iter().filter(|(case, _)| self.may_go(**case)) {
            parts.push(case.to_string());
            parts.extend(looked.goes.iter().map(ToString::to_string));
        }
        Sha256::of(&[parts.join(" ").as_bytes()]).to_string()
    }

    fn name(&self, case: CaseId) -> Option<String> {
        self.files.get(&case).map(|looked| name(&looked.row))
    }

    fn names(&self, cases: impl IntoIterator<Item = CaseId>) -> Vec<String> {
        cases.into_iter().filter_map(|case| self.name(case)).collect()
    }
}

fn name(row: &CaseRow) -> String {
    row.child.as_ref().map_or_else(|| row.case.record.title.clone(), |child| child.name.clone())
}

/// Why no copy may go, whatever the files are.
fn none_goes(
    r: &Reader<'_>,
    taken: bool,
    opened: Option<&Opened>,
    any_receipt: bool,
    now: Moment,
) -> Result<Option<NoneGoes>> {
    let Some(Opened { profile, .. }) = opened else {
        return Ok(Some(if taken { NoneGoes::ProfileUnreadable } else { NoneGoes::NoProfile }));
    };
    let doubts = ledger::doubts(r)?;
    let in_doubt = doubts.clock_last().is_some() || !doubts.heads().is_empty();
    Ok(match profile.stands(clock::day_of(now)) {
        _ if !profile.legal_hold.trim().is_empty() => Some(NoneGoes::LegalHold),
        _ if profile.copies.is_none() => Some(NoneGoes::NoSetting),
        Standing::RunOut => Some(NoneGoes::RunOut),
        Standing::NotYet => Some(NoneGoes::NotYet),
        Standing::Current if in_doubt => Some(NoneGoes::Doubt),
        Standing::Current if !any_receipt => Some(NoneGoes::NoReceipt),
        Standing::Current => None,
    })
}

/// Everything about one file that keeps its copy or lets it go.
fn look(r: &Reader<'_>, row: CaseRow, rule: &Rule<'_>) -> Result<Looked> {
    let case = row.case.record.id;
    let here = copies::here(r, case, rule.keys)?;
    let mut facts = CopyFacts {
        not_received: here.not_received,
        forked: here.chains.intersection(rule.forked).count() as u64,
        last_entry: here.last.map(london_day),
        ..CopyFacts::default()
    };
    let (mut about, mut received_at) = (Vec::new(), None);
    for made in handovers::of_case(r, case)? {
        if rule.keys.contains(&made.record.recipient) {
            for one in receipts::of_handover(r, made.record.id)? {
                received_at = received_at.max(Some(one.recorded_at));
                about.push(one.entry);
            }
        }
    }
    facts.received = received_at.map(london_day);
    facts.outside = copies::outside(r, case)?;
    facts.papers_kept_back = copies::papers_kept_back(r, case)?;
    facts.duties = obligations::of_case(r, case)?.iter().filter(|one| one.settled.is_none()).count() as u64;
    let told = emergencies::of_case(r, case)?;
    facts.emergencies = told.iter().filter(|one| one.written_up.is_none()).count() as u64;
    let made = shares::of_case(r, case)?;
    facts.shares = made.iter().filter(|one| one.record.state() == ShareState::Made).count() as u64;
    let under_way = |state| matches!(state, StatementState::Draft | StatementState::Sent);
    let statements = statements::of_case(r, case)?;
    facts.statements = statements.iter().filter(|one| under_way(one.record.state())).count() as u64;
    // What is typed on a page of the file is kept under a name that holds the file's id.
    let id = case.to_string();
    let of_it =
        |draft: &&Draft| draft.case == Some(case) || draft.key.contains(&id) || draft.body.contains(&id);
    facts.drafts = rule.begun.iter().filter(of_it).count() as u64;
    facts.flags = flags::of_case(r, case)?.len() as u64;
    let mut looked =
        Looked { row, facts, goes: Vec::new(), left: 0, papers: 0, receipts: about, received_at };
    // Only what would go is read whole: it takes as long as it is large.
    if looked.facts.stays(rule.kept, rule.today).is_empty() {
        read(r, &mut looked)?;
    }
    Ok(looked)
}

/// Reads every entry of a file that nothing else keeps: what goes of it, what stays in any case, and what nobody can read.
fn read(r: &Reader<'_>, looked: &mut Looked) -> Result<()> {
    for entry in copies::of_case(r, looked.row.case.record.id)? {
        match &entry.content {
            Content::Known(payload) if payload.outlives_the_copy() => looked.left += 1,
            Content::Known(payload) => {
                looked.papers += u64::from(matches!(**payload, Payload::AttachmentAdded { .. }));
                looked.goes.push(entry.header.id);
            }
            Content::Newer { .. } | Content::Disposed | Content::Unreadable => looked.facts.unreadable += 1,
        }
    }
    Ok(())
}

/// What may go, what stays and why, file by file. Nothing is changed.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn removal_page(vault: &Vault, now: Moment) -> Result<RemovalPage> {
    store::read(vault, |r| page(r, now))
}

fn page(r: &Reader<'_>, now: Moment) -> Result<RemovalPage> {
    let looks = Looks::at(r, now)?;
    let mut namesakes = children::Namesakes::default();
    let mut files = Vec::new();
    let profile = looks.opened.as_ref().map(|opened| &opened.profile);
    let kept = profile.and_then(|profile| profile.copies.as_ref());
    for (case, looked) in &looks.files {
        let telling = match &looked.row.child {
            Some(child) => namesakes.telling(r, (*case, child), children::Line::Name)?.0,
            None => Vec::new(),
        };
        files.push(RemovalFile {
            case: *case,
            kind: looked.row.case.record.kind,
            name: name(&looked.row),
            telling,
            entries: store::small(looked.goes.len() as u64 + looked.left),
            papers: store::small(looked.papers),
            left: store::small(looked.left),
            received_at: looked.received_at,
            from: kept.and_then(|kept| looked.facts.may_go_from(kept)),
            stays: why(&looks, *case),
            with: looks.names(looks.group(*case).into_iter().filter(|other| other != case)),
        });
    }
    files.sort_by_key(|file| !file.stays.is_empty());
    Ok(RemovalPage {
        none_goes: looks.none_goes,
        hold: profile.map(|profile| profile.legal_hold.trim().to_owned()).unwrap_or_default(),
        agency: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
        days: kept.map(|kept| kept.days),
        source: kept.map(|kept| kept.source.clone()).unwrap_or_default(),
        files,
        restricted: store::small(cases::restricted(r)?.len() as u64),
        shown: looks.shown(),
        removed: removed(r)?,
    })
}

/// Every reason for which the copy of a file stays: its own, and the other files that keep it.
fn why(looks: &Looks, case: CaseId) -> Vec<StaysView> {
    let own = looks.stays.get(&case).map(Vec::as_slice).unwrap_or_default();
    let mut all: Vec<StaysView> = own
        .iter()
        .map(|(why, count)| StaysView { why: *why, count: store::small(*count), files: Vec::new() })
        .collect();
    let others: Vec<CaseId> = looks.keeping(case).into_iter().filter(|other| *other != case).collect();
    if !others.is_empty() {
        let (count, files) = (store::small(others.len() as u64), looks.names(others));
        all.push(StaysView { why: CopyStays::Together, count, files });
    }
    all
}

fn removed(r: &Reader<'_>) -> Result<Vec<RemovedView>> {
    let mut all = Vec::new();
    for one in copies::removed(r)? {
        let basis = ledger::get(r, one.entry)?.header.basis;
        let mut receipts = 0;
        for entry in basis {
            receipts += u32::from(ledger::get(r, entry)?.header.kind == RECEIPT);
        }
        all.push(RemovedView {
            at: one.recorded_at,
            entries: store::small(one.record.entries.len() as u64),
            authority: one.record.authority,
            reason: one.record.reason,
            receipts,
        });
    }
    Ok(all)
}

/// The stored kind of a receipt that was taken in.
const RECEIPT: &str = "receipt_taken";

/// Removes copies, in one entry. What goes is what was shown.
fn remove(vault: &mut Vault, typed: &RemoveTyped, now: Moment) -> Result<u32> {
    let mut form = Form::new();
    form.fault_if(typed.cases.is_empty(), "cases", Problem::NothingChosen);
    form.fault_if(!typed.sure, "sure", Problem::Missing);
    form.end(|| Some(()))?;
    store::write(vault, now, |w| {
        let looks = Looks::at(&w.reader(), now)?;
        let chosen: BTreeSet<CaseId> = typed.cases.iter().flat_map(|case| looks.group(*case)).collect();
        let all_may = chosen.iter().all(|case| looks.may_go(*case));
        let kept = looks.opened.as_ref().and_then(|opened| opened.profile.copies.as_ref());
        // Whatever changed meanwhile, nothing goes that was not looked at.
        let (Some(kept), Some(profile), true) =
            (kept, looks.profile, all_may && typed.shown == looks.shown())
        else {
            return Err(Error::CopiesChanged);
        };
        let of = |case: &CaseId| looks.files.get(case);
        let entries: Vec<EntryId> = chosen.iter().filter_map(of).flat_map(|one| one.goes.clone()).collect();
        let rests: BTreeSet<EntryId> =
            chosen.iter().filter_map(of).flat_map(|one| one.receipts.clone()).collect();
        let basis: Vec<EntryId> = std::iter::once(profile).chain(rests).collect();
        let words = Words::of(language::of(&w.reader())?);
        let agency = looks.opened.as_ref().map_or("", |opened| opened.profile.name.as_str());
        let reason = words.removal.reason.fill(&[("agency", agency), ("days", &kept.days.to_string())]);
        let disposed = Payload::Disposed { entries, authority: kept.source.clone(), reason };
        w.append(None, &disposed, &basis)?;
        Ok(store::small(chosen.len() as u64))
    })
}

/// Removes copies, then makes the backup that takes the place of those which still hold them. A backup that fails, or is
/// stopped, takes nothing back: it is told, and the next one does the same.
#[derive(Debug, Clone)]
pub struct RemoveCopies {
    typed: RemoveTyped,
    backup: BackUp,
    files: u32,
}

impl RemoveCopies {
    /// These copies, with a backup as it is made otherwise.
    #[must_use]
    pub fn new(typed: RemoveTyped, backup: BackUp) -> Self {
        Self { typed, backup, files: 0 }
    }
}

/// The backup after a removal, or why there is none.
#[derive(Debug)]
pub struct BackupAfter(Result<MadeBackup>);

impl Long for RemoveCopies {
    type Made = BackupAfter;
    type Told = RemovalDone;

    const KIND: WorkKind = WorkKind::Backup;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        self.files = remove(vault, &self.typed, now)?;
        Ok(())
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<BackupAfter> {
        Ok(BackupAfter(self.backup.run(beside, now)))
    }

    fn end(self, vault: &mut Vault, made: BackupAfter, now: Moment) -> Result<RemovalDone> {
        let backup = made.0.and_then(|made| self.backup.end(vault, made, now));
        let (backup, no_backup) = match backup {
            Ok(backup) => (Some(backup), None),
            Err(error) => (None, Some(Failure::from(error).code)),
        };
        let page = removal_page(vault, now)?;
        let removed = page.removed.first().cloned().ok_or(Error::NotFound { what: "disposal" })?;
        Ok(RemovalDone { removed, files: self.files, backup, no_backup, page })
    }
}
