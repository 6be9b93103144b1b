//! From a passphrase to a key: Argon2id, made as slow as this machine allows within a second.
//!
//! The floor holds on every machine. A ceiling holds as well, so that a file from outside cannot ask
//! for all the memory there is.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::door::choice::{self, Flaw};
use crate::{Error, Result};

/// The least memory: 64 MiB, in KiB.
pub const FLOOR_MEMORY_KIB: u32 = 64 * 1024;
/// The fewest passes.
pub const FLOOR_PASSES: u32 = 3;
/// The most memory: 1 GiB, in KiB.
pub const CEILING_MEMORY_KIB: u32 = 1024 * 1024;
/// The most passes.
pub const CEILING_PASSES: u32 = 64;
/// Calibration raises memory up to here before it raises passes, so that old laptops can open it too.
const CALIBRATED_MEMORY_KIB: u32 = 256 * 1024;
const TARGET: Duration = Duration::from_millis(750);
/// How often calibration measures: twice, and again where that leaves room above the floor. The fastest
/// counts: a machine that is busy for a moment is not slow, and must not get a weaker vault for it.
const TRIALS: usize = 3;
const WEAK: Kdf = Kdf::Fixed { memory_kib: 8, passes: 1 };

/// How a new passphrase slot derives its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kdf {
    /// Measured on this machine: 0.5 to 1 second where it is fast enough, never below the floor.
    Calibrate,
    /// Given.
    Fixed {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over the memory.
        passes: u32,
    },
}

impl Kdf {
    /// Far below the floor, so that tests run fast. Refused by a build without the feature.
    #[doc(hidden)]
    #[cfg(any(test, feature = "test-hooks"))]
    #[must_use]
    pub fn weak_for_tests() -> Self {
        WEAK
    }

    /// The parameters to be used from now on.
    ///
    /// # Errors
    /// [`Error::KdfOutOfRange`] outside floor and ceiling.
    pub(crate) fn settle(self) -> Result<Argon> {
        match self {
            Self::Calibrate => calibrate(measure),
            Self::Fixed { memory_kib, passes } => Argon { memory_kib, passes, lanes: 1 }.checked(),
        }
    }
}

/// Argon2id's parameters as a slot names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Argon {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes; always 1.
    pub lanes: u32,
}

impl Argon {
    /// Refuses what is below the floor or above the ceiling, in new slots and in files alike.
    pub(crate) fn checked(self) -> Result<Self> {
        let in_range = (FLOOR_MEMORY_KIB..=CEILING_MEMORY_KIB).contains(&self.memory_kib)
            && (FLOOR_PASSES..=CEILING_PASSES).contains(&self.passes)
            && self.lanes == 1;
        let test = cfg!(any(test, feature = "test-hooks"))
            && WEAK == Kdf::Fixed { memory_kib: self.memory_kib, passes: self.passes }
            && self.lanes == 1;
        if in_range || test { Ok(self) } else { Err(Error::KdfOutOfRange) }
    }

