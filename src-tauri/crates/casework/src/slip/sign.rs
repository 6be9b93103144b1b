//! Signing a slip on the screen, and taking the screen back.
//!
//! What was chosen is written down as one: the picture of the signature, the answer and what follows from it, or
//! nothing. Until then nothing of it is anywhere but in the window.

use data_encoding::BASE64;
use sharewell_records::{
    Attachment, AttachmentForm, AttachmentId, CaseId, ConsentAct, ConsentCell, ConsentEvent, ConsentEvidence,
    ConsentId, ConsentMethod, Moment, Occurred, OnSlip, Payload, SignedHow, Slip, SlipId, SlipPaper,
    WrittenHow,
};
use sharewell_vault::{Access, Beside, NotTaken, Reader, Taken, Vault, slips};

use super::key;
use crate::consent;
use crate::error::{Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::long::Long;
use crate::views::{SignInput, WorkKind};
use crate::words::Words;
use crate::{Secret, store};

/// Signs a slip, or says of one that tells that it was read or heard.
#[derive(Debug, Clone)]
pub struct SignSlip {
    /// The file.
    pub case: CaseId,
    /// The slip.
    pub slip: SlipId,
    /// What was chosen.
    pub typed: SignInput,
}

/// The most bytes that a picture of a signature has: far more than a window draws.
const MOST_DRAWN: usize = 1 << 20;
/// What the picture is called among the papers of the file.
const PICTURE: &str = "signature.png";

/// What was chosen, held to the rules.
struct Signed {
    slip: Slip,
    act: ConsentAct,
    cells: Vec<ConsentCell>,
    how: Option<SignedHow>,
    picture: Option<Vec<u8>>,
}

impl SignSlip {
    fn read(&self, r: &Reader<'_>) -> Result<Signed> {
        let mut form = Form::new();
        let slip = slips::of_case(r, self.case)?.into_iter().map(|one| one.record);
        let slip =
            slip.into_iter().find(|one| one.id == self.slip).ok_or(Error::NotFound { what: "slip" })?;
        let words = Words::of(crate::language::of(r)?);
        let read = match slip.paper {
            SlipPaper::Telling => Some((ConsentAct::Told, slip.cells.clone(), None, None)),
            SlipPaper::Choose => self.chosen(&mut form, &slip, words),
        };
        let (act, cells, how, picture) = form.end(|| read)?;
        Ok(Signed { slip, act, cells, how, picture })
    }

    #[allow(clippy::type_complexity)]
    fn chosen(
        &self,
        form: &mut Form,
        slip: &Slip,
        words: &Words,
    ) -> Option<(ConsentAct, Vec<ConsentCell>, Option<SignedHow>, Option<Vec<u8>>)> {
        let typed = &self.typed;
        form.take(at_most(&typed.answers, "answers"));
        let mut cells: Vec<ConsentCell> = Vec::new();
        for one in &typed.answers {
            match slip.answered(usize::from(one.thing), usize::from(one.recipient), one.answer) {
                Some(cell) if one.answer != sharewell_records::ConsentAnswer::Blank => cells.push(cell),
                Some(_) => {}
                None => form.fault_once("answers", Problem::NotAnOption),
            }
        }
        // Nothing chosen is no answer: who wants to choose nothing stops.
        if cells.is_empty() {
            form.fault_once("answers", Problem::Missing);
        }
        let how = form.chosen("how", typed.how);
        let interpreter = form.name("interpreter", &typed.interpreter);
        let language = form.name("language", &typed.language);
        let mut picture = None;
        let evidence = match how? {
            SignedHow::Drawn => {
                picture = drawn(form, &typed.drawn);
                ConsentEvidence::Written { how: WrittenHow::Signature, reference: PICTURE.to_owned() }
            }
            SignedHow::Typed => ConsentEvidence::Written {
                how: WrittenHow::Signature,
                reference: form.required_name("name", &typed.name),
            },
            SignedHow::Mark => ConsentEvidence::Written {
                how: WrittenHow::Mark,
                reference: form.required_name("witness", &typed.witness),
            },
            SignedHow::Spoken => ConsentEvidence::Spoken {
                words: said(slip, &cells, words),
                witness: form.required_name("witness", &typed.witness),
                no_witness: String::new(),
            },
            SignedHow::Unable => ConsentEvidence::Spoken {
                words: words.said(&form.reason("words", &typed.words), &said(slip, &cells, words)),
                witness: form.required_name("witness", &typed.witness),
                no_witness: String::new(),
            },
        };
        let method = ConsentMethod { evidence, interpreter, language };
        Some((ConsentAct::Answered { method }, cells, how, picture))
    }
}

/// The picture of a signature, as the window drew it.
fn drawn(form: &mut Form, typed: &str) -> Option<Vec<u8>> {
    if typed.is_empty() {
        form.fault("drawn", Problem::Missing);
        return None;
    }
    let bytes =
        (typed.len() <= MOST_DRAWN * 4 / 3 + 4).then(|| BASE64.decode(typed.as_bytes()).ok()).flatten();
    let picture = bytes.filter(|bytes| bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    form.fault_if(picture.is_none(), "drawn", Problem::NotAnOption);
    picture
}

/// What was said, in the words of the slip: each thing beside each recipient.
fn said(slip: &Slip, cells: &[ConsentCell], words: &Words) -> String {
    let (things, recipients) = (slip.things(), slip.recipients());
    let each = cells.iter().filter_map(|cell| {
        let thing = things.iter().position(|what| what.key() == cell.what.key())?;
        let to = recipients.iter().position(|to| to.key() == cell.recipient.key())?;
        let answer = sharewell_records::ConsentAnswer::OFFERED.iter().position(|one| *one == cell.answer)?;
        let line = words.list(&[slip.text.things.get(thing)?, slip.text.recipients.get(to)?]);
        Some(words.said(&line, slip.text.answers.get(answer)?))
    });
    let each: Vec<String> = each.collect();
    words.series(&each.iter().map(String::as_str).collect::<Vec<_>>())
}

impl Long for SignSlip {
    type Made = Option<Taken>;
    type Told = ConsentId;

    const KIND: WorkKind = WorkKind::Attachment;
    const LEAVES: bool = false;

    fn begin(&mut self, vault: &mut Vault, _now: Moment) -> Result<()> {
        if vault.is_looked_at() {
            return Err(sharewell_vault::Error::ReadOnly.into());
        }
        // All that is wrong is told before anything is taken in.
        store::read(vault, |r| self.read(r).map(drop))
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<Option<Taken>> {
        let Some(picture) = beside.read(|r| self.read(r))?.picture else { return Ok(None) };
        let id = AttachmentId(store::new_id(now));
        let taken = beside.take_in(id, &mut picture.as_slice(), picture.len() as u64)?;
        if taken.form != AttachmentForm::Png {
            // What cannot be taken back now goes at the next opening.
            let _ = beside.give_up(id);
            return Err(sharewell_vault::Error::NotTaken(NotTaken::ForeignForm).into());
        }
        Ok(Some(taken))
    }

    fn end(self, vault: &mut Vault, taken: Option<Taken>, now: Moment) -> Result<ConsentId> {
        let done = self.written(vault, taken, now);
        if let (Err(_), Some(taken)) = (&done, taken) {
            let _ = vault.give_up(taken.id);
        }
        let id = done?;
        // What the form asked has come to its end.
        store::clear_draft(vault, &key(self.case))?;
        store::clear_draft(vault, &format!("note:consent:{}", self.case))?;
        Ok(id)
    }
}

impl SignSlip {
    /// What the answer takes the place of, as the form said it. What no longer stands needs no taking back.
    fn replaced(&self, r: &Reader<'_>, event: &ConsentEvent, now: Moment) -> Result<Vec<ConsentEvent>> {
        let Some(offered) = super::taken_over(r, self.case)? else { return Ok(Vec::new()) };
        let (_, stands) = consent::folded(r, self.case, now)?;
        let each = offered.replaces.iter();
        Ok(each.filter_map(|other| consent::replaced(&stands, event, other, now)).collect())
    }

    fn written(&self, vault: &mut Vault, taken: Option<Taken>, now: Moment) -> Result<ConsentId> {
        let Signed { slip, act, cells, how, .. } = store::read(vault, |r| self.read(r))?;
        let about = [Some(slip.owed), slip.giver.person];
        let paper = taken.map(|taken| Attachment {
            id: taken.id,
            name: PICTURE.to_owned(),
            form: taken.form,
            size: taken.size,
            hash: taken.hash,
            what: slip.text.title.clone(),
            from: slip.giver.name.clone(),
            said_by: String::new(),
            came: Occurred::Moment { at: now },
            limits: String::new(),
            about: {
                let mut all: Vec<_> = about.into_iter().flatten().collect();
                all.dedup();
                all
            },
            item: None,
            replaces: None,
        });
        let event = ConsentEvent {
            id: ConsentId(store::new_id(now)),
            owed: slip.owed,
            sense: slip.sense,
            purpose: slip.purpose,
            giver: Some(slip.giver),
            act,
            cells,
            from: None,
            until: slip.until,
            review: slip.review,
            wording: None,
            slip: Some(OnSlip {
                slip: slip.id,
                hash: slip.hash,
                version: slip.version,
                language: slip.language,
                how,
                signature: paper.as_ref().map(|paper| paper.id),
            }),
            happened: now,
            note: String::new(),
        };
        let replaced = store::read(vault, |r| self.replaced(r, &event, now))?;
        let first = paper.map(|attachment| Payload::AttachmentAdded { attachment });
        consent::write_with(vault, self.case, first.into_iter().collect(), event, replaced, Vec::new(), now)
    }
}

/// Takes the screen back from whoever read a slip, with the passphrase. The vault stays open.
#[derive(Debug, Clone)]
pub struct BackToTheFile {
    /// The file whose slip was shown.
    pub case: CaseId,
    /// The passphrase.
    pub passphrase: Secret,
}

impl Long for BackToTheFile {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Opening;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        Ok(beside.check_passphrase(self.passphrase.clone(), now)?)
    }

    fn end(self, vault: &mut Vault, (): (), now: Moment) -> Result<()> {
        if vault.is_looked_at() {
            return Ok(());
        }
        store::log(vault, Some(self.case), now, |by| Access::CaseViewed { by })
    }
}
