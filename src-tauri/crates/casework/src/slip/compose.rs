//! The words of a slip: the catalogue's, filled with what is asked.

use std::collections::BTreeMap;

use sharewell_records::{
    ConsentRecipient, ConsentThing, ContactRole, Day, ItemId, Practitioner, Protection, SlipPaper, SlipPart,
    SlipText, SlipTone, name_tells,
};
use sharewell_vault::{Reader, contacts, items};

use crate::clock;
use crate::consent::ToAsk;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::views::{SlipChoice, SlipName};
use crate::words::{SlipPaperWords, Words};

/// Up to this age a slip is written for a child, unless somebody chooses otherwise.
const FOR_A_CHILD: u32 = 15;

/// A slip in the making.
pub(super) struct Composing<'a> {
    pub asked: &'a ToAsk,
    pub choice: &'a SlipChoice,
    pub family: &'a Family,
    pub own: &'a Practitioner,
    /// The day on which each note that is asked about was made.
    pub notes: BTreeMap<ItemId, Day>,
    /// Which recipients' names may give something away, by place.
    pub telling: Vec<bool>,
}

impl<'a> Composing<'a> {
    pub(super) fn of(
        r: &Reader<'_>,
        asked: &'a ToAsk,
        choice: &'a SlipChoice,
        family: &'a Family,
        own: &'a Practitioner,
    ) -> Result<Self> {
        let all = items::of_case(r, family.case.id)?;
        let notes = all.into_iter().map(|one| (one.record.id, clock::day_of(one.recorded_at))).collect();
        let words = Words::of(family.language);
        let tells = |one: &ConsentRecipient| {
            let role = one.contact.and_then(|id| contacts::get(r, id).ok()).map(|one| one.record.role);
            role.is_some_and(tells_by_role)
                || name_tells(&one.name, &words.slip.telling_words)
                || name_tells(&one.agency, &words.slip.telling_words)
        };
        let telling = asked.recipients.iter().map(tells).collect();
        Ok(Self { asked, choice, family, own, notes, telling })
    }

