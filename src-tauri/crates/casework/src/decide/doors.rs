//! The doors of a decision: which can be opened, which one it was begun through, and what another would do to it.

use sharewell_guidance::{Body, change_known};
use sharewell_records::{CaseId, CaseKind, DecisionId, Moment, WayIn, fold};
use sharewell_vault::{Reader, Vault, drafts, practitioner};

use super::draft::{self, Open};
use super::ringing::Ringing;
use super::steps::{change_view, place};
use crate::error::{Error, Problem, Result};
use crate::guidance::serving;
use crate::people::{Family, own};
use crate::views::{DecisionLine, DoorChangeView, DoorView, DoorsView, OtherDoorView, Place, UnsureView};
use crate::{clock, store};

/// How many waiting decisions stand beside the doors.
const WAITING: usize = 2;

/// The first page of a decision: in a file, or where none is chosen.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn doors(vault: &Vault, file: Option<CaseId>, now: Moment) -> Result<DoorsView> {
    store::read(vault, |r| {
        let family = file.map(|file| Family::of(r, file)).transpose()?;
        let kind = family.as_ref().map(|family| family.case.kind);
        // From a child's file numbers lead to a file of their own, as from nowhere.
        let offered = |door: &WayIn| match kind {
            None | Some(CaseKind::Family) => true,
            Some(kind) => door.fits(kind),
        };
        let opens = |door: WayIn| match kind {
            Some(kind) if door.fits(kind) => None,
            Some(_) | None => door.without_child(),
        };
        Ok(DoorsView {
            doors: WayIn::ALL
                .into_iter()
                .filter(offered)
                .map(|door| DoorView { door, opens: opens(door) })
                .collect(),
            unsure: unsure(r, family.as_ref(), now)?,
            waiting: waiting(r, file, now)?,
        })
    })
}

/// Whom to ring when unsure. Whoever is the lead rings the front door.
fn unsure(r: &Reader<'_>, family: Option<&Family>, now: Moment) -> Result<Option<UnsureView>> {
    let own = match family {
        Some(family) => own(r, family)?,
        None => practitioner::current(r)?.record,
    };
    let nation = family.map_or(own.nation, |family| family.case.nation);
    // Without guidance nobody knows the hours of a number; the page opens all the same.
    let Ok(carried) = serving::for_day(r, nation, clock::day_of(now)) else { return Ok(None) };
    let ringing = Ringing { own: &own, now, calendar: &carried.pack.calendar };
    let known = |body: Body, lead: bool| {
        let (name, number) = ringing.known(body);
        let themselves = lead && fold(name) == fold(&own.name);
        (!number.is_empty() && !themselves).then(|| UnsureView {
            lead,
            name: name.to_owned(),
            number: number.to_owned(),
        })
    };
    Ok(known(Body::Adviser, true).or_else(|| known(Body::FrontDoor, false)))
}

/// The decisions that wait: those of the file, or the last that were left.
fn waiting(r: &Reader<'_>, file: Option<CaseId>, now: Moment) -> Result<Vec<DecisionLine>> {
    let kept = match file {
        Some(file) => drafts::of_case(r, draft::KIND, file)?,
        None => drafts::latest_of_kind(r, draft::KIND, WAITING)?,
    };
    kept.iter().take(WAITING).map(|kept| draft::draft_line(r, kept, now)).collect()
}

/// The door of a begun decision, and what each other that fits its file would do to its answers. Nothing is stored.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft, [`Error::AlreadySigned`] where it was signed.
pub fn door(vault: &Vault, decision: DecisionId, now: Moment) -> Result<DoorChangeView> {
    store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let kind = open.family.case.kind;
        let other = |door: WayIn| -> Result<OtherDoorView> {
            let after = draft::known_through(&open, r, door)?;
            let change = change_known(&open.carried.pack, (&open.known, &after), open.on, &open.answers);
            Ok(OtherDoorView {
                door,
                change: change_view(&open, &change, 0),
                asks_request: door == WayIn::Request && open.draft.request.is_none(),
            })
        };
        let fitting = WayIn::ALL.into_iter().filter(|door| door.fits(kind) && Some(*door) != open.draft.door);
        Ok(DoorChangeView {
            case: open.draft.case,
            child: open.family.child_name(),
            restricted: open.restricted,
            door: open.draft.door,
            doors: fitting.map(other).collect::<Result<_>>()?,
        })
    })
}

/// Changes the door of a begun decision. Every answer stays, on the new path or off it; a request that was written down
/// is still told, since somebody waits for an answer.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft; [`Error::AlreadySigned`] where it was signed; [`Error::Fields`]
/// where the door does not fit its file, or needs a request that nobody has written down.
pub fn change_door(vault: &mut Vault, decision: DecisionId, door: WayIn, now: Moment) -> Result<Place> {
    let mut open = store::read(vault, |r| Open::read(r, decision, now))?;
    let asks = door == WayIn::Request && open.draft.request.is_none();
    if asks || !door.fits(open.family.case.kind) {
        return Err(Error::field("door", Problem::NotAnOption));
    }
    open.draft.door = Some(door);
    // What was suggested follows the new path.
    if let Some(typed) = &mut open.draft.sign_off {
        typed.telling.clear();
    }
    draft::save(vault, &open.draft, now)?;
    place(vault, decision, now)
}
