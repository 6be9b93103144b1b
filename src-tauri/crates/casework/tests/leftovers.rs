//! Who must not be named: in files of other children, after a move, in forms that only look like them, and on paper
//! that went to the wrong person.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use sharewell_casework::handover::HandOver;
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, handover, paper, today};
use sharewell_exchange::keys::Identity;
use support::*;

const OLD: &str = "27 Mock Terrace, Fablewell FB1 2CD";
const NEW: &str = "88 Refuge Street, Hiddenham HD1 1HD";

fn wren(name: &str, address: &str, phone: &str) -> PersonInput {
    PersonInput {
        birth: Some(Birth::Born { on: day(1990, 1, 2) }.into()),
        address: address.into(),
        phone: phone.into(),
        ..person(name, PersonRole::Carer)
    }
}

fn flag(vault: &mut Vault, case: CaseId, person: PersonId, kind: FlagKind) {
    let flag = FlagInput {
        person: Some(person),
        kind: Some(kind),
        reason: "In a refuge in Weir Lane".into(),
        review: DayTyped::default(),
    };
    children::set_flag(vault, case, flag, at(6)).unwrap();
}

fn printed(vault: &mut Vault, case: CaseId, path: &Path) -> std::result::Result<String, Failure> {
    paper::save_file_summary(vault, case, path, at(60)).map_err(Failure::from)?;
    Ok(pdf::everything_in(path).into_iter().map(|(_, text)| text).collect())
}

fn tables(vault: &mut Vault, cases: &[CaseId], path: &Path) -> Vec<sharewell_exchange::Table> {
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    handover::import_recipient(vault, &key, "Council", at(61)).unwrap();
    let ask =
        HandoverAsk { reason: "The council asks for its own copy.".into(), ..HandoverAsk::of(cases, &key) };
    at_once(HandOver::new(ask, path.to_owned()), vault, at(62)).unwrap();
    let roster = [sharewell_exchange::PublicKey(vault.public_key().unwrap())];
    let bytes = std::fs::read(path).unwrap();
    sharewell_exchange::handover::read(&bytes[..], &identity, &roster, Default::default()).unwrap().tables
}

fn open_text(tables: &[sharewell_exchange::Table]) -> String {
    let open = tables.iter().filter(|table| !table.restricted());
    open.flat_map(|table| table.rows.iter().flatten()).cloned().collect::<Vec<_>>().join("|")
}

#[test]
fn whom_one_file_protects_is_hidden_in_every_other_that_goes_alone_under_every_name_and_home_she_ever_had() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (hers, _, _) = family(&mut vault);
    let id =
        children::add_person(&mut vault, hers, wren("Wren Inventwood", OLD, "01632 960201"), None, at(4));
    let id = id.unwrap();
    flag(&mut vault, hers, id, FlagKind::ProtectedIdentity);
    let now = wren("Wren Newname", NEW, "07700 900123");
    children::amend_person(&mut vault, hers, id, now, "Married and moved", at(7)).unwrap();

    // Another child's file, which knows nothing of the flag; she is one of its people under another id.
    let other = children::open_case(&mut vault, new_case("Kit Fictley", Nation::England), at(8)).unwrap();
    let again = PersonInput { birth: Some(Birth::Unknown.into()), ..wren("Wren Inventwood", "", "") };
    children::add_person(&mut vault, other, again, None, at(9)).unwrap();
    let text =
        format!("Lives with Wren Inventwood at {OLD}, now Ms Newname at {NEW}; 01632 960201, 07700900123.");
    children::add_item(&mut vault, other, item(&text, vec![]), at(10)).unwrap();

    let path = dir.path().join("other.pdf");
    // A town alone is asked about; that is all that is.
    let asked = paper::leftovers_in_file(&vault, other, at(11)).unwrap();
    let towns: Vec<&str> = asked.iter().map(|one| one.form.as_str()).collect();
    assert_eq!(towns, ["hiddenham"], "the town of the agency is everybody’s");
    let answer = |one: &LeftoverView| LeftoverInput {
        person: one.person,
        form: one.form.clone(),
        means: Some(LeftoverMeans::NotThem),
    };
    paper::answer_leftovers(&mut vault, &asked.iter().map(answer).collect::<Vec<_>>(), at(12)).unwrap();
    let alone = printed(&mut vault, other, &path).unwrap();
    let handed = open_text(&tables(&mut vault, &[other], &dir.path().join("alone")));
    let both = open_text(&tables(&mut vault, &[hers, other], &dir.path().join("both")));
    for (place, text) in [("print", alone), ("handover", handed), ("both", both)] {
        let bare: String = fold(&text).chars().filter(|c| c.is_alphanumeric()).collect();
        for telling in
            ["inventwood", "newname", "mockterrace", "refugestreet", "fb12cd", "hd11hd", "960201", "900123"]
        {
            assert!(!bare.contains(telling), "{place}: {telling} in {text}");
        }
        assert!(bare.contains("kitfictley"), "{place}: whose file it is can be read");
    }
    let head = children::file_head(&vault, other, at(70)).unwrap();
    assert!(
        head.people.iter().any(|one| one.person.name == "Wren Inventwood"),
        "the page itself hides nothing"
    );
    let view = children::child_file(&mut vault, other, at(70)).unwrap();
    assert!(!view.protects, "nobody is flagged here");
}

