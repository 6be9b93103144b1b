//! Decisions of another day, under another nation's guidance, on a request; shown again later; and what can be
//! read up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use sharewell_casework::guidance::library;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, decide, paper};
use support::*;

fn request(from: RequesterKind, verified: bool) -> Request {
    Request {
        from,
        name: "PC Mockford".into(),
        organisation: "Fablewell Police".into(),
        reach: String::new(),
        received: day(2026, 10, 5),
        verified,
        how_verified: if verified { "Rang 101 and asked for the officer".into() } else { String::new() },
        what: "Everything you have on the family".into(),
        specific: false,
        purpose: "An inquiry".into(),
        authority: "A form that names the 2018 Act".into(),
        order: OrderSeen::None,
        deadline: Some(day(2026, 10, 20)),
        keeping: String::new(),
    }
}

fn on_request(request: Request) -> BeginInput {
    BeginInput { request: Some(request.into()), ..BeginInput::of(Trigger::Request) }
}

#[test]
fn a_request_stands_in_the_file_at_once_and_its_facts_are_not_asked_for_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let asks = on_request(request(RequesterKind::Journalist, true));
    let place = decide::begin_decision(&mut vault, case, &asks, at(10)).unwrap();
    let file = children::child_file(&mut vault, case, at(11)).unwrap();
    let kept = file.timeline.iter().any(|line| {
        matches!(&line.what, TimelineWhat::Item { mark: Mark::Reported, text, by, .. }
            if text.starts_with("Everything you have") && by == "PC Mockford, Fablewell Police")
    });
    assert!(kept, "{:?}", file.timeline);
    assert_eq!(asked(&place).request.as_ref().unwrap().from, RequesterKind::Journalist);
    // No glad picture: they want everything.
    let outcome = answer_from(&mut vault, place, &[("press-what", choice("story"))], 12);
    assert_eq!((outcome.id.as_str(), outcome.kind), ("do-not-share-press", OutcomeKind::DoNotShare));
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(40)).unwrap();
    assert_eq!(signed.request.as_ref().unwrap().what, "Everything you have on the family");
    let to = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, signed.id, &to, at(41)).unwrap();
    let pages = &pdf::everything_in(&to)[0].1;
    assert!(pages.contains("Request from a journalist"), "{pages}");
}

#[test]
fn an_unverified_caller_is_told_nothing_until_it_is_certain_who_asks() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place =
        decide::begin_decision(&mut vault, case, &on_request(request(RequesterKind::Police, false)), at(10))
            .unwrap();
    let decision = asked(&place).decision;
    let outcome = answer_from(&mut vault, place, &[], 12);
    assert_eq!((outcome.id.as_str(), outcome.kind), ("hold-verify", OutcomeKind::HoldAndSeekAdvice));
    let bare = Request { verified: true, how_verified: " ".into(), ..request(RequesterKind::Police, true) };
    let refused =
        Failure::from(decide::amend_request(&mut vault, decision, &bare.into(), at(30)).unwrap_err());
    assert_eq!((refused.code, refused.field.as_deref()), (Code::WordsMissing, Some("how_verified")));
    let certain = request(RequesterKind::Police, true);
    let entries = vault.tip().sequence;
    let place = decide::amend_request(&mut vault, decision, &certain.clone().into(), at(31)).unwrap();
    assert_eq!(asked(&place).step.id.0, "purpose", "the same decision goes on");
    assert_eq!(vault.tip().sequence, entries, "what was asked is what it was");
    assert_eq!(decide::request(&vault, decision, at(32)).unwrap(), certain);
}

/// What the file says was asked, and how often the statement was corrected.
fn asked_in_file(vault: &Vault, case: CaseId) -> Vec<(String, usize)> {
    let kept = |r: &sharewell_vault::Reader<'_>| {
        let items = sharewell_vault::items::of_case(r, case)?;
        let forms = |id| sharewell_vault::ledger::history(r, id).map(|all| all.len());
        items.into_iter().map(|item| Ok((item.record.text, forms(item.record.id)?))).collect()
    };
    vault.read::<_, sharewell_vault::Error>(kept).unwrap()
}

