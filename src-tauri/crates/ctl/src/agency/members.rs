//! Who is on the roster: enrolment, renewal, and taking a key back.

use std::path::Path;

use serde_json::{Value, json};
use sharewell_casework::records::Day;
use sharewell_exchange::enrolment::{self, Request};
use sharewell_exchange::roster::{Member, Stands};

use super::args::{At, Enrol};
use super::keep::{self, Agency};
use super::refused::Refused;
use crate::error::Error;
use crate::pack_file::limited;
use crate::say::{Lines, Said, count};

/// Puts somebody on the roster, once their fingerprint was compared.
pub fn enrol(args: &Enrol, on: Day) -> Result<Said, Error> {
    let request = Request::read(&limited(&args.request, enrolment::MOST_BYTES)?)?;
    let (Some(read_out), Some(role)) = (&args.fingerprint, args.role) else {
        return Ok(asks(&request));
    };
    let mut agency = Agency::open(&args.at.offline, &args.at.agency)?;
    if request.agency != agency.profile.profile.agency {
        return Err(Refused::OtherAgency.into());
    }
    if !same(read_out, &request.key.fingerprint()) {
        return Err(Refused::OtherFingerprint.into());
    }
    let there = |one: &&Member| one.key == request.key || one.origin == request.origin;
    if let Some(there) = agency.roster.members.iter().find(there) {
        return Err(Refused::AlreadyThere { name: there.name.clone() }.into());
    }
    let from = args.from.map_or(on, super::args::day);
    let until = args.until.map(super::args::day);
    if until.is_some_and(|until| until < from) {
        return Err(Refused::Days.into());
    }
    let member = Member::new(request.key, request.origin, &request.name, &request.post, role.role(), from);
    agency.roster.members.push(Member { until, continues: request.continues, ..member.clone() });
    agency.keep_roster(on)?;
    let mut said = one(&Member { until, ..member }, on, "Enrolled. Give intake the new roster.");
    if role.role() != sharewell_casework::records::Role::Practitioner {
        said.plain.push_str("The role stands in the next profile: sign it with agency profile.\n");
    }
    Ok(said)
}

/// Who asks, for whoever is about to ring them.
fn asks(request: &Request) -> Said {
    let mut lines = Lines::default();
    lines
        .add("asks", &request.name)
        .add("post", &request.post)
        .add("team", &request.team)
        .add("asked", request.asked_at)
        .add("fingerprint", request.key.fingerprint());
    if let Some(before) = request.continues {
        lines.add("goes on from", before);
    }
    let next = "\nNobody was enrolled. Ring them on a number that you know, not one from the file, let them read the \
                fingerprint out, and give what you hear with --fingerprint, and their --role.\n";
    let json = json!({ "enrolled": false, "request": request, "fingerprint": request.key.fingerprint() });
    Said { findings: true, plain: format!("{lines}{next}"), json }
}

/// Whether what was heard is a fingerprint, whatever blanks and capitals it was typed with.
fn same(heard: &str, fingerprint: &str) -> bool {
    let digits = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    digits(heard) == digits(fingerprint)
}

/// Lets a key count until another day.
pub fn renew(at: &At, key: &str, until: Day, on: Day) -> Result<Said, Error> {
    change(at, key, on, "Renewed. Give intake the new roster.", |member| {
        if until < member.from {
            return Err(Refused::Days);
        }
        member.until = Some(until);
        Ok(())
    })
}

/// Takes a key back.
pub fn revoke(at: &At, key: &str, from: Day, on: Day) -> Result<Said, Error> {
    let done = "Taken back. Give intake the new roster today; a lead's role ends with the next profile.";
    change(at, key, on, done, |member| {
        // Somebody who finds out later that a key was lost earlier moves the day back, and never forward.
        member.revoked = Some(member.revoked.map_or(from, |before| before.min(from)));
        Ok(())
    })
}

fn change(
    at: &At,
    key: &str,
    on: Day,
    done: &str,
    change: impl FnOnce(&mut Member) -> Result<(), Refused>,
) -> Result<Said, Error> {
    let mut agency = Agency::open(&at.offline, &at.agency)?;
    let mut meant: Vec<&mut Member> =
        agency.roster.members.iter_mut().filter(|one| is_meant(one, key)).collect();
    let found = meant.len();
    let (1, Some(member)) = (found, meant.pop()) else {
        return Err(Refused::NotOne { count: found }.into());
    };
    change(member)?;
    let changed = member.clone();
    agency.keep_roster(on)?;
    Ok(one(&changed, on, done))
}

/// Whether a key was meant by what was typed: the beginning, of at least six signs, of its id, digits or fingerprint.
pub fn is_meant(member: &Member, typed: &str) -> bool {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '…').collect();
    let fingerprint = member.key.fingerprint().replace(' ', "");
    let lower = plain.to_lowercase();
    plain.len() >= 6
        && (member.kid.starts_with(&plain)
            || member.key.to_string().starts_with(&lower)
            || fingerprint.starts_with(&lower))
}

/// Who is on the roster.
pub fn roster(folder: &Path, on: Day) -> Result<Said, Error> {
    let profile = keep::profile_in(folder)?;
    let roster = keep::roster_in(folder, &profile)?;
    let mut plain = format!(
        "{}, roster {} of {}: {}\n",
        roster.name,
        roster.serial,
        roster.issued,
        count(roster.members.len(), "key", "keys")
    );
    for member in &roster.members {
        plain.push_str(&format!("\n{}", lines(member, on)));
    }
    let members: Vec<Value> = roster.members.iter().map(|one| about(one, on)).collect();
    let json = json!({ "serial": roster.serial, "issued": roster.issued, "members": members });
    Ok(Said { findings: false, plain, json })
}

/// How a key stands on a day, in words.
pub fn stands(member: &Member, on: Day) -> String {
    match member.stands(on) {
        Stands::Current => {
            member.until.map_or_else(|| "counts".to_owned(), |until| format!("counts until {until}"))
        }
        Stands::NotYet { from } => format!("counts from {from}"),
        Stands::RunOut { until } => format!("ran out on {until}"),
        Stands::Revoked { on } => format!("taken back from {on}"),
    }
}

fn lines(member: &Member, on: Day) -> Lines {
    let mut lines = Lines::default();
    lines
        .add("name", &member.name)
        .add("post", &member.post)
        .add("role", member.role.word())
        .add("key", &member.kid)
        .add("fingerprint", member.key.fingerprint())
        .add("stands", stands(member, on));
    lines
}

fn about(member: &Member, on: Day) -> Value {
    json!({ "member": member, "fingerprint": member.key.fingerprint(), "stands": stands(member, on) })
}

fn one(member: &Member, on: Day, done: &str) -> Said {
    let plain = format!("{done}\n{}", lines(member, on));
    Said { findings: false, plain, json: about(member, on) }
}
