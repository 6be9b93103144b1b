//! An agency with its keys, and its profile in a vault.

use std::path::{Path, PathBuf};

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, agency};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::profile::{AgencyProfile, Assurances, Keys, Officer, RoleHolder, Service};
use sharewell_exchange::roster::Member;
use sharewell_exchange::{Signer as _, SigningKey};

use super::{at, day};

/// An agency with all its keys.
pub struct Agency {
    pub signing: SigningKey,
    pub encryption: Identity,
    pub recovery: Identity,
    pub officer: Identity,
    pub receipts: SigningKey,
    id: u128,
}

impl Agency {
    pub fn new(id: u128) -> Self {
        Self {
            signing: SigningKey::generate().unwrap().0,
            encryption: Identity::generate(),
            recovery: Identity::generate(),
            officer: Identity::generate(),
            receipts: SigningKey::generate().unwrap().0,
            id,
        }
    }

    pub fn profile(&self, serial: u32) -> AgencyProfile {
        let lead = SigningKey::generate().unwrap().0.public_key();
        let lead = Member::new(lead, OriginId(uuid(5)), "Ada Mockford", "Lead", Role::Lead, day(2026, 1, 5));
        AgencyProfile {
            agency: uuid(self.id),
            name: "Fablewell Community Health".into(),
            nation: Nation::England,
            body: AgencyBody::Public,
            serial,
            issued: day(2026, 10, 1),
            expires: day(2027, 9, 30),
            keys: Keys {
                signing: self.signing.public_key(),
                receipts: self.receipts.public_key(),
                encryption: self.encryption.recipient(),
                recovery: self.recovery.recipient(),
            },
            people: vec![RoleHolder::from(&lead)],
            officer: Some(Officer {
                name: "Designated officer, Fablewell".into(),
                phone: "01632 960210".into(),
                recipient: self.officer.recipient(),
            }),
            front_doors: vec![Service {
                area: String::new(),
                name: "First Response".into(),
                phone: "01632 960211".into(),
                email: String::new(),
                hours: None,
            }],
            advisers: vec![],
            lock_minutes: Some(3),
            retention: vec![],
            legal_hold: String::new(),
            copies: None,
            countersign: vec![],
            wanted: vec![WantedField::ChildBirth],
            overlay: None,
            assurances: Assurances::default(),
        }
    }

    pub fn write(&self, dir: &Path, profile: &AgencyProfile) -> PathBuf {
        let path = dir.join(format!("{}-{}.sharewell-profile", self.id, profile.serial));
        std::fs::write(&path, profile.sign(&self.signing).unwrap()).unwrap();
        path
    }
}

pub fn uuid(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

pub fn as_shown(vault: &Vault, path: &Path) -> TakeProfile {
    let shown = agency::preview_profile(vault, path, at(1)).unwrap().hash;
    TakeProfile { path: path.to_str().unwrap().into(), shown, compared: true, other_agency: false }
}

pub fn take(vault: &mut Vault, path: &Path) -> AgencyPage {
    let typed = as_shown(vault, path);
    agency::take_profile(vault, &typed, at(2)).unwrap()
}
