//! The same child twice, one number for two, namesakes: shown before anything is saved, and told apart afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Result, Vault, children, handover, search};
use support::allegation::told;
use support::*;

const NUMBER: &str = "943 476 5919";

fn child(name: &str, born: (i32, u32, u32), number: &str, address: &str) -> NewCase {
    let mut new = new_case(name, Nation::England);
    let (year, month, day) = born;
    new.child.birth = Some(BirthTyped::Born { on: DayTyped(format!("{year}-{month}-{day}")) });
    new.child.identifiers = match number {
        "" => vec![],
        number => vec![Identifier::of(IdentifierKind::NhsNumber, number.into())],
    };
    new.child.address = address.into();
    new
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, Code)> {
    Failure::from(result.unwrap_err()).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

fn same_child() -> Vec<(String, Code)> {
    vec![("another".to_owned(), Code::SameChild)]
}

fn to_do(vault: &mut Vault, case: CaseId) -> Vec<ToDoLine> {
    children::child_file(vault, case, at(90)).unwrap().to_do
}

#[test]
fn a_second_file_with_the_same_number_is_not_opened_in_silence() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let first = children::open_case(
        &mut vault,
        child("Ayla Sampleton", (2019, 5, 4), NUMBER, "2 Elm Row, Nowhere"),
        at(2),
    )
    .unwrap();
    let mut other = child("Corey Nobody", (2018, 1, 2), "9434765919", "");
    assert_eq!(refused(children::open_case(&mut vault, other.clone(), at(3))), same_child());
    let shown = children::same_child(&vault, &other.child, None, None, at(3)).unwrap();
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (shown[0].line.case, shown[0].name.as_str(), shown[0].number, shown[0].address.as_str()),
        (first, "Ayla Sampleton", true, "2 Elm Row, Nowhere")
    );
    assert_eq!(children::children(&vault, "", None, at(4)).unwrap().in_all, 1, "nothing was saved");

    // The same child again, without the number: by name and birth, however it is written.
    let again = child("AYLA  sampleton", (2019, 5, 4), "", "");
    assert_eq!(refused(children::open_case(&mut vault, again.clone(), at(5))), same_child());
    assert!(!children::same_child(&vault, &again.child, None, None, at(5)).unwrap()[0].number);

    // A number of another nation's name is the same ten figures.
    let mut chi = child("Wren Madeup", (2017, 3, 3), NUMBER, "");
    chi.child.identifiers[0].kind = IdentifierKind::HcNumber;
    assert_eq!(refused(children::open_case(&mut vault, chi, at(6))), same_child());

    other.child.another = vec![shown[0].person];
    let second = children::open_case(&mut vault, other, at(7)).unwrap();
    let duties = to_do(&mut vault, second);
    assert_eq!(duties.len(), 1, "the number needs checking");
    assert!(duties[0].title.contains("Corey Nobody"), "{}", duties[0].title);
    assert!(to_do(&mut vault, first).is_empty());
}

#[test]
fn a_number_that_is_changed_into_another_childs_is_shown_once_and_stays_to_be_checked() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    children::open_case(&mut vault, child("Ayla Sampleton", (2019, 5, 4), NUMBER, ""), at(2)).unwrap();
    let case = children::open_case(&mut vault, child("Corey Nobody", (2018, 1, 2), "", ""), at(3)).unwrap();
    let id = children::file_head(&vault, case, at(3)).unwrap().child.person.id;
    let mut typed = child("Corey Nobody", (2018, 1, 2), NUMBER, "").child;
    let amend = |vault: &mut Vault, typed: &PersonInput, minute| {
        children::amend_person(vault, case, id, typed.clone(), "Letter", at(minute))
    };
    assert_eq!(refused(amend(&mut vault, &typed, 4)), same_child());
    typed.another = children::same_child(&vault, &typed, Some(id), None, at(4))
        .unwrap()
        .into_iter()
        .map(|one| one.person)
        .collect();
    amend(&mut vault, &typed, 5).unwrap();
    assert_eq!(to_do(&mut vault, case).len(), 1);
    typed.another = vec![];
    typed.address = "9 Mill Lane".into();
    amend(&mut vault, &typed, 6).unwrap();
    assert_eq!(to_do(&mut vault, case).len(), 1, "what was answered is not asked again");
}

