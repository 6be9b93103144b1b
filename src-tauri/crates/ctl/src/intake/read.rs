//! `intake list`, `intake show` and `intake search`: each through the one door, in a role.

use serde_json::{Value, json};
use sharewell_casework::records::CaseId;
use sharewell_exchange::Table;
use sharewell_intake::Error as Intake;
use sharewell_intake::look::{self, CaseLine, CasePage, Sees};
use sharewell_intake::store::{FileRow, Files, Store};

use super::args::Reader;
use super::desk::store;
use super::refused::NotTaken;
use super::told::{self, shown};
use crate::error::Error;
use crate::say::{Lines, Said, count};

/// The shortest beginning of a hash that names a file.
const SHORTEST: usize = 8;

fn sees(reader: &Reader) -> Sees {
    Sees::of(reader.role.into())
}

/// What was given in, and the children's files.
pub fn list(reader: &Reader) -> Result<Said, Error> {
    let mut store = store(&reader.at)?;
    let (files, cases) = read(store.as_mut(), |store| Ok((rows(store)?, look::list(store, sees(reader))?)))?;
    let mut plain = String::new();
    let (waiting, done): (Vec<_>, Vec<_>) = files.iter().partition(|row| told::waits(row));
    for (heading, rows) in [("Not taken; somebody should look at these:", &waiting), ("Taken:", &done)] {
        if !rows.is_empty() {
            plain.push_str(&format!("{heading}\n"));
            rows.iter().for_each(|row| plain.push_str(&file_line(row)));
            plain.push('\n');
        }
    }
    if !cases.is_empty() {
        plain.push_str("Files:\n");
    }
    cases.iter().for_each(|line| plain.push_str(&case_line(line)));
    plain.push_str(&format!(
        "{} given in, {}.\n",
        count(files.len(), "file was", "files were"),
        count(cases.len(), "child's or other file", "children's and other files")
    ));
    let cases: Vec<Value> = cases.iter().map(case_json).collect();
    let json = json!({ "given": files.iter().map(file_json).collect::<Vec<_>>(), "cases": cases });
    Ok(Said { findings: false, plain, json })
}

/// A child's or other file in a line.
pub(super) fn case_line(line: &CaseLine) -> String {
    let reference =
        if line.reference.is_empty() { String::new() } else { format!(", {}", shown(&line.reference)) };
    let restricted = if line.restricted { "  [restricted]" } else { "" };
    format!("  {}  {}{reference}{restricted}\n", line.case, shown(&line.called))
}

/// The same for programs.
pub(super) fn case_json(line: &CaseLine) -> Value {
    json!({
        "case": line.case,
        "called": line.called,
        "reference": line.reference,
        "nation": line.nation,
        "restricted": line.restricted,
    })
}

/// A file that was given in, in a line.
pub(super) fn file_line(row: &FileRow) -> String {
    let hash: String = row.sha256.to_string().chars().take(16).collect();
    let why = row.reason.map(|reason| format!(": {}", reason.word())).unwrap_or_default();
    let by = if row.made_by.is_empty() { String::new() } else { format!("  {}", shown(&row.made_by)) };
    format!("  {}  {hash}  {}{why}{by}\n", row.given_at.day(), told::outcome(row.outcome))
}

/// The same for programs.
pub(super) fn file_json(row: &FileRow) -> Value {
    json!({
        "sha256": row.sha256.to_string(),
        "bytes": row.bytes,
        "given_at": row.given_at,
        "outcome": told::outcome(row.outcome),
        "reason": row.reason.map(|reason| reason.word()),
        "handover": row.handover,
        "made_by": row.made_by,
    })
}

