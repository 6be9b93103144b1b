//! The side of whoever decided: asking, and taking the answer in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sharewell_exchange::PublicKey;
use sharewell_exchange::countersign::{self as files, Ask, Stored};
use sharewell_records::{
    Case, CaseId, CountersignatureId, Countersigned, DecisionId, Duty, Flag, Item, Moment, Payload, Person,
    Relationship, Settlement, Verdict,
};
use sharewell_vault::{
    Access, Beside, Reader, Recorded, Vault, Work, countersignatures, decisions, items, ledger, obligations,
    practitioner,
};

use super::code::{groups, new_code};
use crate::agency;
use crate::decide::{read_signed, said_view, signed_view};
use crate::error::{Error, Result};
use crate::guidance::serving::{self, Carried, kept_pack};
use crate::keep::{self, Prepared};
use crate::long::{Long, at_once};
use crate::people::{self, Family};
use crate::views::{CountersigningView, SaidView, WaitingAsk, WorkKind};
use crate::words::Words;
use crate::{language, signing, state, store};

/// What keeps the code of an ask until its answer is there.
const KIND: &str = "countersign";

/// What is kept of an ask.
#[derive(Serialize, Deserialize)]
struct Asked {
    code: String,
    at: Moment,
    file_name: String,
}

fn key(decision: DecisionId) -> String {
    format!("{KIND}:{decision}")
}

fn asked(r: &Reader<'_>, decision: DecisionId) -> Result<Option<Asked>> {
    state::read(r, &key(decision), KIND)
}

/// Where the countersigning of a decision stands.
///
/// # Errors
/// [`Error::Vault`] where there is no such decision.
pub fn countersigning(vault: &Vault, decision: DecisionId, now: Moment) -> Result<CountersigningView> {
    let public = PublicKey(vault.public_key()?);
    store::read(vault, |r| {
        let case = decisions::get(r, decision)?.record.case;
        // A lead who may be part of an allegation is never the one to be asked.
        let own = people::own(r, &Family::of(r, case)?)?;
        let mut view = read_signed(r, decision, |signed| signed_view(signed, now, None))?;
        agency::show_roles(r, &mut view.said)?;
        Ok(CountersigningView {
            decision,
            child: view.child,
            number: view.number,
            restricted: view.restricted,
            lead_name: own.lead_name,
            lead_phone: own.lead_phone,
            asked: asked(r, decision)?.map(|asked| WaitingAsk {
                code: groups(&asked.code),
                at: asked.at,
                file_name: asked.file_name,
            }),
            said: view.said,
            wanted: view.countersign_wanted,
            fingerprint: public.fingerprint(),
        })
    })
}

/// Writes the file that asks for a countersignature. The same code serves when it is written again.
#[derive(Debug, Clone)]
pub struct SaveAsk {
    /// Of which decision.
    pub decision: DecisionId,
    /// Where.
    pub path: PathBuf,
}

/// An ask that is written, all but its file's name.
pub struct Sealed {
    file: Prepared,
    code: String,
    case: CaseId,
}

impl Long for SaveAsk {
    type Made = Sealed;
    type Told = CountersigningView;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<Sealed> {
        let (ask, earlier) =
            beside.read(|r| Ok::<_, Error>((build(r, self.decision, now)?, asked(r, self.decision)?)))?;
        let code = match earlier {
            Some(earlier) => earlier.code,
            None => new_code()?,
        };
        beside.work().go_on()?;
        let bytes = files::seal_ask(&ask, &code.clone().into(), &signing::signer(&beside)?)?;
        beside.work().go_on()?;
        Ok(Sealed { file: keep::prepare_bytes(&self.path, &bytes)?, code, case: ask.case.id })
    }

    fn end(self, vault: &mut Vault, made: Sealed, now: Moment) -> Result<CountersigningView> {
        let Self { decision, path } = self;
        if store::read(vault, |r| asked(r, decision))?.is_some_and(|other| other.code != made.code) {
            // Asked twice at once: the code that is kept already is the one that counts.
            return Err(sharewell_vault::Error::Cancelled.into());
        }
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let kept = Asked { code: made.code, at: now, file_name };
        // The code first: a file whose code is lost could never be answered.
        store::keep(vault, &state::values(&key(decision), KIND, &kept, now)?)?;
        made.file.take_name()?;
        let what = format!("countersign:{decision}");
        store::log(vault, Some(made.case), now, |by| Access::Exported { by, what })?;
        countersigning(vault, decision, now)
    }
}

/// Writes the file that asks for a countersignature, all at once.
///
/// # Errors
/// [`Error::NotWritten`] where the file cannot be written, [`Error::Exchange`] where it cannot be made.
pub fn ask_countersignature(
    vault: &mut Vault,
    decision: DecisionId,
    path: &Path,
    now: Moment,
) -> Result<CountersigningView> {
    at_once(SaveAsk { decision, path: path.to_owned() }, vault, now)
}

