//! Pages of papers that somebody looked at and let go in a share, each as what was looked at.
//!
//! The ledger says nothing of them: what left is told by the entry of the share. They go with a disposal of their paper.

use rusqlite::{Connection, params};
use sharewell_records::{AttachmentId, Moment};

use crate::ledger::{Reader, entries};
use crate::{Error, Result, db};

/// The most bytes of one page: 8 MiB.
pub const MOST_OF_A_PAGE: usize = 8 << 20;

/// A page that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLooked {
    /// Of which paper.
    pub paper: AttachmentId,
    /// Which, from 1.
    pub page: u32,
    /// How many the paper has.
    pub pages: u32,
    /// When it was looked at.
    pub looked: Moment,
    /// What was looked at.
    pub bytes: Vec<u8>,
}

/// How many pages of a paper were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PagesLooked {
    /// So many.
    pub looked: u32,
    /// Of so many; none where no page was looked at.
    pub pages: u32,
}

impl PagesLooked {
    /// Whether every page was looked at.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.pages > 0 && self.looked == self.pages
    }
}

/// Keeps a page that was looked at, in the place of what was kept of it before. A paper whose pages are counted otherwise
/// than before is looked at from the beginning.
pub(crate) fn keep(db: &Connection, page: &PageLooked) -> Result<()> {
    if page.bytes.len() > MOST_OF_A_PAGE {
        return Err(Error::TooLarge { what: "page" });
    }
    let paper = page.paper.to_string();
    db.prepare_cached("DELETE FROM attached_pages WHERE attached = ?1 AND (pages <> ?2 OR page = ?3)")?
        .execute(params![paper, page.pages, page.page])?;
    let sql = "INSERT INTO attached_pages (attached, page, pages, looked, bytes) \
               SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM attached WHERE id = ?1 AND entry IS NOT NULL)";
    let looked = entries::moment_text(page.looked)?;
    let kept = db.prepare_cached(sql)?.execute(params![paper, page.page, page.pages, looked, page.bytes])?;
    if kept == 1 { Ok(()) } else { Err(Error::NoSuch { what: "attachment" }) }
}

/// Forgets that pages of a paper were looked at.
pub(crate) fn forget(db: &Connection, id: AttachmentId) -> Result<()> {
    db.prepare_cached("DELETE FROM attached_pages WHERE attached = ?1")?.execute([id.to_string()])?;
    Ok(())
}

/// How many pages of a paper were looked at.
///
/// # Errors
/// [`Error::Sqlite`] and the like where the database refuses.
pub fn pages_looked(r: &Reader<'_>, id: AttachmentId) -> Result<PagesLooked> {
    let sql = "SELECT count(*), coalesce(max(pages), 0) FROM attached_pages WHERE attached = ?1";
    let (looked, pages): (i64, i64) =
        r.db().prepare_cached(sql)?.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let small = |count: i64| u32::try_from(db::count(count)).unwrap_or(u32::MAX);
    Ok(PagesLooked { looked: small(looked), pages: small(pages) })
}

/// How many bytes the pages of a paper have that were looked at.
///
/// # Errors
/// [`Error::Sqlite`] and the like where the database refuses.
pub fn bytes_looked(r: &Reader<'_>, id: AttachmentId) -> Result<u64> {
    let sql = "SELECT coalesce(sum(length(bytes)), 0) FROM attached_pages WHERE attached = ?1";
    Ok(db::count(r.db().prepare_cached(sql)?.query_row([id.to_string()], |row| row.get(0))?))
}

/// Which pages of a paper were looked at, from 1.
///
/// # Errors
/// [`Error::Sqlite`] and the like where the database refuses.
pub fn which_looked(r: &Reader<'_>, id: AttachmentId) -> Result<Vec<u32>> {
    let sql = "SELECT page FROM attached_pages WHERE attached = ?1 ORDER BY page";
    let mut statement = r.db().prepare_cached(sql)?;
    let rows = statement.query_map([id.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<Vec<u32>>>()?)
}

/// Hands over every page of a paper that was looked at, in order.
///
/// # Errors
/// [`Error::NoSuch`] where not every page was looked at, and whatever `each` returns.
pub fn each_looked<E: From<Error>>(
    r: &Reader<'_>,
    id: AttachmentId,
    mut each: impl FnMut(Vec<u8>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    if !pages_looked(r, id)?.is_whole() {
        return Err(Error::NoSuch { what: "page" }.into());
    }
    let sql = "SELECT bytes FROM attached_pages WHERE attached = ?1 ORDER BY page";
    let mut statement = r.db().prepare_cached(sql).map_err(Error::from)?;
    let mut rows = statement.query([id.to_string()]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        each(row.get(0).map_err(Error::from)?)?;
    }
    Ok(())
}
