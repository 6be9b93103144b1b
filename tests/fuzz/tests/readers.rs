//! Every reader stands whatever comes. Each is tried in a program of its own, where nothing else is allocated, and so that
//! one that ends the program or never comes back is told like any other, with what it was given.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use sharewell_fuzz::{READERS, Reader, change, keep};

/// How long each reader is given changed bytes, where nobody says otherwise.
const SECONDS: f64 = 1.5;
/// Says otherwise, in seconds for each reader.
const LONGER: &str = "SHAREWELL_FUZZ_SECONDS";
/// Says from where chance begins; without it, from the same place every time, so that whoever looks into a failure sees it.
const SEED: &str = "SHAREWELL_FUZZ_SEED";
/// Says where what each reader begins with is written down, for `cargo xtask fuzz`; nothing is tried then.
const TO: &str = "SHAREWELL_CORPUS_TO";
/// Says to a program that it tries this one reader.
const ONE: &str = "SHAREWELL_FUZZ_READER";
/// Inputs between two looks at the clock.
const TOGETHER: u32 = 4;
/// A reader that is at one input for so long does not come back. It guards against what never ends; a machine that does
/// much else needs a minute for what begins a pack.
const LONGEST: Duration = Duration::from_secs(600);
/// How long what fails is made small.
const SMALLER: Duration = Duration::from_secs(10);
/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(20);

#[test]
fn no_reader_panics_or_takes_more_memory_than_it_may_whatever_it_is_given() {
    if let Some(to) = std::env::var_os(TO) {
        return written_down(Path::new(&to));
    }
    let wrong: Vec<String> = READERS.iter().filter_map(|reader| apart(reader).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Tries one reader, and only where the test above started it.
#[test]
fn one_reader_in_a_program_of_its_own() {
    let Some(name) = std::env::var_os(ONE) else { return };
    let reader = sharewell_fuzz::reader(name.to_str().unwrap()).unwrap();
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<f64>().unwrap());
    let time = Duration::from_secs_f64(number(LONGER).unwrap_or(SECONDS));
    let tried = given(reader, time, number(SEED).unwrap_or(1.0) as u64);
    let _ = std::fs::remove_file(under_way(reader));
    tried.unwrap_or_else(|why| panic!("{why}"));
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

/// Where the bytes stand that a reader is given right now.
fn under_way(reader: &Reader) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("under-way-{}", reader.name))
}

/// Starts a program for the reader and waits for it.
fn apart(reader: &Reader) -> Result<(), String> {
    let under_way = under_way(reader);
    let _ = std::fs::remove_file(&under_way);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["one_reader_in_a_program_of_its_own", "--exact", "--nocapture", "--test-threads=1"])
        .env(ONE, reader.name)
        .spawn()
        .unwrap();
    let ended = ended(&mut child, &under_way);
    let left = std::fs::read(&under_way).ok();
    let _ = std::fs::remove_file(&under_way);
    let how = match ended {
        Some(status) if status.success() => return Ok(()),
        Some(status) => format!("its program ended with {status}"),
        None => format!("it had not come back after {} seconds", LONGEST.as_secs()),
    };
    // One that failed as tests do has kept its bytes itself, and said so.
    let given = left.map(|bytes| format!(", {}", keep(reader, &bytes))).unwrap_or_default();
    Err(format!("{}: {how}{given}", reader.name))
}

/// How the program ended; none where a reader did not come back and the program was ended.
fn ended(child: &mut Child, under_way: &Path) -> Option<ExitStatus> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        let since = std::fs::metadata(under_way).and_then(|file| file.modified()).ok();
        let since = since.map_or(began.elapsed(), |since| since.elapsed().unwrap_or_default());
        if since > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(LOOK);
    }
}

/// Whether the reader stands these bytes, which are written down as long as it reads them.
fn stands(reader: &Reader, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(under_way(reader), bytes).unwrap();
    reader.stands(bytes)
}

fn given(reader: &'static Reader, time: Duration, seed: u64) -> Result<(), String> {
    // Whatever is made once for all is made here, and does not count.
    let starts = reader.starts();
    starts.iter().take(1).for_each(|bytes| (reader.read)(bytes));
    for (at, bytes) in starts.iter().enumerate() {
        stands(reader, bytes).map_err(|why| format!("{}, start {at}: {why}", reader.name))?;
    }
    let config = Config {
        cases: TOGETHER,
        failure_persistence: None,
        max_shrink_iters: 100_000,
        max_shrink_time: u32::try_from(SMALLER.as_millis()).unwrap(),
        ..Config::default()
    };
    let (strategy, began, mut inputs) = (change::changed(reader), Instant::now(), 0_u64);
    // Bounded by time, after a least number that a slow machine does too.
    while inputs == 0 || began.elapsed() < time {
        // A runner that has seen as many as it was asked for sees no more.
        let mut rng = [0; 32];
        rng[..8].copy_from_slice(&seed.to_le_bytes());
        rng[8..16].copy_from_slice(&inputs.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &rng);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let tried = runner.run(&strategy, |bytes| stands(reader, &bytes).map_err(TestCaseError::fail));
        match tried {
            Ok(()) => inputs += u64::from(TOGETHER),
            Err(TestError::Fail(why, bytes)) => {
                let kept = keep(reader, &bytes);
                return Err(format!("{}: {why}\nafter {inputs} inputs, {kept}", reader.name));
            }
            Err(TestError::Abort(why)) => return Err(format!("{}: {why}", reader.name)),
        }
    }
    println!("{}: {inputs} inputs", reader.name);
    Ok(())
}
