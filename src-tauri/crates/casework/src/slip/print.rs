//! A slip on paper: to be filled in, and as it was signed.

use std::path::PathBuf;

use sharewell_documents::{self as documents, Language};
use sharewell_records::{
    AttachmentId, CaseId, ConsentAct, ConsentEvent, ConsentEvidence, ConsentId, Moment, Protection, Slip,
    SlipId, SlipTone,
};
use sharewell_vault::{Access, Beside, Reader, Vault, attached, consents, slips};

use super::make::{goes_home, kept, made};
use crate::error::{Error, Result};
use crate::keep;
use crate::long::Long;
use crate::paper::Frame;
use crate::store;
use crate::views::{SlipChoice, SlipGoes, WorkKind};
use crate::words::Words;

/// Saves a slip to be read, and filled in by hand.
#[derive(Debug, Clone)]
pub struct SaveSlip {
    /// The file.
    pub case: CaseId,
    /// Which slip.
    pub choice: SlipChoice,
    /// Where it goes.
    pub goes: SlipGoes,
    /// Where it is saved.
    pub path: PathBuf,
    /// The slip as it was written down.
    made: Option<SlipId>,
}

/// Saves the slip on which an answer was given, in the words of that day.
#[derive(Debug, Clone)]
pub struct SaveSignedSlip {
    /// The file.
    pub case: CaseId,
    /// The answer.
    pub consent: ConsentId,
    /// Where it goes.
    pub goes: SlipGoes,
    /// Where it is saved.
    pub path: PathBuf,
}

/// Reading and setting, writing: what is told of how far it is.
const STAGES: u64 = 2;

impl SaveSlip {
    /// Saves a slip.
    #[must_use]
    pub fn new(case: CaseId, choice: SlipChoice, goes: SlipGoes, path: PathBuf) -> Self {
        Self { case, choice, goes, path, made: None }
    }
}

impl Long for SaveSlip {
    type Made = SlipId;
    type Told = SlipId;

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        let slip = store::read(vault, |r| {
            let slip = made(r, self.case, &self.choice, now)?;
            if self.goes == SlipGoes::Home {
                goes_home(r, self.case, &slip, now)?;
            }
            Ok(slip)
        })?;
        // Its words stand in the record before anybody has it.
        self.made = Some(kept(vault, self.case, slip, now)?);
        Ok(())
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<SlipId> {
        let id = self.made.ok_or(Error::Stored { what: "slip" })?;
        beside.work().expect(STAGES);
        beside.work().go_on()?;
        let frame = Frame::beside(&beside, now)?;
        let slip = beside.read(|r| Ok::<_, Error>(slips::get(r, id)?.record))?;
        let pdf = documents::slip(&document(&slip, None, &frame)?, None, &Protection::default())?;
        beside.work().did(1)?;
        keep::bytes(&self.path, &pdf)?;
        Ok(id)
    }

    fn end(self, vault: &mut Vault, id: SlipId, now: Moment) -> Result<SlipId> {
        printed(vault, self.case, &format!("slip:{id}"), self.goes, now)?;
        Ok(id)
    }
}

impl Long for SaveSignedSlip {
    type Made = ();
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        store::read(vault, |r| {
            let (_, slip) = self.read(r)?;
            match self.goes {
                SlipGoes::Home => goes_home(r, self.case, &slip, now),
                SlipGoes::Here => Ok(()),
            }
        })
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<()> {
        beside.work().expect(STAGES);
        beside.work().go_on()?;
        let frame = Frame::beside(&beside, now)?;
        let (event, slip, picture) = beside.read(|r| {
            let (event, slip) = self.read(r)?;
            let drawn = event.slip.as_ref().and_then(|on| on.signature);
            let picture = drawn.map(|id| bytes(r, id)).transpose()?;
            Ok::<_, Error>((event, slip, picture))
        })?;
        // What was read is printed as it was read, whoever has been protected since: it is looked at here, or goes to
        // whoever read it.
        let document = document(&slip, Some(&event), &frame)?;
        let pdf = documents::slip(&document, picture.as_deref(), &Protection::default())?;
        beside.work().did(1)?;
        keep::bytes(&self.path, &pdf)
    }

    fn end(self, vault: &mut Vault, (): (), now: Moment) -> Result<()> {
        printed(vault, self.case, &format!("signed_slip:{}", self.consent), self.goes, now)
    }
}

