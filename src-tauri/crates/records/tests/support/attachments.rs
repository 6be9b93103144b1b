//! A paper that is filled in every place, and what becomes of it.

use sharewell_records::*;

use super::{Set, hash, tagged, text, times, uuid, words};

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let sets =
        || vec![words("/attachment/form", AttachmentForm::ALL), tagged("/attachment/came", "known", times())];
    vec![
        (Payload::AttachmentAdded { attachment: attachment() }, sets()),
        (Payload::AttachmentAmended { attachment: attachment(), reason: text() }, sets()),
        (Payload::AttachmentWithdrawn { id: AttachmentId(uuid(41)), reason: text() }, vec![]),
    ]
}

fn attachment() -> Attachment {
    Attachment {
        id: AttachmentId(uuid(41)),
        name: text(),
        form: AttachmentForm::Pdf,
        size: 7,
        hash: hash(),
        what: text(),
        from: text(),
        said_by: text(),
        came: times()[0].clone(),
        limits: text(),
        about: vec![PersonId(uuid(2))],
        item: Some(ItemId(uuid(5))),
        replaces: None,
    }
}
