//! What was taken in, as somebody in a role may see it: the list, one file, what is found by words.
//!
//! One door for all three: entries are folded as a vault folds them (`records::Standing`), and put into the tables of
//! a handover, which pass everything through the one rule for protected people. Who may see them sees the same tables
//! without it. So nothing can be found here that is not shown.

mod people;

use sharewell_exchange::{Kind, Table, tables};
use sharewell_records::finding::{Asked, Wanted, found_by};
use sharewell_records::{CaseId, HandoverId, Payload, Protection, ReadPayload, Role, Standing};

use crate::store::{EntryRow, Store, Which};
use crate::{Error, Result};

use people::Protected;

/// What a role may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sees {
    /// Who is protected, and where they are.
    pub protected: bool,
    /// Restricted files.
    pub restricted: bool,
}

impl Sees {
    /// Leads and designated officers see who is protected; restricted files are the designated officer's alone, since
    /// a lead may be whom an allegation is about.
    #[must_use]
    pub fn of(role: Role) -> Self {
        match role {
            Role::Practitioner | Role::Intake => Self { protected: false, restricted: false },
            Role::Lead => Self { protected: true, restricted: false },
            Role::DesignatedOfficer => Self { protected: true, restricted: true },
        }
    }
}

/// A file in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// The file.
    pub case: CaseId,
    /// What whoever it is about is called, as far as this role may know.
    pub called: String,
    /// The agency's own number for it.
    pub reference: String,
    /// The nation whose guidance applies first.
    pub nation: String,
    /// Whether it is restricted.
    pub restricted: bool,
}

/// A file as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePage {
    /// Its line.
    pub line: CaseLine,
    /// Its records, in the tables of a handover. Empty tables are left out.
    pub tables: Vec<Table>,
    /// The papers and documents that came along, by handover and path.
    pub papers: Vec<(HandoverId, String)>,
}

/// A place at which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The file.
    pub case: CaseId,
    /// What whoever it is about is called.
    pub called: String,
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The text.
    pub text: String,
}

/// Every file that this role may see.
///
/// # Errors
/// What reading the store fails with; so for all of these.
pub fn list(store: &mut dyn Store, sees: Sees) -> Result<Vec<CaseLine>> {
    let cases = store.cases()?;
    lines(store, &cases, sees)
}

