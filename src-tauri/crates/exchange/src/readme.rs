//! `data/README.txt`: what a handover is and how to read it, for the person who opens one.

use sharewell_records::CaseKind;

use crate::handover::{Beginning, Behind, Contents, EarlierHandover, Part};

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
             as a formula, that it would change (a number that begins with 0, 3/4, 1E5), or\n\
             that begins with an apostrophe, has one apostrophe before it. Take that one off\n\
             to get the cell as it was written.\n\
             \n\
             In Excel do not open a table by double-click, and do not save it again: import\n\
             it as text. Data > From Text/CSV > choose the file > File origin: 65001\n\
             Unicode (UTF-8), Delimiter: Comma, Data Type Detection: Do not detect data\n\
             types > Load. In LibreOffice choose Unicode (UTF-8), Comma, and Text as the\n\
             type of every column."
        }
    };
    // A restricted file is handed over by itself: one such row says it of the whole.
    let cases = contents.tables.iter().find(|table| table.name == "cases");
    let mut kinds = cases.into_iter().flat_map(|table| {
        let kind = table.columns.iter().position(|column| column.name == "kind");
        table.rows.iter().filter_map(move |row| CaseKind::of(row.get(kind?)?))
    });
    let allegation = match kinds.find(|kind| kind.is_restricted()) {
        Some(CaseKind::Allegation) => {
            "
This whole handover is restricted. It is about an allegation against somebody
who works or volunteers with children. Only the designated officer and those
whom the officer names may see it: not the person it is about, not a manager
who may be part of it. Do not add it to the child's file.
"
        }
        Some(CaseKind::Adult) => {
            "
This whole handover is restricted. It is about an adult who may be a risk to
children. Only those who have to act on it may see it: not the person it is
about, not a manager who may be part of it. Do not add it to a child's file.
"
        }
        Some(CaseKind::Family | CaseKind::Numbers) | None => "",
    };
    let beginning = beginning(contents);
    let behind = match &contents.agency {
        None => "No agency stands behind this handover: the program that made it had no agency\n\
             profile. Check who signed it before you rely on it."
            .to_owned(),
        Some(Behind { name, serial, .. }) => format!(
            "The program that made it works under an agency profile:\n\
             {name}, profile {serial}. Whether whoever signed it is enrolled there, the\n\
             agency's roster says. Check that before you rely on it."
        ),
    };
    let possible = contents.tables.iter().find(|table| table.name == "restricted/possible-names");
    let possible = match possible.map_or(0, |table| table.rows.len()) {
        0 => String::new(),
        count => format!(
            "
Words that look like one of them and were not replaced: {count}. Nobody has said yet
whether they are: look them up in tables/restricted/possible-names.csv first."
        ),
    };
    format!(
        "HANDOVER {id}
Made {made}. Entries {from} to {to}.
{part}
WHERE IT BEGINS

{beginning}
WHAT THIS IS

A record of safeguarding work, handed over from a practitioner to their agency.
It holds information about children and families. Keep it as you keep any file
of that kind.

{behind}

WHAT IS IN IT

  entries.ndjson     The record itself: one entry a line, in the order in which it
                     was written. The first line says which part of the record it
                     is. Nothing was changed after it was written: each line holds
                     the hash of its entry and the link to the one before. A line
                     with only a number and a hash is not part of what was handed
                     over.
{earlier}{papers}  tables/*.csv       The same content as tables, as it stood when the handover was
                     made. tables/tables.json says what each column means.
  documents/         Decisions and other papers, to read and to print. This folder
                     may not be there.

WHAT IS RESTRICTED
{allegation}
Some people's names and whereabouts are protected. The tables call such a person
\"Protected person 1\" and so on, also inside longer texts. A text can still give
somebody away in other words: read it before you pass it on.{possible}
Names and whereabouts of protected people stand only in these files. Keep them
apart and let only those open them who must:

  entries.ndjson
{apart_papers}{apart}
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
        part = contents.part.map(part).unwrap_or_default(),
        earlier = if contents.chains.is_empty() { "" } else { EARLIER },
        apart_papers = if contents.attachments.is_empty() { "" } else { "  attachments/\n" },
        papers = if contents.attachments.is_empty() { "" } else { PAPERS },
        id = contents.id,
        made = contents.made_at,
        from = contents.from,
        to = contents.to,
    )
}

/// Which part it is, and what stands in the others.
fn part(part: Part) -> String {
    let Part { of, number, count } = part;
    let rest = if number == count {
        "The documents of all of them stand in this one, the last."
    } else {
        "The documents of all of them stand in the last one."
    };
    format!(
        "\n\
         PART {number} OF {count}. What was handed over is too large for one file. Each part is whole in\n\
         itself and can be checked alone; all of them together hold every entry and every\n\
         paper. They can be taken in in any order.\n\
         {rest}\n\
         The first part is {of}.\n"
    )
}

/// Of the slices of earlier chains.
const EARLIER: &str = "\
  earlier/*.ndjson   The same of what was written before a backup was brought back:
                     a restored record goes on as a chain of its own.
";

/// Of the bytes of papers.
const PAPERS: &str = "\
  attachments/       Papers, pictures and texts that were received, as they came. What
                     each is, and the limits of its sender, stands in
                     tables/attachments.csv. Nobody looked through them for protected
                     names: look at every page before you pass one on.
";

/// Whether it is whole from the beginning; where not, what is missing and who has that.
fn beginning(contents: &Contents) -> String {
    let Beginning { entries, never, given } = &contents.beginning;
    if *entries == 0 {
        return "At the beginning: no entry of these files was written before those that are\nin it.\n"
            .to_owned();
    }
    let mut text = format!(
        "NOT AT THE BEGINNING. Entries of these files that came before and are not in\n\
         entries.ndjson: {entries}. The tables and documents show only how things stood when the\n\
         handover was made, not how they came about.\n"
    );
    if *never < *entries {
        let had = entries - never;
        text.push_str(&format!("The same recipient got {had} of them before, in:\n\n"));
        for EarlierHandover { id, made_at, from, to } in given {
            text.push_str(&format!("  {id}\n  made {made_at}, entries {from} to {to}\n"));
        }
    }
    if *never > 0 {
        let stop = if *never < *entries { "\n" } else { "" };
        text.push_str(&format!(
            "{stop}This recipient never got {never} of them. Ask the practitioner for a handover from\n\
             the beginning.\n"
        ));
    }
    text
}
