//! `search`: the window's own search, with the same flags and the same line in the access log.

use std::path::Path;

use serde_json::json;
use sharewell_casework::search;
use sharewell_casework::views::ChildLine;

use crate::error::Error;
use crate::say::{Said, count};
use crate::vault::{close, now, open};

/// Finds names and words, newest first.
pub fn search(dir: &Path, query: &[String]) -> Result<Said, Error> {
    let mut vault = open(dir)?;
    let view = search::search(&mut vault, &query.join(" "), now())?;
    close(vault)?;
    let mut plain = String::new();
    let flag = |flagged: bool| if flagged { "  [safety flag: read the file first]" } else { "" };
    let line = |child: &ChildLine| {
        let age = child.age.map(|age| format!(", {age}")).unwrap_or_default();
        format!("{}  {}{age}{}\n", child.case, shown(&child.name), flag(child.flagged))
    };
    plain.extend(view.children.iter().map(line));
    if !view.children.is_empty() {
        plain.push('\n');
    }
    if !view.also.is_empty() {
        plain.push_str("You may also mean:\n");
        plain.extend(view.also.iter().map(line));
        plain.push('\n');
    }
    for hit in &view.hits {
        plain.push_str(&format!(
            "{}  {:<12}  {}: {}{}\n",
            hit.recorded_at.day(),
            hit.kind,
            shown(&hit.child),
            if hit.withheld {
                "[protected: the text is not shown here]".to_owned()
            } else {
                shown(&hit.pieces.concat())
            },
            flag(hit.flagged)
        ));
    }
    let files = count(view.children.len(), "file", "files");
    let places = count(view.hits.len(), "place", "places");
    let more = if view.more { ", and there are more: add a word" } else { "" };
    plain.push_str(&format!("Found {files}, {places}{more}.\n"));
    Ok(Said { findings: false, plain, json: json!(view) })
}

/// Text from a record, on one line and without anything that a terminal would obey.
fn shown(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
