//! `sample`: a vault of fictional families to try things on.

use chrono::NaiveTime;
use serde_json::json;
use sharewell_casework::views::HandoverLook;
use sharewell_casework::{Vault, clock, handover, records::Day};

use crate::args::Sample;
use crate::error::Error;
use crate::passphrase;
use crate::say::{Lines, Said, count, tell};
use crate::vault::{close, now};

/// The end of the working day, at which a sample's history ends.
const END_OF_DAY: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Makes a vault of fictional families.
pub fn sample(args: &Sample) -> Result<Said, Error> {
    let dir = &args.vault;
    if Vault::exists(dir) {
        return Err(Error::OutExists { path: dir.display().to_string() });
    }
    // The day before: whole, so that the same seed gives the same history at any hour, and never in the future.
    let until = args.until.map_or_else(|| clock::days_after(now().day(), -1), Day);
    let passphrase = passphrase::new(dir)?;
    if args.cases > 200 || args.notes > 0 {
        tell(&format!("Writing {}. This takes a while.", count(args.cases as usize, "file", "files")));
    }
    let (cases, notes, seed) = (args.cases, args.notes, args.seed);
    let vault =
        sharewell_sample::create_large(dir, &passphrase, cases, notes, seed, clock::at(until, END_OF_DAY))?;
    let all = HandoverLook { files: u32::MAX, ..HandoverLook::default() };
    let made = handover::handover_page_at(&vault, &all)?;
    close(vault)?;
    let entries: u64 = made.files.iter().map(|file| u64::from(file.entries)).sum();
    let mut lines = Lines::default();
    lines
        .add("vault", dir.display())
        .add("files", made.files.len())
        .add("entries in files", entries)
        .add("seed", args.seed)
        .add("last day", until);
    Ok(Said {
        findings: false,
        plain: format!("Made a sample vault. Everybody in it is made up.\n{lines}"),
        json: json!({
            "vault": dir, "cases": made.files.len(), "entries": entries, "seed": args.seed, "until": until,
        }),
    })
}
