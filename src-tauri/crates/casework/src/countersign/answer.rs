//! The side of whoever is asked: reading the decision, saying what they think of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use sharewell_exchange::PublicKey;
use sharewell_exchange::countersign::{self as files, OpenedAsk};
use sharewell_records::{
    Countersignature, CountersignatureId, Countersigned, Moment, Payload, Protection, Sha256, Verdict,
};
use sharewell_vault::{Beside, Reader, Vault, Work, countersignatures, practitioner};

use super::code::typed_code;
use crate::decide::{Signed, said_view, signed_view};
use crate::error::{Error, Problem, Result};
use crate::guidance::serving::{self, Carried};
use crate::input::Form;
use crate::keep::{self, Prepared};
use crate::long::{Long, at_once};
use crate::people::Family;
use crate::views::{AskView, CountersignInput, DecisionView, SaidView, WorkKind};
use crate::words::Words;
use crate::{Secret, language, paper, signing, store};

/// Opens an ask that somebody else made.
fn opened(beside: &Beside, path: &Path, code: &SecretString) -> Result<OpenedAsk> {
    let opened = files::open_ask(&keep::read(path, files::MOST_BYTES)?, code)?;
    let own = beside.read(practitioner::current)?.record.id;
    let same_vault = opened.key == PublicKey(beside.public_key()?);
    if same_vault || opened.ask.practitioner.id == own || opened.ask.entry.header.author == own {
        return Err(Error::OwnDecision);
    }
    Ok(opened)
}

/// The guidance of an ask, and whether it is known here.
fn guidance(r: &Reader<'_>, opened: &OpenedAsk) -> Result<(Arc<Carried>, bool)> {
    let reference = &opened.decision.pack;
    if let Some(carried) = serving::built_in(reference.hash) {
        return Ok((carried, true));
    }
    let here = serving::by_hash(r, opened.decision.nation, reference.hash, opened.decision.on)?;
    if let Some(carried) = here {
        return Ok((carried, true));
    }
    let text = opened.ask.pack.iter();
    let files = text.map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    Ok((serving::kept(reference, files)?, false))
}

/// What was said here before of exactly this entry.
fn said_before(r: &Reader<'_>, entry_hash: Sha256) -> Result<Option<(Countersigned, Moment)>> {
    let all = countersignatures::said_here(r)?;
    let found = all.into_iter().find(|one| one.record.said.entry_hash == entry_hash);
    Ok(found.map(|one| (one.record, one.recorded_at)))
}

/// Shows the decision for which somebody asks a countersignature. Nothing of it is kept.
#[derive(Debug, Clone)]
pub struct OpenAsk {
    /// The file.
    pub path: PathBuf,
    /// The code, as it was heard.
    pub code: Secret,
}

