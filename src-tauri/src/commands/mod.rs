//! Commands, one file for each journey. A command parses, calls one use case, and returns.

pub mod account;
pub mod agency;
pub mod attached;
pub mod calls;
pub mod children;
pub mod consent;
pub mod countersign;
pub mod decide;
pub mod directory;
pub mod emergency;
pub mod extent;
pub mod files;
pub mod guidance;
pub mod handover;
pub mod help;
pub mod library;
pub mod referral;
pub mod restricted;
pub mod search;
pub mod session;
pub mod share;
pub mod slip;
pub mod statement;
pub mod today;
pub mod typed;
pub mod work;
