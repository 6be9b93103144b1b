//! What follows from a decision or an emergency, and how it was closed.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{DecisionId, EmergencyId, Moment, ObligationId, PersonId};

closed_set! {
    /// The kinds of duty that a pack may attach to an outcome.
    Duty in "snake_case" {
        /// The act itself: ring or write to this recipient on this number, by this time.
        Act = "act",
        /// Write down the clear and legitimate purpose (S19).
        StatePurpose = "state_purpose",
        /// Hear and write down the child's views, at whatever age (S18, SC9).
        HearViews = "hear_views",
        /// Think of everyone who may be affected (S76).
        ConsiderEveryone = "consider_everyone",
        /// Decide how much: only what the purpose needs (S71–S72).
        HowMuch = "how_much",
        /// Separate fact, opinion and what was reported by others (S75).
        SeparateFactOpinion = "separate_fact_opinion",
        /// Check that it is the right recipient and that they need it (S84).
        VerifyRecipient = "verify_recipient",
        /// Keep protected names and whereabouts out (2024 rule 5).
        ProtectIdentities = "protect_identities",
        /// Keep an allegation about staff in a restricted file of its own: the decision is signed there.
        SeparateFile = "separate_file",
        /// Use a secure route (S83).
        SecureRoute = "secure_route",
        /// Tell the recipient the limits, also on passing on (S85–S86).
        TellLimits = "tell_limits",
        /// Record what left, to whom, why and how (S87–S88).
        RecordDisclosure = "record_disclosure",
        /// Tell the person that their information is shared, or record why not (S59–S60).
        Explain = "explain",
        /// Talk it over with an adviser (S26, S49).
        DiscussWithAdviser = "discuss_with_adviser",
        /// Consult the front door the same day.
        ConsultFrontDoor = "consult_front_door",
        /// Put a spoken referral in writing.
        ConfirmInWriting = "confirm_in_writing",
        /// Take legal advice the same day.
        LegalAdvice = "legal_advice",
        /// Make a linked decision for another person at risk (S76).
        LinkedDecision = "linked_decision",
        /// Find out who else knows, and confirm that they acted (S29).
        WhoElseActed = "who_else_acted",
        /// Check one's own assumptions, and where to get advice on a culture or faith (S23–S25).
        CheckAssumptions = "check_assumptions",
        /// Write up an emergency.
        WriteUp = "write_up",
        /// Write down the reasons for not sharing.
        RecordReasons = "record_reasons",
        /// Write down what would change the answer.
        WhatWouldChange = "what_would_change",
        /// Look again by a date.
        Review = "review",
        /// Ask the lead to countersign the same day.
        Countersign = "countersign",
        /// Notify the police (female genital mutilation duty).
        NotifyPolice = "notify_police",
        /// Chase a reply, and escalate where there is none.
        Escalate = "escalate",
        /// Work with the family towards agreement.
        KeepWorkingWithFamily = "keep_working_with_family",
        /// Protect first whoever is in danger by what somebody learned who must not know it.
        ProtectAfterBreach = "protect_after_breach",
        /// Tell the lead that somebody learned what they must not know.
        TellLeadOfBreach = "tell_lead_of_breach",
        /// Tell the data protection officer of the agency, who decides whether it is reported.
        TellDataProtectionOfficer = "tell_data_protection_officer",
        /// See that it is reported in time, where it has to be: 72 hours from when it was known.
        ReportBreach = "report_breach",
    }
}

closed_set! {
    /// Why a duty is not needed, where one press says so. What stands in the record is a reason in words.
    Unneeded in "snake_case" {
        /// It does not fit this child or this matter.
        DoesNotFit = "does_not_fit",
        /// Somebody else does it.
        Another = "another",
        /// It stands in the list twice.
        Twice = "twice",
        /// A later decision took its place.
        Overtaken = "overtaken",
        /// The child or the family left the area.
        Moved = "moved",
    }
}

/// An obligation as it was attached to a signed decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Obligation {
    /// Identifies it.
    pub id: ObligationId,
    /// The decision or emergency from which it follows.
    pub decision: Option<DecisionId>,
    /// The emergency from which it follows.
    pub emergency: Option<EmergencyId>,
    /// The duty.
    pub duty: Duty,
    /// The pack's own id for the obligation (text key), so that its words can be shown.
    pub key: String,
    /// Whom it concerns, where it is about one person.
    pub person: Option<PersonId>,
    /// By when; none where there is no deadline.
    pub due: Option<Moment>,
    /// Whether it was already done when the decision was signed.
    pub settled: Option<Settlement>,
}

/// How an obligation was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settlement {
    /// Done; a note may be empty.
    Done {
        /// What was done.
        #[serde(default)]
        note: String,
    },
    /// Not needed, and why. The reason is required.
    NotNeeded {
        /// Why not.
        reason: String,
    },
}
