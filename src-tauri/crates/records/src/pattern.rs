//! Messages with places to fill, as the catalogues of a language have them.

use serde::Deserialize;

/// A message with places in braces, as a translator writes it: `expected {day}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Pattern(String);

impl Pattern {
    /// The message with its places filled. What is filled in is never read as a place again, whatever somebody typed.
    #[must_use]
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let (mut filled, mut rest) = (String::new(), self.0.as_str());
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, further)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            match values.iter().find(|(one, _)| *one == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.push_str(name),
            }
            rest = further;
        }
        filled.push_str(rest);
        filled
    }

    /// Parts that say something, behind one another: the places are `before` and `next`.
    #[must_use]
    pub fn join<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> String {
        let said = parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned);
        said.reduce(|before, next| self.fill(&[("before", &before), ("next", &next)])).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let pattern = Pattern("{label}: {words}".to_owned());
        assert_eq!(pattern.fill(&[("label", "{words}"), ("words", "{label} {")]), "{words}: {label} {");
        assert_eq!(Pattern("10 {".to_owned()).fill(&[]), "10 {");
    }

    #[test]
    fn what_says_nothing_is_not_joined() {
        let pattern = Pattern("{before}, {next}".to_owned());
        assert_eq!(pattern.join(["", "Lee", "", "teacher"]), "Lee, teacher");
        assert_eq!(pattern.join(["", ""]), "");
    }
}
