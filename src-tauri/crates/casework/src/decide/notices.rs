//! The lines of an advice that nobody can tick off: what must not be done, what is said and done at once, and law,
//! confirmed or not.

use sharewell_guidance::Notice;

use super::filled::Filled;
use crate::guidance::cite::source_views;
use crate::views::NoticeView;

/// The lines as a page and a paper show them.
pub(crate) fn views(wording: &Filled<'_>, notices: &[&Notice]) -> Vec<NoticeView> {
    let one = |notice: &&Notice| {
        let (what, more) = notice.keys(wording.pack);
        NoticeView {
            id: notice.id.clone(),
            kind: notice.kind.into(),
            title: wording.say(&what),
            hint: wording.say(&more),
            unconfirmed: notice.settled(wording.pack).is_none()
                && notice.cited(wording.pack).iter().any(|cite| cite.unconfirmed),
            confirmed: notice.settled(wording.pack).map(Into::into),
            sources: source_views(wording.pack, notice.cited(wording.pack)),
        }
    };
    notices.iter().map(one).collect()
}
