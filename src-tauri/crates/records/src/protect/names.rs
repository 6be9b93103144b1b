//! The forms in which a name is written.

use std::collections::BTreeSet;
use std::ops::Range;

use super::english::{is_address, is_calendar, is_nobodys, is_ordinary, is_title, titles};
use super::handles::Handles;
use super::text::{Gap, Text};
use super::trie::{Owner, Rule, Tells, Trie};

/// A name taken apart into its words, given names first.
struct Parts {
    title: Option<String>,
    words: Vec<Word>,
    /// Whether somebody else is named by it (*Zoe's mother*).
    possessive: bool,
}

/// A word of a name: its letters with a blank wherever they may be written apart.
#[derive(Clone)]
struct Word {
    pattern: Vec<char>,
    halves: Vec<Vec<char>>,
}

impl Word {
    fn plain(&self) -> String {
        plain(&self.pattern)
    }

    /// The word itself and, where it is hyphenated, what stands on either side.
    fn singles(&self) -> impl Iterator<Item = &Vec<char>> {
        std::iter::once(&self.pattern).chain(&self.halves)
    }
}

fn plain(pattern: &[char]) -> String {
    pattern.iter().filter(|sign| **sign != ' ').collect()
}

fn joined<'a>(words: impl IntoIterator<Item = &'a Vec<char>>) -> Vec<char> {
    words.into_iter().map(Vec::as_slice).collect::<Vec<_>>().join(&' ')
}

impl Parts {
    fn of(name: &str) -> Self {
        // *Madeup, Zoë* is Zoë Madeup.
        let comma = name.find(',').unwrap_or(0);
        let text = Text::of(name);
        let (mut before, mut after): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        let mut title = None;
        let mut addressed = Vec::new();
        for word in text.words() {
            let letters = plain(&text.pattern(word.clone()));
            if is_title(&letters) {
                title = Some(letters);
            } else if is_address(&letters) {
                addressed.push(word);
            } else if text.letter(word.start).is_some_and(|first| first.start < comma) {
                before.push(word);
            } else {
                after.push(word);
            }
        }
        after.append(&mut before);
        // Whoever is called Nan and nothing else is called Nan.
        let ranges = if after.is_empty() { addressed } else { after };
        let possessive = ranges.iter().any(|word| {
            let last = word.end - 1;
            text.gap(last) == Gap::Apostrophe && text.sign(last) == Some('s')
        });
        Self { title, words: ranges.into_iter().map(|range| word(&text, range)).collect(), possessive }
    }

    fn last(&self) -> Option<&Word> {
        self.words.last().filter(|_| self.words.len() > 1)
    }

    /// The surname with what belongs to it: *van der Madeup*.
    fn surname(&self) -> &[Word] {
        let mut from = self.words.len().saturating_sub(1);
        while from > 1 && self.words.get(from - 1).is_some_and(|word| is_nobodys(&word.plain())) {
            from -= 1;
        }
        self.words.get(from..).unwrap_or_default()
    }

    fn whole(&self) -> Vec<char> {
        joined(self.words.iter().map(|word| &word.pattern))
    }

    /// The whole name in every order: as it is, surname first, without the names in the middle.
    fn full(&self) -> Vec<Vec<char>> {
        let whole = self.whole();
        let (Some(last), Some(first)) = (self.last(), self.words.first()) else { return vec![whole] };
        let surname = self.surname();
        let given = self.words.get(..self.words.len() - surname.len()).unwrap_or_default();
        let of = |words: &[Word]| joined(words.iter().map(|word| &word.pattern));
        let mut full = vec![
            whole,
            joined([&of(surname), &of(given)]),
            joined([&first.pattern, &of(surname)]),
            joined([&of(surname), &first.pattern]),
        ];
        for single in last.singles() {
            full.extend([joined([&first.pattern, single]), joined([single, &first.pattern])]);
        }
        full.sort();
        full.dedup();
        full
    }

    /// What is short for the name and could be short for another: *Z. Madeup*, *Zoë M.*
    fn short(&self) -> Vec<Vec<char>> {
        let (Some(last), Some(first)) = (self.last(), self.words.first()) else { return Vec::new() };
        let initial = |word: &Word| word.pattern.first().map(|sign| vec![*sign]);
        let all: Vec<Vec<char>> = self.words.iter().filter_map(initial).collect();
        let (Some(z), Some(m)) = (all.first(), all.last()) else { return Vec::new() };
        let given = all.get(..all.len() - 1).unwrap_or_default();
        let mut short = vec![
            joined([z, &last.pattern]),
            joined([&last.pattern, z]),
            joined(given.iter().chain([&last.pattern])),
            joined([&first.pattern, m]),
        ];
        short.sort();
        short.dedup();
        short
    }

