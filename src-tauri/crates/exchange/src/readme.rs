//! `data/README.txt`: what a handover is and how to read it, for the person who opens one.

use sharewell_records::CaseKind;

use crate::handover::Contents;

/// Path inside the bag.
pub(crate) const PATH: &str = "data/README.txt";

/// The text. Names no person.
pub(crate) fn text(contents: &Contents) -> String {
    let apart: String = contents
        .tables
        .iter()
        .filter(|table| table.restricted())
        .map(|table| format!("  tables/{}.csv\n", table.name))
        .collect();
    let apart =
        if apart.is_empty() { "  (no table of this handover is restricted)\n".to_owned() } else { apart };
    let guard = match contents.profile {
        crate::Profile::Strict => {
            "The tables are written for machines. A spreadsheet may run a cell that begins\n\
             with = + - or @ as a formula: do not open them in one."
        }
        crate::Profile::SpreadsheetSafe => {
            "The tables can be opened in a spreadsheet. A cell that a spreadsheet could run\n\
             as a formula, or that begins with an apostrophe, has one apostrophe before it.\n\
             Take that one off to get the cell as it was written."
        }
    };
    // A restricted file is handed over by itself: one such row says it of the whole.
    let cases = contents.tables.iter().find(|table| table.name == "cases");
    let restricted = cases.is_some_and(|table| {
        let kind = table.columns.iter().position(|column| column.name == "kind");
        let word = CaseKind::Allegation.word();
        kind.is_some_and(|kind| table.rows.iter().any(|row| row.get(kind).is_some_and(|cell| cell == word)))
    });
    let allegation = if restricted {
        "
This whole handover is restricted. It is about an allegation against somebody
who works or volunteers with children. Only the designated officer and those
whom the officer names may see it: not the person it is about, not a manager
who may be part of it. Do not add it to the child's file.
"
    } else {
        ""
    };
    format!(
        "HANDOVER {id}
Made {made}. Entries {from} to {to}.

WHAT THIS IS

A record of safeguarding work, handed over from a practitioner to their agency.
It holds information about children and families. Keep it as you keep any file
of that kind.

No agency stands behind this handover: the program that made it had no agency
profile. Check who signed it before you rely on it.

WHAT IS IN IT

  entries.ndjson     The record itself: one entry a line, in the order in which it
                     was written. The first line says which part of the record it
                     is. Nothing was changed after it was written: each line holds
                     the hash of its entry and the link to the one before. A line
                     with only a number and a hash is not part of what was handed
                     over.
  tables/*.csv       The same content as tables, as it stood when the handover was
                     made. tables/tables.json says what each column means.
  documents/         Decisions and other papers, to read and to print. This folder
                     may not be there.

WHAT IS RESTRICTED
{allegation}
Some people's names and whereabouts are protected. The tables call such a person
\"Protected person 1\" and so on, also inside longer texts. A text can still give
somebody away in other words: read it before you pass it on.
Names and whereabouts of protected people stand only in these files. Keep them
apart and let only those open them who must:

  entries.ndjson
{apart}
HOW TO READ THE TABLES

{guard}
An empty cell means that nothing was recorded.

HOW TO CHECK IT

1. Any BagIt tool checks that no file was changed, added or lost:
   bagit.py --validate, on the folder that holds bagit.txt.
2. tagmanifest-sha256.txt.jws is a detached JSON Web Signature (EdDSA) over
   tagmanifest-sha256.txt. Check it with a public key that you got from the
   practitioner in another way, never with one from this file.
3. The description of the format gives the formulas for the hashes in
   entries.ndjson. It comes with the program as docs/handover-format.md.
",
        id = contents.id,
        made = contents.made_at,
        from = contents.from,
        to = contents.to,
    )
}
