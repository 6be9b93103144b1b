//! The library of a nation's guidance (L4) and the map of its questions (A13): to read and to search, never to
//! decide with.

use std::path::{Path, PathBuf};

use sharewell_documents::Language;
use sharewell_guidance::{Article, Flow, FlowWords, Pack, flow, flow_svg};
use sharewell_records::{CaseId, DecisionId, Moment, Nation, StepId};
use sharewell_vault::{Access, Beside, Reader, Vault};

use crate::error::{Error, Result};
use crate::guidance::Wording;
use crate::guidance::cite::{of_source, pack_name, source_views};
use crate::guidance::serving::{self, kept_pack};
use crate::long::{Long, at_once};
use crate::views::{
    ArticleLine, ArticleView, FlowQuestionView, FlowView, LibraryHit, LibraryView, PointView, ReviewView,
    WayView, WorkKind,
};
use crate::words::Words;
use crate::{clock, keep, language, store};

/// The most that a search shows.
const MOST: usize = 60;

/// A nation's library, as it stands today.
///
/// # Errors
/// [`Error::NoPack`] where there is no guidance for the nation.
pub fn library(vault: &Vault, nation: Nation, now: Moment) -> Result<LibraryView> {
    let (carried, language) = today(vault, nation, now)?;
    let (pack, wording) = (&carried.pack, Wording::new(&carried.pack, language));
    Ok(LibraryView {
        nation,
        pack: pack_name(pack),
        articles: pack.articles.iter().map(|article| line(wording, article)).collect(),
    })
}

/// One article.
///
/// # Errors
/// [`Error::NotFound`] where the library has none of this id.
pub fn article(vault: &Vault, nation: Nation, id: &str, now: Moment) -> Result<ArticleView> {
    let (carried, language) = today(vault, nation, now)?;
    let (pack, wording) = (&carried.pack, Wording::new(&carried.pack, language));
    let article =
        pack.articles.iter().find(|article| article.id == id).ok_or(Error::NotFound { what: "article" })?;
    let sources = |cites: &[sharewell_guidance::Cite]| source_views(pack, cites);
    let points = article.points.iter().map(|point| PointView {
        id: point.id.clone(),
        term: wording.text(&format!("article.{id}.term.{}", point.id)).to_owned(),
        text: wording.text(&format!("article.{id}.point.{}", point.id)).to_owned(),
        sources: sources(&point.sources),
        confirmed: point.sources.iter().all(|cite| !cite.unconfirmed),
    });
    Ok(ArticleView {
        nation,
        pack: pack_name(pack),
        line: line(wording, article),
        points: points.collect(),
        sources: sources(&article.sources),
    })
}

/// Paragraphs in which every word of the query stands, whatever their case.
///
/// # Errors
/// [`Error::NoPack`] where there is no guidance for the nation.
pub fn search_library(vault: &Vault, nation: Nation, query: &str, now: Moment) -> Result<Vec<LibraryHit>> {
    let (carried, language) = today(vault, nation, now)?;
    Ok(found(Wording::new(&carried.pack, language), query))
}

fn found(wording: Wording<'_>, query: &str) -> Vec<LibraryHit> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut hits = Vec::new();
    for article in &wording.pack.articles {
        let say = |part: &str| wording.text(&format!("article.{}.{part}", article.id)).to_owned();
        let (title, body) = (say("title"), say("body"));
        let hit = |point: Option<&str>, term: String, text: String| LibraryHit {
            term,
            article: article.id.clone(),
            title: title.clone(),
            point: point.map(str::to_owned),
            text,
        };
        if fits(&format!("{title} {body}")) {
            hits.push(hit(None, String::new(), body.clone()));
        }
        for point in &article.points {
            let (term, said) = (say(&format!("term.{}", point.id)), say(&format!("point.{}", point.id)));
            if fits(&format!("{term} {said}")) {
                hits.push(hit(Some(&point.id), term, said));
            }
        }
    }
    hits.truncate(MOST);
    hits
}

/// The flow map of a nation's guidance of today.
///
/// # Errors
/// [`Error::NoPack`] where there is no guidance for the nation.
pub fn flow_map(vault: &Vault, nation: Nation, now: Moment) -> Result<FlowView> {
    store::read(vault, |r| {
        let (carried, flow) = of_today(r, nation, now)?;
        Ok(view(&carried.pack, None, &flow))
    })
}

/// The flow map of the guidance that a signed decision followed, with its path marked.
///
/// # Errors
/// [`Error::Vault`] where there is no such decision.
pub fn decision_map(vault: &Vault, decision: DecisionId) -> Result<FlowView> {
    store::read(vault, |r| {
        let (carried, flow) = of_decision(r, decision)?;
        Ok(view(&carried.pack, Some(decision), &flow))
    })
}

