//! A share in our container that somebody made for us.

use serde::{Deserialize, Serialize};
use sharewell_records::{Mark, Moment};
use specta::Type;

use super::ReceivedInput;

/// A key to which others share with us: what is given out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShareKeyView {
    /// The key to give out.
    pub public: String,
    /// Its fingerprint, to compare by telephone.
    pub fingerprint: String,
}

/// A share as it is shown, before anything of it is written down.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ArrivedView {
    /// What stands for its contents: what is written down is what was shown.
    pub contents: String,
    /// Who made it, and their agency, as they wrote it; the signature does not vouch for it.
    pub made_by: String,
    /// Their agency.
    pub agency: String,
    /// When.
    pub made_at: Moment,
    /// The fingerprint of the key that signed, to compare by telephone.
    pub fingerprint: String,
    /// How many documents it holds.
    pub documents: u32,
    /// What it says of itself; none where it was made otherwise than this program makes one.
    pub says: Option<ArrivedSays>,
    /// It as what we were told, as far as the file can say it.
    pub received: ReceivedInput,
}

/// What a share says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ArrivedSays {
    /// Its reference.
    pub reference: String,
    /// To whom it goes.
    pub to: String,
    /// Whom it is about, and the date of birth.
    pub about: String,
    /// The date of birth.
    pub born: String,
    /// Whether nobody of the file that is open is called so: it may be about another child.
    pub may_be_another: bool,
    /// What we are asked to do.
    pub asked: String,
    /// By when.
    pub by: String,
    /// How urgent it is.
    pub urgency: String,
    /// On which ground it is shared.
    pub ground: String,
    /// Who is at risk.
    pub at_risk: Vec<String>,
    /// Who has been told and who must not be.
    pub told: Vec<ArrivedTold>,
    /// The limits, in the sender's words.
    pub limits: String,
    /// What is shared.
    pub notes: Vec<ArrivedNote>,
}

/// Whether somebody knows, or must not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ArrivedTold {
    /// Who, by role.
    pub who: String,
    /// Whether they know, in the sender's words.
    pub knows: String,
}

/// One thing that is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ArrivedNote {
    /// Fact, opinion or reported.
    pub mark: Option<Mark>,
    /// By whom it was seen or said, and when.
    pub source: String,
    /// What it says.
    pub text: String,
}

/// A share that is written down.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ArrivedInput {
    /// What stood for its contents when it was shown.
    pub contents: String,
    /// Whether the fingerprint was compared with the sender.
    pub compared: bool,
    /// It as what we were told.
    pub received: ReceivedInput,
}
