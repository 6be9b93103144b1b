//! The call card: whom to ring, what to say in which order, and how the call ended.

use serde::{Deserialize, Serialize};
use sharewell_guidance::practice::call::Rung;
use sharewell_records::{
    Call, CallEnd, CaseId, ContactState, Day, DecisionId, Mark, Moment, NotYetTold, NumberFound, ObligationId,
};
use specta::Type;

use super::FlagLine;

/// A call about a decision, signed or not: the card.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CallView {
    /// The decision.
    pub decision: DecisionId,
    /// The key of the duty in it.
    pub key: String,
    /// The duty, once the decision is signed.
    pub obligation: Option<ObligationId>,
    /// The file.
    pub case: CaseId,
    /// How the file is called.
    pub child: String,
    /// What the call is for, in the pack's words.
    pub title: String,
    /// More of it: what follows where nobody answers.
    pub hint: String,
    /// By when.
    pub due: Option<Moment>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether it is to be done at once, and is not late yet.
    pub due_now: bool,
    /// Whether what the call was for is closed.
    pub closed: bool,
    /// Whom to ring, the first first.
    pub rungs: Vec<RungView>,
    /// Which of them stands in the place of the one that is rung now.
    pub at: u32,
    /// What to say, in this order.
    pub say: Vec<SayLine>,
    /// What is not done, and is said too.
    pub limits: Vec<String>,
    /// What the safety flags bind on those who are named.
    pub careful: Vec<String>,
    /// The calls so far, the first first.
    pub tries: Vec<CallLine>,
    /// The safety flags of the file.
    pub flags: Vec<FlagLine>,
}

/// Somebody to ring.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RungView {
    /// Which.
    pub rung: RungSort,
    /// How they are called; empty where the catalogue has the name.
    pub name: String,
    /// The number; empty where none is known.
    pub number: String,
    /// How the number was found.
    pub found: NumberFound,
    /// How far it can be relied on; none where it is the same for everybody, or is not known.
    pub state: Option<ContactState>,
    /// When somebody made sure of it last.
    pub verified_on: Option<Day>,
    /// Whether *told* here is *told* for what the call is for.
    pub closes: bool,
}

/// Who can be rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RungSort {
    /// The emergency services.
    Emergency,
    /// The front door of children's social care.
    FrontDoor,
    /// Who answers for it at night and on days off.
    NightService,
    /// The police.
    Police,
    /// The agency's own adviser.
    Adviser,
    /// Who hears worries about people who work with children.
    AllegationsOfficer,
    /// The agency's legal adviser.
    LegalAdviser,
    /// Whoever advises on data protection law.
    DataAdviser,
    /// The children's office of another area.
    OtherArea,
}

impl From<Rung> for RungSort {
    fn from(rung: Rung) -> Self {
        match rung {
            Rung::Emergency => Self::Emergency,
            Rung::FrontDoor => Self::FrontDoor,
            Rung::NightService => Self::NightService,
            Rung::Police => Self::Police,
            Rung::Adviser => Self::Adviser,
            Rung::AllegationsOfficer => Self::AllegationsOfficer,
            Rung::LegalAdviser => Self::LegalAdviser,
            Rung::DataAdviser => Self::DataAdviser,
            Rung::OtherArea => Self::OtherArea,
        }
    }
}

/// A line to say in a call.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SayLine {
    /// By which it is ticked.
    pub key: String,
    /// What it is.
    pub part: SayPart,
    /// How the note is marked, where it is one.
    pub mark: Option<Mark>,
    /// Who said or saw it, and when.
    pub source: String,
    /// What to say.
    pub text: String,
}

/// What a line of a call is, in speaking order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SayPart {
    /// Who rings.
    WhoYouAre,
    /// Whom it is about.
    About,
    /// A note of the file, with its mark.
    Note,
    /// What worries, where nothing is marked yet.
    Unmarked,
    /// What is asked of them.
    Ask,
}

/// A call as it is typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CallInput {
    /// Who was rung.
    pub rung: RungSort,
    /// On which number.
    pub number: String,
    /// How it was found; none where it is the one that was shown.
    pub found: Option<NumberFound>,
    /// The lines that were said.
    pub said: Vec<String>,
    /// How it ended; none while nothing is chosen.
    pub end: Option<CallEndSort>,
    /// Who took it: a name.
    pub who: String,
    /// Their job.
    pub job: String,
    /// Their reference.
    pub reference: String,
    /// When, as typed: a time of this day.
    pub time: String,
    /// What they will do.
    pub will_do: String,
    /// By when.
    pub by_when: String,
    /// Why nobody is told yet.
    pub why: Option<NotYetTold>,
    /// Who decides, where they refused.
    pub who_decides: String,
}

/// How a call can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CallEndSort {
    /// Somebody was told.
    Told,
    /// Nobody answered.
    NoAnswer,
    /// Not told yet.
    StillTrying,
    /// They will not take it.
    Refused,
}

/// A call that was made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CallLine {
    /// Who was rung.
    pub recipient: String,
    /// On which number.
    pub number: String,
    /// What came of it.
    pub end: CallEnd,
    /// When.
    pub at: Moment,
}

impl From<&Call> for CallLine {
    fn from(call: &Call) -> Self {
        Self {
            recipient: call.recipient.clone(),
            number: call.number.clone(),
            end: call.end.clone(),
            at: call.at,
        }
    }
}
