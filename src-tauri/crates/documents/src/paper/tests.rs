//! Papers as others make them, also those that were made to do harm.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use sharewell_records::{AttachmentForm, PaperHolds};

use super::{LONGEST_SIDE, NotRedrawn, holds, redrawn};

fn pdf(objects: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n{objects}\ntrailer\n<</Root 1 0 R>>\n%%EOF\n")
        .into_bytes()
}

fn of_pdf(bytes: &[u8]) -> Vec<PaperHolds> {
    holds(AttachmentForm::Pdf, bytes)
}

fn packed(plain: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn with_packed(dict: &str, plain: &[u8]) -> Vec<u8> {
    let data = packed(plain);
    let mut out = format!("%PDF-1.7\n5 0 obj\n<<{dict}/Length {}>>\nstream\r\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
    out
}

#[test]
fn what_a_pdf_holds_beside_what_it_shows_is_found_each_by_itself() {
    use PaperHolds as H;
    assert_eq!(of_pdf(&pdf("")), []);
    for (object, expected) in [
        ("3 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj", H::Scripts),
        ("3 0 obj\n<</S/Rendition/JS 4 0 R>>\nendobj", H::Scripts),
        ("3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj", H::Scripts),
        ("3 0 obj\n<</Type/Page/Annots[4 0 R]>>\nendobj", H::Annotations),
        ("3 0 obj\n<</AcroForm 4 0 R>>\nendobj", H::Fields),
        ("3 0 obj\n<</Names<</EmbeddedFiles 4 0 R>>>>\nendobj", H::Embedded),
        ("3 0 obj\n<</OCProperties<</OCGs[4 0 R]>>>>\nendobj", H::Layers),
        ("trailer\n<</Info 4 0 R>>", H::Metadata),
        ("3 0 obj\n<</Metadata 4 0 R>>\nendobj", H::Metadata),
        ("trailer\n<</Encrypt 4 0 R>>", H::Encrypted),
        ("%%EOF\n3 0 obj\n<</Type/Page>>\nendobj", H::Revisions),
    ] {
        assert_eq!(of_pdf(&pdf(object)), [expected], "{object}");
    }
}

#[test]
fn a_script_does_not_hide_behind_another_way_to_write_it() {
    for hidden in [
        "3 0 obj\n<</S/#4aavaScript>>\nendobj",
        "3 0 obj\n<</S/J#61v#61Script>>\nendobj",
        "(stream\n) 3 0 obj\n<</S/JavaScript>>\nendobj",
        "% a comment\r/JavaScript",
    ] {
        assert_eq!(of_pdf(&pdf(hidden)), [PaperHolds::Scripts], "{hidden}");
    }
    let objects = b"7 0 8 30 <</S/JavaScript/JS(x)>> <</OCProperties 1>>";
    let found = [PaperHolds::Scripts, PaperHolds::Layers];
    assert_eq!(of_pdf(&with_packed("/Type/ObjStm/N 2/First 9/Filter/FlateDecode", objects)), found);
    let untyped = with_packed("/N 2/First 9/Filter[/FlateDecode]", objects);
    assert_eq!(of_pdf(&untyped), found, "readers do not all ask for its type");
}

#[test]
fn what_cannot_be_read_through_is_said_to_be_so() {
    let not_read = [PaperHolds::NotRead];
    for strange in
        ["/Filter/LZWDecode", "/Filter[/ASCII85Decode/FlateDecode]", "/Filter/FlateDecode/DecodeParms 9 0 R"]
    {
        let paper = with_packed(&format!("/Type/ObjStm/N 1/First 4{strange}"), b"1 0 <<>>");
        assert_eq!(of_pdf(&paper), not_read, "{strange}");
    }
    let mut cut = with_packed("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &b"1 0 <</A 1>>".repeat(900));
    cut.truncate(90);
    assert_eq!(of_pdf(&cut), not_read, "cut off");
    assert_eq!(of_pdf(b""), not_read);
}

#[test]
fn a_paper_that_unpacks_without_end_is_given_up_in_bounded_memory() {
    // Half of the ceiling in each of eight: all of them share the one ceiling.
    let blanks = vec![b' '; 50_000];
    let one = with_packed("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &blanks);
    assert_eq!(of_pdf(&one), [], "by itself it is nothing much");
    let all: Vec<u8> = one.iter().copied().cycle().take(one.len() * 8).collect();
    let found = super::scan::within(&all, 100_000);
    assert!(found.contains(&PaperHolds::NotRead), "{found:?}");
}

#[test]
fn no_bytes_make_it_fail() {
    let seeds = [
        pdf("3 0 obj\n<</S/JavaScript>>\nendobj"),
        with_packed("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", b"1 0 <<>>"),
        with_everything(),
        encoded(&RgbImage::new(3, 2).into(), ImageFormat::Png),
    ];
    for seed in seeds {
        for end in 0..seed.len() {
            let mut bytes = seed.get(..end).unwrap().to_vec();
            for form in AttachmentForm::ALL {
                let _ = holds(form, &bytes);
            }
            let _ = redrawn(&bytes);
            if let Some(last) = bytes.last_mut() {
                *last ^= 0xff;
            }
            bytes.extend(seed.get(end..).unwrap());
            for form in AttachmentForm::ALL {
                let _ = holds(form, &bytes);
            }
            let _ = redrawn(&bytes);
        }
    }
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Tags of a photograph in little endian: turned a quarter, by a telephone, at a place, with a smaller copy.
fn tags() -> Vec<u8> {
    let entry = |tag: u16, form: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &form.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(3_u16.to_le_bytes());
    out.extend(entry(0x0110, 2, 4, *b"Foo\0")); // the model
    out.extend(entry(0x0112, 3, 1, [6, 0, 0, 0])); // turned
    out.extend(entry(0x8825, 4, 1, 64_u32.to_le_bytes())); // where its place stands
    out.extend(50_u32.to_le_bytes()); // where the smaller copy stands
    assert_eq!(out.len(), 50);
    out.extend(0_u16.to_le_bytes());
    out.extend([0; 12]);
    assert_eq!(out.len(), 64);
    out.extend(1_u16.to_le_bytes());
    out.extend(entry(0x0001, 2, 2, *b"N\0\0\0")); // north
    out.extend(0_u32.to_le_bytes());
    out
}

/// A photograph: four dots wide and two high, the left half red, its tags before its dots and words behind them.
fn with_everything() -> Vec<u8> {
    let mut picture = RgbImage::from_pixel(64, 32, Rgb([0, 0, 255]));
    for (x, _, dot) in picture.enumerate_pixels_mut() {
        if x < 32 {
            dot.0 = [255, 0, 0];
        }
    }
    let plain = encoded(&picture.into(), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(tags());
    let mut out = plain.get(..2).unwrap().to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    out.extend(exif);
    out.extend(b"\xff\xfe\0\x0eCANARY words");
    out.extend(plain.get(2..).unwrap());
    out.extend(b"CANARY behind");
    out
}

#[test]
fn what_a_photograph_says_of_its_maker_is_found() {
    use PaperHolds as H;
    assert_eq!(holds(AttachmentForm::Jpeg, &with_everything()), [H::Place, H::Device, H::Other]);
    let plain = encoded(&RgbImage::new(3, 2).into(), ImageFormat::Jpeg);
    assert_eq!(holds(AttachmentForm::Jpeg, &plain), []);
    let png = encoded(&RgbImage::new(3, 2).into(), ImageFormat::Png);
    assert_eq!(holds(AttachmentForm::Png, &png), []);
    let mut behind = png.clone();
    behind.extend(b"CANARY");
    assert_eq!(holds(AttachmentForm::Png, &behind), [H::Other]);
    assert_eq!(holds(AttachmentForm::Jpeg, plain.get(..40).unwrap()), [H::NotRead]);
}

#[test]
fn a_picture_drawn_anew_stands_upright_and_says_nothing_of_where_it_came_from() {
    let came = with_everything();
    let drawn = redrawn(&came).unwrap();
    assert_eq!((drawn.width, drawn.height), (32, 64), "turned as its maker meant");
    assert_eq!(holds(AttachmentForm::Jpeg, &drawn.jpeg), [], "nothing beside its dots");
    assert!(!drawn.jpeg.windows(6).any(|part| part == b"CANARY" || part == b"Exif\0\0"));
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&drawn.jpeg)).is_err());
    let picture = image::load_from_memory(&drawn.jpeg).unwrap().to_rgb8();
    let (top, foot) = (picture.get_pixel(16, 8).0, picture.get_pixel(16, 56).0);
    assert!(top[0] > 200 && top[2] < 60 && foot[2] > 200 && foot[0] < 60, "{top:?} {foot:?}");
}

#[test]
fn what_lets_through_stands_on_white_and_nothing_is_longer_than_a_page() {
    let clear = RgbaImage::from_pixel(LONGEST_SIDE + 400, 8, Rgba([0, 0, 0, 0]));
    let drawn = redrawn(&encoded(&clear.into(), ImageFormat::Png)).unwrap();
    assert_eq!(drawn.width, LONGEST_SIDE);
    let dot = image::load_from_memory(&drawn.jpeg).unwrap().to_rgb8().get_pixel(4, 2).0;
    assert!(dot.iter().all(|part| *part > 250), "what was hidden under nothing stays hidden: {dot:?}");
    let grey = redrawn(&encoded(&DynamicImage::new_luma8(9, 9), ImageFormat::Png)).unwrap();
    assert_eq!((grey.width, grey.height), (9, 9));
}

#[test]
fn what_is_no_picture_and_what_is_too_large_is_told_apart() {
    assert_eq!(redrawn(b"%PDF-1.7"), Err(NotRedrawn::NoPicture));
    assert_eq!(redrawn(b"GIF89a\x01\0\x01\0\0\0\0"), Err(NotRedrawn::NoPicture));
    assert_eq!(redrawn(b""), Err(NotRedrawn::NoPicture));
    let png = encoded(&RgbImage::new(30, 20).into(), ImageFormat::Png);
    assert_eq!(redrawn(png.get(..60).unwrap()), Err(NotRedrawn::Damaged));
    // A picture of a kilometre by a kilometre: what it says of itself is enough.
    let mut vast = png.clone();
    vast.splice(16..24, [0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let sum = crc(vast.get(12..29).unwrap());
    vast.splice(29..33, sum.to_be_bytes());
    assert_eq!(redrawn(&vast), Err(NotRedrawn::TooLarge));
}

/// The sum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
