//! Care for what is kept: copies of it, the way back from them, and the proof that nothing is missing.

pub(crate) mod agreement;
mod aside;
mod attached;
mod backing_up;
pub(crate) mod backup;
mod beside;
mod elsewhere;
mod ending;
mod findings;
mod papers;
mod refold;
mod rehearse;
mod restore;
mod rewrap;
mod verify;

pub use agreement::{HeadState, Lost};
pub use backup::{Backup, Keep, backups, is_one as is_backup};
pub use beside::Beside;
pub use elsewhere::{copies_of, copy_elsewhere};
pub use ending::{Destroyed, EndPlan, Ending, copies_to_end, destroy, destroy_watched, ending, forget_end};
pub use findings::{Chain, Finding, OutsideHead, Place, Report};
pub use rehearse::{Rehearsal, rehearse};
pub use restore::restore;
pub use rewrap::NewKeys;