#[test]
fn a_request_is_recorded_once_and_corrected_where_it_stands_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let asks = on_request(request(RequesterKind::Police, true));
    let place = decide::begin_decision(&mut vault, case, &asks, at(10)).unwrap();
    let decision = asked(&place).decision;
    decide::begin_decision(&mut vault, case, &asks, at(11)).unwrap();
    let [(before, 1)] = &asked_in_file(&vault, case)[..] else { panic!("once") };
    assert!(before.starts_with("Everything you have"));

    let less = Request { what: "Dates of the visits".into(), ..request(RequesterKind::Police, true) };
    decide::amend_request(&mut vault, decision, &less.clone().into(), at(12)).unwrap();
    let [(after, 2)] = &asked_in_file(&vault, case)[..] else { panic!("corrected") };
    assert!(after.starts_with("Dates of the visits"), "the file says what is asked now: {after}");

    // Where the statement was taken back, what is asked now is said anew.
    let item = vault.read(|r| sharewell_vault::items::of_case(r, case)).unwrap()[0].record.id;
    children::withdraw_item(&mut vault, case, item, "In the wrong file", at(13)).unwrap();
    decide::amend_request(&mut vault, decision, &request(RequesterKind::Police, true).into(), at(14))
        .unwrap();
    decide::amend_request(&mut vault, decision, &less.into(), at(15)).unwrap();
    assert_eq!(asked_in_file(&vault, case), [(after.clone(), 2)], "recorded anew, and corrected from there");
}

#[test]
fn harm_comes_before_everything_about_whoever_asks() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    for from in RequesterKind::ALL {
        let asks = on_request(request(from, false));
        let place = decide::begin_decision(&mut vault, case, &asks, at(10)).unwrap();
        let outcome = answer_from(&mut vault, place, &[("harm", choice("yes"))], 12);
        assert_eq!(outcome.kind, OutcomeKind::ShareWithoutConsent, "{from:?}");
        decide::discard_draft(&mut vault, outcome.decision, "an example", at(50)).unwrap();
    }
}

#[test]
fn every_nation_says_what_to_do_first_for_each_who_may_ask() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(dir.path());
    for nation in Nation::ALL {
        let rules = decide::requesters(&vault, nation, at(0)).unwrap();
        let ids: Vec<&str> = rules.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, RequesterKind::ALL.map(RequesterKind::word));
        assert!(rules.iter().all(|one| !one.first.is_empty() && !one.verify.is_empty()));
        assert!(rules.iter().all(|one| !one.first.contains('{') && !one.sources.is_empty()));
    }
}

#[test]
fn a_decision_of_2019_follows_the_guidance_of_2019_and_is_replayed_under_todays() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let tomorrow = BeginInput { on: day(2026, 10, 7).into(), ..BeginInput::of(Trigger::Worry) };
    let refused = Failure::from(decide::begin_decision(&mut vault, case, &tomorrow, at(10)).unwrap_err());
    assert_eq!((refused.code, refused.field.as_deref()), (Code::DayToCome, Some("on.day")));
    let late = BeginInput { on: day(2019, 3, 12).into(), ..BeginInput::of(Trigger::Worry) };
    let place = decide::begin_decision(&mut vault, case, &late, at(11)).unwrap();
    assert_eq!(asked(&place).on, Some(day(2019, 3, 12)));
    let outcome = answer_from(&mut vault, place, &gates(&[("consent", choice("refused"))]), 12);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(60)).unwrap();
    assert_eq!(
        (&signed.pack, signed.on, signed.late),
        (&support::pack_name("2015-03", None), day(2019, 3, 12), true)
    );

    let replay = decide::replay(&vault, signed.id, at(61)).unwrap();
    assert_eq!(replay.pack, support::pack_name("2015-03", None));
    assert_eq!(replay.asked.len(), signed.answers.len(), "every question as it was asked");
    let harm = replay.asked.iter().find(|one| one.step.id.0 == "harm").unwrap();
    assert_eq!(harm.chosen, ["no"]);
    assert!(harm.step.options.len() == 3 && !harm.step.hint.is_empty());
    let now = replay.now.expect("today's guidance is another one");
    assert_eq!(now.pack, support::pack_name("2024-05", None));
    assert_eq!(
        now.heading.as_deref(),
        Some("Share without agreement"),
        "no law that is not in force is asked about"
    );
    assert!(now.reworded.iter().all(|(before, after)| before != after));
    assert_eq!(
        decide::decision(&vault, signed.id, at(62)).unwrap().pack,
        support::pack_name("2015-03", None),
        "nothing changed"
    );
}

#[test]
fn a_decision_of_today_replays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &[("harm", choice("yes"))], 10);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(60)).unwrap();
    let replay = decide::replay(&vault, signed.id, at(61)).unwrap();
    assert!(replay.now.is_none(), "the guidance is the same");
    assert_eq!((replay.kind, replay.heading), (signed.advised, signed.heading));
}

