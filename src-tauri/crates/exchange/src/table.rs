//! A table and its column contract: what each column is called, holds and means, and what it keys.
//!
//! Headers are lower case and English, never take on a new meaning, and a new column comes last.

use serde::{Deserialize, Serialize};

use crate::sheet;
use crate::{Error, Profile, Result, Where};

/// Version of `tables.json`.
const VERSION: u32 = 1;
const FORMAT: &str = "sharewell-tables";

/// What the cells of a column hold. An empty cell means *not recorded*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A UUID.
    Id,
    /// Free text as a person typed it.
    Text,
    /// A word of a closed set.
    Word,
    /// `YYYY-MM-DD`, or `YYYY-MM` where only the month is known.
    Date,
    /// RFC 3339, with offset.
    Moment,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A JSON value.
    Json,
}

/// What a column keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Nothing.
    None,
    /// Part of the primary key.
    Primary,
    /// Points into the named table's primary key.
    Foreign(String),
    /// Both: part of the primary key, and points into the named table.
    PrimaryForeign(String),
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The header.
    pub name: String,
    /// What the cells hold.
    pub kind: Kind,
    /// What they mean.
    pub meaning: String,
    /// What they key.
    pub key: Key,
}

/// A table: name, columns and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name, and the file's name without `.csv`. A table that must be held apart begins with
    /// `restricted/`.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Whether the table holds what only few may see.
    #[must_use]
    pub fn restricted(&self) -> bool {
        self.name.starts_with("restricted/")
    }

    pub(crate) fn file(&self) -> String {
        format!("data/tables/{}.csv", self.name)
    }

    pub(crate) fn to_csv(&self, profile: Profile) -> Result<Vec<u8>> {
        sheet::write(&self.name, profile, self.columns.iter().map(|column| column.name.as_str()), &self.rows)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contract {
    format: String,
    version: u32,
    profile: Profile,
    guard: String,
    tables: Vec<ContractTable>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContractTable {
    name: String,
    file: String,
    restricted: bool,
    rows: usize,
    columns: Vec<Column>,
}

/// Path of the contract inside the bag.
pub(crate) const CONTRACT: &str = "data/tables/tables.json";

/// The contract beside the tables.
pub(crate) fn contract(tables: &[Table], profile: Profile) -> Result<Vec<u8>> {
    let contract = Contract {
        format: FORMAT.to_owned(),
        version: VERSION,
        profile,
        guard: match profile {
            Profile::Strict => "No cell is changed.".to_owned(),
            Profile::SpreadsheetSafe => "A cell that a spreadsheet could run as a formula or would change \
                (a leading zero, 3/4, 1E5), or that begins with an apostrophe, has one apostrophe put before it. Take one leading apostrophe off each \
                cell that has one to get the cell back."
                .to_owned(),
        },
        tables: tables
            .iter()
            .map(|table| ContractTable {
                name: table.name.clone(),
                file: format!("{}.csv", table.name),
                restricted: table.restricted(),
                rows: table.rows.len(),
                columns: table.columns.clone(),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&contract)
        .map_err(|_| Error::contents("the column contract cannot be written"))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads the contract and every table that it names.
///
/// # Errors
/// [`Error::Malformed`] or [`Error::UnknownVersion`] for the contract, [`Error::Missing`] for a table that
/// is not there, [`Error::Table`] for one that is not as the contract says.
pub(crate) fn read(
    contract: &[u8],
    mut take: impl FnMut(&str) -> Option<Vec<u8>>,
) -> Result<(Profile, Vec<Table>)> {
    #[derive(Deserialize)]
    struct Versioned {
        format: String,
        version: u32,
    }
    let malformed = |why: &str| Error::malformed(Where::file(CONTRACT), why);
    let head: Versioned = serde_json::from_slice(contract).map_err(|e| malformed(&json_place(&e)))?;
    if head.format != FORMAT {
        return Err(malformed("it is not a column contract"));
    }
    if head.version != VERSION {
        return Err(Error::UnknownVersion { at: Where::file(CONTRACT), version: head.version.to_string() });
    }
    let contract: Contract = serde_json::from_slice(contract).map_err(|e| malformed(&json_place(&e)))?;
    let mut tables = Vec::new();
    for entry in contract.tables {
        let table = Table { name: entry.name, columns: entry.columns, rows: Vec::new() };
        let path = table.file();
        if entry.file != format!("{}.csv", table.name) || entry.restricted != table.restricted() {
            return Err(malformed("a table's file or restriction does not follow its name"));
        }
        let bytes = take(&path).ok_or_else(|| Error::Missing { path: crate::error::shown(&path) })?;
        let (header, rows) = sheet::read(&path, contract.profile, &bytes)?;
        let off = |why| Error::Table { at: Where::file(&path), why };
        if !header.iter().eq(table.columns.iter().map(|column| &column.name)) {
            return Err(off("the header row is not the one in the column contract"));
        }
        if rows.len() != entry.rows {
            return Err(off("the number of rows is not the one in the column contract"));
        }
        tables.push(Table { rows, ..table });
    }
    Ok((contract.profile, tables))
}

/// The place of a JSON error; serde's own text can hold values, which must not travel.
pub(crate) fn json_place(error: &serde_json::Error) -> String {
    format!(
        "not the JSON it should be ({:?}, line {}, column {})",
        error.classify(),
        error.line(),
        error.column()
    )
}
