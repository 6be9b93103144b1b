//! What the window is shown and what it sends back: plain values, text for ids and times.
//!
//! A view holds facts, codes and the pack's own words. It holds no sentence of ours: those stand in the
//! message catalogue.

mod answer;
mod attached;
mod begin;
mod call;
mod cards;
mod child;
mod consent;
mod countersign;
mod decide;
mod decision;
mod directory;
mod disclosure;
mod emergency;
mod guidance;
mod handover;
mod keeping;
mod leftover;
mod library;
mod namesakes;
mod notice;
mod referral;
mod replay;
mod restricted;
mod search;
mod session;
mod sets;
mod share;
mod today;
mod typed;
mod work;
mod written;

pub use answer::*;
pub use attached::*;
pub use begin::*;
pub use call::*;
pub use cards::*;
pub use child::*;
pub use consent::*;
pub use countersign::*;
pub use decide::*;
pub use decision::*;
pub use directory::*;
pub use disclosure::*;
pub use emergency::*;
pub use guidance::*;
pub use handover::*;
pub use keeping::*;
pub use leftover::*;
pub use library::*;
pub use namesakes::*;
pub use notice::*;
pub use referral::*;
pub use replay::*;
pub use restricted::*;
pub use search::*;
pub use session::*;
pub use sets::*;
pub use share::*;
pub use today::*;
pub use typed::*;
pub use work::*;
pub use written::*;
