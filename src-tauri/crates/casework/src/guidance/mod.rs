//! Guidance on this machine: which pack serves, how one is installed, what it says to read and to look up.
//!
//! What a pack *is*, and where answers lead under it, is the crate `guidance`.

pub(crate) mod cite;
mod install;
pub mod library;
pub mod serving;
pub mod terms;

pub use install::{import_agency_key, install_pack, page, preview_pack, remove_pack};
