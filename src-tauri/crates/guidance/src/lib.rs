//! Guidance as data: packs, the engine that follows them, and the check that every path is safe.
//!
//! A pack comes in as a map of paths to bytes ([`Pack::load`]); answers lead to a [`Position`] ([`place`])
//! and at last to [`Advice`] ([`outcome`]). [`check()`] walks every path and holds it to the thirteen
//! conditions. Pure: no file, no clock, no randomness, no wording of its own. The format is written down in
//! `docs/pack-format.md`.

mod act;
mod calendar;
mod check;
mod deadline;
mod difference;
mod engine;
mod error;
mod fact;
mod flow;
mod givers;
mod load;
mod lookup;
mod matter;
mod notice;
mod outline;
mod pack;
pub mod practice;
mod problem;
mod tag;
mod trace;

pub use act::{Act, Body, EMERGENCY_SERVICES, Ring, Saying};
pub use calendar::Calendar;
pub use check::{Finding, Report, check, check_files, check_givers};
pub use deadline::Deadline;
pub use difference::{Changed, Changes, Difference, Named, Part, Side, SideOf, difference};
pub use engine::{
    Advice, AnswerError, Answers, Asked, Asking, Change, Deciding, Fall, GroundsPlan, NotAsked,
    ObligationPlan, Place, Position, Round, Suggested, ToGo, Who, answer_flaws, change, change_known,
    check_answer, countersign, outcome, place,
};
pub use error::Error;
pub use fact::{Fact, Post, Settled};
pub use flow::{Flow, FlowQuestion, FlowWords, Way, flow, flow_svg};
pub use givers::{ByAge, GiverCase, GiverRow, Givers};
pub use load::{Files, content_hash, lay, mount, overlay_base, reviewed_hash};
pub use notice::{Notice, NoticeKind, notices};
pub use outline::{Edge, Node, Outline, outline};
pub use pack::{
    Article, ArticleKind, ArticlePoint, Cite, Confidence, ENGINE, ENGINES, Ground, GroundField, Kind,
    KnownFact, KnownKind, Lineage, NotSure, Obligation, Opt, Outcome, Overlay, Pack, REQUESTERS, Requester,
    Review, Source, Spot, Step, UnsafeReason,
};
pub use problem::{Problem, What};
pub use tag::{Tag, covers};
pub use trace::{Fulfils, FulfilsKind, InWords, Statement, check_trace, trace};
