use super::*;
use crate::support;
use proptest::prelude::*;
use sharewell_records::{Ended, PersonRole, Relationship};

fn tables() -> Vec<Table> {
    let records = support::records();
    build(&records, &records.protection(&support::called()))
}

fn all_cells(tables: &[Table]) -> impl Iterator<Item = (&str, &str)> {
    tables
        .iter()
        .flat_map(|table| table.rows.iter().flatten().map(|cell| (table.name.as_str(), cell.as_str())))
}

fn table<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables.iter().find(|table| table.name == name).expect("the table is always there")
}

fn cell<'a>(table: &'a Table, row: usize, column: &str) -> &'a str {
    let at = table.columns.iter().position(|c| c.name == column).expect("the column is in the contract");
    &table.rows[row][at]
}

#[test]
fn a_protected_person_stands_by_role_in_every_table_and_by_name_only_in_the_restricted_one() {
    let tables = tables();
    let telling = [
        "zoë",
        "zoe",
        "notreal",
        "nosuch lane",
        "zz1 1zz",
        "zz11zz",
        "900123",
        "900 123",
        "inventon",
        "1990",
    ];
    let mut seen_apart = 0;
    for (name, cell) in all_cells(&tables) {
        let low = cell.to_lowercase();
        for word in telling {
            if name == "restricted/protected-people" {
                seen_apart += usize::from(low.contains(word));
            } else {
                assert!(!low.contains(word), "{word:?} stands in {name}: {cell:?}");
            }
        }
    }
    assert!(seen_apart > 4, "the restricted table holds what the others leave out");
    let people = table(&tables, "people");
    assert_eq!(cell(people, 1, "name"), "Protected person 1, carer");
    assert_eq!(cell(people, 1, "birth_known"), "restricted");
}

#[test]
fn everybody_else_keeps_their_name_even_where_a_protected_person_shares_part_of_it() {
    let tables = tables();
    let people = table(&tables, "people");
    assert_eq!(cell(people, 0, "name"), "Ayla Sampleton");
    assert_eq!(cell(people, 0, "address"), "12 Madeup Road, Faketown, ZZ9 9ZZ");
    assert_eq!(cell(people, 2, "name"), "Tam Fablewell", "her surname is his too, and he is not protected");
    assert!(cell(table(&tables, "items"), 0, "text").contains("Tam Fablewell cried"), "in texts as well");
}

#[test]
fn an_address_that_would_say_where_a_protected_person_lives_is_kept_apart() {
    let tables = tables();
    let people = table(&tables, "people");
    assert_eq!(cell(people, 2, "address"), "[kept apart: shares a home with Protected person 1, carer]");
    let apart = table(&tables, "restricted/protected-people");
    assert!(
        apart.rows.iter().any(|row| row.contains(&"Flat 3, Nosuch Lane, Inventon".to_owned())),
        "{apart:?}"
    );
}

#[test]
fn names_in_texts_are_found_without_accents_in_any_case_and_turned_round() {
    let protection = support::records().protection(&support::called());
    let label = "[Protected person 1, carer]";
    for (text, expected) in [
        ("ZOË's door", format!("{label}'s door")),
        ("zoe said", format!("{label} said")),
        ("Fablewell, Zoë", label.to_owned()),
        ("Zoe\u{308} came", format!("{label} came")),
        ("Call +44 (0)7700 900-123.", format!("Call +{label}.")),
        ("zoetrope", "zoetrope".to_owned()),
        ("Tam Fablewell", "Tam Fablewell".to_owned()),
    ] {
        assert_eq!(protection.scrub(text), expected, "{text}");
    }
}

#[test]
fn a_lifted_flag_binds_no_longer_and_an_old_one_still_does() {
    let mut records = support::records();
    assert!(records.protection(&support::called()).label(support::id(102)).is_some());
    for flag in records.flags.values_mut() {
        flag.ended = Some(Ended { how: "She asked for it.".into(), by: flag.by });
    }
    assert!(records.protection(&support::called()).label(support::id(102)).is_none());
    let tables = build(&records, &records.protection(&support::called()));
    assert_eq!(cell(table(&tables, "people"), 1, "name"), "Zoë Fablewell");
    let flags = table(&tables, "flags");
    assert_eq!(cell(flags, 0, "reason"), "", "why she was protected stays apart");
}

