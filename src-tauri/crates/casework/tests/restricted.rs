//! An allegation about somebody who works with children: a restricted file beside the child's, and no trace of
//! it in the child's.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, children, decide, handover, maintenance, paper, restricted, search, today};
use sharewell_exchange::keys::Identity;
use support::allegation::*;
use support::*;

#[test]
fn the_decision_is_signed_into_a_restricted_file_and_nothing_of_it_stands_in_the_childs() {
    let mut t = told();
    assert_ne!(t.apart, t.child);
    assert_eq!(t.decision.restricted, Some(1));
    let file = children::child_file(&mut t.vault, t.child, at(100)).unwrap();
    assert!(file.restricted.is_none() && file.decisions.is_empty() && file.to_do.is_empty());
    assert!(
        file.timeline.iter().all(|line| !matches!(line.what, TimelineWhat::Decision { .. })),
        "{:?}",
        file.timeline
    );
    let own = children::child_file(&mut t.vault, t.apart, at(100)).unwrap();
    let about = own.restricted.as_ref().unwrap();
    assert_eq!((about.number, about.beside), (1, Some(t.child)));
    assert!(about.officer.contains("LADO"), "the officer of the nation is named: {}", about.officer);
    assert_eq!(own.decisions.len(), 1);
    assert_eq!(own.child.person.name, "Ayla Sampleton");
    assert_eq!(own.people.len(), 1, "the people are known in it");
    let told =
        |line: &TimelineLine| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind != "case_opened");
    assert!(!own.timeline.iter().any(told), "what the child's file says of them is not told again");

    let again = decide::decision(&t.vault, t.decision.id, at(101)).unwrap();
    let answers: String = again.answers.iter().map(|one| format!("{:?}", one.answer)).collect();
    assert!(answers.contains("the coach"), "the decision can be read there: {answers}");
    assert_eq!(again.child, "Ayla Sampleton");
}

#[test]
fn lists_search_and_the_home_page_name_nobody_of_it() {
    let mut t = told();
    t.set_apart(100);
    let list = children::children(&t.vault, "", None, at(101)).unwrap().lines;
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].case, list[0].to_do), (t.child, 0));
    assert_eq!(children::children(&t.vault, "marlow", None, at(101)).unwrap().lines.len(), 0);
    for query in ["marlow", "secret", "messages", "coach"] {
        let found = search::search(&mut t.vault, query, at(102)).unwrap();
        assert!(found.children.is_empty() && found.hits.is_empty(), "{query}: {found:?}");
    }
    let found = search::search(&mut t.vault, "Ayla", at(102)).unwrap();
    assert_eq!(found.children.iter().map(|line| line.case).collect::<Vec<_>>(), [t.child]);
    assert!(found.hits.iter().all(|hit| hit.case == Some(t.child)));

    let home = today::today(&t.vault, at(103)).unwrap();
    let to_do = all_to_do(&t.vault, at(103));
    assert!(!home.to_do.is_empty() && to_do.len() > home.to_do.len(), "its duties are there");
    for line in &to_do {
        assert_eq!((line.restricted, line.case, line.child.as_str()), (Some(1), Some(t.apart), ""));
        assert!(!line.title.is_empty());
        let text = format!("{} {}", line.title, line.hint);
        assert!(!text.contains("Ayla") && !text.contains("Sampleton") && !text.contains("Marlow"), "{text}");
    }
    assert!(home.recent.iter().all(|line| line.case == t.child));
    assert_eq!(home.children, 1);
    let own = restricted::restricted_files(&t.vault, None, at(103)).unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].case, own[0].number), (t.apart, 1));
    assert_eq!(own[0].to_do as usize, to_do.len());

    let more =
        decide::begin_decision(&mut t.vault, t.apart, &BeginInput::of(Trigger::NewFacts), at(104)).unwrap();
    let outcome = answer_from(&mut t.vault, more, &said(), 104);
    assert!(outcome.apart && outcome.restricted == Some(1));
    let home = today::today(&t.vault, at(170)).unwrap();
    assert_eq!((home.drafts[0].child.as_str(), home.drafts[0].restricted), ("", Some(1)));
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = (WhenTold::Later, "not safe yet".into());
    });
    let second = sign_off(&mut t.vault, outcome.decision, draft, at(171)).unwrap();
    assert_eq!((second.case, second.follows), (t.apart, Some(t.decision.id)), "it stays in its file");
    assert_eq!(restricted::restricted_files(&t.vault, None, at(103)).unwrap().len(), 1);
}

