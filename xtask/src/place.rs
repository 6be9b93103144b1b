//! Where things are: the checkout, and the target folder wherever Cargo has been told to keep it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{cargo, shown};
use crate::problem::{Outcome, Problem};

/// The folders of this checkout.
pub struct Place {
    /// The folder with the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, which may lie outside the checkout.
    pub target: PathBuf,
    members: Vec<String>,
}

impl Place {
    /// Asks Cargo.
    pub fn find() -> Outcome<Self> {
        // Cargo says at each run where the package stands. The path compiled in is another checkout's where
        // two of them share a build cache, so it serves only a binary that is started without Cargo.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .parent()
            .filter(|root| root.join("Cargo.toml").is_file())
            .ok_or_else(|| {
                Problem::new(
                    "The checkout has moved since xtask was built.",
                    "Run `cargo build -p xtask` in the checkout, then this again.",
                )
            })?
            .to_owned();
        let metadata = metadata(&root, &["--no-deps"])?;
        let target = metadata.get("target_directory").and_then(Value::as_str).map(PathBuf::from);
        let members = packages(&metadata).filter_map(|package| text(package, "name")).collect();
        match target {
            Some(target) => Ok(Self { root, target, members }),
            None => Err(unreadable()),
        }
    }

    /// Whether the workspace has this package.
    pub fn has_package(&self, name: &str) -> bool {
        self.members.iter().any(|member| member == name)
    }

    /// A program that a plain debug build leaves behind.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program as it is given out, once `selection::set_aside` has run.
    pub fn set_aside(&self, name: &str) -> PathBuf {
        self.target.join("as-given-out").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program as the tests are built with it, once `selection::set_marked_aside` has run.
    pub fn for_tests(&self, name: &str) -> PathBuf {
        self.target.join("for-tests").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A folder below the target folder for things that are not Cargo's, created when missing.
    pub fn kept(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.target.join(name);
        std::fs::create_dir_all(&folder)
            .map_err(|error| file_problem("create the folder", &folder, &error))?;
        Ok(folder)
    }
}

/// What `cargo metadata` says, parsed.
pub fn metadata(root: &Path, arguments: &[&str]) -> Outcome<Value> {
    let mut command = cargo();
    command.current_dir(root).args(["metadata", "--format-version", "1"]).args(arguments);
    let output = command.output().map_err(|error| crate::command::not_started(&command, &error))?;
    if !output.status.success() {
        return Err(Problem::new(
            format!("`{}` failed:\n{}", shown(&command), String::from_utf8_lossy(&output.stderr)),
            "Mend the Cargo.toml that it names, then run this again.",
        ));
    }
    serde_json::from_slice(&output.stdout).map_err(|_| unreadable())
}

/// The packages that `cargo metadata` lists.
pub fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata.get("packages").and_then(Value::as_array).into_iter().flatten()
}

/// A field of a JSON object, when it is text.
pub fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// The failure of an operation on a file.
pub fn file_problem(doing: &str, path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(
        format!("Could not {doing} {}: {error}.", path.display()),
        "Check that it is there, that you may read and write it and that the disk has room, then run this again.",
    )
}

fn unreadable() -> Problem {
    Problem::new(
        "`cargo metadata` answered in a form that this tool does not know.",
        "Check that `cargo --version` is at least the rust-version in Cargo.toml.",
    )
}