/// Saves a flow map as a drawing; of a decision's path, that is written down in the access log.
#[derive(Debug, Clone)]
pub struct SaveMap {
    /// Whose guidance.
    pub nation: Nation,
    /// Whose path is marked; none for the guidance of today.
    pub decision: Option<DecisionId>,
    /// Where.
    pub path: PathBuf,
}

impl Long for SaveMap {
    type Made = Option<CaseId>;
    type Told = ();

    const KIND: WorkKind = WorkKind::Paper;
    const LEAVES: bool = true;

    fn run(&self, beside: Beside, now: Moment) -> Result<Option<CaseId>> {
        let (flow, case) = beside.read(|r| match self.decision {
            Some(decision) => {
                let case = sharewell_vault::decisions::get(r, decision)?.record.case;
                Ok::<_, Error>((of_decision(r, decision)?.1, Some(case)))
            }
            None => Ok((of_today(r, self.nation, now)?.1, None)),
        })?;
        let svg = flow_svg(&flow);
        beside.work().go_on()?;
        keep::bytes(&self.path, svg.as_bytes())?;
        Ok(case)
    }

    fn end(self, vault: &mut Vault, case: Option<CaseId>, now: Moment) -> Result<()> {
        match case {
            Some(case) => {
                store::log(vault, Some(case), now, |by| Access::Printed { by, what: "flow map".to_owned() })
            }
            None => Ok(()),
        }
    }
}

/// Saves a flow map as a drawing, all at once.
///
/// # Errors
/// [`Error::NotWritten`] where it cannot be written.
pub fn save_flow_map(
    vault: &mut Vault,
    nation: Nation,
    decision: Option<DecisionId>,
    to: &Path,
    now: Moment,
) -> Result<()> {
    at_once(SaveMap { nation, decision, path: to.to_owned() }, vault, now)
}

fn of_today(r: &Reader<'_>, nation: Nation, now: Moment) -> Result<(std::sync::Arc<serving::Carried>, Flow)> {
    let carried = serving::for_day(r, nation, clock::day_of(now))?;
    let flow = mapped(Wording::new(&carried.pack, language::of(r)?), &[], None);
    Ok((carried, flow))
}

fn of_decision(r: &Reader<'_>, id: DecisionId) -> Result<(std::sync::Arc<serving::Carried>, Flow)> {
    let decision = sharewell_vault::decisions::get(r, id)?.record;
    let carried = kept_pack(r, &decision.pack)?;
    let wording = Wording::new(&carried.pack, language::of(r)?);
    let flow = mapped(wording, &decision.path, Some(&decision.outcome));
    Ok((carried, flow))
}

/// The map of a pack in a language.
fn mapped(wording: Wording<'_>, path: &[StepId], advised: Option<&str>) -> Flow {
    flow(wording.pack, wording.spoken(), flow_words(wording.language), path, advised)
}

/// What a map says in a language beside a pack's own words.
#[must_use]
pub fn flow_words(language: Language) -> &'static FlowWords {
    &Words::of(language).flow
}

fn today(vault: &Vault, nation: Nation, now: Moment) -> Result<(std::sync::Arc<serving::Carried>, Language)> {
    store::read(vault, |r| Ok((serving::for_day(r, nation, clock::day_of(now))?, language::of(r)?)))
}

fn line(wording: Wording<'_>, article: &Article) -> ArticleLine {
    let say = |part: &str| wording.text(&format!("article.{}.{part}", article.id)).to_owned();
    ArticleLine { id: article.id.clone(), kind: article.kind.into(), title: say("title"), body: say("body") }
}

fn view(pack: &Pack, decision: Option<DecisionId>, flow: &Flow) -> FlowView {
    let way = |way: &sharewell_guidance::Way| WayView {
        when: way.when.clone(),
        advises: way.advises.clone(),
        kind: way.kind,
        to: way.to,
        to_question: way.to_question.clone(),
        taken: way.taken,
    };
    let question = |one: &sharewell_guidance::FlowQuestion| FlowQuestionView {
        step: one.step.clone(),
        number: one.number,
        question: one.question.clone(),
        only: one.only.clone(),
        sources: one.sources.clone(),
        unconfirmed: one.unconfirmed,
        after_advice: one.after_advice,
        taken: one.taken,
        ways: one.ways.iter().map(way).collect(),
    };
    FlowView {
        nation: pack.nation,
        decision,
        pack: pack_name(pack),
        provenance: flow.lineage.clone(),
        questions: flow.questions.iter().map(question).collect(),
        svg: flow_svg(flow),
        sources: pack.sources.iter().map(of_source).collect(),
        reviews: pack
            .reviews
            .iter()
            .map(|review| ReviewView {
                by: review.by.clone(),
                role: review.role.clone(),
                on: review.on,
                says: review.says.clone(),
                current: review.of == pack.reviewed_hash,
            })
            .collect(),
    }
}
