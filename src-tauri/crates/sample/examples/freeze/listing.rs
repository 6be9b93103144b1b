//! What is read out of a frozen file. Written beside it once, by the program that wrote it, and compared for ever.
//!
//! It asks the records and no page, so that a page may change. Code here follows the program; what it says about a
//! frozen file never changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sharewell_casework::records::{Case, CaseId, Countersigned, Decision, Moment, Seq};
use sharewell_casework::{Vault, decide};
use sharewell_exchange::{EntryLine, countersign, handover};
use sharewell_vault::{
    Reader, Recorded, SliceLine, cases, countersignatures, decisions, disclosures, drafts, emergencies,
    flags, handovers, installed_packs, items, kept, ledger, obligations, people, recipients, relationships,
    search,
};

type Anything<T> = Result<T, Box<dyn std::error::Error>>;

/// Words that the sample's stories hold.
const WORDS: [&str; 4] = ["school", "home", "Mockford", "nothing-holds-this"];

/// Everything that a vault holds, file by file.
pub fn vault(vault: &Vault, now: Moment) -> Anything<Value> {
    let report = vault.verify(&[])?;
    let tip = vault.read(ledger::tip)?;
    let (mut files, all) = vault.read(|r| -> Anything<_> {
        let rows = cases::list(r)?.into_iter().chain(cases::restricted(r)?);
        let all: Vec<_> = rows.map(|row| row.case).collect();
        let files = all.iter().map(|case| file(r, case)).collect::<Anything<Vec<_>>>()?;
        Ok((files, all.iter().map(|case| case.record.id).collect::<Vec<CaseId>>()))
    })?;
    for one in &mut files {
        let mut replayed = BTreeMap::new();
        for decision in one["decisions"].as_array().into_iter().flatten() {
            let id = decision["id"].as_str().unwrap_or_default();
            let view = decide::decision(vault, id.parse()?, now)?;
            let asked: Vec<_> = view.answers.iter().map(|answer| answer.question.clone()).collect();
            replayed.insert(id.to_owned(), json!({ "heading": view.heading, "asked": asked }));
        }
        one["replayed"] = json!(replayed);
    }
    files.sort_by_key(|file| file["id"].to_string());
    vault.read(|r| {
        let found = |words: &&str| -> Anything<_> { Ok(((*words).to_owned(), search::search(r, *words, 100, None)?.len())) };
        Ok(json!({
            "sound": report.sound(),
            "entries": report.entries,
            "origin": tip.origin.to_string(),
            "head": tip.link.to_string(),
            "kinds": kinds(r, &all)?,
            "files": files,
            "found": WORDS.iter().map(found).collect::<Anything<BTreeMap<_, _>>>()?,
            "outstanding": obligations::outstanding(r)?.len(),
            "drafts": unfinished(r)?,
            "handovers": handovers::all(r)?.iter().map(|one| one.record.to.0).collect::<Vec<_>>(),
            "recipients": recipients::all(r)?.len(),
            "guidance": installed_packs::in_use(r)?.iter().map(|one| one.record.pack.id.clone()).collect::<Vec<_>>(),
            "guidance_removed": installed_packs::removed(r)?.len(),
        }))
    })
}

/// What the program noted for itself, by the word before its name, and the kinds of drafts: one table at first.
fn unfinished(r: &Reader<'_>) -> Anything<Vec<String>> {
    let noted =
        kept::list(r)?.into_iter().map(|one| one.key.split(':').next().unwrap_or_default().to_owned());
    Ok(noted.chain(drafts::list(r)?.into_iter().map(|draft| draft.kind)).collect())
}

/// How many entries there are of each kind, the vault's own apart from those that go with every slice.
fn kinds(r: &Reader<'_>, all: &[CaseId]) -> Anything<BTreeMap<String, u32>> {
    let tip = ledger::tip(r)?;
    let mut kinds = BTreeMap::new();
    ledger::slice_each(r, tip.origin, all, Seq(1), tip.sequence, |line| {
        let kind = match line {
            SliceLine::Open { header, payload: Some(_), .. } => header.kind,
            SliceLine::Open { header, payload: None, .. } => format!("{} (disposed of)", header.kind),
            SliceLine::Closed { .. } => "left out".to_owned(),
        };
        *kinds.entry(kind).or_insert(0) += 1;
        Ok::<_, sharewell_vault::Error>(())
    })?;
    Ok(kinds)
}

