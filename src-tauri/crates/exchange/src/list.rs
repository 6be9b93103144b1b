//! A list that somebody else wrote, as CSV (RFC 4180), row by row.
//!
//! It is read as a stream: what stands in memory is one row. A row that cannot be read is told by its number and costs
//! no other row, a quotation mark that is never closed included. Nothing is guessed about letters: a text that is not
//! UTF-8 is told, since a name that was guessed wrongly is a wrong name.

use std::collections::VecDeque;
use std::io::{BufRead, Read, Result};

use csv::{ByteRecord, ReaderBuilder};

/// The longest row, in bytes.
pub const MOST_IN_ROW: usize = 64 * 1024;
/// How many lines one cell may have. Beyond, a quotation mark was left open.
const MOST_LINES: usize = 40;

/// Why a file is no such list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAList {
    /// There is nothing in it.
    Empty,
    /// It is a spreadsheet's own file, or another one that is packed.
    Workbook,
    /// Its letters are written in two bytes each (UTF-16).
    Wide,
    /// Its first row cannot be read.
    NoHeader,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotARow {
    /// Its letters are not written in UTF-8.
    NotText,
    /// A quotation mark is opened in it and not closed.
    QuoteOpen,
    /// It has more cells than there are columns.
    TooManyCells,
    /// It holds more than [`MOST_IN_ROW`].
    TooLong,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, as a spreadsheet counts: the first row holds the names of the columns.
    pub number: u32,
    /// Its cells, as many as there are columns; or why it cannot be read.
    pub cells: std::result::Result<Vec<String>, NotARow>,
}

/// One line as it lies in the file; none of its bytes where it is too long.
type Line = Option<Vec<u8>>;

/// The rows of a list.
#[derive(Debug)]
pub struct Rows<R> {
    from: R,
    delimiter: u8,
    columns: Vec<String>,
    number: u32,
    /// Lines that were taken for a part of a row and are none.
    again: VecDeque<Line>,
}

impl<R: BufRead> Rows<R> {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// What reading gives. The inner one says why it is no list.
    pub fn of(mut from: R) -> Result<std::result::Result<Self, NotAList>> {
        let mut start = Vec::new();
        from.by_ref().take(4).read_to_end(&mut start)?;
        let refused = match start.as_slice() {
            [] => Some(NotAList::Empty),
            [b'P', b'K', ..] | [0xD0, 0xCF, ..] => Some(NotAList::Workbook),
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..] => Some(NotAList::Wide),
            _ => None,
        };
        if let Some(refused) = refused {
            return Ok(Err(refused));
        }
        let bare = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
        let mut rows = Self { from, delimiter: b',', columns: Vec::new(), number: 0, again: VecDeque::new() };
        let first = rows.line_after(bare.to_vec())?;
        let Some(Some(first)) = first else { return Ok(Err(NotAList::NoHeader)) };
        let parts = |delimiter: &u8| cells(&first, *delimiter).map_or(0, |cells| cells.len());
        // Programs of other countries put a semicolon, and some a tabulator.
        let delimiters = [b',', b';', b'\t'];
        rows.delimiter = delimiters.into_iter().rev().max_by_key(parts).unwrap_or(b',');
        let Ok(columns) = cells(&first, rows.delimiter) else { return Ok(Err(NotAList::NoHeader)) };
        rows.columns = columns;
        rows.number = 1;
        Ok(Ok(rows))
    }

    /// The names of the columns, as they stand there.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next line that is not empty; none at the end.
    fn line(&mut self) -> Result<Option<Line>> {
        match self.again.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.line_after(Vec::new()),
        }
    }

    /// The next line of the file behind what was read of it already. It ends with a line feed, a carriage return, or
    /// both.
    fn line_after(&mut self, mut line: Vec<u8>) -> Result<Option<Line>> {
        let mut any = !line.is_empty();
        let mut whole = true;
        // The first bytes of the file may hold the end of the first line already.
        if let Some(at) = line.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let rest = line.split_off(at);
            let ends = if rest.starts_with(b"\r\n") { 2 } else { 1 };
            let rest = rest.get(ends..).unwrap_or_default().to_vec();
            if !rest.is_empty() {
                let behind = self.line_after(rest)?;
                self.again.extend(behind);
            }
            return Ok(Some(Some(line)));
        }
        loop {
            let there = self.from.fill_buf()?;
            if there.is_empty() {
                break;
            }
            any = true;
            let end = there.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let part = there.get(..end.unwrap_or(there.len())).unwrap_or_default();
            whole = whole && line.len() + part.len() <= MOST_IN_ROW;
            if whole {
                line.extend_from_slice(part);
            }
            let Some(end) = end else {
                let all = there.len();
                self.from.consume(all);
                continue;
            };
            let carriage = there.get(end) == Some(&b'\r');
            self.from.consume(end + 1);
            if carriage && self.from.fill_buf()?.first() == Some(&b'\n') {
                self.from.consume(1);
            }
            break;
        }
        Ok(any.then(|| whole.then_some(line)))
    }

    fn row(&mut self, first: Vec<u8>) -> Result<Row> {
        let number = self.number;
        let mut text = first;
        let mut behind: Vec<Line> = Vec::new();
        let mut fits = true;
        // A cell with a line break in it goes on in the next line.
        while fits && is_open(&text) && behind.len() < MOST_LINES {
            let Some(next) = self.line()? else { break };
            match &next {
                Some(more) if text.len() + more.len() < MOST_IN_ROW => {
                    text.push(b'\n');
                    text.extend_from_slice(more);
                }
                Some(_) | None => fits = false,
            }
            behind.push(next);
        }
        // Two rows that each leave a quotation mark open look like one cell over several lines, and are none.
        let amiss = is_open(&text) || (!behind.is_empty() && !is_quoted_whole(&text, self.delimiter));
        let read = if amiss { Err(NotARow::QuoteOpen) } else { cells(&text, self.delimiter) };
        let whole = read.as_ref().is_ok_and(|cells| cells.len() == self.columns.len());
        if !behind.is_empty() && !whole {
            // Those lines are rows of their own: what is wrong is the first alone.
            for line in behind.into_iter().rev() {
                self.again.push_front(line);
            }
            return Ok(Row { number, cells: Err(NotARow::QuoteOpen) });
        }
        let cells = read.and_then(|mut cells| {
            if cells.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
                return Err(NotARow::TooManyCells);
            }
            cells.resize(self.columns.len(), String::new());
            Ok(cells)
        });
        Ok(Row { number, cells })
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.line() {
                Ok(line) => line?,
                Err(error) => return Some(Err(error)),
            };
            self.number = self.number.saturating_add(1);
            let Some(line) = line else {
                return Some(Ok(Row { number: self.number, cells: Err(NotARow::TooLong) }));
            };
            // A row of nothing but separators is an empty one.
            let nothing = |byte: &u8| byte.is_ascii_whitespace() || *byte == self.delimiter || *byte == b'"';
            if is_open(&line) || !line.iter().all(nothing) {
                return Some(self.row(line));
            }
        }
    }
}

