//! How a page names a pack, what a text rests on, and where its help opens.

use sharewell_guidance::{Cite, Confidence, Pack, Source};

use crate::guidance::Wording;
use crate::views::{HelpView, PackName, SourceView};

/// The pack as the foot of a page names it.
pub(crate) fn pack_name(pack: &Pack) -> PackName {
    let base = pack.overlay.as_ref().and_then(|overlay| overlay.base.split_once('@'));
    PackName {
        nation: pack.nation,
        version: base.map_or(pack.version.as_str(), |(_, version)| version).to_owned(),
        overlay: pack.overlay.as_ref().map(|overlay| format!("{} {}", overlay.id, overlay.version)),
    }
}

/// A citation as a page shows it.
pub(crate) fn source_view(pack: &Pack, cite: &Cite) -> SourceView {
    let code = match (cite.source.as_str(), cite.place.as_str()) {
        ("S", place) if !place.is_empty() => place.to_owned(),
        (source, "") => source.to_owned(),
        (source, place) => format!("{source} {place}"),
    };
    let (place, confirmed) = (cite.place.clone(), !cite.unconfirmed);
    match pack.source(cite) {
        Some(source) => SourceView { code, place, confirmed, ..of_source(source) },
        None => SourceView {
            code,
            title: String::new(),
            publisher: String::new(),
            year: String::new(),
            place,
            address: String::new(),
            confirmed: false,
            note: String::new(),
        },
    }
}

/// A source as a page shows it.
pub(crate) fn of_source(source: &Source) -> SourceView {
    SourceView {
        code: source.id.clone(),
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        year: source.year.to_string(),
        place: String::new(),
        address: source.address.clone().unwrap_or_default(),
        confirmed: match source.confidence {
            Confidence::Original | Confidence::Secondary | Confidence::Local => true,
            Confidence::Unconfirmed => false,
        },
        note: source.note.clone(),
    }
}

/// Citations as a page shows them: each source once, with all its places that are cited. What is confirmed in it
/// stands apart from what is not.
pub(crate) fn source_views(pack: &Pack, cites: &[Cite]) -> Vec<SourceView> {
    let mut all: Vec<(&Cite, SourceView)> = Vec::new();
    for cite in cites {
        let same = |(other, _): &&mut (&Cite, SourceView)| {
            other.source == cite.source && other.unconfirmed == cite.unconfirmed
        };
        match all.iter_mut().find(same) {
            Some((_, view))
                if cite.place.is_empty() || view.place.split(", ").any(|one| one == cite.place) => {}
            Some((_, view)) => {
                for said in [&mut view.code, &mut view.place] {
                    *said =
                        if said.is_empty() { cite.place.clone() } else { format!("{said}, {}", cite.place) };
                }
            }
            None => all.push((cite, source_view(pack, cite))),
        }
    }
    all.into_iter().map(|(_, view)| view).collect()
}

/// The paragraphs at which the help of a step opens.
pub(crate) fn help(wording: Wording<'_>, refs: &[String]) -> Vec<HelpView> {
    let one = |paragraph: &String| {
        let (article, point) = paragraph.split_once('#').unwrap_or((paragraph, ""));
        let found = wording.pack.articles.iter().find(|one| one.id == article)?;
        let said = if point.is_empty() { "body".to_owned() } else { format!("point.{point}") };
        let cites = found.points.iter().find(|one| one.id == point).map(|one| one.sources.as_slice());
        Some(HelpView {
            article: article.to_owned(),
            point: point.to_owned(),
            title: wording.text(&format!("article.{article}.title")).to_owned(),
            text: wording.text(&format!("article.{article}.{said}")).to_owned(),
            confirmed: cites.unwrap_or_default().iter().all(|cite| !cite.unconfirmed),
        })
    };
    refs.iter().filter_map(one).collect()
}
