//! What is known of a laptop that was lost (H9): how far its chains were received and when, which children's files they
//! touched, and what to do. What came later is not known here, and the report says no more than what was received.

use std::collections::BTreeSet;

use sharewell_exchange::PublicKey;
use sharewell_exchange::receipt::{Outcome, Receipt};
use sharewell_exchange::roster::{Member, Roster, Stands};
use sharewell_records::{Day, OriginId, Seq, london_day};

use crate::look::{self, CaseLine, Sees};
use crate::store::{EntryRow, FileRow, Files, Held, Store};
use crate::take::continued;
use crate::{Error, Result};

/// No chain goes on from more chains than this: each is a restored vault.
const MOST_CHAINS: usize = 64;

/// What a report is made with.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who works for the agency, by key.
    pub roster: &'a Roster,
    /// The key that signs this agency's receipts.
    pub receipts: &'a PublicKey,
    /// What whoever asks may see.
    pub sees: Sees,
    /// The day on which it was lost, where that is known.
    pub lost_on: Option<Day>,
    /// Today.
    pub today: Day,
}

/// All that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The chains that were on the laptop, those before them included; the one that was asked for first.
    pub chains: Vec<Chain>,
    /// Files that were given in with something of these chains, the newest first.
    pub given: Vec<Given>,
    /// The children's and other files that an entry of these chains belongs to, as far as this role may see them.
    pub files: Vec<CaseLine>,
    /// What to do next, in order.
    pub steps: Vec<Step>,
}

/// One chain of a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The chain.
    pub origin: OriginId,
    /// Whose key signs it; none where the roster names nobody.
    pub member: Option<Member>,
    /// How that key stands today.
    pub stands: Option<Stands>,
    /// What is held of it; none where nothing ever came.
    pub held: Option<Held>,
    /// How far it had come before the day of the loss, where that day is known.
    pub before_loss: Option<Seq>,
}

/// A file that was given in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The file, without its receipt.
    pub row: FileRow,
    /// Whether it came on the day of the loss or later: somebody else may have made it.
    pub after_loss: bool,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Take a key back.
    Revoke {
        /// The key, in hexadecimal: its id can begin with a hyphen, which a command line takes for something else.
        key: String,
        /// From which day on; none where nobody has said when it was lost.
        from: Option<Day>,
    },
    /// The roster names nobody for a chain of which something came: find out whose it is.
    WhoseIsIt {
        /// The chain.
        origin: OriginId,
    },
    /// Look at what came on the day of the loss or later.
    LookAtLater {
        /// How many files.
        files: usize,
    },
    /// Look at what is kept apart.
    LookAtWaiting {
        /// How many files.
        files: usize,
    },
    /// Bring the newest backup back, and hand over from it: what is unknown here may stand there.
    BringBackup,
    /// Tell the data protection officer, with this report.
    TellOfficer,
}

/// What is known of the laptop on which these chains were written.
///
/// # Errors
/// [`Error::NotFound`] where neither the roster nor the store knows any of them; what reading the store fails with.
pub fn report(store: &mut dyn Store, origins: &[OriginId], asked: &Asked<'_>) -> Result<Report> {
    let asked_for = origins;
    let origins = with_earlier(store, asked_for, asked.roster)?;
    let mut chains = Vec::new();
    for origin in &origins {
        let member = asked.roster.members.iter().find(|member| member.origin == *origin).cloned();
        let held = store.chain(*origin)?;
        if member.is_none() && held.is_none() {
            continue;
        }
        let before_loss = match asked.lost_on {
            Some(day) => before(store, *origin, day)?,
            None => None,
        };
        let stands = member.as_ref().map(|member| member.stands(asked.today));
        chains.push(Chain { origin: *origin, member, stands, held, before_loss });
    }
    if chains.is_empty() {
        return Err(Error::NotFound);
    }
    let given = given(store, &origins, &chains, asked)?;
    let mut cases = BTreeSet::new();
    for origin in &origins {
        cases.extend(store.cases_of(*origin)?);
    }
    let files = look::lines(store, &cases.into_iter().collect::<Vec<_>>(), asked.sees)?;
    let steps = steps(asked_for, &chains, &given, asked);
    Ok(Report { chains, given, files, steps })
}

