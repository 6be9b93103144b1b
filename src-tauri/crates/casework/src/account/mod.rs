//! The account of what leaves and what comes in: the log, what became of each line, what was told to us, and what
//! follows where something went to the wrong person or changed since it left.

mod arrived;
mod became;
mod breach;
mod corrected;
mod follows;
mod log;
mod notice;
mod papers;
mod received;
mod statement;

pub use arrived::{ArrivedDocument, OpenArrived, TakeArrived, bring_share_key, make_share_key, share_keys};
pub use became::{became, line};
pub use breach::{breach_note, wrong_person};
pub use corrected::{amend_received, received_of, withdraw_received};
pub use log::sharing_log;
pub use notice::{notice, notice_answered, notice_sent, notice_text};
pub use received::record_received;
pub use statement::{
    SaveStatement, draft_statement, leftovers_in_statement, review_statement, save_statement, statement,
    statement_answered, statement_not_printed, statement_sent, statements,
};
