//! The guided decision (J3): question by question, to advice, to a signed decision.
//!
//! What is not signed yet is a draft in the vault, saved at every answer. The engine says where the answers
//! lead; nothing here decides what is advised. Signing is one write: the decision, its duties, the advice
//! that was taken, the pack's bytes, the checkpoint, and the end of the draft.

mod answers;
mod begin;
mod draft;
mod known;
mod lists;
mod obligations;
mod outcome;
mod ready;
mod replay;
mod sign;
mod signed;
mod steps;
mod wording;

pub use crate::paper::save_decision_pdf;
pub use begin::{amend_request, begin_decision, request, requesters};
pub use outcome::{check, outcome, save_sign_off};
pub use replay::replay;
pub use sign::sign_off;
pub use signed::decision;
pub use steps::{
    answer, confirm_expired, discard_draft, place, preview_change, question, save_typing, start_decision,
};

pub(crate) use draft::{KIND as DRAFT_KIND, draft_line};
pub(crate) use obligations::{fill_title, in_words};
pub(crate) use outcome::pack_name;
pub(crate) use signed::{Signed, build as signed_view, kept_pack, read as read_signed};
pub(crate) use wording::{Wording, source_view};
