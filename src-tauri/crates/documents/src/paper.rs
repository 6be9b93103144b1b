//! Papers that others made: what one holds beside what it shows, and its pages as pictures of our own.
//!
//! They are hostile until shown otherwise. Nothing here follows a document's own pointers, no recursion depends on it,
//! and what is unpacked is bounded.

mod meta;
mod picture;
mod scan;

pub use picture::{LONGEST_SIDE, MOST_DOTS, NotRedrawn, Redrawn, redrawn};
use sharewell_records::{AttachmentForm, PaperHolds};

/// What a paper holds beside what it shows, each once, in the order of the set. What cannot be read through is said to
/// hold something that was not read.
///
/// It errs on the side of finding: it looks for what would have to stand there, and does not ask whether a reader would
/// come by it.
#[must_use]
pub fn holds(form: AttachmentForm, bytes: &[u8]) -> Vec<PaperHolds> {
    let found = match form {
        AttachmentForm::Pdf => scan::pdf(bytes),
        AttachmentForm::Jpeg => meta::jpeg(bytes),
        AttachmentForm::Png => meta::png(bytes),
        AttachmentForm::Text => Default::default(),
    };
    found.into_iter().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
