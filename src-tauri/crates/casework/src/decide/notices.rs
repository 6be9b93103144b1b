//! The lines of an advice that nobody can tick off: what must not be done, what is said and
//! done at once, and law that is not confirmed.

use sharewell_guidance::Notice;

use super::filled::Filled;
use crate::guidance::cite::source_views;
use crate::views::NoticeView;

/// The lines as a page and a paper show them.
pub(crate) fn views(wording: &Filled<'_>, notices: &[&Notice]) -> Vec<NoticeView> {
    let one = |notice: &&Notice| {
        let say = |part: &str| wording.say(&format!("notice.{}.{part}", notice.id));
        NoticeView {
            id: notice.id.clone(),
            kind: notice.kind.into(),
            title: say("what"),
            hint: say("hint"),
            unconfirmed: notice.sources.iter().any(|cite| cite.unconfirmed),
            sources: source_views(wording.pack, &notice.sources),
        }
    };
    notices.iter().map(one).collect()
}
