//! What a language brings to the values of papers, as the file of its words has it below `values`.
//!
//! Every key that is asked for is a field here. A file that lacks one, or has one that is no field, is not read, and a
//! field that nothing asks for does not compile.

use serde::Deserialize;
use sharewell_guidance::FlowWords;
use sharewell_records::{
    AdviserResult, Against, AttemptResult, CaseKind, CheckedBy, ContactRole, DayPhrases, Duty, FlagKind,
    Heavier, ItemSource, KINDS, Likelihood, Mark, MayBe, Nation, NotYetTold, OutcomeKind,
    ParentalResponsibility, Pattern, PersonRole, PointAnswer, PurposeMet, RecallEnd, RelationshipKind,
    RequesterKind, Route, SensitiveWords, Severity, SignedHow, SlipTone, Trigger, Unneeded, WayIn, WhenTold,
    WhyStays,
};

use super::consent::ConsentWords;
use super::pattern::{Closed, Counted, Set, closed, group};
use super::slips::SlipWords;

closed!(
    AdviserResult,
    Against,
    AttemptResult,
    CaseKind,
    CheckedBy,
    ContactRole,
    Duty,
    FlagKind,
    Heavier,
    ItemSource,
    Likelihood,
    Mark,
    MayBe,
    Nation,
    NotYetTold,
    OutcomeKind,
    ParentalResponsibility,
    PersonRole,
    PointAnswer,
    PurposeMet,
    RecallEnd,
    RelationshipKind,
    RequesterKind,
    Route,
    Severity,
    SignedHow,
    SlipTone,
    Trigger,
    Unneeded,
    WayIn,
    WhenTold,
    WhyStays,
);

/// A kind of entry, as stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryKind(&'static str);

impl Closed for EntryKind {
    fn all() -> Vec<&'static str> {
        KINDS.iter().map(|(kind, _)| *kind).collect()
    }
    fn stored(self) -> &'static str {
        self.0
    }
}

mod account;
mod statement;

pub(crate) use account::AccountWords;
pub(crate) use statement::StatementWords;

group! {
    /// The duty to look at a number that two children have.
    CheckNumber {
        what: Pattern,
        hint: String,
    }
}

group! {
    /// What a duty is closed with that the record shows to be done.
    Shown {
        by_reasons: String,
        told: Pattern,
        sent: Pattern,
    }
}

group! {
    /// A call: what is said in it, and what came of it.
    CallWords {
        told: Pattern,
        will_do: Pattern,
        no_answer: String,
        not_yet: Set<NotYetTold>,
        refused: Pattern,
        decides: Pattern,
        event: Pattern,
        who: Pattern,
        phone: Pattern,
        home: Pattern,
        emergency: String,
        night: String,
        other_area: String,
    }
}

group! {
    /// Whom to ring, as an agency's profile says it.
    AgencyNumberWords {
        of_area: Pattern,
        how: String,
        source: Pattern,
        reason: String,
    }
}

group! {
    /// A share that is made into a file: what stands in it, and what became of it.
    ShareWords {
        limits: Pattern,
        ground: Set<OutcomeKind>,
        knows: Set<WhenTold>,
        seen: String,
        said_by: Pattern,
        said_by_nobody: String,
        thought: Pattern,
        age_days: Counted,
        age_months: Counted,
        age_years: Counted,
        what: Counted,
        papers: Counted,
        shown: Pattern,
        answered: Pattern,
        event: Pattern,
        replaces: Pattern,
        replaced: Pattern,
        made: Counted,
        made_again: Counted,
        message: Pattern,
        message_open: Pattern,
        message_key: Pattern,
    }
}

group! {
    /// What stands beside a line that names somebody under a flag.
    Careful {
        of: Set<FlagKind, Pattern>,
        child: Pattern,
    }
}

group! {
    /// What tells two duties of the same words apart.
    ToldApart {
        to: Pattern,
        since: Pattern,
    }
}

group! {
    /// What of a file goes, and what stays.
    ExtentWords {
        kept_person: String,
        kept_name: String,
        kept_home: String,
        nameless: String,
        goes: Pattern,
        went: Pattern,
        nothing_goes: Pattern,
        of_them: Pattern,
        stays: Pattern,
        why: Set<WhyStays>,
        against: Set<Against>,
        had_left: Pattern,
        sensitive: SensitiveWords,
    }
}

group! {
    /// What is typed to end a vault.
    EndWords {
        phrase: String,
    }
}

group! {
    /// What the ledger says where copies are removed.
    RemovalWords {
        reason: Pattern,
    }
}