/// A decision with what reading it takes, and no more: the people and items that it names.
fn build(r: &Reader<'_>, decision: DecisionId, now: Moment) -> Result<Ask> {
    let recorded = decisions::get(r, decision)?;
    let number = read_signed(r, decision, |signed| Ok(signed.number))?;
    let case = recorded.record.case;
    let stored = ledger::as_stored(r, recorded.entry)?.ok_or(Error::NotFound { what: "decision" })?;
    let payload = String::from_utf8(stored.payload.bytes).map_err(|_| Error::Stored { what: "decision" })?;
    let family = Family::of(r, case)?;
    let protection = family.protection_within();
    // Who is protected must be known where their name could be read, so that it is not shown there either.
    let hides = protection.names_protected_in_json(&payload);
    let named = |person: &Person| payload.contains(&person.id.to_string());
    let people: Vec<Person> = family
        .people
        .iter()
        .filter_map(|person| {
            if hides && protection.label(person.id).is_some() {
                return Some(with_earlier(hidden(person), &family.earlier));
            }
            // The address of whoever lives with them is hidden too, and only that.
            let home = hides && protection.shares_home(person.id).is_some();
            let address = if home { person.address.clone() } else { String::new() };
            (home || named(person)).then(|| Person { address, ..bare(person) })
        })
        .collect();
    let goes = |id| people.iter().any(|person| person.id == id);
    let carried = kept_pack(r, &recorded.record.pack)?;
    let items: Vec<Item> = items_of(r, &family.case)?
        .into_iter()
        .map(|item| item.record)
        .filter(|item| payload.contains(&item.id.to_string()))
        .collect();
    // Whom another file protects: only what the reader would see of them is said, so that it is not shown.
    let everywhere = family.protection(r)?;
    let texts = serde_json::json!({
        "decision": serde_json::from_str::<serde_json::Value>(&payload).unwrap_or_default(),
        "items": items,
        "people": people,
    });
    let known = protection.pieces(&texts);
    let hidden = everywhere.pieces(&texts).into_iter().filter(|piece| !known.contains(piece)).collect();
    Ok(Ask {
        asked_at: now,
        practitioner: practitioner::current(r)?.record,
        entry: Stored {
            header: stored.header,
            salt: files::salt_text(&stored.payload.salt),
            payload: payload.clone(),
            link: stored.link,
        },
        ties: family
            .ties
            .iter()
            .filter(|tie| goes(tie.from) && goes(tie.to))
            .map(|tie| Relationship { note: String::new(), ..tie.clone() })
            .collect(),
        // That a flag stands binds the reader; why it stands can say where somebody lives.
        flags: family
            .flags
            .iter()
            .filter(|flag| goes(flag.person))
            .map(|flag| Flag { reason: String::new(), ..flag.clone() })
            .collect(),
        items,
        hidden,
        pack: guidance_text(&carried)?,
        people,
        case: Case {
            reference: String::new(),
            reason: String::new(),
            beside: None,
            kept_from: Vec::new(),
            ..family.case
        },
        number,
    })
}

/// The items of a file; of a restricted one, those of the child's file as well.
fn items_of(r: &Reader<'_>, case: &Case) -> Result<Vec<Recorded<Item>>> {
    let mut all = Vec::new();
    for file in std::iter::once(case.id).chain(case.beside) {
        all.extend(items::of_case(r, file)?);
    }
    Ok(all)
}

/// A person with no more than a decision shows: name, part and age.
fn bare(person: &Person) -> Person {
    Person {
        also_known_as: vec![],
        identifiers: vec![],
        unknown_numbers: vec![],
        address: String::new(),
        phone: String::new(),
        ..hidden(person)
    }
}

/// A person who may be written down in the decision and must not be shown: with every form in which they may be.
fn hidden(person: &Person) -> Person {
    Person { agency: String::new(), language: String::new(), needs: String::new(), ..person.without_care() }
}

/// With every earlier name, number and home, so that none of them is shown there.
fn with_earlier(mut person: Person, earlier: &[Person]) -> Person {
    for before in earlier.iter().filter(|one| one.id == person.id) {
        person.also_known_as.push(before.name.clone());
        person.also_known_as.extend(before.also_known_as.iter().cloned());
        for (all, one) in [(&mut person.address, &before.address), (&mut person.phone, &before.phone)] {
            if !one.is_empty() && !all.contains(one.as_str()) {
                all.push('\n');
                all.push_str(one);
            }
        }
        person.identifiers.extend(before.identifiers.iter().cloned());
    }
    person.also_known_as.sort();
    person.also_known_as.dedup();
    person.also_known_as.retain(|name| *name != person.name);
    person.identifiers.dedup();
    person
}

/// The guidance's files, where the program itself does not carry them.
fn guidance_text(carried: &Carried) -> Result<BTreeMap<String, String>> {
    if serving::built_in(carried.pack.hash).is_some() {
        return Ok(BTreeMap::new());
    }
    let text = |(path, bytes): (&String, &Vec<u8>)| {
        let text = String::from_utf8(bytes.clone()).map_err(|_| Error::Stored { what: "guidance pack" })?;
        Ok((path.clone(), text))
    };
    carried.files.iter().map(text).collect()
}

