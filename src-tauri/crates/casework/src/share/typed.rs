//! What is typed for a share: read at the door, and noted until it is acknowledged, so that it can be made again.

use serde::{Deserialize, Serialize};
use sharewell_records::{DisclosureId, Route};
use sharewell_vault::{Reader, kept};

use super::basis::Basis;
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
}

/// Reads what was typed: what goes, by which way, and what is said with it.
pub(super) fn read(form: &mut Form, basis: &Basis, typed: &ShareInput) -> Option<(Route, Typed)> {
    form.take(input::at_most(&typed.items, "items"));
    form.take(input::at_most(&typed.papers, "papers"));
    form.fault_if(typed.items.is_empty() && typed.papers.is_empty(), "items", Problem::Missing);
    let ask = form.required("ask", &typed.ask);
    let by = form.name("by", &typed.by);
    let urgency = form.name("urgency", &typed.urgency);
    let at_risk = form.required("at_risk", &typed.at_risk);
    let keeping = form.chosen("keeping", typed.keeping);
    let route = form.chosen("route", typed.route);
    form.fault_if(route.is_some_and(|route| !may_go(route, basis)), "route", Problem::NotAnOption);
    let encrypted = route == Some(Route::EncryptedFile);
    let why_open = if encrypted { String::new() } else { form.reason("why_open", &typed.why_open) };
    Some((route?, Typed { ask, by, urgency, at_risk, keeping: keeping?, why_open, papers_why: Vec::new() }))
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
