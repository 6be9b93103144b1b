//! The shape of a PDF as our typesetter writes it: objects from 1 on in the order of their numbers, each in one piece, a
//! table of where they stand, and a trailer. Whatever is not written so is refused.

use data_encoding::HEXUPPER_PERMISSIVE;

use crate::error::{Error, Result};

/// A PDF in its parts.
pub(super) struct Shape<'a> {
    /// The objects, from number 1 on.
    pub objects: Vec<Object<'a>>,
    /// The trailer behind its size, with the end of its dictionary.
    pub trailer: &'a [u8],
}

/// One object.
pub(super) enum Object<'a> {
    /// A value.
    Plain(&'a [u8]),
    /// A stream: its dictionary behind the length, and its bytes.
    Stream { dict: &'a [u8], data: &'a [u8] },
}

fn strange(place: &'static str) -> Error {
    Error::Encrypt { place }
}

impl<'a> Shape<'a> {
    pub(super) fn of(pdf: &'a [u8]) -> Result<Self> {
        let start = pdf.windows(9).rposition(|part| part == b"startxref").ok_or(strange("startxref"))?;
        let end = pdf.get(start..).unwrap_or_default();
        let mut end = Reading { rest: end };
        end.take(b"startxref")?;
        end.blanks();
        let table = usize::try_from(end.number()?).map_err(|_| strange("table"))?;
        let mut reading = Reading { rest: pdf.get(table..start).ok_or(strange("table"))? };
        reading.take(b"xref\n0 ")?;
        let count = reading.number()?;
        reading.blanks();
        let mut objects = Vec::new();
        for number in 0..count {
            let offset = usize::try_from(reading.number()?).map_err(|_| strange("offset"))?;
            reading.take(b" ")?;
            let _generation = reading.number()?;
            reading.take(b" ")?;
            if number == 0 {
                reading.take(b"f")?;
            } else {
                reading.take(b"n")?;
                objects.push(object(pdf.get(offset..table).ok_or(strange("offset"))?, number)?);
            }
            reading.blanks();
        }
        reading.take(b"trailer\n<</Size ")?;
        reading.number()?;
        let trailer = reading.rest.trim_ascii_end();
        let open = [&b"/Encrypt"[..], b"/Prev", b"/XRefStm"];
        let strange_keys = open.iter().any(|key| trailer.windows(key.len()).any(|part| part == *key));
        if strange_keys || !trailer.ends_with(b">>") {
            return Err(strange("trailer"));
        }
        Ok(Self { objects, trailer })
    }
}

/// The object of a number that begins here.
fn object(bytes: &[u8], number: u64) -> Result<Object<'_>> {
    let mut reading = Reading { rest: bytes };
    if reading.number()? != number {
        return Err(strange("number"));
    }
    reading.take(b" 0 obj\n")?;
    let body = reading.rest;
    let mut value = Value { rest: body, depth: 0 };
    while value.step()? {}
    let value = body.get(..body.len() - value.rest.len()).unwrap_or_default();
    let mut reading = Reading { rest: body.get(value.len()..).unwrap_or_default() };
    if reading.take(b"\nstream\n").is_err() {
        reading.take(b"\nendobj")?;
        return Ok(Object::Plain(value));
    }
    let mut dict = Reading { rest: value };
    dict.take(b"<</Length ")?;
    let length = usize::try_from(dict.number()?).map_err(|_| strange("length"))?;
    // A length that stands elsewhere is not one that this could say anew.
    if dict.rest.starts_with(b" ") || has_crypt(dict.rest) {
        return Err(strange("length"));
    }
    let data = reading.rest.get(..length).ok_or(strange("stream"))?;
    reading.rest = reading.rest.get(length..).unwrap_or_default();
    reading.blanks();
    reading.take(b"endstream\nendobj")?;
    Ok(Object::Stream { dict: dict.rest, data })
}

/// Whether a stream says itself how it is encrypted.
fn has_crypt(dict: &[u8]) -> bool {
    dict.windows(6).any(|part| part == b"/Crypt")
}

/// Bytes that are read from the front.
struct Reading<'a> {
    rest: &'a [u8],
}

impl Reading<'_> {
    fn take(&mut self, wanted: &[u8]) -> Result<()> {
        self.rest = self.rest.strip_prefix(wanted).ok_or(strange("shape"))?;
        Ok(())
    }

    fn number(&mut self) -> Result<u64> {
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.rest.split_at_checked(digits).unwrap_or_default();
        self.rest = rest;
        std::str::from_utf8(number).ok().and_then(|text| text.parse().ok()).ok_or(strange("number"))
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }
}

/// Walks over one value to its end: over dictionaries and arrays, and past strings, in which brackets are letters.
struct Value<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl Value<'_> {
    /// One step; false at the end of the value, where nothing is open and the line ends.
    fn step(&mut self) -> Result<bool> {
        let past = match self.rest {
            [b'\n', ..] if self.depth == 0 => return Ok(false),
            [] => return Err(strange("end")),
            [b'<', b'<', ..] => {
                self.depth += 1;
                2
            }
            [b'>', b'>', ..] => {
                self.depth = self.depth.checked_sub(1).ok_or(strange("end"))?;
                2
            }
            [b'(' | b'<', ..] => text(self.rest)?.1,
            [b'%', ..] => return Err(strange("comment")),
            [_, ..] => 1,
        };
        self.rest = self.rest.get(past..).unwrap_or_default();
        Ok(true)
    }
}

