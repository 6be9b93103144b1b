//! Every line of a file's log in plain words, with what keeps it from going by a tick alone.

use sharewell_records::{
    CaseId, CaseKind, DisclosureId, Door, FlagKind, ItemId, LineBind, LogKind, LogLine, LogState, Moment,
    NotTo, PersonId, PersonRole, Protection, ReceivedId, Recipient, SourceKind, StatementAsker, london_day,
    names_others, speaks_of,
};
use sharewell_vault::sharing_log::{self, Asked};
use sharewell_vault::{Reader, decisions, disclosures, received};
use uuid::Uuid;

use crate::account::log::share_of;
use crate::clock;
use crate::error::{Error, Result};
use crate::people::Family;
use crate::sharing::limits::{Limits, is_of};
use crate::words::Words;

/// A line of the log before it is reviewed.
pub(super) struct Line {
    pub id: Uuid,
    pub kind: LogKind,
    pub at: Moment,
    /// What it says in plain words.
    pub said: String,
    pub binds: Vec<LineBind>,
    /// Whom else it names.
    pub others: Vec<String>,
}

/// The file of a statement, and for whom its lines are looked at.
pub(super) struct Review<'a> {
    pub family: &'a Family,
    pub protection: Protection,
    about: PersonId,
    asker: &'a StatementAsker,
    limits: Limits,
    now: Moment,
}

/// The file of which a statement is made. What a restricted file says, and one about an adult or numbers, is told to
/// nobody by this.
pub(super) fn file(r: &Reader<'_>, case: CaseId) -> Result<Family> {
    let family = Family::of(r, case)?;
    match family.case.kind {
        CaseKind::Family => Ok(family),
        CaseKind::Allegation | CaseKind::Adult | CaseKind::Numbers => {
            Err(Error::NotFound { what: "statement" })
        }
    }
}

impl<'a> Review<'a> {
    pub(super) fn of(
        r: &Reader<'_>,
        family: &'a Family,
        (about, asker): (PersonId, &'a StatementAsker),
        now: Moment,
    ) -> Result<Self> {
        family.person(about).ok_or(Error::NotFound { what: "person" })?;
        let protection = family.protection(r)?;
        Ok(Self { family, protection, about, asker, limits: Limits::of(r, family)?, now })
    }

    /// Every line of the log of the file, and of one that is shown as one with it, the earliest first. What was only made
    /// told nobody anything, and what was written down in error may be another child's.
    pub(super) fn lines(&self, r: &Reader<'_>) -> Result<Vec<Line>> {
        let cases =
            std::iter::once(self.family.case.id).chain(self.family.joined.as_ref().map(|one| one.case));
        let mut lines = Vec::new();
        for case in cases {
            let asked = Asked { case: Some(case), ..Asked::default() };
            for line in sharing_log::page(r, &asked, None, usize::MAX)? {
                if !matches!(line.state, LogState::Made | LogState::Withdrawn) {
                    lines.push(self.line(r, line)?);
                }
            }
        }
        lines.sort_by_key(|line| (line.at, line.id));
        Ok(lines)
    }

    fn line(&self, r: &Reader<'_>, line: LogLine) -> Result<Line> {
        let mut binds = Vec::new();
        let said = match line.kind {
            LogKind::Left => self.left(r, &line, &mut binds)?,
            LogKind::Refused => self.refused(r, &line, &mut binds)?,
            LogKind::Received => self.received(r, &line, &mut binds)?,
        };
        let health = &self.words().extent.sensitive.health;
        let people = self.open_people();
        let others = names_others(&said, &people, &self.besides());
        let others: Vec<String> = others.into_iter().map(|one| one.name.clone()).collect();
        let also = [
            (LineBind::Protected, self.names_protected(&said)),
            (LineBind::Flagged, self.flagged()),
            (LineBind::Health, speaks_of(health, &said)),
            (LineBind::Others, !others.is_empty()),
        ];
        binds.extend(also.into_iter().filter(|(_, so)| *so).map(|(bind, _)| bind));
        binds.sort_unstable();
        binds.dedup();
        Ok(Line { id: line.id, kind: line.kind, at: line.at, said, binds, others })
    }

    /// Whether a text gives somebody protected away: nothing is marked as hidden in what goes home, so it cannot go.
    pub(super) fn names_protected(&self, text: &str) -> bool {
        self.protection.names_protected(text)
    }

    /// Whether a flag, or the file, keeps things from whoever asks.
    pub(super) fn flagged(&self) -> bool {
        let refuses = |kind: FlagKind| matches!(kind, FlagKind::DoNotTell | FlagKind::NoContact);
        let by_flag =
            self.asker.person.is_some_and(|one| self.family.flags_binding(one).into_iter().any(refuses));
        let by_name = match self.family.may_receive(Door::Share, &self.asker.name) {
            Err(NotTo::Flagged(kind)) => refuses(kind),
            Err(NotTo::KeptFrom) => true,
            Ok(()) | Err(NotTo::NamesProtected) => false,
        };
        by_flag || by_name
    }

    fn words(&self) -> &'static Words {
        Words::of(self.family.language)
    }

