//! The way of the answers so far, as a page shows it.

use super::draft::Open;
use super::filled::Filled;
use crate::views::{AnswerLine, RequestLine};

/// The request of a decision in short.
pub(crate) fn request_line(request: &sharewell_records::Request) -> RequestLine {
    RequestLine {
        from: request.from,
        who: if request.name.is_empty() { request.organisation.clone() } else { request.name.clone() },
        verified: request.verified,
        what: request.what.clone(),
        deadline: request.deadline,
    }
}

/// The answers on the path, in order.
pub(crate) fn answer_lines(open: &Open, wording: &Filled<'_>) -> Vec<AnswerLine> {
    let line = |asked: &sharewell_guidance::Asked| {
        wording.line(&asked.key, asked.number, &asked.answer, open.at(&asked.key))
    };
    open.position.path.iter().filter_map(line).collect()
}
