//! A finished PDF under a passphrase: AES-256 as revision 6 of the standard security handler has it (ISO 32000-2, 7.6).
//!
//! Every string and every stream is encrypted, the values that are attached, the metadata and what the structure says
//! for those who are read to included: nothing but the shape of the file is open. The header stays 1.7 with the extension
//! level that names the revision: PDF/UA-1 stands on 1.7, and older readers go by the extension.
//!
//! A PDF knows no seal: a byte that was changed shows as a page that does not open or reads wrong. Whether a file is the
//! one that was sent says the manifest of the share, by the hash of the whole file.
//!
//! The ciphers are others' (`aes`, `ring`); the order in which they are put is the standard's, in `cipher.rs`. What is
//! read is what our own typesetter wrote a moment before, and nothing else: a shape that it does not write is refused.
//! `qpdf` and poppler hold what comes out to the standard in the tests.

mod cipher;
mod shape;

use cipher::Locked;
use shape::{Object, Shape, with_strings};

use crate::error::{Error, Result};

/// Longer ones are cut by readers, each in its own way.
const MOST: usize = 127;
/// What our typesetter's catalogue begins with, and what is put behind that.
const CATALOG: &[u8] = b"<</Type/Catalog";
const EXTENSION: &[u8] = b"/Extensions<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>";
/// What may be done by whoever opens it (table 22): printed, copied from into their own file, read aloud. It is not
/// changed, and this says so to readers that ask.
const PERMISSIONS: i32 = -1324;

/// Refuses words that readers would not agree about: none, more than they take, or letters that they write differently.
pub(crate) fn taken(words: &str) -> Result<()> {
    let plain = words.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if plain && !words.trim().is_empty() && words.len() <= MOST { Ok(()) } else { Err(Error::Words) }
}

/// Encrypts a PDF of ours.
pub(crate) fn encrypted(pdf: &[u8], words: &str) -> Result<Vec<u8>> {
    let shape = Shape::of(pdf)?;
    let locked = Locked::new(words, PERMISSIONS)?;
    let mut out = Vec::with_capacity(pdf.len() + pdf.len() / 4);
    out.extend_from_slice(b"%PDF-1.7\n%\x80\x80\x80\x80\n");
    let mut offsets = Vec::with_capacity(shape.objects.len() + 1);
    for (number, object) in (1_u32..).zip(&shape.objects) {
        offsets.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        match object {
            Object::Plain(body) => match body.strip_prefix(CATALOG) {
                Some(rest) => {
                    out.extend_from_slice(CATALOG);
                    out.extend_from_slice(EXTENSION);
                    with_strings(rest, &mut out, |text| locked.encrypt(text))?;
                }
                None => with_strings(body, &mut out, |text| locked.encrypt(text))?,
            },
            Object::Stream { dict, data } => {
                let data = locked.encrypt(data)?;
                out.extend_from_slice(format!("<</Length {}", data.len()).as_bytes());
                with_strings(dict, &mut out, |text| locked.encrypt(text))?;
                out.extend_from_slice(b"\nstream\n");
                out.extend_from_slice(&data);
                out.extend_from_slice(b"\nendstream");
            }
        }
        out.extend_from_slice(b"\nendobj\n");
    }
    // What says how it is locked is the one object that is not.
    let lock = offsets.len() + 1;
    offsets.push(out.len());
    out.extend_from_slice(format!("{lock} 0 obj\n{}\nendobj\n", locked.dictionary()).as_bytes());

    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n\r\n").as_bytes());
    }
    let trailer = format!("trailer\n<</Size {}/Encrypt {lock} 0 R", offsets.len() + 1);
    out.extend_from_slice(trailer.as_bytes());
    // The rest of it as it was: the root, the information, and the file's own number, which is open.
    out.extend_from_slice(shape.trailer);
    out.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF").as_bytes());
    Ok(out)
}
