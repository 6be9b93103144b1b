//! Long work: what somebody waits for, sees coming, and may stop.
//!
//! It has three parts. What must be written first is written in the open vault; the long part reads on a
//! connection of its own, so that neither a save nor a lock waits for it; what follows from it is written in
//! the open vault again. A stop ends the long part and leaves nothing of it.

use sharewell_records::Moment;
use sharewell_vault::{Beside, Vault, Work};

use crate::error::Result;
use crate::store;
use crate::views::{WorkKind, WorkView};

/// One kind of long work.
pub trait Long {
    /// What the long part gives.
    type Made;
    /// What the window is shown at the end.
    type Told;

    /// Its name, for whoever waits.
    const KIND: WorkKind;

    /// Whether something leaves the vault by it. What leaves is logged, so it does not leave a vault that is only
    /// looked at.
    const LEAVES: bool;

    /// What comes before the long part: refuses what must not be begun, then [`Long::begin`].
    ///
    /// # Errors
    /// [`sharewell_vault::Error::ReadOnly`] where something would leave a vault that is only looked at; what the use
    /// case says. Nothing was begun then.
    fn start(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        if Self::LEAVES && vault.is_looked_at() {
            return Err(sharewell_vault::Error::ReadOnly.into());
        }
        self.begin(vault, now)
    }

    /// Writes what must stand before the long part.
    ///
    /// # Errors
    /// What the use case says; nothing was begun then.
    fn begin(&mut self, _vault: &mut Vault, _now: Moment) -> Result<()> {
        Ok(())
    }

    /// The long part. It asks `beside.work()` whether to go on.
    ///
    /// # Errors
    /// [`sharewell_vault::Error::Cancelled`] where it was stopped, and what the use case says.
    fn run(&self, beside: Beside, now: Moment) -> Result<Self::Made>;

    /// Writes what follows.
    ///
    /// # Errors
    /// What the use case says.
    fn end(self, vault: &mut Vault, made: Self::Made, now: Moment) -> Result<Self::Told>;
}

/// All three parts behind one another, where nobody waits beside it: the command line, a sample, a test.
///
/// # Errors
/// As the parts.
pub fn at_once<L: Long>(mut long: L, vault: &mut Vault, now: Moment) -> Result<L::Told> {
    long.start(vault, now)?;
    let made = long.run(vault.beside(&Work::new())?, now)?;
    long.end(vault, made, now)
}

/// How far work is, as a page shows it.
#[must_use]
pub fn view(work: &Work) -> WorkView {
    let (done, total) = work.progress();
    WorkView { done: store::small(done), total: total.map(store::small), stopping: work.is_stopped() }
}
