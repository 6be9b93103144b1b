//! How a page names a pack, what a text rests on, and where its help opens.

use sharewell_guidance::{Cite, Pack};

use crate::guidance::Wording;
use crate::input;
use crate::views::{HelpView, SourceView};

/// The pack as the foot of a page names it.
pub(crate) fn pack_name(pack: &Pack) -> String {
    match &pack.overlay {
        Some(overlay) => {
            let base = overlay.base.split_once('@').map_or(pack.version.as_str(), |(_, version)| version);
            let nation = input::nation_name(pack.nation);
            format!("{nation} {base} + {} {}", overlay.id, overlay.version)
        }
        None => format!("{} {}", input::nation_name(pack.nation), pack.version),
    }
}

/// A citation as a page shows it.
pub(crate) fn source_view(pack: &Pack, cite: &Cite) -> SourceView {
    let code = match (cite.source.as_str(), cite.place.as_str()) {
        ("S", place) if !place.is_empty() => place.to_owned(),
        (source, "") => source.to_owned(),
        (source, place) => format!("{source} {place}"),
    };
    let Some(source) = pack.source(cite) else {
        return SourceView { code, line: String::new(), address: String::new(), confirmed: false };
    };
    let mut line = format!("{}. {}, {}", source.title, source.publisher, source.year);
    if !cite.place.is_empty() {
        line.push_str(", ");
        line.push_str(&cite.place);
    }
    SourceView {
        code,
        line,
        address: source.address.clone().unwrap_or_default(),
        confirmed: !cite.unconfirmed,
    }
}

/// Citations as a page shows them.
pub(crate) fn source_views(pack: &Pack, cites: &[Cite]) -> Vec<SourceView> {
    cites.iter().map(|cite| source_view(pack, cite)).collect()
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
