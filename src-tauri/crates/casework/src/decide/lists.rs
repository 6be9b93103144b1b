//! Checklists of the library that a decision carries: what was looked at. Nothing is counted, and no point decides
//! (condition 12).

use sharewell_guidance::{Article, ArticleKind, Pack};
use sharewell_records::{CheckRow, CheckedList, PointAnswer};

use crate::error::Result;
use crate::guidance::Wording;
use crate::guidance::cite::source_views;
use crate::input::{self, Form};
use crate::views::{CheckedListView, CheckedPointView, ListPoint, ListView};

fn checklists(pack: &Pack) -> impl Iterator<Item = &Article> {
    pack.articles.iter().filter(|article| article.kind == ArticleKind::Checklist)
}

fn title(wording: Wording<'_>, article: &str) -> String {
    wording.text(&format!("article.{article}.title")).to_owned()
}

fn point(wording: Wording<'_>, article: &str, point: &str) -> String {
    wording.text(&format!("article.{article}.point.{point}")).to_owned()
}

/// Every checklist that the pack has.
pub(crate) fn offered(wording: Wording<'_>) -> Vec<ListView> {
    let pack = wording.pack;
    let list = |article: &Article| ListView {
        article: article.id.clone(),
        title: title(wording, &article.id),
        points: article
            .points
            .iter()
            .map(|one| ListPoint { id: one.id.clone(), text: point(wording, &article.id, &one.id) })
            .collect(),
        sources: source_views(pack, &article.sources),
    };
    checklists(pack).map(list).collect()
}

/// Nothing is longer than it may be.
pub(crate) fn limits(typed: &[CheckedList]) -> Result<()> {
    let mut form = Form::new();
    form.take(input::at_most(typed, "checklists"));
    for list in typed.iter().take(input::MOST) {
        form.name("checklists", &list.article);
        form.take(input::at_most(&list.rows, "checklists"));
        for row in list.rows.iter().take(input::MOST) {
            form.name("checklists", &row.point);
            form.text("checklists", &row.words);
        }
    }
    form.end(|| Some(()))
}

/// What is kept: the points that were answered, of lists and points that the pack has.
pub(crate) fn kept(pack: &Pack, typed: &[CheckedList]) -> Vec<CheckedList> {
    let answered = |article: &Article, rows: &[CheckRow]| -> Vec<CheckRow> {
        let known = |row: &&CheckRow| article.points.iter().any(|point| point.id == row.point);
        rows.iter().filter(|row| row.value != PointAnswer::Blank).filter(known).cloned().collect()
    };
    let lists = checklists(pack).filter_map(|article| {
        let list = typed.iter().find(|list| list.article == article.id)?;
        let rows = answered(article, &list.rows);
        (!rows.is_empty()).then(|| CheckedList { article: article.id.clone(), rows })
    });
    lists.collect()
}

/// As they are read in a signed decision.
pub(crate) fn of_signed(wording: Wording<'_>, lists: &[CheckedList]) -> Vec<CheckedListView> {
    let row = |article: &str, row: &CheckRow| CheckedPointView {
        text: point(wording, article, &row.point),
        value: row.value,
        words: row.words.clone(),
    };
    lists
        .iter()
        .map(|list| CheckedListView {
            title: title(wording, &list.article),
            rows: list.rows.iter().map(|one| row(&list.article, one)).collect(),
        })
        .collect()
}