impl Long for OpenAsk {
    type Made = AskView;
    type Told = AskView;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, now: Moment) -> Result<AskView> {
        let mut form = Form::new();
        form.fault_if(self.path.as_os_str().is_empty(), "path", Problem::Missing);
        let code = form.take(typed_code(self.code.expose_secret()));
        let opened = opened(&beside, &self.path, &form.end(|| code)?)?;
        beside.work().go_on()?;
        let ask = &opened.ask;
        beside.read(|r| {
            let (carried, guidance_known) = guidance(r, &opened)?;
            let language = language::of(r)?;
            let family = Family {
                joined: None,
                case: ask.case.clone(),
                people: ask.people.clone(),
                ties: ask.ties.clone(),
                flags: ask.flags.clone(),
                earlier: Vec::new(),
                practitioners: vec![ask.practitioner.clone()],
                language,
            };
            let signed = Signed {
                decision: &opened.decision,
                family: &family,
                items: ask.items.clone(),
                carried,
                standing: opened.decision.obligations.clone(),
                number: ask.number,
                signed_by: Some(ask.practitioner.clone()),
                signed_at: ask.entry.header.recorded_at,
                left: Vec::new(),
                calls: Vec::new(),
                after: Vec::new(),
                said: Vec::new(),
                sequence: ask.entry.header.sequence,
                entry_hash: opened.entry_hash,
                restricted: None,
            };
            let before = said_before(r, opened.entry_hash)?;
            let signed_by = paper::signature(&ask.practitioner, Words::of(language));
            let view = DecisionView { signed_by, ..signed_view(&signed, now, None)? };
            let mut protection = family.protection_within();
            protection.hide_pieces(&ask.hidden, &sharewell_documents::called(language));
            Ok::<_, Error>(AskView {
                decision: masked(view, &protection),
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

    fn end(self, _vault: &mut Vault, made: AskView, _now: Moment) -> Result<AskView> {
        Ok(made)
    }
}

/// Shows the decision for which somebody asks a countersignature, all at once. Nothing of it is kept.
///
/// # Errors
/// [`Error::Exchange`] for the file and its code, [`Error::OwnDecision`], [`Error::NotRead`].
pub fn open_ask(vault: &Vault, path: &Path, code: &str, now: Moment) -> Result<AskView> {
    OpenAsk { path: path.to_owned(), code: code.into() }.run(vault.beside(&Work::new())?, now)
}

/// The view with every protected person called by their label, wherever somebody wrote a text.
fn masked(mut view: DecisionView, protection: &Protection) -> DecisionView {
    let hide = |text: &mut String| *text = protection.scrub(text);
    // Named one by one: what a view has more some day is decided here, and not shown by default.
    let DecisionView {
        child,
        heading,
        otherwise,
        reasons,
        alternatives,
        what,
        recipient,
        grounds,
        telling,
        answers,
        why,
        unknown,
        notices,
        cards,
        obligations,
        request,
        checklists,
        flags,
        extent,
        rests_on,
        // Of no person.
        id: _,
        number: _,
        case: _,
        restricted: _,
        age: _,
        nation: _,
        pack: _,
        pack_hash: _,
        provenance: _,
        on: _,
        late: _,
        trigger: _,
        follows: _,
        followed_by: _,
        also: _,
        advised: _,
        decided: _,
        review: _,
        expired_confirmed: _,
        // Who signed is open to whoever countersigns; nobody has said anything yet.
        signed_by: _,
        signed_at: _,
        sequence: _,
        entry_hash: _,
        said: _,
        countersign_wanted: _,
        door: _,
        file_kind: _,
    } = &mut view;
    for said in extent.iter_mut() {
        said.goes.iter_mut().flat_map(|one| [&mut one.text, &mut one.by]).for_each(hide);
        said.staying.iter_mut().for_each(|one| hide(&mut one.words));
    }
    for said in rests_on.iter_mut() {
        hide(&mut said.purpose.words);
        for one in &mut said.of {
            [&mut one.owed, &mut one.recipient.name, &mut one.recipient.agency].into_iter().for_each(hide);
            one.what.iter_mut().for_each(|what| hide(&mut what.text));
        }
    }
    for text in [
        child,
        heading,
        otherwise,
        reasons,
        alternatives,
        what,
        &mut recipient.name,
        &mut recipient.role,
        &mut recipient.reach,
        &mut grounds.power,
        &mut grounds.lawful_basis,
        &mut grounds.condition,
        &mut grounds.no_consent_limb,
        &mut grounds.confidence,
        &mut grounds.proportionality,
        &mut grounds.changed_because,
    ] {
        hide(text);
    }
    for row in telling {
        hide(&mut row.name);
        hide(&mut row.why);
    }
    for answer in answers {
        hide(&mut answer.question);
        answer.answer.each_text(&hide);
        if let Some(weighing) = &mut answer.weighing {
            hide(&mut weighing.share);
            hide(&mut weighing.not_share);
        }
    }
    for row in checklists.iter_mut().flat_map(|list| &mut list.rows) {
        hide(&mut row.words);
    }
    for line in why {
        hide(&mut line.text);
    }
    for line in unknown {
        hide(&mut line.question);
        line.answer.each_text(&hide);
    }
    for duty in obligations {
        hide(&mut duty.title);
        hide(&mut duty.hint);
        hide(&mut duty.note);
        duty.careful.iter_mut().for_each(&hide);
    }
    for point in cards.iter_mut().flat_map(|card| &mut card.points) {
        hide(&mut point.title);
        hide(&mut point.hint);
        point.careful.iter_mut().for_each(&hide);
    }
    for notice in notices {
        hide(&mut notice.title);
        hide(&mut notice.hint);
        if let Some(law) = &mut notice.confirmed {
            hide(&mut law.by);
        }
    }
    for flag in flags {
        hide(&mut flag.name);
        hide(&mut flag.reason);
    }
    if let Some(request) = request {
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
#[derive(Debug, Clone)]
pub struct SaveAnswer {
    /// What was typed.
    pub typed: CountersignInput,
}

/// An answer that is written, all but its file's name.
pub struct Answered {
    file: Prepared,
    countersigned: Countersigned,
    /// When it was said; none where it is said now.
    before: Option<Moment>,
}

impl Long for SaveAnswer {
    type Made = Answered;
    type Told = SaidView;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<Answered> {
        let code = typed_code(&self.typed.code)?;
        let opened = opened(&beside, Path::new(&self.typed.path), &code)?;
        if opened.entry_hash.to_string() != self.typed.entry_hash {
            return Err(Error::NotThisDecision);
        }
        beside.work().go_on()?;
        let (countersigned, bytes, before) = match beside.read(|r| said_before(r, opened.entry_hash))? {
            Some((said, at)) => {
                let bytes = files::seal_again(&said, &code)?;
                (said, bytes, Some(at))
            }
            None => {
                let said = beside.read(|r| say(r, &opened, &self.typed, now))?;
                let (countersigned, bytes) = files::seal_answer(&said, &code, &signing::signer(&beside)?)?;
                (countersigned, bytes, None)
            }
        };
        beside.work().go_on()?;
        let file = keep::prepare_bytes(Path::new(&self.typed.to), &bytes)?;
        Ok(Answered { file, countersigned, before })
    }

    fn end(self, vault: &mut Vault, made: Answered, now: Moment) -> Result<SaidView> {
        let Answered { file, countersigned, before } = made;
        if before.is_none() {
            if store::read(vault, |r| said_before(r, countersigned.said.entry_hash))?.is_some() {
                // Said twice at once: what is kept already is what counts.
                return Err(sharewell_vault::Error::Cancelled.into());
            }
            let entry = Payload::DecisionCountersigned { countersigned: Box::new(countersigned.clone()) };
            store::write(vault, now, |w| {
                w.append(None, &entry, &[])?;
                w.sign_checkpoint()?;
                Ok(())
            })?;
        }
        file.take_name()?;
        Ok(said_view(&countersigned, before.unwrap_or(now)))
    }
}

/// Says what is said of a decision, all at once.
///
/// # Errors
/// As [`open_ask`]; [`Error::NotThisDecision`] where the file is not the one that was shown; [`Error::Fields`]
/// where nothing was chosen, or no reason is given for not agreeing; [`Error::NotWritten`]. Nothing is kept then.
pub fn answer_ask(vault: &mut Vault, typed: &CountersignInput, now: Moment) -> Result<SaidView> {
    at_once(SaveAnswer { typed: typed.clone() }, vault, now)
}

/// Whether a word can be said, asked before a place for the file is chosen.
///
/// # Errors
/// [`Error::Fields`] where nothing was chosen, or no reason is given for not agreeing.
pub fn check_word(verdict: Option<Verdict>, words: &str) -> Result<()> {
    word(verdict, words).map(|_| ())
}

fn word(verdict: Option<Verdict>, words: &str) -> Result<(Verdict, String)> {
    let mut form = Form::new();
    let verdict = form.chosen("verdict", verdict);
    let words = match verdict {
        Some(Verdict::Disagrees) => form.reason("words", words),
        Some(Verdict::Agrees) | None => form.text("words", words),
    };
    form.end(|| Some((verdict?, words)))
}

fn say(
    r: &Reader<'_>,
    opened: &OpenedAsk,
    typed: &CountersignInput,
    now: Moment,
) -> Result<Countersignature> {
    let (verdict, words) = word(typed.verdict, &typed.words)?;
    let own = practitioner::current(r)?.record;
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
