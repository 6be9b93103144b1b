//! Freezes what this program writes, for tests of every later one: a vault with its backup, handovers, an ask and
//! its answer, signed guidance, and with each what must be read out of it.
//!
//! ```sh
//! cargo run -p sharewell-sample --example freeze -- tests/fixtures 4d36c92
//! ```
//!
//! Run it in a checkout of the last landed commit and name that commit: see `tests/fixtures/README.md`. Everybody in
//! it is made up, and the keys and the passphrase protect nothing.

mod account;
mod listing;

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use sharewell_casework::attached::{self, AddPaper};
use sharewell_casework::guidance::{self, serving};
use sharewell_casework::long::at_once;
use sharewell_casework::records::{
    AbleToDecide, Advice, AdviceId, Answer, CaseId, ConsentAct, ConsentAnswer, ConsentCell, ConsentEvent,
    ConsentEvidence, ConsentGiver, ConsentId, ConsentMethod, ConsentPurpose, ConsentRecipient, ConsentSense,
    ConsentThing, ConsentWording, Duty, EntryId, Followed, GiverCapacity, HarmAskedAgain, InfoKind, Moment,
    Nation, NotSoughtWhy, Obligation, ObligationId, Occurred, Payload, PersonRole, PressedToWithdraw,
    PurposeKind, Stamp, Verdict, WayIn,
};
use sharewell_casework::views::{CountersignInput, NewPractitioner, PaperInput, WithoutChildInput};
use sharewell_casework::{
    Kdf, Secret, Vault, children, clock, countersign, handover, maintenance, restricted, start,
};
use sharewell_exchange::{
    PublicKey, Signer as _, SigningKey, countersign as asks, handover as bags, keys::Identity, pack as signed,
};
use sharewell_guidance::Files;
use sharewell_vault::{
    FLOOR_MEMORY_KIB, FLOOR_PASSES, cases, decisions, flags, items, ledger, new_uuid, people, practitioner,
    relationships,
};

type Anything<T = ()> = Result<T, Box<dyn std::error::Error>>;

const PASSPHRASE: &str = "six quiet lanterns by the harbour wall";

fn main() -> Anything {
    let mut given = std::env::args().skip(1);
    let (Some(fixtures), Some(commit)) = (given.next(), given.next()) else {
        return Err("give the folder of fixtures and the landed commit".into());
    };
    let fixtures = PathBuf::from(fixtures);
    let [vaults, handovers, countersigned, packs] =
        ["vaults", "handovers/frozen", "countersign", "packs"].map(|kind| fixtures.join(kind).join(&commit));
    if vaults.exists() {
        return Err("what is frozen is never written again".into());
    }
    for folder in [&vaults, &handovers, &countersigned, &packs] {
        fs::create_dir_all(folder)?;
    }
    let (key, pem) = SigningKey::generate()?;
    let now = clock::now_from("2026-11-20T17:00:00Z".parse()?);

    let dir = vaults.join("vault");
    let kdf = Kdf::Fixed { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES };
    let mut vault = sharewell_sample::create_with(&dir, &Secret::from(PASSPHRASE), kdf, 8, 2026, now)?;
    fs::remove_dir_all(dir.join("backups"))?;
    let code = start::new_recovery_code(&mut vault, Secret::from(PASSPHRASE), now)?.groups.join("-");
    start::confirm_recovery_code(&mut vault, &Secret::from(code.as_str()), now)?;
    guidance_files(&mut vault, &fixtures, &packs, &key, pem.expose_secret(), now)?;
    other_kinds(&mut vault, now)?;
    consents(&mut vault, now)?;
    without_a_child(&mut vault, now)?;
    papers(&mut vault, now)?;
    account::account(&mut vault, now)?;
    two_laptops(&mut vault, &countersigned, now)?;
    hand_over(&mut vault, &fixtures, &handovers, now)?;
    maintenance::backup_now(&mut vault, now)?;
    let holds = listing::vault(&vault, now)?;
    start::close(vault, now)?;
    let secrets = json!({ "passphrase": PASSPHRASE, "recovery_code": code, "read_at": now, "holds": holds });
    write(&vaults.join("listing.json"), &secrets)
}

fn write(path: &Path, value: &Value) -> Anything {
    fs::write(path, format!("{value:#}\n"))?;
    Ok(())
}

