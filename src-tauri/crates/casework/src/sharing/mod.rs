//! What leaves: for whom, on which ground, and the log of it.

pub(crate) mod account;
pub(crate) mod calls;
pub(crate) mod closes;
pub(crate) mod extent;
pub(crate) mod held;
pub(crate) mod limits;
pub(crate) mod log;
pub(crate) mod notices;
pub(crate) mod shares;
pub(crate) mod statements_due;
