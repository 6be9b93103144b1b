//! A nation's rules of who may give consent, as a table: for the library, and printed for a safeguarding lead.

use sharewell_documents::Language;
use sharewell_guidance::{GiverRow, Pack};
use sharewell_records::{ConsentSense, Moment, Nation};
use sharewell_vault::Vault;

use super::givers::filled;
use crate::error::{Error, Result};
use crate::guidance::Wording;
use crate::guidance::cite::{pack_name, source_views};
use crate::guidance::serving;
use crate::views::{GiversRow, GiversTable, SourceView};
use crate::words::Words;
use crate::{clock, language, store};

/// The rules of a nation's guidance of today, for a safeguarding lead to read.
///
/// # Errors
/// [`Error::NoPack`] where there is no guidance for the nation, [`Error::NotFound`] where it has no table.
pub fn givers_table(vault: &Vault, nation: Nation, now: Moment) -> Result<GiversTable> {
    store::read(vault, |r| {
        let carried = serving::for_day(r, nation, clock::day_of(now))?;
        table(Wording::new(&carried.pack, language::of(r)?)).ok_or(Error::NotFound { what: "table" })
    })
}

/// A pack's rules with their words; none where it has no table. Whoever is owed the confidence is called by a word, and
/// so is whoever answers.
fn table(wording: Wording<'_>) -> Option<GiversTable> {
    let (pack, table) = (wording.pack, wording.pack.givers.as_ref()?);
    let words = &Words::of(wording.language).consent;
    let row = |row: &GiverRow| GiversRow {
        id: row.id.clone(),
        givers: row.givers.clone(),
        ages: row.ages.clone(),
        able: row.able.clone(),
        senses: if row.senses.len() == ConsentSense::ALL.len() { Vec::new() } else { row.senses.clone() },
        may: row.verdict,
        also: row.also.clone(),
        why: filled(wording.text(&format!("giver.{}", row.id)), &words.the_person, &words.this_person),
        confirmed: row.sources.iter().all(|cite| !cite.unconfirmed),
        sources: source_views(pack, &row.sources),
    };
    Some(GiversTable {
        nation: pack.nation,
        pack: pack_name(pack),
        question_from: table.question_from,
        presumed_from: table.presumed_from,
        sources: source_views(pack, &table.sources),
        rows: table.rows.iter().map(row).collect(),
    })
}

/// The rules of a pack as a text in a language; none where it has no table.
#[must_use]
pub fn givers_text(pack: &Pack, language: Language) -> Option<String> {
    let table = table(Wording::new(pack, language))?;
    let words = Words::of(language);
    let said = &words.consent.givers;
    let each = |all: Vec<&str>| words.list(&all);
    let source = |source: &SourceView| {
        let mark = if source.confirmed { String::new() } else { format!(" ({})", said.unconfirmed) };
        format!("{}{mark}", said.source.fill(&[("code", &source.code), ("title", &source.title)]))
    };
    let sources =
        |all: &[SourceView]| all.iter().map(|one| format!("    {}\n", source(one))).collect::<String>();
    let mut text = said.title.fill(&[("pack", &pack.name())]);
    text.push('\n');
    text.push_str(
        &said.ages.fill(&[
            ("from", &table.question_from.to_string()),
            ("presumed", &table.presumed_from.to_string()),
        ]),
    );
    text.push('\n');
    text.push_str(&sources(&table.sources));
    for row in &table.rows {
        let who = each(row.givers.iter().map(|one| said.who.of(*one)).collect());
        let may = said.may.of(row.may);
        let also = each(row.also.iter().map(|one| said.who.of(*one)).collect());
        let line = match row.also.is_empty() {
            true => said.row.fill(&[("who", &who), ("may", may)]),
            false => said.row_with.fill(&[("who", &who), ("may", may), ("also", &also)]),
        };
        let ages = each(row.ages.iter().map(|one| said.age.of(*one)).collect());
        let able = each(row.able.iter().map(|one| said.able.of(*one)).collect());
        text.push_str(&format!("\n{line}\n  {}\n", said.about.fill(&[("ages", &ages), ("able", &able)])));
        if !row.senses.is_empty() {
            let senses = each(row.senses.iter().map(|one| words.consent.sense.of(*one)).collect());
            text.push_str(&format!("  {}\n", said.sense.fill(&[("senses", &senses)])));
        }
        text.push_str(&format!("  {}\n{}", row.why, sources(&row.sources)));
    }
    Some(text)
}
