//! A picture drawn anew: its dots the right way up and nothing else of what came.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};

/// The longer side of a picture that goes, in dots: a page of A4 at 200 dots to the inch, at which small print is read.
pub const LONGEST_SIDE: u32 = 2339;
/// The most dots of a picture that is taken apart: what a camera of sixty-four million makes. They take 256 MB at most.
pub const MOST_DOTS: u64 = 64_000_000;
/// How faithfully it is kept, of 100: text on a scan stays sharp.
const QUALITY: u8 = 88;
const WHITE: u8 = 0xff;

/// A picture of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// A JPEG that says nothing beside its dots.
    pub jpeg: Vec<u8>,
    /// How wide it is, in dots.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// Why a picture cannot be drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRedrawn {
    /// It is no PNG and no JPEG, whatever it is called.
    #[error("it is no picture")]
    NoPicture,
    /// It is one, and its dots cannot be read to the end.
    #[error("it is damaged")]
    Damaged,
    /// It has more dots than are taken apart.
    #[error("it has too many dots")]
    TooLarge,
}

/// Draws a PNG or a JPEG anew: turned as its maker meant, on white where it lets through, no longer than [`LONGEST_SIDE`],
/// and without place, device, smaller copy or any other word.
///
/// # Errors
/// [`NotRedrawn`].
pub fn redrawn(bytes: &[u8]) -> Result<Redrawn, NotRedrawn> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NotRedrawn::NoPicture)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(NotRedrawn::NoPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_DOTS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NotRedrawn::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(NotRedrawn::TooLarge);
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NotRedrawn::Damaged)?;
    if picture.width().max(picture.height()) > LONGEST_SIDE {
        picture = picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE);
    }
    picture.apply_orientation(turned);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    let grey = !picture.color().has_color();
    match grey {
        true => encoder.encode_image(&on_white_grey(&picture)),
        false => encoder.encode_image(&on_white(&picture)),
    }
    .map_err(|_| NotRedrawn::Damaged)?;
    Ok(Redrawn { jpeg, width: picture.width(), height: picture.height() })
}

/// One part of a dot that lets `255 - through` of white shine through.
fn over_white(part: u8, through: u8) -> u8 {
    let (part, through, white) = (u32::from(part), u32::from(through), u32::from(WHITE));
    u8::try_from((part * through + white * (white - through)) / white).unwrap_or(WHITE)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let from = picture.to_rgba8();
    let mut to = RgbImage::new(from.width(), from.height());
    for (dot, seen) in to.pixels_mut().zip(from.pixels()) {
        let [red, green, blue, through] = seen.0;
        dot.0 = [red, green, blue].map(|part| over_white(part, through));
    }
    to
}

fn on_white_grey(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let from = picture.to_luma_alpha8();
    let mut to = GrayImage::new(from.width(), from.height());
    for (dot, seen) in to.pixels_mut().zip(from.pixels()) {
        let [grey, through] = seen.0;
        dot.0 = [over_white(grey, through)];
    }
    to
}