    /// Derives 32 bytes. The text is put into Unicode form C first, so that the same keys typed on
    /// another system give the same bytes.
    pub(crate) fn derive(&self, passphrase: &SecretString, salt: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>> {
        let this = self.checked()?;
        let text: Zeroizing<String> = Zeroizing::new(passphrase.expose_secret().nfc().collect());
        let mut key = Zeroizing::new([0; 32]);
        let params = Params::new(this.memory_kib, this.passes, this.lanes, Some(32))
            .map_err(|_| Error::KdfOutOfRange)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(text.as_bytes(), salt, key.as_mut())
            .map_err(|_| Error::Crypto)?;
        Ok(key)
    }
}

/// Scales the floor by the fastest of a few trials, each timed by `measure`.
fn calibrate(mut measure: impl FnMut(Argon) -> Result<Duration>) -> Result<Argon> {
    let floor = Argon { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES, lanes: 1 };
    let mut fastest = measure(floor)?.min(measure(floor)?);
    for _ in 2..TRIALS {
        // Slower than the target twice: the floor it is, and nobody on a slow machine waits for a third.
        if fastest >= TARGET {
            break;
        }
        fastest = fastest.min(measure(floor)?);
    }
    Ok(scale(floor, fastest))
}

/// How long one derivation takes on this machine, now.
fn measure(argon: Argon) -> Result<Duration> {
    let started = Instant::now();
    argon.derive(&SecretString::from("calibration"), &[7; 32])?;
    Ok(started.elapsed())
}

/// Raises memory first, then passes, towards the target; never below the floor.
fn scale(floor: Argon, took: Duration) -> Argon {
    let factor = (TARGET.as_secs_f64() / took.as_secs_f64().max(0.001)).max(1.0);
    let room = f64::from(CALIBRATED_MEMORY_KIB / floor.memory_kib);
    let memory = factor.min(room);
    let passes = (factor / memory * f64::from(floor.passes)).floor().min(f64::from(CEILING_PASSES));
    // Whole MiB; both factors are at least 1, so the floor holds.
    let memory_mib = (memory * f64::from(floor.memory_kib / 1024)).floor();
    Argon { memory_kib: memory_mib as u32 * 1024, passes: passes as u32, lanes: 1 }
}

/// How hard a passphrase is to guess: zxcvbn's score, 0 to 4; 3 is needed. `about` are words that an
/// attacker would try first: the person's name, agency, team.
#[must_use]
pub fn strength(passphrase: &SecretString, about: &[&str]) -> u8 {
    // zxcvbn's time grows with length; beyond a hundred characters the answer is settled.
    let text: Zeroizing<String> = Zeroizing::new(passphrase.expose_secret().nfc().take(100).collect());
    let whole = u8::from(zxcvbn::zxcvbn(&text, about).score());
    let left = choice::left(&text, about);
    match left.flaw {
        None => whole,
        Some(_) if left.little => whole.min(1),
        Some(_) => whole.min(u8::from(zxcvbn::zxcvbn(&left.words, about).score())),
    }
}

/// Why a passphrase that is not strong enough is guessed first; none where its words are not to blame.
#[must_use]
pub fn flaw(passphrase: &SecretString, about: &[&str]) -> Option<Flaw> {
    let text: Zeroizing<String> = Zeroizing::new(passphrase.expose_secret().nfc().take(100).collect());
    choice::left(&text, about).flaw.filter(|_| strength(passphrase, about) < 3)
}

/// Refuses a passphrase below 3.
pub(crate) fn strong_enough(passphrase: &SecretString, about: &[&str]) -> Result<()> {
    match strength(passphrase, about) {
        score @ 0..=2 => Err(Error::WeakPassphrase { score }),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn nothing_below_the_floor_or_above_the_ceiling_is_taken() {
        for (memory_kib, passes) in [
            (FLOOR_MEMORY_KIB - 1, FLOOR_PASSES),
            (FLOOR_MEMORY_KIB, FLOOR_PASSES - 1),
            (CEILING_MEMORY_KIB + 1, FLOOR_PASSES),
            (FLOOR_MEMORY_KIB, CEILING_PASSES + 1),
        ] {
            let kdf = Kdf::Fixed { memory_kib, passes };
            assert!(matches!(kdf.settle(), Err(Error::KdfOutOfRange)), "{kdf:?}");
        }
        assert!(
            Argon { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES, lanes: 2 }.checked().is_err(),
            "one lane"
        );
    }

    #[test]
    fn a_slow_machine_keeps_the_floor_and_a_fast_one_stays_under_the_ceiling() {
        let floor = Argon { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES, lanes: 1 };
        for millis in [0, 1, 20, 90, 200, 400, 749, 751, 5_000, 100_000] {
            let scaled = scale(floor, Duration::from_millis(millis));
            assert!(scaled.checked().is_ok(), "{millis} ms gave {scaled:?}");
            assert!(
                scaled.memory_kib >= floor.memory_kib && scaled.passes >= floor.passes,
                "{millis} ms: {scaled:?}"
            );
        }
        assert_eq!(scale(floor, Duration::from_secs(5)), floor, "slower than the target: the floor");
    }

    fn calibrated(millis: &[u64]) -> Argon {
        let mut trials = millis.iter();
        calibrate(|_| Ok(Duration::from_millis(*trials.next().unwrap()))).unwrap()
    }

    #[test]
    fn a_busy_moment_does_not_weaken_the_vault() {
        let quiet = calibrated(&[150, 150, 150]);
        for busy in [[600, 150, 150], [150, 700, 150], [20_000, 150, 150], [740, 600, 150]] {
            assert_eq!(calibrated(&busy), quiet, "{busy:?}: the fastest trial says how fast the machine is");
        }
        assert_ne!(calibrated(&[600, 600, 600]), quiet, "a machine that is slow each time is slow");
    }

    #[test]
    fn a_slow_machine_is_measured_twice_and_keeps_the_floor() {
        let floor = Argon { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES, lanes: 1 };
        assert_eq!(calibrated(&[5_000, 4_000]), floor, "nothing is below the floor, so two trials will do");
    }

    #[test]
    fn a_trial_that_fails_is_no_calibration() {
        for good in 0..TRIALS {
            let mut before = 0;
            let result = calibrate(|_| {
                before += 1;
                if before > good { Err(Error::Crypto) } else { Ok(Duration::from_millis(100)) }
            });
            assert!(matches!(result, Err(Error::Crypto)), "after {good} good trials: {result:?}");
        }
    }

    #[test]
    fn one_passphrase_in_two_unicode_forms_is_one_passphrase() {
        let argon = Kdf::weak_for_tests().settle().unwrap();
        let composed = argon.derive(&"caf\u{e9} by the river".into(), &[1; 32]).unwrap();
        let decomposed = argon.derive(&"cafe\u{301} by the river".into(), &[1; 32]).unwrap();
        assert_eq!(*composed, *decomposed, "another keyboard must not lock a person out");
    }

    #[test]
    fn words_that_are_guessed_first_are_refused_however_many_they_are() {
        let own = ["Siân O'Connor-Évans", "health visitor", "Northmere Trust", "", "sharewell"];
        let flaw = |text: &str| flaw(&text.into(), &own);
        for known in [
            "correct horse battery staple",
            "Correct-Horse-Battery-Staple!",
            "correcthorsebatterystaple1",
            "c0rrect h0rse battery st@ple",
            "The quick brown fox jumps over the lazy dog",
            "maytheforcebewithyou 2026",
        ] {
            assert_eq!(flaw(known), Some(Flaw::WellKnown), "{known}");
        }
        for kind in [
            "one two three four",
            "onetwothreefourfive",
            "seven eight nine ten eleven",
            "Monday Tuesday Wednesday Thursday",
            "red orange yellow green blue",
            "alpha bravo charlie delta echo",
            "january 2026 february 2027",
            "un dau tri pedwar pump",
        ] {
            assert_eq!(flaw(kind), Some(Flaw::OneKind), "{kind}");
        }
        for name in [
            "Siân O'Connor-Évans 1985",
            "sian oconnor evans 1985",
            "SianOConnorEvans1985",
            "Northmere Trust 2026",
            "northmeretrust health visitor",
            "evans sian northmere",
        ] {
            assert_eq!(flaw(name), Some(Flaw::OwnName), "{name}");
        }
        for text in [
            "seven quiet otters cross the lane",
            "walnut ferry blanket thistle",
            "Siân keeps walnut ferry blanket thistle",
            "gT7#kd0!x9Qz",
            "ystafell wely gwyrdd a thawel",
        ] {
            assert_eq!(flaw(text), None, "{text}");
            assert!(strength(&text.into(), &own) >= 3, "{text}");
        }
    }

    #[test]
    fn an_easy_passphrase_is_refused_and_a_long_one_is_not() {
        assert!(matches!(strong_enough(&"password1".into(), &[]), Err(Error::WeakPassphrase { .. })));
        assert!(strong_enough(&"seven quiet otters cross the lane".into(), &[]).is_ok());
        let own = strength(&"Ferncliffe Notreal".into(), &["Ferncliffe Notreal"]);
        assert!(own < 3, "one's own name is the first guess: {own}");
    }
}
