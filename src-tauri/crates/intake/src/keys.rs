//! What the intake holds: the keys that open files, the one that signs receipts, and the roster.
//!
//! The agency's recovery key and the designated officer's key have no place here.

use sharewell_exchange::keys::Identity;
use sharewell_exchange::roster::{Member, Roster};
use sharewell_exchange::{PublicKey, SigningKey};
use sharewell_records::{OriginId, Role};

/// The keys of one intake.
#[derive(Debug)]
pub struct Keys {
    /// Those that open files.
    pub identities: Vec<Identity>,
    /// The one that signs receipts.
    pub receipts: SigningKey,
    /// Who works for the agency, by key.
    pub roster: Roster,
}

impl Keys {
    /// Whose key it is.
    pub(crate) fn member(&self, key: &PublicKey) -> Option<&Member> {
        self.roster.members.iter().find(|member| member.key == *key)
    }

    /// For whom a chain is enrolled.
    pub(crate) fn of_origin(&self, origin: OriginId) -> Option<&Member> {
        self.roster.members.iter().find(|member| member.origin == origin)
    }
}

/// Whether somebody in this role hands records over. A key that takes handovers in never does.
pub(crate) fn hands_over(role: Role) -> bool {
    match role {
        Role::Practitioner | Role::Lead | Role::DesignatedOfficer => true,
        Role::Intake => false,
    }
}