    /// All initials: they count with full stops only.
    fn initials(&self) -> Vec<Vec<char>> {
        let all: Vec<Vec<char>> =
            self.words.iter().filter_map(|word| word.pattern.first().map(|sign| vec![*sign])).collect();
        let (Some(z), Some(m)) = (all.first(), all.last()) else { return Vec::new() };
        if all.len() < 2 { Vec::new() } else { vec![joined(&all), joined([z, m])] }
    }
}

fn word(text: &Text, range: Range<usize>) -> Word {
    let pattern = text.pattern(range.clone());
    let mut halves = Vec::new();
    let mut from = range.start;
    for at in range.clone().skip(1).chain([range.end]) {
        if at == range.end || text.gap(at) == Gap::Hyphen {
            if at - from < range.len() {
                halves.push(text.pattern(from..at));
            }
            from = at;
        }
    }
    // Where a script writes a name as one word, the given name is what follows the first sign.
    let mut signs = range.clone().skip(1).filter(|at| text.gap(*at) == Gap::Edge);
    if text.letter(range.start).is_some_and(|letter| letter.dense)
        && let (Some(second), Some(_)) = (signs.next(), signs.next())
    {
        halves.push(text.pattern(second..range.end));
    }
    Word { pattern, halves }
}

/// What an Irish, Scottish, French or Norman name begins with, and is at times written without.
const PREFIXES: &[&str] = &["o", "mc", "mac", "d", "fitz"];

/// The words of a name, and whether each is the name without what it begins with: *Dreamwell* of *O'Dreamwell*.
pub(super) fn words(name: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    for word in Parts::of(name).words {
        words.extend(word.singles().map(|single| (plain(single), false)));
        let whole = word.plain();
        let behind = |prefix: &&str| {
            whole.strip_prefix(*prefix).filter(|rest| rest.chars().count() >= 4).map(str::to_owned)
        };
        // *O'D* has a blank where the apostrophe stood; *McD* has none.
        let apart = |prefix: &str| prefix.len() > 1 || word.pattern.get(1) == Some(&' ');
        let prefixes = PREFIXES.iter().filter(|prefix| apart(prefix));
        words.extend(prefixes.filter_map(behind).map(|rest| (rest, true)));
    }
    words
}

/// Each given name of a name with its surname.
pub(super) fn pairs(name: &str) -> Vec<(String, String)> {
    let parts = Parts::of(name);
    let Some(last) = parts.last().map(Word::plain) else { return Vec::new() };
    let given = parts.words.iter().take(parts.words.len() - 1);
    given.map(|given| (given.plain(), last.clone())).collect()
}

/// The initials of a name, without full stops: all of them, and the first with the last.
pub(super) fn initials(name: &str) -> Vec<String> {
    Parts::of(name).initials().iter().map(|initials| plain(initials)).collect()
}

/// What is known of the names of those who are not protected.
#[derive(Default)]
pub(super) struct OpenNames {
    /// Every word of a name, and the halves of hyphenated ones.
    parts: BTreeSet<String>,
    /// Those that a grown-up bears.
    grown: BTreeSet<String>,
    /// What is short for one of them, or a title before a surname.
    short: BTreeSet<String>,
}

impl OpenNames {
    /// Takes a name in: it is left alone wherever it stands.
    pub(super) fn take(&mut self, trie: &mut Trie, handles: &mut Handles, name: &str, child: bool) {
        let parts = Parts::of(name);
        // *Zoe's mother* is no name, and says nothing of whose name Zoe is.
        if parts.possessive || parts.words.is_empty() {
            return;
        }
        for single in parts.words.iter().flat_map(Word::singles) {
            self.parts.insert(plain(single));
            if !child {
                self.grown.insert(plain(single));
            }
        }
        let short = parts.short().into_iter().chain(parts.initials());
        self.short.extend(short.map(|pattern| plain(&pattern)));
        if let Some((title, last)) = parts.title.as_ref().zip(parts.words.last()) {
            self.short.insert(format!("{title}{}", last.plain()));
        }
        for pattern in parts.full() {
            handles.leave(plain(&pattern));
            trie.insert(&pattern, Owner::Open, Rule::of(Tells::Name));
        }
    }