/// The nation's guidance and an agency's protocol as signed files, and the protocol installed.
fn guidance_files(
    vault: &mut Vault,
    fixtures: &Path,
    out: &Path,
    key: &SigningKey,
    pem: &str,
    now: Moment,
) -> Anything {
    let base = serving::built_in_for_day(Nation::England, clock::day_of(now))?;
    let mut overlay = Files::new();
    let root = fixtures.join("overlay/fablewell");
    for path in ["overlay.toml", "steps.toml", "outcomes.toml", "library.toml", "text/en.toml"] {
        let text = fs::read_to_string(root.join(path))?;
        let text = text.replace(&"0".repeat(64), &base.pack.hash.to_string());
        overlay.insert(path.to_owned(), text.into_bytes());
    }
    let public = key.public_key();
    let mut holds = serde_json::Map::new();
    for (name, files) in [("england.sharewell-pack", &base.files), ("fablewell.sharewell-pack", &overlay)] {
        let bytes = signed::write(files, key)?;
        let roster = signed::Roster { publishers: &[public], agencies: &[public] };
        holds.insert(name.to_owned(), listing::signed_pack(&signed::read(&bytes, roster)?));
        fs::write(out.join(name), bytes)?;
    }
    let told = json!({ "public_key": public.to_string(), "secret_key": pem, "holds": holds });
    write(&out.join("listing.json"), &told)?;

    let file = out.join("fablewell.sharewell-pack");
    guidance::import_agency_key(vault, &public.to_string(), "Fablewell", &[], now)?;
    let hash = guidance::preview_pack(vault, &file, &[], now)?.hash;
    guidance::install_pack(vault, &file, &hash, &[], now)?;
    guidance::remove_pack(vault, &hash, "Tried out first", &[], now)?;
    guidance::install_pack(vault, &file, &hash, &[], now)?;
    Ok(())
}