/// An answer that holds for a decision of this vault.
fn answered(beside: &Beside, decision: DecisionId, path: &Path) -> Result<Countersigned> {
    let (code, entry, own) = beside.read(|r| {
        let asked = asked(r, decision)?.ok_or(Error::NotFound { what: "ask" })?;
        let recorded = decisions::get(r, decision)?;
        let entry = ledger::get(r, recorded.entry)?;
        let own = practitioner::current(r)?.record.id;
        Ok::<_, Error>((SecretString::from(asked.code), (recorded.entry, entry), own))
    })?;
    let countersigned =
        files::open_answer(&keep::read(path, files::MOST_BYTES)?, &code).map_err(|error| match error {
            // The code is the vault's own: what it does not open answers another ask.
            sharewell_exchange::Error::WrongCode => Error::NotThisDecision,
            other => Error::Exchange(other),
        })?;
    let said = &countersigned.said;
    let (id, entry) = entry;
    if (said.decision, said.entry, said.entry_hash) != (decision, id, entry.entry_hash) {
        return Err(Error::NotThisDecision);
    }
    if said.person == own || countersigned.key == PublicKey(beside.public_key()?).to_string() {
        return Err(Error::OwnDecision);
    }
    Ok(countersigned)
}

/// Shows what an answer says. Nothing is kept.
#[derive(Debug, Clone)]
pub struct OpenAnswer {
    /// Over which decision.
    pub decision: DecisionId,
    /// The file.
    pub path: PathBuf,
}

impl Long for OpenAnswer {
    type Made = SaidView;
    type Told = SaidView;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, now: Moment) -> Result<SaidView> {
        let mut said = said_view(&answered(&beside, self.decision, &self.path)?, now);
        beside.read(|r| agency::show_roles(r, std::slice::from_mut(&mut said)))?;
        Ok(said)
    }

    fn end(self, _vault: &mut Vault, made: SaidView, _now: Moment) -> Result<SaidView> {
        Ok(made)
    }
}

/// Takes an answer in. Agreement closes the duty to have the decision countersigned; where the second person
/// does not agree, the duty stays, and both views are kept.
#[derive(Debug, Clone)]
pub struct TakeAnswer {
    /// Over which decision.
    pub decision: DecisionId,
    /// The file.
    pub path: PathBuf,
    /// What was shown of it.
    pub shown: CountersignatureId,
}

impl Long for TakeAnswer {
    type Made = Countersigned;
    type Told = CountersigningView;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, _now: Moment) -> Result<Countersigned> {
        let countersigned = answered(&beside, self.decision, &self.path)?;
        if countersigned.said.id == self.shown { Ok(countersigned) } else { Err(Error::NotThisDecision) }
    }

    fn end(self, vault: &mut Vault, countersigned: Countersigned, now: Moment) -> Result<CountersigningView> {
        let Self { decision, shown, .. } = self;
        let words = Words::of(store::read(vault, language::of)?);
        store::write(vault, now, |w| {
            let recorded = decisions::get(&w.reader(), decision)?;
            let case = Some(recorded.record.case);
            let taken = countersignatures::of_decision(&w.reader(), decision)?;
            if !taken.iter().any(|one| one.record.said.id == shown) {
                let said = countersigned.said.clone();
                let entry = Payload::DecisionCountersigned { countersigned: Box::new(countersigned) };
                w.append(case, &entry, &[recorded.entry])?;
                let open = obligations::of_decision(&w.reader(), decision)?.into_iter().filter(|row| {
                    row.obligation.duty == Duty::Countersign
                        && row.settled.is_none()
                        && said.verdict == Verdict::Agrees
                });
                for row in open {
                    let settlement = Settlement::Done { note: words.list(&[&said.by, &said.role]) };
                    let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
                    w.append(case, &settled, &[row.entry])?;
                }
                w.sign_checkpoint()?;
            }
            Ok(())
        })?;
        store::forget(vault, &key(decision))?;
        countersigning(vault, decision, now)
    }
}

/// Shows what an answer says, all at once. Nothing is kept.
///
/// # Errors
/// [`Error::NotThisDecision`] where it is over another decision or opens under another code,
/// [`Error::OwnDecision`], [`Error::Exchange`] for what is wrong with the file, [`Error::NotRead`].
pub fn open_answer(vault: &Vault, decision: DecisionId, path: &Path, now: Moment) -> Result<SaidView> {
    OpenAnswer { decision, path: path.to_owned() }.run(vault.beside(&Work::new())?, now)
}

/// Takes an answer in, all at once.
///
/// # Errors
/// As [`open_answer`]; [`Error::NotThisDecision`] where the file is not the one that was shown.
pub fn take_answer(
    vault: &mut Vault,
    decision: DecisionId,
    path: &Path,
    shown: CountersignatureId,
    now: Moment,
) -> Result<CountersigningView> {
    at_once(TakeAnswer { decision, path: path.to_owned(), shown }, vault, now)
}
