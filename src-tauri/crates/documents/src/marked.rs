//! The marked language of the tests: the first language with a mark before every word that the program says.
//!
//! A word without the mark on a paper or a page was typed by somebody, or stands in the program itself, where no
//! translator reaches it. Placeholders, tags and codes stay as they are.

use serde_json::Value;

/// What stands before every marked word: a letter that no English word begins with, so that word and mark stay one
/// word in whatever reads them back.
pub const MARK: char = 'ŷ';

/// What of a catalogue is no word.
const CODES: [&str; 2] = ["/lang", "/region"];

/// A text with every word of it marked; what stands in braces is filled in later.
#[must_use]
pub fn text(text: &str) -> String {
    let (mut marked, mut braces, mut inside) = (String::new(), 0_usize, false);
    for sign in text.chars() {
        match sign {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        if sign.is_alphabetic() && !inside && braces == 0 {
            marked.push(MARK);
        }
        inside = sign.is_alphabetic();
        marked.push(sign);
    }
    marked
}

/// A catalogue with every text of it marked.
pub(crate) fn catalogue(words: &[u8]) -> Vec<u8> {
    let mut all: Value = serde_json::from_slice(words).unwrap_or_default();
    mark(&mut all, "");
    if let Some(lang) = all.get_mut("lang") {
        *lang = crate::MARKED.tag().into();
    }
    serde_json::to_vec(&all).unwrap_or_default()
}

fn mark(value: &mut Value, place: &str) {
    match value {
        Value::String(words) if !CODES.contains(&place) => *words = text(words),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::Array(all) => all.iter_mut().for_each(|one| mark(one, place)),
        Value::Object(all) => all.iter_mut().for_each(|(name, one)| mark(one, &format!("{place}/{name}"))),
    }
}

/// The words of a text that bear no mark and are not allowed to stand without one.
#[must_use]
pub fn unmarked(text: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_alphabetic());
    let plain = words.filter(|word| word.chars().count() > 1 && !word.starts_with(MARK));
    plain.filter(|word| !allowed(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_marked_and_nothing_that_is_filled_in() {
        assert_eq!(
            text("Share {what} with the child’s school."),
            "ŷShare {what} ŷwith ŷthe ŷchild’ŷs ŷschool."
        );
        assert_eq!(unmarked("ŷShare with 12 ŷwrite-up A", |_| false), ["with", "up"]);
    }
}
