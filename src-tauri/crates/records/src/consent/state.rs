//! The states of a cell, and how an event moves one giver's from one to the next.

use crate::words::closed_set;

closed_set! {
    /// How one thing beside one recipient stands.
    ConsentState in "snake_case" {
        /// Nobody asked. Every cell starts here.
        NotAsked = "not_asked",
        /// They were asked, and have not answered yet.
        Requested = "requested",
        /// They want to think.
        Thinking = "thinking",
        /// They were asked, and did not answer.
        NoAnswer = "no_answer",
        /// Nobody was asked, for a reason.
        NotSought = "not_sought",
        /// They were told, and not asked.
        Told = "told",
        /// They said yes.
        Given = "given",
        /// They said yes, for a time that is to come.
        NotYet = "not_yet",
        /// They said no.
        Refused = "refused",
        /// They said: not this one.
        NotThisOne = "not_this_one",
        /// They took their yes back.
        Withdrawn = "withdrawn",
        /// The time of their yes is over. It is computed on reading.
        Expired = "expired",
        /// Something else was asked or agreed in its place.
        Superseded = "superseded",
        /// What was recorded here was never true.
        InError = "in_error",
        /// Two who may both decide said yes and no.
        Disagree = "disagree",
        /// Two who may both decide said yes to different things.
        DifferentThings = "different_things",
        /// They said yes for another purpose than such information is for.
        OtherPurpose = "other_purpose",
    }
}

closed_set! {
    /// What an event does to one cell.
    ConsentStep in "snake_case" {
        /// They were asked.
        Asked = "asked",
        /// They said yes.
        Yes = "yes",
        /// They said no.
        No = "no",
        /// They said: not this one.
        NotThisOne = "not_this_one",
        /// They want to think.
        Thinking = "thinking",
        /// They took their yes back.
        Withdrawn = "withdrawn",
        /// Something else took its place.
        Superseded = "superseded",
        /// Nobody was asked, for a reason.
        NotSought = "not_sought",
        /// They did not answer.
        NoAnswer = "no_answer",
        /// They were told, and not asked.
        Told = "told",
    }
}

closed_set! {
    /// Whether consent carries one thing to one recipient, as a share needs to know it.
    Permission in "snake_case" {
        /// No consent is needed: something else carries it. The fold never says so.
        NotNeeded = "not_needed",
        /// It is given.
        Given = "given",
        /// Nobody has answered: not asked, asked, thinking, no answer, not sought, told.
        NotAsked = "not_asked",
        /// It is refused.
        Refused = "refused",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
        /// Its time is over, or has not come.
        Expired = "expired",
        /// Those who may decide do not agree: consent is no ground here.
        Disagree = "disagree",
        /// It was given for another purpose.
        OtherPurpose = "other_purpose",
        /// No consent that the decision names covers it.
        NotNamed = "not_named",
    }
}

impl ConsentState {
    /// What it means for a share.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Given => Permission::Given,
            Self::Refused | Self::NotThisOne => Permission::Refused,
            Self::Withdrawn => Permission::Withdrawn,
            Self::Expired | Self::NotYet => Permission::Expired,
            Self::Disagree | Self::DifferentThings => Permission::Disagree,
            Self::OtherPurpose => Permission::OtherPurpose,
            Self::NotAsked
            | Self::Requested
            | Self::Thinking
            | Self::NoAnswer
            | Self::NotSought
            | Self::Told
            | Self::Superseded
            | Self::InError => Permission::NotAsked,
        }
    }

    /// Whether it is a no.
    #[must_use]
    pub const fn is_no(self) -> bool {
        matches!(self, Self::Refused | Self::NotThisOne)
    }

    /// Whether somebody said something there that still says something: what was never asked, was never true or was
    /// replaced does not.
    #[must_use]
    pub const fn says_something(self) -> bool {
        !matches!(self, Self::NotAsked | Self::Superseded | Self::InError)
    }

    /// The state of one giver's cell after a step; none where that step is not allowed from here. What two givers say
    /// together is no state of one of them, and nothing moves it.
    #[must_use]
    pub const fn after(self, step: ConsentStep) -> Option<Self> {
        use ConsentStep as Step;
        match self {
            Self::Disagree | Self::DifferentThings | Self::OtherPurpose => None,
            Self::NotAsked
            | Self::Requested
            | Self::Thinking
            | Self::NoAnswer
            | Self::NotSought
            | Self::Told
            | Self::Given
            | Self::NotYet
            | Self::Refused
            | Self::NotThisOne
            | Self::Withdrawn
            | Self::Expired
            | Self::Superseded
            | Self::InError => match step {
                Step::Yes => Some(Self::Given),
                Step::No => Some(Self::Refused),
                Step::NotThisOne => Some(Self::NotThisOne),
                Step::Thinking => Some(Self::Thinking),
                // Whoever is asked or told once more has said what they said until they say something else.
                Step::Asked => Some(if self.stands() { self } else { Self::Requested }),
                Step::NoAnswer => Some(if self.stands() { self } else { Self::NoAnswer }),
                Step::Told => Some(if self.stands() { self } else { Self::Told }),
                Step::Withdrawn => {
                    if matches!(self, Self::Given | Self::NotYet | Self::Expired) {
                        Some(Self::Withdrawn)
                    } else {
                        None
                    }
                }
                Step::Superseded => {
                    if self.says_something() {
                        Some(Self::Superseded)
                    } else {
                        None
                    }
                }
                // It takes nothing from an answer.
                Step::NotSought => {
                    if self.stands() || matches!(self, Self::Thinking | Self::Expired) {
                        None
                    } else {
                        Some(Self::NotSought)
                    }
                }
            },
        }
    }

    /// Whether it is an answer that holds until there is another.
    pub(super) const fn stands(self) -> bool {
        matches!(self, Self::Given | Self::NotYet | Self::Refused | Self::NotThisOne | Self::Withdrawn)
    }
}

impl ConsentStep {
    /// Whether somebody answered.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Yes | Self::No | Self::NotThisOne | Self::Thinking)
    }
}
