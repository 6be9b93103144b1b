//! The flow map: every question once and above all to which it leads, its sources beside it, and the path that was
//! taken marked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod teaching;

use std::collections::BTreeSet;

use sharewell_guidance::{Flow, FlowWords, Pack, flow, flow_svg};
use sharewell_records::StepId;

fn words() -> FlowWords {
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../../../../assets/templates/words.en.json")).unwrap();
    serde_json::from_value(all["values"]["flow"].clone()).unwrap()
}

fn of(id: &str, version: &str, path: &[&str], advised: Option<&str>) -> (Pack, Flow) {
    let pack = teaching::packs().into_iter().find(|pack| pack.id == id && pack.version == version).unwrap();
    let path: Vec<StepId> = path.iter().map(|step| StepId((*step).to_owned())).collect();
    let flow = flow(&pack, "en", &words(), &path, advised);
    (pack, flow)
}

#[test]
fn every_question_stands_once_with_its_sources_above_all_it_leads_to() {
    for pack in teaching::packs() {
        let flow = flow(&pack, "en", &words(), &[], None);
        // The two questions of the detour stand on no way.
        assert_eq!(flow.questions.len(), pack.steps().len() - 2, "{}", pack.name());
        let once: BTreeSet<&StepId> = flow.questions.iter().map(|one| &one.step).collect();
        assert_eq!(once.len(), flow.questions.len());
        for question in &flow.questions {
            assert!(!question.question.is_empty() && !question.sources.is_empty(), "{}", question.step);
            assert!(!question.ways.is_empty(), "{} leads on", question.step);
            for way in &question.ways {
                assert!(way.to.is_none_or(|to| to > question.number), "{} leads down", question.step);
                assert!(!way.told.contains('{'), "{}", way.told);
            }
        }
        assert!(flow.questions.iter().all(|one| !one.taken));
    }
}

#[test]
fn the_path_that_was_taken_is_marked_and_no_other_way() {
    let path = ["danger", "harm", "next-with", "behind", "signs", "others", "asked", "also-required", "tell"];
    let (_, flow) = of("england", "2024-05", &path, Some("share-harm"));
    let taken: Vec<&str> =
        flow.questions.iter().filter(|one| one.taken).map(|one| one.step.0.as_str()).collect();
    assert_eq!(taken, path);
    let signs = flow.questions.iter().find(|one| one.step.0 == "signs").unwrap();
    let ways: Vec<bool> = signs.ways.iter().map(|way| way.taken).collect();
    assert_eq!(ways.iter().filter(|taken| **taken).count(), 1);
    assert_eq!(ways.last(), Some(&true), "the way with the advice that was given");
    let others = flow.questions.iter().find(|one| one.step.0 == "others").unwrap();
    let asked = flow.questions.iter().find(|one| one.step.0 == "asked").map(|one| one.number);
    let onward: Vec<_> = others.ways.iter().filter(|way| way.taken).collect();
    assert!(matches!(onward.as_slice(), [way] if way.to == asked), "on to the write-up: {onward:?}");
    assert!(flow.to_string().contains("* 2. Is anyone in danger right now: the child or someone else?"));
}

#[test]
fn the_drawing_is_well_formed_and_holds_no_script() {
    for pack in teaching::packs() {
        let svg = flow_svg(&flow(&pack, "en", &words(), &[], None));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(!svg.contains("<script") && !svg.contains("href"), "nothing is fetched or run");
        let (open, shut) = (svg.matches("<text").count(), svg.matches("</text>").count());
        assert_eq!(open, shut);
        assert!(svg.contains("S18"), "sources stand on it");
    }
}
