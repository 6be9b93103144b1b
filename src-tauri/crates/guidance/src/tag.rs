//! What a question asks about, so that the checker can hold every path to the thirteen conditions.
//!
//! Tags carry meaning for machines only. No wording and no route hangs on them.

use sharewell_records::Duty;

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// What a step asks about. Closed: a pack that needs another needs another engine version.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Tag { $($(#[$doc])* $name,)* }

        impl Tag {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word in a pack.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The tag of a word, if it is one.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

tags! {
    /// Is a child in danger right now?
    ImmediateDanger = "immediate_danger";
    /// Is significant harm suspected (S6)?
    SuspectedHarm = "suspected_harm";
    /// Who else may be at risk (S76)?
    OthersAtRisk = "others_at_risk";
    /// Is there a clear and legitimate purpose (S19)?
    Purpose = "purpose";
    /// Can a person be identified?
    Identifiable = "identifiable";
    /// Is it confidential?
    Confidential = "confidential";
    /// Does a statutory duty require sharing (S15)?
    Duty = "duty";
    /// Does a valid order require sharing (S15)?
    ValidOrder = "valid_order";
    /// Does an exception in that law apply?
    DutyException = "duty_exception";
    /// Could complying endanger anyone?
    ComplianceDanger = "compliance_danger";
    /// Would the answer to a request for consent change what is done?
    AskWouldChange = "ask_would_change";
    /// The state of consent (S30).
    Consent = "consent";
    /// Why asking is unsafe (S31, S32).
    UnsafeToAskReasons = "unsafe_to_ask_reasons";
    /// Who is owed the confidence.
    WhoseConfidence = "whose_confidence";
    /// May this person give consent (competence, parental responsibility: S36)?
    Competence = "competence";
    /// Is it given freely and understood (S38–S41)?
    FreelyGiven = "freely_given";
    /// Both sides of the balance (S48).
    Weighing = "weighing";
    /// Advice taken (S26, S49).
    Adviser = "adviser";
    /// The front door was consulted.
    FrontDoor = "front_door";
    /// The right recipient (S84).
    Recipient = "recipient";
    /// A secure route (S83).
    Route = "route";
    /// Tell now, later or not, for each person (S59, S60).
    TellEachPerson = "tell_each_person";
    /// The lawful basis and condition.
    LawfulBasis = "lawful_basis";
    /// How much (S71, S72).
    HowMuch = "how_much";
    /// Fact, opinion or reported (S75).
    FactOpinion = "fact_opinion";
    /// Names and whereabouts to protect.
    ProtectedIdentities = "protected_identities";
    /// The limits told to the recipient (S85, S86).
    Limits = "limits";
    /// The explanation to those concerned (S59).
    Explanation = "explanation";
    /// The record of what left (S87, S88).
    Record = "record";
    /// The child's views (S18).
    ChildrenViews = "children_views";
    /// Everyone who may be affected (S76).
    EveryoneAffected = "everyone_affected";
    /// Who else knows, and whether they acted (S29).
    WhoElseKnows = "who_else_knows";
    /// One's own assumptions (S23, S24).
    Assumptions = "assumptions";
    /// The reasons for a decision.
    Reasons = "reasons";
    /// What would change the answer.
    WhatWouldChange = "what_would_change";
    /// When to look again.
    Review = "review";
    /// Whether it is safe to be in touch.
    ContactSafety = "contact_safety";
    /// Who has parental responsibility.
    ParentalResponsibility = "parental_responsibility";
}

impl Tag {
    /// Whether the file may never answer for the person: risk, contact safety and parental responsibility
    /// are confirmed again each time.
    #[must_use]
    pub fn always_asked(self) -> bool {
        matches!(
            self,
            Self::ImmediateDanger
                | Self::SuspectedHarm
                | Self::OthersAtRisk
                | Self::ContactSafety
                | Self::ParentalResponsibility
                | Self::ComplianceDanger
        )
    }

    /// The meanings that options of this tag may have, where they are fixed.
    #[must_use]
    pub fn meanings(self) -> &'static [&'static str] {
        match self {
            Self::Consent => &["given", "limited", "refused", "withdrawn", "not_asked", "unsafe"],
            Self::TellEachPerson => &["now", "later", "not", "told"],
            _ => &[],
        }
    }
}

/// What an obligation of this duty brings, without the pack saying so.
#[must_use]
pub fn covers(duty: Duty, for_each: bool) -> &'static [Tag] {
    match duty {
        Duty::StatePurpose => &[Tag::Purpose],
        Duty::HearViews => &[Tag::ChildrenViews],
        Duty::ConsiderEveryone => &[Tag::EveryoneAffected],
        Duty::HowMuch => &[Tag::HowMuch],
        Duty::SeparateFactOpinion => &[Tag::FactOpinion],
        Duty::VerifyRecipient => &[Tag::Recipient],
        Duty::ProtectIdentities => &[Tag::ProtectedIdentities],
        Duty::SecureRoute => &[Tag::Route],
        Duty::TellLimits => &[Tag::Limits],
        Duty::RecordDisclosure => &[Tag::Record],
        Duty::Explain if for_each => &[Tag::Explanation, Tag::TellEachPerson],
        Duty::Explain => &[Tag::Explanation],
        Duty::DiscussWithAdviser => &[Tag::Adviser],
        Duty::ConsultFrontDoor => &[Tag::FrontDoor],
        Duty::LinkedDecision => &[Tag::OthersAtRisk],
        Duty::WhoElseActed => &[Tag::WhoElseKnows],
        Duty::CheckAssumptions => &[Tag::Assumptions],
        Duty::RecordReasons => &[Tag::Reasons],
        Duty::WhatWouldChange => &[Tag::WhatWouldChange],
        Duty::Review => &[Tag::Review],
        Duty::Act
        | Duty::SeparateFile
        | Duty::ConfirmInWriting
        | Duty::LegalAdvice
        | Duty::WriteUp
        | Duty::Countersign
        | Duty::NotifyPolice
        | Duty::Escalate
        | Duty::KeepWorkingWithFamily
        | Duty::ProtectAfterBreach
        | Duty::TellLeadOfBreach
        | Duty::TellDataProtectionOfficer
        | Duty::ReportBreach => &[],
    }
}
