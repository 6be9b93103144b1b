//! Codes, dates and names as people read them on paper.

use chrono::{Datelike, Timelike};
use sharewell_records::{
    AdviserResult, Birth, Day, Duty, FlagKind, Heavier, ItemSource, Likelihood, Moment, Occurred,
    OutcomeKind, ParentalResponsibility, PointAnswer, Request, RequesterKind, Route, Severity, Sha256,
    Trigger, WhenTold,
};

use crate::{clock, input};

/// The limits that stand at the head of every document about a file.
pub(crate) const LIMITS: &str = "Confidential. For the person it was given to, and for the purpose it was given for. \
     Ask its author before passing on any of it.";
/// The answer to an optional question that named nobody and nothing.
pub(crate) const NOBODY: &str = "Nobody and nothing was named";
/// Limits of a document of a restricted file.
pub(crate) const RESTRICTED_LIMITS: &str = "Restricted: about an allegation against somebody who works or volunteers with children. \
     Only for the designated officer and those whom the officer names. Not for the child's file, the person it is about, or a manager who may be part of it.";
/// How a child is called where no name may stand.
pub(crate) const THE_CHILD: &str = "the child";
/// The limits of a recovery kit.
pub(crate) const KIT_LIMITS: &str =
    "Whoever has this page can open the vault. Keep it locked away from the laptop, and never copy it.";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(number: u32) -> &'static str {
    let at = usize::try_from(number).unwrap_or(0).saturating_sub(1);
    MONTHS.get(at).copied().unwrap_or_default()
}

/// `12 March 2026`.
pub(crate) fn day(day: Day) -> String {
    format!("{} {} {}", day.0.day(), month(day.0.month()), day.0.year())
}

/// `12 March 2026, 10:42`, on the clocks of the United Kingdom.
pub(crate) fn moment(moment: Moment) -> String {
    let local = clock::now_from(moment.0.to_utc());
    format!("{}, {:02}:{:02}", day(local.day()), local.0.hour(), local.0.minute())
}

/// When something happened, as far as it is known.
pub(crate) fn occurred(occurred: &Occurred) -> String {
    match occurred {
        Occurred::Day { on } => day(*on),
        Occurred::Moment { at } => moment(*at),
        Occurred::Month { year, month: number } => format!("{} {year}", month(u32::from(*number))),
        Occurred::Unknown { words } => words.clone(),
    }
}

/// The date of birth, the expected date, or about how old.
pub(crate) fn birth(birth: &Birth) -> String {
    match birth {
        Birth::Born { on } => day(*on),
        Birth::Expected { on } => format!("expected {}", day(*on)),
        Birth::About { years, on } => format!("about {years} years old on {}", day(*on)),
        Birth::Unknown => String::new(),
    }
}

/// The age on a day.
pub(crate) fn age(birth: &Birth, on: Day) -> String {
    match (birth, input::age(birth, on)) {
        (Birth::Expected { .. }, _) => "unborn".to_owned(),
        (_, Some(1)) => "1 year".to_owned(),
        (Birth::About { .. }, Some(years)) => format!("about {years} years"),
        (_, Some(years)) => format!("{years} years"),
        (_, None) => String::new(),
    }
}

/// The first digits of a hash in groups of four; `digits` 64 gives all of it.
pub(crate) fn grouped(hash: &Sha256, digits: usize) -> String {
    let mut shown = String::new();
    for (at, digit) in hash.to_string().chars().take(digits).enumerate() {
        if at > 0 && at % 4 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// What was decided or advised.
pub(crate) fn outcome(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::EmergencyShare => "Share now: emergency",
        OutcomeKind::MustShare => "Share: it is required",
        OutcomeKind::ShareWithConsent => "Share with agreement",
        OutcomeKind::ShareWithoutConsent => "Share without agreement",
        OutcomeKind::ShareLimited => "Share part of it",
        OutcomeKind::HoldAndSeekAdvice => "Hold, and ask for advice",
        OutcomeKind::DoNotShare => "Do not share",
    }
}

/// What brought a decision about.
pub(crate) fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Worry => "Own worry",
        Trigger::Request => "Request for information",
        Trigger::NewFacts => "New facts after an earlier decision",
        Trigger::Linked => "Linked decision for somebody else at risk",
    }
}

