//! What a verb has to say, once for people and once for programs, and how it is printed.

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

use serde_json::Value;

/// The answer of a verb.
#[derive(Debug)]
pub struct Said {
    /// Whether something was found that is not as it should be: exit status 1.
    pub findings: bool,
    /// For people. No colours, ever: the output is often kept in a file.
    pub plain: String,
    /// For programs.
    pub json: Value,
}

impl Said {
    /// Prints one of the two.
    pub fn print(&self, json: bool) -> ExitCode {
        let written = if json { write_json(&self.json) } else { write_out(&self.plain) };
        match written {
            Ok(()) => ExitCode::from(u8::from(self.findings)),
            Err(error) => unwritten(&error),
        }
    }
}

/// Prints JSON with one trailing line end.
pub fn write_json(json: &Value) -> std::io::Result<()> {
    write_out(&format!("{json:#}\n"))
}

/// Prints something while the verb goes on.
pub fn now(plain: &str, json: &Value, as_json: bool) {
    let written = if as_json { write_json(json) } else { write_out(plain) };
    // Whoever listened is gone; what was done is kept all the same.
    let _ = written;
}

fn write_out(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A reader that went away (`| head`) is no failure; a full disk behind `>` is.
pub fn unwritten(error: &std::io::Error) -> ExitCode {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    tell(&format!("The output could not be written ({:?}). Write it to another place.", error.kind()));
    ExitCode::from(2)
}

/// A line for the person at the terminal, beside the output.
pub fn tell(line: &str) {
    // Where standard error is gone, nobody is left to be told.
    let _ = writeln!(std::io::stderr().lock(), "sharewellctl: {line}");
}

/// Lines of a name and a value, the values below each other.
#[derive(Debug, Default)]
pub struct Lines(Vec<(String, String)>);

impl Lines {
    /// One more line.
    pub fn add(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }
}

impl Display for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = self.0.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        self.0.iter().try_for_each(|(name, value)| writeln!(f, "  {name:width$}  {value}"))
    }
}

/// "1 finding", "2 findings".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