    fn words(&self) -> &'static Words {
        Words::of(self.family.language)
    }

    pub(super) fn paper(&self) -> SlipPaper {
        self.choice.paper.unwrap_or(SlipPaper::Choose)
    }

    /// For whom it is written: as chosen, or by the age of whoever reads it.
    pub(super) fn tone(&self, today: Day) -> SlipTone {
        self.choice.tone.unwrap_or_else(|| {
            let reader = self.asked.giver.person.and_then(|id| self.family.person(id));
            let age = reader.and_then(|person| clock::age(&person.birth, today));
            if age.is_some_and(|age| age <= FOR_A_CHILD) { SlipTone::Child } else { SlipTone::Plain }
        })
    }

    /// The names that may give something away.
    pub(super) fn names(&self) -> Vec<SlipName> {
        let each = self.asked.recipients.iter().zip(&self.telling).zip(0_u16..);
        each.filter(|((_, tells), _)| **tells)
            .map(|((one, _), recipient)| SlipName {
                recipient,
                name: one.name.clone(),
                offered: self.words().slip.spoken_for.clone(),
            })
            .collect()
    }

    /// Whether each name that may give something away was answered, and what stands in its place gives nothing away.
    pub(super) fn check(&self, form: &mut Form) {
        // Where it names nobody there is nothing to ask.
        if self.choice.neutral {
            return;
        }
        for name in self.names() {
            let said = self.choice.names.iter().find(|one| one.recipient == name.recipient);
            let field = format!("names.{}", name.recipient);
            match said.and_then(|one| Some((one.tells?, &one.words))) {
                None => form.fault(&field, Problem::Missing),
                Some((false, _)) => {}
                Some((true, words)) => {
                    let words = form.name(&field, words);
                    let tells = name_tells(&words, &self.words().slip.telling_words);
                    form.fault_if(tells, &field, Problem::NotAnOption);
                }
            }
        }
    }

    /// What it says, freed of whoever is protected.
    pub(super) fn text(&self, today: Day, protection: &Protection) -> Result<SlipText> {
        let words = self.words();
        let (said, neutral) = (&words.slip, &words.slip.neutral);
        let tone = said.tone.stored(self.tone(today).word()).ok_or(Error::Stored { what: "slip" })?;
        let paper = |choose, telling| match self.paper() {
            SlipPaper::Choose => choose,
            SlipPaper::Telling => telling,
        };
        let asks = self.paper() == SlipPaper::Choose;
        let answers: &[String; 4] = if self.choice.neutral { &neutral.answers } else { &tone.answers };
        let paper: &SlipPaperWords = match self.choice.neutral {
            true => paper(&neutral.choose, &neutral.telling),
            false => paper(&tone.choose, &tone.telling),
        };
        let own = self.asked.giver.person == Some(self.asked.owed);
        let name = self.family.person(self.asked.owed).map(|one| one.name.as_str()).unwrap_or_default();
        let whose = match own {
            true => tone.whose_own.clone(),
            false => tone.whose_of.fill(&[("name", name)]),
        };
        let until = match self.asked.until {
            Some(day) => tone.until.fill(&[("day", &words.day(day))]),
            None => tone.until_open.clone(),
        };
        let reach = [("agency", self.own.agency.as_str()), ("phone", &self.own.phone)];
        let ring = match self.own.phone.is_empty() {
            true => tone.ring_none.fill(&reach),
            false => tone.ring.fill(&reach),
        };
        let purpose = tone.purpose.fill(&[("purpose", &self.asked.purpose.words)]);
        let values = [
            ("whose", whose.as_str()),
            ("purpose", &purpose),
            ("sense", tone.sense.of(self.asked.sense)),
            ("until", &until),
            ("ring", &ring),
        ];
        let mut text = SlipText {
            title: paper.title.clone(),
            before: parts(&paper.before, &values),
            things: self.things(),
            recipients: self.recipients(),
            answers: if asks { answers.to_vec() } else { Vec::new() },
            after: parts(&paper.after, &values),
            fill: paper.fill.clone(),
        };
        if !protection.is_empty() {
            let failed = |_| Error::Stored { what: "slip" };
            let mut value = serde_json::to_value(&text).map_err(failed)?;
            protection.scrub_value(&mut value);
            text = serde_json::from_value(value).map_err(failed)?;
        }
        Ok(text)
    }

    fn things(&self) -> Vec<String> {
        let said = &self.words().slip;
        if self.choice.neutral {
            let numbers = (1..=self.asked.things.len()).map(|number| number.to_string());
            return numbers.map(|number| said.neutral.thing.fill(&[("number", &number)])).collect();
        }
        let mut made: Vec<(Day, u32)> = Vec::new();
        let mut note = |item: ItemId| {
            let Some(day) = self.notes.get(&item).copied() else { return String::new() };
            let number = match made.iter_mut().find(|(one, _)| *one == day) {
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    made.push((day, 1));
                    1
                }
            };
            let day = self.words().day(day);
            match number {
                1 => said.note.fill(&[("day", &day)]),
                more => said.note_more.fill(&[("day", &day), ("number", &more.to_string())]),
            }
        };
        let thing = |what: &ConsentThing| match what {
            ConsentThing::Kind { kind } => said.info.of(*kind).to_owned(),
            ConsentThing::Item { item, .. } => note(*item),
        };
        self.asked.things.iter().map(thing).collect()
    }

    fn recipients(&self) -> Vec<String> {
        let said = &self.words().slip;
        let letters = ('A'..='Z').map(String::from).chain((27..).map(|number: u32| number.to_string()));
        let each = self.asked.recipients.iter().zip(&self.telling).zip(0_u16..).zip(letters);
        each.map(|(((one, tells), place), letter)| {
            if self.choice.neutral {
                return said.neutral.recipient.fill(&[("letter", &letter)]);
            }
            let answered = self.choice.names.iter().find(|name| name.recipient == place);
            match answered.and_then(|name| Some((name.tells?, name.words.trim()))) {
                Some((false, _)) => one.name.clone(),
                Some((true, words)) if !words.is_empty() => words.to_owned(),
                _ if *tells => said.spoken_for.clone(),
                _ => one.name.clone(),
            }
        })
        .collect()
    }
}

/// Whether what somebody is tells why a family turns to them.
const fn tells_by_role(role: ContactRole) -> bool {
    match role {
        ContactRole::DomesticAbuse
        | ContactRole::MentalHealth
        | ContactRole::Police
        | ContactRole::FrontDoor
        | ContactRole::SocialWorker
        | ContactRole::DesignatedOfficer
        | ContactRole::Midwife
        | ContactRole::Youth => true,
        ContactRole::Lead
        | ContactRole::School
        | ContactRole::EarlyYears
        | ContactRole::Gp
        | ContactRole::HealthVisitor
        | ContactRole::SchoolNurse
        | ContactRole::Hospital
        | ContactRole::FamilySupport
        | ContactRole::Housing
        | ContactRole::DataProtection
        | ContactRole::Legal
        | ContactRole::Other => false,
    }
}

fn parts(parts: &[crate::words::SlipPartWords], values: &[(&str, &str)]) -> Vec<SlipPart> {
    let part = |part: &crate::words::SlipPartWords| SlipPart {
        heading: part.heading.clone(),
        lines: part.lines.iter().map(|line| line.fill(values)).filter(|line| !line.is_empty()).collect(),
    };
    parts.iter().map(part).collect()
}