/// A request in a sentence or two.
pub(crate) fn request(request: &Request) -> String {
    let from = match request.from {
        RequesterKind::Agency => "another agency",
        RequesterKind::Police => "the police",
        RequesterKind::Court => "a court",
        RequesterKind::Solicitor => "a solicitor",
        RequesterKind::Parent => "a parent or carer",
        RequesterKind::Person => "the person themself",
        RequesterKind::Member => "an elected member",
        RequesterKind::Journalist => "a journalist",
    };
    let mut said = format!("Request from {from}, received {}", day(request.received));
    for (label, text) in [
        ("", &request.name),
        ("", &request.organisation),
        ("asks for: ", &request.what),
        ("purpose: ", &request.purpose),
        ("authority named: ", &request.authority),
        ("identity checked: ", &request.how_verified),
    ] {
        if !text.is_empty() {
            said.push_str("; ");
            said.push_str(label);
            said.push_str(text);
        }
    }
    if !request.verified {
        said.push_str("; not certain who asks");
    }
    said
}

/// By which route something left.
pub(crate) fn route(route: Route) -> &'static str {
    match route {
        Route::Telephone => "by telephone",
        Route::InPerson => "in person",
        Route::SecureEmail => "by secure e-mail",
        Route::Portal => "through the recipient's own form",
        Route::ByHand => "on paper, by hand",
        Route::Post => "on paper, by tracked post",
        Route::EncryptedFile => "as an encrypted file",
    }
}

/// What kind of note an item came from.
pub(crate) fn source(source: ItemSource) -> &'static str {
    match source {
        ItemSource::Visit => "Visit",
        ItemSource::Call => "Telephone call",
        ItemSource::Meeting => "Meeting",
        ItemSource::Setting => "At school, nursery, clinic or centre",
        ItemSource::Message => "Letter or message",
        ItemSource::Other => "Note",
    }
}

/// What a safety flag asks of everybody.
pub(crate) fn flag(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::DoNotTell => "Do not tell",
        FlagKind::NoContact => "Do not contact",
        FlagKind::DoNotPost => "Do not post to the home of",
        FlagKind::UnsafePhone => "Do not ring or text",
        FlagKind::ProtectedIdentity => "Name and whereabouts are protected:",
        FlagKind::WorkerSafety => "Visit with two workers:",
    }
}

/// Parental responsibility.
pub(crate) fn responsibility(of: ParentalResponsibility) -> &'static str {
    match of {
        ParentalResponsibility::Holds => "Holds",
        ParentalResponsibility::DoesNotHold => "Does not hold",
        ParentalResponsibility::NotKnown => "Not known",
    }
}

/// The stored word of a tie or a role, as people read it.
pub(crate) fn tie(word: &str) -> String {
    match word {
        "step_parent" => "step-parent".to_owned(),
        "former_partner" => "former partner".to_owned(),
        "contact" => "friend or other contact".to_owned(),
        other => other.replace('_', " "),
    }
}

/// What came of asking an adviser.
pub(crate) fn adviser_result(result: AdviserResult) -> &'static str {
    match result {
        AdviserResult::Blank => "",
        AdviserResult::Agrees => "agrees",
        AdviserResult::Disagrees => "disagrees",
        AdviserResult::NotReached => "could not be reached",
        AdviserResult::Implicated => "is part of the worry",
        AdviserResult::NotAsked => "was not asked",
    }
}

/// Which side of the balance is heavier.
pub(crate) fn heavier(side: Heavier) -> &'static str {
    match side {
        Heavier::Blank => "",
        Heavier::Share => "The reasons to share are heavier",
        Heavier::NotShare => "The reasons not to share are heavier",
        Heavier::NotSure => "Not sure which side is heavier",
    }
}

/// How likely something is.
pub(crate) fn likelihood(of: Likelihood) -> &'static str {
    match of {
        Likelihood::Blank => "",
        Likelihood::Unlikely => "Unlikely",
        Likelihood::Possible => "Possible",
        Likelihood::Likely => "Likely",
        Likelihood::AlmostCertain => "Almost certain",
        Likelihood::NotSure => "Not sure",
    }
}

