//! CSV as RFC 4180 has it, in two profiles.
//!
//! A spreadsheet takes a cell that begins with `=` for a formula and runs it, drops the zeros before a number, and
//! makes a date of `3/4`. The profile `spreadsheet_safe`, the reader's copy, puts an apostrophe before such a cell,
//! and before a cell that begins with one already, so that a reader takes off exactly one and has the cell as it was.
//! `strict`, the exact copy, changes nothing.

pub use sharewell_records::Profile;

use crate::{Error, Result, Where};

/// The byte-order mark by which a spreadsheet knows UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A cell as it is written under a profile.
#[must_use]
pub fn guard(profile: Profile, cell: &str) -> String {
    match profile {
        Profile::Strict => cell.to_owned(),
        Profile::SpreadsheetSafe if would_change(cell) => format!("'{cell}"),
        Profile::SpreadsheetSafe => cell.to_owned(),
    }
}

/// A cell as it was before [`guard`].
#[must_use]
pub fn unguard(profile: Profile, cell: &str) -> &str {
    match profile {
        Profile::Strict => cell,
        Profile::SpreadsheetSafe => cell.strip_prefix('\'').unwrap_or(cell),
    }
}

/// Whether a spreadsheet might take the cell for a formula, or an importer for a guarded one. Looks past
/// leading blanks, control characters and a byte-order mark, as spreadsheets do.
fn would_run(cell: &str) -> bool {
    let at_once = cell.starts_with(['\'', '\t', '\r', '\n', '\0']);
    let after_blanks = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .starts_with(['=', '+', '-', '@', '|', '%', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    at_once || after_blanks
}

/// Whether a spreadsheet would run the cell, or show and save another one.
fn would_change(cell: &str) -> bool {
    would_run(cell) || would_be_number(cell.trim()) || would_be_date(cell.trim())
}

/// The most digits that a spreadsheet shows as they are; more become a power of ten.
const SHOWN: usize = 11;

/// `0101150016`, `123456789012`, `1E5`, `9.40`: a number to a spreadsheet, which loses a digit of it.
fn would_be_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(cell) {
        return cell.len() > SHOWN || (cell.len() > 1 && cell.starts_with('0'));
    }
    let two = |at: &[char]| cell.split_once(at).is_some_and(|(one, other)| digits(one) && digits(other));
    let power = cell.split_once(['e', 'E']).is_some_and(|(one, other)| {
        one.split('.').all(digits) && digits(other.trim_start_matches(['+', '-']))
    });
    power || two(&['.', ','])
}

/// `3/4`, `1-2`, `12.3.2026`, `9:40`, `MAR1`, `5 May`: a date or a time to a spreadsheet. A day of the tables,
/// `2026-03-12`, is one and stays one.
fn would_be_date(cell: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if cell.len() > 24 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let lower = cell.to_ascii_lowercase();
    let letters = lower.trim_matches(|c: char| !c.is_ascii_alphabetic());
    if !letters.is_empty() {
        let rest_is_plain =
            lower.replacen(letters, "", 1).bytes().all(|byte| b"0123456789 -/.,".contains(&byte));
        return rest_is_plain && letters.len() <= 9 && MONTHS.iter().any(|month| letters.starts_with(month));
    }
    let parts: Vec<&str> = lower.split(['/', '-', '.', ':']).collect();
    let day = matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
        && lower.matches('-').count() == 2;
    let short = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    !day && (2..=3).contains(&parts.len()) && parts.iter().all(short)
}

/// Writes a header row and rows.
///
/// # Errors
/// [`Error::Contents`] where a row has not as many cells as the header.
pub(crate) fn write<'a>(
    name: &str,
    profile: Profile,
    header: impl Iterator<Item = &'a str>,
    rows: &[Vec<String>],
) -> Result<Vec<u8>> {
    let bad = || Error::contents(format!("a row of the table {name} has not as many cells as the header"));
    let mut bytes = match profile {
        Profile::Strict => Vec::new(),
        Profile::SpreadsheetSafe => MARK.to_vec(),
    };
    let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(&mut bytes);
    out.write_record(header).map_err(|_| bad())?;
    for row in rows {
        for cell in row {
            if profile == Profile::SpreadsheetSafe && would_change(cell) {
                out.write_field(guard(profile, cell)).map_err(|_| bad())?;
            } else {
                out.write_field(cell).map_err(|_| bad())?;
            }
        }
        // Ends the row, and counts its cells.
        out.write_record(None::<&[u8]>).map_err(|_| bad())?;
    }
    out.flush()?;
    drop(out);
    Ok(bytes)
}

/// Reads a header row and rows. Takes CRLF or LF, with or without a byte-order mark.
///
/// # Errors
/// [`Error::Table`] with the line of a row that is not UTF-8 or has a wrong number of cells.
pub(crate) fn read(path: &str, profile: Profile, bytes: &[u8]) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Error::Table {
            at: match error.position().and_then(|position| line_at(bytes, position.byte())) {
                Some(line) => Where::line(path, line),
                None => Where::file(path),
            },
            why: match error.kind() {
                ::csv::ErrorKind::Utf8 { .. } => "it is not UTF-8",
                ::csv::ErrorKind::UnequalLengths { .. } => "the row has not as many cells as the header",
                _ => "it is not CSV",
            },
        })?;
        rows.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
    }
    let mut rows = rows.into_iter();
    let header = rows.next().ok_or(Error::Table { at: Where::file(path), why: "it has no header row" })?;
    let rows = rows.map(|row| row.iter().map(|cell| unguard(profile, cell).to_owned()).collect()).collect();
    Ok((header, rows))
}

