//! Reading a window that speaks the marked language: what a page shows without a mark is no word of a catalogue.
//!
//! What the program says begins with one mark, what was typed into it with another. So nothing has to be allowed
//! because somebody typed it, and everything else that has no mark is either named here or a fault.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use crate::{Window, repository};

/// Before every word that the program says.
const SAID: char = 'ŷ';
/// Before every word that was typed.
const TYPED: char = 'þ';

/// Gives every script of a page `clean`: its words as they are without marks, in one line.
pub(crate) const CLEAN: &str = "
  const clean = (s) => (s || '').replace(/[ŷþ]/g, '').replace(/[ŶÞ](\\p{L})/gu, (_, first) => first.toUpperCase())
    .replace(/\\s+/g, ' ').trim();\n";

/// Every text that a page shows or has read out, whether it is open to the eye now or not.
const TOLD: &str = "
  const told = [document.title];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) told.push(node.data);
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (['SCRIPT', 'STYLE'].includes(node.tagName)) return;
      for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'alt', 'placeholder', 'label', 'summary'])
        told.push(node.getAttribute(name));
      if (['button', 'submit', 'reset'].includes(node.type)) told.push(node.getAttribute('value'));
      for (const part of ['::before', '::after']) {
        const made = getComputedStyle(node, part).content;
        if (/^[\"']/.test(made)) told.push(made);
      }
    }
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return told.filter((text) => text && text.trim());";

/// What stands on a page without a mark and is no word of ours in any language.
const NAMES: &[&str] = &[
    // The program's own name.
    "Sharewell",
    // A language is called as it calls itself, whichever is spoken.
    "English",
];

/// How the platform writes a date: the marked language keeps the locale of the first.
const DATES: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// What a window that speaks the marked language is held to.
pub(crate) struct Marked {
    /// What may stand as it is: whole phrases, longest first.
    allowed: Mutex<Vec<String>>,
    /// The pages that were read.
    read: Mutex<BTreeSet<String>>,
    /// What they say in no language.
    faults: Mutex<Vec<String>>,
}

impl Marked {
    pub(crate) fn new() -> Self {
        let names = NAMES.iter().chain(DATES).map(|name| (*name).to_owned());
        let mut allowed: Vec<String> = names.chain(sources()).collect();
        allowed.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Self { allowed: Mutex::new(allowed), read: Mutex::default(), faults: Mutex::default() }
    }
}

/// The titles of sources, as their publishers gave them, who these are, how they were read, and the places that are
/// cited in them: data of a pack that stands outside its texts.
fn sources() -> BTreeSet<String> {
    let packs = repository().join("assets/guidance");
    let mut data = String::new();
    for folder in ["england/2024-05", "shared/calendar/2", "shared/consent-giver/1", "shared/uk-library/1"] {
        let files = std::fs::read_dir(packs.join(folder)).expect("the pack is there").flatten();
        for file in files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|e| e == "toml"))
        {
            data += &std::fs::read_to_string(&file).expect("a pack is text");
        }
    }
    let of = |name: &str| -> Vec<&str> {
        data.split(&format!("\n{name} = \"")).skip(1).filter_map(|part| part.split('"').next()).collect()
    };
    let ids: BTreeSet<&str> =
        data.split("[[source]]\nid = \"").skip(1).filter_map(|part| part.split('"').next()).collect();
    let cited = data.split('"').filter_map(|text| {
        let (id, place) = text.split_once(' ')?;
        ids.contains(id).then_some(place)
    });
    let named = ["title", "publisher", "address", "note"].into_iter().flat_map(of);
    ids.iter().copied().chain(cited).chain(named).map(str::to_owned).collect()
}

/// A text as somebody types it who is to be told from the program.
pub(crate) fn typed(text: &str) -> String {
    let mut marked = String::new();
    let mut inside = false;
    for sign in text.chars() {
        if sign.is_alphabetic() && !inside {
            marked.push(TYPED);
        }
        inside = sign.is_alphabetic();
        marked.push(sign);
    }
    marked
}

