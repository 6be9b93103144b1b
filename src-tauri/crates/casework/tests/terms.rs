//! Papers and the window say the same words for the same things.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use serde_json::Value;

fn read(path: &str) -> Value {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/");
    serde_json::from_str(&std::fs::read_to_string(format!("{root}{path}")).unwrap()).unwrap()
}

/// What a paper says of a thing, and what the window says of it: the one table of terms.
const TERMS: [(&str, &str); 9] = [
    ("/decision/hash", "/guidance/hash"),
    ("/marks/fact", "/marks/fact"),
    ("/marks/opinion", "/marks/opinion"),
    ("/marks/reported", "/marks/reported"),
    ("/values/route/telephone", "/children/route/telephone"),
    ("/values/route/secure_email", "/children/route/secure_email"),
    ("/values/kind/case_opened", "/file/kind/case_opened"),
    ("/values/kind/obligation_settled", "/children/kind/obligation_settled"),
    ("/values/kind/obligation_added", "/children/kind/obligation_added"),
];

#[test]
fn papers_and_the_window_use_the_same_words() {
    let (paper, window) = (read("templates/words.en.json"), read("words/en.json"));
    let said = |of: &Value, at: &str| of.pointer(at).and_then(Value::as_str).map(str::to_lowercase);
    for (on_paper, on_screen) in TERMS {
        let (paper, window) = (said(&paper, on_paper), said(&window, on_screen));
        assert!(paper.is_some() && paper == window, "{on_paper}: {paper:?}, {on_screen}: {window:?}");
    }
    let kinds = window.pointer("/children/kind").and_then(Value::as_object).unwrap();
    for (kind, words) in paper.pointer("/values/kind").and_then(Value::as_object).unwrap() {
        assert!(kinds.get(kind).is_none_or(|other| other == words), "{kind}: {words}");
    }
}

#[test]
fn papers_hold_no_word_of_the_workshop() {
    fn texts(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.to_lowercase()),
            Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
            Value::Object(all) => all.values().for_each(|one| texts(one, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut found = Vec::new();
    texts(&read("templates/words.en.json"), &mut found);
    for text in &found {
        let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
        for word in ["obligation", "obligations", "case", "cases", "hash"] {
            assert!(!words.contains(&word), "{text}");
        }
        assert!(!text.contains("chain head"), "{text}");
    }
}
