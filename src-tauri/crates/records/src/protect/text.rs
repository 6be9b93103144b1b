//! A text as names are looked for in it: folded letters, each with its place and with what lies before it.

use crate::fold::{fold_char, is_accent, is_apostrophe, is_invisible};
use crate::plain::digit;

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
    /// Whether a full stop lies before it.
    pub(super) stop: bool,
    /// Whether a sentence can begin with it: there a capital says nothing.
    pub(super) opens: bool,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) letters: Vec<Letter>,
    /// Whether a full stop lies behind the last letter.
    stop: bool,
}

/// What was passed since the last letter.
#[derive(Default)]
struct Between {
    worst: Option<Gap>,
    hyphen: bool,
    line: bool,
    blank: bool,
    other: bool,
    stop: bool,
    opens: bool,
}

impl Between {
    fn pass(&mut self, c: char) {
        self.opens |= opens(c);
        let gap = if is_apostrophe(c) {
            Gap::Apostrophe
        } else if is_hyphen(c) {
            // Behind a blank it is a dash.
            self.hyphen |= !self.blank;
            self.other |= self.blank;
            Gap::Hyphen
        } else if c.is_whitespace() {
            self.line |= is_line(c);
            self.blank = true;
            Gap::Soft
        } else {
            self.other = true;
            self.stop |= c == '.';
            if matches!(c, '.' | ',' | '_' | '/' | '·' | '+') { Gap::Soft } else { Gap::Hard }
        };
        self.worst = self.worst.max(Some(gap));
    }

    /// The mark of a page (*<br>*) breaks a line, inside a name as well, and is nothing that is read.
    fn pass_tag(&mut self) {
        self.opens = true;
        self.hyphen |= !self.blank;
        self.worst = self.worst.max(Some(Gap::Hyphen));
    }

    /// A hyphen before the end of a line, or before the blank that a copied text has there, joins what a typesetter took
    /// apart. The soft one is seen at the end of a line alone.
    fn gap(&self, soft_hyphen: bool) -> Option<Gap> {
        let joins = (self.hyphen || (soft_hyphen && self.line)) && !self.other;
        if joins { Some(Gap::Hyphen) } else { self.worst }
    }
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
        let mut between = Between { opens: true, ..Between::default() };
        let mut soft_hyphen = false;
        let mut behind_tag = 0;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if start < behind_tag {
                continue;
            }
            if let Some(long) = tag(text.get(start..).unwrap_or_default()) {
                behind_tag = start + long;
                between.pass_tag();
                continue;
            }
            if is_invisible(c) {
                soft_hyphen |= c == '\u{ad}';
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
                for sign in fold_char(c).map(digit).filter(|sign| sign.is_alphanumeric()) {
                    let first = letters.len() == before;
                    let gap = match (first, between.gap(soft_hyphen)) {
                        (true, Some(gap)) => gap,
                        (true, None) => letters.last().map_or(Gap::Hard, |last| edge(last, sign, dense)),
                        (false, _) => Gap::None,
                    };
                    let Between { stop, opens, .. } = std::mem::take(&mut between);
                    soft_hyphen = false;
                    letters.push(Letter { sign, start, end, gap, small, dense, stop, opens });
                }
            }
            if letters.len() == before {
                between.pass(c);
            }
        }
        Self { letters, stop: between.stop }
    }

    /// Whether a full stop lies before a letter, or behind the last one.
    pub(super) fn stop(&self, at: usize) -> bool {
        self.letters.get(at).map_or(self.stop, |letter| letter.stop)
    }

    /// Whether a sentence can begin with a letter.
    pub(super) fn opens(&self, at: usize) -> bool {
        self.letters.get(at).is_some_and(|letter| letter.opens)
    }

    /// The next word, where nothing but a blank lies before it.
    pub(super) fn word_at(&self, at: usize) -> Option<String> {
        if self.gap(at) != Gap::Soft || self.opens(at) || self.stop(at) {
            return None;
        }
        let until = (at + 1..self.letters.len()).find(|next| self.gap(*next) > Gap::Apostrophe);
        let word = self.letters.get(at..until.unwrap_or(self.letters.len()))?;
        Some(word.iter().map(|letter| letter.sign).collect())
    }

    pub(super) fn letter(&self, at: usize) -> Option<&Letter> {
        self.letters.get(at)
    }

    /// What lies before a letter; after the last one lies the end.
    pub(super) fn gap(&self, at: usize) -> Gap {
        if at == 0 { Gap::Hard } else { self.letters.get(at).map_or(Gap::Hard, |letter| letter.gap) }
    }

    /// Whether a name can begin at a letter: not behind the *O* of *O'Neill*. A conjunction or preposition that Arabic
    /// and Hebrew write as one with the word may stand before it.
    pub(super) fn begins(&self, at: usize) -> bool {
        let alone = |before: usize| self.gap(before) > Gap::None && self.gap(before + 1) > Gap::None;
        match (self.gap(at), at.checked_sub(1)) {
            (Gap::None, Some(before)) => {
                let written_on = |at: usize| self.sign(at).is_some_and(is_written_on);
                let second =
                    || before.checked_sub(1).is_some_and(|one| self.gap(one) > Gap::None && written_on(one));
                written_on(before) && (self.gap(before) > Gap::None || second())
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

/// Letters that are a word of their own and are written as one with the next.
fn is_written_on(sign: char) -> bool {
    matches!(sign, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ו' | 'ל' | 'ב' | 'כ' | 'מ' | 'ה' | 'ש')
}

/// Behind what a sentence can begin.
fn opens(c: char) -> bool {
    is_line(c)
        || matches!(
            c,
            '.' | '!' | '?' | ':' | '…' | '•' | '*' | '"' | '“' | '„' | '«' | '(' | '[' | '¿' | '¡'
        )
}

/// How many bytes the mark of a page has that a text begins with: *<br>*, *</b>*, *<wbr/>*; none where it begins with
/// anything else.
fn tag(text: &str) -> Option<usize> {
    /// No others: what stands between such brackets may be somebody's name.
    const MARKS: [&str; 10] = ["br", "wbr", "p", "b", "i", "u", "div", "span", "strong", "li"];
    let inside = text.strip_prefix('<')?;
    let end = inside.char_indices().take(10).find(|(_, c)| *c == '>')?.0;
    let name = inside.get(..end)?.trim_start_matches('/').trim_end_matches('/').trim_end();
    MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(name)).then_some(end + 2)
}

fn is_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
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
