//! `pack review`: keeps in a pack that somebody reviewed its text.

use std::path::Path;

use serde_json::json;
use sharewell_casework::records::Day;

use crate::error::Error;
use crate::pack::{load, read, unreadable};
use crate::say::Said;
use crate::vault::now;

/// Adds a review to `reviews.toml` of the pack in a folder. The pack must load, before and after.
pub fn review(
    dir: &Path,
    by: &str,
    role: &str,
    says: &str,
    on: Option<chrono::NaiveDate>,
) -> Result<Said, Error> {
    let name = dir.display().to_string();
    let pack = load(&name, &read(dir)?)?;
    for (field, text) in [("--by", by), ("--role", role)] {
        if text.trim().is_empty() {
            return Err(Error::Empty { field });
        }
    }
    let on = on.map_or_else(|| now().day(), Day);
    let mut entry = toml::Table::new();
    entry.insert("of".into(), pack.reviewed_hash.to_string().into());
    entry.insert("by".into(), by.trim().into());
    entry.insert("role".into(), role.trim().into());
    let day: toml::value::Datetime =
        on.to_string().parse().map_err(|_| Error::Engine("the day is no date".into()))?;
    entry.insert("on".into(), toml::Value::Datetime(day));
    entry.insert("says".into(), says.trim().into());
    let file = dir.join("reviews.toml");
    let before = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unreadable(&file)(error)),
    };
    let gap = if before.is_empty() { "" } else { "\n" };
    let written = format!("{before}{gap}[[review]]\n{entry}");
    // Held against the loader before it is written, so that a review never breaks a pack.
    let mut files = read(dir)?;
    files.insert("reviews.toml".into(), written.clone().into_bytes());
    load(&name, &files)?;
    std::fs::write(&file, written)
        .map_err(|error| Error::Unwritable { path: file.display().to_string(), kind: error.kind() })?;
    Ok(Said {
        findings: false,
        plain: format!(
            "{} reviewed by {}, {}, on {on}.\nThe text has the hash {}.\n",
            pack.name(),
            by.trim(),
            role.trim(),
            pack.reviewed_hash
        ),
        json: json!({ "pack": pack.name(), "of": pack.reviewed_hash, "by": by.trim(), "role": role.trim(), "on": on }),
    })
}