fn file(r: &Reader<'_>, of: &Recorded<Case>) -> Anything<Value> {
    let id = of.record.id;
    let signed = decisions::of_case(r, id)?;
    let said = |one: &Recorded<Decision>| -> Anything<usize> {
        Ok(countersignatures::of_decision(r, one.record.id)?.len())
    };
    let decisions = signed
        .iter()
        .map(|one| {
            Ok(json!({
                "id": one.record.id,
                "decided": one.record.decided,
                "advised": one.record.advised,
                "pack": one.record.pack,
                "answers": one.record.answers.iter().map(|one| &one.answer).collect::<Vec<_>>(),
                "telling": one.record.telling,
                "reasons": one.record.reasons,
                "said": said(one)?,
            }))
        })
        .collect::<Anything<Vec<_>>>()?;
    let told = |row: &emergencies::EmergencyRow| {
        let write_up = row.written_up.as_ref().map(|one| one.record.account.clone());
        json!({ "told": row.emergency.record.told, "write_up": write_up })
    };
    Ok(json!({
        "id": id,
        "kind": of.record.kind,
        "child": of.record.child,
        "people": people::of_case(r, id)?.iter().map(|one| one.record.name.clone()).collect::<Vec<_>>(),
        "ties": relationships::of_case(r, id)?.iter().map(|one| one.record.kind).collect::<Vec<_>>(),
        "flags": flags::of_case(r, id)?.iter().map(|one| one.record.kind).collect::<Vec<_>>(),
        "items": items::of_case(r, id)?.iter().map(|one| one.record.text.clone()).collect::<Vec<_>>(),
        "decisions": decisions,
        "duties": obligations::of_case(r, id)?
            .iter()
            .map(|row| json!([row.obligation.duty, row.settled.is_some()]))
            .collect::<Vec<_>>(),
        "left": disclosures::of_case(r, id)?.iter().map(|one| one.record.what.clone()).collect::<Vec<_>>(),
        "emergencies": emergencies::of_case(r, id)?.iter().map(told).collect::<Vec<_>>(),
    }))
}

/// Everything that stands in an opened handover.
pub fn handed_over(opened: &handover::Handover) -> Value {
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for line in &opened.lines {
        let kind = match line {
            EntryLine::Whole { header, .. } => header.kind.clone(),
            EntryLine::Disposed { header, .. } => format!("{} (disposed of)", header.kind),
            EntryLine::Withheld { .. } => "left out".to_owned(),
        };
        *kinds.entry(kind).or_default() += 1;
    }
    let tables: BTreeMap<_, _> =
        opened.tables.iter().map(|table| (table.name.to_string(), table.rows.len())).collect();
    let info = &opened.info;
    json!({
        "id": info.id,
        "origin": info.origin,
        "range": [info.from, info.to],
        "head": info.head,
        "signer": info.signer.to_string(),
        "made_by": info.made_by,
        "files": info.cases,
        "contents_hash": info.contents_hash,
        "kinds": kinds,
        "tables": tables,
        "documents": opened.documents.iter().map(|one| one.path.clone()).collect::<Vec<_>>(),
        "others": opened.others.len(),
    })
}

/// What an ask says.
pub fn asked(opened: &countersign::OpenedAsk) -> Value {
    json!({
        "by": opened.ask.practitioner.name,
        "key": opened.key.to_string(),
        "entry_hash": opened.entry_hash,
        "decided": opened.decision.decided,
        "answers": opened.decision.answers.len(),
        "people": opened.ask.people.iter().map(|person| person.name.clone()).collect::<Vec<_>>(),
        "items": opened.ask.items.len(),
    })
}

/// What an answer says.
pub fn answered(said: &Countersigned) -> Value {
    json!({
        "by": said.said.by,
        "key": said.key,
        "entry_hash": said.said.entry_hash,
        "verdict": said.said.verdict,
        "words": said.said.words,
    })
}

/// What a signed pack holds.
pub fn signed_pack(opened: &sharewell_exchange::pack::Opened) -> Value {
    let files: BTreeMap<_, _> =
        opened.files.iter().map(|(path, bytes)| (path.clone(), bytes.len())).collect();
    json!({ "kind": format!("{:?}", opened.kind), "signer": opened.signer.to_string(), "files": files })
}
