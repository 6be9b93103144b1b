//! A second person's word on a signed decision (A15): asked for by file, given on another laptop, taken back.
//!
//! Both files are sealed under one code, which the asker's vault keeps until the answer is there and which goes
//! by telephone, never beside the file. Whoever answers sees the decision worked out anew from the entry's own
//! bytes, and signs over the entry's hash. Their vault keeps what they said, and nothing of the child. A decision
//! never waits for any of this: what has to be shared is shared first (condition 12).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sharewell_exchange::countersign::{self as files, Ask, OpenedAsk, Stored};
use sharewell_exchange::{Protection, PublicKey};
use sharewell_records::{
    Countersignature, CountersignatureId, Countersigned, DecisionId, Duty, Moment, Payload, Person,
    Settlement, Sha256, Verdict,
};
use sharewell_vault::{
    Access, Draft, Reader, Vault, countersignatures, decisions, drafts, items, ledger, obligations,
    practitioner,
};

use crate::decide::{Signed, kept_pack, read_signed, signed_view};
use crate::error::{Error, Problem, Result};
use crate::packs::{self, Carried};
use crate::people::Family;
use crate::views::{AskView, CountersignInput, CountersigningView, DecisionView, SaidView, WaitingAsk};
use crate::{handover, input, keep, paper, store};

/// The kind of draft that keeps the code of an ask until its answer is there.
const KIND: &str = "countersign";
/// Random bytes of a code: 80 bits, sixteen letters to read out.
const CODE_BYTES: usize = 10;

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
    let Some(draft) = drafts::get(r, &key(decision))? else { return Ok(None) };
    serde_json::from_str(&draft.body).map(Some).map_err(|_| Error::Stored { what: "ask" })
}

/// Letters and digits that are not mistaken for one another when read out.
fn crockford() -> Result<data_encoding::Encoding> {
    let mut letters = data_encoding::Specification::new();
    letters.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    letters.encoding().map_err(|_| Error::Stored { what: "alphabet" })
}

fn new_code() -> Result<String> {
    let mut bytes = [0; CODE_BYTES];
    let random = ring::rand::SystemRandom::new();
    ring::rand::SecureRandom::fill(&random, &mut bytes)
        .map_err(|_| Error::Stored { what: "random number" })?;
    Ok(crockford()?.encode(&bytes))
}

/// A code as it may be typed from the telephone: blanks and dashes between the groups, small letters, and the
/// letters that Crockford's alphabet leaves out for the digits that they look like.
fn typed_code(code: &str) -> Result<SecretString> {
    let letters: String = code
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(input::LONGEST_NAME)
        .collect();
    if letters.is_empty() { Err(Error::field("code", Problem::Missing)) } else { Ok(letters.into()) }
}

fn groups(code: &str) -> Vec<String> {
    code.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect()
}

/// What was said, for a page.
pub(crate) fn said_view(countersigned: &Countersigned, taken_at: Moment) -> SaidView {
    let said = &countersigned.said;
    SaidView {
        id: said.id,
        decision: said.decision,
        verdict: said.verdict,
        words: said.words.clone(),
        by: said.by.clone(),
        role: said.role.clone(),
        agency: said.agency.clone(),
        at: said.at,
        fingerprint: PublicKey::from_hex(&countersigned.key).map(|key| key.fingerprint()).unwrap_or_default(),
        entry_hash: said.entry_hash.to_string(),
        origin: said.origin.to_string(),
        sequence: store::small(said.sequence.0),
        link: said.link.to_string(),
        taken_at,
    }
}

