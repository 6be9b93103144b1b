//! What a practitioner reads up: the nation's library, and the map of its questions.

use serde::{Deserialize, Serialize};
use sharewell_records::{Day, DecisionId, Nation, OutcomeKind, StepId};
use specta::Type;

use super::{ArticleSort, PackName, SourceView};

/// A nation's library.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LibraryView {
    /// The nation.
    pub nation: Nation,
    /// The pack whose library it is ("England 2024-05").
    pub pack: PackName,
    /// Its articles, in the pack's order; those that all nations share come last.
    pub articles: Vec<ArticleLine>,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ArticleLine {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: ArticleSort,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub body: String,
}

/// An article.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ArticleView {
    /// The nation.
    pub nation: Nation,
    /// The pack ("England 2024-05").
    pub pack: PackName,
    /// The article.
    pub line: ArticleLine,
    /// Its points.
    pub points: Vec<PointView>,
    /// Sources of the article as a whole.
    pub sources: Vec<SourceView>,
}

/// A point of an article.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PointView {
    /// Its id.
    pub id: String,
    /// The word or the role that it explains; empty where it is a sentence alone.
    pub term: String,
    /// What it says.
    pub text: String,
    /// Its own sources; empty where the article's say it.
    pub sources: Vec<SourceView>,
    /// False where one of these was not confirmed in the original.
    pub confirmed: bool,
}

/// A paragraph that a search found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LibraryHit {
    /// The article.
    pub article: String,
    /// Its title.
    pub title: String,
    /// The point; none where the article's title or first sentences match.
    pub point: Option<String>,
    /// The term that the text explains, may be empty.
    pub term: String,
    /// The text.
    pub text: String,
}

/// A paragraph at which the help of a question opens.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HelpView {
    /// The article.
    pub article: String,
    /// The point; empty where the whole article is meant.
    pub point: String,
    /// The article's title.
    pub title: String,
    /// The text.
    pub text: String,
    /// False where its source was not confirmed in the original.
    pub confirmed: bool,
}

/// The flow map of a pack, as a list and as a drawing.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlowView {
    /// The nation.
    pub nation: Nation,
    /// The decision whose path is marked, if one is.
    pub decision: Option<DecisionId>,
    /// The pack ("England 2024-05").
    pub pack: PackName,
    /// How it came about.
    pub provenance: String,
    /// Its questions, every one above those to which it leads.
    pub questions: Vec<FlowQuestionView>,
    /// The same as a drawing (SVG, without scripts and without anything that is fetched).
    pub svg: String,
    /// What reviewers said of the text.
    pub reviews: Vec<ReviewView>,
    /// Every source of the pack, with what was found of it.
    pub sources: Vec<SourceView>,
}

/// A question on the map.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlowQuestionView {
    /// The step.
    pub step: StepId,
    /// Its number on the map.
    pub number: u32,
    /// The question.
    pub question: String,
    /// When it is asked; empty for always.
    pub only: String,
    /// Its sources in short.
    pub sources: String,
    /// Whether the law behind it is unconfirmed.
    pub unconfirmed: bool,
    /// Whether it belongs to the write-up after the advice.
    pub after_advice: bool,
    /// Whether it is on the path that was taken.
    pub taken: bool,
    /// Ways on, in the order in which they are tried.
    pub ways: Vec<WayView>,
}

/// A way on from a question.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WayView {
    /// When; empty for otherwise.
    pub when: String,
    /// What is advised on it.
    pub advises: Option<String>,
    /// The kind of that advice.
    pub kind: Option<OutcomeKind>,
    /// Number of the next question; none at the end.
    pub to: Option<u32>,
    /// The next question in short.
    pub to_question: Option<String>,
    /// Whether the path that was taken goes this way.
    pub taken: bool,
}

/// What a reviewer said of a pack's text.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReviewView {
    /// Who.
    pub by: String,
    /// As what.
    pub role: String,
    /// When.
    pub on: Day,
    /// What they said; may be empty.
    pub says: String,
    /// Whether it was of the text as it is now.
    pub current: bool,
}
