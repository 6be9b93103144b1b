//! A paper in and out: at least 0.8 times as fast as the same pieces in a bare table of a SQLCipher database with the
//! same pragmas, each in a transaction of its own. What the vault does besides: what it is, its salted hash, its entry.

use std::io::Read;

use sharewell_records::{Attachment, AttachmentId, Occurred, Payload, Stamp};
use sharewell_vault::{Taken, Work, attached, new_uuid};

use crate::corpus::moment;
use crate::error::{Error, Result};
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{Times, by_turns, ratio, timed};
use crate::world::World;

const ROUNDS: usize = 8;
const BYTES: usize = 16 << 20;

/// Measures papers at the present size.
pub fn measure(world: &mut World, size: u64, report: &mut Report) -> Result<()> {
    let mut bytes = vec![0; BYTES];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes)
        .map_err(|_| Error::Chance)?;
    // What a camera writes begins so; the rest cannot be compressed either.
    bytes.splice(..3, [0xff, 0xd8, 0xff]);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let (inward, limit) = by_turns(
        ROUNDS,
        world,
        |world, _| {
            let (id, time) = timed(|| take_in(world, &mut bytes.as_slice(), BYTES as u64))?;
            ours.push(id);
            Ok(time)
        },
        |world, _| {
            let id = new_uuid().to_string();
            let time = timed(|| world.by_hand.pieces_in(&id, &bytes, attached::PIECE))?.1;
            bare.push(id);
            Ok(time)
        },
    )?;
    push(report, size, "a paper in, against the same pieces in a bare table", &inward, &limit);
    let (outward, limit) = by_turns(
        ROUNDS,
        world,
        |world, round| Ok(timed(|| give_out(world, ours.get(round).copied()))?.1),
        |world, round| {
            let id = bare.get(round).map(String::as_str).unwrap_or_default();
            let (read, time) = timed(|| world.by_hand.pieces_out(id))?;
            if read == BYTES { Ok(time) } else { Err(Error::NotTheSame("a paper is not whole")) }
        },
    )?;
    push(
        report,
        size,
        "a paper out, held to its hash, against the same pieces from a bare table",
        &outward,
        &limit,
    );
    Ok(())
}

fn push(report: &mut Report, size: u64, what: &'static str, ours: &Times, limit: &Times) {
    let rate = |times: &Times| BYTES as f64 / times.median();
    report.push(Line {
        what,
        entries: size,
        unit: Unit::MegabytesPerSecond,
        ours: rate(ours),
        p95: None,
        limit: rate(limit),
        ratio: ratio(limit, ours),
        budget: Budget::AtLeast(0.8),
    });
}

/// Takes a picture of so many bytes in, as the window does.
pub fn take_in(world: &mut World, from: &mut impl Read, length: u64) -> Result<AttachmentId> {
    let id = AttachmentId(new_uuid());
    let Taken { form, size, hash, .. } = world.vault()?.beside(&Work::new())?.take_in(id, from, length)?;
    let words = String::new;
    let attachment = Attachment {
        id,
        name: "scan.jpg".into(),
        form,
        size,
        hash,
        what: "Scan".into(),
        from: words(),
        said_by: words(),
        came: Occurred::Moment { at: moment(0) },
        limits: words(),
        about: vec![],
        item: None,
        replaces: None,
    };
    let stamp = Stamp { author: world.author(), at: moment(0) };
    world.vault_mut()?.write(&stamp, |w| w.append(None, &Payload::AttachmentAdded { attachment }, &[]))?;
    Ok(id)
}

/// Gives it out piece by piece.
pub fn give_out(world: &World, id: Option<AttachmentId>) -> Result<()> {
    let id = id.ok_or(Error::NotTheSame("a paper is not there"))?;
    Ok(world.vault()?.read(|r| {
        attached::each_piece(r, id, |piece| {
            std::hint::black_box(piece);
            Ok::<_, sharewell_vault::Error>(())
        })
    })?)
}
