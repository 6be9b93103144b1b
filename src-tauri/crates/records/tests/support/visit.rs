//! A visit that is filled in every place.

use sharewell_records::*;
use uuid::Uuid;

pub fn visit(id: Uuid, person: PersonId, text: &str) -> Visit {
    Visit {
        id: VisitId(id),
        place: text.to_owned(),
        there: vec![person],
        others: text.to_owned(),
        alone: vec![person],
    }
}
