//! Somebody's list of contacts, taken into the directory: looked at row by row, and nothing taken before it is confirmed.
//!
//! The file is read as a stream, each time that a page of it is shown and once more when it is taken: what stands in
//! memory is one row, the directory, and a mark for each row that was seen. What is taken is what was looked at: its
//! hash says so. A row that cannot be taken costs no other.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, BufReader, Read};
use std::path::Path;

use ring::digest;
use sharewell_exchange::list::{NotAList, NotARow, Rows};
use sharewell_exchange::{Profile, unguard};
use sharewell_records::{
    Contact, ContactId, ContactRole, EntryId, Moment, Payload, Sha256, Verified, fold, folded_words,
};
use sharewell_vault::{Reader, Vault, contacts};

use super::{Known, SHOWN, read, verified};
use crate::error::{Error, Result};
use crate::failure::FieldFailure;
use crate::input::Form;
use crate::views::{
    ContactInput, ContactList, DayTyped, ListCounts, ListInput, ListRefused, ListRow, ListRowFault,
    ListRowState, ListTaken,
};
use crate::words::Words;
use crate::{language, store};

/// How many rows can be taken at a time: each is an entry of the ledger, in one act.
const MOST: u32 = 1000;
/// The largest list, in bytes: a hundred thousand rows fit many times.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    Post,
    Agency,
    Phone,
    OutOfHours,
    Email,
    Address,
    SafeChannel,
}

/// Looks at a list: how each row stands to the directory. Nothing is taken. The rows of one state are shown, those
/// behind a row where it is given.
///
/// # Errors
/// [`Error::NotRead`] where the file cannot be read, [`Error::Vault`] where the vault refuses. A file that is no list is
/// no error: the view says why.
pub fn look_at_list(
    vault: &Vault,
    path: &Path,
    state: ListRowState,
    after: Option<u32>,
    now: Moment,
) -> Result<ContactList> {
    let mut list = store::read(vault, |r| List::of(r, now))?;
    let mut rows = Vec::new();
    let seen = list.each(path, None, |row| {
        if row.state == state && rows.len() < SHOWN && after.is_none_or(|after| row.row > after) {
            rows.push(row);
        }
    })?;
    Ok(match seen {
        Ok(seen) => {
            let Seen { hash, unread, counts } = seen;
            ContactList { refused: None, hash: hash.to_string(), unread, counts, rows, most: MOST }
        }
        Err(refused) => ContactList {
            refused: Some(refused),
            hash: String::new(),
            unread: Vec::new(),
            counts: ListCounts::default(),
            rows: Vec::new(),
            most: MOST,
        },
    })
}

/// Takes a list that was looked at: those who are not there are added; those who stand there with other numbers are
/// changed where that was said, and their numbers ask to be made sure of again. As many as can be taken at a time; the
/// rest is left, and found new by the next look.
///
/// # Errors
/// [`Error::Fields`] where it was not said whether, or how, somebody made sure; as [`look_at_list`].
pub fn take_list(vault: &mut Vault, path: &Path, typed: &ListInput, now: Moment) -> Result<ListTaken> {
    let mut form = Form::of_past_days(vault, now)?;
    let sure = match form.chosen("is_verified", typed.is_verified) {
        Some(true) => verified(&mut form, &of_list(typed), now).map(Some),
        Some(false) | None => Some(None),
    };
    let sure = form.end(|| sure)?;
    let mut list = store::read(vault, |r| List::of(r, now))?;
    let (mut add, mut change) = (Vec::new(), Vec::new());
    let seen = list.each(path, sure.as_ref(), |row| {
        let place = |taken: usize| u32::try_from(taken).is_ok_and(|taken| taken < MOST);
        match (row.state, row.contact, row.before) {
            (ListRowState::New, Some(contact), _) if place(add.len() + change.len()) => add.push(contact),
            (ListRowState::Changed, Some(contact), Some(before))
                if typed.with_changed && place(add.len() + change.len()) =>
            {
                change.push((contact, before.id));
            }
            _ => {}
        }
    })?;
    let refused = |why| ListTaken { refused: Some(why), added: 0, changed: 0, left: 0 };
    let seen = match seen {
        Ok(seen) if seen.hash.to_string() == typed.hash => seen,
        Ok(_) => return Ok(refused(ListRefused::FileChanged)),
        Err(why) => return Ok(refused(why)),
    };
    let wanted = seen.counts.new + if typed.with_changed { seen.counts.changed } else { 0 };
    let count = |all: usize| store::small(all as u64);
    let (added, changed) = (count(add.len()), count(change.len()));
    if added + changed > 0 {
        let reason = Words::of(store::read(vault, language::of)?).list_reason.clone();
        store::write(vault, now, |w| {
            for contact in add {
                w.append(None, &Payload::ContactAdded { contact }, &[])?;
            }
            for (contact, id) in change {
                let basis: Vec<EntryId> = list.entries.get(&id).copied().into_iter().collect();
                w.append(None, &Payload::ContactChanged { contact, reason: reason.clone() }, &basis)?;
            }
            Ok(())
        })?;
    }
    Ok(ListTaken { refused: None, added, changed, left: wanted.saturating_sub(added + changed) })
}

