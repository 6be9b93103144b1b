//! A fictional restricted sheet.

use sharewell_documents::*;

use super::samples::{check, s, sheet};

pub fn restricted_sheet() -> RestrictedSheet {
    RestrictedSheet {
        sheet: Sheet {
            number: s("0142-R"),
            limits: s("For the duty desk of Children’s Services only."),
            ..sheet()
        },
        belongs_to: s("Decision 0142"),
        readers: s("Duty social worker and team manager"),
        reason: s("A court has ordered that whereabouts stay secret."),
        people: vec![ProtectedPerson {
            role: s("Ayla’s foster carer"),
            name: s("Wren Nosuch"),
            whereabouts: s("4 Notreal Row, Fablewell"),
            reach: s("07700 900 742, any time"),
            keep_from: s("Everyone in the child’s household"),
            why: s("12 March 2026, Nia Exampleton: placed by order"),
        }],
        check: check(),
    }
}
