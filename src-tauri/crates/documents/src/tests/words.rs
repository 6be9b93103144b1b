//! The words of the templates: none is missing, and none is there that nothing prints.

#![allow(clippy::string_slice)]

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Language;
use crate::world::TEMPLATES;

/// Where a template reaches into the words with a value of its own, and what the crate itself reads.
const WHOLE: [&str; 6] = ["marks", "mark_key", "states", "emergency.results", "called", "values"];

/// Every key of the templates' words, by where it stands.
fn keys(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) if !WHOLE.contains(&at) => {
            for (name, one) in all {
                keys(one, &if at.is_empty() { name.clone() } else { format!("{at}.{name}") }, found);
            }
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

/// What a template asks of the words: `words.a.b`, and `w.b` where it says that `w` is `words.a`.
fn asked(source: &str) -> BTreeSet<String> {
    let short = source.lines().find_map(|line| line.strip_prefix("#let w = words."));
    let after = |prefix: &str| -> Vec<String> {
        let starts = source.match_indices(prefix).filter(|(at, _)| {
            // Two dots spread a list; one belongs to another name.
            let before = source[..*at].strip_suffix("..").unwrap_or(&source[..*at]);
            !before.ends_with(|sign: char| sign.is_alphanumeric() || ['_', '-', '.'].contains(&sign))
        });
        starts
            .map(|(at, _)| {
                let rest = &source[at + prefix.len()..];
                let end = rest.find(|sign: char| !(sign.is_ascii_lowercase() || "_.".contains(sign)));
                rest[..end.unwrap_or(rest.len())].trim_end_matches('.').to_owned()
            })
            .collect()
    };
    // `.at(…)` is Typst's own.
    let plain = |key: String| key.strip_suffix(".at").map(str::to_owned).unwrap_or(key);
    let mut found: BTreeSet<String> = after("words.").into_iter().map(plain).collect();
    if let Some(short) = short {
        found.remove(short);
        found.extend(after("w.").into_iter().map(plain).map(|key| format!("{short}.{key}")));
    }
    found
}

#[test]
fn the_templates_have_every_word_that_they_print_and_no_other() {
    let asked: BTreeSet<String> = TEMPLATES.iter().flat_map(|(_, source)| asked(source)).collect();
    for language in Language::all() {
        let (mut there, words) = (BTreeSet::new(), serde_json::from_slice(language.words()).unwrap());
        keys(&words, "", &mut there);
        let printed: BTreeSet<String> =
            there.iter().filter(|key| !["called", "values"].contains(&key.as_str())).cloned().collect();
        let tag = language.tag();
        assert_eq!(
            printed.difference(&asked).collect::<Vec<_>>(),
            [] as [&String; 0],
            "{tag}: nothing prints"
        );
        assert_eq!(asked.difference(&there).collect::<Vec<_>>(), [] as [&String; 0], "{tag}: missing");
    }
}