#[test]
fn the_answers_of_a_decision_stay_json_after_names_are_taken_out() {
    let tables = tables();
    let answers = table(&tables, "decision_answers");
    let value: serde_json::Value = serde_json::from_str(cell(answers, 0, "answer")).unwrap();
    assert_eq!(value["rows"][0]["name"], "[Protected person 1, carer]");
}

#[test]
fn tables_show_the_latest_form_and_what_became_of_an_obligation() {
    let tables = tables();
    let items = table(&tables, "items");
    assert_eq!(items.rows.len(), 1, "an amendment is no second item");
    assert!(cell(items, 0, "text").contains("ajar"));
    assert_eq!(cell(items, 0, "entry_sequence"), "12");
    assert_eq!(cell(table(&tables, "obligations"), 0, "state"), "done");
    assert_eq!(cell(items, 0, "occurred"), "2026-03");
    let visits = table(&tables, "item_visits");
    assert_eq!(cell(visits, 0, "item_id"), cell(items, 0, "item_id"));
    assert_eq!(cell(visits, 0, "place"), "At home");
    assert_eq!(cell(table(&tables, "item_visit_people"), 0, "seen_alone"), "true");
}

#[test]
fn every_table_has_unique_headers_a_primary_key_first_and_foreign_keys_that_lead_somewhere() {
    let tables = tables();
    for table in &tables {
        let mut names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert!(matches!(table.columns[0].key, Key::Primary | Key::PrimaryForeign(_)), "{}", table.name);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len(), "{}: a header stands twice", table.name);
        for column in &table.columns {
            if let Key::Foreign(to) | Key::PrimaryForeign(to) = &column.key {
                assert!(tables.iter().any(|other| other.name == *to), "{}: no table {to}", table.name);
            }
        }
        let keys: Vec<usize> = (0..table.columns.len())
            .filter(|at| matches!(table.columns[*at].key, Key::Primary | Key::PrimaryForeign(_)))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}: a row has not all its cells", table.name);
            let key: Vec<&String> = keys.iter().map(|at| &row[*at]).collect();
            assert!(seen.insert(key), "{}: a primary key stands twice", table.name);
        }
    }
}

#[test]
fn the_published_column_contract_is_the_one_the_code_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/handover-format.md");
    let published = std::fs::read_to_string(path).unwrap();
    let contract = contract_text();
    assert!(
        published.contains(&contract),
        "docs/handover-format.md is not up to date; its section on columns must read:\n{contract}"
    );
}

proptest! {
    #[test]
    fn no_name_part_of_a_protected_person_is_left_in_any_text(
        before in "[a-z ,.()'-]{0,12}", after in "[a-z ,.()'-]{0,12}", upper: bool,
    ) {
        let protection = support::records().protection(&support::called());
        let name = if upper { "ZOË FABLEWELL" } else { "zoe fablewell" };
        let text = format!("{before} {name} {after}");
        let scrubbed = protection.scrub(&text).to_lowercase();
        prop_assert!(!scrubbed.contains("zoe fablewell") && !scrubbed.contains("zoë"), "{scrubbed}");
    }

    #[test]
    fn no_text_makes_it_panic_and_a_text_about_nobody_is_left_alone(text: String) {
        let protection = support::records().protection(&support::called());
        let _ = protection.scrub(&text);
        prop_assert_eq!(Protection::default().scrub(&text), text);
    }
}

#[test]
fn a_home_shared_both_ways_is_protected_from_either_side() {
    let mut records = support::records();
    let tie: &mut Relationship = &mut records.relationships.values_mut().next().unwrap().record;
    std::mem::swap(&mut tie.from, &mut tie.to);
    assert!(records.protection(&support::called()).shares_home(support::id(103)).is_some());
    assert_eq!(records.people[&support::id(103)].record.role, PersonRole::Child);
}
