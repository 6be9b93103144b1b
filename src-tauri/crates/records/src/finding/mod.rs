//! What a text is found by, and what is looked for.
//!
//! One rule for both sides, over [`fold`](crate::fold): a text is indexed under its words, a query asks for words.
//! Apostrophes and hyphens join as well as part (*O’Brien* is found by *obrien*, *o brien* and *brien*; *Anne-Marie*
//! by *annemarie*, *anne marie* and *marie*), and scripts that set no blanks are found by character. What was only
//! nearly typed, another spelling of a name or one slip of the hand, is asked for apart: [`Wanted::near`].

mod days;
mod families;
mod marks;

pub use days::{day_words, day_words_of};
pub use marks::Marks;

use crate::fold::{fold, fold_char, is_accent, is_apostrophe, is_hyphen, is_invisible};

/// The most words of a query that count.
const WORDS: usize = 12;
/// The most characters of a query that count.
const LETTERS: usize = 200;
/// The most words of which neighbours are also tried as one.
const JOINED: usize = 6;
/// How long a word of a name is that may hold a slip. A shorter one is near to too much.
const SLIPS: std::ops::RangeInclusive<usize> = 4..=24;

/// A word as written: its parts between apostrophes and hyphens, or the characters of a script without blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Run {
    parts: Vec<String>,
    dense: bool,
}

impl Run {
    fn joined(&self) -> String {
        self.parts.concat()
    }

    /// A letter alone, in a script whose words have more than one.
    fn is_a_letter(&self) -> bool {
        !self.dense
            && self.parts.len() == 1
            && self
                .parts
                .iter()
                .all(|part| part.len() == 1 && !part.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// The words of a text as they were written, folded.
fn runs(text: &str) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let mut run = Run::default();
    let mut part = String::new();
    let mut end = |run: &mut Run, part: &mut String| {
        if !part.is_empty() {
            run.parts.push(std::mem::take(part));
        }
        if !run.parts.is_empty() {
            all.push(std::mem::take(run));
        }
        *run = Run::default();
    };
    for c in text.chars() {
        // The Arabic stroke that only draws a word out, and the point between the words of a name in Japanese.
        if is_invisible(c) || matches!(c, '\u{640}' | '・') {
            continue;
        }
        if is_dense(c) {
            if !run.dense {
                end(&mut run, &mut part);
                run.dense = true;
            }
            run.parts.push(fold_char(c).collect());
        } else if c.is_alphanumeric() || is_accent(c) {
            if run.dense {
                end(&mut run, &mut part);
            }
            part.extend(fold_char(c));
        } else if !run.dense && (is_apostrophe(c) || is_hyphen(c)) {
            if !part.is_empty() {
                run.parts.push(std::mem::take(&mut part));
            }
        } else {
            end(&mut run, &mut part);
        }
    }
    end(&mut run, &mut part);
    for run in &mut all {
        run.parts.retain(|part| !part.is_empty());
    }
    all.retain(|run| !run.parts.is_empty());
    all
}

/// Chinese, Japanese and Korean, which are found by character.
fn is_dense(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3105}'..='\u{318f}'
            | '\u{31a0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ffdc}'
            | '\u{1b000}'..='\u{1b16f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// The words under which a text is found, in their order and parted by blanks.
#[must_use]
pub fn found_by(text: &str) -> String {
    words_of(&runs(text)).join(" ")
}

/// The same for a name, which is also found where its words are typed as one (*Anne Marie*, *annemarie*).
#[must_use]
pub fn name_found_by(name: &str) -> String {
    let runs = runs(name);
    let mut words = words_of(&runs);
    words.extend(neighbours(&runs));
    words.join(" ")
}

fn words_of(runs: &[Run]) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs {
        if run.dense || run.parts.len() == 1 {
            words.extend(run.parts.iter().cloned());
        } else {
            words.push(run.joined());
            // The O of O’Brien is nobody's name, or *O* would find them all.
            words.extend(run.parts.iter().filter(|part| part.chars().nth(1).is_some()).cloned());
        }
    }
    words
}

/// Every two words beside one another as one.
fn neighbours(runs: &[Run]) -> impl Iterator<Item = String> + '_ {
    let next = runs.iter().skip(1);
    let pairs = runs.iter().zip(next).filter(|(one, other)| !one.dense && !other.dense);
    pairs.map(|(one, other)| one.joined() + &other.joined())
}