impl SaveSignedSlip {
    /// The answer and its slip, both of this file.
    fn read(&self, r: &Reader<'_>) -> Result<(ConsentEvent, Slip)> {
        let none = || Error::NotFound { what: "slip" };
        let here = consents::of_case(r, self.case)?.into_iter().map(|one| one.record);
        let event = here.into_iter().find(|one| one.id == self.consent).ok_or_else(none)?;
        let on = event.slip.as_ref().ok_or_else(none)?;
        let slip = slips::get(r, on.slip)?.record;
        if slip.hash != on.hash || !slip.is_whole() {
            return Err(Error::Stored { what: "slip" });
        }
        Ok((event, slip))
    }
}

fn printed(vault: &mut Vault, case: CaseId, what: &str, goes: SlipGoes, now: Moment) -> Result<()> {
    let goes = match goes {
        SlipGoes::Here => "here",
        SlipGoes::Home => "home",
    };
    store::log(vault, Some(case), now, |by| Access::Printed { by, what: format!("{what}:{goes}") })
}

/// The bytes of a signature, held to their hash.
fn bytes(r: &Reader<'_>, id: AttachmentId) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    attached::each_piece(r, id, |piece| {
        all.extend_from_slice(piece);
        Ok::<_, Error>(())
    })?;
    Ok(all)
}

/// The values of a slip on paper, with what was answered where it was.
fn document(slip: &Slip, event: Option<&ConsentEvent>, frame: &Frame) -> Result<documents::Slip> {
    let language = Language::of(&slip.language).unwrap_or(frame.language);
    let words = Words::of(language);
    let sheet = documents::Sheet { language, ..frame.sheet(String::new(), None) };
    let part = |part: &sharewell_records::SlipPart| documents::SlipPart {
        heading: part.heading.clone(),
        lines: part.lines.clone(),
    };
    let (things, recipients) = (slip.things(), slip.recipients());
    let answer = |what: &sharewell_records::ConsentThing, to: &sharewell_records::ConsentRecipient| {
        let cells = event.map(|event| event.cells.as_slice()).unwrap_or_default();
        let cell =
            cells.iter().find(|cell| cell.what.key() == what.key() && cell.recipient.key() == to.key());
        let at = cell.and_then(|cell| {
            sharewell_records::ConsentAnswer::OFFERED.iter().position(|one| *one == cell.answer)
        });
        at.and_then(|at| slip.text.answers.get(at)).cloned().unwrap_or_default()
    };
    let things = things.iter().zip(&slip.text.things).map(|(what, called)| documents::SlipThing {
        what: called.clone(),
        rows: recipients
            .iter()
            .zip(&slip.text.recipients)
            .map(|(to, who)| documents::SlipRow { who: who.clone(), answer: answer(what, to) })
            .collect(),
    });
    let drawn = event.and_then(|event| event.slip.as_ref()).is_some_and(|on| on.signature.is_some());
    Ok(documents::Slip {
        sheet,
        title: slip.text.title.clone(),
        large: slip.tone != SlipTone::Plain,
        before: slip.text.before.iter().map(part).collect(),
        things: things.collect(),
        answers: slip.text.answers.clone(),
        after: slip.text.after.iter().map(part).collect(),
        fill: slip.text.fill.clone(),
        signed: event.map(|event| signed(slip, event, words)).unwrap_or_default(),
        signature: match drawn {
            true => words.slip.signature.fill(&[("name", &slip.giver.name)]),
            false => String::new(),
        },
    })
}

/// How it was signed, when, and who saw it.
fn signed(slip: &Slip, event: &ConsentEvent, words: &Words) -> Vec<String> {
    let how = event.slip.as_ref().and_then(|on| on.how);
    let how = how.map(|how| words.slip.signed.of(how)).unwrap_or_default();
    let act = words.consent.act.of(event.act.kind());
    let name = if slip.neutral { "" } else { slip.giver.name.as_str() };
    let by = words.slip.signed_by.fill(&[("how", if how.is_empty() { act } else { how }), ("name", name)]);
    let mut lines = vec![by, words.moment(event.happened)];
    if let ConsentAct::Answered { method } = &event.act {
        let seen = |who: &str| words.slip.seen_by.fill(&[("who", who)]);
        match &method.evidence {
            ConsentEvidence::Spoken { words: said, witness, no_witness } => {
                lines.push(said.clone());
                lines.push(if witness.is_empty() { no_witness.clone() } else { seen(witness) });
            }
            ConsentEvidence::Written { how: sharewell_records::WrittenHow::Mark, reference } => {
                lines.push(seen(reference));
            }
            ConsentEvidence::Written { .. } => {}
        }
        if !method.interpreter.is_empty() {
            lines.push(words.consent.interpreter.fill(&[("who", &method.interpreter)]));
        }
    }
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