/// Those of these files that this role may see.
///
/// # Errors
/// As [`list`].
pub fn lines(store: &mut dyn Store, cases: &[CaseId], sees: Sees) -> Result<Vec<CaseLine>> {
    let protected = Protected::of(store)?;
    let mut lines = Vec::new();
    for case in cases {
        if let Some((line, _)) = seen(store, &protected, *case, sees)? {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// One file.
///
/// # Errors
/// [`Error::NotFound`] also where this role may not see it.
pub fn show(store: &mut dyn Store, case: CaseId, sees: Sees) -> Result<CasePage> {
    let protected = Protected::of(store)?;
    let (line, tables) = seen(store, &protected, case, sees)?.ok_or(Error::NotFound)?;
    let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
    Ok(CasePage { line, tables, papers: store.papers(case)? })
}

/// Where all of some words stand in one text; the beginning of each is enough. What a restricted file says is looked
/// for by nobody, as in a vault.
///
/// # Errors
/// As [`list`].
pub fn search(store: &mut dyn Store, words: &str, sees: Sees) -> Result<Vec<Hit>> {
    let Some(asked) = Wanted::from(words).asked() else { return Ok(Vec::new()) };
    let protected = Protected::of(store)?;
    let mut hits = Vec::new();
    for case in store.cases()? {
        let Some((line, tables)) = seen(store, &protected, case, Sees { restricted: false, ..sees })? else {
            continue;
        };
        for table in &tables {
            for (at, column) in table.columns.iter().enumerate().filter(|(_, one)| one.kind == Kind::Text) {
                let texts = table.rows.iter().filter_map(|row| row.get(at)).filter(|text| fits(&asked, text));
                hits.extend(texts.map(|text| Hit {
                    case,
                    called: line.called.clone(),
                    table: table.name.clone(),
                    column: column.name.clone(),
                    text: text.clone(),
                }));
            }
        }
    }
    Ok(hits)
}

/// A file's line and tables as a role may see them; none where it may not.
fn seen(
    store: &mut dyn Store,
    protected: &Protected,
    case: CaseId,
    sees: Sees,
) -> Result<Option<(CaseLine, Vec<Table>)>> {
    let standing = folded(store, Which::Case(case))?;
    let Some(kept) = standing.cases.get(&case).map(|one| &one.record) else { return Ok(None) };
    if kept.kind.is_restricted() && !sees.restricted {
        return Ok(None);
    }
    let protection = if sees.protected { Protection::default() } else { protected.beside(&standing) };
    let tables = tables::build(&standing, &protection);
    let tables: Vec<Table> =
        tables.into_iter().filter(|table| sees.protected || !table.restricted()).collect();
    let cell = |table: &str, key: &str, of: &str, column: &str| cell(&tables, table, key, of, column);
    let id = case.to_string();
    let child = cell("cases", "case_id", &id, "child_id").unwrap_or_default();
    let called = cell("people", "person_id", &child, "name");
    let line = CaseLine {
        case,
        called: called.or_else(|| cell("cases", "case_id", &id, "title")).unwrap_or_default(),
        reference: cell("cases", "case_id", &id, "reference").unwrap_or_default(),
        nation: cell("cases", "case_id", &id, "nation").unwrap_or_default(),
        restricted: kept.kind.is_restricted(),
    };
    Ok(Some((line, tables)))
}

/// A cell of the row that has this key.
fn cell(tables: &[Table], table: &str, key: &str, of: &str, column: &str) -> Option<String> {
    let table = tables.iter().find(|one| one.name == table)?;
    let at = |name: &str| table.columns.iter().position(|column| column.name == name);
    let (key, column) = (at(key)?, at(column)?);
    let row = table.rows.iter().find(|row| row.get(key).is_some_and(|cell| cell == of))?;
    row.get(column).cloned()
}

/// Folds what is read.
pub(crate) fn folded(store: &mut dyn Store, which: Which<'_>) -> Result<Standing> {
    let mut standing = Standing::default();
    // A restored vault's chain has a later id than the one it goes on from, so that chains in the order of their ids
    // come in the order of folding.
    store.entries(which, &mut |EntryRow { header, stored }| {
        let payload = stored.map(|stored| Payload::read(&header.kind, header.version, &stored));
        match payload {
            Some(Ok(ReadPayload::Known(payload))) => standing.take(&header, &payload),
            // From a newer version, disposed of, or no payload of ours though its hash holds: kept, and not shown.
            Some(Ok(ReadPayload::Unknown { .. }) | Err(_)) | None => standing.take_unread(&header),
        }
        Ok(())
    })?;
    Ok(standing)
}

/// Whether a text is found by what is asked for.
fn fits(asked: &Asked, text: &str) -> bool {
    let words: Vec<String> = found_by(text).split(' ').map(str::to_owned).collect();
    fits_words(asked, &words)
}

fn fits_words(asked: &Asked, words: &[String]) -> bool {
    match asked {
        Asked::Words { words: wanted, begins } => words.windows(wanted.len().max(1)).any(|here| {
            here.iter().zip(wanted).enumerate().all(|(at, (word, wanted))| {
                word == wanted || (*begins && at + 1 == here.len() && word.starts_with(wanted))
            })
        }),
        // Keys of names that were nearly typed stand in an index alone.
        Asked::Key(_) => false,
        Asked::All(all) => all.iter().all(|one| fits_words(one, words)),
        Asked::Any(any) => any.iter().any(|one| fits_words(one, words)),
    }
}
