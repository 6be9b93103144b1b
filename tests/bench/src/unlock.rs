//! Unlocking: at most 1.1 times the key derivation alone. Opening beyond it, and building every table anew.
//!
//! The derivation is meant to be slow, so it would hide an opening that grows with the vault. The opening is
//! therefore also measured with the recovery code, which asks for no slow derivation.

use argon2::{Algorithm, Argon2, Version};
use secrecy::ExposeSecret;

use crate::error::{Error, Result};
use crate::report::{Budget, Growth, Line, Report, Unit};
use crate::timing::{Times, by_turns, ratio, timed};
use crate::world::World;

const ROUNDS: usize = 7;
const OPENINGS: usize = 15;

/// Measures unlocking and opening at the present size.
pub fn measure(world: &mut World, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    let params = world.derivation()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let passphrase = World::passphrase();
    world.close()?;
    let (ours, limit) = by_turns(
        ROUNDS,
        world,
        |world, _| {
            let took = timed(|| world.unlock())?.1;
            world.close()?;
            Ok(took)
        },
        |_, _| {
            let mut key = [0; 32];
            let typed = passphrase.expose_secret().as_bytes();
            Ok(timed(|| argon.hash_password_into(typed, &[7; 32], &mut key).map_err(Error::Derivation))?.1)
        },
    )?;
    report.push(Line {
        what: "unlock, against the key derivation alone",
        entries: size,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: Some(ours.p95()),
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(1.1),
    });

    let mut opening = Times::default();
    for _ in 0..OPENINGS {
        opening.0.push(timed(|| world.unlock_by_code())?.1);
        world.close()?;
    }
    growth.logarithmic("open, without the key derivation", size, opening.median());
    world.unlock()
}

/// Measures `verify`, which reads every page and hash and builds every table and the search index anew.
pub fn rebuild(world: &World, size: u64, growth: &mut Growth) -> Result<()> {
    let rounds = if size < 100_000 { 3 } else { 1 };
    let mut times = Times::default();
    for _ in 0..rounds {
        let (found, took) = timed(|| Ok(world.vault()?.verify(&[])?))?;
        if !found.sound() {
            return Err(Error::NotTheSame("the vault is not sound after filling"));
        }
        times.0.push(took);
    }
    growth.linear("verify and rebuild, per entry", size, times.median());
    Ok(())
}
