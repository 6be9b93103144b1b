//! How the duties of a signed decision are called, for a list: read with no more than that needs. A list shows
//! the duties of many decisions, and neither their answers nor what else stands in their files.

use std::collections::BTreeMap;
use std::sync::Arc;

use sharewell_records::{DecisionId, Obligation};
use sharewell_vault::{Reader, decisions};

use super::answers::as_answers;
use super::filled::Filled;
use super::obligations::{fill_title, in_words};
use crate::error::Result;
use crate::guidance::serving::{Carried, kept_pack};
use crate::language;
use crate::people::Names;
use crate::words::Words;

/// What words the duties of one decision.
pub(crate) struct Titles<'w> {
    carried: Arc<Carried>,
    names: Names,
    words: &'w Words,
    language: sharewell_documents::Language,
    /// Who is meant by duties about those whom an answer names in words, by the pack's id.
    who: BTreeMap<String, String>,
}

impl Titles<'_> {
    /// Reads what those duties of a decision need. The answers are followed again only where one of them is about
    /// somebody whom an answer names: who that is stands nowhere else.
    pub(crate) fn of(r: &Reader<'_>, id: DecisionId, duties: &[&Obligation]) -> Result<Self> {
        let decisions::Under { case, pack } = decisions::under(r, id)?;
        let carried = kept_pack(r, &pack)?;
        let pack = &carried.pack;
        let in_answers = |duty: &&Obligation| {
            duty.person.is_none()
                && pack.obligations().iter().any(|one| one.id == duty.key && one.is_for_those_named())
        };
        let who = if duties.iter().any(in_answers) {
            let decision = decisions::get(r, id)?.record;
            let answers = as_answers(&decision.answers);
            in_words(&sharewell_guidance::outcome(pack, &decision.known, decision.on, &answers)?)
        } else {
            BTreeMap::new()
        };
        let language = language::of(r)?;
        let names = Names::of(r, case)?;
        Ok(Self { carried, names, words: Words::of(language), language, who })
    }

    /// The name of the child whom the decision is about.
    pub(crate) fn child(&self) -> String {
        self.names.child_name()
    }

    /// A duty's words and its hint. Veiled, they name nobody: what concerns one person has words without a name,
    /// and the file itself says who it is.
    pub(crate) fn title(&self, duty: &Obligation, veiled: bool) -> (String, String) {
        if veiled && (duty.person.is_some() || self.who.contains_key(&duty.key)) {
            return (self.words.duty.of(duty.duty).to_owned(), String::new());
        }
        let mut filled = Filled::named(&self.carried.pack, self.language, &self.names);
        if veiled {
            self.words.the_child.clone_into(&mut filled.child);
        }
        fill_title(&filled, duty, &self.who)
    }
}