/// Where the countersigning of a decision stands.
///
/// # Errors
/// [`Error::Vault`] where there is no such decision.
pub fn countersigning(vault: &Vault, decision: DecisionId, _now: Moment) -> Result<CountersigningView> {
    let public = PublicKey(vault.public_key()?);
    store::read(vault, |r| {
        let own = practitioner::current(r)?.record;
        let view = read_signed(r, decision, signed_view)?;
        Ok(CountersigningView {
            decision,
            child: view.child,
            number: view.number,
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
///
/// # Errors
/// [`Error::NotWritten`] where the file cannot be written, [`Error::Exchange`] where it cannot be made.
pub fn ask_countersignature(
    vault: &mut Vault,
    decision: DecisionId,
    path: &Path,
    now: Moment,
) -> Result<CountersigningView> {
    let (ask, earlier) = store::read(vault, |r| Ok((build(r, decision, now)?, asked(r, decision)?)))?;
    let code = match earlier {
        Some(earlier) => earlier.code,
        None => new_code()?,
    };
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kept = Asked { code: code.clone(), at: now, file_name };
    let body = serde_json::to_string(&kept).map_err(|_| Error::Stored { what: "ask" })?;
    let case = Some(ask.case.id);
    let bytes = files::seal_ask(&ask, &code.into(), &handover::signer(vault)?)?;
    // The code first: a file whose code is lost could never be answered.
    store::save_draft(vault, &Draft { key: key(decision), kind: KIND.to_owned(), case, body, updated: now })?;
    keep::bytes(path, &bytes)?;
    store::log(vault, case, now, |by| Access::Exported { by, what: format!("countersign:{decision}") })?;
    countersigning(vault, decision, now)
}

/// A decision with what reading it takes, and no more: the people and items that it names.
fn build(r: &Reader<'_>, decision: DecisionId, now: Moment) -> Result<Ask> {
    let recorded = decisions::get(r, decision)?;
    let number = read_signed(r, decision, |signed| Ok(signed.number))?;
    let case = recorded.record.case;
    let stored = ledger::as_stored(r, recorded.entry)?.ok_or(Error::NotFound { what: "decision" })?;
    let payload = String::from_utf8(stored.payload.bytes).map_err(|_| Error::Stored { what: "decision" })?;
    let family = Family::of(r, case)?;
    let protection = family.protection();
    // Who is protected must be known where their name could be read, so that it is not shown there either.
    let hides = protection.scrub(&payload) != payload;
    let guarded = |person: &Person| {
        protection.label(person.id).is_some() || protection.shares_home(person.id).is_some()
    };
    let named = |person: &Person| payload.contains(&person.id.to_string());
    let people: Vec<Person> = family
        .people
        .iter()
        .filter_map(|person| match (guarded(person) && hides, named(person)) {
            (true, _) => Some(person.clone()),
            (false, true) => Some(bare(person)),
            (false, false) => None,
        })
        .collect();
    let goes = |id| people.iter().any(|person| person.id == id);
    let carried = kept_pack(r, &recorded.record.pack)?;
    Ok(Ask {
        asked_at: now,
        practitioner: practitioner::current(r)?.record,
        entry: Stored {
            header: stored.header,
            salt: files::salt_text(&stored.payload.salt),
            payload: payload.clone(),
            link: stored.link,
        },
        ties: family.ties.iter().filter(|tie| goes(tie.from) && goes(tie.to)).cloned().collect(),
        flags: family.flags.iter().filter(|flag| goes(flag.person)).cloned().collect(),
        items: items::of_case(r, case)?
            .into_iter()
            .map(|item| item.record)
            .filter(|item| payload.contains(&item.id.to_string()))
            .collect(),
        pack: guidance_text(&carried)?,
        people,
        case: family.case,
        number,
    })
}

/// A person with no more than a decision shows: name, part and age.
fn bare(person: &Person) -> Person {
    Person {
        also_known_as: vec![],
        identifiers: vec![],
        address: String::new(),
        phone: String::new(),
        agency: String::new(),
        language: String::new(),
        needs: String::new(),
        ..person.clone()
    }
}

/// The guidance's files, where the program itself does not carry them.
fn guidance_text(carried: &Carried) -> Result<BTreeMap<String, String>> {
    if packs::built_in(carried.pack.hash).is_some() {
        return Ok(BTreeMap::new());
    }
    let text = |(path, bytes): (&String, &Vec<u8>)| {
        let text = String::from_utf8(bytes.clone()).map_err(|_| Error::Stored { what: "guidance pack" })?;
        Ok((path.clone(), text))
    };
    carried.files.iter().map(text).collect()
}

/// Opens an ask that somebody else made.
fn opened(vault: &Vault, path: &Path, code: &SecretString) -> Result<OpenedAsk> {
    let opened = files::open_ask(&keep::read(path, files::MOST_BYTES)?, code)?;
    let own = store::read(vault, |r| Ok(practitioner::current(r)?.record.id))?;
    let same_vault = opened.key == PublicKey(vault.public_key()?);
    if same_vault || opened.ask.practitioner.id == own || opened.ask.entry.header.author == own {
        return Err(Error::OwnDecision);
    }
    Ok(opened)
}

/// The guidance of an ask, and whether it is known here.
fn guidance(r: &Reader<'_>, opened: &OpenedAsk) -> Result<(Arc<Carried>, bool)> {
    let reference = &opened.decision.pack;
    if let Some(carried) = packs::built_in(reference.hash) {
        return Ok((carried, true));
    }
    let here = packs::by_hash(r, opened.decision.nation, reference.hash, opened.decision.on)?;
    if let Some(carried) = here {
        return Ok((carried, true));
    }
    let text = opened.ask.pack.iter();
    let files = text.map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    Ok((packs::kept(reference, files)?, false))
}

/// What was said here before of exactly this entry.
fn said_before(r: &Reader<'_>, entry_hash: Sha256) -> Result<Option<(Countersigned, Moment)>> {
    let all = countersignatures::said_here(r)?;
    let found = all.into_iter().find(|one| one.record.said.entry_hash == entry_hash);
    Ok(found.map(|one| (one.record, one.recorded_at)))
}

/// Shows the decision for which somebody asks a countersignature. Nothing of it is kept.
///
/// # Errors
/// [`Error::Exchange`] for the file and its code, [`Error::OwnDecision`], [`Error::NotRead`].
pub fn open_ask(vault: &Vault, path: &Path, code: &str, _now: Moment) -> Result<AskView> {
    let opened = opened(vault, path, &typed_code(code)?)?;
    let ask = &opened.ask;
    store::read(vault, |r| {
        let (carried, guidance_known) = guidance(r, &opened)?;
        let family = Family {
            case: ask.case.clone(),
            people: ask.people.clone(),
            ties: ask.ties.clone(),
            flags: ask.flags.clone(),
        };
        let signed = Signed {
            decision: &opened.decision,
            family: &family,
            items: ask.items.clone(),
            carried,
            standing: opened.decision.obligations.clone(),
            number: ask.number,
            signed_by: paper::signature(&ask.practitioner),
            signed_at: ask.entry.header.recorded_at,
            left: Vec::new(),
            after: Vec::new(),
            said: Vec::new(),
            sequence: ask.entry.header.sequence,
            entry_hash: opened.entry_hash,
        };
        let before = said_before(r, opened.entry_hash)?;
        Ok(AskView {
            decision: masked(signed_view(&signed)?, &family.protection()),
            asked_by: ask.practitioner.name.clone(),
            role: ask.practitioner.role.clone(),
            agency: ask.practitioner.agency.clone(),
            phone: ask.practitioner.phone.clone(),
            asked_at: ask.asked_at,
            fingerprint: opened.key.fingerprint(),
            guidance_known,
            already: before.map(|(said, at)| said_view(&said, at)),
        })
    })
}

/// The view with every protected person called by their label, wherever somebody wrote a text.
fn masked(mut view: DecisionView, protection: &Protection) -> DecisionView {
    let hide = |text: &mut String| *text = protection.scrub(text);
    for text in [
        &mut view.child,
        &mut view.heading,
        &mut view.otherwise,
        &mut view.reasons,
        &mut view.alternatives,
        &mut view.what,
        &mut view.recipient.name,
        &mut view.recipient.role,
        &mut view.recipient.reach,
        &mut view.grounds.power,
        &mut view.grounds.lawful_basis,
        &mut view.grounds.condition,
        &mut view.grounds.no_consent_limb,
        &mut view.grounds.confidence,
        &mut view.grounds.proportionality,
    ] {
        hide(text);
    }
    for row in &mut view.telling {
        hide(&mut row.name);
        hide(&mut row.why);
    }
    for answer in &mut view.answers {
        hide(&mut answer.question);
        hide(&mut answer.answer);
        if let Some(weighing) = &mut answer.weighing {
            hide(&mut weighing.share);
            hide(&mut weighing.not_share);
        }
    }
    for line in &mut view.why {
        hide(&mut line.text);
    }
    for line in &mut view.unknown {
        hide(&mut line.question);
        hide(&mut line.answer);
    }
    for duty in &mut view.obligations {
        hide(&mut duty.title);
        hide(&mut duty.hint);
        hide(&mut duty.note);
    }
    if let Some(request) = &mut view.request {
        for text in [
            &mut request.name,
            &mut request.organisation,
            &mut request.reach,
            &mut request.how_verified,
            &mut request.what,
            &mut request.purpose,
            &mut request.authority,
            &mut request.keeping,
        ] {
            hide(text);
        }
    }
    view
}

/// Signs what the holder of this vault says of a decision, keeps it, and writes the answer. What was said of an
/// entry once stands: asked again, the same answer is written.
///
/// # Errors
/// As [`open_ask`]; [`Error::NotThisDecision`] where the file is not the one that was shown; [`Error::Field`]
/// where nothing was chosen, or no reason is given for not agreeing; [`Error::NotWritten`].
pub fn answer_ask(vault: &mut Vault, typed: &CountersignInput, now: Moment) -> Result<SaidView> {
    let code = typed_code(&typed.code)?;
    let opened = opened(vault, Path::new(&typed.path), &code)?;
    if opened.entry_hash.to_string() != typed.entry_hash {
        return Err(Error::NotThisDecision);
    }
    let before = store::read(vault, |r| said_before(r, opened.entry_hash))?;
    let (countersigned, bytes, at) = match before {
        Some((said, at)) => {
            let bytes = files::seal_again(&said, &code)?;
            (said, bytes, at)
        }
        None => {
            let said = say(vault, &opened, typed, now)?;
            let (countersigned, bytes) = files::seal_answer(&said, &code, &handover::signer(vault)?)?;
            let entry = Payload::DecisionCountersigned { countersigned: Box::new(countersigned.clone()) };
            store::write(vault, now, |w| {
                w.append(None, &entry, &[])?;
                w.sign_checkpoint()?;
                Ok(())
            })?;
            (countersigned, bytes, now)
        }
    };
    keep::bytes(Path::new(&typed.to), &bytes)?;
    Ok(said_view(&countersigned, at))
}

fn say(vault: &Vault, opened: &OpenedAsk, typed: &CountersignInput, now: Moment) -> Result<Countersignature> {
    let verdict = typed.verdict.ok_or_else(|| Error::field("verdict", Problem::Missing))?;
    let words = match verdict {
        Verdict::Agrees => input::text(&typed.words, "words")?,
        Verdict::Disagrees => input::reason_in(&typed.words, "words")?,
    };
    let own = store::read(vault, |r| Ok(practitioner::current(r)?.record))?;
    let header = &opened.ask.entry.header;
    Ok(Countersignature {
        id: CountersignatureId(store::new_id(now)),
        decision: opened.decision.id,
        entry: header.id,
        entry_hash: opened.entry_hash,
        origin: header.origin,
        sequence: header.sequence,
        link: opened.ask.entry.link,
        verdict,
        words,
        person: own.id,
        by: own.name,
        role: own.role,
        agency: own.agency,
        at: now,
    })
}

/// What the holder of this vault said of others' decisions, the latest first.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn said_here(vault: &Vault) -> Result<Vec<SaidView>> {
    store::read(vault, |r| {
        let all = countersignatures::said_here(r)?;
        Ok(all.iter().map(|one| said_view(&one.record, one.recorded_at)).collect())
    })
}

/// An answer that holds for a decision of this vault.
fn answered(vault: &Vault, decision: DecisionId, path: &Path) -> Result<Countersigned> {
    let (code, entry, own) = store::read(vault, |r| {
        let asked = asked(r, decision)?.ok_or(Error::NotFound { what: "ask" })?;
        let recorded = decisions::get(r, decision)?;
        let entry = ledger::get(r, recorded.entry)?;
        Ok((SecretString::from(asked.code), (recorded.entry, entry), practitioner::current(r)?.record.id))
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
    if said.person == own || countersigned.key == PublicKey(vault.public_key()?).to_string() {
        return Err(Error::OwnDecision);
    }
    Ok(countersigned)
}

/// Shows what an answer says. Nothing is kept.
///
/// # Errors
/// [`Error::NotThisDecision`] where it is over another decision or opens under another code,
/// [`Error::OwnDecision`], [`Error::Exchange`] for what is wrong with the file, [`Error::NotRead`].
pub fn open_answer(vault: &Vault, decision: DecisionId, path: &Path, now: Moment) -> Result<SaidView> {
    Ok(said_view(&answered(vault, decision, path)?, now))
}

/// Takes an answer in. Agreement closes the duty to have the decision countersigned; where the second person
/// does not agree, the duty stays, and both views are kept.
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
    let countersigned = answered(vault, decision, path)?;
    if countersigned.said.id != shown {
        return Err(Error::NotThisDecision);
    }
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
                let note = [said.by.as_str(), &said.role]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>();
                let settlement = Settlement::Done { note: note.join(", ") };
                let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
                w.append(case, &settled, &[row.entry])?;
            }
            w.sign_checkpoint()?;
        }
        Ok(())
    })?;
    store::clear_draft(vault, &key(decision))?;
    countersigning(vault, decision, now)
}

/// A code that was typed, for tests of the window: never shown.
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_code_is_sixteen_letters_that_are_told_apart_and_new_each_time() {
        let (one, other) = (new_code().unwrap(), new_code().unwrap());
        assert_eq!(one.len(), 16);
        assert_ne!(one, other);
        assert!(one.chars().all(|c| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c)), "{one}");
        assert_eq!(groups(&one).concat(), one);
    }

    #[test]
    fn a_code_is_taken_as_it_is_heard() {
        let typed = typed_code(" k7qm-o0il 3f5w 2z9x ").unwrap();
        assert_eq!(typed.expose_secret(), "K7QM00113F5W2Z9X");
        assert!(matches!(typed_code(" - "), Err(Error::Field { .. })));
    }
}