#[test]
fn a_brother_or_sister_who_stands_in_another_file_may_have_a_file_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let number = number_of("Corey Nobody");
    let sibling = child("Corey Nobody", (2018, 1, 2), &number, "").child;
    children::add_person(&mut vault, case, sibling, None, at(5)).unwrap();
    children::open_case(&mut vault, child("Corey Nobody", (2018, 1, 2), &number, ""), at(6)).unwrap();
    let taken = children::open_case(&mut vault, child("Wren Madeup", (2017, 3, 3), &number, ""), at(7));
    assert_eq!(refused(taken), same_child());
}

#[test]
fn lines_that_would_read_alike_each_say_what_the_other_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut second = child("Ayla Sampleton", (2019, 5, 4), "", "9 Mill Lane");
    let first =
        children::open_case(&mut vault, child("Ayla Sampleton", (2019, 5, 4), "", "2 Elm Row"), at(2))
            .unwrap();
    let alone =
        children::open_case(&mut vault, child("Ayla-Rose Sampleton", (2019, 5, 4), "", ""), at(3)).unwrap();
    second.child.another = children::same_child(&vault, &second.child, None, None, at(3))
        .unwrap()
        .into_iter()
        .map(|one| one.person)
        .collect();
    let second = children::open_case(&mut vault, second, at(4)).unwrap();
    let home = |line: &str| vec![TellsApart::Home { line: line.into() }];
    let check = |lines: &[ChildLine]| {
        let of = |case| lines.iter().find(|line| line.case == case).unwrap();
        assert_eq!((of(first).telling.clone(), of(first).alike), (home("2 Elm Row"), 2));
        assert_eq!((of(second).telling.clone(), of(second).alike), (home("9 Mill Lane"), 2));
    };
    let list = children::children(&vault, "", None, at(5)).unwrap().lines;
    check(&list);
    assert!(list.iter().find(|line| line.case == alone).unwrap().telling.is_empty());
    check(&children::children(&vault, "ayla", None, at(5)).unwrap().lines);
    check(&search::search(&mut vault, "Ayla", at(6)).unwrap().children);
    let page = handover::handover_page(&vault).unwrap();
    let of = |case| page.files.iter().find(|file| file.case == case).unwrap();
    assert_eq!(of(first).telling, home("2 Elm Row"));
    assert!(of(alone).telling.is_empty());
    assert_eq!(children::file_head(&vault, second, at(7)).unwrap().telling, home("9 Mill Lane"));

    // Whereabouts of a protected person stand in no list.
    let id = children::file_head(&vault, first, at(7)).unwrap().child.person.id;
    let flag = FlagInput {
        person: Some(id),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Court".into(),
        review: DayTyped(String::new()),
    };
    children::set_flag(&mut vault, first, flag, at(8)).unwrap();
    let list = children::children(&vault, "ayla", None, at(9)).unwrap().lines;
    let of = |case| list.iter().find(|line| line.case == case).unwrap();
    assert!(!format!("{:?}", of(first).telling).contains("Elm"), "{:?}", of(first).telling);
    assert_ne!(of(first).telling, of(second).telling);
    assert!(!of(first).telling.is_empty());
}

#[test]
fn nobody_of_a_restricted_file_is_shown_as_the_same_child() {
    let mut t = told();
    let number = number_of("Known Nowhere");
    let known = child("Known Nowhere", (2015, 5, 5), &number, "").child;
    children::add_person(&mut t.vault, t.apart, known.clone(), None, at(90)).unwrap();
    assert!(children::same_child(&t.vault, &known, None, None, at(91)).unwrap().is_empty());
    let other = child("Ayla Other", (2014, 5, 5), &number, "");
    children::open_case(&mut t.vault, other, at(92)).unwrap();
}

