//! Reading TOML tables field by field, with the line of every one, and noticing what was not read.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use sharewell_records::Day;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Problem, Spot, What};

/// Where problems are gathered.
#[derive(Default)]
pub(crate) struct Problems(pub RefCell<Vec<Problem>>);

impl Problems {
    pub fn add(&self, spot: &Spot, id: &str, what: What, message: impl Into<String>) {
        let (file, line) = (spot.file.clone(), spot.line);
        self.0.borrow_mut().push(Problem { file, line, id: id.into(), what, message: message.into() });
    }
}

/// One file: its path and where its lines begin.
pub(crate) struct Source<'a> {
    pub path: &'a str,
    pub text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1).collect();
        Self { path, text, starts }
    }

    pub fn spot(&self, at: usize) -> Spot {
        let line = self.starts.partition_point(|start| *start <= at) + 1;
        Spot { file: self.path.to_owned(), line: u32::try_from(line).unwrap_or(u32::MAX) }
    }
}

/// One table, being read.
pub(crate) struct Row<'a> {
    pub source: &'a Source<'a>,
    pub problems: &'a Problems,
    table: &'a DeTable<'a>,
    at: usize,
    pub id: RefCell<String>,
    read: RefCell<BTreeSet<&'static str>>,
    reported: Cell<bool>,
}

impl<'a> Row<'a> {
    pub fn new(source: &'a Source<'a>, problems: &'a Problems, table: &'a DeTable<'a>, at: usize) -> Self {
        let (id, read) = (RefCell::default(), RefCell::default());
        Self { source, problems, table, at, id, read, reported: Cell::new(false) }
    }

    pub fn spot(&self) -> Spot {
        self.source.spot(self.at)
    }

    pub fn spot_of(&self, field: &str) -> Spot {
        self.table.get(field).map_or_else(|| self.spot(), |value| self.source.spot(value.span().start))
    }

    pub fn add(&self, field: &str, what: What, message: impl Into<String>) {
        self.problems.add(&self.spot_of(field), &self.id.borrow(), what, message);
    }

    pub fn has(&self, field: &str) -> bool {
        self.table.get(field).is_some()
    }

    pub fn get(&self, field: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.read.borrow_mut().insert(field);
        self.table.get(field)
    }

    fn typed<T>(
        &self,
        field: &'static str,
        wanted: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(field)?;
        let read = read(value.get_ref());
        if read.is_none() {
            let found = value.get_ref().type_str();
            self.add(field, What::WrongType, format!("\"{field}\" must be {wanted}, not a {found}"));
        }
        read
    }

    pub fn text(&self, field: &'static str) -> Option<&'a str> {
        self.typed(field, "text", DeValue::as_str)
    }

    pub fn required<T>(&self, field: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(field) {
            self.add(field, What::MissingField, format!("\"{field}\" is missing"));
        }
        value
    }

    pub fn required_text(&self, field: &'static str) -> String {
        let text = self.required(field, self.text(field)).unwrap_or_default();
        if text.trim().is_empty() && self.has(field) {
            self.add(field, What::MissingField, format!("\"{field}\" is empty"));
        }
        text.to_owned()
    }

    /// The row's own id: checked, remembered for every later message.
    pub fn own_id(&self, field: &'static str) -> Option<String> {
        let id = self.required(field, self.text(field))?;
        *self.id.borrow_mut() = id.chars().take(64).collect();
        if is_id(id) {
            return Some(id.to_owned());
        }
        self.add(field, What::BadId, format!("\"{field}\" is not an id"));
        None
    }

    pub fn flag(&self, field: &'static str) -> Option<bool> {
        self.typed(field, "true or false", DeValue::as_bool)
    }

    pub fn number(&self, field: &'static str) -> Option<i32> {
        self.typed(field, "a whole number", |value| {
            let number = value.as_integer()?;
            i32::from_str_radix(number.as_str(), number.radix()).ok()
        })
    }

    pub fn day(&self, field: &'static str) -> Option<Day> {
        let value = self.get(field)?;
        self.date(field, value)
    }

    /// A list of dates.
    pub fn days(&self, field: &'static str) -> Vec<Day> {
        self.list(field).into_iter().filter_map(|value| self.date(field, value)).collect()
    }

    fn date(&self, field: &str, value: &Spanned<DeValue<'_>>) -> Option<Day> {
        let value = value.get_ref();
        let text = value.as_str().map(str::to_owned).or_else(|| value.as_datetime().map(ToString::to_string));
        let day = text.filter(|t| t.len() == 10).and_then(|t| t.parse().ok()).map(Day);
        if day.is_none() {
            self.add(field, What::BadDate, format!("\"{field}\" is not a date"));
        }
        day
    }

    /// A word of a closed set.
    pub fn word<T: Copy>(&self, field: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(field)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.add(field, What::NotAWord, format!("\"{field}\" must be one of: {}", list.join(", ")));
        }
        found
    }

    /// A list, or a single value taken as a list of one.
    pub fn list(&self, field: &'static str) -> Vec<&'a Spanned<DeValue<'a>>> {
        match self.get(field) {
            None => Vec::new(),
            Some(value) => match value.get_ref() {
                DeValue::Array(items) => items.iter().collect(),
                _ => vec![value],
            },
        }
    }

    pub fn texts(&self, field: &'static str) -> Vec<&'a str> {
        let items = self.list(field);
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => texts.push(text),
                None => self.add(field, What::WrongType, format!("\"{field}\" must be a list of texts")),
            }
        }
        texts
    }

    pub fn row(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Row<'a>> {
        let table = value.get_ref().as_table()?;
        let row = Row::new(self.source, self.problems, table, value.span().start);
        row.id.borrow_mut().clone_from(&self.id.borrow());
        Some(row)
    }

    pub fn rows(&self, field: &'static str) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for item in self.list(field) {
            match self.row(item) {
                Some(row) => rows.push(row),
                None => self.add(field, What::WrongType, format!("\"{field}\" must be a list of tables")),
            }
        }
        rows
    }

    /// Reports the fields that nobody asked for.
    pub fn finish(&self) {
        if self.reported.replace(true) {
            return;
        }
        let read = self.read.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !read.contains(name) {
                let shown: String = name.chars().take(64).collect();
                let spot = self.source.spot(key.span().start);
                let message = format!("the field \"{shown}\" is not known here");
                self.problems.add(&spot, &self.id.borrow(), What::UnknownField, message);
            }
        }
    }
}

/// Whether a text may name something in a pack.
pub(crate) fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= 48
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

impl<'a> Row<'a> {
    /// The whole table, for wording, whose keys are free.
    pub fn whole(&self) -> &'a DeTable<'a> {
        self.table
    }
}
