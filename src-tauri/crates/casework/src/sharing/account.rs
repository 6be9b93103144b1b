//! What came to us, and what became of what left, as lines of a story or a paper.

use sharewell_records::{AccountNote, Became, MayKnow, Moment, Received, Statement};

use super::shares::reference;
use crate::words::Words;

/// What came to us: from whom, and under which limits.
pub(crate) fn received(received: &Received, words: &Words) -> (String, String) {
    (from(received, words), limits(received, words))
}

/// What came to us, once it was corrected: from whom as it is known now, why, and what stands now.
pub(crate) fn received_amended(received: &Received, reason: &str, words: &Words) -> (String, String) {
    let now = words.list(&[words.route.of(received.route), &words.moment(received.at)]);
    let limits = limits(received, words);
    let now = words.account.amended.fill(&[("now", &words.series(&[&now, &limits]))]);
    (from(received, words), words.series(&[reason, &now]))
}

/// What became of something: by its reference, which names nobody.
pub(crate) fn noted(note: &AccountNote, words: &Words) -> (String, String) {
    let of: Vec<String> = note.of.iter().map(|id| reference(*id)).collect();
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    (words.list(&of), became(note, words))
}

/// From whom something came: nobody where they may not be named.
fn from(received: &Received, words: &Words) -> String {
    let who = words.list(&[&received.from, &received.from_role]);
    match received.named && !who.is_empty() {
        true => who,
        false => words.account.kept_source.clone(),
    }
}

/// Under which limits something came.
fn limits(received: &Received, words: &Words) -> String {
    let (said, set) = (&words.account, &received.limits);
    let not_to: Vec<&str> = set.not_to.iter().map(String::as_str).collect();
    let not_to = match not_to.is_empty() {
        true => String::new(),
        false => said.not_to.fill(&[("who", &words.list(&not_to))]),
    };
    let until = set.until.map(|day| said.until.fill(&[("day", &words.day(day))])).unwrap_or_default();
    let family = match received.family_may_know {
        MayKnow::Yes => "",
        MayKnow::No => &said.family_no,
        MayKnow::NotSaid => &said.family_ask,
    };
    words.series(&[
        if set.ask_first { &said.ask_first } else { "" },
        &not_to,
        &until,
        family,
        &received.support,
    ])
}

/// What became of something, in a line.
pub(crate) fn became(note: &AccountNote, words: &Words) -> String {
    let (said, moment) = (&words.account, words.moment(note.at));
    let fill = |pattern: &sharewell_records::Pattern, who: &str, text: &str| {
        pattern.fill(&[("moment", &moment), ("who", who), ("words", text)])
    };
    match &note.became {
        Became::Delivered { how } => fill(&said.delivered, "", how),
        Became::Returned { why } => fill(&said.returned, "", why),
        Became::Answered { by, reply, purpose } => {
            words.series(&[&fill(&said.answered, by, reply), said.purpose.of(*purpose)])
        }
        Became::WrongPerson { who, aware, .. } => {
            said.wrong.fill(&[("moment", &words.moment(*aware)), ("who", who)])
        }
        Became::Recalled { came, words: more } => {
            let came = said.came_back.of(*came);
            words.series(&[&said.recall.fill(&[("moment", &moment), ("came", came)]), more])
        }
        Became::NoticeSent { how, .. } => fill(&said.notice_sent, "", how),
        Became::NoticeAnswered { by, reply, .. } => fill(&said.notice_answered, by, reply),
    }
}

/// How far a statement came by an entry. Nothing of what it says or leaves out stands in it.
pub(crate) fn statement(statement: &Statement, words: &Words) -> String {
    let said = &words.statement;
    match (&statement.answered, &statement.sent) {
        (Some(answer), _) => said
            .event_answered
            .fill(&[("answer", said.officer.of(answer.said)), ("moment", &words.moment(answer.at))]),
        (None, Some(sent)) => said.event_sent.fill(&[("moment", &words.moment(sent.at))]),
        (None, None) => said.event_draft.clone(),
    }
}

/// When its latest step was made; a draft when it was written down.
pub(crate) fn statement_at(statement: &Statement, recorded: Moment) -> Moment {
    let answered = statement.answered.as_ref().map(|answer| answer.at);
    answered.or(statement.sent.as_ref().map(|sent| sent.at)).unwrap_or(recorded)
}