/// The keys by which a name is found that was nearly typed: its words, and each of them with a letter left out.
#[must_use]
pub fn nearly_found_by(name: &str) -> String {
    let mut keys: Vec<String> = name_words(name).iter().flat_map(|word| slips(word)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.join(" ")
}

/// The words of a name that somebody may mean: whole, and in parts.
fn name_words(name: &str) -> Vec<String> {
    let runs: Vec<Run> = runs(name).into_iter().filter(|run| !run.dense).collect();
    words_of(&runs)
}

/// A word and each form of it that lacks one letter; nothing where it is too short, too long, or a number.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if !SLIPS.contains(&letters.len()) || letters.iter().any(char::is_ascii_digit) {
        return Vec::new();
    }
    let without = |at: usize| letters.iter().enumerate().filter(move |(i, _)| *i != at).map(|(_, c)| *c);
    let lacking = (0..letters.len()).map(|at| without(at).collect());
    std::iter::once(word.to_owned()).chain(lacking).collect()
}

/// Whether two words are one slip apart: a letter too much, too few, another, or two that changed places.
fn is_a_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let same = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let (short, long) = (short.get(same..).unwrap_or_default(), long.get(same..).unwrap_or_default());
    match (short, long) {
        ([], [] | [_]) => true,
        ([a, rest @ ..], [b, others @ ..]) if short.len() == long.len() => {
            rest == others
                || matches!((rest, others), ([c, rest @ ..], [d, others @ ..])
                    if a == d && b == c && rest == others)
        }
        (short, [_, others @ ..]) => short == others,
        _ => false,
    }
}

/// What an index is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Words beside one another; the last may be a beginning.
    Words {
        /// The words.
        words: Vec<String>,
        /// Whether the last is a beginning.
        begins: bool,
    },
    /// A name under one of its keys for what is nearly typed.
    Key(String),
    /// All of these.
    All(Vec<Asked>),
    /// One of these.
    Any(Vec<Asked>),
}

impl Asked {
    fn word(word: impl Into<String>) -> Self {
        Self::Words { words: vec![word.into()], begins: false }
    }

    fn beginning(word: impl Into<String>) -> Self {
        let word = word.into();
        // A letter stands for itself: as a beginning it would fit half the vault.
        let begins = word.chars().nth(1).is_some();
        Self::Words { words: vec![word], begins }
    }

    fn any(mut all: Vec<Self>) -> Self {
        if all.len() == 1 { all.remove(0) } else { Self::Any(all) }
    }

    fn all(mut all: Vec<Self>) -> Self {
        if all.len() == 1 { all.remove(0) } else { Self::All(all) }
    }
}

/// What somebody looks for, read from what they typed.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    runs: Vec<Run>,
    days: Vec<String>,
}

impl From<&str> for Wanted {
    fn from(typed: &str) -> Self {
        Self::read(typed, &[])
    }
}

impl From<&Wanted> for Wanted {
    fn from(wanted: &Wanted) -> Self {
        wanted.clone()
    }
}

