//! How a decision begins: what brings it about, for which day, under which nation's guidance, on whose request.

use sharewell_records::{
    CaseId, DecisionId, EntryId, Item, ItemSource, Mark, Moment, Nation, Occurred, Payload, Request, Trigger,
    WayIn,
};
use sharewell_vault::{Vault, cases, decisions};

use super::draft::{self, DraftDecision, Open};
use super::steps::place;
use crate::error::{Error, Problem, Result};
use crate::guidance::cite::source_views;
use crate::guidance::{Wording, serving};
use crate::input::Form;
use crate::people::Family;
use crate::views::{BeginInput, Place, PlacesInput, RequestInput, RequesterView};
use crate::{clock, language, store};

/// Begins a decision for the child of a file; where one is begun already, it goes on.
///
/// # Errors
/// [`Error::NoPack`] where no guidance fits the nation and the day; [`Error::Fields`] for what is missing;
/// [`Error::Vault`] where there is no such file.
pub fn begin_decision(vault: &mut Vault, case: CaseId, typed: &BeginInput, now: Moment) -> Result<Place> {
    if let Some(begun) = store::read(vault, |r| draft::of_case(r, case))? {
        let begun = DraftDecision::from_draft(&begun)?;
        return place(vault, begun.id, now);
    }
    let mut form = Form::of_past_days(vault, now)?;
    // A recorded request is a door, whatever else was chosen.
    let door = if typed.request.is_some() { Some(WayIn::Request) } else { typed.door };
    let trigger = form.chosen("trigger", typed.trigger.or_else(|| door.map(WayIn::trigger)));
    let kind = store::read(vault, |r| Ok(cases::get(r, case)?.record.kind))?;
    form.fault_if(door.is_some_and(|door| !door.fits(kind)), "door", Problem::NotAnOption);
    let on = form.past_day("on", &typed.on, now).filter(|on| *on != clock::day_of(now));
    let request = typed.request.as_ref().map(|request| checked(&mut form, request, now));
    let (trigger, request) = form.end(|| {
        Some((
            trigger?,
            match request {
                Some(request) => Some(request?),
                None => None,
            },
        ))
    })?;
    // What was asked stands in the file at once, whatever becomes of the decision.
    let item = request.as_ref().map(|request| asked_for(request, now));
    let draft = store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let mut nations = match &typed.places {
            Some(places) => nations(places),
            None => vec![typed.nation.unwrap_or(family.case.nation)],
        };
        let nation = if nations.is_empty() { family.case.nation } else { nations.remove(0) };
        let day = on.unwrap_or_else(|| clock::day_of(now));
        let pack = serving::for_day(r, nation, day)?.pack.reference();
        // New facts make a new decision that names the earlier one (A16).
        let follows = match (typed.follows, trigger) {
            (Some(follows), _) => {
                let earlier = decisions::get(r, follows)?.record;
                Some(earlier).filter(|earlier| earlier.case == case).map(|earlier| earlier.id)
            }
            (None, Trigger::NewFacts) => {
                decisions::of_case(r, case)?.into_iter().next().map(|last| last.record.id)
            }
            (None, Trigger::Worry | Trigger::Request | Trigger::Linked) => None,
        };
        Ok(DraftDecision {
            id: DecisionId(store::new_id(now)),
            case,
            child: family.case.child,
            trigger,
            door,
            follows,
            nation,
            file_nation: Some(family.case.nation),
            pack,
            started: now,
            answers: Vec::new(),
            typing: Vec::new(),
            sign_off: None,
            suggested: None,
            expired_confirmed: None,
            on,
            asked: item.as_ref().map(|item| item.id),
            request,
            also: nations,
            calls: Vec::new(),
            extent: None,
        })
    })?;
    // Both or neither: who tries again must not record the request twice.
    store::write(vault, now, |w| {
        if let Some(item) = item {
            w.append(Some(case), &Payload::ItemRecorded { item }, &[])?;
        }
        Ok(w.save_draft(&draft.to_draft(now)?)?)
    })?;
    place(vault, draft.id, now)
}

/// A request as an item of the file, in the words of whoever asked.
fn asked_for(request: &Request, now: Moment) -> Item {
    let said = [&request.what, &request.purpose, &request.authority];
    let who = [&request.name, &request.organisation];
    let join = |parts: &[&String], between: &str| {
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| part.as_str())
            .collect::<Vec<_>>()
            .join(between)
    };
    let by = join(&who, ", ");
    Item {
        id: store::item_id(now),
        mark: Mark::Reported,
        source: ItemSource::Message,
        text: join(&said, "\n"),
        by: if by.is_empty() { request.from.word().to_owned() } else { by },
        about: Vec::new(),
        occurred: Occurred::Day { on: request.received },
        labels: vec!["request".to_owned()],
        visit: None,
    }
}

/// The nations under whose guidance a decision is needed, the first first (A5): where the child is, where the harm
/// happened, where the agency is. Each but the first is a linked decision.
pub(crate) fn nations(places: &PlacesInput) -> Vec<Nation> {
    let mut all = Vec::new();
    for nation in [places.child, places.harm, places.agency].into_iter().flatten() {
        if !all.contains(&nation) {
            all.push(nation);
        }
    }
    all
}

