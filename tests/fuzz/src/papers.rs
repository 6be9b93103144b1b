//! Papers that others made.

use std::io::{Cursor, Write as _};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use sharewell_documents::paper::{LONGEST_SIDE, holds, redrawn};
use sharewell_records::AttachmentForm;

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = match format {
        ImageFormat::Png => DynamicImage::from(RgbaImage::from_pixel(9, 7, Rgba([9, 99, 199, 128]))),
        _ => DynamicImage::from(RgbImage::from_pixel(24, 16, Rgb([9, 99, 199]))),
    };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that says where and by what it was taken.
fn told() -> Vec<u8> {
    let mut tags = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    // Two fields: a maker, and where the places stand.
    tags.extend([2, 0]);
    tags.extend([0x0f, 0x01, 2, 0, 4, 0, 0, 0, b'A', b'b', b'c', 0]);
    tags.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tags.extend([0; 4]);
    tags.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    let plain = picture(ImageFormat::Jpeg);
    let mut all = vec![0xff, 0xd8, 0xff, 0xe1];
    all.extend(u16::try_from(tags.len() + 2).unwrap().to_be_bytes());
    all.extend(tags);
    all.extend(&plain[2..]);
    all
}

fn packed(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

/// A PDF with objects packed away.
fn with_packed(plain: &[u8]) -> Vec<u8> {
    let data = packed(plain);
    let head =
        format!("%PDF-1.7\n5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>\n", data.len());
    [head.as_bytes(), b"stream\r\n", &data, b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"]
        .concat()
}

/// What stands in a PDF beside what it shows.
pub(crate) mod paper_pdf {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = holds(AttachmentForm::Pdf, bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let plain = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction<</S/J#61vaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles 4 0 R>>>>\nendobj\ntrailer\n<</Root 1 0 R/Info 4 0 R/Encrypt 5 0 R>>\nstartxref\n9\n%%EOF\n";
        let of_zeros = with_packed(&vec![b'0'; 1 << 16]);
        vec![plain.to_vec(), with_packed(b"1 0 <</S/JavaScript/JS 4 0 R>>"), of_zeros]
    }
}

/// What a share that came says beside its pages.
pub(crate) mod share_shown {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = sharewell_documents::share_inside(bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let attached = |plain: &[u8]| {
            let head = b"%PDF-1.7\n7 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode>>\nstream\r\n";
            [head.as_slice(), &packed(plain), b"\nendstream\nendobj\n%%EOF\n"].concat()
        };
        let values = br#"{"format":"sharewell-share-document/1","purpose":"A place at the club","items":[]}"#;
        vec![attached(values), attached(&vec![b'['; 1 << 16]), [attached(values), attached(values)].concat()]
    }
}

/// What a JPEG says beside its picture.
pub(crate) mod paper_jpeg {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = holds(AttachmentForm::Jpeg, bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![picture(ImageFormat::Jpeg), told()]
    }
}

/// What a PNG says beside its picture.
pub(crate) mod paper_png {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        let _ = holds(AttachmentForm::Png, bytes);
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let plain = picture(ImageFormat::Png);
        let (before, end) = plain.split_at(plain.len() - 12);
        let chunk = |kind: &[u8], data: &[u8]| {
            [&u32::try_from(data.len()).unwrap().to_be_bytes(), kind, data, &[0; 4]].concat()
        };
        let with = |kind: &[u8], data: &[u8]| [before, &chunk(kind, data), end].concat();
        vec![plain.clone(), with(b"tEXt", b"Author\0Ada"), with(b"eXIf", &told()[12..90]), with(b"IDAT", b"")]
    }
}

/// A picture that is drawn anew.
pub(crate) mod picture {
    use super::*;

    pub(crate) fn read(bytes: &[u8]) {
        if let Ok(drawn) = redrawn(bytes) {
            assert!(drawn.width.max(drawn.height) <= LONGEST_SIDE);
            assert!(
                holds(AttachmentForm::Jpeg, &drawn.jpeg).is_empty(),
                "what is drawn anew says nothing beside"
            );
        }
    }

    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        vec![super::picture(ImageFormat::Png), super::picture(ImageFormat::Jpeg), told()]
    }
}
