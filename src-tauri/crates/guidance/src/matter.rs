//! What stands behind and beside the questions of a pack: sources and citations, an agency's overlay, the library,
//! what reviewers said.

use sharewell_records::{Day, Sha256};

use crate::Spot;

/// An agency's own protocol over a pack. Its wording is `overlay.title` and `overlay.lineage`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Overlay {
    /// Its id; every name in it begins with it.
    pub id: String,
    /// Its version.
    pub version: String,
    /// `id@version` of the pack that it was written for.
    pub base: String,
    /// That pack's content hash.
    pub base_hash: Sha256,
    /// The first day on which it is laid on.
    pub applies_from: Day,
    /// The last day, if there is one.
    pub applies_until: Option<Day>,
}

/// Where the flow of a pack comes from; shown, so that nobody takes our assembly for an official chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lineage {
    /// Put together by Sharewell from paragraphs of the sources.
    Assembled,
    /// Follows an official chart that was read.
    Official,
}

/// How far the wording of a source was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the issuing body's own text.
    Original,
    /// Read in another body's reproduction.
    Secondary,
    /// Local practice only.
    Local,
    /// Not read; from general knowledge.
    Unconfirmed,
}

/// A published source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    /// Its code (`HMG24`).
    pub id: String,
    /// Title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Year of publication.
    pub year: u16,
    /// Web address, if any.
    pub address: Option<String>,
    /// How far its wording was confirmed.
    pub confidence: Confidence,
    /// What whoever put the pack together found of it; for the list of sources alone. Empty where there is nothing.
    pub note: String,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Cite {
    /// The source's code.
    pub source: String,
    /// The place in it (`rule 3`, `S48`). May be empty.
    pub place: String,
    /// Whether this may be shown only as *unconfirmed*, and never decides alone.
    pub unconfirmed: bool,
}

/// A piece of the library; wording in `article.<id>.…`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Article {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: ArticleKind,
    /// Its points, in order.
    pub points: Vec<ArticlePoint>,
    /// Sources.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
}

/// A point of an article; wording in `article.<id>.point.<point>`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ArticlePoint {
    /// Its id, one of its kind in the article.
    pub id: String,
    /// Sources of this point alone; empty where the article's own say it.
    pub sources: Vec<Cite>,
}

/// What an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    /// Golden rules.
    Rules,
    /// Principles.
    Principles,
    /// What is often believed, and is not so.
    Myths,
    /// Points that a decision can carry.
    Checklist,
    /// Who to call, by role.
    Contacts,
    /// Words of the nation.
    Glossary,
    /// Documents to read.
    Reading,
}

/// What a reviewer said of a pack's text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Review {
    /// The [`Pack::reviewed_hash`] that was reviewed.
    pub of: Sha256,
    /// The reviewer.
    pub by: String,
    /// Their role.
    pub role: String,
    /// When.
    pub on: Day,
    /// What they said; may be empty.
    pub says: String,
}