group! {
    /// All of it.
    Catalogue {
        limits: Limits,
        the_child: String,
        the_unborn: String,
        any_child: String,
        about: Set<CaseKind>,
        way_in: Set<WayIn>,
        check_number: CheckNumber,
        unneeded: Set<Unneeded>,
        shown: Shown,
        call: CallWords,
        consent: ConsentWords,
        slip: SlipWords,
        share: ShareWords,
        account: AccountWords,
        statement: StatementWords,
        handover: sharewell_exchange::Readme,
        share_to_key: sharewell_exchange::share::Words,
        removal: RemovalWords,
        end_of_use: EndWords,
        told_apart: ToldApart,
        posts: Set<ContactRole>,
        list_columns: ListColumns,
        list_reason: String,
        agency_numbers: AgencyNumberWords,
        no_fixed_address: Pattern,
        months: [String; 12],
        time: Time,
        typed: Typed,
        days_meant: DayPhrases,
        birth: BirthWords,
        age: Age,
        join: Join,
        nation: Set<Nation>,
        outcome: Set<OutcomeKind>,
        trigger: Set<Trigger>,
        requester: Set<RequesterKind>,
        request: RequestWords,
        route: Set<Route>,
        checked_by: Set<CheckedBy>,
        source: Set<ItemSource>,
        source_line: Pattern,
        visit: VisitWords,
        copied: String,
        copied_here: Pattern,
        flag: Set<FlagKind, Pattern>,
        flag_why: Pattern,
        careful: Careful,
        responsibility: Set<ParentalResponsibility>,
        role: Set<PersonRole>,
        tie: Set<RelationshipKind>,
        adviser_result: Set<AdviserResult>,
        heavier: Set<Heavier>,
        likelihood: Set<Likelihood>,
        severity: Set<Severity>,
        telling: Set<WhenTold>,
        point: Set<PointAnswer>,
        duty: Set<Duty>,
        mark: Set<Mark>,
        attempt_result: Set<AttemptResult>,
        decision: DecisionWords,
        emergency: EmergencyWords,
        event: EventWords,
        change: ChangeWords,
        sheet: SheetWords,
        referral: ReferralWords,
        extent: ExtentWords,
        flow: FlowWords,
        kind: Set<EntryKind>,
    }
}

group! {
    /// The limits that stand at the head of a document.
    Limits {
        file: String,
        restricted: String,
        adult: String,
        kit: String,
    }
}

group! {
    /// What people call the columns of a list of contacts, each in every way that is known.
    ListColumns {
        name: Vec<String>,
        post: Vec<String>,
        agency: Vec<String>,
        phone: Vec<String>,
        out_of_hours: Vec<String>,
        email: Vec<String>,
        address: Vec<String>,
        safe_channel: Vec<String>,
    }
}

group! {
    /// Days and moments.
    Time {
        day: Pattern,
        month: Pattern,
        moment: Pattern,
        late: Pattern,
        begun: Pattern,
    }
}

group! {
    /// What may stand in a day or a time as people write it.
    Typed {
        beside: Vec<String>,
        ordinals: Vec<String>,
        noon: Vec<String>,
    }
}

group! {
    /// What a visit was.
    VisitWords {
        place: Pattern,
        there: Pattern,
        alone: Pattern,
        nobody_alone: String,
    }
}

group! {
    /// A birth that is not known to the day.
    BirthWords {
        expected: Pattern,
        about: Pattern,
    }
}

group! {
    /// How old somebody is.
    Age {
        unborn: String,
        years: Counted,
        about: Counted,
    }
}

group! {
    /// How parts stand behind one another.
    Join {
        list: Pattern,
        series: Pattern,
        said: Pattern,
        phrase: Pattern,
    }
}

group! {
    /// A request in a sentence or two.
    RequestWords {
        made: Pattern,
        what: Pattern,
        purpose: Pattern,
        authority: Pattern,
        checked: Pattern,
        not_certain: String,
    }
}

group! {
    /// What only a decision says.
    DecisionWords {
        nobody: String,
        own_agency: Pattern,
        other_agency: Pattern,
        named: String,
        not_named: String,
        made: String,
        agrees: String,
        disagrees: String,
        law_confirmed: Pattern,
        law_confirmed_in: Pattern,
        lawyer: String,
        data_protection_officer: String,
    }
}

group! {
    /// What only an emergency says.
    EmergencyWords {
        safe: String,
        not_safe: String,
        recorded: String,
    }
}

group! {
    /// What happened, in a line of a child's file.
    EventWords {
        withdrawn: Pattern,
        corrected: Pattern,
        placed: Pattern,
        clock_doubtful: Pattern,
        by: Pattern,
        written: Pattern,
        decision: String,
        otherwise: Pattern,
        shared: String,
        sent: Pattern,
        emergency: String,
        advice: String,
        paper: String,
        limits: Pattern,
        newer: String,
    }
}

group! {
    /// What became of a decision or an emergency after it was signed or told.
    ChangeWords {
        nothing: String,
        note: String,
        withdrawn: String,
        details: Pattern,
        decision: Pattern,
        countersignature: String,
        to_do: String,
        to_do_by: Pattern,
        done: String,
        not_needed: String,
        opened_again: String,
        child: String,
        told: String,
        others: String,
        safety: String,
        attempt: Pattern,
    }
}

group! {
    /// What only the separate sheet of protected names says.
    SheetWords {
        limits: String,
        of_file: Pattern,
        of_restricted: Pattern,
        of_check: String,
        readers: String,
        readers_restricted: String,
        reason: String,
        everybody: String,
        everybody_and: Pattern,
    }
}

group! {
    /// What only a referral in writing says.
    ReferralWords {
        child: String,
        home: String,
        facts: String,
        opinions: String,
        reported: String,
        call: String,
        why: String,
        ask: String,
        told: String,
        also: Pattern,
        born: Pattern,
        language: Pattern,
        responsibility: Pattern,
        at_home: String,
        elsewhere: String,
        answer: String,
        answer_by: Pattern,
        sent: Pattern,
        reference: Pattern,
    }
}