#[test]
fn a_name_that_forms_break_on_is_taken_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for (minute, name) in [
        "O",
        "Suharto",
        "Wolfe-Montague, Jr",
        "Null",
        "Test",
        "Baby girl 2 of Jo",
        "AYLA SAMPLETON",
        "王小明",
        "😀",
    ]
    .into_iter()
    .enumerate()
    {
        let case =
            children::open_case(&mut vault, new_case(name, Nation::England), at(minute as i64 + 2)).unwrap();
        assert_eq!(children::file_head(&vault, case, at(40)).unwrap().child.person.name, name);
    }
    for name in ["\u{200b}", ".", "-", " ", "\u{feff}"] {
        let taken = children::open_case(&mut vault, new_case(name, Nation::England), at(40));
        assert_eq!(refused(taken)[0].0, "name", "{name:?}");
    }
    let mut typed = new_case("\u{202e}yalA\u{0}", Nation::England);
    typed.child.also_known_as = vec!["Smith, John".into(), "  Two  blanks ".into(), "\u{200b}".into()];
    let case = children::open_case(&mut vault, typed, at(41)).unwrap();
    let person = children::file_head(&vault, case, at(42)).unwrap().child.person;
    assert_eq!(
        (person.name.as_str(), person.also_known_as),
        ("yalA", vec!["Smith, John".into(), "Two blanks".into()])
    );
}

#[test]
fn nobody_is_added_to_a_file_twice_and_a_child_with_a_file_of_its_own_is_shown_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let again = person("JO  Sampleton", PersonRole::Parent);
    assert_eq!(refused(children::add_person(&mut vault, case, again.clone(), None, at(10))), same_child());
    let shown = children::same_child(&vault, &again, None, Some(case), at(10)).unwrap();
    assert_eq!((shown.len(), shown[0].person, shown[0].here), (1, mother, true), "she stands here already");
    let other = PersonInput { another: vec![mother], ..again };
    children::add_person(&mut vault, case, other, None, at(11)).unwrap();

    // The child itself, and a brother who has a file of his own.
    let born = Birth::Born { on: day(2019, 5, 4) };
    let itself = PersonInput { birth: Some(born.into()), ..person("Ayla Sampleton", PersonRole::Child) };
    let shown = children::same_child(&vault, &itself, None, Some(case), at(12)).unwrap();
    assert_eq!(shown[0].person, child);
    let brother =
        children::open_case(&mut vault, new_case("Tam Sampleton", Nation::England), at(13)).unwrap();
    let tam = children::file_head(&vault, brother, at(13)).unwrap().child.person;
    let typed = PersonInput {
        birth: Some(tam.birth.clone().into()),
        identifiers: tam.identifiers.clone(),
        ..person("Tam Sampleton", PersonRole::Child)
    };
    assert_eq!(refused(children::add_person(&mut vault, case, typed.clone(), None, at(14))), same_child());
    let shown = children::same_child(&vault, &typed, None, Some(case), at(14)).unwrap();
    assert_eq!((shown[0].line.case, shown[0].here), (brother, false), "and his file is there to open");
    let before = to_do(&mut vault, case).len();
    let seen = PersonInput { another: vec![tam.id], ..typed.clone() };
    children::add_person(&mut vault, case, seen, None, at(15)).unwrap();
    assert_eq!(
        to_do(&mut vault, case).len(),
        before,
        "the same child has the same number, and nothing is wrong"
    );

    // Under another name that number is wrong in one of the two.
    let mut wrong = PersonInput { name: "Bo Madeup".into(), ..typed };
    let shown = children::same_child(&vault, &wrong, None, Some(case), at(16)).unwrap();
    let wrong_numbers = shown.iter().filter(|one| one.number).count();
    wrong.another = shown.into_iter().map(|one| one.person).collect();
    children::add_person(&mut vault, case, wrong, None, at(16)).unwrap();
    assert_eq!(to_do(&mut vault, case).len(), before + wrong_numbers, "somebody has to check it");
}
