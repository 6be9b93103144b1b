//! Statements by the thousand, shared among the files: a vault as large as many years would make it, so that
//! anybody can see how long things take in one. They tell no story, and are written many at a time.

use sharewell_casework::{Error, Result, clock};
use sharewell_records::{Item, ItemId, ItemSource, Mark, Moment, Occurred, Payload, Stamp};
use sharewell_vault::{Vault, cases, new_uuid, practitioner};

/// Statements that are written together.
const BATCH: usize = 1000;
/// Beginnings and ends, so that no two statements that stand beside each other say the same.
const SEEN: [&str; 7] =
    ["Seen at home", "Rang the school", "Met at the clinic", "Visit", "Call", "Playgroup", "Nursery"];
const SAID: [&str; 5] = [
    "all as agreed, weight steady.",
    "tired, and playing quietly with a sibling.",
    "nobody in, a card was left.",
    "asked about sleep and meals, nothing new.",
    "the next appointment was written down together.",
];

/// Writes so many statements into the files, in turn.
pub(super) fn statements(vault: &mut Vault, how_many: u32, at: Moment) -> Result<()> {
    let (author, files) = vault.read(|r| {
        let own = practitioner::current(r)?.record.id;
        Ok::<_, Error>((own, cases::list(r)?.into_iter().map(|row| row.case.record).collect::<Vec<_>>()))
    })?;
    let stamp = Stamp { author, at };
    let numbers: Vec<usize> = (0..how_many as usize).collect();
    for batch in numbers.chunks(BATCH) {
        vault.write(&stamp, |w| {
            for number in batch {
                let Some(file) = files.get(number % files.len().max(1)) else { continue };
                let pick = |of: &[&'static str]| of.get(number % of.len()).copied().unwrap_or_default();
                let item = Item {
                    id: ItemId(new_uuid()),
                    mark: Mark::Fact,
                    source: ItemSource::Visit,
                    text: format!("{} {number}: {}", pick(&SEEN), pick(&SAID)),
                    by: String::new(),
                    about: vec![file.child],
                    occurred: Occurred::Day { on: clock::day_of(at) },
                    labels: Vec::new(),
                    visit: None,
                };
                w.append(Some(file.id), &Payload::ItemRecorded { item }, &[])?;
            }
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}
