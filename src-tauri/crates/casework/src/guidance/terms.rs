//! What a nation's guidance calls things, and what it rests on.

use sharewell_records::{Moment, Nation};
use sharewell_vault::Vault;

use crate::error::Result;
use crate::guidance::cite::of_source;
use crate::guidance::{Wording, serving};
use crate::views::{SourceView, TermView};
use crate::{clock, language, store};

/// The terms of a nation, where to get advice, and where its guidance comes from.
///
/// # Errors
/// [`crate::Error::NoPack`] where there is no guidance for the nation.
pub fn pack_terms(vault: &Vault, nation: Nation, now: Moment) -> Result<Vec<TermView>> {
    let (carried, language) =
        store::read(vault, |r| Ok((serving::for_day(r, nation, clock::day_of(now))?, language::of(r)?)))?;
    let (pack, wording) = (&carried.pack, Wording::new(&carried.pack, language));
    let term =
        |key: &str, text_key: &str| TermView { key: key.to_owned(), text: wording.text(text_key).to_owned() };
    let terms = pack.terms.iter().map(|name| term(name, &format!("term.{name}")));
    let general = ["pack.title", "pack.lineage", "pack.advice"].into_iter().map(|key| term(key, key));
    Ok(terms.chain(general).collect())
}

/// The sources of a nation's guidance.
///
/// # Errors
/// [`crate::Error::NoPack`] where there is no guidance for the nation.
pub fn sources(vault: &Vault, nation: Nation, now: Moment) -> Result<Vec<SourceView>> {
    let carried = store::read(vault, |r| serving::for_day(r, nation, clock::day_of(now)))?;
    Ok(carried.pack.sources.iter().map(of_source).collect())
}

/// The licences of everything that is part of the program.
#[must_use]
pub fn licences() -> String {
    include_str!("../../../../../THIRD-PARTY.md").to_owned()
}
