//! Condition 9, of who may give consent: every case has one row, and no row lets somebody decide who cannot.
//!
//! Every combination of age, competence, giver and sense is walked. What the table may never say stands here and not in
//! the data: a row that is written wrong is found before anybody relies on it.

use std::collections::BTreeSet;

use sharewell_records::{AbleToDecide, AgeBand, ConsentSense, GiverKind, MayConsent};

use super::Found;
use crate::givers::{GiverCase, GiverRow, Givers};
use crate::load::GIVERS_FROM;
use crate::pack::Pack;

/// Holds a pack to a table in which nothing is missing or contradictory.
pub(super) fn nine_givers(pack: &Pack, found: &mut Found) {
    if pack.engine < GIVERS_FROM {
        return;
    }
    let Some(table) = &pack.givers else {
        let spot = pack.outcomes.first().map(|one| one.spot.clone()).unwrap_or_default();
        found.pack(9, &spot, "givers", "there is no table of who may give consent");
        return;
    };
    ages(table, found);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for case in GiverCase::all() {
        let mut fitting = table.rows.iter().filter(|row| row.fits(case));
        match (fitting.next(), fitting.next()) {
            (None, _) => {
                found.pack(9, &table.spot, "givers", &format!("no row says it of {}", told(case)));
            }
            (Some(row), None) => {
                used.insert(&row.id);
                one(table, row, case, found);
            }
            (Some(row), Some(other)) => {
                used.extend([row.id.as_str(), other.id.as_str()]);
                let message = format!("{} says it as well, of {}", other.id, told(case));
                found.pack(9, &row.spot, &row.id, &message);
            }
        }
    }
    for row in &table.rows {
        if !used.contains(row.id.as_str()) {
            found.pack(9, &row.spot, &row.id, "the row speaks for nobody");
        }
        // What nobody confirmed leads to advice, and decides nothing.
        if row.verdict != MayConsent::AskAdviser && !row.confirmed() {
            found.pack(9, &row.spot, &row.id, "nothing confirmed stands behind this row, and it decides");
        }
    }
}

fn ages(table: &Givers, found: &mut Found) {
    if table.question_from >= table.presumed_from {
        found.pack(9, &table.spot, "age", "understanding is presumed before it is a question");
    }
    if !AgeBand::ALL.iter().any(|band| band.first() == table.presumed_from) {
        found.pack(9, &table.spot, "age", "the age from which understanding is presumed begins no band");
    }
}

/// What no row may say, whatever its nation.
fn one(table: &Givers, row: &GiverRow, case: GiverCase, found: &mut Found) {
    let mut refuse = |message: &str| found.pack(9, &row.spot, &row.id, message);
    let counts = row.verdict.counts();
    let grown = case.age == AgeBand::Adult;
    match case.giver {
        GiverKind::ParentWithout
        | GiverKind::CouncilByAgreement
        | GiverKind::FosterCarer
        | GiverKind::NextOfKin
            if counts =>
        {
            refuse("somebody without responsibility decides");
        }
        GiverKind::ParentWith
        | GiverKind::OrderHolder
        | GiverKind::SpecialGuardian
        | GiverKind::CouncilCareOrder
            if counts && grown =>
        {
            refuse("somebody decides for a grown-up as for a child");
        }
        GiverKind::Attorney | GiverKind::Appointed if counts && case.able != AbleToDecide::NotAble => {
            refuse("a power decides where the person can");
        }
        GiverKind::Child | GiverKind::Adult => own(table, case, counts, &mut refuse),
        _ => {}
    }
    let other = !case.giver.is_own();
    if other && !grown && case.able == AbleToDecide::Able && row.verdict == MayConsent::May {
        refuse("somebody else decides alone where the child can decide");
    }
    for also in &row.also {
        let asked = AbleToDecide::ALL
            .into_iter()
            .any(|able| table.may(GiverCase { able, giver: *also, ..case }).counts());
        if *also == case.giver || !asked {
            refuse("somebody is asked as well whose answer never counts at this age");
        }
    }
}

/// What a person may say for themselves.
fn own(table: &Givers, case: GiverCase, counts: bool, refuse: &mut impl FnMut(&str)) {
    let grown = case.age == AgeBand::Adult;
    if (case.giver == GiverKind::Adult) != grown {
        if counts {
            refuse("somebody answers for themselves at another age than theirs");
        }
        return;
    }
    let presumed = grown || case.age.first() >= table.presumed_from;
    let should = match case.able {
        AbleToDecide::Able => true,
        AbleToDecide::NotSettled => presumed,
        AbleToDecide::NotAble => false,
    };
    if counts != should {
        refuse("it does not follow whether the person can decide, or is taken to at this age");
    }
}

fn told(case: GiverCase) -> String {
    let GiverCase { age, able, giver, sense } = case;
    let sense: ConsentSense = sense;
    format!("{} at {}, {}, {}", giver.word(), age.word(), able.word(), sense.word())
}
