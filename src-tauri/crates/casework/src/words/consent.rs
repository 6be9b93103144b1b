//! What a language brings to consent: how an event reads, what it leaves to be done, who may answer, and what is read to
//! whoever is asked.

use serde::Deserialize;
use sharewell_records::{
    AbleToDecide, AgeBand, ConsentActKind, ConsentAnswer, ConsentSense, GiverKind, InfoKind, MayConsent,
    NotSoughtWhy, Pattern, WrittenHow,
};

use super::pattern::{Closed, Set, closed, group};

closed!(
    AbleToDecide,
    AgeBand,
    ConsentActKind,
    ConsentAnswer,
    ConsentSense,
    GiverKind,
    InfoKind,
    MayConsent,
    NotSoughtWhy,
    WrittenHow,
);

group! {
    /// An event of consent, and what it leaves to be done.
    ConsentWords {
        act: Set<ConsentActKind>,
        answer: Set<ConsentAnswer>,
        sense: Set<ConsentSense>,
        info: Set<InfoKind>,
        one_note: String,
        notes: Pattern,
        about: Pattern,
        to: Pattern,
        until: Pattern,
        not_sought: Set<NotSoughtWhy>,
        tries: Pattern,
        written: Set<WrittenHow>,
        witness: Pattern,
        no_witness: Pattern,
        interpreter: Pattern,
        notice: Pattern,
        due: ConsentDue,
        presumed: String,
        too_young: String,
        this_person: String,
        the_person: String,
        unborn: String,
        age_unknown: String,
        givers: GiverWords,
        wording: ConsentAsk,
    }
}

group! {
    /// Who may give consent, as a table to read.
    GiverWords {
        title: Pattern,
        ages: Pattern,
        row: Pattern,
        row_with: Pattern,
        about: Pattern,
        sense: Pattern,
        source: Pattern,
        unconfirmed: String,
        who: Set<GiverKind>,
        age: Set<AgeBand>,
        able: Set<AbleToDecide>,
        may: Set<MayConsent>,
    }
}

group! {
    /// What consent leaves to be done.
    ConsentDue {
        ends: Pattern,
        ends_hint: String,
        review: Pattern,
        review_hint: String,
        notice: Pattern,
        notice_hint: String,
        struck: Pattern,
        struck_hint: String,
        birthday: Pattern,
        birthday_hint: String,
        veiled: String,
        shown: String,
    }
}

group! {
    /// What is read to somebody who is asked.
    ConsentAsk {
        version: String,
        ask: Pattern,
        until: Pattern,
        choose: String,
        without: String,
        change: String,
    }
}