    /// Everybody of the file but those who are named for the post that they hold.
    fn open_people(&self) -> Vec<sharewell_records::Person> {
        let people = self.family.people.iter().filter(|one| one.role != PersonRole::Practitioner);
        people.cloned().collect()
    }

    fn besides(&self) -> Vec<PersonId> {
        std::iter::once(self.about).chain(self.asker.person).collect()
    }

    fn left(&self, r: &Reader<'_>, line: &LogLine, binds: &mut Vec<LineBind>) -> Result<String> {
        let (words, said) = (self.words(), &self.words().statement);
        let id = DisclosureId(line.id);
        let mut items: Vec<ItemId> = Vec::new();
        if let Some(share) = share_of(r, id)? {
            items.extend(share.record.manifest.items.iter().map(|one| one.item));
        }
        let day = words.day(london_day(line.at));
        let mut text = String::new();
        if let Some(one) = disclosures::find(r, id)? {
            let it = one.record;
            items.extend(it.extent.iter().flat_map(|extent| extent.leaving()).map(|one| one.item));
            let who = self.somebody(&words.list(&[&it.recipient, &it.recipient_role]));
            let parts = [
                ("day", &*day),
                ("who", &*who),
                ("route", words.route.of(it.route)),
                ("what", within(&it.what)),
                ("why", within(&it.why)),
            ];
            text = if it.why.trim().is_empty() { &said.told_why_not_said } else { &said.told }.fill(&parts);
        }
        let recipient = self.recipient();
        let today = clock::day_of(self.now);
        if items
            .iter()
            .any(|item| self.limits.against(*item, self.family, &recipient, today).next().is_some())
        {
            binds.push(LineBind::Limits);
        }
        self.not_told(r, line, binds)?;
        let became = match line.state {
            LogState::Returned => said.returned.as_str(),
            LogState::Astray => said.astray.as_str(),
            LogState::Made
            | LogState::Sent
            | LogState::Delivered
            | LogState::Acknowledged
            | LogState::Refused
            | LogState::Received
            | LogState::Withdrawn => "",
        };
        Ok([text.as_str(), became].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }

    fn refused(&self, r: &Reader<'_>, line: &LogLine, binds: &mut Vec<LineBind>) -> Result<String> {
        let said = &self.words().statement;
        self.not_told(r, line, binds)?;
        let day = self.words().day(london_day(line.at));
        let Some(decision) = line.decision else { return Ok(String::new()) };
        let it = decisions::get(r, decision)?.record;
        let who = self.somebody(&self.words().list(&[&it.recipient.name, &it.recipient.role]));
        let parts = [("day", &*day), ("who", &*who), ("why", within(&it.reasons))];
        Ok(if it.reasons.trim().is_empty() { &said.refused_why_not_said } else { &said.refused }.fill(&parts))
    }

    /// That something came. Who gave it is said only of an agency, and what they gave is not said at all.
    fn received(&self, r: &Reader<'_>, line: &LogLine, binds: &mut Vec<LineBind>) -> Result<String> {
        let (words, said) = (self.words(), &self.words().statement);
        let it = received::get(r, ReceivedId(line.id))?.record;
        let agency = it.source == SourceKind::Agency && it.named;
        if !agency {
            binds.push(LineBind::Reporter);
        }
        let recipient = self.recipient();
        let of_family = is_of(self.family, &recipient) || self.asker.person.is_some();
        if it.speaks_against((&recipient.name, &recipient.role), of_family, clock::day_of(self.now)) {
            binds.push(LineBind::Limits);
        }
        let who = words.list(&[&it.from, &it.from_role]);
        let who = if agency && !who.is_empty() { who } else { said.received_from.clone() };
        let day = words.day(london_day(line.at));
        Ok(said.received.fill(&[("day", &day), ("who", &who), ("route", words.route.of(it.route))]))
    }

    /// Whether a decision says that whoever asks is not told yet, or not.
    fn not_told(&self, r: &Reader<'_>, line: &LogLine, binds: &mut Vec<LineBind>) -> Result<()> {
        let Some(id) = line.decision else { return Ok(()) };
        let decision = match decisions::get(r, id) {
            Ok(signed) => signed.record,
            // Disposed of since: what it said of telling is gone with it.
            Err(sharewell_vault::Error::NoSuch { .. }) => return Ok(()),
            Err(other) => return Err(other.into()),
        };
        let theirs = |one: &&sharewell_records::Telling| match one.person {
            Some(person) => self.asker.person == Some(person),
            None => one.name == self.asker.name,
        };
        if decision.telling.iter().filter(theirs).any(|one| !one.when.knows()) {
            binds.push(LineBind::NotTold);
        }
        Ok(())
    }

    fn recipient(&self) -> Recipient {
        Recipient { name: self.asker.name.clone(), ..Recipient::default() }
    }

    fn somebody(&self, who: &str) -> String {
        if who.is_empty() { self.words().statement.nobody_named.clone() } else { who.to_owned() }
    }
}

/// What somebody typed as it stands inside a sentence, which has a full stop of its own.
fn within(typed: &str) -> &str {
    typed.trim().trim_end_matches('.')
}
