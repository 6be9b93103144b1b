//! Where in a text what was looked for stands: what is marked, and what is shown of a long text.

use super::{is_dense, runs};
use crate::fold::{fold_char, is_accent, is_invisible};

/// Where in a text stands what was looked for.
#[derive(Debug, Clone)]
pub struct Marks(Vec<Vec<char>>);

impl Marks {
    pub(super) fn of(words: Vec<String>) -> Self {
        Self(words.into_iter().map(|word| word.chars().collect()).collect())
    }

    /// Cuts a text so that every second piece begins a word with what was looked for.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut rest = text;
        let mut at_word = true;
        while let Some(first) = rest.chars().next() {
            let matched = if at_word || is_dense(first) { self.longest(rest) } else { 0 };
            if matched > 0 {
                let (found, after) = rest.split_at_checked(matched).unwrap_or((rest, ""));
                pieces.push(found.to_owned());
                pieces.push(String::new());
                rest = after;
                at_word = false;
                continue;
            }
            if let Some(last) = pieces.last_mut() {
                last.push(first);
            }
            at_word =
                is_dense(first) || !(first.is_alphanumeric() || is_accent(first) || is_invisible(first));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
        pieces
    }

    /// A few words of a text around the first that was looked for, with `…` where something was left out; its
    /// beginning where there is none. `many` is how many words at most.
    #[must_use]
    pub fn around(&self, text: &str, many: usize) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let first = words.iter().position(|word| self.stands_in(word)).unwrap_or(0);
        let from = first.saturating_sub(many / 3).min(words.len().saturating_sub(many));
        let shown = words.get(from..(from + many).min(words.len())).unwrap_or_default();
        let mut around = String::new();
        if from > 0 {
            around.push('…');
        }
        // Scripts without blanks have words of any length.
        let most = many * 12;
        let joined = shown.join(" ");
        around.extend(joined.chars().take(most));
        if from + shown.len() < words.len() || joined.chars().nth(most).is_some() {
            around.push('…');
        }
        around
    }

    /// Whether something that was looked for stands in a text.
    #[must_use]
    pub fn stands_in(&self, text: &str) -> bool {
        let found = runs(text);
        found.iter().any(|run| {
            let joined = run.joined();
            let begins = |text: &str| self.0.iter().any(|word| begins_with(text, word));
            if run.dense {
                (0..run.parts.len()).any(|at| begins(&run.parts.get(at..).unwrap_or_default().concat()))
            } else {
                begins(&joined) || run.parts.iter().any(|part| begins(part))
            }
        })
    }

    /// How many bytes at the beginning of a text are one of the words; 0 for none.
    fn longest(&self, text: &str) -> usize {
        self.0.iter().filter_map(|word| prefix(text, word)).max().unwrap_or(0)
    }
}

fn begins_with(text: &str, word: &[char]) -> bool {
    let mut letters = text.chars();
    !word.is_empty() && word.iter().all(|wanted| letters.next() == Some(*wanted))
}

/// A character as it is compared.
fn letters(c: char) -> impl Iterator<Item = char> {
    fold_char(c).filter(|c| c.is_alphanumeric())
}

fn prefix(text: &str, word: &[char]) -> Option<usize> {
    let mut wanted = word.iter().peekable();
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        if wanted.peek().is_none() && !is_accent(letter) {
            break;
        }
        // A blank is no letter, and no word begins with one.
        if at == 0 && !letter.is_alphanumeric() {
            return None;
        }
        for part in letters(letter) {
            if wanted.next() != Some(&part) {
                return None;
            }
        }
        end = at + letter.len_utf8();
    }
    (wanted.peek().is_none() && end > 0).then_some(end)
}