/// A paper that came in and was corrected, and one that was withdrawn.
fn papers(vault: &mut Vault, now: Moment) -> Anything {
    let case = vault.read(cases::list)?.first().ok_or("no file")?.case.record.id;
    let said = |what: &str| PaperInput {
        what: what.to_owned(),
        from: "Fablewell Primary School".to_owned(),
        said_by: "Ms Mockford".to_owned(),
        came: Some(Occurred::Moment { at: now }.into()),
        limits: "For the health visitor alone".to_owned(),
        ..PaperInput::default()
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("letter.txt");
    fs::write(&path, "Ayla was away on twelve days.\n")?;
    let mut add = |what: &str| at_once(AddPaper::new(case, path.clone(), said(what)), vault, now);
    let (kept, gone) = (add("Letter about attendance")?, add("A letter of another child")?);
    let reason = "For the frozen sample";
    attached::amend_paper(vault, case, kept, &said("Attendance letter"), reason, now)?;
    attached::withdraw_paper(vault, case, gone, reason, now)?;
    Ok(())
}

/// Kinds of entry that no story of the sample writes.
fn other_kinds(vault: &mut Vault, now: Moment) -> Anything {
    let author = vault.read(practitioner::current)?.record.id;
    let stamp = Stamp { author, at: now };
    vault.write(&stamp, |w| -> Anything {
        let r = w.reader();
        let listed = cases::list(&r)?;
        let mut case = None;
        for row in &listed {
            let id = row.case.record.id;
            if items::of_case(&r, id)?.len() > 2 && flags::of_case(&r, id)?.is_empty() {
                case = Some(row.case.clone());
            }
        }
        let case = case.ok_or("no file fits")?;
        let id = case.record.id;
        let flagged = listed
            .iter()
            .find_map(|row| {
                flags::of_case(&r, row.case.record.id).ok()?.first().cloned().map(|f| (row.case.record.id, f))
            })
            .ok_or("no flag")?;
        let (person, tie) = (people::of_case(&r, id)?.remove(1), relationships::of_case(&r, id)?.remove(0));
        let (item, gone) = (items::of_case(&r, id)?.remove(0), items::of_case(&r, id)?.remove(1));
        let reason = || "For the frozen sample".to_owned();
        let mut append =
            |case: CaseId, payload: &Payload, basis: EntryId| w.append(Some(case), payload, &[basis]);
        append(id, &Payload::CaseAmended { case: case.record, reason: reason() }, case.entry)?;
        append(id, &Payload::PersonAmended { person: person.record, reason: reason() }, person.entry)?;
        let amended = Payload::RelationshipAmended { relationship: tie.record.clone(), reason: reason() };
        append(id, &amended, tie.entry)?;
        append(id, &Payload::RelationshipEnded { id: tie.record.id, reason: reason() }, tie.entry)?;
        append(
            flagged.0,
            &Payload::FlagLifted { id: flagged.1.record.id, reason: reason() },
            flagged.1.entry,
        )?;
        append(id, &Payload::ItemWithdrawn { id: item.record.id, reason: reason() }, item.entry)?;
        let advice = Advice {
            id: AdviceId(new_uuid()),
            decision: None,
            adviser: "Ada Mockford, named nurse".into(),
            own_agency: true,
            named: true,
            question: "Is this neglect?".into(),
            answer: "Ring the front door.".into(),
            followed: Followed::No { reason: "The mother rang them herself.".into() },
            at: Occurred::Moment { at: now },
        };
        append(id, &Payload::AdviceRecorded { advice }, item.entry)?;
        let obligation = Obligation {
            id: ObligationId(new_uuid()),
            decision: None,
            emergency: None,
            duty: Duty::Review,
            key: "obligation.review".into(),
            person: None,
            due: Some(now),
            settled: None,
        };
        append(id, &Payload::ObligationAdded { obligation }, item.entry)?;
        let disposed = Payload::Disposed {
            entries: vec![gone.entry],
            authority: "Nobody, it is made up".into(),
            reason: reason(),
        };
        append(id, &disposed, gone.entry)?;
        Ok(())
    })
}

/// Consent in a file: a yes and a no, taken back for one recipient, not sought for another, and a record of it that was
/// never true.
fn consents(vault: &mut Vault, now: Moment) -> Anything {
    let (case, child, giver) = vault.read(|r| -> Anything<_> {
        for row in cases::list(r)? {
            let (case, child) = (row.case.record.id, row.case.record.child);
            let others = people::of_case(r, case)?.into_iter().map(|one| one.record);
            if let Some(parent) = others.into_iter().find(|one| one.role == PersonRole::Parent) {
                return Ok((case, child, parent));
            }
        }
        Err("no file with a parent".into())
    })?;
    let event = |act, answers: [ConsentAnswer; 2], giver: Option<ConsentGiver>| {
        let cells = answers.into_iter().zip(["Imaginary Row Primary School", "Story Hill Surgery"]);
        let cells = cells.map(|(answer, name)| ConsentCell {
            what: ConsentThing::Kind { kind: InfoKind::Health },
            recipient: ConsentRecipient { contact: None, name: name.into(), agency: String::new() },
            answer,
        });
        ConsentEvent {
            id: ConsentId(new_uuid()),
            owed: child,
            sense: ConsentSense::Confidence,
            purpose: ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() },
            giver,
            act,
            cells: cells.collect(),
            from: None,
            until: Some(clock::days_after(clock::day_of(now), 100)),
            review: None,
            wording: Some(ConsentWording::of("May we tell them?".into(), "1".into(), "en".into())),
            slip: None,
            happened: now,
            note: String::new(),
        }
    };
    let parent = ConsentGiver {
        person: Some(giver.id),
        name: giver.name,
        capacity: GiverCapacity::Parent,
        able: AbleToDecide::NotAble,
        shows: "Too young to weigh it up".into(),
        powers: String::new(),
        until: None,
    };
    let evidence = ConsentEvidence::Spoken {
        words: "The school may, the doctor not".into(),
        witness: "Ada Mockford".into(),
        no_witness: String::new(),
    };
    let method = ConsentMethod { evidence, interpreter: String::new(), language: "English".into() };
    let blank = [ConsentAnswer::Blank; 2];
    let given = event(
        ConsentAct::Answered { method: method.clone() },
        [ConsentAnswer::Yes, ConsentAnswer::No],
        Some(parent.clone()),
    );
    let (pressed, harm) = (PressedToWithdraw::No, HarmAskedAgain::No);
    let withdrawn = event(ConsentAct::Withdrawn { method, pressed, harm }, blank, Some(parent));
    let why = NotSoughtWhy::Delay;
    let not_sought = event(ConsentAct::NotSought { why, words: String::new() }, blank, None);
    let why = "For the frozen sample".to_owned();
    let error = event(ConsentAct::InError { event: not_sought.id, why }, blank, None);
    let stamp = Stamp { author: vault.read(practitioner::current)?.record.id, at: now };
    vault.write(&stamp, |w| -> Anything {
        for consent in [given, withdrawn, not_sought, error] {
            w.append(Some(case), &Payload::ConsentRecorded { consent: Box::new(consent) }, &[])?;
        }
        Ok(())
    })
}

