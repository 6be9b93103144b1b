//! The lines of an advice that nobody can tick off: what must not be done, what is said and done at once, and law,
//! confirmed or not.

use sharewell_guidance::Notice;
use sharewell_guidance::practice::cards::Card;

use super::filled::Filled;
use crate::guidance::cite::source_views;
use crate::views::{CardSort, CardView, NoticeView};

/// The lines as a page and a paper show them, each with the card among those that stand there on which it is said.
pub(crate) fn views(wording: &Filled<'_>, notices: &[&Notice], cards: &[CardView]) -> Vec<NoticeView> {
    let sorts = Card::ALL.map(|card| (CardSort::from(card), card));
    let card = |view: &CardView| sorts.iter().find(|(sort, _)| *sort == view.card).map(|(_, card)| *card);
    let there: Vec<Card> = cards.iter().filter_map(card).collect();
    let one = |notice: &&Notice| {
        let (what, more) = notice.keys(wording.pack);
        NoticeView {
            id: notice.id.clone(),
            kind: notice.kind.into(),
            card: notice.card.and_then(|card| card.among(&there)).map(Into::into),
            in_call: notice.in_call,
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