/// The chains, and those that they go on from: a vault that was brought back holds them too.
fn with_earlier(store: &mut dyn Store, asked: &[OriginId], roster: &Roster) -> Result<Vec<OriginId>> {
    let (mut all, mut next): (Vec<OriginId>, usize) = (Vec::new(), 0);
    let add = |all: &mut Vec<OriginId>, origin: OriginId| {
        if !all.contains(&origin) && all.len() < MOST_CHAINS {
            all.push(origin);
        }
    };
    asked.iter().for_each(|origin| add(&mut all, *origin));
    while let Some(origin) = all.get(next).copied() {
        next += 1;
        let rostered = roster.members.iter().find(|member| member.origin == origin);
        if let Some(earlier) = rostered.and_then(|member| member.continues) {
            add(&mut all, earlier);
        }
        let mut first = None;
        store.transact(&mut |tx| {
            first = tx.first_entry(origin)?;
            Ok(())
        })?;
        if let Some(EntryRow { header, stored: Some(stored) }) = first
            && let Some((_, earlier)) = continued(&header, &stored)
        {
            add(&mut all, earlier);
        }
    }
    Ok(all)
}

fn before(store: &mut dyn Store, origin: OriginId, day: Day) -> Result<Option<Seq>> {
    let mut at = None;
    store.transact(&mut |tx| {
        at = tx.checkpoint_before(origin, day)?;
        Ok(())
    })?;
    Ok(at)
}

/// What was given in with something of these chains: what brought an entry, and what waits and speaks of them.
fn given(
    store: &mut dyn Store,
    origins: &[OriginId],
    chains: &[Chain],
    asked: &Asked<'_>,
) -> Result<Vec<Given>> {
    let mut rows = Vec::new();
    for origin in origins {
        rows.extend(store.files_of(*origin)?);
    }
    let named: BTreeSet<&str> =
        chains.iter().filter_map(|chain| chain.member.as_ref()).map(|member| member.name.as_str()).collect();
    store.each_file(Files::Waiting, &mut |row| {
        let speaks = match Receipt::read(&row.receipt, asked.receipts) {
            Ok(receipt) => receipt.origins.iter().any(|one| origins.contains(&one.origin)),
            // Signed under an earlier key: whose file it was is known by the name alone.
            Err(_) => named.contains(row.made_by.as_str()),
        };
        if speaks {
            rows.push(row);
        }
        Ok(())
    })?;
    rows.sort_by(|one, other| {
        other.given_at.cmp(&one.given_at).then_with(|| one.sha256.0.cmp(&other.sha256.0))
    });
    rows.dedup_by(|one, other| one.sha256 == other.sha256);
    let after = |row: &FileRow| asked.lost_on.is_some_and(|day| london_day(row.given_at) >= day);
    Ok(rows
        .into_iter()
        .map(|row| Given { after_loss: after(&row), row: FileRow { receipt: Vec::new(), ..row } })
        .collect())
}

fn steps(asked_for: &[OriginId], chains: &[Chain], given: &[Given], asked: &Asked<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for chain in chains {
        match (&chain.member, chain.stands) {
            // Taken back from a later day on than the loss, it still covers what whoever has it makes until then.
            (Some(_), Some(Stands::Revoked { on })) if asked.lost_on.is_none_or(|day| on <= day) => {}
            // A key that ran out by itself still counts for days that its holder can write.
            (Some(member), _) => {
                steps.push(Step::Revoke { key: member.key.to_string(), from: asked.lost_on });
            }
            // An earlier chain has no key any more that could sign.
            (None, _) if asked_for.contains(&chain.origin) => {
                steps.push(Step::WhoseIsIt { origin: chain.origin });
            }
            (None, _) => {}
        }
    }
    let waits = |one: &&Given| matches!(one.row.outcome, Outcome::Quarantined | Outcome::Sealed);
    let (later, waiting) =
        (given.iter().filter(|one| one.after_loss).count(), given.iter().filter(waits).count());
    steps.extend((later > 0).then_some(Step::LookAtLater { files: later }));
    steps.extend((waiting > 0).then_some(Step::LookAtWaiting { files: waiting }));
    steps.extend([Step::BringBackup, Step::TellOfficer]);
    steps
}