/// How bad something would be.
pub(crate) fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Blank => "",
        Severity::Slight => "Slight",
        Severity::Moderate => "Moderate",
        Severity::Serious => "Serious",
        Severity::Severe => "Severe",
        Severity::NotSure => "Not sure",
    }
}

/// A stored word with a capital and blanks, where there are no better words for it.
pub(crate) fn rating(word: &str) -> String {
    let mut words = word.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Whether a person is told.
pub(crate) fn telling(when: WhenTold) -> &'static str {
    match when {
        WhenTold::Blank => "",
        WhenTold::Now => "Tell now",
        WhenTold::Later => "Tell later",
        WhenTold::Not => "Do not tell",
        WhenTold::Told => "Told",
        WhenTold::NotSure => "Not sure yet",
    }
}

/// A duty in a few words, where no pack has words of its own for it.
pub(crate) fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Act => "Do what was decided",
        Duty::StatePurpose => "Write down the purpose",
        Duty::HearViews => "Hear the child's views",
        Duty::ConsiderEveryone => "Think of everyone who may be affected",
        Duty::HowMuch => "Decide how much is needed",
        Duty::SeparateFactOpinion => "Separate fact, opinion and what was reported",
        Duty::VerifyRecipient => "Check that it is the right recipient",
        Duty::ProtectIdentities => "Keep protected names out",
        Duty::SeparateFile => "Keep this in a separate, restricted file",
        Duty::SecureRoute => "Use a secure route",
        Duty::TellLimits => "Tell the recipient the limits",
        Duty::RecordDisclosure => "Record what left, to whom, why and how",
        Duty::Explain => "Tell the person, or write down why not",
        Duty::DiscussWithAdviser => "Tell the safeguarding lead",
        Duty::ConsultFrontDoor => "Consult the front door",
        Duty::ConfirmInWriting => "Confirm it in writing",
        Duty::LegalAdvice => "Take legal advice",
        Duty::LinkedDecision => "Make a linked decision",
        Duty::WhoElseActed => "Find out who else knows, and whether they acted",
        Duty::CheckAssumptions => "Check your assumptions",
        Duty::WriteUp => "Write the emergency up",
        Duty::RecordReasons => "Write down the reasons",
        Duty::WhatWouldChange => "Write down what would change the answer",
        Duty::Review => "Look again",
        Duty::Countersign => "Ask the lead to countersign",
        Duty::NotifyPolice => "Notify the police",
        Duty::Escalate => "Chase a reply",
        Duty::KeepWorkingWithFamily => "Keep working with the family",
    }
}

/// What a point of a checklist was answered.
pub(crate) fn point(value: PointAnswer) -> &'static str {
    match value {
        PointAnswer::Blank => "",
        PointAnswer::Yes => "Yes",
        PointAnswer::No => "No",
        PointAnswer::NotSure => "Not sure",
    }
}

/// The parts that say something, behind one another.
pub(crate) fn listed(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_in_summer_is_printed_as_clocks_show_it() {
        let moment_in_june = clock::now_from("2026-06-03T09:05:00Z".parse().unwrap());
        assert_eq!(moment(moment_in_june), "3 June 2026, 10:05");
    }

    #[test]
    fn a_hash_is_grouped_as_people_compare_it() {
        assert_eq!(grouped(&Sha256([0x7f; 32]), 12), "7f7f 7f7f 7f7f");
        assert_eq!(grouped(&Sha256([0; 32]), 64).split(' ').count(), 16);
    }

    #[test]
    fn an_age_says_what_is_known_and_no_more() {
        let day = |y, m, d| clock::day(y, m, d).unwrap();
        assert_eq!(age(&Birth::Born { on: day(2025, 1, 1) }, day(2026, 6, 3)), "1 year");
        assert_eq!(age(&Birth::Expected { on: day(2026, 9, 1) }, day(2026, 6, 3)), "unborn");
        assert_eq!(age(&Birth::Unknown, day(2026, 6, 3)), "");
    }
}
