//! How the story of a file tells of its papers.

use sharewell_records::{Attachment, Moment};

use crate::views::{Correction, TimelineWhat};

/// A paper as it stands, with what was said of it before.
pub(super) fn told(paper: &Attachment, about: Vec<String>, history: Vec<Correction>) -> TimelineWhat {
    TimelineWhat::Attachment {
        id: paper.id,
        form: paper.form,
        name: paper.name.clone(),
        text: paper.what.clone(),
        from: paper.from.clone(),
        said_by: paper.said_by.clone(),
        limits: paper.limits.clone(),
        about,
        history,
        withdrawn: None,
    }
}

/// The earlier forms of a paper that a correction adds to.
pub(super) fn corrected(before: &TimelineWhat, reason: &str, at: Moment) -> Option<Vec<Correction>> {
    let TimelineWhat::Attachment { text, from, history, .. } = before else { return None };
    let was =
        [text.as_str(), from].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let mut all = vec![Correction { was, reason: reason.to_owned(), at }];
    all.extend(history.iter().cloned());
    Some(all)
}

/// Says of a paper that it was added in error.
pub(super) fn withdraw(line: &mut TimelineWhat, reason: &str) {
    if let TimelineWhat::Attachment { withdrawn, .. } = line {
        *withdrawn = Some(reason.to_owned());
    }
}
