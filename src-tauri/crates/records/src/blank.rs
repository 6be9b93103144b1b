//! Whether a text still has a place that was left to be filled.
//!
//! A suggested ground may leave one, in brackets that say what belongs there: *under [name the Act]*. Signed as it came,
//! it would read as an instruction and say nothing. Dots and lines are what people write where they mean to come back.

/// Whether something in a text is still to be filled in: brackets, dots that go on, a line to write on.
#[must_use]
pub fn has_blank(text: &str) -> bool {
    let bracket = text.find('[').is_some_and(|from| text.get(from..).is_some_and(|rest| rest.contains(']')));
    bracket || ["…", "...", "__"].into_iter().any(|blank| text.contains(blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_dots_and_lines_are_places_to_be_filled() {
        for open in [
            "Your agency's own functions, under [name the Act].",
            "[ ]",
            "It is necessary because …",
            "because ... and no more",
            "Section __ of the Act",
        ] {
            assert!(has_blank(open), "{open}");
        }
    }

    #[test]
    fn what_a_person_writes_and_cites_is_no_blank() {
        for whole in [
            "",
            "Children (Scotland) Act 1995, section 22",
            "Public task, Article 6(1)(e).",
            "The least that serves the purpose; see e.g. R. v. A. [sic",
            "so-called ] and nothing before it",
            "snake_case",
        ] {
            assert!(!has_blank(whole), "{whole}");
        }
    }
}
