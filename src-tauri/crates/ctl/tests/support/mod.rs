//! The built program, run as a person or a script runs it.
#![allow(dead_code)]

pub mod agency;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What came back.
pub struct Back {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Back {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error} in {}\n{}", self.out, self.err))
    }

    /// Checks the exit status and shows everything where it is another.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit status\n--- out\n{}\n--- err\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

fn start(args: &[&str], passphrase_file: Option<&Path>) -> Back {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sharewellctl"));
    command.args(args).stdin(Stdio::null()).env_remove("SHAREWELL_PASSPHRASE_FILE");
    if let Some(file) = passphrase_file {
        command.env("SHAREWELL_PASSPHRASE_FILE", file);
    }
    let done = command.output().expect("the program starts");
    Back {
        code: done.status.code().expect("it ends by itself"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

/// Runs it without a passphrase.
pub fn run(args: &[&str]) -> Back {
    start(args, None)
}

/// Runs it as a script with a passphrase file.
pub fn run_with(file: &Path, args: &[&str]) -> Back {
    start(args, Some(file))
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Writes a file that only its owner can read.
pub fn file(dir: &Path, name: &str, content: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, content).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    path
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// England's pack, copied to be broken.
pub fn england(to: &Path) -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guidance/england/2024-05");
    let copied = to.join("england");
    copy(&own, &copied);
    copied
}

/// Replaces a text in a file, which must have been there, and gives its line.
pub fn replace(path: &Path, from: &str, to: &str) -> usize {
    let text = std::fs::read_to_string(path).unwrap();
    let at =
        text.find(from).unwrap_or_else(|| panic!("{} holds what is to be broken: {from}", path.display()));
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    text[..at].matches('\n').count() + 1
}
