//! What a picture says beside itself: where and by what it was taken, a smaller copy of what it was before it was cut,
//! and other words.

use std::collections::BTreeSet;

use exif::{Context, In, Tag};
use sharewell_records::PaperHolds;

type Found = BTreeSet<PaperHolds>;

/// Tags that name a device, its owner or its programs.
const DEVICE: [Tag; 10] = [
    Tag::Make,
    Tag::Model,
    Tag::Software,
    Tag::MakerNote,
    Tag::CameraOwnerName,
    Tag::BodySerialNumber,
    Tag::LensMake,
    Tag::LensModel,
    Tag::LensSerialNumber,
    Tag::DeviceSettingDescription,
];
/// Tags that say how to show a picture, and nothing about anybody.
const PLAIN: [Tag; 12] = [
    Tag::Orientation,
    Tag::XResolution,
    Tag::YResolution,
    Tag::ResolutionUnit,
    Tag::YCbCrPositioning,
    Tag::ColorSpace,
    Tag::PixelXDimension,
    Tag::PixelYDimension,
    Tag::ExifVersion,
    Tag::FlashpixVersion,
    Tag::ComponentsConfiguration,
    Tag::InteroperabilityIndex,
];

/// What a JPEG says beside its picture.
pub(super) fn jpeg(bytes: &[u8]) -> Found {
    let mut found = Found::new();
    if walked(bytes, &mut found).is_none() {
        found.insert(PaperHolds::NotRead);
    }
    found
}

/// Walks from marker to marker to the end of the picture; none where it has no end.
fn walked(bytes: &[u8], found: &mut Found) -> Option<()> {
    let mut at = 2;
    loop {
        // Between scans stand the packed dots, in which a marker is never what it seems.
        let marker = bytes.get(at..)?.windows(2).position(|pair| match pair {
            [0xff, kind] => !matches!(kind, 0x00 | 0xff | 0x01 | 0xd0..=0xd7),
            _ => false,
        })?;
        at += marker + 2;
        let kind = *bytes.get(at - 1)?;
        if kind == 0xd9 {
            // A second picture, a film or anything else may hang behind the first.
            if bytes.get(at..)?.iter().any(|byte| !matches!(byte, 0 | 0xff)) {
                found.insert(PaperHolds::Other);
            }
            return Some(());
        }
        let [high, low, ..] = *bytes.get(at..)? else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = bytes.get(at + 2..at + length)?;
        match kind {
            0xe1 => match segment.strip_prefix(b"Exif\0\0") {
                Some(raw) => tags(raw, found),
                None => drop(found.insert(PaperHolds::Other)),
            },
            // How its colours are meant is about nobody.
            0xe2 if segment.starts_with(b"ICC_PROFILE\0") => {}
            // The last two bytes say how large a smaller copy it brings is.
            0xe0 if segment.starts_with(b"JFIF\0")
                && segment.get(12..14).is_none_or(|size| size == [0, 0]) => {}
            0xe0 if segment.starts_with(b"JFIF\0") => drop(found.insert(PaperHolds::Thumbnail)),
            0xe0 if segment.starts_with(b"JFXX\0") => drop(found.insert(PaperHolds::Thumbnail)),
            0xee if segment.starts_with(b"Adobe") => {}
            0xe0..=0xef | 0xfe => drop(found.insert(PaperHolds::Other)),
            _ => {}
        }
        at += length;
    }
}

/// What a PNG says beside its picture.
pub(super) fn png(bytes: &[u8]) -> Found {
    let mut found = Found::new();
    if chunks(bytes, &mut found).is_none() {
        found.insert(PaperHolds::NotRead);
    }
    found
}

fn chunks(bytes: &[u8], found: &mut Found) -> Option<()> {
    let mut rest = bytes.get(8..)?;
    loop {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (kind, behind) = behind.split_first_chunk::<4>()?;
        let data = behind.get(..length)?;
        rest = behind.get(length.checked_add(4)?..)?;
        match kind {
            b"eXIf" => tags(data, found),
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" => drop(found.insert(PaperHolds::Other)),
            b"IEND" => {
                if rest.iter().any(|byte| *byte != 0) {
                    found.insert(PaperHolds::Other);
                }
                return Some(());
            }
            _ => {}
        }
    }
}

/// What stands in the tags of a picture. What is not plain counts, and what cannot be read does.
fn tags(raw: &[u8], found: &mut Found) {
    let Ok(read) = exif::Reader::new().read_raw(raw.to_vec()) else {
        found.insert(PaperHolds::Other);
        return;
    };
    for field in read.fields() {
        let holds = match field.tag {
            tag if tag.context() == Context::Gps => PaperHolds::Place,
            tag if DEVICE.contains(&tag) => PaperHolds::Device,
            _ if field.ifd_num == In::THUMBNAIL => PaperHolds::Thumbnail,
            tag if PLAIN.contains(&tag) => continue,
            _ => PaperHolds::Other,
        };
        found.insert(holds);
    }
}
