//! A text as names are looked for in it: folded letters, each with its place and with what lies before it.

use crate::fold::{fold_char, is_accent, is_apostrophe, is_invisible};

/// What lies between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: they stand in one word.
    None,
    /// Nothing either, but a word can end here: a digit beside a letter, a script without blanks.
    Edge,
    /// An apostrophe.
    Apostrophe,
    /// A hyphen, also one at the end of a line.
    Hyphen,
    /// Blanks, full stops, commas, slashes: the parts of one name can stand on either side.
    Soft,
    /// Anything else: no name goes on behind it.
    Hard,
}

/// A folded letter or digit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) sign: char,
    /// The bytes of the text that it stands for, its accents included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What lies before it.
    pub(super) gap: Gap,
    /// Whether it is written small where it could be written large.
    pub(super) small: bool,
    /// Whether its script writes words without blanks between them.
    pub(super) dense: bool,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) letters: Vec<Letter>,
}

/// What was passed since the last letter.
#[derive(Default)]
struct Between {
    worst: Option<Gap>,
    hyphen: bool,
    line: bool,
    other: bool,
}

impl Between {
    fn pass(&mut self, c: char) {
        let gap = if is_apostrophe(c) {
            Gap::Apostrophe
        } else if is_hyphen(c) {
            self.hyphen = true;
            Gap::Hyphen
        } else if c.is_whitespace() {
            self.line |= matches!(c, '\n' | '\r');
            Gap::Soft
        } else {
            self.other = true;
            if matches!(c, '.' | ',' | '_' | '/' | '·' | '+') { Gap::Soft } else { Gap::Hard }
        };
        self.worst = self.worst.max(Some(gap));
    }

    /// A hyphen before the end of a line joins what a typesetter took apart.
    fn take(&mut self) -> Option<Gap> {
        let gap = if self.hyphen && self.line && !self.other { Some(Gap::Hyphen) } else { self.worst };
        *self = Self::default();
        gap
    }
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
        let mut between = Between::default();
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if is_invisible(c) {
                continue;
            }
            if is_accent(c) {
                if let Some(last) = letters.last_mut().filter(|_| between.worst.is_none()) {
                    last.end = end;
                }
                continue;
            }
            let before = letters.len();
            if !is_apostrophe(c) {
                let dense = is_dense(c);
                let small = c.is_lowercase();
                for sign in fold_char(c).filter(|sign| sign.is_alphanumeric()) {
                    let first = letters.len() == before;
                    let gap = match (first, between.take()) {
                        (true, Some(gap)) => gap,
                        (true, None) => letters.last().map_or(Gap::Hard, |last| edge(last, sign, dense)),
                        (false, _) => Gap::None,
                    };
                    letters.push(Letter { sign, start, end, gap, small, dense });
                }
            }
            if letters.len() == before {
                between.pass(c);
            }
        }
        Self { letters }
    }

    pub(super) fn letter(&self, at: usize) -> Option<&Letter> {
        self.letters.get(at)
    }

    /// What lies before a letter; after the last one lies the end.
    pub(super) fn gap(&self, at: usize) -> Gap {
        if at == 0 { Gap::Hard } else { self.letters.get(at).map_or(Gap::Hard, |letter| letter.gap) }
    }

    /// Whether a name can begin at a letter: not behind the *O* of *O'Neill*. A conjunction that Arabic writes as
    /// one with the word may stand before it.
    pub(super) fn begins(&self, at: usize) -> bool {
        let alone = |before: usize| self.gap(before) > Gap::None && self.gap(before + 1) > Gap::None;
        match (self.gap(at), at.checked_sub(1)) {
            (Gap::None, Some(before)) => {
                self.gap(before) > Gap::None
                    && matches!(self.letter(before), Some(letter) if matches!(letter.sign, 'و' | 'ف' | 'ب' | 'ل' | 'ك'))
            }
            (Gap::Apostrophe, Some(before)) => !alone(before),
            (_, _) => true,
        }
    }

    /// Whether a name can end before a letter: not before the *t* of *Don't*.
    pub(super) fn ends(&self, at: usize) -> bool {
        let gap = self.gap(at);
        let of_a_verb = gap == Gap::Apostrophe && self.sign(at) == Some('t') && self.gap(at + 1) > Gap::None;
        gap > Gap::None && !of_a_verb
    }

    /// Whether the word before a letter ends with a plural's *s* that does not belong to what stands until there.
    pub(super) fn plural(&self, at: usize) -> Option<usize> {
        let after = if self.sign(at) == Some('e') && self.gap(at) == Gap::None { at + 1 } else { at };
        let ends =
            |s: usize| self.sign(s) == Some('s') && self.gap(s) == Gap::None && self.gap(s + 1) > Gap::None;
        [at, after].into_iter().find(|s| ends(*s)).map(|s| s + 1)
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.letters.get(at).map(|letter| letter.sign)
    }

    /// The words: runs of letters without anything between them but apostrophes and hyphens, digits and letters
    /// beside one another included. Each is given as the letters that it holds.
    pub(super) fn words(&self) -> Vec<std::ops::Range<usize>> {
        let mut words: Vec<std::ops::Range<usize>> = Vec::new();
        for at in 0..self.letters.len() {
            match words.last_mut() {
                Some(word) if self.gap(at) < Gap::Soft => word.end = at + 1,
                Some(_) | None => words.push(at..at + 1),
            }
        }
        words
    }

    /// The letters of a range, with a blank wherever a word could end.
    pub(super) fn pattern(&self, range: std::ops::Range<usize>) -> Vec<char> {
        let mut pattern = Vec::new();
        for at in range.clone() {
            if at > range.start && self.gap(at) > Gap::None {
                pattern.push(' ');
            }
            pattern.extend(self.sign(at));
        }
        pattern
    }

    /// The bytes of a range of letters.
    pub(super) fn bytes(&self, range: std::ops::Range<usize>) -> Option<(usize, usize)> {
        Some((self.letter(range.start)?.start, self.letter(range.end.checked_sub(1)?)?.end))
    }
}

fn edge(last: &Letter, sign: char, dense: bool) -> Gap {
    let kinds_differ = last.sign.is_numeric() != sign.is_numeric();
    if kinds_differ || last.dense || dense { Gap::Edge } else { Gap::None }
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Scripts that set no blank between words, and Korean, which writes its particles onto a name.
fn is_dense(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}
