//! An agency's profile (`*.sharewell-profile`): what it settles for everybody who works for it, in one signed file
//! that a practitioner takes in. Which keys are its own, who has which role, whom to ring, when a laptop locks, and
//! what it wants of a file before it is handed over.
//!
//! Nothing in a profile stands before an emergency, a share or a save. The form has no word for *before*: a reader
//! refuses a field that it does not know, and every limit that could lock somebody out has a floor.

mod rules;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use sharewell_records::{
    AgencyBody, CopiesKept, CountersignRule, Day, Moment, Nation, Retention, Role, Sha256, WantedField,
    Weekday, in_london,
};
use uuid::Uuid;

use crate::envelope::Kind;
use crate::keys::Recipient;
use crate::roster::Member;
use crate::{Error, PublicKey, Result, Signer};

pub use rules::{COPY_DAYS, LOCK_MINUTES, MOST_LISTED, newer};

/// The newest version of a profile's form. A profile that says nothing of copies is written in version 1, which every
/// program reads.
pub const VERSION: u32 = 2;
/// The most bytes of a file: 1 MiB.
pub const MOST_BYTES: u64 = 1024 * 1024;

const KIND: Kind = Kind { typ: "sharewell-profile+jws", version: VERSION, most: MOST_BYTES };

/// What an agency settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyProfile {
    /// Identifies the agency.
    pub agency: Uuid,
    /// What it is called.
    pub name: String,
    /// The nation in which it works.
    pub nation: Nation,
    /// What kind of body it is.
    pub body: AgencyBody,
    /// Counts up with each profile: an older one never takes the place of a newer one.
    pub serial: u32,
    /// The day on which it was signed.
    pub issued: Day,
    /// The last day on which it counts. After it a laptop warns and goes on.
    pub expires: Day,
    /// The agency's own keys.
    pub keys: Keys,
    /// Roles bound to keys: leads, designated officers, intake.
    #[serde(default)]
    pub people: Vec<RoleHolder>,
    /// Who alone receives restricted files; none until the agency has named somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Officer>,
    /// The front doors of children's social care, by area.
    #[serde(default)]
    pub front_doors: Vec<Service>,
    /// Whom to ask for advice, by area and hour.
    #[serde(default)]
    pub advisers: Vec<Service>,
    /// The most minutes without a key pressed until a vault locks; none where the agency leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_minutes: Option<u8>,
    /// How long each kind of file is kept.
    #[serde(default)]
    pub retention: Vec<Retention>,
    /// Why nothing may be disposed of for now, however old; empty where no such hold stands.
    #[serde(default)]
    pub legal_hold: String,
    /// How long copies stay on laptops once the agency has them; none where it has not said so: then they stay (from
    /// version 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<CopiesKept>,
    /// Which decisions are countersigned, afterwards.
    #[serde(default)]
    pub countersign: Vec<CountersignRule>,
    /// What a file should have before it is handed over.
    #[serde(default)]
    pub wanted: Vec<WantedField>,
    /// The agency's own protocol over a nation's guidance, which comes as a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlay: Option<Overlay>,
    /// What the agency confirms about its own governance.
    #[serde(default)]
    pub assurances: Assurances,
}

/// An agency's public keys. Each does one work and no two are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Signs profiles, rosters and overlays; must be the key that signed this file.
    pub signing: PublicKey,
    /// Signs receipts.
    pub receipts: PublicKey,
    /// Handovers are encrypted to it.
    pub encryption: Recipient,
    /// Opens a vault that its holder cannot open any more. Its secret half is kept away from intake.
    pub recovery: Recipient,
}

/// Somebody with a role that a signature can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleHolder {
    /// The key's id.
    pub kid: String,
    /// The Ed25519 public key, in hexadecimal.
    pub key: PublicKey,
    /// The role. A practitioner's key stands on the roster alone.
    pub role: Role,
    /// Full name.
    pub name: String,
    /// Post.
    pub post: String,
    /// The first day.
    pub from: Day,
    /// The last day; none until somebody says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl From<&Member> for RoleHolder {
    fn from(member: &Member) -> Self {
        Self {
            kid: member.kid.clone(),
            key: member.key,
            role: member.role,
            name: member.name.clone(),
            post: member.post.clone(),
            from: member.from,
            until: member.until,
        }
    }
}

/// The designated officer, who alone receives restricted files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// A person or a post.
    pub name: String,
    /// Telephone, may be empty.
    #[serde(default)]
    pub phone: String,
    /// Restricted files are encrypted to this key and to no other.
    pub recipient: Recipient,
}

/// A front door or an adviser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Which area or team; empty where it is for everybody.
    #[serde(default)]
    pub area: String,
    /// A person, a post or a desk.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// E-mail, may be empty.
    #[serde(default)]
    pub email: String,
    /// When it is answered; none where it always is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Service {
    /// Whether it is answered at a moment, by the clock in London.
    #[must_use]
    pub fn is_answered(&self, at: Moment) -> bool {
        self.hours.as_ref().is_none_or(|hours| hours.cover(at))
    }
}