/// The line that begins at or just after a byte: the reader stops between CR and LF.
fn line_at(bytes: &[u8], at: u64) -> Option<u64> {
    let at = usize::try_from(at).ok()?;
    let before = bytes.get(..at)?.iter().filter(|byte| **byte == b'\n').count() as u64;
    Some(before + 1 + u64::from(bytes.get(at) == Some(&b'\n')))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round(profile: Profile, rows: &[Vec<String>], header: &[String]) -> (Vec<String>, Vec<Vec<String>>) {
        let bytes = write("t", profile, header.iter().map(String::as_str), rows).unwrap();
        read("t.csv", profile, &bytes).unwrap()
    }

    #[test]
    fn awkward_cells_come_back_as_they_were_in_both_profiles() {
        let cells = [
            "=1+1",
            "+441632960000",
            "-5",
            "@x",
            "'x",
            "''=",
            "\tx",
            "\rx",
            "\r\n",
            "a\"b",
            "a\nb",
            "ŵ ŷ",
            "🙂",
            "",
            " =1",
            "|x",
            "%x",
            "\0x",
            "\u{feff}=x",
        ];
        let long = "x".repeat(1 << 20);
        let rows: Vec<Vec<String>> =
            cells.iter().copied().chain([long.as_str()]).map(|cell| vec![cell.to_owned()]).collect();
        for profile in [Profile::Strict, Profile::SpreadsheetSafe] {
            assert_eq!(round(profile, &rows, &["cell".to_owned()]).1, rows, "{profile:?}");
        }
    }

    #[test]
    fn a_formula_is_guarded_for_spreadsheets_and_untouched_for_machines() {
        for cell in ["=SUM(A1)", "+1", "-1", "@a", "\ta", "\ra", "'a", "  =a"] {
            assert_eq!(guard(Profile::SpreadsheetSafe, cell), format!("'{cell}"));
            assert_eq!(guard(Profile::Strict, cell), cell);
        }
        assert_eq!(guard(Profile::SpreadsheetSafe, "plain"), "plain");
    }

    #[test]
    fn a_number_keeps_its_zeros_and_a_reference_never_becomes_a_date_in_the_readers_copy() {
        for cell in [
            "0101150016",
            "07700900123",
            "00123",
            "1E5",
            "1e5",
            "12E+3",
            "3/4",
            "MAR1",
            "mar 1",
            "1-Mar",
            "5 May",
            "May 2026",
            "12/03/2026",
            "1-2",
            "9:40",
            "9.40",
            "12.3.2026",
            "123456789012",
            "1,5",
        ] {
            assert_eq!(guard(Profile::SpreadsheetSafe, cell), format!("'{cell}"));
            assert_eq!(guard(Profile::Strict, cell), cell, "the exact copy stays exact");
        }
        for cell in [
            "",
            "0",
            "7",
            "9434765919",
            "2026-03-12",
            "2026-03-12T10:42:00.000+00:00",
            "01632 960011",
            "true",
            "May",
            "Mary 1 and Joan",
            "12 Elm Row",
            "0192f0c1-2345-7abc-8def-0123456789ab",
            "fact",
        ] {
            assert_eq!(guard(Profile::SpreadsheetSafe, cell), cell);
        }
    }

    #[test]
    fn rows_end_with_crlf_and_the_header_comes_first() {
        let bytes =
            write("t", Profile::Strict, ["a", "b"].into_iter(), &[vec!["1".into(), "x,y".into()]]).unwrap();
        assert_eq!(bytes, b"a,b\r\n1,\"x,y\"\r\n");
    }

    #[test]
    fn a_row_with_a_missing_cell_is_refused_with_its_line() {
        let error = read("t.csv", Profile::Strict, b"a,b\r\n1,2\r\n3\r\n").unwrap_err();
        assert!(matches!(&error, Error::Table { at, .. } if at.line == Some(3)), "{error}");
    }

    proptest! {
        #[test]
        fn any_cells_come_back_as_they_were(
            rows in proptest::collection::vec(proptest::collection::vec(any::<String>(), 3), 0..6),
            safe: bool,
        ) {
            let profile = if safe { Profile::SpreadsheetSafe } else { Profile::Strict };
            let header = ["a", "b", "c"].map(str::to_owned);
            prop_assert_eq!(round(profile, &rows, &header), (header.to_vec(), rows));
        }

        #[test]
        fn no_guarded_cell_begins_with_what_a_spreadsheet_runs(cell in "[=+@|%'\t\r -]{0,4}.{0,4}") {
            let written = guard(Profile::SpreadsheetSafe, &cell);
            prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']));
            prop_assert_eq!(unguard(Profile::SpreadsheetSafe, &written), cell);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
            let _ = read("t.csv", Profile::SpreadsheetSafe, &bytes);
        }
    }
}
