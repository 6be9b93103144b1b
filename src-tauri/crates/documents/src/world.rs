//! What the typesetter may see: our typefaces, our templates, our words and the values. No files, no clock, no
//! network.
//!
//! Typefaces and templates are read once and shared by every document.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

macro_rules! asset {
    ($path:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/", $path)
    };
}

/// The templates by file name. `sheet.typ` holds what all of them share.
pub(crate) const TEMPLATES: [(&str, &str); 12] = [
    ("sheet.typ", include_str!(asset!("templates/sheet.typ"))),
    ("decision.typ", include_str!(asset!("templates/decision.typ"))),
    ("restricted-sheet.typ", include_str!(asset!("templates/restricted-sheet.typ"))),
    ("recovery-kit.typ", include_str!(asset!("templates/recovery-kit.typ"))),
    ("emergency.typ", include_str!(asset!("templates/emergency.typ"))),
    ("file-summary.typ", include_str!(asset!("templates/file-summary.typ"))),
    ("referral.typ", include_str!(asset!("templates/referral.typ"))),
    ("share.typ", include_str!(asset!("templates/share.typ"))),
    ("slip.typ", include_str!(asset!("templates/slip.typ"))),
    ("statement.typ", include_str!(asset!("templates/statement.typ"))),
    ("chronology.typ", include_str!(asset!("templates/chronology.typ"))),
    ("family-copy.typ", include_str!(asset!("templates/family-copy.typ"))),
];

/// Our typeface in three weights, and letters that it lacks: Greek, Cyrillic, Hebrew and signs; Arabic with Urdu; the
/// scripts of South and South-East Asia and of Ethiopia; Chinese and Japanese; Korean.
const FONTS: [&[u8]; 21] = [
    include_bytes!(asset!("fonts/AtkinsonHyperlegibleNext-400Regular.ttf")),
    include_bytes!(asset!("fonts/AtkinsonHyperlegibleNext-600SemiBold.ttf")),
    include_bytes!(asset!("fonts/AtkinsonHyperlegibleNext-700Bold.ttf")),
    include_bytes!(asset!("fonts/FurtherLetters-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoNaskhArabic-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansBengali-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansDevanagari-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansEthiopic-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansGujarati-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansGurmukhi-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansKannada-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansKhmer-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansLao-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansMalayalam-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansMyanmar-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansSinhala-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansTamil-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansTelugu-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansThai-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansSC-Regular.ttf")),
    include_bytes!(asset!("fonts/NotoSansKR-Regular.ttf")),
];

struct Shelf {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<(&'static str, Source)>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
    let sources = TEMPLATES
        .iter()
        .filter_map(|(name, text)| {
            let path = VirtualPath::new(name).ok()?;
            let id = RootedPath::new(VirtualRoot::Project, path).intern();
            Some((*name, Source::new(id, (*text).to_owned())))
        })
        .collect();
    Shelf { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, sources }
});

/// Whether one of our typefaces has a letter.
pub(crate) fn has_letter(sign: char) -> bool {
    SHELF.fonts.iter().any(|font| font.info().coverage.contains(u32::from(sign)))
}

/// One document's view of the shelf.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    main: FileId,
}

impl Desk {
    /// A desk for a template with its values; none where there is no such template.
    pub(crate) fn new(template: &str, inputs: Dict) -> Option<Self> {
        let main = SHELF.sources.iter().find(|(name, _)| *name == template)?.1.id();
        let library = Library::builder()
            .with_inputs(inputs)
            // Row headers, so that a screen reader says which label a value belongs to.
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Some(Self { library: LazyHash::new(library), main })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = SHELF.sources.iter().find(|(_, source)| source.id() == id);
        found.map(|(_, source)| source.clone()).ok_or(FileError::AccessDenied)
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_template_and_typeface_is_on_the_shelf() {
        assert_eq!(SHELF.sources.len(), TEMPLATES.len());
        assert_eq!(SHELF.fonts.len(), FONTS.len());
        let bytes: usize = FONTS.iter().map(|font| font.len()).sum();
        assert!(bytes < 20_000_000, "the typefaces make the program {bytes} bytes larger");
    }

    #[test]
    fn welsh_and_many_other_letters_can_be_printed() {
        for sign in
            "ŵŷŴŶâêîôûÿāčłńśźżşğıășțőű’“”–—•→✓ЖжІїΩאבمرحباپٹںےराবাਰારாరಾരසไລខမአ王小明臺灣さくらサクラ김민수"
                .chars()
        {
            assert!(has_letter(sign), "{sign} is missing");
        }
        assert!(!has_letter('\u{1f984}'), "a unicorn is printed as its code");
    }
}
