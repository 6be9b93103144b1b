//! People and ties that are filled in every place.

use sharewell_records::*;

use super::{Set, births, tagged, text, uuid, words};

pub fn person() -> Person {
    Person {
        also_known_as: vec![text()],
        identifiers: vec![Identifier { kind: IdentifierKind::Upn, value: text(), issuer: text() }],
        unknown_numbers: vec![IdentifierKind::NhsNumber],
        no_fixed_address: Some(text()),
        care: Care { earlier_names: vec![text()], ..Care::default() },
        ..Person::named(PersonId(uuid(2)), text(), PersonRole::Child)
    }
}

pub fn person_sets() -> Vec<Set> {
    vec![
        words("/person/role", PersonRole::ALL),
        words("/person/identifiers/0/kind", IdentifierKind::ALL),
        words("/person/unknown_numbers/0", IdentifierKind::ALL),
        tagged("/person/birth", "known", births()),
    ]
}

pub fn tie() -> Relationship {
    Relationship {
        id: RelationshipId(uuid(5)),
        from: PersonId(uuid(2)),
        to: PersonId(uuid(3)),
        kind: RelationshipKind::Mother,
        parental_responsibility: ParentalResponsibility::Holds,
        same_home: Some(true),
        note: text(),
    }
}

pub fn tie_sets() -> Vec<Set> {
    vec![
        words("/relationship/kind", RelationshipKind::ALL),
        words("/relationship/parental_responsibility", ParentalResponsibility::ALL),
    ]
}