#[test]
fn what_the_childs_file_says_of_it_is_set_apart_and_the_day_it_was_written_stays() {
    let mut t = told();
    let own = children::child_file(&mut t.vault, t.apart, at(90)).unwrap();
    let duty = |file: &ChildFileView| file.to_do.iter().any(|line| line.duty == Duty::SeparateFile);
    assert!(duty(&own), "the child's file is to be looked through");
    let lines = restricted::to_set_apart(&t.vault, t.apart).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(refused(restricted::to_set_apart(&t.vault, t.child)).0, Code::NotAnOption);
    let other = refused(restricted::set_apart(&mut t.vault, t.apart, &["nothing".into()], at(91)));
    assert_eq!(other.0, Code::NotFound);

    let own = t.set_apart(92);
    assert!(!duty(&own), "looked through is done");
    let is_it = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Item { id, .. } if *id == t.item);
    let line = own.timeline.iter().find(is_it).expect("it stands in the restricted file");
    assert_eq!(line.recorded_at, at(5), "with the moment at which it was first written down");
    let file = children::child_file(&mut t.vault, t.child, at(93)).unwrap();
    assert!(file.timeline.iter().all(|line| gives_away(&format!("{line:?}")).is_none()));
    assert!(format!("{:?}", file.timeline).contains("without breakfast"), "what is the child's stays");
    let again = refused(restricted::set_apart(&mut t.vault, t.apart, &[t.item.to_string()], at(94)));
    assert_eq!(again.0, Code::NotFound, "it cannot be set apart twice");

    // In its own file it can be corrected like any other.
    let corrected = item("Coach Marlow sent five secret messages.", vec![t.child_id]);
    children::amend_item(&mut t.vault, t.apart, t.item, corrected, "Counted", at(95)).unwrap();
    let own = children::child_file(&mut t.vault, t.apart, at(95)).unwrap();
    assert!(format!("{:?}", own.timeline).contains("five secret"));
    let summary = t.path("file.pdf");
    paper::save_file_summary(&mut t.vault, t.child, &summary, at(96)).unwrap();
    for (place, text) in support::pdf::everything_in(&summary) {
        assert_eq!(gives_away(&text), None, "{place}: {text}");
    }
    let summary = t.path("restricted.pdf");
    paper::save_file_summary(&mut t.vault, t.apart, &summary, at(97)).unwrap();
    let text: String = support::pdf::everything_in(&summary).into_iter().map(|(_, text)| text).collect();
    assert!(text.contains("Restricted") && text.contains("five secret"), "its own paper says what it is");
    let checked = maintenance::verify_vault(&mut t.vault, at(98)).unwrap();
    assert!(checked.sound, "{checked:?}");
}

#[test]
fn a_note_that_was_corrected_or_withdrawn_leaves_with_all_its_forms() {
    let mut t = told();
    let amended = item("Coach Marlow sends Ayla and Bo secret messages.", vec![t.child_id]);
    children::amend_item(&mut t.vault, t.child, t.item, amended, "Bo too", at(90)).unwrap();
    children::withdraw_item(&mut t.vault, t.child, t.item, "Said by the coach of another club", at(91))
        .unwrap();
    t.set_apart(92);
    let own = children::child_file(&mut t.vault, t.apart, at(93)).unwrap();
    let withdrawn = |line: &TimelineLine| matches!(&line.what, TimelineWhat::Item { withdrawn: Some(_), .. });
    assert_eq!(own.timeline.iter().filter(|line| withdrawn(line)).count(), 1);
    let handed = t.hand_over(&[t.child], 95);
    for text in words_of(&handed) {
        assert_eq!(gives_away(&text), None, "{text}");
    }
}

#[test]
fn a_restricted_file_is_handed_over_alone_whole_and_marked_and_the_childs_without_a_trace() {
    let mut t = told();
    t.set_apart(90);
    let childs = t.hand_over(&[t.child], 91);
    for text in words_of(&childs) {
        assert_eq!(gives_away(&text), None, "{text}");
        assert!(!text.contains(&t.apart.to_string()), "not even that there is one");
    }
    assert!(childs.documents.is_empty(), "no decision stands in the child's file");

    let both = [t.child, t.apart];
    let page = handover::handover_page(&t.vault).unwrap();
    assert_eq!((page.files.len(), page.restricted.len()), (1, 1));
    assert_eq!((page.restricted[0].name.as_str(), page.restricted[0].restricted), ("", Some(1)));
    let key = page.recipients[0].recipient.clone();
    let path = t.path("mixed");
    let mixed = handover::make_handover(&mut t.vault, &both, &key, &path, at(95));
    assert_eq!(refused(mixed).0, Code::RestrictedAlone);
    assert!(!path.exists());
    assert_eq!(handover::every_case(&t.vault).unwrap(), [t.child], "all files are all children's files");

    let own = t.hand_over(&[t.apart], 96);
    let table = |name: &str| own.tables.iter().find(|table| table.name == name).unwrap();
    assert_eq!(table("decisions").rows.len(), 1);
    assert_eq!(table("people").rows.len(), 2);
    assert_eq!(table("relationships").rows.len(), 1, "it is whole by itself");
    assert_eq!(table("set_apart").rows.len(), 1);
    assert!(table("cases").rows[0].contains(&"allegation".to_owned()));
    assert_eq!(own.documents.len(), 1);
    let text = words_of(&own).concat();
    assert!(text.contains("Coach Marlow sends Ayla secret messages."));
    let page = handover::handover_page(&t.vault).unwrap();
    assert_eq!((page.made[0].restricted, page.made[0].children.len()), (Some(1), 0));
}

#[test]
fn an_earlier_handover_of_the_childs_file_that_is_written_again_leaves_out_what_was_set_apart_since() {
    let mut t = told();
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut t.vault, &recipient, "Council", at(90)).unwrap();
    let path = t.path("first");
    let made = handover::make_handover(&mut t.vault, &[t.child], &recipient, &path, at(91)).unwrap();
    assert!(words_of(&opened(&t.vault, &path, &identity)).concat().contains("Marlow"));
    t.set_apart(92);
    let path = t.path("again");
    handover::rebuild_handover(&mut t.vault, made.id, &path, at(93)).unwrap();
    let again = opened(&t.vault, &path, &identity);
    assert!(!words_of(&again).concat().contains("Marlow"), "and its chain still verifies");
}
