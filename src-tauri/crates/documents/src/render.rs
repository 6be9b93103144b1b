//! From values to PDF: keep protected names out, make the texts printable, lay out, export.

use chrono::{Datelike as _, Timelike as _};
use serde::Serialize;
use serde_json::Value as Json;
use sharewell_records::Protection;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Dict, Smart, Value};
use typst::syntax::DiagSpan;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::{Error, Result};
use crate::parts::{Record, Sheet};
use crate::printable::printable;
use crate::share::SharedPaper;
use crate::world::{Desk, has_letter};

/// The kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Decision,
    RestrictedSheet,
    RecoveryKit,
    Emergency,
    FileSummary,
    Referral,
    Share,
    Slip,
    Statement,
    FamilyCopy,
    Chronology,
}

impl Kind {
    /// The kind in a word; part of file names and of the attached format.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::RestrictedSheet => "restricted-sheet",
            Self::RecoveryKit => "recovery-kit",
            Self::Emergency => "emergency",
            Self::FileSummary => "file-summary",
            Self::Referral => "referral",
            Self::Share => "share",
            Self::Slip => "slip",
            Self::Statement => "statement",
            Self::FamilyCopy => "family-copy",
            Self::Chronology => "chronology",
        }
    }

    /// The version of the attached JSON. A change of its shape is a new number.
    fn format(self) -> String {
        format!("sharewell-{}-document/1", self.word())
    }
}

/// What is attached to the PDF.
pub(crate) enum Attach<'a> {
    /// Nothing.
    Nothing,
    /// The values, and the stored record where there is one.
    Values { record: Option<&'a Record> },
    /// The values; the pictures of papers go to the pages alone.
    Share { papers: &'a [SharedPaper] },
}

/// What a PDF has to be beside readable by everybody (PDF/UA-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Kept for thirty years: PDF/A-3a.
    Archive,
    /// Nothing else: what is encrypted next is no PDF/A.
    Readable,
}

impl Keep {
    fn standards(self) -> &'static [PdfStandard] {
        match self {
            Self::Archive => &[PdfStandard::A_3a, PdfStandard::Ua_1],
            Self::Readable => &[PdfStandard::Ua_1],
        }
    }
}

/// One document to make.
pub(crate) struct Job<'a, D> {
    pub(crate) kind: Kind,
    pub(crate) document: &'a D,
    pub(crate) sheet: &'a Sheet,
    pub(crate) attach: Attach<'a>,
    /// Who is kept out of every text; none where the document is for protected names.
    pub(crate) protection: Option<&'a Protection>,
    pub(crate) keep: Keep,
    /// A picture (PNG) that stands in it; none in most.
    pub(crate) picture: Option<&'a [u8]>,
}

/// Empties the typesetter's memory of what it was given, however a document ends: it would keep names and notes for
/// as long as the program runs.
struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        typst::comemo::evict(0);
    }
}

/// Makes a document.
pub(crate) fn render<D: Serialize>(job: &Job<'_, D>) -> Result<Vec<u8>> {
    let _forget = Forget;
    let document = job.kind.word();
    let desk = Desk::new(&format!("{document}.typ"), inputs(job)?)
        .ok_or_else(|| Error::Compose { document, place: "no template".into() })?;

    let laid_out = typst::compile::<PagedDocument>(&desk);
    #[cfg(test)]
    tests::no_warnings(&laid_out.warnings);
    let pages =
        laid_out.output.map_err(|errors| Error::Compose { document, place: place(&desk, &errors) })?;

    let standards = PdfStandards::new(job.keep.standards())
        .map_err(|_| Error::Export { document, place: "standards".into() })?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{document} {} {}", job.sheet.number, job.sheet.printed_at)),
        creator: Smart::Custom(Some("Sharewell".into())),
        timestamp: Some(timestamp(job.sheet)?),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options)
        .map_err(|errors| Error::Export { document, place: place(&desk, &errors) })
}

/// What the template may read as `sys.inputs`: bytes of JSON, and nothing that it would evaluate.
fn inputs<D: Serialize>(job: &Job<'_, D>) -> Result<Dict> {
    let document = job.kind.word();
    let failed = |_| Error::Values { document };
    let mut values = serde_json::to_value(job.document).map_err(failed)?;
    if let Some(protection) = job.protection {
        protection.scrub_value(&mut values);
    }

    let mut attached = Vec::new();
    let mut record_left_out = false;
    let (has_values, record, papers) = match job.attach {
        Attach::Nothing => (false, None, &[][..]),
        Attach::Values { record } => (true, record, &[][..]),
        Attach::Share { papers } => (true, None, papers),
    };
    if has_values {
        if let Some(values) = values.as_object_mut() {
            values.insert("format".into(), Json::String(job.kind.format()));
        }
        let own = serde_json::to_vec_pretty(&values).map_err(failed)?;
        attached.push((format!("{document}.json"), "data", own));
        if let Some(record) = record {
            if job.protection.is_some_and(|one| one.names_protected_in_json(&record.json)) {
                record_left_out = true;
            } else {
                attached.push(("record.json".into(), "source", record.json.clone().into_bytes()));
            }
        }
    }

    let mut has_codes = false;
    walk(&mut values, &mut |text| {
        let shown = printable(text, has_letter);
        has_codes |= shown.has_codes;
        shown.text
    });

    let attached: typst::foundations::Array = attached
        .into_iter()
        .map(|(name, relation, bytes)| {
            let mut file = Dict::new();
            file.insert("name".into(), Value::Str(name.into()));
            file.insert("relation".into(), Value::Str(relation.into()));
            file.insert("bytes".into(), Value::Bytes(Bytes::new(bytes)));
            Value::Dict(file)
        })
        .collect();
    let data = serde_json::to_string(&values).map_err(failed)?;
    let words = job.sheet.language.words();
    let from_right = goes_from_right(&data) || goes_from_right(&String::from_utf8_lossy(words));
    let mut inputs = Dict::new();
    inputs.insert("from-right".into(), Value::Bool(from_right));
    inputs.insert("data".into(), Value::Bytes(Bytes::new(data.into_bytes())));
    inputs.insert("words".into(), Value::Bytes(Bytes::new(words)));
    inputs.insert("attached".into(), Value::Array(attached));
    inputs.insert("pictures".into(), Value::Array(papers.iter().map(pictures).collect()));
    let picture = job.picture.map_or(Value::None, |bytes| Value::Bytes(Bytes::new(bytes.to_vec())));
    inputs.insert("picture".into(), picture);
    inputs.insert("has-codes".into(), Value::Bool(has_codes));
    inputs.insert("record-left-out".into(), Value::Bool(record_left_out));
    Ok(inputs)
}

