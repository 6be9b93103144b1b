//! Lines of a paper that are nothing but their text.

use sharewell_documents::Line;

/// A line without mark, speaker or day.
pub(super) fn plain(text: String) -> Line {
    Line { text, ..Line::default() }
}

/// A text as a line, where there is one.
pub(super) fn said_if(text: &str) -> Vec<Line> {
    if text.is_empty() { Vec::new() } else { vec![plain(text.to_owned())] }
}
