//! Reading `library.toml` and `reviews.toml`: what a practitioner reads up, and what reviewers said.

use sharewell_records::Sha256;

use super::cites::{Citing, cites};
use super::read::{Problems, Row};
use crate::What;
use crate::pack::{Article, ArticleKind, ArticlePoint, Review, Step};

const KINDS: [(&str, ArticleKind); 7] = [
    ("rules", ArticleKind::Rules),
    ("principles", ArticleKind::Principles),
    ("myths", ArticleKind::Myths),
    ("checklist", ArticleKind::Checklist),
    ("contacts", ArticleKind::Contacts),
    ("glossary", ArticleKind::Glossary),
    ("reading", ArticleKind::Reading),
];

const MAX_POINTS: usize = 60;

/// Reads the articles of the pack and of its parts.
pub(super) fn articles(rows: &[&Row<'_>], citing: &Citing<'_>) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for file in rows {
        for row in file.rows("article") {
            let Some(article) = article(&row, citing) else { continue };
            if articles.iter().any(|other| other.id == article.id) {
                row.add("id", What::DuplicateId, format!("the article \"{}\" stands twice", article.id));
            } else {
                articles.push(article);
            }
        }
        file.finish();
    }
    articles
}

fn article(row: &Row<'_>, citing: &Citing<'_>) -> Option<Article> {
    let id = row.own_id("id");
    let kind = row.required("kind", row.word("kind", &KINDS));
    let mut points: Vec<ArticlePoint> = Vec::new();
    for point in row.texts("points") {
        if !super::read::is_id(point) {
            row.add("points", What::BadId, format!("\"{}\" is not an id", super::when::short(point)));
        } else if points.iter().any(|other| other.id == point) {
            row.add("points", What::DuplicateId, format!("the point \"{point}\" stands twice"));
        } else {
            points.push(ArticlePoint { id: point.to_owned(), sources: Vec::new() });
        }
    }
    if points.is_empty() || points.len() > MAX_POINTS {
        row.add("points", What::MissingField, format!("\"points\" must hold 1 to {MAX_POINTS}"));
    }
    for inner in row.rows("point") {
        let Some(id) = inner.own_id("id") else { continue };
        let sources = cites(&inner, citing);
        match points.iter_mut().find(|point| point.id == id) {
            Some(point) => point.sources = sources,
            None => inner.add("id", What::Dangling, format!("\"points\" does not name \"{id}\"")),
        }
        inner.finish();
    }
    let article = Article { id: id?, kind: kind?, points, sources: cites(row, citing), spot: row.spot() };
    row.finish();
    Some(article)
}

/// The help of every step opens at a paragraph that is there.
pub(super) fn help(steps: &[Step], articles: &[Article], problems: &Problems) {
    for step in steps {
        for paragraph in step.help.iter().filter(|paragraph| !has(articles, paragraph)) {
            let message = format!("the library has no paragraph \"{}\"", super::when::short(paragraph));
            problems.add(&step.spot, &step.id.0, What::Dangling, message);
        }
    }
}

fn has(articles: &[Article], paragraph: &str) -> bool {
    let (article, point) = match paragraph.split_once('#') {
        Some((article, point)) => (article, Some(point)),
        None => (paragraph, None),
    };
    let found = articles.iter().find(|one| one.id == article);
    found.is_some_and(|one| point.is_none_or(|point| one.points.iter().any(|other| other.id == point)))
}

/// Reads the reviews.
pub(super) fn reviews(row: Option<&Row<'_>>) -> Vec<Review> {
    let Some(file) = row else { return Vec::new() };
    let reviews = file.rows("review").iter().filter_map(review).collect();
    file.finish();
    reviews
}

fn review(row: &Row<'_>) -> Option<Review> {
    let of: Option<Sha256> = row.required("of", row.text("of")).and_then(|text| {
        let hash = text.parse().ok();
        if hash.is_none() {
            row.add("of", What::WrongType, "\"of\" is not a content hash: 64 hexadecimal digits");
        }
        hash
    });
    let (by, role) = (row.required_text("by"), row.required_text("role"));
    let on = row.required("on", row.day("on"));
    let says = row.text("says").unwrap_or_default().to_owned();
    row.finish();
    Some(Review { of: of?, by, role, on: on?, says })
}