#[test]
fn what_looks_like_her_is_asked_before_a_paper_answered_once_and_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let jo = children::add_person(&mut vault, case, wren("Jo Quillfeather", OLD, ""), None, at(4)).unwrap();
    flag(&mut vault, case, jo, FlagKind::ProtectedIdentity);
    let text = "Quilfeather rang twice. Quilfeather is near Hobbleham.";
    children::add_item(&mut vault, case, item(text, vec![]), at(7)).unwrap();
    let path = dir.path().join("file.pdf");

    let refused = printed(&mut vault, case, &path).unwrap_err();
    assert_eq!(refused.code, Code::Leftovers);
    assert!(!path.exists(), "nothing left");
    let asked = paper::leftovers_in_file(&vault, case, at(8)).unwrap();
    let [slip] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((slip.form.as_str(), slip.name.as_str(), slip.count), ("quilfeather", "Jo Quillfeather", 2));

    // A handover waits for nobody: it carries a list instead, held apart.
    let list = tables(&mut vault, &[case], &dir.path().join("x"));
    let list = list.iter().find(|table| table.name == "restricted/possible-names").unwrap();
    assert_eq!(list.rows.len(), 1, "{:?}", list.rows);
    assert_eq!(list.rows[0][1..4], ["quilfeather", "Quilfeather", "spelling"]);

    let answer = |means| LeftoverInput { person: jo, form: "Quilfeather".into(), means };
    let unsaid = paper::answer_leftovers(&mut vault, &[answer(None)], at(9)).map_err(Failure::from);
    assert_eq!(unsaid.unwrap_err().field.as_deref(), Some("leftover_0"));
    paper::answer_leftovers(&mut vault, &[answer(Some(LeftoverMeans::NotThem))], at(9)).unwrap();
    assert!(printed(&mut vault, case, &path).unwrap().contains("Quilfeather"), "it is not her: it stays");
    paper::answer_leftovers(&mut vault, &[answer(Some(LeftoverMeans::Them))], at(10)).unwrap();
    assert!(
        !printed(&mut vault, case, &path).unwrap().contains("Quilfeather"),
        "it is her: it goes everywhere"
    );
    let other = children::open_case(&mut vault, new_case("Kit Fictley", Nation::England), at(11)).unwrap();
    children::add_item(&mut vault, other, item("Seen with Quilfeather", vec![]), at(12)).unwrap();
    assert!(!printed(&mut vault, other, &path).unwrap().contains("Quilfeather"), "in another file too");
}