/// Corrects what is known about a request while its decision is not signed: who asks may be certain by now. Where
/// that changes what was asked, the item in the file is corrected too; where none stands any more, it is recorded anew.
/// A decision that began through another door becomes one on this request.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft; [`Error::Fields`] for what is missing, and where no request fits
/// its file.
pub fn amend_request(
    vault: &mut Vault,
    decision: DecisionId,
    typed: &RequestInput,
    now: Moment,
) -> Result<Place> {
    let mut form = Form::of_past_days(vault, now)?;
    let request = checked(&mut form, typed, now);
    let request = form.end(|| request)?;
    let mut open = store::read(vault, |r| Open::read(r, decision, now))?;
    if !WayIn::Request.fits(open.family.case.kind) {
        return Err(Error::field("door", Problem::NotAnOption));
    }
    let said = asked_for(&request, now);
    let corrected = match open.draft.request.take() {
        Some(before) => Item { id: said.id, ..asked_for(&before, now) } != said,
        None => true,
    };
    let correction = corrected.then(|| correction(&open, said));
    if let Some((Payload::ItemRecorded { item }, _)) = &correction {
        open.draft.asked = Some(item.id);
    }
    open.draft.request = Some(request);
    open.draft.door = Some(WayIn::Request);
    let draft = open.draft.to_draft(now)?;
    store::write(vault, now, |w| {
        if let Some((payload, basis)) = &correction {
            w.append(Some(open.draft.case), payload, basis)?;
        }
        Ok(w.save_draft(&draft)?)
    })?;
    place(vault, decision, now)
}

/// What a corrected request says in the file, and the entry that it corrects.
fn correction(open: &Open, said: Item) -> (Payload, Vec<EntryId>) {
    let earlier = open.items.iter().find(|item| Some(item.record.id) == open.draft.asked);
    match earlier {
        Some(earlier) => {
            // Whom it is about and how it is labelled may have been added by hand.
            let Item { id, about, labels, .. } = earlier.record.clone();
            let item = Item { id, about, labels, ..said };
            (Payload::ItemAmended { item, reason: String::new() }, vec![earlier.entry])
        }
        None => (Payload::ItemRecorded { item: said }, Vec::new()),
    }
}

/// The request of a decision that is not signed yet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft, or it began without a request.
pub fn request(vault: &Vault, decision: DecisionId, now: Moment) -> Result<Request> {
    let draft = store::read(vault, |r| Ok(Open::read(r, decision, now)?.draft))?;
    draft.request.ok_or(Error::NotFound { what: "request" })
}

/// Who may ask in a nation, and what to do first.
///
/// # Errors
/// [`Error::NoPack`] where there is no guidance for the nation.
pub fn requesters(vault: &Vault, nation: Nation, now: Moment) -> Result<Vec<RequesterView>> {
    let (carried, language) =
        store::read(vault, |r| Ok((serving::for_day(r, nation, clock::day_of(now))?, language::of(r)?)))?;
    let (pack, wording) = (&carried.pack, Wording::new(&carried.pack, language));
    let one = |requester: &sharewell_guidance::Requester| {
        let say = |part: &str| wording.text(&format!("requester.{}.{part}", requester.id)).to_owned();
        RequesterView {
            id: requester.id.clone(),
            name: say("name"),
            first: say("first"),
            verify: say("verify"),
            sources: source_views(pack, &requester.sources),
        }
    };
    Ok(pack.requesters.iter().map(one).collect())
}

fn checked(form: &mut Form, typed: &RequestInput, now: Moment) -> Option<Request> {
    let from = form.chosen("from", typed.from);
    let verified = form.chosen("verified", typed.verified);
    let how_verified = form.text("how_verified", &typed.how_verified);
    form.fault_if(verified == Some(true) && how_verified.is_empty(), "how_verified", Problem::WordsMissing);
    let name = form.name("name", &typed.name);
    let organisation = form.name("organisation", &typed.organisation);
    let reach = form.name("reach", &typed.reach);
    let received = form.past_day("received", &typed.received, now);
    form.fault_if(typed.received.is_empty(), "received", Problem::Missing);
    let what = form.required("what", &typed.what);
    let specific = form.chosen("specific", typed.specific);
    let purpose = form.text("purpose", &typed.purpose);
    let authority = form.text("authority", &typed.authority);
    let deadline = form.day("deadline", &typed.deadline, now);
    let keeping = form.text("keeping", &typed.keeping);
    Some(Request {
        from: from?,
        name,
        organisation,
        reach,
        received: received?,
        verified: verified?,
        how_verified,
        what,
        specific: specific?,
        purpose,
        authority,
        order: typed.order,
        deadline,
        keeping,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nation_where_the_child_is_comes_first_and_each_stands_once() {
        let places = |agency, child, harm| PlacesInput { agency, child, harm };
        let (e, s, w) = (Some(Nation::England), Some(Nation::Scotland), Some(Nation::Wales));
        assert_eq!(nations(&places(e, e, e)), [Nation::England]);
        assert_eq!(nations(&places(e, s, w)), [Nation::Scotland, Nation::Wales, Nation::England]);
        assert_eq!(nations(&places(e, s, s)), [Nation::Scotland, Nation::England]);
        assert_eq!(nations(&places(e, None, w)), [Nation::Wales, Nation::England]);
        assert_eq!(nations(&places(None, None, None)), []);
    }
}
