//! The guided decision (J3): question by question, to advice, to a signed decision.
//!
//! What is not signed yet is a draft in the vault, saved at every answer. The engine says where the answers
//! lead; nothing here decides what is advised. Signing is one write: the decision, its duties, the advice
//! that was taken, the pack's bytes, the checkpoint, and the end of the draft.

mod act;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod act_tests;
mod advised;
mod anew;
mod answers;
mod begin;
mod body;
mod calls;
mod cards;
mod cautions;
mod doors;
mod draft;
mod extent;
mod filled;
mod goes;
mod grounds;
mod known;
mod lists;
mod notices;
mod obligations;
mod outcome;
mod path;
mod ready;
mod replay;
mod rests;
mod ringing;
mod said;
mod sign;
mod signed;
mod steps;
mod titles;
mod towards;

pub use anew::{begin_anew, nation_change};
pub use begin::{amend_request, begin_decision, request, requesters};
pub use doors::{change_door, door, doors};
pub use extent::{extent, move_extent};
pub use outcome::{check, outcome};
pub use replay::replay;
pub use sign::sign_off;
pub use signed::decision;
pub use steps::{answer, confirm_expired, discard_draft, place, preview_change, question, save_typing};
pub use towards::save_sign_off;

pub(crate) use calls::keep as keep_call;
pub(crate) use draft::{KIND as DRAFT_KIND, Open, begun, behind as drafts_behind, draft_line};
pub(crate) use filled::Filled;
pub(crate) use known::door as door_of;
pub(crate) use outcome::view as outcome_view;
pub(crate) use rests::on_paper as consent_on_paper;
pub(crate) use ringing::{Ringing, plainly};
pub(crate) use said::said_view;
pub(crate) use signed::{Signed, build as signed_view, read as read_signed};
pub(crate) use titles::{Title, Titles};
