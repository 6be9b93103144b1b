//! The limit of a paper: Typst on the same text in the same typeface, for the same standards, and nothing else. No
//! template of ours, no attached values, no head on each page, and nobody's name looked for.

use std::sync::LazyLock;

use sharewell_documents::Share;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::{Error, Result};

const TEMPLATE: &str = r#"
#set document(title: "Share")
#set page(paper: "a4", margin: 2cm, numbering: "1")
#set text(lang: "en", region: "gb", font: "Atkinson Hyperlegible Next", size: 11pt)
#let d = json(sys.inputs.data)
= Share
#d.asked.what

#d.to

#d.ground
#for one in d.items [
  == #one.source
  #one.age

  #one.text
]
"#;
const FONTS: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-400Regular.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-700Bold.ttf"),
];

struct Shelf {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Option<Source>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
    let path = VirtualPath::new("plain.typ").ok();
    let source = path
        .map(|path| Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), TEMPLATE.to_owned()));
    Shelf { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, source }
});

struct Plain {
    library: LazyHash<Library>,
    source: &'static Source,
}

impl World for Plain {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the text of a share and gives the PDF. The typesetter remembers nothing of it afterwards, as with ours.
pub fn plain(share: &Share) -> Result<Vec<u8>> {
    let done = set(share);
    typst::comemo::evict(0);
    done
}

fn set(share: &Share) -> Result<Vec<u8>> {
    let wrong = |errors: &[SourceDiagnostic]| {
        Error::Typeset(errors.first().map_or_else(String::new, |error| error.message.to_string()))
    };
    let source = SHELF.source.as_ref().ok_or_else(|| Error::Typeset("no template".to_owned()))?;
    let mut inputs = Dict::new();
    inputs.insert("data".into(), Value::Bytes(Bytes::new(serde_json::to_vec(share)?)));
    let library = Library::builder().with_inputs(inputs).build();
    let world = Plain { library: LazyHash::new(library), source };
    let pages = typst::compile::<PagedDocument>(&world).output.map_err(|errors| wrong(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|_| Error::Typeset("the standards".to_owned()))?;
    let day = Datetime::from_ymd_hms(2026, 3, 12, 11, 6, 0).map(Timestamp::new_utc);
    let options = PdfOptions {
        ident: Smart::Custom("plain".to_owned()),
        timestamp: day,
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| wrong(&errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_sets_what_it_is_given() {
        let item = sharewell_documents::Shared {
            source: "Seen by Robin Fablewell".to_owned(),
            text: "A".to_owned(),
            ..Default::default()
        };
        let items = std::iter::repeat_n(item, 3);
        let pdf = plain(&crate::sharing::whole_share(items.collect()));
        let pdf = pdf.map_err(|error| error.to_string());
        assert_eq!(pdf.map(|pdf| pdf.starts_with(b"%PDF")), Ok(true));
    }
}
