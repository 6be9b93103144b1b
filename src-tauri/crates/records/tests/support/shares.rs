//! A share that came to its end, what became of it, and what came in.

#[path = "accounts.rs"]
mod accounts;
#[path = "statements.rs"]
mod statements;

use sharewell_records::*;

use super::{Set, hash, moment, text, uuid, words};

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let file = SharedFile { hash: hash(), bytes: 7, key: Some(hash()) };
    let item = ManifestItem { item: ItemId(uuid(4)), entry: EntryId(uuid(9)), payload: hash() };
    let share = Share {
        id: DisclosureId(uuid(32)),
        decision: DecisionId(uuid(6)),
        route: Route::EncryptedFile,
        manifest: Manifest { items: vec![item], papers: Vec::new(), left_out: Vec::new(), file },
        again: vec![file],
        replaces: vec![DisclosureId(uuid(31))],
        sent: Some(ShareSent { at: moment(), how: text(), reference: text() }),
        acknowledged: Some(ShareAcknowledged { at: moment(), by: text(), will_do: text() }),
    };
    let mut all = accounts::all();
    all.extend(statements::all());
    all.push((Payload::ShareRecorded { share }, vec![words("/share/route", Route::ALL)]));
    all
}