/// Copies a value with every string of it changed. What comes out is written in hexadecimal.
pub(super) fn with_strings(
    value: &[u8],
    out: &mut Vec<u8>,
    change: impl Fn(&[u8]) -> Result<Vec<u8>>,
) -> Result<()> {
    let mut rest = value;
    loop {
        let past = match rest {
            [] => return Ok(()),
            [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
            [b'(' | b'<', ..] => {
                let (said, past) = text(rest)?;
                out.push(b'<');
                out.extend_from_slice(HEXUPPER_PERMISSIVE.encode(&change(&said)?).as_bytes());
                out.push(b'>');
                rest = rest.get(past..).unwrap_or_default();
                continue;
            }
            [_, ..] => 1,
        };
        let (taken, behind) = rest.split_at_checked(past).ok_or(strange("end"))?;
        out.extend_from_slice(taken);
        rest = behind;
    }
}

/// The string that begins here, and how many bytes it takes in the file.
fn text(bytes: &[u8]) -> Result<(Vec<u8>, usize)> {
    match bytes {
        [b'(', rest @ ..] => literal(rest).map(|(said, past)| (said, past + 1)),
        [b'<', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'>').ok_or(strange("string"))?;
            let mut digits = rest.get(..end).unwrap_or_default().to_vec();
            if digits.len() % 2 == 1 {
                digits.push(b'0');
            }
            let said = HEXUPPER_PERMISSIVE.decode(&digits).map_err(|_| strange("string"))?;
            Ok((said, end + 2))
        }
        _ => Err(strange("string")),
    }
}

/// A string in round brackets, behind the first, with its escapes undone (7.3.4.2).
fn literal(bytes: &[u8]) -> Result<(Vec<u8>, usize)> {
    let (mut said, mut open, mut at) = (Vec::new(), 1_usize, 0_usize);
    loop {
        let byte = *bytes.get(at).ok_or(strange("string"))?;
        at += 1;
        match byte {
            b'\\' => {
                let escaped = *bytes.get(at).ok_or(strange("string"))?;
                at += 1;
                match escaped {
                    b'n' => said.push(b'\n'),
                    b'r' => said.push(b'\r'),
                    b't' => said.push(b'\t'),
                    b'b' => said.push(8),
                    b'f' => said.push(12),
                    b'0'..=b'7' => {
                        let digits =
                            bytes.iter().skip(at - 1).take(3).take_while(|one| (b'0'..=b'7').contains(one));
                        let (number, count) = digits.fold((0_u32, 0), |(number, count), one| {
                            (number * 8 + u32::from(one - b'0'), count + 1)
                        });
                        at += count - 1;
                        said.push(u8::try_from(number).map_err(|_| strange("string"))?);
                    }
                    b'\n' => {}
                    b'\r' => return Err(strange("string")),
                    other => said.push(other),
                }
            }
            b'(' => {
                open += 1;
                said.push(byte);
            }
            b')' => {
                open -= 1;
                if open == 0 {
                    return Ok((said, at));
                }
                said.push(byte);
            }
            other => said.push(other),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shouted(value: &str) -> String {
        let mut out = Vec::new();
        with_strings(value.as_bytes(), &mut out, |text| Ok(text.to_ascii_uppercase())).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_string_is_changed_however_it_is_written_and_nothing_else() {
        assert_eq!(shouted("<</A(b)/C[1 0 R(d)]>>"), "<</A<42>/C[1 0 R<44>]>>");
        assert_eq!(shouted("<6a6B>"), "<4A4B>");
        assert_eq!(shouted(r"((a\)b)c)"), "<284129422943>", "brackets within, and one that is escaped");
        assert_eq!(shouted(r"(\101\n\\)"), "<410A5C>");
        assert_eq!(shouted("/Subtype/application#2Fjson"), "/Subtype/application#2Fjson");
    }

    #[test]
    fn what_our_typesetter_does_not_write_is_refused() {
        let file = |body: &str| {
            let start = "%PDF-1.7\n";
            let table = start.len() + body.len();
            format!(
                "{start}{body}xref\n0 2\n0000000000 65535 f\r\n{:010} 00000 n\r\ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{table}\n%%EOF",
                start.len()
            )
        };
        assert!(
            Shape::of(file("1 0 obj\n<</A(b\n>>)>>\nendobj\n").as_bytes()).is_ok(),
            "brackets in a string"
        );
        for strange in [
            "2 0 obj\n<</A 1>>\nendobj\n",
            "1 0 obj\n<</A 1>>\n",
            "1 0 obj\n<</Length 2 0 R>>\nstream\nab\nendstream\nendobj\n",
            "1 0 obj\n<</Length 90>>\nstream\nab\nendstream\nendobj\n",
            "1 0 obj\n<</A(b>>\nendobj\n",
            "1 0 obj\n<</Filter/F/Length 2>>\nstream\nab\nendstream\nendobj\n",
            "1 0 obj\n<</A 1% a word\n>>\nendobj\n",
        ] {
            assert!(Shape::of(file(strange).as_bytes()).is_err(), "{strange}");
        }
        assert!(Shape::of(b"").is_err() && Shape::of(b"startxref\n99\n%%EOF").is_err());
    }
}
