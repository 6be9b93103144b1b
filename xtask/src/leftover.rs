//! What outlives the program that started it.
//!
//! A window brings a session bus, a portal and an accessibility bus to life, and some of those daemons stay
//! when the bus has gone. They keep whatever pipe they were given open, so that a reader that waits for its
//! end waits for ever (it did: a finished test run never ended). So a run is marked in its environment, which
//! every process under it inherits, and when it is over whatever still carries the mark is ended.

use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::wait::until;

/// The variable that carries the mark.
const NAME: &str = "SHAREWELL_RUN";

/// How long what is left may take to end. Nothing outlives a KILL but a process that the kernel itself holds up.
const LIMIT: Duration = Duration::from_secs(60);

/// A mark of one run. When it is dropped, everything that still carries it is ended.
pub struct Mark(String);

impl Mark {
    /// A mark that no other run has.
    pub fn new() -> Self {
        let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self(format!("{}-{nanoseconds}", std::process::id()))
    }

    /// Marks a command and all that it will start.
    pub fn put_on(&self, command: &mut Command) {
        command.env(NAME, &self.0);
    }

    /// The processes that carry the mark now, this one excepted. Only Linux can tell.
    fn carriers(&self) -> Vec<u32> {
        let wanted = format!("{NAME}={}", self.0);
        let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
        processes
            .filter_map(Result::ok)
            .filter_map(|process| process.file_name().to_string_lossy().parse::<u32>().ok())
            .filter(|id| *id != std::process::id())
            .filter(|id| {
                std::fs::read(format!("/proc/{id}/environ"))
                    .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == wanted.as_bytes()))
            })
            .collect()
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        // One that is just being started has no environment to be read yet and is seen at the next look, so
        // that only two looks in a row that find nothing end it.
        let mut none_before = false;
        let _some_may_be_held_up = until("what was left running to end", LIMIT, || {
            let left = self.carriers();
            if left.is_empty() {
                let gone = std::mem::replace(&mut none_before, true);
                return Ok(gone.then_some(()));
            }
            none_before = false;
            let mut end = Command::new("kill");
            end.arg("-KILL").args(left.iter().map(u32::to_string));
            let _some_may_have_gone = end.stdin(Stdio::null()).stderr(Stdio::null()).status();
            Ok(None)
        });
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::wait::PATIENCE;

    #[test]
    fn what_carries_the_mark_is_ended_with_its_run_and_nothing_else_is() {
        let (mark, other) = (Mark::new(), Mark("another run".to_owned()));
        let sleeper = |mark: &Mark| {
            let mut command = Command::new("sleep");
            command.arg("3600");
            mark.put_on(&mut command);
            command.spawn().unwrap()
        };
        let (mut ours, mut theirs) = (sleeper(&mark), sleeper(&other));
        // A process shows its environment only once it has been started whole.
        let seen = until("the first sleeper", PATIENCE, || {
            let found = mark.carriers();
            Ok((!found.is_empty()).then_some(found))
        });
        assert_eq!(seen.unwrap(), [ours.id()]);
        drop(mark);
        assert!(!ours.wait().unwrap().success(), "it was ended before its time");
        assert!(theirs.try_wait().unwrap().is_none(), "the other run goes on");
        drop(other);
        theirs.wait().unwrap();
    }
}