/// One file of either kind.
pub fn show(reader: &Reader, id: &str) -> Result<Said, Error> {
    let mut store = store(&reader.at)?;
    let none = || NotTaken::NoSuch { id: shown(id) };
    if let Ok(case) = id.parse::<CaseId>() {
        match look::show(store.as_mut(), case, sees(reader)) {
            Ok(page) => return Ok(page_said(&page)),
            Err(Intake::NotFound) => {}
            Err(error) => return Err(NotTaken::from(error).into()),
        }
    }
    let files = read(store.as_mut(), rows)?;
    let by_hash = id.len() >= SHORTEST;
    let is_meant = |row: &&FileRow| {
        row.handover.is_some_and(|handover| handover.to_string() == id.to_ascii_lowercase())
            || (by_hash && row.sha256.to_string().starts_with(&id.to_ascii_lowercase()))
    };
    let found: Vec<&FileRow> = files.iter().filter(is_meant).collect();
    if found.is_empty() {
        return Err(none().into());
    }
    let mut plain = String::new();
    for row in &found {
        let mut lines = Lines::default();
        lines.add("SHA-256", row.sha256).add("bytes", row.bytes).add("given in", row.given_at);
        lines.add("outcome", told::outcome(row.outcome));
        if let Some(handover) = row.handover {
            lines.add("handover", handover);
        }
        if !row.made_by.is_empty() {
            lines.add("by", shown(&row.made_by));
        }
        plain.push_str(&lines.to_string());
        if let Some(why) = row.reason {
            plain.push_str(&format!("{}\n", told::reason(why)));
        }
    }
    let json = json!({ "given": found.iter().map(|row| file_json(row)).collect::<Vec<_>>() });
    Ok(Said { findings: false, plain, json })
}

fn page_said(page: &CasePage) -> Said {
    let mut plain = format!("{}\n", shown(&page.line.called));
    for table in &page.tables {
        plain.push_str(&format!("\n{}\n", table.name));
        for row in &table.rows {
            let mut lines = Lines::default();
            for (column, cell) in table.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                lines.add(&column.name, shown(cell));
            }
            plain.push_str(&format!("{lines}\n"));
        }
    }
    for (handover, path) in &page.papers {
        plain.push_str(&format!("paper {path} of handover {handover}\n"));
    }
    let tables: Vec<Value> = page.tables.iter().map(table_json).collect();
    let papers: Vec<Value> =
        page.papers.iter().map(|(handover, path)| json!({ "handover": handover, "path": path })).collect();
    let json =
        json!({ "case": page.line.case, "called": page.line.called, "tables": tables, "papers": papers });
    Said { findings: false, plain, json }
}

fn table_json(table: &Table) -> Value {
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().zip(row);
            cells.map(|(column, cell)| (column.name.clone(), json!(cell))).collect::<serde_json::Map<_, _>>()
        })
        .map(Value::Object)
        .collect();
    json!({ "name": table.name, "rows": rows })
}

/// Where words stand.
pub fn search(reader: &Reader, query: &[String]) -> Result<Said, Error> {
    let mut store = store(&reader.at)?;
    let hits = read(store.as_mut(), |store| look::search(store, &query.join(" "), sees(reader)))?;
    let mut plain: String = hits
        .iter()
        .map(|hit| {
            let at = format!("{}.{}", hit.table, hit.column);
            format!("{}  {}  {at}: {}\n", hit.case, shown(&hit.called), shown(&hit.text))
        })
        .collect();
    plain.push_str(&format!("Found {}.\n", count(hits.len(), "place", "places")));
    let hits: Vec<Value> = hits
        .iter()
        .map(|hit| {
            json!({
                "case": hit.case,
                "called": hit.called,
                "table": hit.table,
                "column": hit.column,
                "text": hit.text,
            })
        })
        .collect();
    Ok(Said { findings: false, plain, json: json!({ "hits": hits }) })
}

/// What was given in, without the receipts.
fn rows(store: &mut dyn Store) -> sharewell_intake::Result<Vec<FileRow>> {
    let mut all = Vec::new();
    store.each_file(Files::All, &mut |row| {
        all.push(FileRow { receipt: Vec::new(), ..row });
        Ok(())
    })?;
    Ok(all)
}

fn read<T>(
    store: &mut dyn Store,
    read: impl FnOnce(&mut dyn Store) -> sharewell_intake::Result<T>,
) -> Result<T, NotTaken> {
    Ok(read(store)?)
}
