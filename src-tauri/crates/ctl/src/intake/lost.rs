//! `intake lost`: what is known of a laptop that was lost, and what to do.

use serde_json::{Value, json};
use sharewell_casework::clock;
use sharewell_casework::records::{Day, OriginId, fold};
use sharewell_exchange::roster::Roster;
use sharewell_intake::look::Sees;
use sharewell_intake::lost::{self, Asked, Chain, Report, Step};

use super::args::Reader;
use super::desk;
use super::read::{case_json, case_line, file_json, file_line};
use super::refused::NotTaken;
use super::told::shown;
use crate::agency::keep;
use crate::agency::members::{is_meant, stands};
use crate::error::Error;
use crate::say::{Lines, Said, count};

/// The report for one chain, one key or one person.
pub fn report(reader: &Reader, who: &str, lost_on: Option<Day>) -> Result<Said, Error> {
    let profile = keep::profile_in(&reader.at.keys)?;
    let roster = keep::roster_in(&reader.at.keys, &profile)?;
    let none = || NotTaken::NoSuch { id: shown(who) };
    let origins = meant(&roster, who);
    if origins.is_empty() {
        return Err(none().into());
    }
    let mut store = desk::store(&reader.at)?;
    let today = clock::day_of(clock::now());
    let asked = Asked {
        roster: &roster,
        receipts: &profile.profile.keys.receipts,
        sees: Sees::of(reader.role.into()),
        lost_on,
        today,
    };
    let report = match lost::report(store.as_mut(), &origins, &asked) {
        Err(sharewell_intake::Error::NotFound) => return Err(none().into()),
        other => other.map_err(NotTaken::from)?,
    };
    Ok(Said {
        findings: false,
        plain: plain(&report, &asked, origins.len() > 1),
        json: as_json(&report, &asked),
    })
}

/// The chains that are meant: one by its id, those of a key by its beginning, or those of everybody who has this name.
fn meant(roster: &Roster, who: &str) -> Vec<OriginId> {
    if let Ok(origin) = who.parse::<OriginId>() {
        return vec![origin];
    }
    let name = fold(who.trim());
    let of = |keys: bool| {
        let fits = roster.members.iter().filter(|one| match keys {
            true => is_meant(one, who),
            false => !name.is_empty() && fold(&one.name) == name,
        });
        fits.map(|one| one.origin).collect::<Vec<_>>()
    };
    let by_name = of(false);
    if by_name.is_empty() { of(true) } else { by_name }
}

fn plain(report: &Report, asked: &Asked<'_>, several: bool) -> String {
    let mut text = String::new();
    for chain in &report.chains {
        text.push_str(&chain_text(chain, asked));
    }
    if several {
        text.push_str(
            "Several keys stand under this name. Where one is another person's, ask again by its key.\n\n",
        );
    }
    if !report.given.is_empty() {
        text.push_str("Given in with something of it, the newest first:\n");
        for one in &report.given {
            let later = if one.after_loss { "    ^ on the day of the loss or later\n" } else { "" };
            text.push_str(&format!("{}{later}", file_line(&one.row)));
        }
        text.push('\n');
    }
    text.push_str(if report.files.is_empty() {
        "It touched no children's or other files that can be shown.\n"
    } else {
        "Children's and other files it touched:\n"
    });
    report.files.iter().for_each(|line| text.push_str(&case_line(line)));
    if !asked.sees.restricted {
        text.push_str(
            "Restricted files are told to the designated officer alone: --role designated-officer.\n",
        );
    }
    text.push_str("What is sealed to the designated officer is in no list here: nobody at intake can read whose it is.\n");
    text.push_str("\nWhat to do now:\n");
    for (number, step) in (1..).zip(&report.steps) {
        text.push_str(&format!("  {number}. {}\n", step_text(step)));
    }
    text
}

