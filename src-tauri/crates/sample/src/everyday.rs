//! What belongs to no one story: the people and posts whom the practitioner turns to, a visit with its lines, and a duty
//! that was closed too early.

use sharewell_casework::views::{ContactInput, DayTyped, LineInput, VisitHead, VisitInput};
use sharewell_casework::{Result, children, clock, directory, today};
use sharewell_records::{
    CaseId, ContactRole, ItemSource, Mark, Moment, ObligationId, Occurred, PersonId, Settlement,
};
use sharewell_vault::Vault;

/// The directory: a school whose number was made sure of, a surgery whose number changed since, and a desk whose number
/// nobody made sure of.
pub(super) fn contacts(vault: &mut Vault, at: Moment) -> Result<()> {
    let sure = |name: &str, role, agency: &str, phone: &str| ContactInput {
        name: name.to_owned(),
        role: Some(role),
        agency: agency.to_owned(),
        phone: phone.to_owned(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: String::new(),
        is_verified: Some(true),
        verified_by: "Nia Exampleton".to_owned(),
        verified_how: "Rang the switchboard and was put through.".to_owned(),
        verified_source: "the council's list of schools and surgeries".to_owned(),
        verified_on: DayTyped::from(clock::day_of(at)),
        verified_until: DayTyped::default(),
    };
    let school = ContactInput {
        email: "office@imaginaryrow.example".to_owned(),
        safe_channel: "Secure e-mail to the address above".to_owned(),
        ..sure("Mrs Fictley", ContactRole::School, "Imaginary Row Primary School", "01632 960311")
    };
    directory::add_contact(vault, &school, at)?;
    let surgery = sure("Dr Wren Madeup", ContactRole::Gp, "Story Hill Surgery", "01632 960312");
    let moved = ContactInput { phone: "01632 960313".to_owned(), ..surgery.clone() };
    let surgery = directory::add_contact(vault, &surgery, at)?;
    directory::change_contact(vault, surgery, &moved, "They moved to another line.", at)?;
    let desk = ContactInput {
        is_verified: Some(false),
        verified_by: String::new(),
        verified_how: String::new(),
        verified_source: String::new(),
        verified_on: DayTyped::default(),
        ..sure("Missing children desk", ContactRole::Police, "Fablewell Police", "101")
    };
    directory::add_contact(vault, &desk, at)?;
    Ok(())
}

/// A visit at home, with the child seen alone.
pub(super) fn visit(
    vault: &mut Vault,
    case: CaseId,
    there: [PersonId; 2],
    place: &str,
    lines: Vec<(Mark, String, String)>,
    now: Moment,
) -> Result<()> {
    let [child, _] = there;
    let line = |(mark, text, by)| LineInput { mark: Some(mark), text, by, about: vec![child] };
    let typed = VisitInput {
        head: VisitHead {
            occurred: Some(Occurred::Day { on: clock::day_of(now) }.into()),
            source: Some(ItemSource::Visit),
            place: place.to_owned(),
            there: there.to_vec(),
            others: String::new(),
            alone: Some(vec![child]),
        },
        lines: lines.into_iter().map(line).collect(),
    };
    children::add_visit(vault, case, &typed, now)?;
    Ok(())
}

/// A duty that was closed is opened again, and closed once it is done.
pub(super) fn again(
    vault: &mut Vault,
    duty: ObligationId,
    note: String,
    opened: Moment,
    closed: Moment,
) -> Result<()> {
    today::reopen_obligation(vault, duty, opened)?;
    today::settle_obligation(vault, duty, Settlement::Done { note }, closed)
}
