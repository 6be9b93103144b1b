//! What is typed for a share: read at the door, and noted until it is acknowledged, so that it can be made again.

use serde::{Deserialize, Serialize};
use sharewell_records::{DisclosureId, Route};
use sharewell_vault::{Reader, kept};

use super::basis::Basis;
use super::door::Door;
use crate::error::{Error, Problem, Result};
use crate::input::{self, Form};
use crate::views::{ShareInput, ShareKeeping};

/// What was typed, as it is set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Typed {
    pub ask: String,
    pub by: String,
    pub urgency: String,
    pub at_risk: String,
    pub keeping: ShareKeeping,
    /// Why it goes unencrypted, where it does. It stays in the record and in nothing that leaves.
    pub why_open: String,
    /// Why papers go though something stands against them. It stays in the record and in nothing that leaves.
    #[serde(default)]
    pub papers_why: Vec<String>,
    /// Whether it is our container to the recipient's key.
    #[serde(default)]
    pub to_key: bool,
}

/// Reads what was typed: by which way it goes, and what is said with it; `in_form`: by the recipient's own form. What
/// goes is the door's to say; what the page showed to go has to be the same.
pub(super) fn read(
    form: &mut Form,
    basis: &Basis,
    door: &Door<'_>,
    typed: &ShareInput,
    in_form: bool,
) -> Option<(Route, Typed)> {
    form.take(input::at_most(&typed.items, "items"));
    form.take(input::at_most(&typed.papers, "papers"));
    door.told(form, &typed.items, !typed.papers.is_empty());
    // A form takes words, and no paper.
    form.fault_if(in_form && !typed.papers.is_empty(), "papers_in_form", Problem::NotAnOption);
    let ask = form.required("ask", &typed.ask);
    let by = form.name("by", &typed.by);
    let urgency = form.name("urgency", &typed.urgency);
    let at_risk = form.required("at_risk", &typed.at_risk);
    let keeping = form.chosen("keeping", typed.keeping);
    let route = form.chosen("route", typed.route);
    // Their own form is theirs to keep safe; a file of ours goes unencrypted only where the directory says how.
    let open = |route: Route| in_form || may_go(route, basis);
    form.fault_if(route.is_some_and(|route| !open(route)), "route", Problem::NotAnOption);
    let to_key = typed.to_key && route == Some(Route::EncryptedFile);
    form.fault_if(to_key && basis.key(door.on).is_none(), "route", Problem::KeyNotSure);
    let closed = in_form || route == Some(Route::EncryptedFile);
    let why_open = if closed { String::new() } else { form.reason("why_open", &typed.why_open) };
    Some((
        route?,
        Typed { ask, by, urgency, at_risk, keeping: keeping?, why_open, papers_why: Vec::new(), to_key },
    ))
}

/// By which ways a file can go.
pub(super) const ROUTES: [Route; 3] = [Route::EncryptedFile, Route::SecureEmail, Route::Portal];

/// Whether a share may go by a way: encrypted always, unencrypted only by a way that the directory names for them.
pub(super) fn may_go(route: Route, basis: &Basis) -> bool {
    match route {
        Route::EncryptedFile => true,
        Route::SecureEmail | Route::Portal => !basis.channel().is_empty(),
        Route::Telephone | Route::InPerson | Route::ByHand | Route::Post => false,
    }
}

/// Under which name it is noted.
pub(super) fn key(id: DisclosureId) -> String {
    format!("share:{id}")
}

/// What was typed for a share that was made.
pub(super) fn noted(r: &Reader<'_>, id: DisclosureId) -> Result<Typed> {
    let kept = kept::get(r, &key(id))?.ok_or(Error::NotFound { what: "share" })?;
    serde_json::from_str(&kept.body).map_err(|_| Error::Stored { what: "share" })
}
