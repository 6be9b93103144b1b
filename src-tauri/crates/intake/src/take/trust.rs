//! How far a signer is believed, for each chain in their file.

use std::collections::BTreeMap;

use sharewell_exchange::EntryLine;
use sharewell_exchange::handover::Handover;
use sharewell_exchange::receipt::Reason;
use sharewell_exchange::roster::Member;
use sharewell_records::{Day, Header, OriginId, Payload, ReadPayload, Seq, london_day};

use crate::compare::{Slice, Trust};
use crate::keys::hands_over;
use crate::store::{EntryRow, Tx};
use crate::{Keys, Result};

/// No chain goes on from more chains than this: each is a restored vault.
const MOST_STEPS: usize = 64;

/// The roster's word on one handover.
pub(super) struct Judge<'a> {
    keys: &'a Keys,
    signer: Option<&'a Member>,
    own: OriginId,
    /// Why nothing of it is believed, whatever is held.
    refused: Option<Reason>,
    revoked: Option<Day>,
    /// Which chain each one in the file says that it goes on from.
    continues: BTreeMap<OriginId, OriginId>,
}

impl<'a> Judge<'a> {
    pub(super) fn of(keys: &'a Keys, handover: &Handover, today: Day) -> Self {
        let signer = keys.member(&handover.info.signer);
        // The key was looked up in the same roster before; without a member nothing is believed.
        let refused = signer.map_or(Some(Reason::UnknownSigner), |one| refused(one, handover));
        let revoked = signer.and_then(|one| one.revoked).filter(|on| *on <= today);
        let lines = handover.chains.iter().flat_map(|chain| &chain.lines).chain(&handover.lines);
        let continues = lines.filter_map(|line| match line {
            EntryLine::Whole { header, stored, .. } => from(header, stored),
            EntryLine::Disposed { .. } | EntryLine::Withheld { .. } => None,
        });
        Self { keys, signer, own: handover.info.origin, refused, revoked, continues: continues.collect() }
    }

    /// Whose key it is.
    pub(super) fn name(&self) -> &str {
        self.signer.map_or("", |one| one.name.as_str())
    }

    /// Whether the key counts today.
    pub(super) fn is_believed(&self) -> bool {
        self.refused.is_none() && self.revoked.is_none()
    }

    /// How far the signer is believed for a chain.
    pub(super) fn trust(&self, tx: &mut dyn Tx, chain: &Slice<'_>) -> Result<Trust> {
        if let Some(reason) = self.refused {
            return Ok(Trust::Not(reason));
        }
        if chain.origin != self.own && !self.goes_on_from(tx, chain.origin)? {
            return Ok(Trust::Not(Reason::OtherOrigin));
        }
        match self.revoked {
            Some(on) => Ok(Trust::Under(tx.checkpoint_before(chain.origin, on)?)),
            None => Ok(Trust::Whole),
        }
    }

    /// Whether the signer's own chain goes on from another one: by the roster; or, where nobody else is enrolled for
    /// it, by the first entries of the chains.
    fn goes_on_from(&self, tx: &mut dyn Tx, earlier: OriginId) -> Result<bool> {
        let somebody_elses = self.keys.of_origin(earlier).is_some_and(|other| other.name != self.name());
        let (mut rostered, mut said) = (Some(self.own), Some(self.own));
        for _ in 0..MOST_STEPS {
            rostered = rostered.and_then(|at| self.keys.of_origin(at)).and_then(|one| one.continues);
            said = match said {
                Some(at) => self.says(tx, at)?,
                None => None,
            };
            if rostered == Some(earlier) || (said == Some(earlier) && !somebody_elses) {
                return Ok(true);
            }
            if rostered.is_none() && said.is_none() {
                break;
            }
        }
        Ok(false)
    }

    fn says(&self, tx: &mut dyn Tx, origin: OriginId) -> Result<Option<OriginId>> {
        if let Some(earlier) = self.continues.get(&origin) {
            return Ok(Some(*earlier));
        }
        let Some(EntryRow { header, stored: Some(stored) }) = tx.first_entry(origin)? else {
            return Ok(None);
        };
        Ok(from(&header, &stored).map(|(_, earlier)| earlier))
    }
}

fn refused(signer: &Member, handover: &Handover) -> Option<Reason> {
    let made = london_day(handover.info.made_at);
    if !hands_over(signer.role) {
        return Some(Reason::OtherRole);
    }
    if signer.origin != handover.info.origin {
        return Some(Reason::OtherOrigin);
    }
    // A revoked key's own dates say nothing: whoever has it can write any day.
    let in_force = made >= signer.from && signer.until.is_none_or(|until| made <= until);
    (!in_force && signer.revoked.is_none()).then_some(Reason::NotInForce)
}

/// Which chain a first entry says that its own goes on from.
pub(crate) fn from(header: &Header, stored: &[u8]) -> Option<(OriginId, OriginId)> {
    if header.sequence != Seq(1) {
        return None;
    }
    match Payload::read(&header.kind, header.version, stored) {
        Ok(ReadPayload::Known(payload)) => match *payload {
            Payload::OriginStarted { continues: Some(old), .. } => Some((header.origin, old.origin)),
            _ => None,
        },
        Ok(ReadPayload::Unknown { .. }) | Err(_) => None,
    }
}
