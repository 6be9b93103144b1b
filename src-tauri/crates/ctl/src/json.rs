//! Reading a JSON object from a file, so that every error can name its line.

use std::io::Read;
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Flaw};

/// No file of facts or answers is larger; a larger one is not what it is taken for.
const LARGEST: u64 = 4 << 20;

/// An object with the line on which each of its entries begins.
pub struct Entries {
    /// The file, as it was given.
    pub file: String,
    /// Name, line from 1, value; in the order of the file.
    pub entries: Vec<(String, u32, Value)>,
}

/// Reads an object.
pub fn read(path: &Path) -> Result<Entries, Error> {
    let file = path.display().to_string();
    let unreadable = |error: std::io::Error| Error::Unreadable { path: file.clone(), kind: error.kind() };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).map_err(unreadable)?;
    opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::TooLarge { path: file, limit: LARGEST });
    }
    let not_json = |line: usize, column: usize, why: &'static str| Error::NotJson {
        path: file.clone(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        why,
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(not_json(1, 1, "it is not UTF-8 text"));
    };
    // The library's own words can repeat what was typed, so only its place and category are kept.
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let why = if error.is_eof() { "it ends too early" } else { "it is not JSON from here on" };
        not_json(error.line(), error.column(), why)
    })?;
    let Value::Object(map) = value else {
        return Err(not_json(1, 1, "it must be an object, {\"name\": …}"));
    };
    let entries = with_lines(text, map, &file)?;
    Ok(Entries { file, entries })
}

fn with_lines(
    text: &str,
    mut map: Map<String, Value>,
    file: &str,
) -> Result<Vec<(String, u32, Value)>, Error> {
    let mut entries = Vec::new();
    let mut flaws = Vec::new();
    for (name, line) in keys(text) {
        match map.remove(&name) {
            Some(value) => entries.push((name, line, value)),
            // A second entry of the same name would silently win over the first.
            None => flaws.push(Flaw {
                file: file.to_owned(),
                line,
                entry: name,
                field: String::new(),
                message: "this name stands in the file twice. Keep one of the two".to_owned(),
            }),
        }
    }
    if flaws.is_empty() { Ok(entries) } else { Err(Error::Input(flaws)) }
}

/// The names of the outermost object, with their lines. The text was found to be JSON before.
fn keys(text: &str) -> Vec<(String, u32)> {
    let mut keys = Vec::new();
    let (mut line, mut depth) = (1u32, 0u32);
    // Where a string began, on which line; and the last whole string, which is a name if a colon follows.
    let mut open: Option<(usize, u32)> = None;
    let mut last: Option<(usize, usize, u32)> = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if let Some((from, on)) = open {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => (open, last) = (None, Some((from, at + 1, on))),
                _ => {}
            }
            continue;
        }
        match byte {
            b'\n' => line += 1,
            b'"' => open = Some((at, line)),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 1 => {
                let name = last.and_then(|(from, to, on)| Some((text.get(from..to)?, on)));
                if let Some((name, on)) = name
                    && let Ok(name) = serde_json::from_str(name)
                {
                    keys.push((name, on));
                }
            }
            _ => {}
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_outer_names_are_found_with_their_lines_whatever_strings_hold() {
        let text = "{\n \"a\": \"b\\\": {\",\n\n \"c\\u0064\": {\"x\": [1, \"y:\"]},\n\"e\":1}";
        let found = keys(text);
        assert_eq!(found, [("a".to_owned(), 2), ("cd".to_owned(), 4), ("e".to_owned(), 5)]);
    }
}
