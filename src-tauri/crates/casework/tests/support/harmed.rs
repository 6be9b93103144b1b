//! A child who is being harmed, with a note of each mark: the advice, and the decision as it is signed.

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, decide};

use super::*;

/// The file of a child who is harmed.
pub struct Harmed {
    pub case: CaseId,
    pub child: PersonId,
    pub mother: PersonId,
    /// The advice to share.
    pub outcome: OutcomeView,
}

/// Opens it, and answers to the advice.
pub fn harmed(vault: &mut Vault) -> Harmed {
    let (case, child, mother) = family(vault);
    let noted = |mark: Mark, text: &str, by: &str| ItemInput {
        mark: Some(mark),
        by: by.into(),
        ..item(text, vec![child])
    };
    for (minute, one) in [
        (4, noted(Mark::Opinion, "I think that she is afraid", "health visitor")),
        (5, noted(Mark::Fact, "A burn on her left hand", "")),
        (6, noted(Mark::Reported, "“Coz gets cross when I spill things”", "Ayla")),
    ] {
        children::add_item(vault, case, one, at(minute)).unwrap();
    }
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("next-with", choice("not-today")),
        ("signs", choices(&["injury-neglect"])),
        ("asked", words("unsafe", "He would be told.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(vault, case, &said, 10);
    Harmed { case, child, mother, outcome }
}

/// Signs it, with nobody told yet; what was closed before the signature stays closed.
pub fn signed(vault: &mut Vault, outcome: &OutcomeView) -> DecisionId {
    let settled = decide::outcome(vault, outcome.decision, at(79)).unwrap().draft.settled;
    let mut draft = SignOffInput { settled, ..signing(outcome) };
    draft.what = "That she has a burn and is afraid.".into();
    draft.reasons = "It cannot wait.".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When social care say that it is safe.".into();
    }
    sign_off(vault, outcome.decision, draft, at(80)).unwrap();
    outcome.decision
}
