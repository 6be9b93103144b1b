//! Papers of files. Their bytes stand beside the tables.

use sharewell_records::{Attachment, Protection, Standing};

use super::{CASE, CHANGED, K, Salts, Sheet, case, changed, maybe, occurred};
use crate::{Kind, Table};

/// Where the bytes of a paper stand, below `data/`: a name that says nothing of what it is.
#[must_use]
pub fn path(paper: &Attachment) -> String {
    format!("{}.{}", paper.id, paper.form.ending())
}

pub(super) fn attachments(records: &Standing, protection: &Protection, salts: &Salts) -> Table {
    let mut sheet = Sheet::new(
        "attachments",
        [
            ("attachment_id", Kind::Id, K::P, "A paper: a document, a picture or a text, kept as it came"),
            CASE,
            ("item_id", Kind::Id, K::F("items"), "The statement that it belongs to"),
            ("name", Kind::Text, K::No, "What its file was called"),
            ("form", Kind::Word, K::No, "What it is, by its content: pdf, png, jpeg or text"),
            ("bytes", Kind::Number, K::No, "Its size"),
            ("what", Kind::Text, K::No, "What it is, in words"),
            ("from", Kind::Text, K::No, "Where it came from"),
            ("said_by", Kind::Text, K::No, "Who said so"),
            ("came", Kind::Date, K::No, "When it came: a day, a month or a moment, as far as known"),
            ("came_words", Kind::Text, K::No, "The words where that is not known"),
            ("limits", Kind::Text, K::No, "What its sender allowed to be done with it"),
            (
                "file",
                Kind::Word,
                K::No,
                "Its bytes, below data/; empty where they do not go along: they are in an earlier handover, or it was withdrawn or disposed of",
            ),
            ("salt", Kind::Word, K::No, "The salt of its hash, where its bytes go along"),
            ("salted_sha256", Kind::Word, K::No, "Hash of tag, salt and bytes, as the entry carries it"),
            ("withdrawn", Kind::Flag, K::No, "Whether it was added in error"),
            ("withdrawn_reason", Kind::Text, K::No, "Why it was withdrawn"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.attachments.values() {
        let (paper, withdrawn) = (&one.record, one.how());
        let salt = salts.get(&paper.id).map(|salt| sharewell_records::Sha256(*salt));
        let [came, came_words] = occurred(&paper.came);
        let cells = [
            paper.id.to_string(),
            case(one.case),
            maybe(paper.item.filter(|item| records.items.contains_key(item))),
            paper.name.clone(),
            paper.form.word().to_owned(),
            paper.size.to_string(),
            paper.what.clone(),
            paper.from.clone(),
            paper.said_by.clone(),
            came,
            came_words,
            paper.limits.clone(),
            salt.map(|_| format!("attachments/{}", path(paper))).unwrap_or_default(),
            maybe(salt),
            paper.hash.to_string(),
        ];
        let end = [withdrawn.is_some().to_string(), withdrawn.cloned().unwrap_or_default()];
        sheet.push(cells.into_iter().chain(end).chain(changed(one)));
    }
    sheet.table
}

pub(super) fn attachment_people(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "attachment_people",
        [
            ("attachment_id", Kind::Id, K::PF("attachments"), "The paper"),
            ("person_id", Kind::Id, K::PF("people"), "Whom it is about"),
        ],
        protection,
    );
    for paper in records.attachments.values().map(|one| &one.record) {
        for person in paper.about.iter().filter(|person| records.people.contains_key(person)) {
            sheet.push([paper.id.to_string(), person.to_string()]);
        }
    }
    sheet.table
}