/// When a telephone is answered. Over midnight where `to` is before `from`: the night belongs to the day on which it
/// begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On these days.
    pub days: Vec<Weekday>,
    /// From this time of day, as `08:45`.
    #[serde(with = "time_of_day")]
    pub from: NaiveTime,
    /// Until just before this one; the same as `from` is the whole day round.
    #[serde(with = "time_of_day")]
    pub to: NaiveTime,
}

impl Hours {
    fn cover(&self, at: Moment) -> bool {
        use chrono::Datelike as _;
        let local = in_london(at.0.to_utc()).0;
        let (time, day) = (local.time(), local.weekday());
        let on = |day: chrono::Weekday| {
            let at = Weekday::ALL.get(day.num_days_from_monday() as usize);
            at.is_some_and(|day| self.days.contains(day))
        };
        if self.from < self.to {
            on(day) && self.from <= time && time < self.to
        } else {
            (on(day) && self.from <= time) || (on(day.pred()) && time < self.to)
        }
    }
}

/// An agency's protocol, named so that no other takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The hash of its content.
    pub hash: Sha256,
}

/// What an agency confirms: a reference for each, empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assurances {
    /// The data-protection impact assessment.
    #[serde(default)]
    pub impact_assessment: String,
    /// The appropriate policy document (Data Protection Act 2018, Schedule 1 Part 4).
    #[serde(default)]
    pub policy_document: String,
    /// In the NHS: the clinical-safety case (DCB0129, DCB0160).
    #[serde(default)]
    pub clinical_safety: String,
}

/// How a profile stands on a day. Whatever it is, nothing stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Current,
    /// It was signed on a later day: this computer's clock, or theirs, is wrong.
    NotYet,
    /// Its last day has passed.
    RunOut,
}

/// A profile whose signature and content hold. Whose it is, the fingerprint shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it says.
    pub profile: AgencyProfile,
    /// The key that signed it.
    pub key: PublicKey,
}

impl AgencyProfile {
    /// Reads a profile. That its own key signed it is shown; that this is the agency's key two people make sure of,
    /// by reading [`PublicKey::fingerprint`] to one another.
    ///
    /// # Errors
    /// [`Error::TooLarge`] before anything is read; [`Error::UnknownSigner`] where another key signed than the one
    /// that it names; [`Error::SameKey`], [`Error::Twice`], [`Error::UnknownVersion`], [`Error::Malformed`] and those
    /// of a signature.
    pub fn read(bytes: &[u8]) -> Result<Opened> {
        let (profile, key): (Self, _) = KIND.read(bytes)?;
        if key != profile.keys.signing {
            return Err(Error::UnknownSigner);
        }
        profile.check()?;
        Ok(Opened { profile, key })
    }

    /// The bytes of the signed file: the same profile and key give the same bytes.
    ///
    /// # Errors
    /// [`Error::UnknownSigner`] where the signer is not its signing key; as [`Self::read`] for what does not hold
    /// together; [`Error::Signing`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        if signer.public_key() != self.keys.signing {
            return Err(Error::UnknownSigner);
        }
        self.check()?;
        let version = if self.copies.is_some() { VERSION } else { 1 };
        Kind { version, ..KIND }.write(self, signer)
    }

    /// Whether this profile may take the place of the one in use.
    ///
    /// # Errors
    /// [`Error::OtherAgency`], [`Error::NotNewer`].
    pub fn follows(&self, standing: &Self) -> Result<()> {
        newer((self.agency, self.serial), (standing.agency, standing.serial))
    }

    /// How it stands on a day.
    #[must_use]
    pub fn stands(&self, on: Day) -> Standing {
        if on < self.issued {
            Standing::NotYet
        } else if self.expires < on {
            Standing::RunOut
        } else {
            Standing::Current
        }
    }

    /// Whether a key holds a role on a day (M5).
    #[must_use]
    pub fn holds(&self, key: &PublicKey, role: Role, on: Day) -> bool {
        let stands = |one: &RoleHolder| one.from <= on && one.until.is_none_or(|until| on <= until);
        self.people.iter().any(|one| one.key == *key && one.role == role && stands(one))
    }
}

/// A time of day as `08:45`.
mod time_of_day {
    use chrono::NaiveTime;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&time.format("%H:%M"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(from)?;
        let time = (text.len() == 5).then(|| NaiveTime::parse_from_str(&text, "%H:%M").ok()).flatten();
        time.ok_or_else(|| serde::de::Error::custom("not a time of day"))
    }
}

#[cfg(test)]
#[path = "profile/tests.rs"]
mod tests;
