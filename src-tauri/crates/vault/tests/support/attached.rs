//! Papers among the acts: added, corrected, withdrawn, and said once more in a restricted file.

use super::*;
use sharewell_vault::{Taken, Work};

/// What an act about papers writes. The hash of a new one follows once its bytes are taken in.
pub fn payload(
    world: &World,
    what: u8,
    which: usize,
    text: String,
    (case, restricted): (Option<CaseId>, Option<CaseId>),
) -> Option<(Option<CaseId>, Payload)> {
    let reason = text.clone();
    Some(match what {
        53 => {
            let about = pick(&world.people, which).map(|one| one.id).into_iter().collect();
            let attachment = Attachment {
                id: AttachmentId(new_uuid()),
                name: "letter.txt".into(),
                form: AttachmentForm::Text,
                size: 0,
                hash: Sha256([0; 32]),
                what: text,
                from: "The school".into(),
                said_by: String::new(),
                came: Occurred::Day { on: day(2026, 3, 2) },
                limits: reason,
                about,
                item: None,
                replaces: None,
            };
            (case, Payload::AttachmentAdded { attachment })
        }
        54 => {
            let attachment = Attachment { what: text, ..pick(&world.attachments, which)? };
            (case, Payload::AttachmentAmended { attachment, reason })
        }
        55 => (case, Payload::AttachmentWithdrawn { id: pick(&world.attachments, which)?.id, reason }),
        _ => (restricted, Payload::AttachmentAdded { attachment: pick(&world.attachments, which)? }),
    })
}

/// Takes the bytes of a new paper in; any other payload stays as it is.
pub fn taken_in(vault: &Vault, world: &mut World, payload: Payload) -> Payload {
    match payload {
        Payload::AttachmentAdded { attachment } if attachment.size == 0 => {
            let bytes = format!("bytes of {}", attachment.id);
            let beside = vault.beside(&Work::new()).unwrap();
            let Taken { form, size, hash, .. } =
                beside.take_in(attachment.id, &mut bytes.as_bytes(), bytes.len() as u64).unwrap();
            let attachment = Attachment { form, size, hash, ..attachment };
            world.attachments.push(attachment.clone());
            Payload::AttachmentAdded { attachment }
        }
        other => other,
    }
}

/// What was refused is taken back, unless an entry vouches for it.
pub fn given_up(vault: &mut Vault, payload: &Payload) {
    if let Payload::AttachmentAdded { attachment } = payload {
        vault.give_up(attachment.id).unwrap();
    }
}
