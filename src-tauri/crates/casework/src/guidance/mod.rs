//! Guidance on this machine: which pack serves, how one is installed, what it says to read and to look up.
//!
//! What a pack *is*, and where answers lead under it, is the crate `guidance`.

mod change;
pub(crate) mod cite;
mod install;
pub mod library;
#[cfg(feature = "marked")]
pub mod marked;
pub mod serving;
mod taking;
pub mod terms;
mod wording;

pub(crate) use wording::Wording;

pub use install::{import_agency_key, page, remove_pack};
pub use taking::{InstallPack, PreviewPack, install_pack, preview_pack};