/// An adult's file and one about numbers, in each of which a decision is begun.
fn without_a_child(vault: &mut Vault, now: Moment) -> Anything {
    for (door, name, place) in [
        (WayIn::WorksWithChildren, "The coach at the Fablewell swimming club", "Fablewell swimming club"),
        (WayIn::Numbers, "Children seen in the north team", ""),
    ] {
        let typed = WithoutChildInput { door: Some(door), name: name.into(), place: place.into() };
        children::begin_without_child(vault, &typed, now)?;
    }
    Ok(())
}

/// A decision that is countersigned on another laptop, by two files.
fn two_laptops(vault: &mut Vault, out: &Path, now: Moment) -> Anything {
    let weighed = |answer: &Answer| matches!(answer, Answer::Adviser { .. } | Answer::Weighing { .. });
    let decision = vault.read(|r| -> Anything<_> {
        for row in cases::list(r)? {
            for one in decisions::of_case(r, row.case.record.id)? {
                if one.record.answers.iter().any(|one| weighed(&one.answer)) {
                    return Ok(one);
                }
            }
        }
        Err("no decision took advice".into())
    })?;
    let other = tempfile::tempdir()?;
    let who = NewPractitioner {
        name: "Ada Mockford".into(),
        role: "Named nurse".into(),
        agency: "Fablewell Community Health".into(),
        team: String::new(),
        nation: Some(Nation::England),
        phone: "01632 960202".into(),
        lead_name: String::new(),
        lead_phone: String::new(),
        front_door_name: String::new(),
        front_door_phone: String::new(),
        out_of_hours_phone: String::new(),
        officer_phone: String::new(),
        body: Some(sharewell_records::AgencyBody::Public),
    };
    let kdf = Kdf::Fixed { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES };
    let dir = other.path().join("lead");
    let (mut lead, code) = start::create_vault_with(&dir, who, Secret::from(PASSPHRASE), kdf, now)?;
    start::confirm_recovery_code(&mut lead, &Secret::from(code.groups.join("-")), now)?;

    let (ask, answer) = (out.join("ask.sharewell-countersign"), out.join("answer.sharewell-countersign"));
    let view = countersign::ask_countersignature(vault, decision.record.id, &ask, now)?;
    let code = view.asked.ok_or("no code")?.code.concat();
    let shown = countersign::open_ask(&lead, &ask, &code, now)?;
    let typed = CountersignInput {
        path: ask.to_string_lossy().into_owned(),
        code: code.clone(),
        entry_hash: shown.decision.entry_hash,
        verdict: Some(Verdict::Disagrees),
        words: "Ring the front door first.".into(),
        to: answer.to_string_lossy().into_owned(),
    };
    countersign::answer_ask(&mut lead, &typed, now)?;
    let said = countersign::open_answer(vault, decision.record.id, &answer, now)?;
    countersign::take_answer(vault, decision.record.id, &answer, said.id, now)?;

    let typed = Secret::from(code.to_uppercase());
    let holds = json!({
        "ask": listing::asked(&asks::open_ask(&fs::read(&ask)?, &typed)?),
        "answer": listing::answered(&asks::open_answer(&fs::read(&answer)?, &typed)?),
    });
    write(&out.join("listing.json"), &json!({ "code": code.to_uppercase(), "holds": holds }))
}

/// Every child's file in one handover, and a restricted file by itself.
fn hand_over(vault: &mut Vault, fixtures: &Path, out: &Path, now: Moment) -> Anything {
    let identity = Identity::parse(&fs::read_to_string(fixtures.join("handovers/agency-test-key.txt"))?)?;
    let recipient = handover::ensure_recipient(vault, &identity.recipient().to_string(), now)?;
    let roster = [PublicKey(vault.public_key()?)];
    let apart = restricted::restricted_files(vault, None, now)?.first().ok_or("no restricted file")?.case;
    let mut holds = serde_json::Map::new();
    for (name, files) in
        [("children.sharewell", handover::every_case(vault)?), ("restricted.sharewell", vec![apart])]
    {
        let file = out.join(name);
        handover::make_handover(vault, &files, &recipient, &file, now)?;
        let opened = bags::read(&fs::read(&file)?[..], &identity, &roster, bags::Limits::default())?;
        holds.insert(name.to_owned(), listing::handed_over(&opened));
    }
    let key = roster.map(|key| key.to_string());
    let tip = vault.read(ledger::tip)?;
    let told = json!({ "roster": key, "tip_after": tip.sequence, "holds": holds });
    write(&out.join("listing.json"), &told)
}