/// Whether something in a text is read from the right, by the blocks in which such letters stand: the template looks
/// closer, and only then.
fn goes_from_right(text: &str) -> bool {
    let from_right = |sign: char| {
        matches!(sign,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    text.chars().any(from_right)
}

/// The pages of a paper, as the typesetter takes them.
fn pictures(paper: &SharedPaper) -> Value {
    let pages = paper.pictures.iter().map(|jpeg| Value::Bytes(Bytes::new(jpeg.clone())));
    Value::Array(pages.collect())
}

/// The texts of a document in which something has no letter in our typefaces and is printed as its code: those that
/// leave, each once and no longer than a line.
pub(crate) fn not_printed<D: Serialize>(
    kind: Kind,
    document: &D,
    protection: Option<&Protection>,
) -> Result<Vec<String>> {
    const LINE: usize = 80;
    let mut values = serde_json::to_value(document).map_err(|_| Error::Values { document: kind.word() })?;
    if let Some(protection) = protection {
        protection.scrub_value(&mut values);
    }
    let mut found: Vec<String> = Vec::new();
    walk(&mut values, &mut |text| {
        for line in text.lines().filter(|line| printable(line, has_letter).has_codes) {
            // Around the first sign that is not there.
            let signs: Vec<char> = line.chars().collect();
            let lacks = |sign: &char| printable(sign.encode_utf8(&mut [0; 4]), has_letter).has_codes;
            let first = signs.iter().position(lacks).unwrap_or(0);
            let from = first.saturating_sub(LINE / 2).min(signs.len().saturating_sub(LINE));
            let shown: String = signs.iter().skip(from).take(LINE).collect();
            if !found.contains(&shown) {
                found.push(shown);
            }
        }
        String::new()
    });
    Ok(found)
}

/// Changes every text of a value. Keys are ours and stay.
fn walk(value: &mut Json, change: &mut impl FnMut(&str) -> String) {
    match value {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(text) => *text = change(text),
        Json::Array(values) => values.iter_mut().for_each(|value| walk(value, change)),
        Json::Object(values) => values.values_mut().for_each(|value| walk(value, change)),
    }
}

/// The moment of printing as a PDF holds it.
fn timestamp(sheet: &Sheet) -> Result<Timestamp> {
    let at = sheet.printed_at.0;
    let byte = |number: u32| u8::try_from(number).ok();
    let moment = || {
        Datetime::from_ymd_hms(
            at.year(),
            byte(at.month())?,
            byte(at.day())?,
            byte(at.hour())?,
            byte(at.minute())?,
            byte(at.second())?,
        )
    };
    // A PDF writes four digits for the year.
    if !(0..=9999).contains(&at.year()) {
        return Err(Error::Time);
    }
    moment()
        .and_then(|moment| Timestamp::new_local(moment, at.offset().local_minus_utc() / 60))
        .ok_or(Error::Time)
}

/// Template file and line of the first fault. The message itself may quote what a person typed, so it stays here.
fn place(desk: &Desk, errors: &[SourceDiagnostic]) -> String {
    #[cfg(test)]
    for error in errors {
        eprintln!("{error:?}");
    }
    let first = errors.first().and_then(|error| {
        let span: DiagSpan = error.span;
        let id = span.id()?;
        let line = desk.source(id).ok()?.lines().byte_to_line(desk.range(span)?.start)?;
        Some(format!("{} line {}", id.vpath().get_without_slash(), line + 1))
    });
    first.unwrap_or_else(|| "unknown place".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A warning is a fault of a template: a typeface that is not there, a layout that does not settle.
    pub(super) fn no_warnings(warnings: &[SourceDiagnostic]) {
        assert!(warnings.is_empty(), "{warnings:?}");
    }

    #[test]
    fn what_is_read_from_the_right_is_looked_for_in_every_script_that_is() {
        for text in ["אבג", "مرحبا", "ܐܒ", "ދި", "ߒߞߏ", "mum’s name: ﺏ", "𞤀"] {
            assert!(goes_from_right(text), "{text}");
        }
        for text in ["Ayla", "Zoë Ŵyn", "Жанна", "小明", "រាន", "“quoted” – 10:05 🦄"]
        {
            assert!(!goes_from_right(text), "{text}");
        }
    }

    #[test]
    fn every_kind_has_a_word_and_a_format_of_its_own() {
        let kinds = [
            Kind::Decision,
            Kind::RestrictedSheet,
            Kind::RecoveryKit,
            Kind::Emergency,
            Kind::FileSummary,
            Kind::Referral,
            Kind::Share,
            Kind::Slip,
            Kind::Statement,
            Kind::FamilyCopy,
            Kind::Chronology,
        ];
        let formats: std::collections::BTreeSet<_> = kinds.iter().map(|kind| kind.format()).collect();
        assert_eq!(formats.len(), kinds.len());
    }
}