/// Whether a quotation mark stands open at the end of a text.
fn is_open(text: &[u8]) -> bool {
    text.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

/// Whether every cell that begins with a quotation mark ends with one, and no other holds one (RFC 4180, 5 to 7).
fn is_quoted_whole(text: &[u8], delimiter: u8) -> bool {
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    let (mut begins, mut inside) = (true, false);
    let mut bytes = text.iter().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, inside) {
            (b'"', true) if bytes.peek() == Some(&&b'"') => drop(bytes.next()),
            (b'"', true) => {
                inside = false;
                if bytes.peek().is_some_and(|next| !ends(next)) {
                    return false;
                }
            }
            (b'"', false) if begins => inside = true,
            (b'"', false) => return false,
            (_, _) => {}
        }
        begins = !inside && ends(byte);
    }
    !inside
}

/// The cells of one row.
fn cells(row: &[u8], delimiter: u8) -> std::result::Result<Vec<String>, NotARow> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(row.len().max(1))
        .from_reader(row);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).map_err(|_| NotARow::QuoteOpen)?;
    let text = |cell: &[u8]| std::str::from_utf8(cell).map(|cell| cell.trim().to_owned());
    record.iter().map(text).collect::<std::result::Result<_, _>>().map_err(|_| NotARow::NotText)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(u32, std::result::Result<Vec<String>, NotARow>)> {
        let rows = Rows::of(bytes).unwrap().unwrap();
        rows.map(|row| row.map(|row| (row.number, row.cells)).unwrap()).collect()
    }

    fn ok(cells: &[&str]) -> std::result::Result<Vec<String>, NotARow> {
        Ok(cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_are_read_whatever_ends_a_line_and_parts_the_cells() {
        for (ends, parts) in [("\r\n", ","), ("\n", ";"), ("\r", "\t"), ("\n", ",")] {
            let text = format!(
                "\u{feff}name{parts}phone{ends}Desk{parts}01632 960001{ends}{ends}{parts}{ends}\"Say \"\"hello\"\"\"{parts}\"1{ends}2\"{ends}Last"
            );
            let read = rows(text.as_bytes());
            let expected = [
                (2, ok(&["Desk", "01632 960001"])),
                (5, ok(&["Say \"hello\"", "1\n2"])),
                (6, ok(&["Last", ""])),
            ];
            assert_eq!(read, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_list_is_told_by_what_it_is() {
        let why = |bytes: &[u8]| Rows::of(bytes).unwrap().err();
        assert_eq!(why(b""), Some(NotAList::Empty));
        assert_eq!(why(b"PK\x03\x04rest"), Some(NotAList::Workbook));
        assert_eq!(why(b"\xD0\xCF\x11\xE0"), Some(NotAList::Workbook));
        assert_eq!(why(b"\xFF\xFEn\0a\0"), Some(NotAList::Wide));
        assert_eq!(why(b"n\0a\0m\0e\0"), Some(NotAList::Wide));
        assert_eq!(why(b"n\xE9e,phone\nDesk,1"), Some(NotAList::NoHeader));
        assert_eq!(why(b"a\nb"), None);
    }

    #[test]
    fn a_bad_row_is_told_by_its_number_and_costs_no_other() {
        let long = format!("{},1", "x".repeat(MOST_IN_ROW + 5));
        let mut bytes = b"name,phone\nA,1\nCaf\xE9,2\nB,3\n\"open,4\nC,5\nD,6,7\nE,8,,\n".to_vec();
        bytes.extend_from_slice(long.as_bytes());
        bytes.extend_from_slice(b"\nF,9");
        let expected = [
            (2, ok(&["A", "1"])),
            (3, Err(NotARow::NotText)),
            (4, ok(&["B", "3"])),
            (5, Err(NotARow::QuoteOpen)),
            (6, ok(&["C", "5"])),
            (7, Err(NotARow::TooManyCells)),
            (8, ok(&["E", "8"])),
            (9, Err(NotARow::TooLong)),
            (10, ok(&["F", "9"])),
        ];
        assert_eq!(rows(&bytes), expected);
    }

    #[test]
    fn a_quotation_mark_left_open_swallows_no_row_behind_it() {
        let mut text = String::from("name,phone\n\"Desk,1\n");
        for n in 0..200 {
            text.push_str(&format!("Post {n},{n}\n"));
        }
        let read = rows(text.as_bytes());
        assert_eq!(read.len(), 201);
        assert_eq!(read[0], (2, Err(NotARow::QuoteOpen)));
        assert!(read[1..].iter().all(|(_, cells)| cells.is_ok()));
        // Two of them make a pair that is no row.
        let read = rows(b"name,phone\n\"A,1\nB,2\n\"C,3\nD,4");
        let fine: Vec<u32> = read.iter().filter(|(_, cells)| cells.is_ok()).map(|(at, _)| *at).collect();
        assert_eq!(fine, [3, 5]);
    }

    #[test]
    fn a_hundred_thousand_rows_are_read_one_at_a_time() {
        /// Gives rows as they are asked for, so that nothing holds them all.
        struct Endless(u32, Vec<u8>);
        impl Read for Endless {
            fn read(&mut self, to: &mut [u8]) -> Result<usize> {
                while self.1.is_empty() && self.0 <= 100_000 {
                    self.1 = match self.0 {
                        0 => b"name,phone\n".to_vec(),
                        n => format!("Desk {n},01632 {n}\n").into_bytes(),
                    };
                    self.0 += 1;
                }
                let count = self.1.len().min(to.len());
                to[..count].copy_from_slice(&self.1[..count]);
                self.1.drain(..count);
                Ok(count)
            }
        }
        let rows = Rows::of(std::io::BufReader::new(Endless(0, Vec::new()))).unwrap().unwrap();
        let mut last = 0;
        for row in rows {
            let row = row.unwrap();
            assert!(row.cells.is_ok());
            last = row.number;
        }
        assert_eq!(last, 100_001);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reading_panic_or_go_on_for_ever(
            bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..400)
        ) {
            if let Ok(rows) = Rows::of(bytes.as_slice()).unwrap() {
                let columns = rows.columns().len();
                for (count, row) in rows.enumerate() {
                    prop_assert!(count <= 400);
                    if let Ok(cells) = row.unwrap().cells {
                        prop_assert_eq!(cells.len(), columns);
                    }
                }
            }
        }

        #[test]
        fn what_a_spreadsheet_writes_is_read_as_it_was(
            table in proptest::collection::vec(proptest::collection::vec("[a-z \",;\u{e9}\n]{0,12}", 3), 1..8)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let read: Vec<Vec<String>> = rows(&bytes).into_iter().map(|(_, cells)| cells.unwrap()).collect();
            let blank = |row: &&Vec<String>| {
                !row.iter().all(|cell| cell.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '"')))
            };
            let whole = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
            let expected: Vec<Vec<String>> = table.iter().filter(blank).map(whole).collect();
            let read: Vec<Vec<String>> = read.into_iter().filter(|row| blank(&row)).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
