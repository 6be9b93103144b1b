//! A share that was made into a file, as a line of a story or a paper.

use sharewell_records::{DisclosureId, Moment, Share};

use crate::store;
use crate::words::Words;

/// The reference of a share: it stands on every page and names nobody, nor says how many there were.
pub(crate) fn reference(id: DisclosureId) -> String {
    let digits: Vec<char> = id.0.simple().to_string().to_uppercase().chars().skip(24).collect();
    digits.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What a share is called.
pub(crate) fn title(share: &Share, words: &Words) -> String {
    words.share.event.fill(&[("reference", &reference(share.id))])
}

/// How far it had come, as one form of it says.
pub(crate) fn stands(share: &Share, words: &Words) -> String {
    let said = &words.share;
    let count = store::small(share.manifest.items.len() as u64);
    let made = said.made.of(count).fill(&[("count", &count.to_string())]);
    let again = store::small(share.again.len() as u64);
    let again = match again {
        0 => String::new(),
        _ => said.made_again.of(again).fill(&[("count", &again.to_string())]),
    };
    let replaces: Vec<String> = share.replaces.iter().map(|one| reference(*one)).collect();
    let replaces: Vec<&str> = replaces.iter().map(String::as_str).collect();
    let replaced = match replaces.is_empty() {
        true => String::new(),
        false => said.replaced.fill(&[("reference", &words.list(&replaces))]),
    };
    let sent = share
        .sent
        .as_ref()
        .map(|sent| words.referral.sent.fill(&[("when", &words.moment(sent.at)), ("how", &sent.how)]));
    let theirs = share.sent.as_ref().filter(|sent| !sent.reference.is_empty());
    let theirs = theirs.map(|sent| words.referral.reference.fill(&[("reference", &sent.reference)]));
    let answered = share.acknowledged.as_ref().map(|one| {
        said.answered.fill(&[("who", &one.by), ("moment", &words.moment(one.at)), ("what", &one.will_do)])
    });
    words.series(&[
        &made,
        &replaced,
        &again,
        &sent.unwrap_or_default(),
        &theirs.unwrap_or_default(),
        &answered.unwrap_or_default(),
    ])
}

/// When the latest step of it happened; none where that is when it was written down.
pub(crate) fn happened(share: &Share) -> Option<Moment> {
    let answered = share.acknowledged.as_ref().map(|one| one.at);
    answered.or(share.sent.as_ref().map(|one| one.at))
}
