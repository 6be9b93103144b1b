//! Who: practitioners, files, people, ties and flags.

use sharewell_records::{
    Birth, Bound, CaseKind, Door, Hidden, Identifier, Leftovers, Person, PersonId, Protection, Standing,
};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn practitioners(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "practitioners",
        [
            ("practitioner_id", Kind::Id, K::P, "Whoever used the vault"),
            ("name", Kind::Text, K::No, "Full name"),
            ("role", Kind::Text, K::No, "Post"),
            ("agency", Kind::Text, K::No, "Agency"),
            ("team", Kind::Text, K::No, "Team"),
            ("nation", Kind::Word, K::No, "Nation in which they work"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.practitioners.values() {
        let who = &one.record;
        let cells = [
            who.id.to_string(),
            who.name.clone(),
            who.role.clone(),
            who.agency.clone(),
            who.team.clone(),
            who.nation.word().to_owned(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn cases(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "cases",
        [
            ("case_id", Kind::Id, K::P, "A child's or a family's file, an adult's, or one about numbers"),
            (
                "child_id",
                Kind::Id,
                K::F("people"),
                "The child, or the first child of the family; in an adult's file the adult; empty where it is about numbers",
            ),
            ("nation", Kind::Word, K::No, "The nation whose guidance applies first"),
            ("reference", Kind::Text, K::No, "The agency's own number for the file"),
            ("reason", Kind::Text, K::No, "Why the file was opened"),
            (
                "kind",
                Kind::Word,
                K::No,
                "family; allegation: a restricted file about somebody who works with children, never part of the child's; adult: a restricted file about an adult, where no child is known; or numbers",
            ),
            ("beside_case_id", Kind::Id, K::No, "For an allegation: the child's file, which is not here"),
        ]
        .into_iter()
        .chain(CHANGED)
        .chain([("title", Kind::Text, K::No, "What a file about numbers is called")]),
        protection,
    );
    for one in records.cases.values() {
        let file = &one.record;
        let cells = [
            file.id.to_string(),
            about(file.kind, file.child),
            file.nation.word().to_owned(),
            file.reference.clone(),
            file.reason.clone(),
            file.kind.word().to_owned(),
            case(file.beside),
        ];
        sheet.push(cells.into_iter().chain(changed(one)).chain([file.title.clone()]));
    }
    sheet.table
}

/// Whom a file is about; nobody where it is about numbers.
pub(super) fn about(kind: CaseKind, person: PersonId) -> String {
    if kind == CaseKind::Numbers { String::new() } else { person.to_string() }
}

pub(super) fn case_kept_from(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "case_kept_from",
        [
            ("case_id", Kind::Id, K::PF("cases"), "A restricted file"),
            (
                "person_id",
                Kind::Id,
                K::PF("people"),
                "Somebody to whom nothing of it goes: whom it is about, or who may be part of it",
            ),
        ],
        protection,
    );
    for file in records.cases.values().map(|one| &one.record) {
        for person in &file.kept_from {
            sheet.push([file.id.to_string(), person.to_string()]);
        }
    }
    sheet.table
}

/// How a birth is known, the day or expected day, the years of age and the day on which that was said.
fn birth(birth: &Birth) -> [String; 4] {
    let none = String::new;
    match birth {
        Birth::Born { on } => ["born".to_owned(), on.to_string(), none(), none()],
        Birth::Expected { on } => ["expected".to_owned(), on.to_string(), none(), none()],
        Birth::About { years, on } => ["about".to_owned(), none(), years.to_string(), on.to_string()],
        Birth::Unknown => ["unknown".to_owned(), none(), none(), none()],
    }
}

pub(super) fn people(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "people",
        [
            ("person_id", Kind::Id, K::P, "A person as a file knows them"),
            CASE,
            ("name", Kind::Text, K::No, "Full name, or what a protected person is called instead"),
            (
                "protected",
                Kind::Flag,
                K::No,
                "Whether name and whereabouts are kept apart, see restricted/protected-people",
            ),
            ("role", Kind::Word, K::No, "child, parent, carer, other_adult or practitioner"),
            (
                "birth_known",
                Kind::Word,
                K::No,
                "born, expected, about or unknown; restricted for a protected person",
            ),
            ("birth_on", Kind::Date, K::No, "Date of birth, or the expected date"),
            ("age_years", Kind::Number, K::No, "Years of age where only that is known"),
            ("age_said_on", Kind::Date, K::No, "The day on which that age was recorded"),
            (
                "address",
                Kind::Text,
                K::No,
                "Address; kept apart for a protected person and for who shares their home",
            ),
            ("phone", Kind::Text, K::No, "Telephone"),
            ("agency", Kind::Text, K::No, "For a practitioner: agency and post"),
            ("language", Kind::Text, K::No, "Language or interpreter needs"),
            ("needs", Kind::Text, K::No, "Disability or communication needs"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.people.values() {
        let who = &one.record;
        let none = String::new;
        let label = protection.label(who.id);
        let born = match label {
            None => birth(&who.birth),
            Some(_) => ["restricted".to_owned(), none(), none(), none()],
        };
        let hidden = label.is_some();
        let address = match (hidden, protection.home_kept_apart(who.id)) {
            (true, _) => none(),
            (false, Some(apart)) if !who.address.is_empty() => apart,
            (false, _) => who.address.clone(),
        };
        let open = |text: &String| if hidden { String::new() } else { text.clone() };
        let cells = [
            who.id.to_string(),
            case(one.case),
            label.map_or_else(|| who.name.clone(), str::to_owned),
            hidden.to_string(),
            word(&who.role),
        ];
        let rest = [address, open(&who.phone), open(&who.agency), open(&who.language), who.needs.clone()];
        sheet.push(cells.into_iter().chain(born).chain(rest).chain(changed(one)));
    }
    sheet.table
}

pub(super) fn person_names(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "person_names",
        [
            ("person_id", Kind::Id, K::PF("people"), "The person; nobody protected stands here"),
            ("number", Kind::Number, K::P, "From 1"),
            ("name", Kind::Text, K::No, "Another name, nickname or spelling"),
        ],
        protection,
    );
    for who in open(records, protection) {
        for (at, name) in who.also_known_as.iter().enumerate() {
            sheet.push([who.id.to_string(), (at + 1).to_string(), name.clone()]);
        }
    }
    sheet.table
}

pub(super) fn person_identifiers(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "person_identifiers",
        [
            ("person_id", Kind::Id, K::PF("people"), "The person; nobody protected stands here"),
            ("number", Kind::Number, K::P, "From 1"),
            ("kind", Kind::Word, K::No, "nhs_number, chi_number, hc_number, upn or agency"),
            ("value", Kind::Text, K::No, "Digits and letters without spaces"),
            ("issuer", Kind::Text, K::No, "Whose number it is, for an agency's own"),
        ],
        protection,
    );
    for who in open(records, protection) {
        for (at, identifier) in who.identifiers.iter().enumerate() {
            let number = (at + 1).to_string();
            let Identifier { kind, value, issuer } = identifier;
            sheet.push([who.id.to_string(), number, word(kind), value.clone(), issuer.clone()]);
        }
    }
    sheet.table
}

/// Everybody who is not protected.
fn open<'a>(records: &'a Standing, protection: &'a Protection) -> impl Iterator<Item = &'a Person> {
    records.people.values().map(|one| &one.record).filter(|who| protection.label(who.id).is_none())
}

pub(super) fn relationships(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "relationships",
        [
            ("relationship_id", Kind::Id, K::P, "A tie between two people"),
            CASE,
            ("from_id", Kind::Id, K::F("people"), "The parent, carer, partner …"),
            ("kind", Kind::Word, K::No, "What the first person is of the second"),
            ("to_id", Kind::Id, K::F("people"), "… of this person"),
            (
                "parental_responsibility",
                Kind::Word,
                K::No,
                "Whether the first holds it for the second: holds, does_not_hold or not_known",
            ),
            (
                "same_home",
                Kind::Flag,
                K::No,
                "Whether both live at the same home; empty where that is not known",
            ),
            ("note", Kind::Text, K::No, "Anything else"),
            ("ended", Kind::Flag, K::No, "Whether the tie ended or was recorded in error"),
            ("end_reason", Kind::Text, K::No, "Why it ended"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.relationships.values() {
        let (tie, ended) = (&one.record, one.how());
        let cells = [
            tie.id.to_string(),
            case(one.case),
            tie.from.to_string(),
            word(&tie.kind),
            tie.to.to_string(),
            word(&tie.parental_responsibility),
            maybe(tie.same_home),
            tie.note.clone(),
            ended.is_some().to_string(),
            ended.cloned().unwrap_or_default(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn flags(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "flags",
        [
            ("flag_id", Kind::Id, K::P, "A safety flag"),
            CASE,
            ("person_id", Kind::Id, K::F("people"), "Whom it is about"),
            (
                "kind",
                Kind::Word,
                K::No,
                "do_not_tell, no_contact, do_not_post, unsafe_phone, protected_identity or worker_safety",
            ),
            ("reason", Kind::Text, K::No, "Why, and what to do instead; kept apart for protected_identity"),
            ("review_on", Kind::Date, K::No, "When to look again"),
            ("lifted", Kind::Flag, K::No, "Whether it was lifted"),
            ("lifted_reason", Kind::Text, K::No, "Why it is safe now; kept apart for protected_identity"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.flags.values() {
        let (flag, lifted) = (&one.record, one.how());
        // The reason of a protected identity tends to say where somebody is.
        let apart = flag.kind.binds(Door::Handover) == Bound::Hide(Hidden::Identity);
        let open = |text: &String| if apart { String::new() } else { text.clone() };
        let cells = [
            flag.id.to_string(),
            case(one.case),
            flag.person.to_string(),
            word(&flag.kind),
            open(&flag.reason),
            maybe(flag.review),
            lifted.is_some().to_string(),
            lifted.map(open).unwrap_or_default(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn protected(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "restricted/protected-people",
        [
            (
                "person_id",
                Kind::Id,
                K::PF("people"),
                "The protected person, or one whose flag or address says too much",
            ),
            ("number", Kind::Number, K::P, "From 1"),
            (
                "label",
                Kind::Text,
                K::No,
                "What every other table calls the person; empty where they are not protected",
            ),
            (
                "detail",
                Kind::Word,
                K::No,
                "name, other_name, birth_on, age_years, address, phone, agency, language, flag_reason, lifted_reason, or the kind of an identifier",
            ),
            ("value", Kind::Text, K::No, "The detail itself"),
        ],
        protection,
    );
    let mut details: std::collections::BTreeMap<_, Vec<(String, String)>> = std::collections::BTreeMap::new();
    for one in records.people.values() {
        let who = &one.record;
        let [_, birth_on, age_years, _] = birth(&who.birth);
        let mut said: Vec<(String, String)> = Vec::new();
        let mut say = |detail: &str, value: &str| {
            if !value.is_empty() {
                said.push((detail.to_owned(), value.to_owned()));
            }
        };
        if protection.label(who.id).is_some() {
            say("name", &who.name);
            who.also_known_as.iter().for_each(|name| say("other_name", name));
            say("birth_on", &birth_on);
            say("age_years", &age_years);
            say("address", &who.address);
            say("phone", &who.phone);
            say("agency", &who.agency);
            say("language", &who.language);
            who.identifiers.iter().for_each(|identifier| say(&word(&identifier.kind), &identifier.value));
        } else if protection.shares_home(who.id).is_some() {
            say("address", &who.address);
        }
        details.entry(who.id).or_default().append(&mut said);
    }
    for (flag, lifted) in records.flags.values().map(|one| (&one.record, one.how())) {
        if flag.kind.binds(Door::Handover) == Bound::Hide(Hidden::Identity) {
            let said = details.entry(flag.person).or_default();
            said.push(("flag_reason".to_owned(), flag.reason.clone()));
            said.extend(lifted.map(|reason| ("lifted_reason".to_owned(), reason.clone())));
        }
    }
    for (person, said) in details {
        let label = protection.label(person).unwrap_or_default();
        for (at, (detail, value)) in said.into_iter().enumerate() {
            sheet.push([person.to_string(), (at + 1).to_string(), label.to_owned(), detail, value]);
        }
    }
    sheet.table
}

/// What in the other tables looks like a protected person and was not cut, since only a person can say: to be looked at
/// before they are passed on.
pub(super) fn possible_names(tables: &[Table], protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "restricted/possible-names",
        [
            ("person_id", Kind::Id, K::P, "Whom it may name; in no table where another file protects them"),
            ("form", Kind::Text, K::P, "The word, as it is compared"),
            ("written", Kind::Text, K::No, "As it was first written"),
            (
                "like",
                Kind::Word,
                K::No,
                "spelling, ending, word, initials, street, town, postcode, account or earlier: what makes it look so",
            ),
            ("count", Kind::Number, K::No, "How often it stands in the tables that are not restricted"),
        ],
        protection,
    );
    let mut found = Leftovers::default();
    for table in tables.iter().filter(|table| !table.restricted()) {
        for (at, column) in table.columns.iter().enumerate() {
            for cell in table.rows.iter().filter_map(|row| row.get(at)) {
                match column.kind {
                    Kind::Text => protection.look_over(cell, &mut found),
                    Kind::Json => {
                        if let Ok(value) = serde_json::from_str(cell) {
                            protection.look_over_value(&value, &mut found);
                        }
                    }
                    Kind::Id | Kind::Word | Kind::Date | Kind::Moment | Kind::Number | Kind::Flag => {}
                }
            }
        }
    }
    for one in found.groups() {
        let like = word(&one.like);
        sheet.push([
            one.person.to_string(),
            one.form.clone(),
            one.shown.clone(),
            like,
            one.count.to_string(),
        ]);
    }
    sheet.table
}