    /// Adds every form of a protected person's name that is nobody else's.
    pub(super) fn hide(
        &self,
        (trie, handles): (&mut Trie, &mut Handles),
        owner: usize,
        name: &str,
        child: bool,
    ) {
        self.hide_spelling((&mut *trie, &mut *handles), owner, name, child);
        if let Some(other) = spelt_out(name) {
            self.hide_spelling((trie, handles), owner, &other, child);
        }
    }

    fn hide_spelling(
        &self,
        (trie, handles): (&mut Trie, &mut Handles),
        owner: usize,
        name: &str,
        child: bool,
    ) {
        let parts = Parts::of(name);
        self.hide_in_one_piece(handles, owner, &parts);
        let mut hide = |pattern: &[char], rule: Rule| trie.insert(pattern, Owner::One(owner), rule);
        let ordinary = |word: &Word| is_ordinary(&word.plain());
        let capital = parts.words.iter().all(ordinary);
        for pattern in parts.full() {
            let letters = plain(&pattern);
            if letters.chars().count() > 1 {
                hide(&pattern, self.single(&letters, parts.words.len() < 2).unwrap_or(named(capital)));
            }
        }
        for single in parts.words.iter().flat_map(Word::singles) {
            let letters = plain(single);
            let everybodys = is_nobodys(&letters) || letters.chars().count() < 2;
            if !everybodys && !self.parts.contains(&letters) {
                hide(single, self.single(&letters, true).unwrap_or(named(false)));
            }
        }
        for pattern in parts.short().into_iter().filter(|one| !self.short.contains(&plain(one))) {
            hide(&pattern, Rule { capital: true, ..Rule::of(Tells::Name) });
        }
        for pattern in parts.initials().into_iter().filter(|one| !self.short.contains(&plain(one))) {
            hide(&pattern, Rule { capital: true, stops: true, ..Rule::of(Tells::Name) });
        }
        // A surname that is shared is hidden behind a title that is this person's alone.
        let Some(last) = parts.last() else { return };
        let grown = !child && !self.grown.contains(&last.plain());
        let titled = titles().filter(|title| grown || parts.title.as_deref() == Some(title));
        for title in titled.filter(|title| !self.short.contains(&format!("{title}{}", last.plain()))) {
            hide(&joined([&title.chars().collect(), &last.pattern]), named(false));
        }
    }

    /// Adds a form of which somebody said that it is theirs.
    pub(super) fn hide_answered(&self, trie: &mut Trie, owner: usize, form: &str) {
        let text = Text::of(form);
        let pattern = text.pattern(0..text.letters.len());
        let capital = is_ordinary(&plain(&pattern)) || pattern.len() < 3;
        trie.insert(&pattern, Owner::One(owner), named(capital));
    }

    /// Every word of a name that is somebody else's too.
    pub(super) fn into_parts(self) -> BTreeSet<String> {
        self.parts
    }

    fn hide_in_one_piece(&self, handles: &mut Handles, owner: usize, parts: &Parts) {
        let owner = Owner::One(owner);
        for word in parts.words.iter().flat_map(Word::singles).map(|single| plain(single)) {
            if !is_nobodys(&word) && !is_ordinary(&word) && !self.parts.contains(&word) {
                handles.word(&word, owner);
            }
        }
        let Some(last) = parts.last() else { return };
        for given in parts.words.iter().take(parts.words.len() - 1) {
            handles.pair(given.plain(), last.plain(), owner);
        }
    }

    /// How a word of a name counts when it stands alone; none where `alone` says that it does not.
    fn single(&self, letters: &str, alone: bool) -> Option<Rule> {
        let plural = |ending: &str| {
            let more = format!("{letters}{ending}");
            is_ordinary(&more) || self.parts.contains(&more)
        };
        let long = letters.chars().count() > 2;
        alone.then(|| Rule {
            capital: is_ordinary(letters),
            plural: long && !plural("s") && !plural("es"),
            month: is_calendar(letters),
            word: is_ordinary(letters),
            ..Rule::of(Tells::Name)
        })
    }
}

fn named(capital: bool) -> Rule {
    Rule { capital, ..Rule::of(Tells::Name) }
}

/// *Müller* written *Mueller*; none where nothing changes.
fn spelt_out(name: &str) -> Option<String> {
    let composed: String = unicode_normalization::UnicodeNormalization::nfc(name).collect();
    let mut out = String::new();
    let mut changed = false;
    for c in composed.chars() {
        let out_of = match c {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            other => {
                out.push(other);
                continue;
            }
        };
        out.push_str(out_of);
        changed = true;
    }
    changed.then_some(out)
}
