//! Stored bytes as JSON: whether they are, and how they stand in one line.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Whether the bytes are one JSON value, as strictly as a reader that keeps the value.
///
/// The library's own way of skipping a value is laxer: it lets through numbers that are too large and halves
/// of surrogate pairs, and the reader would then refuse what was written.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<Any>(text).is_ok())
}

/// Writes JSON byte for byte, so that it takes one line: only between its tokens can a line end stand raw, and
/// a blank means the same.
pub(crate) fn on_one_line(out: &mut Vec<u8>, json: &[u8]) {
    let from = out.len();
    out.extend_from_slice(json);
    for byte in out.get_mut(from..).unwrap_or_default() {
        *byte = if matches!(*byte, b'\n' | b'\r') { b' ' } else { *byte };
    }
}

/// A value that is looked at and not kept.
struct Any;

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self, A::Error> {
        while values.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn kept(bytes: &[u8]) -> bool {
        serde_json::from_slice::<Value>(bytes).is_ok()
    }

    #[test]
    fn nothing_is_taken_that_a_reader_who_keeps_the_value_would_refuse() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let (deep, deeper) = (deep(100), deep(200));
        for (text, good) in [
            (r#"{"a":[1,-2,3.5,1e9,true,false,null,"\u00e9\ud83d\ude00"],"":{}}"#, true),
            (" {\"a\":\n1}\r\n", true),
            (r#"{"a":1,"a":2}"#, true),
            (&deep, true),
            (&deeper, false),
            ("1e999", false),
            (r#""\ud800""#, false),
            (r#"{"\ud800":1}"#, false),
            ("\"a\nb\"", false),
            ("{} {}", false),
            ("{1:2}", false),
            ("01", false),
            ("NaN", false),
            ("", false),
            ("[1,]", false),
        ] {
            assert_eq!(is_json(text.as_bytes()), good, "{text}");
            assert_eq!(kept(text.as_bytes()), good, "the library agrees: {text}");
        }
        assert!(!is_json(b"\"\xff\""), "not UTF-8");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn bytes_are_json_exactly_when_the_library_reads_them(
            text in r#"[\[\]{}:,"0-9eE+.\\a-z \n-]{0,24}|(\{"[a-z]{0,3}":("[^"\\]{0,6}"|-?[0-9]{1,3}|null)\}|\[(true|1e[0-9]{1,3}),"\\u[0-9a-fA-F]{4}"\])"#,
        ) {
            prop_assert_eq!(is_json(text.as_bytes()), kept(text.as_bytes()));
        }

        #[test]
        fn json_on_one_line_is_the_same_value(words in prop::collection::vec(".{0,8}", 0..5)) {
            let value = Value::from(words);
            let mut line = b"x".to_vec();
            on_one_line(&mut line, serde_json::to_string_pretty(&value).unwrap().replace('\n', "\r\n").as_bytes());
            let (before, line) = line.split_first().unwrap();
            prop_assert_eq!(*before, b'x', "what stood there before stays");
            prop_assert!(!line.iter().any(|byte| matches!(byte, b'\n' | b'\r')));
            prop_assert_eq!(serde_json::from_slice::<Value>(line).unwrap(), value);
        }
    }
}