/// What was said of the whole list, as it is said of one contact.
fn of_list(typed: &ListInput) -> ContactInput {
    ContactInput {
        is_verified: typed.is_verified,
        verified_by: typed.verified_by.clone(),
        verified_how: typed.verified_how.clone(),
        verified_source: typed.verified_source.clone(),
        verified_on: typed.verified_on.clone(),
        verified_until: typed.verified_until.clone(),
        ..nobody()
    }
}

/// A contact of whom nothing was typed, and of whose numbers nobody made sure.
pub(crate) fn nobody() -> ContactInput {
    ContactInput {
        name: String::new(),
        role: None,
        agency: String::new(),
        phone: String::new(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: String::new(),
        is_verified: Some(false),
        verified_by: String::new(),
        verified_how: String::new(),
        verified_source: String::new(),
        verified_on: DayTyped::default(),
        verified_until: DayTyped::default(),
    }
}

/// What a whole list came to.
struct Seen {
    hash: Sha256,
    unread: Vec<String>,
    counts: ListCounts,
}

/// Whom two rows mean: the name and the agency, as names are compared.
type Whom = (String, String);

fn whom(contact: &Contact) -> Whom {
    (fold(&contact.name), fold(&contact.agency))
}

/// What rows are held against.
struct List {
    known: Known,
    /// The directory, by whom each means.
    here: BTreeMap<Whom, Contact>,
    entries: BTreeMap<ContactId, EntryId>,
    /// The columns by what people call them.
    called: Vec<(Column, Vec<String>)>,
    /// The words of what people call each post.
    posts: Vec<(ContactRole, Vec<String>)>,
    now: Moment,
}

impl List {
    fn of(r: &Reader<'_>, now: Moment) -> Result<Self> {
        let words = Words::of(language::of(r)?);
        let (mut here, mut entries) = (BTreeMap::new(), BTreeMap::new());
        for one in contacts::page(r, &[], None, usize::MAX)? {
            entries.insert(one.record.id, one.entry);
            here.entry(whom(&one.record)).or_insert(one.record);
        }
        let columns = &words.list_columns;
        let called = [
            (Column::Name, &columns.name),
            (Column::Post, &columns.post),
            (Column::Agency, &columns.agency),
            (Column::Phone, &columns.phone),
            (Column::OutOfHours, &columns.out_of_hours),
            (Column::Email, &columns.email),
            (Column::Address, &columns.address),
            (Column::SafeChannel, &columns.safe_channel),
        ];
        let called =
            called.map(|(column, names)| (column, names.iter().map(|name| plain(name)).collect::<Vec<_>>()));
        let posts =
            ContactRole::ALL.map(|role| (role, folded_words(words.posts.of(role)).collect::<Vec<_>>()));
        let known = Known::of(r)?;
        Ok(Self { known, here, entries, called: called.into(), posts: posts.into(), now })
    }

    /// Every row with how it stands, in their order. `sure` is how somebody made sure of the numbers of the list.
    fn each(
        &mut self,
        path: &Path,
        sure: Option<&Verified>,
        mut see: impl FnMut(ListRow),
    ) -> Result<std::result::Result<Seen, ListRefused>> {
        let not_read = |error: io::Error| Error::NotRead(error.kind());
        let about = std::fs::metadata(path).map_err(not_read)?;
        if !about.is_file() {
            return Err(Error::NotRead(io::ErrorKind::InvalidInput));
        }
        if about.len() > MOST_BYTES {
            return Ok(Err(ListRefused::TooLarge));
        }
        let file = File::open(path).map_err(not_read)?.take(MOST_BYTES);
        let mut hashed = Hashed { from: file, hash: digest::Context::new(&digest::SHA256) };
        let mut counts = ListCounts::default();
        let unread = {
            let mut rows = match Rows::of(BufReader::new(&mut hashed)).map_err(not_read)? {
                Ok(rows) => rows,
                Err(why) => return Ok(Err(why.into())),
            };
            let columns: Vec<Option<Column>> = rows.columns().iter().map(|name| self.column(name)).collect();
            if !columns.contains(&Some(Column::Name)) {
                return Ok(Err(ListRefused::NoName));
            }
            let of_none =
                rows.columns().iter().zip(&columns).filter(|(name, of)| of.is_none() && !name.is_empty());
            let unread = of_none.map(|(name, _)| name.clone()).collect();
            let mut marks = Marks::default();
            for row in rows.by_ref() {
                let row = row.map_err(not_read)?;
                let row = match row.cells {
                    Ok(cells) => self.row(row.number, &columns, &cells, sure, &mut marks),
                    Err(why) => not_read_row(row.number, why.into()),
                };
                let count = match row.state {
                    ListRowState::Faulty => &mut counts.faulty,
                    ListRowState::Changed => &mut counts.changed,
                    ListRowState::New => &mut counts.new,
                    ListRowState::Same => &mut counts.same,
                    ListRowState::Twice => &mut counts.twice,
                };
                *count = count.saturating_add(1);
                see(row);
            }
            unread
        };
        let mut hash = [0; 32];
        hash.copy_from_slice(hashed.hash.finish().as_ref());
        Ok(Ok(Seen { hash: Sha256(hash), unread, counts }))
    }

    /// What a column holds, by what it is called.
    fn column(&self, name: &str) -> Option<Column> {
        let name = plain(name);
        self.called.iter().find(|(_, names)| names.contains(&name)).map(|(column, _)| *column)
    }

    fn row(
        &self,
        number: u32,
        columns: &[Option<Column>],
        cells: &[String],
        sure: Option<&Verified>,
        marks: &mut Marks,
    ) -> ListRow {
        // A guard that a spreadsheet was given goes; what it would run is no name and no number.
        let cell = |column| {
            let found = columns.iter().zip(cells).find(|(of, cell)| **of == Some(column) && !cell.is_empty());
            found.map_or("", |(_, cell)| unguard(Profile::SpreadsheetSafe, cell))
        };
        let all = columns.iter().zip(cells).filter(|(of, _)| of.is_some());
        if all.into_iter().any(|(_, cell)| is_formula(unguard(Profile::SpreadsheetSafe, cell))) {
            return not_read_row(number, ListRowFault::Formula);
        }
        let said = cell(Column::Post);
        let post = self.post(said);
        let typed = ContactInput {
            name: cell(Column::Name).to_owned(),
            role: Some(post.unwrap_or(ContactRole::Other)),
            agency: cell(Column::Agency).to_owned(),
            phone: cell(Column::Phone).to_owned(),
            out_of_hours: cell(Column::OutOfHours).to_owned(),
            email: cell(Column::Email).to_owned(),
            address: cell(Column::Address).to_owned(),
            safe_channel: cell(Column::SafeChannel).to_owned(),
            ..nobody()
        };
        let post_unknown = post.is_none() && !said.is_empty();
        let mut form = Form::new();
        let id = ContactId(store::new_id(self.now));
        let read = read(&mut form, &self.known, id, &typed, self.now);
        let mut contact = match form.end(|| read) {
            Ok(contact) => contact,
            Err(Error::Fields(faults)) => {
                let fields: Vec<FieldFailure> = faults.into_iter().map(FieldFailure::from).collect();
                let shown = shown(&typed, id);
                return ListRow {
                    row: number,
                    state: ListRowState::Faulty,
                    contact: Some(shown),
                    post_unknown,
                    before: None,
                    fault: None,
                    fields,
                };
            }
            Err(_) => return not_read_row(number, ListRowFault::TooLong),
        };
        let before = self.here.get(&whom(&contact)).cloned();
        let twice = !marks.first(&whom(&contact));
        if let Some(before) = &before {
            contact = filled(contact, before, post.is_some());
        }
        let reaches =
            [&contact.phone, &contact.out_of_hours, &contact.email, &contact.address, &contact.safe_channel];
        // Whoever made sure of a list compared no key.
        if contact.key.is_empty()
            && reaches.into_iter().any(|way| !way.is_empty())
            && let Some(sure) = sure
        {
            contact.verified = Some(sure.clone());
        }
        let (state, before) = match before {
            _ if twice => (ListRowState::Twice, None),
            None => (ListRowState::New, None),
            Some(before) => {
                let moved = contact.reaches() != before.reaches() || contact.role != before.role;
                contact = contact.after(&before);
                if moved { (ListRowState::Changed, Some(before)) } else { (ListRowState::Same, None) }
            }
        };
        ListRow {
            row: number,
            state,
            contact: Some(contact),
            post_unknown,
            before,
            fault: None,
            fields: Vec::new(),
        }
    }

    /// The post that people call so: one of which every word is said; none where nothing is.
    fn post(&self, said: &str) -> Option<ContactRole> {
        if let Some(role) = ContactRole::of(said) {
            return Some(role);
        }
        let words: Vec<String> = folded_words(said).collect();
        let all = |(_, called): &&(ContactRole, Vec<String>)| words.iter().all(|word| called.contains(word));
        self.posts.iter().filter(|_| !words.is_empty()).find(all).map(|(role, _)| *role)
    }
}

/// A contact of a list with what it leaves empty as it stands in the directory: an empty cell takes nothing away.
fn filled(contact: Contact, before: &Contact, post: bool) -> Contact {
    let or = |said: String, stood: &String| if said.is_empty() { stood.clone() } else { said };
    Contact {
        id: before.id,
        role: if post { contact.role } else { before.role },
        phone: or(contact.phone, &before.phone),
        out_of_hours: or(contact.out_of_hours, &before.out_of_hours),
        email: or(contact.email, &before.email),
        address: or(contact.address, &before.address),
        safe_channel: or(contact.safe_channel, &before.safe_channel),
        key: before.key.clone(),
        verified: before.verified.clone(),
        ..contact
    }
}

/// What stands in a row that cannot be taken, so that somebody sees which one it is. A number or an address of the
/// family or of somebody protected may be among what is wrong, so none is shown.
fn shown(typed: &ContactInput, id: ContactId) -> Contact {
    Contact {
        id,
        name: typed.name.clone(),
        role: typed.role.unwrap_or(ContactRole::Other),
        agency: typed.agency.clone(),
        phone: String::new(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: String::new(),
        verified: None,
        changed_since: false,
    }
}

fn not_read_row(row: u32, fault: ListRowFault) -> ListRow {
    ListRow {
        row,
        state: ListRowState::Faulty,
        contact: None,
        post_unknown: false,
        before: None,
        fault: Some(fault),
        fields: Vec::new(),
    }
}

/// What is compared of a column's name.
fn plain(name: &str) -> String {
    folded_words(name).collect::<Vec<_>>().join(" ")
}

/// Whether a spreadsheet would run a cell. A number that begins with a plus is a telephone number.
fn is_formula(cell: &str) -> bool {
    let number = |rest: &str| {
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}'))
    };
    match cell.strip_prefix('+') {
        Some(rest) => !number(rest),
        // A dash by itself says that there is nothing.
        None => {
            cell.starts_with(['=', '@', '|', '%'])
                || (cell.starts_with('-') && cell.chars().any(|c| c == '('))
        }
    }
}

/// Which rows were seen: a mark of eight bytes for each.
#[derive(Default)]
struct Marks {
    hasher: RandomState,
    seen: HashSet<u64>,
}

impl Marks {
    /// Whether nobody so was seen before.
    fn first(&mut self, whom: &Whom) -> bool {
        self.seen.insert(self.hasher.hash_one(whom))
    }
}

/// Hashes what is read.
struct Hashed<R> {
    from: R,
    hash: digest::Context,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(to)?;
        self.hash.update(to.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl From<NotAList> for ListRefused {
    fn from(why: NotAList) -> Self {
        match why {
            NotAList::Empty => Self::Empty,
            NotAList::Workbook => Self::Workbook,
            NotAList::Wide | NotAList::NoHeader => Self::NotText,
        }
    }
}

impl From<NotARow> for ListRowFault {
    fn from(why: NotARow) -> Self {
        match why {
            NotARow::NotText => Self::NotText,
            NotARow::QuoteOpen => Self::QuoteOpen,
            NotARow::TooManyCells => Self::TooManyCells,
            NotARow::TooLong => Self::TooLong,
        }
    }
}