#[test]
fn where_agency_child_and_harm_differ_each_nation_gets_a_decision() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let (e, s, w) = (Some(Nation::England), Some(Nation::Scotland), Some(Nation::Wales));
    let places = PlacesInput { agency: e, child: s, harm: w };
    let begin = BeginInput { places: Some(places), ..BeginInput::of(Trigger::Worry) };
    let place = decide::begin_decision(&mut vault, case, &begin, at(10)).unwrap();
    assert_eq!(asked(&place).nation, Nation::Scotland, "where the child is comes first");
    let outcome = answer_from(&mut vault, place, &[("harm", choice("yes"))], 12);
    let first = sign_off(&mut vault, outcome.decision, signing(&outcome), at(50)).unwrap();
    assert_eq!((first.nation, first.also.clone()), (Nation::Scotland, vec![Nation::Wales, Nation::England]));
    let linked = BeginInput {
        nation: Some(Nation::Wales),
        follows: Some(first.id),
        ..BeginInput::of(Trigger::Linked)
    };
    let place = decide::begin_decision(&mut vault, case, &linked, at(60)).unwrap();
    let outcome = answer_from(&mut vault, place, &[("harm", choice("yes"))], 62);
    let second = sign_off(&mut vault, outcome.decision, signing(&outcome), at(100)).unwrap();
    assert_eq!((second.nation, second.follows), (Nation::Wales, Some(first.id)));
    let first = decide::decision(&vault, first.id, at(101)).unwrap();
    assert_eq!(first.also, [Nation::England], "one is left");
    assert_eq!(first.followed_by, [second.id]);
}

#[test]
fn the_library_is_read_and_searched_and_help_opens_at_its_paragraph() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for nation in Nation::ALL {
        let all = library::library(&vault, nation, at(0)).unwrap();
        for kind in [
            ArticleSort::Rules,
            ArticleSort::Principles,
            ArticleSort::Myths,
            ArticleSort::Checklist,
            ArticleSort::Contacts,
            ArticleSort::Glossary,
            ArticleSort::Reading,
        ] {
            assert!(all.articles.iter().any(|one| one.kind == kind), "{nation:?} has {kind:?}");
        }
        for line in &all.articles {
            let article = library::article(&vault, nation, &line.id, at(0)).unwrap();
            assert!(article.points.iter().all(|point| !point.text.is_empty() && !point.text.contains('{')));
            assert!(!article.sources.is_empty());
        }
    }
    let hits = library::search_library(&vault, Nation::Wales, "24 HOURS writing", at(0)).unwrap();
    assert!(
        hits.iter().any(|hit| hit.article == "rules" && hit.point.as_deref() == Some("writing")),
        "{hits:?}"
    );
    assert!(library::search_library(&vault, Nation::Wales, "  ", at(0)).unwrap().is_empty());
    assert!(library::search_library(&vault, Nation::Wales, "zebra", at(0)).unwrap().is_empty());
    let missing = Failure::from(library::article(&vault, Nation::Wales, "zebra", at(0)).unwrap_err());
    assert_eq!(missing.code, Code::NotFound);
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let help = &asked(&place).step.help;
    assert!(help.iter().any(|one| one.article == "golden-rules-2024" && one.point == "rule-1"));
    assert!(help.iter().all(|one| !one.text.is_empty() && !one.title.is_empty()));
}

#[test]
fn the_map_shows_the_path_of_a_decision_and_can_be_saved() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &[("harm", choice("yes"))], 10);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(60)).unwrap();
    let map = library::decision_map(&vault, signed.id).unwrap();
    let taken: Vec<&str> =
        map.questions.iter().filter(|one| one.taken).map(|one| one.step.0.as_str()).collect();
    assert_eq!(taken.first(), Some(&"danger"));
    assert!(taken.contains(&"signs") && !taken.contains(&"purpose"));
    let to = dir.path().join("map.svg");
    library::save_flow_map(&mut vault, Nation::England, Some(signed.id), &to, at(62)).unwrap();
    let svg = std::fs::read_to_string(&to).unwrap();
    assert!(svg.starts_with("<svg") && !svg.contains("Ayla"), "a map names nobody");
    let whole = library::flow_map(&vault, Nation::Scotland, at(63)).unwrap();
    assert!(whole.questions.iter().all(|one| !one.taken) && whole.reviews.is_empty());
}