fn chain_text(chain: &Chain, asked: &Asked<'_>) -> String {
    let who = chain.member.as_ref().map_or_else(
        || "Nobody on the roster".to_owned(),
        |member| match member.post.is_empty() {
            true => shown(&member.name),
            false => format!("{}, {}", shown(&member.name), shown(&member.post)),
        },
    );
    let mut lines = Lines::default();
    lines.add("chain", chain.origin);
    if let Some(member) = &chain.member {
        lines.add("key", &member.kid).add("stands", stands(member, asked.today));
    }
    let Some(held) = &chain.held else {
        return format!(
            "{who}\n{lines}Nothing of this chain was ever received. All that stood on the laptop is unknown here.\n\n"
        );
    };
    let last = held.to.sequence.0;
    lines
        .add("received to", format!("entry {last}, on {}", clock::day_of(held.last_came)))
        .add("first came", clock::day_of(held.first_came));
    if let Some(newest) = held.newest {
        lines.add("newest", format!("written on {} by the laptop's clock", clock::day_of(newest)));
    }
    lines.add("entries here", held.entries);
    if held.gone > 0 {
        lines.add("without content", format!("{}, disposed of", held.gone));
    }
    if held.hashes > 0 {
        lines.add("hash alone", format!("{}, of files that were not handed over", held.hashes));
    }
    if let Some(day) = asked.lost_on {
        let to = chain.before_loss.map_or_else(|| "nothing".to_owned(), |to| format!("to entry {}", to.0));
        lines.add("before the loss", format!("{to} ({day})"));
    }
    format!(
        "{who}\n{lines}What was written after entry {last} was never received: whether there is any, and what, is unknown.\n\n"
    )
}

fn step_text(step: &Step) -> String {
    match step {
        Step::Revoke { key, from } => {
            let day = from.map_or_else(|| "DAY".to_owned(), |day| day.to_string());
            format!(
                "Take the key back, from the day of the loss: sharewellctl agency revoke --offline OFF --agency DIR \
                 --key {key} --from {day}\n     Then give intake the new roster. What came before that day stays."
            )
        }
        Step::WhoseIsIt { origin } => {
            format!("Find out whose chain {origin} is. No key on the roster signs it, so none can be taken back.")
        }
        Step::LookAtLater { files } => format!(
            "Look at {} that came on the day of the loss or later: somebody else may have made it.",
            count(*files, "file", "files")
        ),
        Step::LookAtWaiting { files } => {
            format!("Look at {} that is kept apart: sharewellctl intake list says why.", count(*files, "file", "files"))
        }
        Step::BringBackup => "Ask for the newest backup in another place (a stick, another disk). Bring it back on \
                              another laptop, enrol that, and hand over from it: what is unknown here may stand there."
            .to_owned(),
        Step::TellOfficer => "Tell your data protection officer today, with this report: who may have to be told is \
                              theirs to judge, and the time for it runs from now. The vault is encrypted; say whether \
                              it was locked, and whether the passphrase or the recovery code lay with it."
            .to_owned(),
    }
}

fn as_json(report: &Report, asked: &Asked<'_>) -> Value {
    let chains: Vec<Value> = report.chains.iter().map(|chain| chain_json(chain, asked)).collect();
    let given: Vec<Value> = report
        .given
        .iter()
        .map(|one| {
            let mut line = file_json(&one.row);
            if let Some(line) = line.as_object_mut() {
                line.insert("after_loss".to_owned(), json!(one.after_loss));
            }
            line
        })
        .collect();
    json!({
        "lost_on": asked.lost_on,
        "chains": chains,
        "given": given,
        "files": report.files.iter().map(case_json).collect::<Vec<_>>(),
        "restricted_files_shown": asked.sees.restricted,
        "next": report.steps.iter().map(step_json).collect::<Vec<_>>(),
    })
}

fn chain_json(chain: &Chain, asked: &Asked<'_>) -> Value {
    let member = chain.member.as_ref().map(|member| {
        json!({
            "name": member.name,
            "post": member.post,
            "role": member.role.word(),
            "key": member.kid,
            "stands": stands(member, asked.today),
            "revoked": member.revoked,
        })
    });
    let received = chain.held.as_ref().map(|held| {
        json!({
            "to": held.to.sequence,
            "link": held.to.link.to_string(),
            "entries": held.entries,
            "without_content": held.gone,
            "hash_alone": held.hashes,
            "first_came": held.first_came,
            "last_came": held.last_came,
            "newest_written": held.newest,
        })
    });
    json!({
        "origin": chain.origin,
        "member": member,
        "received": received,
        "before_loss": chain.before_loss,
        "later": "unknown",
    })
}

fn step_json(step: &Step) -> Value {
    match step {
        Step::Revoke { key, from } => json!({ "do": "revoke", "key": key, "from": from }),
        Step::WhoseIsIt { origin } => json!({ "do": "find_out_whose", "origin": origin }),
        Step::LookAtLater { files } => json!({ "do": "look_at_later", "files": files }),
        Step::LookAtWaiting { files } => json!({ "do": "look_at_waiting", "files": files }),
        Step::BringBackup => json!({ "do": "bring_backup" }),
        Step::TellOfficer => json!({ "do": "tell_data_protection_officer" }),
    }
}
