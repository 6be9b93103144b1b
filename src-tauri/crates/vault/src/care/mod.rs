//! Care for what is kept: copies of it, the way back from them, and the proof that nothing is missing.

pub(crate) mod agreement;
mod aside;
pub(crate) mod backup;
mod findings;
mod restore;
mod verify;

pub use agreement::{HeadState, Lost};
pub use backup::{Backup, Keep, backups};
pub use findings::{Chain, Finding, OutsideHead, Place, Report};
pub use restore::{rehearse, restore, restore_over};
