//! From answers to advice.
//!
//! Pure functions of a pack, what the file already tells us, the day, and the answers so far. No clock is
//! read, no file opened, no wording known, so a decision made today replays to the same advice in ten years.
//!
//! Answers to questions that are no longer on the path are kept and ignored. A practitioner who goes back,
//! looks, and returns has lost nothing.

mod answer;
mod change;
mod cond;
mod outcome;
mod position;
mod slot;
mod to_go;
mod walk;

pub use answer::{AnswerError, answer_flaws, check_answer};
pub use change::{Change, Fall, change, change_known};
pub use outcome::{Advice, Deciding, GroundsPlan, ObligationPlan, Suggested, Who, countersign, outcome};
pub use position::{Asked, Asking, NotAsked, Place, Position, Round, ToGo, place};

pub(crate) use cond::{Said, World, holds, known_test};
pub(crate) use outcome::{attached, ground_codes};
pub(crate) use slot::Slot;
pub(crate) use walk::Trail;

use std::collections::BTreeMap;

use sharewell_records::{Answer, StepId};

/// Every answer given, by step; answers of a detour under `<step>@advice`, `@front_door` and `@again`.
pub type Answers = BTreeMap<StepId, Answer>;
