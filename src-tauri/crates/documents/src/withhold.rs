//! Keeping protected names out of a document.
//!
//! Names are found however they were typed: capitals, line breaks and double spaces inside them make no difference,
//! nor does the kind of apostrophe. A name inside a longer word is left alone (*Jo* is not found in *John*). What
//! this cannot find is a name in a spelling that nobody listed; the caller lists every form it knows.

use serde_json::Value;

use crate::parts::Protected;

/// Puts the role in place of every protected name, in every text of a value.
pub(crate) fn withhold(value: &mut Value, protected: &[Protected]) {
    let names = folded(protected);
    if !names.is_empty() {
        walk(value, &mut |text| replace(text, &names));
    }
}

/// Whether stored JSON text holds a protected name, escaped or not, as a value or as a key.
pub(crate) fn holds_a_name(json: &str, protected: &[Protected]) -> bool {
    fn found(value: &Value, names: &[(Vec<char>, &str)]) -> bool {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
            Value::String(text) => replace(text, names).is_some(),
            Value::Array(values) => values.iter().any(|value| found(value, names)),
            Value::Object(values) => {
                values.iter().any(|(key, value)| replace(key, names).is_some() || found(value, names))
            }
        }
    }
    let names = folded(protected);
    match serde_json::from_str(json) {
        Ok(value) => found(&value, &names),
        // Not JSON, so nobody can say what it holds: kept back wherever somebody is protected.
        Err(_) => !names.is_empty(),
    }
}

/// Changes every text of a value for which `change` gives another one. Keys are ours and stay.
pub(crate) fn walk(value: &mut Value, change: &mut impl FnMut(&str) -> Option<String>) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => {
            if let Some(changed) = change(text) {
                *text = changed;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, change)),
        Value::Object(values) => values.values_mut().for_each(|value| walk(value, change)),
    }
}

/// A character as it is compared, and the bytes of the text that it stands for.
struct Folded {
    sign: char,
    from: usize,
    to: usize,
}

/// Small letters, one blank for any run of white space, one kind of apostrophe.
fn fold(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::new();
    for (from, sign) in text.char_indices() {
        let to = from + sign.len_utf8();
        if sign.is_whitespace() {
            match folded.last_mut() {
                Some(last) if last.sign == ' ' => last.to = to,
                _ => folded.push(Folded { sign: ' ', from, to }),
            }
        } else if matches!(sign, '\u{2018}' | '\u{2019}' | '\u{02bc}') {
            folded.push(Folded { sign: '\'', from, to });
        } else {
            folded.extend(sign.to_lowercase().map(|sign| Folded { sign, from, to }));
        }
    }
    folded
}

/// The names as they are compared, longest first, so that a full name goes before the first name within it.
fn folded(protected: &[Protected]) -> Vec<(Vec<char>, &str)> {
    let mut names: Vec<(Vec<char>, &str)> = protected
        .iter()
        .flat_map(|person| person.names.iter().map(|name| (name.trim(), person.role.as_str())))
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, role)| (fold(name).iter().map(|letter| letter.sign).collect(), role))
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

/// The text with roles in place of names; none where no name stands in it.
fn replace(text: &str, names: &[(Vec<char>, &str)]) -> Option<String> {
    let letters = fold(text);
    let mut changed = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let inside_a_word = at
            .checked_sub(1)
            .and_then(|before| letters.get(before))
            .is_some_and(|l| l.sign.is_alphanumeric());
        let found = names.iter().find(|(name, _)| !inside_a_word && starts_with(rest, name));
        match found.and_then(|(name, role)| {
            Some((rest.first()?.from, rest.get(name.len() - 1)?.to, name.len(), role))
        }) {
            Some((from, to, length, role)) => {
                changed.push_str(text.get(copied..from)?);
                changed.push_str(role);
                copied = to;
                at += length;
            }
            None => at += 1,
        }
    }
    if copied == 0 {
        return None;
    }
    changed.push_str(text.get(copied..)?);
    Some(changed)
}

/// Whether a name stands here and ends with its word.
fn starts_with(rest: &[Folded], name: &[char]) -> bool {
    rest.len() >= name.len()
        && rest.iter().zip(name).all(|(letter, sign)| letter.sign == *sign)
        && rest.get(name.len()).is_none_or(|next| !next.sign.is_alphanumeric())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn carer() -> Vec<Protected> {
        vec![Protected {
            names: vec!["Wren".into(), "Wren O'Madeup".into(), "4 Nosuch Row".into(), "  ".into()],
            role: "the foster carer".into(),
        }]
    }

    #[test]
    fn a_protected_name_is_found_however_it_was_typed() {
        let mut value = json!({"a": ["WREN o’madeup rang.", {"b": "at 4  nosuch\nrow; wren's door"}]});
        withhold(&mut value, &carer());
        assert_eq!(
            value,
            json!({"a": ["the foster carer rang.", {"b": "at the foster carer; the foster carer's door"}]}),
            "the full name goes first, and neither capitals nor blanks hide it"
        );
    }

    #[test]
    fn a_longer_word_is_not_a_name() {
        let mut value = json!("Wrenham and Swren stay");
        withhold(&mut value, &carer());
        assert_eq!(value, json!("Wrenham and Swren stay"));
    }

    #[test]
    fn a_name_in_a_stored_record_is_found_behind_its_escapes() {
        assert!(!holds_a_name(r#"{"a": "Wrenham"}"#, &carer()));
        assert!(holds_a_name(r#"{"a": ["(\u0077ren)"]}"#, &carer()));
        assert!(holds_a_name(r#"{"Wren": 1}"#, &carer()), "a key is read too");
        assert!(holds_a_name("{", &carer()), "what cannot be read is kept back");
        assert!(!holds_a_name("{", &[]), "but only where somebody is protected");
    }

    #[test]
    fn nobody_protected_changes_nothing() {
        let mut value = json!("Wren");
        withhold(&mut value, &[]);
        assert_eq!(value, json!("Wren"));
    }
}
