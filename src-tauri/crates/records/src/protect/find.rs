//! Where somebody is given away in a text, and what stands there instead.

use super::handles::widened;
use super::text::{Gap, Text};
use super::trie::{Found, Owner, Tells};
use super::{Protection, english};

/// The longest number that is written in words before a street, in words.
const NUMBER: usize = 4;

impl Protection {
    pub(super) fn replace(&self, text: &str, found: &[(usize, usize, Owner)]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut written = 0;
        for (start, end, owner) in found {
            let called = match owner {
                Owner::One(at) => self.called.get(*at).unwrap_or(&self.several),
                Owner::Open | Owner::Several => &self.several,
            };
            out.push_str(text.get(written..*start).unwrap_or_default());
            out.push('[');
            out.push_str(called);
            out.push(']');
            written = *end;
        }
        out.push_str(text.get(written..).unwrap_or_default());
        out
    }

    /// The bytes that give somebody away, in order, each with whom.
    pub(super) fn find(&self, source: &str) -> Vec<(usize, usize, Owner)> {
        if self.trie.is_empty() && self.digits.is_empty() {
            return Vec::new();
        }
        let text = Text::of(source);
        let kept = self.kept(&text);
        let mut found: Vec<(usize, usize, Owner)> = Vec::new();
        let mut at = 0;
        while at < text.letters.len() {
            let Some((from, hit)) = self.hidden(source, &text, &kept, at) else {
                at += 1;
                continue;
            };
            if let Some((start, end)) = text.bytes(from..hit.end) {
                let (start, end) = widened(source, start, end);
                found.push((start, end, hit.owner));
                at = hit.end;
                while text.letter(at).is_some_and(|letter| letter.start < end) {
                    at += 1;
                }
            } else {
                at += 1;
            }
        }
        for (start, end, owner) in self.handles.find(source) {
            let (start, end) = widened(source, start, end);
            found.push((start, end, owner));
        }
        merged(found)
    }

    /// Where the names of those who are not protected stand.
    pub(super) fn kept(&self, text: &Text) -> Vec<(usize, usize)> {
        let mut kept = Vec::new();
        let mut at = 0;
        while at < text.letters.len() {
            let mut end = None;
            if text.begins(at) {
                self.trie.walk(text, at, |found| {
                    if found.owner == Owner::Open {
                        end = end.max(Some(found.end));
                    }
                });
            }
            match end {
                Some(end) => {
                    kept.push((at, end));
                    at = end;
                }
                None => at += 1,
            }
        }
        kept
    }

    /// The longest form that begins at a letter and leaves the names of others whole, and where it begins once a
    /// title or the number of a house is taken along.
    fn hidden(
        &self,
        source: &str,
        text: &Text,
        kept: &[(usize, usize)],
        at: usize,
    ) -> Option<(usize, Found)> {
        let mut best: Option<Found> = None;
        let mut offer = |found: Found| {
            let clear = kept
                .iter()
                .skip(kept.partition_point(|(_, end)| *end <= at))
                .take_while(|(from, _)| *from < found.end)
                .all(|(from, end)| *from >= at && *end <= found.end && end - from < found.end - at);
            if clear && best.is_none_or(|best| best.end < found.end) {
                best = Some(found);
            }
        };
        if text.begins(at) {
            self.trie.walk(text, at, |found| {
                if found.owner != Owner::Open && found.sure {
                    offer(found);
                }
            });
        }
        if let Some((end, owner)) = self.digits.at(source, text, at) {
            offer(Found { end, owner, tells: Tells::Place, sure: true });
        }
        let best = best?;
        let word_before = |at: usize| {
            let mut from = at.checked_sub(1).filter(|_| text.gap(at) == Gap::Soft)?;
            while from > 0 && text.gap(from) < Gap::Soft {
                from -= 1;
            }
            let word: String = (from..at).filter_map(|at| text.sign(at)).collect();
            let clear = !kept.iter().any(|(kept_from, end)| *kept_from < at && from < *end);
            clear.then_some((from, word))
        };
        let numbered =
            |word: &str| word.chars().count() < 6 && word.starts_with(|c: char| c.is_ascii_digit());
        let in_words = |word: &str| english::number(word).is_some() || word == "and";
        let from = match (best.tells, word_before(at)) {
            (Tells::Name, Some((from, word))) if english::is_title(&word) => from,
            (Tells::Street, Some((from, word))) if numbered(&word) => from,
            (Tells::Street, Some((first, word))) if english::number(&word).is_some() => {
                let mut from = first;
                for _ in 1..NUMBER {
                    match word_before(from).filter(|(_, word)| in_words(word)) {
                        Some((before, _)) => from = before,
                        None => break,
                    }
                }
                from
            }
            _ => at,
        };
        Some((from, best))
    }
}

/// What was found, in order and each byte once.
fn merged(mut found: Vec<(usize, usize, Owner)>) -> Vec<(usize, usize, Owner)> {
    found.sort_by_key(|(start, end, _)| (*start, *end));
    let mut merged: Vec<(usize, usize, Owner)> = Vec::with_capacity(found.len());
    for (start, end, owner) in found {
        match merged.last_mut() {
            Some((_, until, whose)) if start < *until => {
                if end > *until {
                    *until = end;
                }
                if *whose != owner {
                    *whose = Owner::Several;
                }
            }
            Some(_) | None => merged.push((start, end, owner)),
        }
    }
    merged
}
