//! Guidance in the marked language of the tests, brought as a translator would bring it: a file more beside each
//! file of words. No program that is released has it.

use sharewell_documents::{MARKED, marked};
use sharewell_guidance::Files;

/// Asks the program of the tests to speak the marked language too: names the folder of its pages.
pub const ASKED: &str = "SHAREWELL_MARKED";

/// Every text of a table marked.
fn texts(value: &mut toml::Value) {
    match value {
        toml::Value::String(words) => *words = marked::text(words),
        toml::Value::Table(all) => all.iter_mut().for_each(|(_, one)| texts(one)),
        toml::Value::Array(all) => all.iter_mut().for_each(texts),
        _ => {}
    }
}

/// A pack with the marked language beside its own. One that cannot be read stays as it is, and does not load.
#[must_use]
pub fn spoken_too(mut files: Files) -> Files {
    let table = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.parse::<toml::Table>().ok();
    let beside: Files = files
        .iter()
        .filter_map(|(path, words)| {
            let folder = path.strip_suffix("text/en.toml")?;
            let mut words = toml::Value::Table(table(words)?);
            texts(&mut words);
            let path = format!("{folder}text/{}.toml", MARKED.tag());
            Some((path, toml::to_string(&words).ok()?.into_bytes()))
        })
        .collect();
    files.extend(beside);
    // A review is of the bytes as they were.
    files.remove("reviews.toml");
    if let Some(mut about) = files.get("pack.toml").and_then(|bytes| table(bytes)) {
        about.insert("languages".into(), vec!["en", MARKED.tag()].into());
        if let Ok(about) = toml::to_string(&about) {
            files.insert("pack.toml".into(), about.into_bytes());
        }
    }
    files
}

/// As [`spoken_too`], where the program was asked to.
pub(crate) fn if_asked(files: Files) -> Files {
    if std::env::var_os(ASKED).is_some() { spoken_too(files) } else { files }
}
