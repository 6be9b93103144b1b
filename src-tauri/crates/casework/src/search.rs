//! Finding again (K1): people and files first, then places in files, the newest first.
//!
//! A safety flag goes along with every result, and of a protected person nothing is shown but that they are
//! there. What was searched for is not kept; that somebody searched is.

use std::collections::BTreeMap;

use sharewell_records::{CaseId, Moment, fold_char};
use sharewell_vault::{Access, Reader, Vault, flags, search as index};

use crate::error::Result;
use crate::people::child_name_of;
use crate::views::{ChildLine, Hit, SearchView};
use crate::{children, input, store};

/// How many places are shown at a time.
const SHOWN: usize = 50;

/// Searches every file.
///
/// # Errors
/// [`crate::Error::Fields`] where the query holds too much; [`crate::Error::Vault`] where the vault refuses.
pub fn search(vault: &mut Vault, query: &str, now: Moment) -> Result<SearchView> {
    let typed = input::name(query, "query")?;
    let view = store::read(vault, |r| find(r, &typed, now))?;
    if !typed.is_empty() {
        let results = store::small((view.children.len() + view.hits.len()) as u64);
        store::log(vault, None, now, |by| Access::Searched { by, results })?;
    }
    Ok(view)
}

fn find(r: &Reader<'_>, query: &str, now: Moment) -> Result<SearchView> {
    let mut found = index::search(r, query, SHOWN + 1, None)?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let words: Vec<Vec<char>> =
        query.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
    let mut files: BTreeMap<CaseId, (String, bool)> = BTreeMap::new();
    let mut children: Vec<ChildLine> = Vec::new();
    let mut hits = Vec::new();
    for hit in found {
        if let Some(case) = hit.case
            && !files.contains_key(&case)
        {
            files.insert(case, (child_name_of(r, case)?, flags::any_in(r, case)?));
        }
        let file = hit.case.and_then(|case| files.get(&case)).cloned();
        let (child, flagged) = file.unwrap_or_default();
        // Whoever is found by name leads to the file; it stands once.
        if let (Some(case), index::Found::Person | index::Found::Case) = (hit.case, hit.found)
            && !children.iter().any(|line| line.case == case)
            && let Some(line) = children::line_of(r, case, now)?
        {
            children.push(line);
        }
        let text = match (hit.title.is_empty(), hit.snippet.is_empty()) {
            (false, false) if hit.snippet != hit.title => format!("{}. {}", hit.title, hit.snippet),
            (false, _) => hit.title.clone(),
            (true, _) => hit.snippet.clone(),
        };
        hits.push(Hit {
            entry: hit.entry,
            case: hit.case,
            decision: if hit.found == index::Found::Decision { hit.subject.parse().ok() } else { None },
            child,
            kind: hit.found.word().to_owned(),
            pieces: pieces(&text, &words),
            recorded_at: hit.recorded_at,
            flagged: flagged || !hit.flags.is_empty(),
        });
    }
    Ok(SearchView { query: query.to_owned(), children, hits, more })
}

/// A word letter by letter, as it is compared.
fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(fold_char).filter(|c| c.is_alphanumeric()).collect()
}

/// Cuts a text so that every second piece begins a word with what was searched for.
fn pieces(text: &str, words: &[Vec<char>]) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    let mut at_word = true;
    while let Some(first) = rest.chars().next() {
        let matched = if at_word { longest_match(rest, words) } else { 0 };
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
        at_word = !first.is_alphanumeric();
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    pieces
}

/// How many bytes at the beginning of a text are one of the words; 0 for none.
fn longest_match(text: &str, words: &[Vec<char>]) -> usize {
    words.iter().filter_map(|word| prefix(text, word)).max().unwrap_or(0)
}

fn prefix(text: &str, word: &[char]) -> Option<usize> {
    let mut wanted = word.iter().peekable();
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        if wanted.peek().is_none() {
            break;
        }
        // A blank is no letter, and no word begins with one.
        if at == 0 && !letter.is_alphanumeric() {
            return None;
        }
        for part in folded(letter.encode_utf8(&mut [0; 4])) {
            if wanted.next() != Some(&part) {
                return None;
            }
        }
        end = at + letter.len_utf8();
    }
    (wanted.peek().is_none() && end > 0).then_some(end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, query: &str) -> Vec<String> {
        pieces(text, &query.split_whitespace().map(folded).collect::<Vec<_>>())
    }

    #[test]
    fn every_second_piece_is_the_match_whatever_the_accents() {
        assert_eq!(cut("Zoë said so. Zoe again", "zoe"), ["", "Zoë", " said so. ", "Zoe", " again"]);
        assert_eq!(cut("bruises", "ruis"), ["bruises"], "a match begins a word");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_or_added(text in ".{0,120}", query in ".{0,20}") {
            prop_assert_eq!(cut(&text, &query).concat(), text);
        }
    }
}
