//! A text that leaves by the clipboard: the one way to it.

use std::ops::Deref;

use sharewell_records::{CaseId, Moment};
use sharewell_vault::{Access, Vault};

use crate::error::Result;
use crate::store;

/// A text that stands ready to be pasted elsewhere. It is made here alone: never from a vault that is only looked at, and
/// never without a line in the access log. What puts texts on the clipboard takes nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct Copied(String);

impl Copied {
    /// Lets a text of a file leave, and notes it.
    ///
    /// # Errors
    /// [`crate::Error::Vault`] where the vault is only looked at: then nothing leaves.
    pub(crate) fn of(
        vault: &mut Vault,
        case: Option<CaseId>,
        now: Moment,
        what: String,
        text: String,
    ) -> Result<Self> {
        store::log(vault, case, now, |by| Access::Printed { by, what })?;
        Ok(Self(text))
    }

    /// The text, for the one who puts it where it can be pasted from.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

impl Deref for Copied {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

// What is copied must not reach a log through `{:?}`.
impl std::fmt::Debug for Copied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Copied")
    }
}