impl Wanted {
    /// What was typed. A date is also looked for as a day, its month named by one of the twelve `months`.
    #[must_use]
    pub fn read(typed: &str, months: &[String]) -> Self {
        let text: String = typed.chars().take(LETTERS).collect();
        let mut runs = runs(&text);
        runs.truncate(WORDS);
        // A letter at the end of others is a word that is still being typed.
        if runs.len() > 1 && runs.last().is_some_and(Run::is_a_letter) {
            runs.pop();
        }
        Self { days: days::wanted(&text, months), runs }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether a single letter is all there is: it narrows nothing, and is the whole of a few names.
    #[must_use]
    pub fn is_a_letter(&self) -> bool {
        matches!(self.runs.as_slice(), [run] if run.is_a_letter())
    }

    /// What an index is asked for; none where there is nothing to look for.
    #[must_use]
    pub fn asked(&self) -> Option<Asked> {
        if self.is_empty() {
            return None;
        }
        let each: Vec<Asked> = self.runs.iter().map(asked_run).collect();
        let mut ways = vec![Asked::all(each.clone())];
        if self.runs.len() <= JOINED {
            for (at, pair) in self.runs.windows(2).enumerate() {
                if let [one, other] = pair
                    && !one.dense
                    && !other.dense
                {
                    let mut joined = each.clone();
                    joined.splice(at..at + 2, [Asked::beginning(one.joined() + &other.joined())]);
                    ways.push(Asked::all(joined));
                }
            }
            if self.runs.len() > 2 && self.runs.iter().all(|run| !run.dense) {
                ways.push(Asked::beginning(self.whole()));
            }
        }
        ways.extend(self.days.iter().map(Asked::word));
        Some(Asked::any(ways))
    }

    fn whole(&self) -> String {
        self.runs.iter().map(Run::joined).collect()
    }

    /// What is asked for where a name may be spelt otherwise, or one letter of it is a slip; none where what was
    /// typed can be no name. [`Wanted::is_near`] says which of what is found so is near indeed.
    #[must_use]
    pub fn near(&self) -> Option<Asked> {
        let mut more = false;
        let each = self.runs.iter().map(|run| {
            let word = run.joined();
            let mut ways = vec![asked_run(run)];
            // A name that is not shown any more is under its own words here, and in no other column.
            ways.push(Asked::all(run.parts.iter().cloned().map(Asked::Key).collect()));
            if !run.dense {
                ways.extend(families::of(&word).map(Asked::word));
                ways.extend(slips(&word).into_iter().map(Asked::Key));
            }
            more |= !word.chars().any(|c| c.is_ascii_digit());
            Asked::any(ways)
        });
        let asked = Asked::all(each.collect());
        (more && self.runs.len() <= JOINED).then_some(asked)
    }

    /// Whether one of the names of a person is near to what was typed.
    #[must_use]
    pub fn is_near<'a>(&self, names: impl Iterator<Item = &'a str>) -> bool {
        let words: Vec<String> = names.flat_map(name_found_words).collect();
        self.runs.iter().all(|run| {
            let typed = run.joined();
            words.iter().any(|word| {
                word.starts_with(&typed)
                    || families::of(&typed).any(|other| other == word)
                    || (!slips(&typed).is_empty() && is_a_slip(&typed, word))
            })
        })
    }

    /// The words to look for in a text, letter by letter, with those that joining or parting makes.
    #[must_use]
    pub fn marks(&self) -> Marks {
        let mut words: Vec<String> = Vec::new();
        for run in &self.runs {
            words.push(run.joined());
            words.extend(run.parts.iter().filter(|part| part.chars().nth(1).is_some()).cloned());
        }
        words.extend(neighbours(&self.runs));
        if self.runs.len() > 2 {
            words.push(self.whole());
        }
        Marks::of(words)
    }
}

fn name_found_words(name: &str) -> Vec<String> {
    let runs = runs(name);
    let mut words = words_of(&runs);
    words.extend(neighbours(&runs));
    words.extend(runs.iter().filter(|run| run.dense).map(Run::joined));
    words
}

fn asked_run(run: &Run) -> Asked {
    if run.dense {
        return Asked::Words { words: run.parts.clone(), begins: true };
    }
    if run.parts.len() < 2 {
        return Asked::beginning(run.joined());
    }
    let parts = Asked::all(run.parts.iter().map(Asked::beginning).collect());
    Asked::any(vec![Asked::beginning(run.joined()), parts])
}

/// A name as names are compared: blanks, hyphens, apostrophes and accents tell none apart.
#[must_use]
pub fn name_key(name: &str) -> String {
    let key: String = runs(name).iter().map(Run::joined).collect();
    // A name of signs alone is itself.
    if key.is_empty() { fold(name).trim().to_owned() } else { key }
}

/// The one word under which whoever bears a name is found, and nobody else. It is no word that is typed.
#[must_use]
pub fn whole_name_word(name: &str) -> String {
    let key: String = name_key(name).chars().filter(|c| !c.is_whitespace()).collect();
    format!("\u{e002}{key}")
}

/// Whether two names are the same as they are compared.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

#[cfg(test)]
mod tests;
