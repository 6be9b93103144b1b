//! The share that is made from a signed decision: the file, its words, and what became of it.
//!
//! Making the file tells nobody anything. What left is recorded where a person says that it is sent, and an answer where
//! somebody gave one: told, sent and acknowledged are three things.

mod basis;
mod compose;
mod door;
mod form;
mod inside;
mod made;
mod make;
mod names;
mod page;
mod papers;
mod seal;
mod steps;
mod typed;
mod words;

pub use door::{extent_of_share, move_extent_of_share};
pub use form::{begin_share_form, copied_share_section, share_form};
pub use make::{MadeShare, SaveShare, SaveShareAgain, save_share, save_share_again};
pub use names::share_texts;
pub use page::{share, share_message};
pub use steps::{share_acknowledged, share_sent};
pub use words::offer_words;
