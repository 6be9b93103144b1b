//! Children, families and what their files hold (J7).
//!
//! Every change is an entry; nothing is overwritten. A correction says why, and the file shows both forms.

mod attached;
mod copy;
mod elsewhere;
mod file;
mod flags;
mod items;
mod join;
mod lines;
mod list;
mod namesakes;
mod notes;
mod order;
mod people;
mod same;
mod story;
mod told_to;
mod visits;
mod without;

pub use copy::{copy, to_copy};
pub use elsewhere::{elsewhere, record_elsewhere};
pub use file::{child_file, file_head};
pub use flags::{flag_reviews, lift_flag, set_flag, set_flags};
pub use items::{
    add_item, amend_item, identity_checks, item_of, leftovers_in_share, record_advice, record_disclosure,
    shares_to_record, withdraw_item,
};
pub(crate) use items::{breach_duties, goes_to};
pub use join::{join_files, joining, part_files};
pub use list::{amend_case, children, nation_warning, open_case, order_children};
pub use notes::{note, save_note};
pub use people::{add_person, add_tie, amend_person, amend_person_and_home, end_tie, tie_kinds};
pub use same::same_child;
pub use sharewell_records::address_stays_whole;
pub use visits::{add_lines, add_visit, amend_visit, visit_of};
pub use without::begin_without_child;

pub(crate) use file::build as view_of;
pub(crate) use lines::{line_of, lines};
pub(crate) use list::{may_also_mean, shown_for, wanted};
pub(crate) use namesakes::{Line, Namesakes};
pub(crate) use order::visit_in;