/// The words of a text without a mark, once what is allowed is taken out of it.
fn unmarked(text: &str, allowed: &[String]) -> Vec<String> {
    // Groups of a hash or a fingerprint.
    if text.split_whitespace().all(|group| group.chars().all(|sign| sign.is_ascii_hexdigit())) {
        return Vec::new();
    }
    let rest = allowed.iter().fold(text.to_owned(), |rest, phrase| without(&rest, phrase));
    // What has a digit in it is a code or a number.
    let said = rest.split_whitespace().filter(|one| !one.contains(|sign: char| sign.is_ascii_digit()));
    let words = said.flat_map(|one| one.split(|sign: char| !sign.is_alphabetic()));
    let marks = [SAID, 'Ŷ', TYPED, 'Þ'];
    words.filter(|word| word.chars().count() > 1 && !word.starts_with(marks)).map(str::to_owned).collect()
}

/// A text without a phrase, where that stands by itself and is no part of a word.
fn without(text: &str, phrase: &str) -> String {
    let mut rest = String::new();
    let mut from = text;
    while let Some((before, after)) = from.split_once(phrase) {
        let alone = !before.ends_with(char::is_alphabetic) && !after.starts_with(char::is_alphabetic);
        rest.push_str(before);
        rest.push_str(if alone { " " } else { phrase });
        from = after;
    }
    rest + from
}

impl Window {
    /// Lets a phrase stand as it is, in a window that speaks the marked language: what the program made up and
    /// nobody translates.
    pub fn allow(&self, phrase: &str) {
        if let Some(marked) = &self.marked {
            marked.allowed.lock().expect("no reader panicked").insert(0, phrase.to_owned());
        }
    }

    /// Reads a page, in a window that speaks the marked language: every word of it has to be marked. What is not is
    /// told at the end, for all pages at once.
    pub async fn speaks(&self, name: &str) {
        let Some(marked) = &self.marked else { return };
        self.rest().await;
        let told = self.script(TOLD, vec![]).await;
        let told: BTreeSet<&str> = told.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let said = told.iter().filter(|text| text.contains(SAID)).count();
        assert!(said > 3, "the page {name} speaks the marked language: {told:?}");
        let allowed = marked.allowed.lock().expect("no reader panicked");
        let mut faults = marked.faults.lock().expect("no reader panicked");
        for text in told {
            let plain = unmarked(text, &allowed);
            if !plain.is_empty() {
                let fault = format!("{name}: {plain:?} in {:?}", text.trim());
                // A walk that fails before its end has told what it saw.
                println!("{fault}");
                faults.push(fault);
            }
        }
        marked.read.lock().expect("no reader panicked").insert(name.to_owned());
    }

    /// No page that was read says a word without a mark. Gives how many they were.
    pub fn has_spoken(&self) -> usize {
        let Some(marked) = &self.marked else { return 0 };
        let faults = marked.faults.lock().expect("no reader panicked");
        assert!(faults.is_empty(), "said in no language:\n{}", faults.join("\n"));
        marked.read.lock().expect("no reader panicked").len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_without_a_mark_is_found_and_what_was_typed_is_told_from_it() {
        let allowed = ["Working together, chapter 1".to_owned(), "May".to_owned()];
        let text = "ŷShare ŷit with þAyla þSampleton by 3 May (Working together, chapter 1) at 9f3c";
        assert_eq!(unmarked(text, &allowed), ["with", "by", "at"]);
        assert_eq!(
            unmarked("Mayor", &allowed),
            ["Mayor"],
            "a phrase is allowed whole, and no part of a word"
        );
        assert_eq!(typed("Ayla’s 2 coats"), "þAyla’þs 2 þcoats");
        assert!(unmarked(&typed("A child in the house"), &[]).is_empty());
    }

    #[test]
    fn a_fingerprint_is_no_word_and_a_word_of_such_letters_among_others_is_one() {
        assert!(unmarked("96ea 5067 aecf", &[]).is_empty());
        assert_eq!(unmarked("Add 96ea to aecf", &[]), ["Add", "to", "aecf"]);
    }

    #[test]
    fn sources_are_named_by_the_pack() {
        let named = sources();
        assert!(
            ["HMG24", "rule 1", "HM Government"].iter().all(|phrase| named.contains(*phrase)),
            "{named:?}"
        );
    }
}