#[test]
fn a_home_is_one_thing_and_a_move_asks_who_else_moves() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Mother),
        parental_responsibility: Some(ParentalResponsibility::Holds),
        same_home: Some(true),
        note: String::new(),
    };
    let mother = wren("Wren Inventwood", "2 Elm Row, Fablewell", "");
    let mother = children::add_person(&mut vault, case, mother, Some(tie), at(4)).unwrap();
    let sibling = PersonInput { address: "2 elm row".into(), ..person("Tam Inventwood", PersonRole::Child) };
    let sibling = PersonInput { birth: Some(Birth::Unknown.into()), ..sibling };
    let sibling = children::add_person(&mut vault, case, sibling, None, at(5)).unwrap();
    flag(&mut vault, case, mother, FlagKind::DoNotPost);
    let path = dir.path().join("file.pdf");
    assert!(
        !printed(&mut vault, case, &path).unwrap().to_lowercase().contains("2 elm row"),
        "nobody's post is safe"
    );

    let moved = || wren("Wren Inventwood", "9 Alder Close, Mockton", "");
    let unsaid = children::amend_person_and_home(&mut vault, case, mother, moved(), None, "Moved", at(7));
    assert_eq!(Failure::from(unsaid.unwrap_err()).field.as_deref(), Some("moves"));
    children::amend_person_and_home(&mut vault, case, mother, moved(), Some(&[child]), "Moved", at(8))
        .unwrap();
    let view = children::child_file(&mut vault, case, at(9)).unwrap();
    assert_eq!(view.child.person.address, "9 Alder Close, Mockton");
    let tam = view.people.iter().find(|one| one.person.id == sibling).unwrap();
    assert_eq!(tam.person.address, "2 elm row");
    assert!(tam.at_home.is_empty(), "he lives with neither of them now");
    assert_eq!(view.child.at_home, [mother]);
    assert!(!printed(&mut vault, case, &path).unwrap().contains("Alder"), "the flag moved with her");
}

