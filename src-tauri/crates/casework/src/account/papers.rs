//! What became of the papers that went along in a share: corrected, replaced by a newer one, or taken out.

use sharewell_records::{Attachment, CaseId, DisclosureId, ManifestPaper, Moment, Payload, before};
use sharewell_vault::ledger::{self, Content};
use sharewell_vault::{Reader, attachments};

use super::log::share_of;
use crate::error::Result;
use crate::store;
use crate::views::NoticeHow;

/// What changed of the papers of a share after a moment: the place of each in it, of how many, and how.
pub(super) fn changed(
    r: &Reader<'_>,
    id: DisclosureId,
    case: CaseId,
    since: Moment,
) -> Result<Vec<(u32, u32, NoticeHow)>> {
    let Some(share) = share_of(r, id)? else { return Ok(Vec::new()) };
    let gone = share.record.manifest.papers;
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let standing: Vec<Attachment> =
        attachments::of_case(r, case)?.into_iter().map(|one| one.record).collect();
    let count = store::small(gone.len() as u64);
    let mut all = Vec::new();
    for (number, paper) in (1..).zip(&gone) {
        all.extend(how(r, paper, &standing, since)?.into_iter().map(|how| (number, count, how)));
    }
    Ok(all)
}

/// How one paper changed after a moment.
fn how(
    r: &Reader<'_>,
    gone: &ManifestPaper,
    standing: &[Attachment],
    since: Moment,
) -> Result<Vec<NoticeHow>> {
    let (mut then, mut latest): (Option<Attachment>, Option<Attachment>) = (None, None);
    let (mut withdrawn, mut last) = (false, None);
    for entry in ledger::history(r, gone.paper)? {
        let (id, at) = (entry.header.id, entry.header.recorded_at);
        let Content::Known(payload) = entry.content else { continue };
        match *payload {
            Payload::AttachmentAdded { attachment } | Payload::AttachmentAmended { attachment, .. } => {
                if id == gone.entry {
                    then = Some(attachment.clone());
                } else if latest.is_some() {
                    last = Some(at);
                }
                latest = Some(attachment);
            }
            Payload::AttachmentWithdrawn { .. } => (withdrawn, last) = (true, Some(at)),
            _ => {}
        }
    }
    if last.is_none_or(|last| last <= since) {
        return Ok(Vec::new());
    }
    if withdrawn {
        let of = |paper| standing.iter().find(|one| one.id == paper).and_then(|one| one.replaces);
        let newer = standing.iter().any(|one| {
            // A paper between them may stand no more; each says which came before it.
            one.replaces == Some(gone.paper) || before(one.id, of).any(|paper| paper == gone.paper)
        });
        return Ok(vec![if newer { NoticeHow::PaperReplaced } else { NoticeHow::PaperTakenOut }]);
    }
    // The form in which it went may be gone: that it was corrected since is all that can be said.
    let Some((then, latest)) = then.zip(latest) else { return Ok(vec![NoticeHow::PaperCorrected]) };
    let limited = latest.limits != then.limits && !latest.limits.trim().is_empty();
    let all =
        [(latest.reads_otherwise(&then), NoticeHow::PaperCorrected), (limited, NoticeHow::PaperLimited)];
    Ok(all.into_iter().filter(|(so, _)| *so).map(|(_, how)| how).collect())
}
