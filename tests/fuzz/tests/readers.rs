//! Every reader stands whatever comes. One test, since what a reader allocates is counted for the whole program.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use sharewell_fuzz::{READERS, Reader, change};

/// How long each reader is given changed bytes, where nobody says otherwise.
const SECONDS: f64 = 2.0;
/// Says otherwise, in seconds for each reader.
const LONGER: &str = "SHAREWELL_FUZZ_SECONDS";
/// Says from where chance begins; without it, from the same place every time, so that whoever looks into a failure sees it.
const SEED: &str = "SHAREWELL_FUZZ_SEED";
/// Says where what each reader begins with is written down, for `cargo xtask fuzz`; nothing is tried then.
const TO: &str = "SHAREWELL_CORPUS_TO";
/// Inputs between two looks at the clock.
const TOGETHER: u32 = 4;

#[test]
fn no_reader_panics_or_takes_more_memory_than_it_may_whatever_it_is_given() {
    if let Some(to) = std::env::var_os(TO) {
        return written_down(Path::new(&to));
    }
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<f64>().unwrap());
    let time = Duration::from_secs_f64(number(LONGER).unwrap_or(SECONDS));
    let seed = number(SEED).unwrap_or(1.0) as u64;
    let wrong: Vec<String> = READERS.iter().filter_map(|reader| given(reader, time, seed).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A folder for each reader, and a list of them with how many mebibytes each may take.
fn written_down(to: &Path) {
    let mut names = String::new();
    for reader in READERS {
        let folder = to.join(reader.name);
        std::fs::create_dir_all(&folder).unwrap();
        for (at, bytes) in reader.starts().iter().enumerate() {
            std::fs::write(folder.join(format!("start-{at:03}")), bytes).unwrap();
        }
        names.push_str(&format!("{} {}\n", reader.name, reader.memory >> 20));
    }
    std::fs::write(to.join("readers"), names).unwrap();
}

fn given(reader: &'static Reader, time: Duration, seed: u64) -> Result<(), String> {
    // Whatever is made once for all is made here, and does not count.
    let starts = reader.starts();
    starts.iter().take(1).for_each(|bytes| (reader.read)(bytes));
    for (at, bytes) in starts.iter().enumerate() {
        reader.stands(bytes).map_err(|why| format!("{}, start {at}: {why}", reader.name))?;
    }
    let config = Config { cases: TOGETHER, failure_persistence: None, ..Config::default() };
    let (strategy, began, mut inputs) = (change::changed(reader), Instant::now(), 0_u64);
    // Bounded by time, after a least number that a slow machine does too.
    while inputs == 0 || began.elapsed() < time {
        // A runner that has seen as many as it was asked for sees no more.
        let mut rng = [0; 32];
        rng[..8].copy_from_slice(&seed.to_le_bytes());
        rng[8..16].copy_from_slice(&inputs.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &rng);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let tried = runner.run(&strategy, |bytes| reader.stands(&bytes).map_err(TestCaseError::fail));
        match tried {
            Ok(()) => inputs += u64::from(TOGETHER),
            Err(TestError::Fail(why, bytes)) => {
                return Err(format!(
                    "{}: {why}\nafter {inputs} inputs, given (keep it in corpus/{} and write a test): {}",
                    reader.name,
                    reader.name,
                    bytes.escape_ascii()
                ));
            }
            Err(TestError::Abort(why)) => return Err(format!("{}: {why}", reader.name)),
        }
    }
    println!("{}: {inputs} inputs", reader.name);
    Ok(())
}