#[test]
fn what_reached_the_wrong_person_is_asked_first_and_brings_the_duties_of_a_breach() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Father),
        parental_responsibility: Some(ParentalResponsibility::NotKnown),
        same_home: Some(false),
        note: String::new(),
    };
    let father = wren("Paul Imagina", "5 Pine Way", "07700 900462");
    let father = PersonInput { role: Some(PersonRole::Parent), ..father };
    let father = children::add_person(&mut vault, case, father, Some(tie), at(4)).unwrap();
    flag(&mut vault, case, father, FlagKind::DoNotTell);
    let gran = wren("Nia Imagina", "5 Pine Way", "");
    let gran = PersonInput { role: Some(PersonRole::OtherAdult), ..gran };
    children::add_person(&mut vault, case, gran, None, at(5)).unwrap();
    let share = |who: &str, route, happened| DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: who.into(),
        recipient_role: String::new(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(route),
        what: "the mother’s new address".into(),
        why: "He asked".into(),
        limits: String::new(),
        happened,
        names_meant: false,
        as_decided: false,
    };
    for who in ["Paul Imagina", "Mr P. Imagina", "Dad", "the child’s father", "Ayla’s dad"] {
        let refused =
            children::record_disclosure(&mut vault, case, share(who, Route::InPerson, false), at(8));
        let refused = Failure::from(refused.unwrap_err());
        assert_eq!((refused.code, refused.field.as_deref()), (Code::Flagged, Some("recipient")), "{who}");
    }
    for who in ["Father Green, priest", "Nia Imagina", "Paul Fictley, police"] {
        children::record_disclosure(&mut vault, case, share(who, Route::InPerson, false), at(9)).unwrap();
    }
    // What only looks like him is a question, which three answers end.
    for (who, route) in [
        ("Paul Imagna", Route::SecureEmail),
        ("Mr and Mrs Imagina", Route::Post),
        ("the family", Route::ByHand),
        ("dad’s phone", Route::Telephone),
        ("07700 900462", Route::Telephone),
        ("pimagina@example.org", Route::SecureEmail),
        ("The Occupier, 5 Pine Way", Route::Post),
    ] {
        let asked = children::record_disclosure(&mut vault, case, share(who, route, false), at(9));
        let asked = Failure::from(asked.unwrap_err());
        assert_eq!((asked.code, asked.field.as_deref()), (Code::Flagged, Some("somebody_else")), "{who}");
    }
    let another = DisclosureInput { somebody_else: true, ..share("Paul Imagna", Route::SecureEmail, false) };
    children::record_disclosure(&mut vault, case, another, at(9)).unwrap();
    let in_danger = DisclosureInput { in_danger: true, ..share("Paul Imagna", Route::Telephone, false) };
    children::record_disclosure(&mut vault, case, in_danger, at(9)).unwrap();
    let sure = DisclosureInput { somebody_else: true, ..share("Paul Imagina", Route::Telephone, false) };
    let sure = Failure::from(children::record_disclosure(&mut vault, case, sure, at(9)).unwrap_err());
    assert_eq!(sure.field.as_deref(), Some("recipient"), "whom it names is no question");
    let before = children::child_file(&mut vault, case, at(10)).unwrap();
    assert_eq!(
        (before.disclosures.len(), before.to_do.len()),
        (5, 0),
        "what was not sent is not written down"
    );
    children::record_disclosure(&mut vault, case, share("Dad", Route::InPerson, true), at(11)).unwrap();
    let after = children::child_file(&mut vault, case, at(12)).unwrap();
    assert_eq!(after.disclosures.len(), 6);
    let duties: std::collections::BTreeSet<Duty> = after.to_do.iter().map(|one| one.duty).collect();
    let breach = [
        Duty::ProtectAfterBreach,
        Duty::TellLeadOfBreach,
        Duty::TellDataProtectionOfficer,
        Duty::ReportBreach,
    ];
    assert_eq!(duties, breach.into());
    let report = after.to_do.iter().find(|one| one.duty == Duty::ReportBreach).unwrap();
    assert_eq!(report.due, Some(at(11 + 72 * 60)));
    assert!(!today::today(&vault, at(13)).unwrap().to_do.is_empty(), "they stand on the home page");
    // Post to a home where it is not safe stops as well, whoever it is addressed to.
    flag(&mut vault, case, father, FlagKind::DoNotPost);
    let posted =
        children::record_disclosure(&mut vault, case, share("Nia Imagina", Route::Post, false), at(14));
    assert_eq!(Failure::from(posted.unwrap_err()).code, Code::Flagged);
}

#[test]
fn an_earlier_name_in_a_note_is_asked_about_before_the_paper_leaves_and_never_printed_once_it_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut new = new_case("Max Sampleton", Nation::England);
    new.child.care.earlier_names = vec!["Quillon Formerly".into()];
    let case = children::open_case(&mut vault, new, at(2)).unwrap();
    let note = item("Her aunt called her Quillon again.", vec![]);
    children::add_item(&mut vault, case, note, at(3)).unwrap();
    let path = dir.path().join("file.pdf");
    let asked = paper::leftovers_in_file(&vault, case, at(4)).unwrap();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(
        (asked[0].form.as_str(), asked[0].like),
        ("quillon", sharewell_records::LeftoverKind::Earlier)
    );
    assert_eq!(asked[0].name, "Max Sampleton");
    let refused = paper::save_file_summary(&mut vault, case, &path, at(5)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::Leftovers);
    let them = LeftoverInput {
        person: asked[0].person,
        form: asked[0].form.clone(),
        means: Some(sharewell_records::LeftoverMeans::Them),
    };
    paper::answer_leftovers(&mut vault, &[them], at(6)).unwrap();
    assert!(paper::leftovers_in_file(&vault, case, at(7)).unwrap().is_empty());
    paper::save_file_summary(&mut vault, case, &path, at(8)).unwrap();
    let text = pdf::all_of(&path).into_iter().map(|(_, text)| text).collect::<String>();
    assert!(!text.contains("Quillon"), "{text}");
    assert!(text.contains("[Max Sampleton]"), "{text}");
}
